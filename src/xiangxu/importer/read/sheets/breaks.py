"""Tables that run over page breaks: rows that were cut are put together again.

Each page keeps its own table, with its repeated header. But where the break went through a row, the half at the top of the
new page joins the row that it belongs to, and merged cells that reach over the break are marked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from xiangxu.importer.passage import Passage
from xiangxu.importer.read.sheets.sheet import PrintedCell, PrintedTable
from xiangxu.importer.source import Cell, Covered, Table

_STOPS = "。；;！!？?"


@dataclass
class SetTable:
    """A table in both forms: as printed, and with its passages."""

    printed: PrintedTable
    table: Table

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.printed.columns) - 1


@dataclass
class TableRun:
    """The tables that continue each other over pages; `header` are the rows that the first one begins with."""

    last: SetTable
    header: list[tuple[str, ...]]


def continues(run: TableRun, table: SetTable) -> bool:
    """Whether a table at the top of a page has the columns of the one at the foot of the page before."""
    old, new = run.last.printed.columns, table.printed.columns
    width = old[-1] - old[0]
    # Pages for left and right hands have different margins, so the columns are compared from the table's own edge.
    return len(old) == len(new) and all(abs((a - old[0]) - (b - new[0])) <= 0.02 * width for a, b in zip(old, new, strict=True))


def join_halves(run: TableRun, table: SetTable) -> None:
    """Joins the first row of `table` to the last row of the run where they are halves of one; marks merged cells if not.

    They are halves if no rule closes the upper one or opens the lower one; or if the lower one begins with an empty cell, has
    text only below text of the upper one, leaves cells empty that the upper one fills, and the longest of the cells that go
    on has not come to a full stop above, but to the end of a line (which a lone cell need not).
    """
    skip = repeated_header(run, table)
    if len(table.table.rows) <= skip:
        return
    upper, lower = run.last, table
    unclosed = upper.printed.open_bottom or (lower.printed.open_top and not skip)
    printed_above, printed_below = upper.printed.rows[-1], lower.printed.rows[skip]
    if unclosed or _runs_on(printed_above, printed_below):
        pairs = zip(upper.table.rows[-1], lower.table.rows[skip], strict=True)
        upper.table = replace(upper.table, rows=(*upper.table.rows[:-1], tuple(_joined(a, b) for a, b in pairs)))
        lower.table = replace(lower.table, rows=(*lower.table.rows[:skip], *lower.table.rows[skip + 1 :]))
        if len(lower.table.rows) <= skip:
            # The row fills the page and may go on: what follows must be held against its latest lines.
            going_on = tuple(b if b.lines else a for a, b in zip(printed_above, printed_below, strict=True))
            rows = (*upper.printed.rows[:-1], going_on)
            upper.printed = replace(upper.printed, rows=rows, open_bottom=lower.printed.open_bottom)
            return
        lower.printed = replace(lower.printed, rows=(*lower.printed.rows[:skip], *lower.printed.rows[skip + 1 :]))
    run.last = table


def repeated_header(run: TableRun, table: SetTable) -> int:
    """How many rows at the top of a table repeat the header of the run that it continues."""
    count = 0
    for header, row in zip(run.header, table.table.rows, strict=False):
        if header != row_words(row):
            break
        count += 1
    return count


def row_words(row: tuple[Cell, ...]) -> tuple[str, ...]:
    """The words of each cell, without white space: how header rows are known again."""
    return tuple("".join(cell.text.text.split()) for cell in row)


def _joined(above: Cell, below: Cell) -> Cell:
    if not below.text:
        return above
    if not above.text:
        return Cell(below.text, None, below.doubts)
    return Cell(Passage.join((above.text, below.text), "\n"), above.covered, above.doubts)


def _runs_on(above: tuple[PrintedCell, ...], below: tuple[PrintedCell, ...]) -> bool:
    filled = [k for k, cell in enumerate(below) if cell.lines]
    # A row with a running number of its own is no rest of another, even where the column before it is merged.
    numbered = any(cell.lines and "".join(line.text.strip() for line in cell.lines).isdigit() for cell in below[:3])
    if not filled or filled[0] == 0 or numbered or any(not above[k].lines for k in filled):
        return False
    left_out = any(cell.lines and not below[k].lines for k, cell in enumerate(above))
    longest = max((above[k] for k in filled), key=lambda cell: sum(len(line.text) for line in cell.lines))
    last = longest.lines[-1]
    # What may not begin a line takes the character before it along, so a full line can end two characters early.
    full = longest.right - last.right < 2.6 * last.size
    return left_out and last.text[-1] not in _STOPS and (full or len(filled) == 1)


def mark_merged(table: SetTable, header_rows: int) -> None:
    """The empty cells with which a continued table begins belong to the merged cells of the page before."""
    if len(table.table.rows) <= header_rows:
        return
    row = list(table.table.rows[header_rows])
    for k, cell in enumerate(row):
        if cell.text:
            break
        row[k] = replace(cell, covered=cell.covered or Covered.BY_ABOVE)
    else:
        return
    rows = table.table.rows
    table.table = replace(table.table, rows=(*rows[:header_rows], tuple(row), *rows[header_rows + 1 :]))
