"""Sheets to a `Source`: the text in reading order, lines with their hints, tables with their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from xiangxu.importer.passage import Passage
from xiangxu.importer.read.sheets.breaks import (
    SetTable,
    TableRun,
    continues,
    join_halves,
    mark_merged,
    repeated_header,
    row_words,
)
from xiangxu.importer.read.sheets.furniture import without_furniture
from xiangxu.importer.read.sheets.sheet import PrintedCell, PrintedLine, PrintedTable, Sheet
from xiangxu.importer.source import Cell, Line, Printed, Source, Table
from xiangxu.model.place import Doubt

_HEADER_ROWS = 3


class _Text:
    """The growing text; each line and cell takes lines of its own."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self.printed: list[Printed] = []

    def add(self, text: str) -> Passage:
        start = self.length
        if text:
            self._pieces.append(text + "\n")
            self.length += len(text) + 1
        return Passage.of(text, start)

    def stands(self, start: int, line: PrintedLine, sheet: Sheet) -> None:
        """Remembers where on its page the line is that begins at ``start``."""
        wide, high = sheet.width, sheet.height
        edges = (round(line.left / wide, 4), round(line.top / high, 4), round(line.right / wide, 4), round(line.bottom / high, 4))
        self.printed.append(Printed(start, start + len(line.text), sheet.number, *edges))

    def __str__(self) -> str:
        return "".join(self._pieces)


def source_of(
    sheets: Iterable[Sheet], name: str, file_format: str, notes: tuple[str, ...] = (), doubts: tuple[Doubt, ...] = ()
) -> Source:
    """The document that the sheets show, without page numbers and running heads; its doubts are its own and its pages'."""
    bare = without_furniture(list(sheets))
    text = _Text()
    page_starts: list[int] = []
    blocks: list[Line | SetTable] = []
    body = _body_size(bare)
    run: TableRun | None = None
    for sheet in bare:
        page_starts.append(text.length)
        block_edges = _text_edges(sheet, body)
        for position, item in enumerate(sheet.items):
            if isinstance(item, PrintedLine):
                blocks.append(_line(item, sheet, block_edges, text))
                run = None
                continue
            table = SetTable(item, _table(item, sheet, text))
            if position == 0 and run is not None and continues(run, table):
                join_halves(run, table)
                mark_merged(table, repeated_header(run, table))
            else:
                run = TableRun(table, [row_words(row) for row in table.table.rows[:_HEADER_ROWS]])
            blocks.append(table)
    placed = tuple(b.table if isinstance(b, SetTable) else b for b in blocks)
    return Source(
        name=name,
        format=file_format,
        text=str(text),
        blocks=tuple(b for b in placed if not (isinstance(b, Table) and not b.rows)),
        page_starts=tuple(page_starts),
        notes=notes,
        doubts=tuple(dict.fromkeys((*doubts, *(doubt for sheet in bare for doubt in sheet.doubts)))),
        printed=tuple(text.printed),
        sheets=tuple((sheet.width, sheet.height) for sheet in bare),
    )


def blocks_of(sheet: Sheet, base_offset: int) -> tuple[str, tuple[Line | Table, ...]]:
    """The text of one sheet, and its blocks as they stand when that text begins at `base_offset` of a document."""
    source = source_of([sheet], "", "")
    return source.text, tuple(_moved(block, base_offset) for block in source.blocks)


def _moved(block: Line | Table, by: int) -> Line | Table:
    def move(passage: Passage) -> Passage:
        return Passage(passage.text, tuple(k + by for k in passage.at))

    if isinstance(block, Line):
        return Line(move(block.text), None, block.whole, block.heading, block.centred, block.bold, block.indent, block.doubts)
    rows = tuple(tuple(Cell(move(cell.text), cell.covered, cell.doubts) for cell in row) for row in block.rows)
    return Table(rows, block.ruled, None, block.doubts)


def _line(item: PrintedLine, sheet: Sheet, edges: tuple[float, float], text: _Text) -> Line:
    left, right = edges
    before, after = item.left - left, right - item.right
    text.stands(text.length, item, sheet)
    return Line(
        text=text.add(item.text),
        page=sheet.number,
        # A first-line indent is two characters; what is centred stands further in, and the same on both sides.
        centred=before > 2.6 * item.size and abs(before - after) < max(1.5 * item.size, 0.12 * (before + after)),
        bold=item.bold,
        indent=max(round(before / item.size, 1), 0.0),
        doubts=sheet.doubts,
    )


def _table(item: PrintedTable, sheet: Sheet, text: _Text) -> Table:
    tops = [(below.top - above.top) for row in item.rows for cell in row for above, below in pairwise(cell.lines)]
    pitch = median(tops) if tops else 0.0
    rows = tuple(tuple(Cell(_cell(cell, pitch, sheet, text), cell.covered, sheet.doubts) for cell in row) for row in item.rows)
    return Table(rows, ruled=True, page=sheet.number, doubts=sheet.doubts)


def _cell(cell: PrintedCell, pitch: float, sheet: Sheet, text: _Text) -> Passage:
    """The lines of the cell; an empty one where the space between two is much wider than the table's usual."""
    words = ""
    for k, line in enumerate(cell.lines):
        if k:
            words += "\n\n" if line.top - cell.lines[k - 1].top > 1.6 * pitch else "\n"
        text.stands(text.length + len(words), line, sheet)
        words += line.text
    return text.add(words)


def _printed_lines(sheet: Sheet) -> list[PrintedLine]:
    return [item for item in sheet.items if isinstance(item, PrintedLine)]


def _body_size(sheets: Sequence[Sheet]) -> tuple[float, float]:
    """The usual left and right edge of lines over the document: for pages with too few lines of their own."""
    lefts = Counter(round(line.left / sheet.width, 2) for sheet in sheets for line in _printed_lines(sheet))
    if not lefts:
        return (0.0, 1.0)
    rights = Counter(round(line.right / sheet.width, 2) for sheet in sheets for line in _printed_lines(sheet))
    return lefts.most_common(1)[0][0], rights.most_common(1)[0][0]


def _text_edges(sheet: Sheet, usual: tuple[float, float]) -> tuple[float, float]:
    """The left and right edge of the text on a page: where at least two lines begin (end), else as is usual."""
    lines = _printed_lines(sheet)
    lefts = Counter(round(line.left / sheet.width, 2) for line in lines)
    shared = [edge for edge, count in lefts.items() if count > 2]
    left = min(shared, default=usual[0]) * sheet.width
    right = max((line.right for line in lines if line.left <= left + 3 * line.size), default=0.0)
    return left, max(right, usual[1] * sheet.width) if len(lines) < 6 else right
