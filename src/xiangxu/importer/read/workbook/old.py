"""The sheets of .xls and .ods, through calamine, which knows values and merged cells but no formats and no hidden rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine as calamine

from xiangxu.importer.read.limits import MEBIBYTE, broken, encrypted, too_large
from xiangxu.importer.read.workbook.display import plain
from xiangxu.importer.read.workbook.sheet import Sheet

MAX_OLD_WORKBOOK = 16 * MEBIBYTE


def old_sheets_of(path: Path, name: str) -> Iterator[Sheet]:
    """The visible sheets, in the order of the workbook."""
    size = path.stat().st_size
    if size > MAX_OLD_WORKBOOK:
        raise too_large(name, size / MEBIBYTE, MAX_OLD_WORKBOOK / MEBIBYTE)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        for about in book.sheets_metadata:
            if about.visible == calamine.SheetVisibleEnum.Visible and about.typ == calamine.SheetTypeEnum.WorkSheet:
                yield _sheet(book.get_sheet_by_name(about.name))
    except calamine.PasswordError as error:
        raise encrypted(name) from error
    except calamine.CalamineError as error:
        raise broken(name) from error


def _sheet(sheet: calamine.CalamineSheet) -> Sheet:
    cells = {
        (r, c): text
        for r, row in enumerate(sheet.to_python(skip_empty_area=False))
        for c, value in enumerate(row)
        if (text := _shown(value))
    }
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, cells, merged)


def _shown(value: float | str | bool | time | date | datetime | timedelta) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, datetime | date):
        return f"{value.year}/{value.month}/{value.day}"
    return str(value).replace("\r\n", "\n")
