"""Glyphs to visual lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from statistics import median

from xiangxu.importer.read.sheets.sheet import Glyph, PrintedLine

# Blocks of characters that only look like ordinary Han characters: some programs write radicals and compatibility forms.
_LOOKALIKES = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))


def ordinary(char: str) -> str:
    """The ordinary Han character for a radical or compatibility form; every other character as it is.

    >>> ordinary("\\u2f42"), ordinary("Ａ")
    ('文', 'Ａ')
    """
    code = ord(char)
    if any(low <= code <= high for low, high in _LOOKALIKES):
        return unicodedata.normalize("NFKC", char)
    return char


def lines_of(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """The visual lines that the glyphs form, from top to bottom.

    Glyphs whose middles differ by less than half a character's height share a line. A gap in a line becomes blanks: one for
    each half character of it, none for the small gaps of justified text. A glyph printed twice on one spot counts once.
    """
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        if rows and glyph.y - middle <= 0.5 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
            middle += (glyph.y - middle) / len(rows[-1])
        else:
            rows.append([glyph])
            middle = glyph.y
    return [line for row in rows if (line := _line(row)) is not None]


def _line(row: list[Glyph]) -> PrintedLine | None:
    row.sort(key=lambda g: g.left)
    size = median(g.size for g in row)
    kept: list[Glyph] = []
    text: list[str] = []
    for glyph in row:
        if kept:
            last = kept[-1]
            if glyph.char == last.char and glyph.left - last.left < 0.2 * size:
                continue
            text.append(_blanks(last, glyph, size))
        kept.append(glyph)
        text.append(glyph.char)
    joined = "".join(text).strip()
    if not joined:
        return None
    return PrintedLine(
        text=joined,
        left=kept[0].left,
        top=min(g.top for g in kept),
        right=max(g.right for g in kept),
        bottom=max(g.bottom for g in kept),
        size=size,
        bold=sum(g.bold for g in kept) * 2 > len(kept),
    )


def _blanks(last: Glyph, glyph: Glyph, size: float) -> str:
    gap = (glyph.left - last.right) / size
    latin = last.char.isascii() and glyph.char.isascii()
    return " " * max(1, min(round(gap / 0.5), 20)) if gap > (0.15 if latin else 0.45) else ""
