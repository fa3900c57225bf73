"""A sheet of a workbook, and the lines and table that a reader sees in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from xiangxu.importer.read.content import Block, Grid, GridCell, Inline, Paragraph
from xiangxu.importer.read.limits import hostile
from xiangxu.importer.source import Covered
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# A task list has some hundred rows; a return of all schools of a prefecture some thousand.
MAX_AREA = 500_000
# So many hidden rows of a merged cell are looked behind for its first visible one.
_MAX_HIDDEN = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells by (row, column), from 0; only those with text. `merged` ranges are first row, first column, last row, last column."""

    title: str
    cells: dict[tuple[int, int], str]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    uncomputed: int = 0

    def content(self, name: str) -> list[Block]:
        """Rows above and below the table that hold one cell only are lines (title, unit of quantity, notes), the rest a table.

        Hidden rows and columns are left out, and so are those in which nothing stands.
        """
        seen = {at: text for at, text in self.cells.items() if text.strip()}
        for first_row, first_column, last_row, last_column in self.merged:
            text = seen.pop((first_row, first_column), None)
            corner = self._first_visible(first_row, first_column, last_row, last_column)
            if text is not None and corner is not None:
                seen[corner] = text
        seen = {at: t for at, t in seen.items() if at[0] not in self.hidden_rows and at[1] not in self.hidden_columns}
        rows = sorted({row for row, _ in seen})
        columns = sorted({column for _, column in seen})
        if len(rows) * len(columns) > MAX_AREA:
            raise hostile(
                name,
                Reason(
                    _("工作表“%(sheet)s”有 %(rows)s 行 %(columns)s 列"), sheet=self.title, rows=len(rows), columns=len(columns)
                ),
            )
        covered = self._covered(rows, columns)
        grid = [
            tuple(
                GridCell(covered=covered[r, c]) if (r, c) in covered else GridCell(_paragraphs(seen.get((r, c), "")))
                for c in columns
            )
            for r in rows
        ]
        first, last = 0, len(grid)
        while first < last and _is_line(grid[first]):
            first += 1
        while last > first and _is_line(grid[last - 1]):
            last -= 1
        if len(columns) == 1:
            return [paragraph for row in grid for cell in row for paragraph in cell.content]
        found: list[Block] = [_line(row) for row in grid[:first]]
        if first < last:
            found.append(Grid(tuple(grid[first:last])))
        return found + [_line(row) for row in grid[last:]]

    def _first_visible(self, top: int, left: int, bottom: int, right: int) -> tuple[int, int] | None:
        """The cell of a merged range that shows its text, if its first rows or columns are hidden."""
        row = next((r for r in range(top, min(bottom, top + _MAX_HIDDEN) + 1) if r not in self.hidden_rows), None)
        column = next((c for c in range(left, min(right, left + _MAX_HIDDEN) + 1) if c not in self.hidden_columns), None)
        return None if row is None or column is None else (row, column)

    def _covered(self, rows: list[int], columns: list[int]) -> dict[tuple[int, int], Covered]:
        """What merged ranges cover, among the rows and columns that are shown."""
        found: dict[tuple[int, int], Covered] = {}
        for top, left, bottom, right in self.merged:
            across = columns[bisect_left(columns, left) : bisect_right(columns, right)]
            down = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
            for r in down:
                for c in across:
                    if c != across[0]:
                        found[r, c] = Covered.BY_LEFT
                    elif r != down[0]:
                        found[r, c] = Covered.BY_ABOVE
        return found


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(Inline(line)) for line in text.split("\n") if line.strip())


def _is_line(row: tuple[GridCell, ...]) -> bool:
    """Whether the row has text in one cell only, and no merged cell from above reaches into it."""
    if any(cell.covered is Covered.BY_ABOVE for cell in row):
        return False
    return sum(1 for cell in row if cell.content) == 1


def _line(row: tuple[GridCell, ...]) -> Paragraph:
    """The row's text; centred where it reaches over the whole table."""
    text = "\n".join(p.inline.text for cell in row for p in cell.content if isinstance(p, Paragraph))
    return Paragraph(Inline(text), centred=len(row) > 1 and all(cell.covered for cell in row[1:]))
