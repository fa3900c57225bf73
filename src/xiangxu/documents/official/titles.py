"""Breaks a long title into lines: words whole, lines of much the same length."""

from __future__ import annotations

import re
from itertools import combinations

# Where a title may be broken without tearing a word: behind 关于, around 《…》, behind a closing bracket or a comma, before 的通知.
_BREAKS = re.compile(r"(?<=^关于)|(?=《)|(?<=[》）、，])(?![的》）、，])|(?<=》的)|(?=[^，。、》]{2,6}的[^的]{2,4}$)")
_MOST_LINES = 5


def width(text: str) -> float:
    """How many characters wide a text is: Latin letters and digits are half as wide as Han characters.

    >>> width("2026年11月"), width("通报")
    (5.0, 2.0)
    """
    return sum(0.5 if ord(sign) < 0x2000 else 1.0 for sign in text)


def title_lines(title: str, room: int) -> list[str]:
    """The lines of a title, none wider than `room` characters. Line ends that the author set stay.

    >>> title_lines("关于表彰先进的通报", 20)
    ['关于表彰先进的通报']
    >>> title_lines("关于《云溪县乡村教育振兴行动方案》推进情况的通报", 20)
    ['关于《云溪县乡村教育振兴行动方案》', '推进情况的通报']
    """
    return [line for part in title.split("\n") if part.strip() for line in _broken(part.strip(), room)]


def _broken(title: str, room: int) -> list[str]:
    if width(title) <= room:
        return [title]
    places = sorted({found.start() for found in _BREAKS.finditer(title)} - {0, len(title)})[:12]
    for count in range(1, _MOST_LINES):
        ways = [_cut(title, way) for way in combinations(places, count)]
        fitting = [lines for lines in ways if max(map(width, lines)) <= room]
        if fitting:
            return min(fitting, key=_unevenness)
    return _evenly(title, room)


def _cut(title: str, places: tuple[int, ...]) -> list[str]:
    return [title[start:end] for start, end in zip((0, *places), (*places, len(title)), strict=True)]


def _unevenness(lines: list[str]) -> tuple[float, float]:
    """First how far the lines differ; of equals the one whose first line is the longer (an upturned trapezium) counts before."""
    widths = [width(line) for line in lines]
    return max(widths) - min(widths), -widths[0]


def _evenly(title: str, room: int) -> list[str]:
    """Without a place to break: lines of the same length, as few as fit."""
    count = -(-len(title) // room)
    length = -(-len(title) // count)
    return [title[start : start + length] for start in range(0, len(title), length)]
