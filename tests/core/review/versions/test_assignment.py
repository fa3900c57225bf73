"""The best one-to-one assignment, against every other one and by its own proof."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from xiangxu.review.versions.assignment import Weights, assign

SIDES = st.integers(0, 4)
WEIGHTS = st.dictionaries(SIDES, st.dictionaries(SIDES, st.integers(1, 20), max_size=5), max_size=5)


def best(weights: Weights) -> int:
    """The greatest sum, by trying every way; a left side may stay alone."""
    left = list(weights)
    right = [*{j for row in weights.values() for j in row}, *(-1 - i for i in left)]
    ways = permutations(right, len(left))
    return max((sum(weights[i].get(j, 0) for i, j in zip(left, way, strict=True)) for way in ways), default=0)


@given(WEIGHTS)
def test_no_other_assignment_has_a_greater_sum(weights: Weights) -> None:
    """Every right side is taken once at most; the sum is the greatest there is, and the duals prove it."""
    found = assign(weights)
    assert len(set(found.pairs.values())) == len(found.pairs)
    assert sum(weights[i][j] for i, j in found.pairs.items()) == best(weights) == found.total
    assert all(found.left[i] + found.right[j] >= weight for i, row in weights.items() for j, weight in row.items())
    assert min([*found.left.values(), *found.right.values()], default=0) >= 0
