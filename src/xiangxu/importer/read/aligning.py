"""Which character of one text is which character of another that tells the same: first what is unique to both, then what lies between.

For a Word file and the pages that were set from it. The pages have more (page numbers, running heads, the header of a table again on
each page), sometimes less, and where a page break cuts a row of a table its cells come in pieces: all upper parts, then all lower ones.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

# Lengths of the runs that are looked for, the surest first.
_RUNS = (16, 8, 4, 2)
# A single character is no chance only where so few are left between two sure ones.
_FEW = 3
# What was left over is looked for around its neighbours, among what was left over there: the parts of cut cells. Farther away, or a part
# of a piece shorter than this, it would be chance.
_FARTHEST = 3000
_SHORTEST_PART = 4
# How often, on the average, each character may be looked at: a plan takes five looks, a text made to be awkward does not take hours.
_PATIENCE = 200
# Stands where a character was taken.
_TAKEN = "\ue000"
_NOWHERE = 1 << 30
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−－﹣─", "-"),
        **dict.fromkeys("“”„‟＂", '"'),
        **dict.fromkeys("‘’‛＇", "'"),
        **dict.fromkeys("•・‧", "·"),
    }
)
Pair = tuple[int, int]


def comparable(text: str) -> str:
    """The text as it is compared, character for character: widths and the many dashes, quotes and dots make no difference.

    >>> comparable("（一）达到８５％—以上")
    '(一)达到85%-以上'
    """
    alike = text.translate(_ALIKE)
    return "".join(normal if len(normal := unicodedata.normalize("NFKC", c)) == 1 else c for c in alike)


def aligned(wanted: str, found: str) -> list[int | None]:
    """For each character of ``wanted`` its index in ``found``, None where it is not there. Both are comparable and without white space.

    No character of ``found`` is taken twice. What repeats goes on from the last place.

    >>> aligned("一总则二任务", "一总则-1-二任务")
    [0, 1, 2, 6, 7, 8]
    """
    places: list[int | None] = [None] * len(wanted)
    for at, to in _in_order(wanted, found):
        places[at] = to
    _without_strays(places)
    _place_moved(wanted, found, places)
    return places


def _in_order(wanted: str, found: str) -> Iterator[Pair]:
    """Pairs of equal characters, rising in both."""
    gaps = [(0, len(wanted), 0, len(found))]
    patience = _PATIENCE * (len(wanted) + len(found))
    while gaps and patience > 0:
        start, end, first, last = gaps.pop()
        patience -= end - start + last - first
        while start < end and first < last and wanted[start] == found[first]:
            yield start, first
            start, first = start + 1, first + 1
        while start < end and first < last and wanted[end - 1] == found[last - 1]:
            end, last = end - 1, last - 1
            yield end, last
        if start == end or first == last:
            continue
        sure = [(start + at, first + to) for at, to in _sure(wanted[start:end], found[first:last])]
        yield from sure
        if sure:
            # Each pair is one character; the run that it begins is taken up by the gap behind it.
            before, after = [(start - 1, first - 1), *sure], [*sure, (end, last)]
            gaps += [(at + 1, at_end, to + 1, to_end) for (at, to), (at_end, to_end) in zip(before, after, strict=True)]


def _sure(wanted: str, found: str) -> list[Pair]:
    """Where runs begin that both texts have equally often, the first for the first, in the order of both; the longest such runs."""
    for length in (*_RUNS, *([1] if len(wanted) <= _FEW else [])):
        ours, theirs = _places_of(wanted, length), _places_of(found, length)
        equal = [run for run in ours if len(ours[run]) == len(theirs.get(run, ()))]
        pairs = _rising(sorted(pair for run in equal for pair in zip(ours[run], theirs[run], strict=True)))
        if pairs:
            return pairs
    return []


def _places_of(text: str, length: int) -> dict[str, list[int]]:
    """Where each run of this length begins."""
    places: dict[str, list[int]] = {}
    for n in range(len(text) - length + 1):
        places.setdefault(text[n : n + length], []).append(n)
    return places


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The most of the pairs, which rise in the first, that rise in the second too."""
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for n, (_at, to) in enumerate(pairs):
        place = bisect_left(ends, to)
        before.append(chosen[place - 1] if place else -1)
        ends[place : place + 1], chosen[place : place + 1] = [to], [n]
    found: list[Pair] = []
    n = chosen[-1] if chosen else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _without_strays(places: list[int | None]) -> None:
    """Takes back the few characters that were found where nothing beside them was: chance."""
    for start, end in _stretches(places, lambda place: place is not None):
        if end - start < _FEW and end - start < len(places):
            places[start:end] = [None] * (end - start)


def _stretches(places: Sequence[int | None], wanted: Callable[[int | None], bool]) -> Iterator[Pair]:
    """From where to where the places are as wanted."""
    start = None
    for n, place in enumerate(places):
        if wanted(place) and start is None:
            start = n
        if not wanted(place) and start is not None:
            yield start, n
            start = None
    if start is not None:
        yield start, len(places)


def _place_moved(wanted: str, found: str, places: list[int | None]) -> None:
    """Places the pieces that stand in another order: whole and as near as can be to what stands before them, else in long parts."""
    free = list(found)
    for to in places:
        if to is not None:
            free[to] = _TAKEN
    for start, end in list(_stretches(places, lambda place: place is None)):
        near = (places[start - 1] or 0) if start else 0
        first = max(near - _FARTHEST, 0)
        for at, to in _within(wanted[start:end], "".join(free[first : near + _FARTHEST]), near - first):
            if free[first + to] != _TAKEN:
                places[start + at], free[first + to] = first + to, _TAKEN


def _within(piece: str, window: str, near: int) -> Iterator[Pair]:
    after, before = window.find(piece, near), window.rfind(piece, 0, near)
    spot = min((abs(spot - near), spot) for spot in (before, after, _NOWHERE) if spot >= 0)[1]
    # One character alone is the last of a cut cell only where what was found ends or begins.
    if spot != _NOWHERE and (len(piece) > 1 or _TAKEN in window[max(spot - 1, 0) : spot + 2]):
        yield from ((n, spot + n) for n in range(len(piece)))
        return
    at = 0
    while at + _SHORTEST_PART <= len(piece):
        part = piece[at : at + _SHORTEST_PART]
        spot = window.find(part, near)
        spot = window.rfind(part, 0, near) if spot < 0 else spot
        length = 0 if spot < 0 else _alike(piece[at:], window[spot:])
        yield from ((at + n, spot + n) for n in range(length))
        at, near = at + (length or 1), spot + length if length else near


def _alike(one: str, other: str) -> int:
    """How far both begin alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
