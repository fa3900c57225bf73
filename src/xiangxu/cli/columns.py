"""Tables for the terminal, in which a Han character takes two columns."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence

_GAP = "  "
# What a table takes where nobody says how wide the terminal is: a file, a pipe.
_USUAL = 140
_NARROWEST = 8
# What is not parted: a Latin word or a figure, any other character; with the marks that open before it and close behind it.
_UNIT = re.compile(r"[〔（“《]*(?:[!-~]+|.)[，。；、：？）〕”》]*")


def width(text: str) -> int:
    """The columns that a text takes.

    >>> width("公办率70%")
    9
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of so many columns, its own line ends kept. Latin words and figures stay whole where they fit; closing
    marks do not begin a line, opening ones do not end it.

    >>> wrapped("公办率到2027年，达70%", 9)
    ['公办率到', '2027年，', '达70%']
    """
    lines = []
    for part in text.split("\n"):
        line = ""
        for unit in _UNIT.findall(part):
            for piece in [unit] if width(unit) <= columns else unit:
                if line and width(line) + width(piece) > columns:
                    lines.append(line.rstrip())
                    line = ""
                line += piece
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
    lines = [*_lines(header, widths), _GAP.join("─" * columns for columns in widths)]
    for row in body:
        lines += _lines(row, widths)
    return "\n".join(lines)


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [wrapped(cell, columns) for cell, columns in zip(row, widths, strict=True)]
    tallest = max(len(cell) for cell in cells)
    return [
        _GAP.join(
            _padded(cell[at] if at < len(cell) else "", columns) for cell, columns in zip(cells, widths, strict=True)
        ).rstrip()
        for at in range(tallest)
    ]


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
