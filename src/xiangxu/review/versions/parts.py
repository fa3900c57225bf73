"""What was split and what was merged: entries left alone by the assignment whose words another entry holds, where those words
make up what that entry otherwise lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from xiangxu.review.versions.entry import Entry

# How much of a part's words its whole holds.
_PART = 0.5
# How much of the whole's words a part adds to those of the other parts.
_ADDS = 0.1

Held = Callable[..., float]


def parts_of(
    wholes: Sequence[Entry],
    parts: Sequence[Entry],
    paired: Mapping[int, int],
    alone: Iterable[int],
    near: Mapping[int, Iterable[int]],
    held: Held,
) -> dict[int, list[int]]:
    """Of every whole that came apart the positions of its parts, two or more.

    `paired`: for each whole the part that was assigned to it; `alone`: parts that were assigned to none; `near`: for each part
    the wholes that share words with it. A whole whose words its assigned part holds already has no further part.
    """
    claimed: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for part in alone:
        shares = sorted(
            ((held(parts[part], wholes[whole]), whole) for whole in near.get(part, ())), key=lambda share: (-share[0], share[1])
        )
        for share, whole in shares:
            if share < _PART:
                break
            if _adds(wholes[whole], [parts[paired[whole]]] if whole in paired else [], parts[part], held):
                claimed[whole].append((share, part))
                break
    found = {}
    for whole, own in claimed.items():
        first = [paired[whole]] if whole in paired else []
        if first and held(parts[first[0]], wholes[whole]) < _PART:
            continue
        together = _together(
            wholes[whole], [*first, *(part for _, part in sorted(own, key=lambda o: (-o[0], o[1])))], parts, held
        )
        if len(together) > 1:
            found[whole] = together
    return found


def _together(whole: Entry, order: Sequence[int], parts: Sequence[Entry], held: Held) -> list[int]:
    """The parts of which each adds something to those before it."""
    kept: list[int] = []
    for part in order:
        if _adds(whole, [parts[other] for other in kept], parts[part], held):
            kept.append(part)
    return sorted(kept)


def _adds(whole: Entry, before: Sequence[Entry], part: Entry, held: Held) -> bool:
    already = held(whole, *before) if before else 0.0
    return held(whole, *before, part) - already >= _ADDS
