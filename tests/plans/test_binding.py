"""The proposer of bindings against the five packs that were bound by hand, always leaving out the plan in question."""

from __future__ import annotations

from functools import cache

import pytest

from tests.paths import needs_plans
from tests.plans.binding_measure import Measured, measure_all

# Of all promises the right kind; of those whose evaluator another plan uses too the right evaluator.
KIND, NUMERIC, HARD = 0.85, 0.70, 0.60


@cache
def _all(strict: bool) -> tuple[Measured, Measured]:
    """As they were read, and together with those that only the packs tell; both over all five plans."""
    read, together = Measured(), Measured()
    for key, (as_read, in_own_words) in measure_all(strict).items():
        print(as_read.line(key))
        read.add(as_read)
        together.add(as_read)
        together.add(in_own_words)
    print(read.line("as read"))
    print(together.line("together"))
    return read, together


@needs_plans
@pytest.mark.parametrize("which", [0, 1], ids=["as read", "together"])
def test_an_unseen_plan_is_bound_as_by_hand(which: int) -> None:
    """Kind, and evaluator of numeric and of hard promises, reach their bars on plans whose aliases are not in the index."""
    measured = _all(strict=False)[which]
    for (asked, given), count in sorted(measured.confusion.items()):
        print(f"{asked:10} → {given:10} {count}")
    assert measured.promises > 400
    assert measured.kind_right / measured.promises >= KIND
    assert measured.numeric_right / measured.numeric >= NUMERIC
    assert measured.hard_right / measured.hard >= HARD


@needs_plans
def test_without_the_cards_of_one_plan_it_often_says_none() -> None:
    """Strictly left out, a plan's own cards are not there: others are still found, and none is said for four of ten at least."""
    read, _ = _all(strict=True)
    assert read.numeric_right / read.numeric >= NUMERIC
    assert read.hard_right / read.hard >= HARD
    assert read.says_none / read.only_here >= 0.4
