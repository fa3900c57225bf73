"""What stands on the pages that were set from a Word file, where a span of its text is said to stand."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from xiangxu.importer.read.pdf.page import contents_of
from xiangxu.importer.read.sheets.sheet import Glyph
from xiangxu.importer.read.typeset import Pages


def glyphs_of(pdf: Path) -> list[list[Glyph]]:
    """The characters of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [contents_of(page).glyphs for page in document]


def words_at(pages: Pages, glyphs: list[list[Glyph]], start: int, end: int) -> str:
    """The characters whose middle lies in the boxes of this span; of a box that reaches beyond it so much as its characters say."""
    words: list[str] = []
    for each in (each for each in pages.printed if each.start < end and each.end > start):
        wide, high = pages.sheets[each.page - 1]
        pace = (each.right - each.left) / (each.end - each.start)
        left = each.left + pace * (max(each.start, start) - each.start)
        right = each.left + pace * (min(each.end, end) - each.start)
        words += [g.char for g in glyphs[each.page - 1] if left <= g.x / wide <= right and each.top <= g.y / high <= each.bottom]
    return "".join(words)
