"""What a page carries besides the document: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from xiangxu.importer.read.sheets.sheet import PrintedLine, Sheet

# Page numbers as offices print them: — 3 —, - 3 -, ·3·, 第3页 共9页, 3/9, Page 3 of 9. A bare figure is one only in a series.
_PAGE_NUMBER = re.compile(
    r"[-—–―－一·•~\s]+\d{1,4}[-—–―－一·•~\s]+"
    r"|第?\s*\d{1,4}\s*页\s*[,，/、]?\s*[（(]?(?:共\s*\d{1,4}\s*页)?[）)]?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_EDGE = 0.13
_LINES_AT_AN_EDGE = 3
_FEWEST_PAGES = 3


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without page numbers, and without lines that stand at the same height of most pages with the same words.

    Only the outermost lines of the top and bottom eighth of a page are looked at. Figures do not count as words. A bare figure
    goes where those of most pages rise as the pages do.
    """
    edges = [_edge_lines(sheet) for sheet in sheets]
    seen = Counter(key for sheet, lines in zip(sheets, edges, strict=True) for key in {_key(sheet, k) for k in lines})
    steady = {key for key, count in seen.items() if len(sheets) >= _FEWEST_PAGES and count * 2 > len(sheets) and key[1]}
    offset = _numbering(sheets, edges)
    result = []
    for sheet, lines in zip(sheets, edges, strict=True):
        drop = {
            id(line)
            for line in lines
            if _PAGE_NUMBER.fullmatch(line.text)
            or (_key(sheet, line) in steady)
            or (_BARE_NUMBER.fullmatch(line.text) and int(line.text) - sheet.number == offset)
        }
        kept = tuple(item for item in sheet.items if id(item) not in drop)
        result.append(Sheet(sheet.number, sheet.width, sheet.height, kept, sheet.doubts))
    return result


def _edge_lines(sheet: Sheet) -> list[PrintedLine]:
    """The lines at the very top and the very foot, from outside inwards until a table or the body begins."""
    top, foot = _EDGE * sheet.height, (1 - _EDGE) * sheet.height
    items = sorted(sheet.items, key=lambda i: i.top)
    head = takewhile(lambda i: isinstance(i, PrintedLine) and i.bottom < top, items[:_LINES_AT_AN_EDGE])
    tail = takewhile(lambda i: isinstance(i, PrintedLine) and i.top > foot, items[::-1][:_LINES_AT_AN_EDGE])
    return [item for item in (*head, *tail) if isinstance(item, PrintedLine)]


def _key(sheet: Sheet, line: PrintedLine) -> tuple[int, str]:
    """Height on the page (in sixtieths) and words: the same for the same running head on every page."""
    return round(line.top / sheet.height * 60), re.sub(r"[\d\s]", "", line.text)


def _numbering(sheets: Sequence[Sheet], edges: Iterable[list[PrintedLine]]) -> int | None:
    """How far printed bare page numbers run ahead of the pages; None where bare figures are no page numbers."""
    offsets = Counter(
        int(line.text) - sheet.number
        for sheet, lines in zip(sheets, edges, strict=True)
        for line in lines
        if _BARE_NUMBER.fullmatch(line.text)
    )
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count * 2 > len(sheets) or (len(sheets) <= 2 and offset == 0) else None
