"""One page of a PDF file as pdfium sees it: glyphs, rules, and how much of it is a picture.

Everything is turned so that most of the text stands upright, with lengths in points from the top left corner: pages that were
scanned or printed sideways read like others. Slanted text is a watermark and is left out.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

from xiangxu.importer.read.sheets.lines import ordinary
from xiangxu.importer.read.sheets.rules import Rule
from xiangxu.importer.read.sheets.sheet import Glyph

# A drawing, a map: beyond this no list is ruled, and a page must not cost minutes.
_MOST_STROKES = 20_000
_DEEPEST_FORM = 6
# In points: a filled box this thin is a rule; a stroke this short is none.
_THIN = 2.5
_SHORTEST = 4.0
# Faces that official documents use for headings instead of bold type.
_HEAVY_FACES = ("bold", "heavy", "black", "hei", "xiaobiaosong", "黑体", "小标宋")


@dataclass(frozen=True)
class Contents:
    """`needs_eyes`: the page shows something, but its text cannot be had. `recognised`: the text lies unseen over a picture."""

    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Rule]
    down: list[Rule]
    needs_eyes: bool
    recognised: bool


class _Run(NamedTuple):
    """What the glyphs of one text object share."""

    angle: int | None
    bold: bool
    unseen: bool


class _Turn(NamedTuple):
    """How page coordinates become upright ones: by quarter turns within the visible box."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        if self.quarters == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)


def contents_of(page: pypdfium2.PdfPage) -> Contents:
    """The glyphs and rules of a page."""
    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    try:
        found, runs, garbled = _characters(text.raw, text.count_chars())
    finally:
        text.close()
    angles = Counter(runs[key].angle for _, key in found)
    angles.pop(None, None)
    quarters = angles.most_common(1)[0][0] if angles else 0
    turn = _Turn(quarters or 0, left, bottom, right, top)
    glyphs = [_upright(glyph, runs[key].bold, turn) for glyph, key in found if runs[key].angle == quarters]
    width, height = turn.size()
    glyphs = [g for g in glyphs if 0 <= g.x <= width and 0 <= g.y <= height]
    drawn = _Drawing(turn)
    drawn.look_at(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _IDENTITY, 0)
    unseen = sum(runs[key].unseen for _, key in found)
    pictured = drawn.pictured > 0.4 * width * height
    nearly_empty = len(glyphs) < 12
    return Contents(
        width=width,
        height=height,
        glyphs=glyphs,
        across=drawn.across,
        down=drawn.down,
        needs_eyes=(nearly_empty and (pictured or drawn.curves > 200)) or garbled > 0.3 * max(len(found), 30),
        recognised=pictured and unseen > 0.5 * len(found),
    )


def _characters(text: Any, count: int) -> tuple[list[tuple[Glyph, int]], dict[int, _Run], int]:
    """Every visible character in page coordinates (top above bottom) with the key of its run; how many mean nothing."""
    found: list[tuple[Glyph, int]] = []
    runs: dict[int, _Run] = {}
    garbled = 0
    box = pdfium.FS_RECTF()
    box_at = ctypes.byref(box)
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code in (0x20, 0x0D, 0x0A, 0xA0, 0x3000, 0x09, 0x00AD, 0x200B):
            continue
        if _means_nothing(code):
            garbled += 1
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box_at)
        if box.right <= box.left or box.top <= box.bottom:
            continue
        owner = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if key not in runs:
            runs[key] = _run(text, index, owner)
        char = "-" if code in (0x02, 0xFFFE) else ordinary(chr(code))
        found.append((Glyph(char, box.left, box.top, box.right, box.bottom, 0.0), key))
        if 0xC0 <= code < 0x100 or 0x80 <= code < 0xA0:
            garbled += 1
    return found, runs, garbled


def _means_nothing(code: int) -> bool:
    """Control characters (except pdfium's hyphen), private use and the replacement character."""
    return code == 0xFFFD or 0xE000 <= code < 0xF900 or (code < 0x20 and code != 0x02)


def _run(text: Any, index: int, owner: Any) -> _Run:
    # pdfium measures clockwise, the coordinates of a page run counter-clockwise.
    turned = -math.degrees(pdfium.FPDFText_GetCharAngle(text, index)) % 360
    quarter = round(turned / 90)
    angle = quarter % 4 if abs(turned - 90 * quarter) < 5 else None
    if not owner:
        return _Run(angle, False, False)
    face = _face(pdfium.FPDFTextObj_GetFont(owner))
    bold = pdfium.FPDFText_GetFontWeight(text, index) >= 600 or any(word in face for word in _HEAVY_FACES)
    return _Run(angle, bold, pdfium.FPDFTextObj_GetTextRenderMode(owner) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _face(font: Any) -> str:
    if not font:
        return ""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return name.value.decode("utf-8", "replace").lower()


def _upright(glyph: Glyph, bold: bool, turn: _Turn) -> Glyph:
    x0, y0 = turn.point(glyph.left, glyph.top)
    x1, y1 = turn.point(glyph.right, glyph.bottom)
    top, bottom = min(y0, y1), max(y0, y1)
    left, right = min(x0, x1), max(x0, x1)
    # Faces differ in how tall they say they are; Han characters are square, so the wider of the two is nearer the type size.
    size = right - left if ord(glyph.char) >= 0x2E80 else min(bottom - top, 2.2 * (right - left))
    return Glyph(glyph.char, left, top, right, bottom, max(size, 1.0), bold)


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _then(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class _Drawing:
    """The rules among the strokes of a page, and the area that pictures cover."""

    def __init__(self, turn: _Turn) -> None:
        self._turn = turn
        self._strokes = 0
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.pictured = 0.0
        self.curves = 0

    def look_at(self, owner: Any, count: Any, get: Any, matrix: _Matrix, depth: int) -> None:
        """Walks through the objects of a page, or of a form that is printed on it under `matrix`."""
        for k in range(count(owner)):
            thing = get(owner, k)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH and self._strokes < _MOST_STROKES:
                self._path(thing, _then(_matrix_of(thing), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = _then(_matrix_of(thing), matrix)
                self.pictured += abs(a * d - b * c)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inner = _then(_matrix_of(thing), matrix)
                self.look_at(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    def _path(self, path: Any, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        for points in self._figures(path, matrix):
            if stroke.value and _seen(path):
                for (x0, y0), (x1, y1) in pairwise(points):
                    self._stroke(x0, y0, x1, y1)
            elif fill.value and len(points) >= 4:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                self._box(min(xs), min(ys), max(xs), max(ys))

    def _figures(self, path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        a, b, c, d, e, f = matrix
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for k in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_STROKES)):
            self._strokes += 1
            segment = pdfium.FPDFPath_GetPathSegment(path, k)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                self.curves += 1
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            points.append(self._turn.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points

    def _stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if abs(y0 - y1) < 1 and abs(x0 - x1) >= _SHORTEST:
            self.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1 and abs(y0 - y1) >= _SHORTEST:
            self.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
            self.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
            self.down.append(Rule((x0 + x1) / 2, y0, y1))


def _matrix_of(thing: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _seen(path: Any) -> bool:
    """Whether a stroke shows: some programs draw the borders that a table does not have in white."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetStrokeColor(path, *(ctypes.byref(p) for p in parts)):
        return True
    red, green, blue, alpha = (p.value for p in parts)
    return alpha > 20 and min(red, green, blue) < 245
