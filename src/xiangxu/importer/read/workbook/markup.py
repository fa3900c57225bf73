"""The sheets of an .xlsx, straight from its markup: quicker than a library that builds every cell, and bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from xiangxu.importer.read.limits import MEBIBYTE, broken, hostile, opened_zip, parsed_xml, part
from xiangxu.importer.read.relations import main_part, relations
from xiangxu.importer.read.workbook.display import displayed, format_code, plain
from xiangxu.importer.read.workbook.sheet import Sheet
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# The part of one sheet: a list of a hundred rows has some fifty thousand characters.
MAX_SHEET = 12 * MEBIBYTE
MAX_CELLS = 100_000
MAX_MERGED = 20_000
MAX_COLUMNS = 16_384
_TRUE = ("1", "true")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
# The attribute that names a sheet's part: the usual flavour, and Excel's "strict" one.
_PART_OF_SHEET = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class _Book:
    """What all sheets share: texts, formats, the day from which dates are counted."""

    def __init__(self, archive: ZipFile, main: str, name: str) -> None:
        self.name = name
        self.targets = relations(archive, main, name)
        root = self._xml(archive, main)
        if root is None:
            raise broken(name)
        self.root = root
        properties = root.find("{*}workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in _TRUE
        self.texts = self._shared_texts(archive)
        self.formats = self._formats(archive)

    def _xml(self, archive: ZipFile, entry: str | None) -> etree._Element | None:
        data = part(archive, entry, self.name) if entry else None
        return None if data is None else parsed_xml(data, self.name)

    def _part_of_kind(self, kind: str) -> str | None:
        return next((target for found, target in self.targets.values() if found.endswith(kind)), None)

    def _shared_texts(self, archive: ZipFile) -> list[str]:
        root = self._xml(archive, self._part_of_kind("/sharedStrings"))
        return [] if root is None else [_rich_text(item) for item in root.iterchildren("{*}si")]

    def _formats(self, archive: ZipFile) -> list[str]:
        """The number format of each cell style."""
        root = self._xml(archive, self._part_of_kind("/styles"))
        if root is None:
            return []
        own = {_whole(f.get("numFmtId")): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
        return [format_code(_whole(xf.get("numFmtId")), own) for xf in root.iterfind("{*}cellXfs/{*}xf")]


def sheets_of(path: Path, name: str) -> Iterator[Sheet]:
    """The visible sheets, in the order of the workbook."""
    with opened_zip(path, name) as archive:
        main = main_part(archive, name)
        if main is None:
            raise broken(name)
        book = _Book(archive, main, name)
        for entry in book.root.iterfind("{*}sheets/{*}sheet"):
            if entry.get("state", "visible") != "visible":
                continue
            relation = next((entry.get(key) for key in _PART_OF_SHEET if entry.get(key)), None)
            kind, target = book.targets.get(relation or "", ("", ""))
            data = part(archive, target, name, MAX_SHEET) if kind.endswith("/worksheet") else None
            if data is not None:
                yield _sheet(data, entry.get("name", ""), book)


def _sheet(data: bytes, title: str, book: _Book) -> Sheet:
    root = parsed_xml(data, book.name)
    names = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    # How many hidden ranges begin less end at each column: overlapping ranges cost nothing.
    hiding = [0] * (MAX_COLUMNS + 1)
    for columns in root.iterfind(f"{names}cols/{names}col"):
        if columns.get("hidden") in _TRUE:
            hiding[min(max(_whole(columns.get("min")), 1), MAX_COLUMNS) - 1] += 1
            hiding[min(_whole(columns.get("max")), MAX_COLUMNS)] -= 1
    cells: dict[tuple[int, int], str] = {}
    hidden_rows: set[int] = set()
    uncomputed, row = 0, -1
    for element in root.iterfind(f"{names}sheetData/{names}row"):
        row = _whole(element.get("r")) - 1 if element.get("r") else row + 1
        if element.get("hidden") in _TRUE:
            hidden_rows.add(row)
        if len(element):
            uncomputed += _read_row(element, row, cells, book, names)
            if len(cells) > MAX_CELLS:
                raise hostile(book.name, Reason(_("工作表“%(sheet)s”超过 %(most)s 个单元格"), sheet=title, most=MAX_CELLS))
    merged = [_area(found.get("ref", "")) for found in root.iterfind(f"{names}mergeCells/{names}mergeCell")]
    return Sheet(
        title=title,
        cells=cells,
        merged=tuple(area for area in merged[:MAX_MERGED] if area is not None),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(column for column, depth in enumerate(accumulate(hiding)) if depth > 0),
        uncomputed=uncomputed,
    )


def _read_row(element: etree._Element, row: int, cells: dict[tuple[int, int], str], book: _Book, names: str) -> int:
    """Puts the row's texts into `cells`; returns how many formulas have no value."""
    uncomputed = 0
    column = -1
    for cell in element:
        place = _REFERENCE.match(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        if not len(cell):
            continue
        text = _shown(cell, book, names)
        if text:
            cells[row, column] = text
        elif cell.find(names + "f") is not None and not cell.findtext(names + "v") and cell.get("t") != "str":
            uncomputed += 1
    return uncomputed


def _shown(cell: etree._Element, book: _Book, names: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(names + "is")
        return "" if inline is None else _rich_text(inline)
    value = cell.findtext(names + "v")
    if not value or kind == "e":
        return ""
    if kind == "s":
        index = _whole(value)
        return book.texts[index] if 0 <= index < len(book.texts) else ""
    if kind == "b":
        return "是" if value == "1" else "否"
    if kind != "n":
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    style = _whole(cell.get("s"))
    if not 0 <= style < len(book.formats):
        return plain(number)
    return displayed(number, book.formats[style], book.since_1904)


def _rich_text(item: etree._Element) -> str:
    """A text with its pieces of other looks, without the readings of Han characters (rPh)."""
    pieces = [t.text or "" for t in item.iter("{*}t") if (p := t.getparent()) is not None and not str(p.tag).endswith("}rPh")]
    return "".join(pieces).replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if start is None or end is None:
        return None
    return int(start[2]) - 1, _column(start[1]), int(end[2]) - 1, _column(end[1])
