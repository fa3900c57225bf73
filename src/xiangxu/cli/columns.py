"""Tables for the terminal, in which a Han character takes two columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence

_GAP = "  "
# What a table takes where nobody says how wide the terminal is: a file, a pipe.
_USUAL = 140
_NARROWEST = 8


def width(text: str) -> int:
    """The columns that a text takes.

    >>> width("公办率70%")
    9
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of so many columns, its own line ends kept; closing marks do not begin a line.

    >>> wrapped("乡村学前教育公办率，到2027年", 8)
    ['乡村学前', '教育公办', '率，到20', '27年']
    """
    lines = []
    for part in text.split("\n"):
        line = ""
        for character in part:
            if width(line) + width(character) > columns and (character not in "，。；、）〕”" or width(line) > columns):
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def table(header: Sequence[str], rows: Iterable[Sequence[str]], columns: int | None = None) -> str:
    """A table whose widest columns give way where the terminal is too narrow; a cell may have several lines."""
    body = [list(row) for row in rows]
    every = [list(header), *body]
    widths = [max(width(line) for row in every for line in row[at].split("\n")) for at in range(len(header))]
    room = (columns or shutil.get_terminal_size((_USUAL, 24)).columns) - len(_GAP) * (len(header) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    lines = _lines(header, widths) + [_GAP.join("─" * columns for columns in widths)]
    for row in body:
        lines += _lines(row, widths)
    return "\n".join(lines)


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [wrapped(cell, columns) for cell, columns in zip(row, widths, strict=True)]
    tallest = max(len(cell) for cell in cells)
    return [
        _GAP.join(_padded(cell[at] if at < len(cell) else "", columns) for cell, columns in zip(cells, widths, strict=True)).rstrip()
        for at in range(tallest)
    ]


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
