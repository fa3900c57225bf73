"""Opens a workbook that came back: the sheet with the tasks, and what the hidden sheet kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl

from xiangxu.documents.task_sheet.columns import is_header
from xiangxu.documents.task_sheet.originals import MARK, Originals, originals_of
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# A table of tasks has some hundred rows and two dozen columns; far beyond them a stray cell may stand.
_MOST_ROWS = 10_000
_MOST_COLUMNS = 60
_MOST_BYTES = 200_000_000
_HEADER_WITHIN = 30


class NoTaskSheet(Exception):
    """The file is no table of tasks. The message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The table as it came back. `rows`: row number and texts, of the rows below the header; `header` its texts."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    originals: Originals | None


def opened(data: bytes, name: str) -> Opened:
    """The table in a workbook; `name` is the file's, for messages. Merged cells count for every row that they cover."""
    book = _book(data, name)
    originals = None
    table: tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]] | None = None
    for sheet in book.worksheets:
        rows = _texts(sheet)
        if rows and rows[0] and rows[0][0] == MARK:
            originals = originals_of(rows)
        elif table is None and sheet.sheet_state == "visible":
            table = _table(rows)
    if table is None:
        raise NoTaskSheet(
            Reason(
                _(
                    "“%(name)s”里没有找到任务清单的表头。表头要在一行里，含“任务”以及“序号、措施、目标、时限、牵头”中的至少两个；"
                    "改回原来的表头，或从导出的清单重新改起。"
                ),
                name=name,
            )
        )
    return Opened(*table, originals)


def _book(data: bytes, name: str) -> Any:
    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise NoTaskSheet(Reason(_("“%(name)s”解开后太大，不像任务清单。请从导出的清单重新改起。"), name=name))
    except BadZipFile as problem:
        raise NoTaskSheet(
            Reason(_("“%(name)s”不是 .xlsx 文件，或者已经损坏。请用 WPS 或 Excel 打开，另存为 .xlsx 再试。"), name=name)
        ) from problem
    try:
        return openpyxl.load_workbook(BytesIO(data), data_only=True)
    except Exception as problem:  # the library meets a broken file with whatever its parts raise
        raise NoTaskSheet(
            Reason(_("“%(name)s”打不开，文件可能损坏或加了密码。请用 WPS 或 Excel 打开，另存为 .xlsx 再试。"), name=name)
        ) from problem


def _texts(sheet: Any) -> list[tuple[str, ...]]:
    height, width = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
    texts = [[_text(value) for value in row] for row in sheet.iter_rows(max_row=height, max_col=width, values_only=True)]
    for area in sheet.merged_cells.ranges:
        if area.min_col <= width and area.min_row <= len(texts):
            text = texts[area.min_row - 1][area.min_col - 1]
            for row in range(area.min_row, min(area.max_row, height)):
                texts[row][area.min_col - 1] = text
    return [tuple(row) for row in texts]


def _text(value: object) -> str:
    """A value as an office would have written it into a cell of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.11g}"
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _table(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]] | None:
    """The header and the numbered rows below it that are not empty."""
    for number, header in enumerate(rows[:_HEADER_WITHIN], 1):
        if is_header(header):
            below = ((number + k, row) for k, row in enumerate(rows[number:], 1))
            return header, tuple((k, row) for k, row in below if any(text.strip() for text in row) and not is_header(row))
    return None
