"""What is done to a scan before it is read: straightened, seals taken off, rules found and wiped out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from xiangxu.importer.read.sheets.rules import Grid, Rule

Pixels = NDArray[np.uint8]

# In degrees: flat-bed scans lie within two, hand-fed ones seldom beyond four.
_MOST_SKEW = 4.5
# A seal is some 40 mm wide, on paper 210 mm wide; red head letters are lower.
_SEAL_SHARE = 0.11
_SEAL_ASPECT = 2.5


def _dark(grey: Pixels) -> Pixels:
    """Where there is ink: darker than its surroundings, whatever the light."""
    block = max(31, (min(grey.shape) // 40) | 1)
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    ink = cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18)
    return np.asarray(ink, dtype=np.uint8)


def straightened(image: Pixels) -> Pixels:
    """The picture turned so that its lines lie level.

    The right angle is the one under which the ink falls into the fewest, fullest rows.
    """
    scale = 900 / max(image.shape[:2])
    small = cv2.resize(image[:, :, 2], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(_dark(np.asarray(small, dtype=np.uint8)))
    if len(rows) < 200:
        return image
    ys, xs = rows.astype(np.float32), columns.astype(np.float32)
    best = 0.0
    for reach, step in ((_MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = [best + k * step for k in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda a: _evenness(xs, ys, a))
    if abs(best) < 0.05:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), best, 1.0)
    turned = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8)


def _evenness(xs: NDArray[np.float32], ys: NDArray[np.float32], angle: float) -> float:
    slope = math.tan(math.radians(angle))
    rows = (ys - xs * slope).astype(np.int32)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((counts**2).sum())


def unsealed(image: Pixels) -> Pixels:
    """The picture in grey without round red seals. Other red, such as the letterhead of an office, becomes black.

    Black print under a seal stays: through a red glass a seal's ink looks like paper, and only the print is dark.
    """
    blue, green, red = (image[:, :, k].astype(np.int16) for k in range(3))
    reddish = ((red - np.maximum(blue, green)) > 45).astype(np.uint8)
    grey = np.minimum(np.minimum(blue, green), red).astype(np.uint8)
    if not reddish.any():
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    width = image.shape[1]
    reach = max(3, width // 80)
    joined = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, w, h, _ in stats[1:count]:
        if h > _SEAL_SHARE * width and max(w, h) < _SEAL_ASPECT * min(w, h):
            margin = reach
            part = np.s_[max(y - margin, 0) : y + h + margin, max(x - margin, 0) : x + w + margin]
            through_red = red[part].astype(np.uint8)
            inked = (red[part] - np.maximum(blue[part], green[part])) > 20
            through_red[inked & (through_red > 130)] = 245
            grey[part] = through_red
    return grey


@dataclass(frozen=True)
class Ruled:
    """The long straight strokes of a picture, and how tall its characters are."""

    across: list[Rule]
    down: list[Rule]
    height: float


def ruled(grey: Pixels) -> Ruled:
    """Finds straight strokes longer than those of a character."""
    ink = _dark(grey)
    height = _character_height(ink)
    long = max(int(1.7 * height), 24)
    # A scan's rules are ragged: small breaks are closed along the rule before its length is taken.
    flat = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    across = cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    steep = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 1), np.uint8))
    down = cv2.morphologyEx(steep, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return Ruled(_strokes(across, height, horizontal=True), _strokes(down, height, horizontal=False), height)


def wiped(grey: Pixels, tables: Iterable[Grid]) -> Pixels:
    """The picture without the rules of its tables, which recognition would take for 1, I or 一."""
    bare = grey.copy()
    paper = int(np.percentile(grey, 80))
    for table in tables:
        for at, start, end in table.across:
            bare[max(int(at) - 3, 0) : int(at) + 4, int(start) : int(end) + 1] = paper
        for at, start, end in table.down:
            bare[int(start) : int(end) + 1, max(int(at) - 3, 0) : int(at) + 4] = paper
    return bare


def _character_height(ink: Pixels) -> float:
    """Han characters fall into parts, so most pieces of ink are smaller than a character: the tallest fifth counts."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    tall, wide = stats[1:count, cv2.CC_STAT_HEIGHT], stats[1:count, cv2.CC_STAT_WIDTH]
    likely = tall[(tall >= 8) & (tall <= 120) & (wide <= 160)]
    return float(np.percentile(likely, 80)) if len(likely) else 30.0


def _strokes(mask: NDArray[np.generic], height: float, *, horizontal: bool) -> list[Rule]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(mask, dtype=np.uint8))
    rules = []
    for x, y, w, h, area in stats[1:count].tolist():
        length, breadth = (w, h) if horizontal else (h, w)
        # A level rule that still drifts is a little broad as a whole, yet thin everywhere; a black bar is no rule.
        if breadth <= max(0.5 * height, 8) and area <= length * max(0.25 * height, 7):
            at, start = (y + h / 2, x) if horizontal else (x + w / 2, y)
            rules.append(Rule(at, float(start), float(start + length)))
    return rules
