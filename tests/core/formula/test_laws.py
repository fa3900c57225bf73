"""What must hold of figures whatever the rows are."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangxu.formula import FormulaError, evaluate, parse

CELLS = st.none() | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6, allow_nan=False)
COLUMN = st.lists(CELLS, max_size=12)
SCHOOLS = st.lists(st.tuples(st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 3000)), max_size=12)


def value(formula: str, rows: list[dict[str, Any]]) -> Any:
    """The value of a formula over one table."""
    return evaluate(parse(formula), {"t": rows}).value


def schools(pairs: list[tuple[int | None, int | None]], factor: int = 1) -> list[dict[str, Any]]:
    """A table of schools with books and pupils."""
    return [{"图书": None if x is None else x * factor, "在校生": w} for x, w in pairs]


@given(COLUMN)
def test_a_share_lies_between_nothing_and_all(cells: list[float | None]) -> None:
    """A share is null or from 0 to 1, and is its numerator over its denominator."""
    found = evaluate(parse("share(甲 > 0)"), {"t": [{"甲": c} for c in cells]})
    if found.value is None:
        assert all(c is None for c in cells)
        return
    assert isinstance(found.value, float)
    assert 0 <= found.value <= 1
    assert found.numerator is not None
    assert found.denominator
    assert found.value == found.numerator / found.denominator


@given(SCHOOLS, st.integers(2, 1000))
def test_variation_has_no_scale(pairs: list[tuple[int | None, int | None]], factor: int) -> None:
    """Counting in dozens or in ones does not change how unequal schools are."""
    once, often = (value("cv(图书, by=在校生)", schools(pairs, f)) for f in (1, factor))
    assert once == often or once == pytest.approx(often, rel=1e-9, abs=1e-12)


@given(SCHOOLS)
def test_variation_equals_the_textbook(pairs: list[tuple[int | None, int | None]]) -> None:
    """The same as the formula of the state's method, written out plainly."""
    known = [(x, w) for x, w in pairs if x is not None and w]
    found = value("cv(图书, by=在校生)", schools(pairs))
    pupils = sum(w for _, w in known)
    if not pupils or not sum(x for x, _ in known):
        assert found is None
        return
    centre = sum(x for x, _ in known) / pupils
    spread = math.sqrt(sum(w / pupils * (x / w - centre) ** 2 for x, w in known))
    assert found == pytest.approx(spread / centre, rel=1e-6, abs=1e-6)


@given(COLUMN, st.integers(1, 4))
def test_a_sum_adds_up_over_any_partition(cells: list[float | None], groups: int) -> None:
    """The towns' sums make the county's sum, to the last digit."""
    rows = [{"甲": c, "town": i % groups} for i, c in enumerate(cells)]
    assert value("sum(sum(甲), each=town)", rows) == value("sum(甲)", rows)
    assert value("sum(count(), each=town)", rows) == (value("count()", rows) if rows else None)


@given(COLUMN, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(cells: list[float | None], order: random.Random) -> None:
    """No figure depends on which row comes first."""
    rows = [{"甲": c} for c in cells]
    mixed = rows[:]
    order.shuffle(mixed)
    for formula in ("sum(甲)", "mean(甲)", "median(甲)", "quantile(甲, 0.3)", "min(甲)", "max(甲)", "count(甲 > 0)"):
        assert value(formula, rows) == value(formula, mixed)


@given(COLUMN, st.integers(0, 100))
def test_a_quantile_lies_between_the_extremes(cells: list[float | None], percent: int) -> None:
    """Quantiles are between the lowest and the highest, which are the first and the last of them."""
    rows = [{"甲": c} for c in cells]
    low, q, high = (value(f, rows) for f in ("min(甲)", f"quantile(甲, {percent}%)", "max(甲)"))
    assert (low is None and q is None) or low <= q <= high
    assert value("quantile(甲, 0)", rows) == low
    assert value("quantile(甲, 1)", rows) == high


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """No text makes the reader fail in another way than with a message."""
    message = None
    try:
        parse(text)
    except FormulaError as error:
        message = str(error)
    assert message is None or "列：" in message
