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


CELLS_OF_A_RETURN = ("部分", "总数", "学段")
RETURN = st.tuples(
    st.integers(0, 500), st.integers(0, 500), st.sampled_from(("小学", "初中")), st.sets(st.sampled_from(CELLS_OF_A_RETURN))
)


@given(st.lists(RETURN, max_size=12))
def test_a_part_is_never_more_than_the_whole(returns: list[tuple[int, int, str, set[str]]]) -> None:
    """Whatever cells schools leave blank, a part over its whole is between 0 and 100, and what the complete returns alone give."""
    rows: list[dict[str, Any]] = [
        {"部分": min(a, b), "总数": max(a, b), "学段": stage} | dict.fromkeys(blank) for a, b, stage, blank in returns
    ]
    complete = [row for row in rows if row["总数"] == 0 or None not in (row["部分"], row["总数"])]
    nobody = dict.fromkeys(CELLS_OF_A_RETURN)
    found = evaluate(parse("100 * sum(部分) / sum(总数)"), {"t": [*rows, nobody]})
    assert found.value == value("100 * sum(部分) / sum(总数)", [*complete, nobody])
    assert len(found.missing["t"]) == len(rows) + 1 - len(complete)
    for figure in (found.value, value('100 * sum(部分, where=学段 = "小学") / sum(总数)', [*rows, nobody])):
        assert figure is None or (isinstance(figure, float) and 0 <= figure <= 100)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(1, 12), st.none() | st.integers(0, 9)), max_size=20))
def test_a_stock_is_its_last_months(returns: list[tuple[str, int, int | None]]) -> None:
    """A stock over a year is what each school's last return of the year says, whoever else told more often; towns add up."""
    by_month = {(school, month): stock for school, month, stock in returns}
    rows = [{"学校": school, "期间": f"2025-{month:02}", "人数": stock} for (school, month), stock in by_month.items()]
    last = {school: max(month for other, month in by_month if other == school) for school, _ in by_month}
    known = [stock for school, month in last.items() if (stock := by_month[school, month]) is not None]
    assert value("sum(人数, latest=期间)", rows) == (sum(known) if known else None)
    assert value("sum(sum(人数, latest=期间), each=school)", rows) == value("sum(人数, latest=期间)", rows)


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
