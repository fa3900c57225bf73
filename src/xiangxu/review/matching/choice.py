"""Which of many possible pairs are chosen: those whose gains sum up highest, as `review.versions` finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from xiangxu.review.versions.assignment import assign

# Gains are weighed to the third decimal.
_STEPS = 1000


def best_pairs(gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Of possible pairs with their gain the exact best choice; each index is in one pair at most.

    Pairs that gain nothing are never chosen: who stays alone loses nothing.

    >>> sorted(best_pairs({(0, 0): 3.0, (0, 1): 2.9, (1, 0): 2.0, (2, 2): -0.1}).items())
    [(0, 1), (1, 0)]
    """
    weights: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (ours, theirs), gain in gains.items():
        if gain * _STEPS >= 1:
            weights[ours][theirs] = int(gain * _STEPS)
    return dict(assign(weights).pairs)
