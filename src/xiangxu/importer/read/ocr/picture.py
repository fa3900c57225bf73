"""A picture of a page to a sheet: cleaned, its rules found, its text detected and recognised, all put in place."""

from __future__ import annotations

import io
import os
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence

from xiangxu.importer.read.ocr.cleaning import Pixels, ruled, straightened, unsealed, wiped
from xiangxu.importer.read.ocr.wording import worded
from xiangxu.importer.read.sheets.lines import lines_of
from xiangxu.importer.read.sheets.rules import Grid, grids, table_of
from xiangxu.importer.read.sheets.sheet import Glyph, PrintedLine, PrintedTable, Sheet
from xiangxu.model.place import Doubt

# Text is found on a copy of this length (time grows with its area, and nothing more is found on a larger one), and read on
# the picture itself. Larger pictures than the second carry no more, only noise.
_FIND_AT = 1280
_LARGEST = 3600
# A picture file may claim any size: 120 million pixels are A3 at 600 dpi and more; animations have thousands of frames.
_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 60
# Below this the model is guessing: specks, the rim of a seal, a signature.
_SURE = 0.55
_MARGIN = 0.1
_DOUBTS = (Doubt.OCR,)


class Piece(NamedTuple):
    """A recognised run of characters in its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float


Box = tuple[float, float, float, float]


@cache
def _engine() -> Any:
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            # Lines differ in length, and a batch is as wide as its longest.
            "Rec.rec_batch_num": 1,
            # Named outright: a model that is looked up may be downloaded.
            "Det.model_path": str(next(models.glob("*_det_*.onnx"))),
            "Rec.model_path": str(next(models.glob("*_rec_*.onnx"))),
            "Det.limit_type": "min",
            "Det.limit_side_len": 32,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(os.cpu_count() or 1, 4),
        }
    )


def decoded(data: bytes) -> list[Pixels]:
    """The pages of a picture file, turned as the camera says and made smaller if huge; none if it cannot or must not be opened."""
    pages = []
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return []
            for frame in islice(ImageSequence.Iterator(picture), _MOST_FRAMES):
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                pages.append(_bounded(np.asarray(upright, dtype=np.uint8)[:, :, ::-1]))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []
    return pages


def _bounded(image: Pixels) -> Pixels:
    scale = _LARGEST / max(image.shape[:2])
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def sheet_of(image: Pixels, number: int) -> Sheet:
    """Lines and ruled tables on a picture of a page.

    Where most text stands on its side the picture is turned one way or the other, whichever reads better.
    """
    image = _bounded(np.ascontiguousarray(image))
    page = _Page(image)
    if not page.sideways:
        return page.sheet(number)
    turned = []
    for quarters in (1, 3):
        page = _Page(np.ascontiguousarray(np.rot90(image, quarters)))
        turned.append((page.trust, page))
        if page.trust >= 0.85:
            break
    return max(turned, key=lambda reading: reading[0])[1].sheet(number)


class _Page:
    """A picture on its way to a sheet; text is found at once, and recognised when asked for."""

    def __init__(self, image: Pixels) -> None:
        grey = unsealed(straightened(image))
        page = ruled(grey)
        self._height, self._width = grey.shape
        self._tables = grids(page.across, page.down, max(0.2 * page.height, 5.0), 1.2 * page.height)
        self._bare = wiped(grey, self._tables)
        self._found = _found(_grey3(self._bare))

    @property
    def sideways(self) -> bool:
        """Whether most of the text stands on its side."""
        tall = sum((bottom - top) > 2 * (right - left) for left, top, right, bottom in self._found)
        return len(self._found) >= 4 and tall > 0.6 * len(self._found)

    @cached_property
    def _pieces(self) -> list[Piece]:
        boxes = [part for box in self._found for part in _within_cells(box, self._tables)]
        return [piece for piece in _recognised(self._bare, boxes) if piece.score >= _SURE and piece.text]

    @property
    def trust(self) -> float:
        """The mean trust in the pieces: low where the picture stands on its head."""
        return sum(piece.score for piece in self._pieces) / len(self._pieces) if self._pieces else 0.0

    def sheet(self, number: int) -> Sheet:
        """Its lines and tables from top to bottom."""
        glyphs = [glyph for piece in self._pieces for glyph in _glyphs(piece)]
        items: list[PrintedLine | PrintedTable] = []
        for grid in self._tables:
            inside = [g for g in glyphs if grid.holds(g.x, g.y)]
            if inside:
                glyphs = [g for g in glyphs if not grid.holds(g.x, g.y)]
                items.append(table_of(grid, inside))
        items.extend(lines_of(glyphs))
        return Sheet(number, self._width, self._height, tuple(sorted(items, key=lambda i: i.top)), _DOUBTS)


def _grey3(grey: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _found(image: Pixels) -> list[Box]:
    """The boxes of text on a level picture."""
    scale = _FIND_AT / max(image.shape[:2])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scale = min(scale, 2.0)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=way)
    quads: NDArray[np.float32] | None = _engine()(small, use_det=True, use_cls=False, use_rec=False).boxes
    if quads is None:
        return []
    low, high = np.asarray(quads).min(axis=1) / scale, np.asarray(quads).max(axis=1) / scale
    return [(float(a[0]), float(a[1]), float(b[0]), float(b[1])) for a, b in zip(low, high, strict=True)]


def _within_cells(box: Box, tables: list[Grid]) -> list[Box]:
    """The parts of a box that lie in different cells: a narrow rule does not keep detection from running over it."""
    left, top, right, bottom = box
    tall = bottom - top
    for grid in tables:
        if not grid.holds((left + right) / 2, (top + bottom) / 2):
            continue
        parts = []
        for r0, c0, r1, c1 in grid.areas():
            x0, x1 = max(left, grid.xs[c0]), min(right, grid.xs[c1 + 1])
            y0, y1 = max(top, grid.ys[r0]), min(bottom, grid.ys[r1 + 1])
            if y1 - y0 > 0.5 * min(tall, grid.ys[r1 + 1] - grid.ys[r0]) and x1 - x0 > 0.35 * tall:
                parts.append((x0, y0, x1, y1))
        return parts
    return [box]


def _recognised(image: Pixels, boxes: list[Box]) -> list[Piece]:
    height, width = image.shape
    crops, kept = [], []
    for left, top, right, bottom in boxes:
        # A little paper around the text reads better than text cut close.
        margin = _MARGIN * (bottom - top)
        x0, y0 = max(int(left - 2 * margin), 0), max(int(top - margin), 0)
        x1, y1 = min(int(right + 2 * margin) + 1, width), min(int(bottom + margin) + 1, height)
        if x1 - x0 >= 6 and y1 - y0 >= 6:
            crops.append(_grey3(image[y0:y1, x0:x1]))
            kept.append((left, top, right, bottom))
    if not crops:
        return []
    result = _engine().recognize_txt(crops)
    return [Piece(worded(text), *box, float(score)) for text, score, box in zip(result.txts, result.scores, kept, strict=True)]


def _glyphs(piece: Piece) -> list[Glyph]:
    """The characters of a piece, spread over its box: Latin letters and figures take about half a Han character."""
    weights = [0.52 if char.isascii() else 1.0 for char in piece.text]
    step = (piece.right - piece.left) / sum(weights)
    size = min(step, 0.85 * (piece.bottom - piece.top))
    glyphs, x = [], piece.left
    for char, weight in zip(piece.text, weights, strict=True):
        if not char.isspace():
            glyphs.append(Glyph(char, x, piece.top, x + weight * step, piece.bottom, size))
        x += weight * step
    return glyphs
