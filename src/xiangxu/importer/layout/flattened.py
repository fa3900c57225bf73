"""Tables that a converter flattened to text, one cell a line.

Converters write a cell as a line that begins with a tab, the cell's further paragraphs as lines without one, and an empty line
before each row. A cell that is empty or covered by a merged one is a line with nothing but the tab.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiangxu.importer.layout.marks import PAGE_NUMBER
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Cell, Line, Table

# What cannot be the second paragraph of a cell after an empty line: a numbered chapter, an attachment, a table's caption.
_AFTER_TABLE = re.compile(
    r"\s*([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章部]|附件|附表|表\s*\d)"
)


def is_cell(line: Line) -> bool:
    """Whether the line begins a cell."""
    return not line.whole and line.text.text.startswith("\t")


def read_flattened(lines: Sequence[Line], start: int) -> tuple[Table, int]:
    """The table whose first cell is `lines[start]`, and the index of the first line after it."""
    rows: list[list[list[Passage]]] = []
    blanks, i = 1, start
    while i < len(lines):
        line = lines[i]
        if line.whole:
            break
        if is_cell(line):
            if blanks or not rows:
                rows.append([])
            rows[-1].append([line.text[1:]])
            blanks = 0
        elif not line.text.text.strip():
            blanks += 1
        elif PAGE_NUMBER.fullmatch(line.text.text.strip()):
            # A page ended in the middle of the table: neither a row nor a part of a cell.
            pass
        elif blanks >= 2 or (blanks and _AFTER_TABLE.match(line.text.text)):
            break
        else:
            # After one empty line it is the next paragraph of the cell, as where indicators are stacked in one cell.
            rows[-1][-1].append(line.text)
            blanks = 0
        i += 1
    grid = tuple(tuple(Cell(Passage.join(cell, "\n").stripped()) for cell in row) for row in rows)
    return Table(grid, ruled=False, page=lines[start].page), i
