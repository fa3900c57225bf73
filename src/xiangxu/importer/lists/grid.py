"""Rows of equal width, whatever the format left of the table."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Cell, Covered, Table

EMPTY = Cell(Passage("", ()))
_TOTAL = re.compile(r"[合小总]\s*计.{0,6}")
_NOTE = re.compile(r"(?:注|说明|备注|填表说明|填报单位|填表人|单位)[0-9一二三]?[:：].*", re.S)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: `index` in its table. `boundary`: the first one after a page break or a repeated header.

    `missing`: how many cells the format left out at the left, because a merged cell reaches over them.
    """

    table: int
    index: int
    cells: tuple[Cell, ...]
    ruled: bool
    boundary: bool = False
    missing: int = 0

    def text(self, column: int) -> Passage:
        """The text of a cell; empty where the row ends before it."""
        return self.cells[column].text if column < len(self.cells) else EMPTY.text

    def covered(self, column: int) -> Covered | None:
        """How a merged cell reaches into the cell, where the format says so."""
        return self.cells[column].covered if column < len(self.cells) else None

    def words(self, column: int) -> str:
        """The cell's text without white space."""
        return self.text(column).squeezed().text

    @property
    def filled(self) -> list[int]:
        """The columns with text."""
        return [k for k, cell in enumerate(self.cells) if cell.text.text.strip()]

    @property
    def is_total(self) -> bool:
        """Whether it sums up other rows."""
        return bool(self.filled) and _TOTAL.fullmatch(self.words(self.filled[0])) is not None

    @property
    def is_note(self) -> bool:
        """Whether it is a remark below or above the list: 注：…, 单位：万元."""
        return len(self.filled) == 1 and _NOTE.fullmatch(self.words(self.filled[0])) is not None

    @property
    def across(self) -> Passage | None:
        """The text of a row that is one cell over all columns, or nothing but a text in its first column."""
        if len(self.filled) != 1:
            return None
        column = self.filled[0]
        others = [cell for k, cell in enumerate(self.cells) if k != column]
        if self.ruled and others and not any(cell.covered is Covered.BY_LEFT for cell in others):
            return None
        return self.text(column) if column <= 1 else None


def rows_of(table: Table, number: int) -> list[Row]:
    """The rows with any text, or covered by one."""
    found = []
    for k, cells in enumerate(table.rows):
        stripped = tuple(replace(cell, text=cell.text.stripped()) for cell in cells)
        if any(cell.text for cell in stripped):
            found.append(Row(number, k, stripped, table.ruled))
    return found


def width_of(rows: list[Row]) -> int:
    """The number of columns that most rows have; of two equally frequent ones the larger."""
    counts = Counter(len(row.cells) for row in rows if len(row.filled) > 1)
    return max(counts, key=lambda n: (counts[n], n), default=0)
