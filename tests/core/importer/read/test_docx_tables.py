"""Tables of Word files: what is merged is marked, what is revised is accepted, what only frames is taken apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.importer.read.word import cell, consistent, grid, lines, para, read, row, table
from xiangxu.importer.read import Unreadable
from xiangxu.importer.source import Table

RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(n: int) -> str:
    return f'<w:gridSpan w:val="{n}"/>'


def test_merged_cells(tmp_path: Path) -> None:
    """Cells merged across and down are marked where they cover others; what a covered cell still holds is not shown."""
    body = table(
        row(cell("项目", span(2)), "时限"),
        row(cell("布局优化", RESTART), "撤并", "2025年"),
        row(cell("藏", GOES_ON), "新建", "2027年"),
        row(cell("师资", RESTART), "补充", "2026年"),
        row(cell("", GOES_ON), "交流", ""),
    )
    source = read(tmp_path, body)
    assert grid(source) == [
        ["项目", "←", "时限"],
        ["布局优化", "撤并", "2025年"],
        ["↑", "新建", "2027年"],
        ["师资", "补充", "2026年"],
        ["↑", "交流", ""],
    ]
    assert source.text.splitlines()[:4] == ["项目", "时限", "布局优化", "撤并"]
    assert consistent(source)


def test_block_merged_both_ways(tmp_path: Path) -> None:
    """Below a block of two columns, the first cell is covered from above, its neighbour from the left."""
    body = table(row(cell("块", span(2) + RESTART), "甲"), row(cell("", span(2) + GOES_ON), "乙"), row("丙", "丁", "戊"))
    assert grid(read(tmp_path, body)) == [["块", "←", "甲"], ["↑", "←", "乙"], ["丙", "丁", "戊"]]


def test_old_horizontal_merge(tmp_path: Path) -> None:
    """hMerge, which WPS still writes, is a merge too."""
    body = table(row(cell("宽", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "甲"), row("一", "二", "三"))
    assert grid(read(tmp_path, body)) == [["宽", "←", "甲"], ["一", "二", "三"]]


def test_continuation_without_beginning(tmp_path: Path) -> None:
    """A cell that continues nothing is a cell: its text is kept."""
    body = table(row(cell("头", GOES_ON), "甲"), row(cell("", GOES_ON), "乙"), row("丙", cell("丁", GOES_ON)))
    assert grid(read(tmp_path, body)) == [["头", "甲"], ["↑", "乙"], ["丙", "丁"]]


def test_rows_that_begin_late_or_end_early(tmp_path: Path) -> None:
    """gridBefore moves a row to the right; a short row is filled up."""
    body = table(row("一", "二", "三"), row("乙", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'))
    assert grid(read(tmp_path, body)) == [["一", "二", "三"], ["", "乙", ""]]


def test_columns_of_no_cell_are_dropped(tmp_path: Path) -> None:
    """A grid finer than any row (left behind by pulled borders) is made as coarse as its cells."""
    body = table(row(cell("甲", span(2)), cell("乙", span(3))), row(cell("丙", span(2)), cell("丁", span(3))))
    assert grid(read(tmp_path, body)) == [["甲", "乙"], ["丙", "丁"]]


def test_absurd_spans_are_bounded(tmp_path: Path) -> None:
    """A cell that claims a thousand million columns gets some, and the file is read."""
    assert grid(read(tmp_path, table(row(cell("甲", span(10**9)), "乙"), row("丙", "丁"))))[1][:2] == ["丙", "丁"]


def test_tracked_rows(tmp_path: Path) -> None:
    """Deleted rows go, inserted ones stay, and so do rows inside content controls."""
    body = table(
        row("序号", "项目"),
        row("1", "旧", properties='<w:del w:id="1"/>'),
        row("1", "新", properties='<w:ins w:id="2"/>'),
        f"<w:sdt><w:sdtContent>{row('2', '又')}</w:sdtContent></w:sdt>",
        row("隐", "藏", properties="<w:hidden/>"),
    )
    assert grid(read(tmp_path, body)) == [["序号", "项目"], ["1", "新"], ["2", "又"]]


def test_several_paragraphs_in_a_cell(tmp_path: Path) -> None:
    """They stand on lines of their own; blank ones leave none."""
    body = table(row(cell(para("教体局") + para() + para("财政局")), "甲"), row("乙", "丙"))
    assert grid(read(tmp_path, body))[0] == ["教体局\n财政局", "甲"]


def test_table_inside_a_cell(tmp_path: Path) -> None:
    """Inside a real table it becomes text of its cell, row by row."""
    inner = table(row("幼儿园", "20所"), row("小学", "5所"))
    body = table(row("项目", "内容"), row("建设", cell(para("其中：") + inner + para())))
    assert grid(read(tmp_path, body)) == [["项目", "内容"], ["建设", "其中：\n幼儿园 20所\n小学 5所"]]


def test_table_inside_a_frame(tmp_path: Path) -> None:
    """A table of one cell, or of one column with a table in it, only frames: what it holds is read in its place."""
    inner = table(row("序号", "项目"), row("1", "甲"))
    one_cell = table(row(cell(para("任务清单") + inner + para())))
    one_column = table(row("附件"), row(cell(inner + para())))
    source = read(tmp_path, one_cell + para("又") + one_column)
    assert lines(source) == ["任务清单", "又", "附件"]
    assert grid(source, 0) == grid(source, 1) == [["序号", "项目"], ["1", "甲"]]


def test_tables_directly_after_one_another_stay_two(tmp_path: Path) -> None:
    """Whether the second continues the first is for the lists to say; repeated header rows are ordinary rows."""
    header = row("序号", "项目", properties="<w:tblHeader/>")
    source = read(tmp_path, table(header, row("1", "甲")) + table(header, row("2", "乙")))
    assert [len(block.rows) for block in source.blocks if isinstance(block, Table)] == [2, 2]


def test_column_of_one_cell_each_stays_a_table(tmp_path: Path) -> None:
    """A list in one column is a list."""
    assert grid(read(tmp_path, table(row("甲"), row("乙")))) == [["甲"], ["乙"]]


def test_text_box_in_a_cell(tmp_path: Path) -> None:
    """What stands in a box inside a cell belongs to the cell."""
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{para('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert grid(read(tmp_path, table(row(cell(para(box)), "乙"), row("丙", "丁")))) == [["框", "乙"], ["丙", "丁"]]


def test_bombs_of_merged_cells(tmp_path: Path) -> None:
    """Rows that claim more cells than any office has are refused before they are laid out."""
    with pytest.raises(Unreadable, match="个单元格"):
        read(tmp_path, table(*(row(cell("甲", span(9999))) for _ in range(5000)), row("乙", "丙")))
