"""The left side of a draft: the document as the office knows it, as plain data.

A document of pages (PDF, scan, photographs) is kept as its pages with the place of every line on them; any other as its paragraphs and
tables in order, each with its span in the text, so that a place in the text can be found and lit. A Word file has both once its pages
are set: the pages first, then its paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Cell, Covered, Line, Printed, Source, Table

Json = dict[str, Any]


def sheets_of(source: Source) -> list[Json]:
    """What ``Draft.pages`` holds: one entry a page with ``lines`` of [start, end, left, top, right, bottom], or one with all blocks."""
    if source.sheets:
        return pictures(source.sheets, source.printed)
    blocks = [_table(block) if isinstance(block, Table) else _line(block) for block in source.blocks]
    return [{"kind": "text", "form": source.format, "blocks": blocks}]


def pictures(sheets: Sequence[tuple[float, float]], printed: Iterable[Printed], **more: Any) -> list[Json]:
    """Each page with the places of the text on it; ``more``: what is said of every one."""
    pages: list[Json] = [
        {"kind": "picture", "number": n, "width": round(wide, 1), "height": round(high, 1), "lines": [], **more}
        for n, (wide, high) in enumerate(sheets, 1)
    ]
    for each in printed:
        pages[each.page - 1]["lines"].append([each.start, each.end, each.left, each.top, each.right, each.bottom])
    return pages


def blocks_of_text(text: str) -> list[Json]:
    """Every line of a text as a block: of a draft whose document was not kept block by block."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append({"runs": [[start, start + len(line)]]})
        start += len(line) + 1
    return blocks


def _line(line: Line) -> Json:
    block: Json = {"runs": runs(line.text)}
    if line.heading:
        block["heading"] = line.heading
    if line.centred:
        block["centred"] = True
    if line.bold:
        block["bold"] = True
    if line.whole and not line.centred and not line.heading:
        block["whole"] = True
    return block


def _table(table: Table) -> Json:
    wide = max(len(row) for row in table.rows)
    rows = []
    for r, row in enumerate(table.rows):
        cells = []
        for c, cell in enumerate(row):
            if cell.covered is None:
                cells.append({"runs": runs(cell.text), "across": _across(row, c), "down": _down(table, r, c)})
        rows.append(cells)
    return {"rows": rows, "columns": wide}


def _across(row: tuple[Cell, ...], column: int) -> int:
    span = 1
    while column + span < len(row) and row[column + span].covered is Covered.BY_LEFT:
        span += 1
    return span


def _down(table: Table, row: int, column: int) -> int:
    span = 1
    while row + span < len(table.rows):
        below = table.rows[row + span]
        if column >= len(below) or below[column].covered is not Covered.BY_ABOVE:
            break
        span += 1
    return span


def runs(passage: Passage) -> list[list[int]]:
    """The spans of the text that a passage is made of, in its order; characters without a place of their own count to their neighbour.

    >>> runs(Passage("任务一", (4, 5, 9)))
    [[4, 6], [9, 10]]
    """
    found: list[list[int]] = []
    for at in passage.at:
        if found and found[-1][0] <= at <= found[-1][1]:
            found[-1][1] = max(found[-1][1], at + 1)
        else:
            found.append([at, at + 1])
    return found
