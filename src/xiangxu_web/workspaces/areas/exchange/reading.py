"""Reads an uploaded workbook (.xlsx, .xls, WPS) into rows. What cannot be read is refused as a whole, a wrong cell with its place."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from python_calamine import CalamineError, CalamineWorkbook

from xiangxu_web.kernel.languages import in_all, meant
from xiangxu_web.workspaces.areas.exchange.columns import SHEETS, Column, Unfit, bare, words_of

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 20_000
# What a packed file may unpack to: a few hundred bytes can be packed so that they fill the memory.
_LARGEST_UNPACKED = 300 * 1024 * 1024
# A title or a note may stand above the header.
_HEADER_WITHIN = 6
HINT = noop("说明")


class Unreadable(Exception):
    """The file as a whole cannot be taken: why, and what to do."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: the field (a column's Chinese header), what, what to do."""

    field: str
    what: str
    remedy: str

    @property
    def title(self) -> str:
        """The field in the language of the page."""
        return _(self.field) if self.field else ""


@dataclass(frozen=True)
class Row:
    """One row as read. ``values`` holds the columns that the sheet has; ``raw`` its cells, to be given back."""

    sheet: str
    number: int
    values: dict[str, Any]
    problems: tuple[Problem, ...]
    raw: tuple[Any, ...]

    @property
    def sheet_title(self) -> str:
        """The sheet in the language of the page."""
        return _(self.sheet)


@dataclass(frozen=True)
class Book:
    """What an upload holds; ``headers`` as printed, ``remarks`` what was passed over."""

    rows: tuple[Row, ...]
    headers: dict[str, tuple[str, ...]]
    remarks: tuple[str, ...]


def read_book(content: bytes) -> Book:
    """The rows of the known sheets. Refused: no workbook, too large, too many rows, no sheet or column that is known."""
    if len(content) > LARGEST:
        raise Unreadable(
            _("文件有 %(size)s MB，超过 10 MB。请删去图片和无关的工作表，或分成几个文件导入。") % {"size": len(content) // 2**20}
        )
    rows: list[Row] = []
    headers: dict[str, tuple[str, ...]] = {}
    remarks: list[str] = []
    for name, cells in _sheets(content):
        found = _known(name, cells)
        if found is None:
            if any(words_of(cell) for line in cells for cell in line):
                remarks.append(_("工作表“%(sheet)s”没有读：不是区划、单位、学校。") % {"sheet": name})
            continue
        sheet, at = found
        if sheet in headers:
            remarks.append(_("工作表“%(sheet)s”没有读：“%(kind)s”已在前面的工作表中。") % {"sheet": name, "kind": _(sheet)})
            continue
        headers[sheet] = tuple(words_of(cell) for cell in cells[at])
        places = _places(SHEETS[sheet], headers[sheet])
        known = set(places.values())
        over = [words for n, words in enumerate(headers[sheet]) if words and n not in known]
        if over:
            remarks.append(_("工作表“%(sheet)s”中这些列没有用到：%(columns)s。") % {"sheet": name, "columns": "、".join(over)})
        rows += _rows(sheet, cells, at, places)
        if len(rows) > MOST_ROWS:
            raise Unreadable(_("文件超过 %(most)s 行。请分成几个文件导入。") % {"most": MOST_ROWS})
    if not headers:
        raise Unreadable(_("没有找到“区划”“单位”或“学校”工作表。请下载模板，把内容填进模板后再上传。"))
    if not rows:
        raise Unreadable(_("表里没有内容：表头下面没有一行填写了数据。"))
    return Book(tuple(rows), headers, tuple(remarks))


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    unreadable = Unreadable(_("打不开这个文件。请确认是 Excel 或 WPS 表格（.xlsx、.xls、.et），没有加密，另存一次后再上传。"))
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(content)) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_UNPACKED:
                    raise Unreadable(_("文件解开后太大。请删去无关的工作表和大片空白格式后再上传。"))
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        if sum(sheet.total_height for _name, sheet in sheets) > MOST_ROWS * 3:
            raise Unreadable(_("文件超过 %(most)s 行。请分成几个文件导入。") % {"most": MOST_ROWS})
        read = [(name, sheet.to_python(skip_empty_area=False)) for name, sheet in sheets]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise unreadable from problem
    yield from read


def _known(name: str, cells: Sequence[Sequence[Any]]) -> tuple[str, int] | None:
    """Which sheet this is, and where its header stands: by its name, else by the header of its code column."""
    named = meant(name, *SHEETS)
    for sheet in (named, *SHEETS):
        if sheet is None:
            continue
        code, title = SHEETS[sheet][:2]
        for at, line in enumerate(cells[:_HEADER_WITHIN]):
            words = {bare(words_of(cell)) for cell in line}
            if (sheet == named and words & set(code.headers)) or (
                sheet != named and words & _own(code) and words & _own(title) and _only(sheet, words)
            ):
                return sheet, at
    return None


def _own(column: Column) -> set[str]:
    """The column's header in all languages, without the other words for it."""
    return {bare(words) for words in in_all(column.header)}


def _only(sheet: str, words: set[str]) -> bool:
    """Whether a header fits this sheet and no other."""
    fits = {name: sum(bool(_own(column) & words) for column in columns) for name, columns in SHEETS.items()}
    return all(fits[sheet] > count for name, count in fits.items() if name != sheet)


def _places(columns: Sequence[Column], headers: Sequence[str]) -> dict[str, int]:
    """Field → the column of the sheet, by header or another word for it; the first counts."""
    written = [bare(words) for words in headers]
    places: dict[str, int] = {}
    for column in columns:
        for words in column.headers:
            if words in written and written.index(words) not in places.values():
                places[column.field] = written.index(words)
                break
    return places


def _rows(sheet: str, cells: Sequence[Sequence[Any]], at: int, places: dict[str, int]) -> Iterator[Row]:
    hints = (HINT, *(f"{words}：" for words in in_all(HINT)))
    for number, line in enumerate(cells[at + 1 :], at + 2):
        if not any(words_of(cell) for cell in line) or words_of(line[0]).startswith(hints):
            continue
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column in SHEETS[sheet]:
            place = places.get(column.field)
            if place is None:
                continue
            try:
                values[column.field] = column.read(line[place] if place < len(line) else None)
            except Unfit as unfit:
                problems.append(Problem(column.header, unfit.what, unfit.remedy))
        yield Row(sheet, number, values, tuple(problems), tuple(line))
