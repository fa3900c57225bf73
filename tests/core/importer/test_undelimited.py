"""Lists whose cells were copied one after another without anything between them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paths import PLANS, needs_plans
from xiangxu.importer.layout.undelimited import is_header, read_undelimited
from xiangxu.importer.layout.wrapped import columns
from xiangxu.importer.passage import Passage
from xiangxu.importer.read.plain import read_plain
from xiangxu.importer.source import Line, Table
from xiangxu.model.place import Doubt

CLAUSES = (
    "健全工作机制",
    "组织教师到乡村学校任教",
    "改善学校食堂和宿舍条件",
    "建立学生成长档案",
    "新建幼儿园5所",
    "更新计算机120台",
    "修订学校章程",
    "实施“一校一策”",
    "城乡学校结对全覆盖",
)
NAMES = ("寄宿条件改善工程", "校园安全提升行动", "乡村校长培养工程", "学前教育普惠扩容行动", "数字校园建设")
UNITS = ("县教体局", "县财政局", "县自然资源和规划局", "县委编办", "县妇联", "团县委", "县交通运输局")
DATES = ("2025年", "2026年底前", "2027年12月", "长期坚持", "2026年6月底前")
LAYOUTS = (
    (("项目名称", "name"), ("目标成果", "goal"), ("内容措施", "measure"), ("完成时限", "date"), ("责任分工", "units")),
    (("重点任务", "name"), ("具体举措", "measure"), ("工作目标", "goal"), ("责任单位", "units"), ("完成时间", "date")),
    (("重点任务", "name"), ("主要内容", "measure"), ("完成时限", "date"), ("责任部门", "units")),
    (("项目名称", "name"), ("工作措施", "measure"), ("牵头单位", "units"), ("完成时限", "date")),
)


def lines_of(text: list[str]) -> list[Line]:
    """The lines as a reader of plain text gives them."""
    found, at = [], 0
    for line in text:
        found.append(Line(Passage.of(line, at)))
        at += len(line) + 1
    return found


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """The text broken wherever the column is full; its first line shorter by the indent."""
    found, line, room = [], "", width - indent
    for c in text:
        if columns(line + c) > room:
            found.append(line)
            line, room = "", width
        line += c
    return [*found, line]


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """A list as copied, and the cells that it was made of.

    Only what can be told: names and texts do not fill their last line, and a text is one sentence.
    """
    layout = draw(st.sampled_from(LAYOUTS))
    widths = {
        "name": draw(st.sampled_from([8, 10, 12])),
        "goal": draw(st.sampled_from([20, 24, 28])),
        "measure": draw(st.sampled_from([36, 40, 48])),
        "date": draw(st.sampled_from([8, 10])),
        "units": draw(st.sampled_from([10, 12, 14])),
    }
    indent = draw(st.sampled_from([0, 4]))
    header = "  ".join(["序号", *(name for name, _ in layout)])
    text, rows = [header], []
    for number in range(1, draw(st.integers(3, 9)) + 1):
        if number > 1 and draw(st.integers(0, 4)) == 0:
            text += ["", str(30 + number), "", header]
        text += [str(number), ""]
        row = []
        for _, kind in layout:
            if kind == "name":
                cell = draw(st.sampled_from(NAMES))
            elif kind == "date":
                cell = draw(st.sampled_from(DATES))
            elif kind == "units":
                cell = "、".join(draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=4, unique=True)))
            else:
                few, most = (2, 4) if kind == "goal" else (4, 9)
                cell = "，".join(draw(st.lists(st.sampled_from(CLAUSES), min_size=few, max_size=most))) + "。"
                while columns(wrapped(cell, widths[kind], indent)[-1]) > widths[kind] - 6:
                    cell = "再" + cell
            broken = wrapped(cell, widths[kind], indent if kind in ("goal", "measure") else 0)
            row.append(cell)
            text += broken
        rows.append(row)
    return text, rows


def cells_of(table: Table) -> list[list[str]]:
    """The squeezed cells of the rows below the header, without the number."""
    return [[cell.text.squeezed().text for cell in row[1:]] for row in table.rows[1:]]


@given(lists())
@settings(max_examples=40, deadline=None)
def test_generated_lists_are_read_back(case: tuple[list[str], list[list[str]]]) -> None:
    """Cells wrapped at their columns' widths are found again, whatever the order and number of the columns."""
    text, rows = case
    lines = lines_of(text)
    assert is_header(lines[0])
    found = read_undelimited(lines, 0)
    assert found is not None
    table, after = found
    assert after == len(lines)
    assert [row[0].text.text for row in table.rows[1:]] == [str(n) for n in range(1, len(rows) + 1)]
    assert cells_of(table) == rows


SMALL = """序号 项目名称 工作措施 完成时限 责任单位
1
校园安全
提升行动
健全工作机制，组织教师到乡村学校任教，
改善学校食堂和宿舍条件，建立档案。
2026年 县教体局
2
数字校园
建设
更新计算机120台，新建幼儿园5所，修订学
校章程，扩大覆盖面。
2027年
县教体局、
县财政局"""


def test_two_short_cells_on_one_line() -> None:
    """A date and a department that stand on one line are two cells."""
    found = read_undelimited(lines_of(SMALL.split("\n")), 0)
    assert found is not None
    assert cells_of(found[0])[0][2:] == ["2026年", "县教体局"]
    assert found[0].doubts == (Doubt.TABLE_GUESSED,)
    assert not found[0].ruled


def test_what_follows_the_list_stays_outside() -> None:
    """Neither an attachment nor a paragraph as wide as the page becomes part of the last cell."""
    for below in (
        ["附件2", "另一份材料"],
        ["此件由县教育和体育局负责解释，自印发之日起施行，有效期五年，各学校遵照执行并抓好落实工作。"],
    ):
        lines = lines_of([*SMALL.split("\n"), "", *below])
        found = read_undelimited(lines, 0)
        assert found is not None
        assert cells_of(found[0])[-1][-1] == "县教体局、县财政局"
        assert found[1] <= len(lines) - len(below)


def test_header_over_several_lines() -> None:
    """A header copied one name a line, one of them broken, is put together."""
    lines = lines_of(["序号", "项目", "名称", "工作措施", "完成", "时限", "责任单位", *SMALL.split("\n")[1:]])
    assert is_header(lines[0])
    found = read_undelimited(lines, 0)
    assert found is not None
    assert [cell.text.text for cell in found[0].rows[0]] == ["序号", "项目名称", "工作措施", "完成时限", "责任单位"]


def test_places_point_into_the_source() -> None:
    """Every character of every cell stands where its offset says."""
    text = SMALL
    found = read_undelimited(lines_of(text.split("\n")), 0)
    assert found is not None
    for row in found[0].rows:
        for cell in row:
            assert all(text[at] == c for c, at in zip(cell.text.text, cell.text.at, strict=True) if not c.isspace())


def test_no_list() -> None:
    """Running text that happens to begin with 序号, and a header without numbered rows, are no list."""
    assert not is_header(Line(Passage.of("一、总体要求")))
    assert not is_header(Line(Passage.of("序号由各单位统一编定，不得更改")))
    assert read_undelimited(lines_of(["序号 项目名称 完成时限 责任单位", "没有编号的文字", "又一行"]), 0) is None
    assert read_undelimited(lines_of(["序号 项目名称 完成时限 责任单位", "1", "只有一行"]), 0) is None


@needs_plans
def test_a_real_list_without_delimiters() -> None:
    """All thirteen rows of the plan that was copied from a PDF have their five cells, dates and units in their columns."""
    source = read_plain((PLANS / "anqiu.txt").read_bytes(), "anqiu.txt")
    lines = [block for block in source.blocks if isinstance(block, Line)]
    start = next(i for i, line in enumerate(lines) if is_header(line))
    found = read_undelimited(lines, start)
    assert found is not None
    rows = cells_of(found[0])
    assert len(rows) == 13
    assert all(row[3] in ("2025年", "2027年") for row in rows)
    assert all(row[1].endswith(("。", "；")) and row[2].endswith("。") for row in rows)
    assert all(row[4].startswith("市") and not row[4].endswith("、") for row in rows)
    assert rows[7][4] == "市教体局"
