"""Tables for tests, written as rows of strings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xiangxu.importer.clause import Context
from xiangxu.importer.lists import CaptionedTable, ListReading, TaskRow, read_lists
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Cell, Covered, Table

ABOVE, LEFT = "^", "<"
"""A cell that a merged cell reaches into from above, or from the left."""

CONTEXT = Context(date(2025, 4, 18), 2027)


def table(rows: Sequence[Sequence[str]], *, ruled: bool = True, start: int = 0) -> Table:
    """A table of these texts; in `ruled` ones ^ and < are covered cells."""
    covered = {ABOVE: Covered.BY_ABOVE, LEFT: Covered.BY_LEFT}
    grid, at = [], start
    for row in rows:
        cells = []
        for text in row:
            if ruled and text in covered:
                cells.append(Cell(Passage("", ()), covered[text]))
            else:
                cells.append(Cell(Passage.of(text, at)))
                at += len(text) + 1
        grid.append(tuple(cells))
    return Table(tuple(grid), ruled=ruled)


def read(
    *tables: Sequence[Sequence[str]], ruled: bool = True, caption: str = "附件 重点任务清单", context: Context = CONTEXT
) -> ListReading:
    """Reads tables that follow each other immediately; the caption stands above the first."""
    captioned, start = [], 0
    for k, rows in enumerate(tables):
        built = table(rows, ruled=ruled, start=start)
        start = built.end + 1
        captioned.append(CaptionedTable(built, "" if k else caption))
    return read_lists(captioned, context)


def fields(row: TaskRow) -> dict[str, str | None]:
    """The texts of a row by field, without the empty ones."""
    texts = {name: getattr(row, name) for name in ("project", "action", "goal", "measure")}
    found = {name: passage.text for name, passage in texts.items() if passage}
    return found | {"no": row.no, "due": row.due}


def names(passages: Sequence[Passage]) -> list[str]:
    """The texts of passages."""
    return [p.text for p in passages]
