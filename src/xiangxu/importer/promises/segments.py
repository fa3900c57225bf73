"""Sentences and segments: how far a date, a subject or a frequency reaches.

Chinese prose of offices is written in long sentences of short segments between commas. A promise lives in one segment; what its
sentence said before carries on to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"[（）。！？；，：]|-{2,}")
_SENTENCE_ENDS = frozenset("。！？")
LONGEST = 300
"""A segment longer than this is an enumeration or damaged text; cutting it keeps the work linear in the length of the text."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The stretch `start`..`end` between two commas; `sentence` counts its sentence, `part` the part between semicolons."""

    start: int
    end: int
    sentence: int
    part: int


def find_segments(bare: str) -> list[Segment]:
    """The segments of a text whose names are hidden. Brackets hold together.

    >>> text = "到2027年，园舍（含村办，下同）全部达标；公办率达到50%。全员培训"
    >>> [(text[s.start:s.end], s.sentence, s.part) for s in find_segments(text)]
    [('到2027年', 0, 0), ('园舍（含村办，下同）全部达标', 0, 0), ('公办率达到50%', 0, 1), ('全员培训', 1, 2)]
    """
    found: list[Segment] = []
    start = depth = sentence = part = 0
    for match in _MARK.finditer(bare):
        mark = match.group()
        if mark == "（":
            depth += 1
        elif mark == "）":
            depth = max(0, depth - 1)
        elif not depth or mark in _SENTENCE_ENDS:
            found.extend(_pieces(bare, start, match.start(), sentence, part))
            start = match.end()
            if mark in _SENTENCE_ENDS:
                sentence, part, depth = sentence + 1, part + 1, 0
            elif mark == "；":
                part += 1
    found.extend(_pieces(bare, start, len(bare), sentence, part))
    return found


def _pieces(bare: str, start: int, end: int, sentence: int, part: int) -> Iterator[Segment]:
    """The stretch as one segment; cut where it is longer than any segment that people write, at the last 、 if there is one."""
    while end - start > LONGEST:
        cut = bare.rfind("、", start + 1, start + LONGEST) + 1 or start + LONGEST
        yield Segment(start, cut, sentence, part)
        start = cut
    if end > start:
        yield Segment(start, end, sentence, part)
