"""Workbooks that hold task lists."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.core.importer.read.word import consistent, grid, lines
from xiangxu.importer.read import Unreadable, read
from xiangxu.importer.read.workbook import markup
from xiangxu.importer.read.workbook.display import displayed
from xiangxu.importer.source import Line


def sheet_of(book: openpyxl.Workbook, *rows: list[object]) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return sheet


def test_title_table_and_merged_cells(tmp_path: Path) -> None:
    """Rows of one cell above and below the table are lines; merged ranges are marked; empty rows and columns go."""
    book = openpyxl.Workbook()
    sheet = sheet_of(
        book,
        [None, "云岭县任务清单"],
        [],
        [None, "单位：所"],
        [None, "项目", None, "时限", "数量"],
        [None, "布局", "撤并", 2025, 5.0],
        [None, None, "新建\n改造", date(2027, 12, 31), 0.5],
        [None, "注：以上为约数。"],
    )
    for area in ("B1:E1", "B4:C4", "B5:B6", "B7:E7"):
        sheet.merge_cells(area)
    sheet["D6"].number_format = 'yyyy"年"m"月"'
    sheet["E6"].number_format = "0%"
    path = tmp_path / "清单.xlsx"
    book.save(path)
    source = read(path)
    assert lines(source) == ["云岭县任务清单", "单位：所", "注：以上为约数。"]
    assert [b.centred for b in source.blocks if isinstance(b, Line)] == [True, False, True]
    assert grid(source) == [
        ["项目", "←", "时限", "数量"],
        ["布局", "撤并", "2025", "5"],
        ["↑", "新建\n改造", "2027年12月", "50%"],
    ]
    assert consistent(source)


def test_hidden_parts(tmp_path: Path) -> None:
    """Hidden sheets, rows and columns are skipped; a merged cell shows in its first visible row."""
    book = openpyxl.Workbook()
    sheet = sheet_of(book, ["序号", "密", "项目"], ["1", "a", "旧"], [None, "b", "新"], ["2", "c", "末"])
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = book.create_sheet("底稿")
    other["A1"] = "不读"
    other.sheet_state = "hidden"
    path = tmp_path / "清单.xlsx"
    book.save(path)
    source = read(path)
    assert grid(source) == [["序号", "项目"], ["1", "新"], ["2", "末"]]
    assert "不读" not in source.text


def test_several_sheets_and_uncomputed_formulas(tmp_path: Path) -> None:
    """Each sheet with content is read; formulas without a stored value are told of."""
    book = openpyxl.Workbook()
    sheet_of(book, ["项目", "数量"], ["甲", "=1+1"], ["乙", True])
    second = book.create_sheet("二")
    second.append(["一列"])
    second.append(["两行"])
    book.create_sheet("空")
    path = tmp_path / "清单.xlsx"
    book.save(path)
    source = read(path)
    assert grid(source) == [["项目", "数量"], ["甲", ""], ["乙", "是"]]
    assert lines(source) == ["一列", "两行"]
    assert "1 个公式" in source.notes[0]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (2025.0, "General", "2025"),
        (0.125, "0.00%", "12.50%"),
        (0.9, "0%", "90%"),
        (12345.678, "#,##0.00", "12,345.68"),
        (1.5, "0.##", "1.5"),
        (2.0, "0.##", "2"),
        (20, '0"所"', "20所"),
        (3, '"约"0"人"', "约3人"),
        (7, "@", "7"),
        (1200, "[红色]0_ ;-0", "1200"),
        (45992.0, "yyyy/m/d", "2025/12/1"),
        (45992.5, 'yyyy"年"mm"月"dd"日" h:mm', "2025年12月01日 12:00"),
        (45992, '[$-804]yyyy"年"m"月";@', "2025年12月"),
        (1e300, "yyyy", "1" + "0" * 300),
        (float("nan"), "General", ""),
    ],
)
def test_values_as_displayed(value: float, code: str, shown: str) -> None:
    """Numbers, shares and dates come out as the clerk sees them."""
    assert displayed(value, code) == shown


def test_empty_and_oversized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook without a word is refused; a million formatted empty rows do not matter; absurd sheets are refused in time."""
    path = tmp_path / "清单.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Unreadable, match="没有可读的文字"):
        read(path)

    def with_rows(rows: str) -> Path:
        book = openpyxl.Workbook()
        book.save(path)
        swollen = tmp_path / "大.xlsx"
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for entry in old.namelist():
                data = old.read(entry)
                if entry.endswith("sheet1.xml"):
                    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    data = start + rows.encode() + b"</sheetData></worksheet>"
                new.writestr(entry, data)
        return swollen

    text = '<row><c t="inlineStr"><is><t>甲</t></is></c></row>'
    assert lines(read(with_rows(text + "".join(f'<row r="{i}" s="1"/>' for i in range(2, 100_000))))) == ["甲"]
    monkeypatch.setattr(markup, "MAX_CELLS", 1000)
    with pytest.raises(Unreadable, match="超过"):
        read(with_rows(text * 1001))
