"""The best one-to-one assignment: of all ways to pair the entries of two versions, the one with the greatest sum of scores.

Exact, by the Hungarian method on the few pairs that are alike at all: each left side enters by the cheapest augmenting path
(Dijkstra over reduced costs), or stays alone. The duals that are kept prove the result: no other pairing has a greater sum.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

Weights = Mapping[int, Mapping[int, int]]
"""For each left side the right sides that it may be paired with, and what the pair is worth: whole numbers above zero."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`pairs`: left to right. `left`, `right`: the duals; for every pair left + right ≥ its weight, and they add up to `total`."""

    pairs: Mapping[int, int]
    left: Mapping[int, int]
    right: Mapping[int, int]

    @property
    def total(self) -> int:
        """The sum of the duals, which is the sum of the weights of the pairs."""
        return sum(self.left.values()) + sum(self.right.values())


def assign(weights: Weights) -> Assignment:
    """The pairs whose weights have the greatest sum.

    >>> assign({0: {0: 9, 1: 8}, 1: {0: 8}}).pairs == {0: 1, 1: 0}
    True
    """
    left = {i: max(row.values(), default=0) for i, row in weights.items()}
    right = {j: 0 for row in weights.values() for j in row}
    pairs: dict[int, int] = {}
    owner: dict[int, int] = {}
    for start in weights:
        _enter(start, weights, left, right, pairs, owner)
    return Assignment(pairs, left, right)


def _enter(
    start: int, weights: Weights, left: dict[int, int], right: dict[int, int], pairs: dict[int, int], owner: dict[int, int]
) -> None:
    """Brings one more left side in: it takes a free right side, or one whose owner moves on, or somebody stays alone."""
    near = {start: 0}
    reached: dict[int, int] = {}
    came: dict[int, int] = {}
    # The cheapest end so far: its length, and the left side that stays alone or the right side that was free.
    length, alone, free = left[start], start, -1
    heap: list[tuple[int, int]] = []

    def spread(i: int) -> None:
        for j, weight in weights[i].items():
            away = near[i] + left[i] + right[j] - weight
            if away < length and away < reached.get(j, away + 1):
                reached[j], came[j] = away, i
                heapq.heappush(heap, (away, j))

    spread(start)
    while heap:
        away, j = heapq.heappop(heap)
        if away >= length:
            break
        if away > reached[j]:
            continue
        if j not in owner:
            length, free = away, j
            break
        i = owner[j]
        near[i] = away
        if away + left[i] < length:
            length, alone = away + left[i], i
        spread(i)
    for i, away in near.items():
        left[i] -= max(0, length - away)
    for j, away in reached.items():
        if j in owner:
            right[j] += max(0, length - away)
    _turn(start, alone, free, came, pairs, owner)


def _turn(start: int, alone: int, free: int, came: Mapping[int, int], pairs: dict[int, int], owner: dict[int, int]) -> None:
    """Gives every right side on the path to the left side that came to it."""
    if free >= 0:
        j = free
    elif alone == start:
        return
    else:
        j = pairs.pop(alone)
    while True:
        i = came[j]
        before = pairs.get(i)
        pairs[i], owner[j] = j, i
        if i == start or before is None:
            return
        j = before
