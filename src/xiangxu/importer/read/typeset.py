"""A Word file as its pages: LibreOffice sets them once, and each line of the text that was read gets its place on them.

Only what is shown comes of it; what was read of the file stays as it is, offsets and all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from xiangxu.importer.read.aligning import aligned, comparable
from xiangxu.importer.read.kind import Kind, kind_of
from xiangxu.importer.read.office import THROUGH_OFFICE, as_pages
from xiangxu.importer.read.pdf.page import contents_of
from xiangxu.importer.read.sheets.sheet import Glyph
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Printed
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# The kinds whose pages LibreOffice sets, and what it goes by.
_SET = {Kind.WORD: ".docx", **THROUGH_OFFICE}
_MOST_PAGES = 400
_TOO_MANY = _("这份文件排出来有 %(pages)s 页，超过 %(most)s 页，没有作为页面显示。")
# In shares of the type size: how far a character may stand from where it would be if all of its run were equally wide.
_UNEVEN = 0.3
# So many characters of a line may be missing between two that were found; they stand between them.
_BRIDGED = 3


@dataclass(frozen=True)
class Pages:
    """Width and height of each page in points, and where on them the text stands."""

    sheets: tuple[tuple[float, float], ...]
    printed: tuple[Printed, ...]


@contextmanager
def typeset(path: Path, name: str) -> Iterator[Path | None]:
    """The PDF of a Word file's pages, as long as the context lasts; None for a file of another kind.

    Refuses (``Unreadable``) where LibreOffice is missing, cannot set the file, or needs too long.
    """
    kind = kind_of(path, name)
    if kind not in _SET:
        yield None
        return
    with as_pages(path, name, _SET[kind]) as made:
        yield made


def places_on(pdf: Path, text: str) -> Pages:
    """Where the text of a document stands on its pages. What is not found there has no place. Refuses too many pages."""
    glyphs: list[tuple[int, Glyph]] = []
    sheets: list[tuple[float, float]] = []
    with pypdfium2.PdfDocument(pdf) as document:
        if len(document) > _MOST_PAGES:
            raise Unreadable(Reason(_TOO_MANY, pages=len(document), most=_MOST_PAGES))
        for number in range(len(document)):
            page = document[number]
            contents = contents_of(page)
            page.close()
            sheets.append((contents.width, contents.height))
            glyphs.extend((number, glyph) for glyph in contents.glyphs)
    seen = [offset for offset, char in enumerate(text) if not char.isspace()]
    found = aligned(comparable("".join(text[n] for n in seen)), comparable("".join(glyph.char[0] for _page, glyph in glyphs)))
    stands = [(offset, *glyphs[to]) for offset, to in zip(seen, found, strict=True) if to is not None]
    printed = [piece for line in _lines(stands, text) for piece in _printed(line, sheets)]
    return Pages(tuple(sheets), tuple(printed))


Stand = tuple[int, int, Glyph]


def _lines(stands: list[Stand], text: str) -> Iterator[list[Stand]]:
    """What stands side by side on a page and runs on in the text."""
    line: list[Stand] = []
    for stand in stands:
        if line and not _goes_on(line[-1], stand, text):
            yield line
            line = []
        line.append(stand)
    if line:
        yield line


def _goes_on(last: Stand, stand: Stand, text: str) -> bool:
    (offset, page, glyph), (to, on, beside) = last, stand
    between = text[offset + 1 : to]
    return (
        page == on
        and "\n" not in between
        and len(between.split()) <= 1
        and len("".join(between.split())) <= _BRIDGED
        and beside.left >= glyph.left
        and glyph.top < beside.y < glyph.bottom
    )


def _printed(line: list[Stand], sheets: list[tuple[float, float]]) -> Iterator[Printed]:
    """The line in pieces within which all characters are about equally wide, so that a part of a piece is found by counting."""
    page = line[0][1]
    wide, high = sheets[page]
    top, bottom = min(glyph.top for _at, _page, glyph in line), max(glyph.bottom for _at, _page, glyph in line)
    start = 0
    for end in range(1, len(line) + 1):
        if end < len(line) and _even(line[start : end + 1]):
            continue
        left, right = line[start][2].left, line[end - 1][2].right
        edges = (round(left / wide, 4), round(top / high, 4), round(right / wide, 4), round(bottom / high, 4))
        yield Printed(line[start][0], line[end - 1][0] + 1, page + 1, *edges)
        start = end


def _even(piece: list[Stand]) -> bool:
    first, last = piece[0], piece[-1]
    each = (last[2].right - first[2].left) / (last[0] + 1 - first[0])
    return all(abs(first[2].left + each * (at - first[0]) - glyph.left) <= _UNEVEN * glyph.size for at, _page, glyph in piece)
