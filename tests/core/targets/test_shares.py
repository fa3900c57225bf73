"""Splitting a total: what equal shares are, and what there is to say about a grid."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xiangxu.targets.shares import Share, checked, equal_shares, together

JUNE, DECEMBER = date(2026, 6, 30), date(2026, 12, 31)


@given(st.integers(0, 10_000), st.integers(1, 200))
def test_equal_shares_of_a_whole(total: int, count: int) -> None:
    """Whole totals give whole shares that differ by one at most and sum to the total."""
    shares = equal_shares(float(total), count)
    assert sum(shares) == total
    assert all(share.is_integer() for share in shares)
    assert max(shares) - min(shares) <= 1


COURSES = st.dictionaries(st.dates(JUNE, DECEMBER), st.integers(0, 500), max_size=5).map(
    lambda found: dict(zip(sorted(found), sorted(found.values()), strict=True))
)


@given(COURSES, COURSES)
def test_two_courses_together(one: dict[date, float], other: dict[date, float]) -> None:
    """The course of two is theirs day by day: it never falls, ends with what both end with, and asks of nobody sooner than was asked."""
    both = together(one, other)
    assert set(both) == {*one, *other}
    assert list(both.values()) == sorted(both.values())
    for course in (one, other):
        assert all(both[day] >= much for day, much in course.items())
    if both:
        assert max(both.values()) == max(one.values(), default=0) + max(other.values(), default=0)
    assert together(one, {}) == one


def said(shares: list[Share], total: float | None = None, due_on: date | None = None) -> list[tuple[str, bool]]:
    """The remarks of a grid."""
    return [(r.words, r.wrong) for r in checked(shares, total, due_on, {"a": "甲镇", "b": "乙乡"}).remarks]


def test_a_good_grid_says_nothing() -> None:
    """Sum and total agree, nodes rise within the share and the deadline."""
    shares = [Share("a", 2, {JUNE: 1, DECEMBER: 2}), Share("b", 3, {DECEMBER: 3})]
    found = checked(shares, 5, DECEMBER, {})
    assert (found.sum, found.difference, found.without, found.remarks) == (5, 0, (), ())


def test_what_is_told_and_what_is_wrong() -> None:
    """A difference, a missing quantity and a late node are told; doubled units, negative figures, falling nodes stand in the way."""
    assert said([Share("a", 2), Share("b")], 5) == [("还没有数量：乙乡。", False)]
    assert checked([Share("a", 2), Share("b", 4)], 5, None, {}).difference == 1
    assert said([Share("a", 5, {DECEMBER: 5})], 5, JUNE) == [("甲镇的节点 2026-12-31 晚于任务时限 2026-06-30。", False)]
    assert said([Share("a", 2), Share("a", 3)], 5) == [("甲镇出现了 2 次，只能有一行。", True)]
    assert said([Share("a", -2)])[0] == ("甲镇的数量是负数。", True)
    assert said([Share("a", 5, {JUNE: 4, DECEMBER: 3})])[0][1]
    assert said([Share("a", 5, {JUNE: 6})]) == [("甲镇 2026-06-30 的节点 6 超过应完成的 5。", True)]


def test_no_quantity_is_no_nought() -> None:
    """Where nobody has a quantity there is no sum, and so no difference."""
    found = checked([Share("a"), Share("b")], 5, None, {})
    assert (found.sum, found.difference) == (None, None)
