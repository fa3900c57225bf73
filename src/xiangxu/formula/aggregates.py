"""What each function over rows means, on plain lists of values: the reference for every engine.

`values` are those of the rows that the function looks at, null where a row does not know; a row for which `where=` is unknown has
null too. `outside` counts the rows that `where=` leaves out for certain: they are known to add nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from xiangxu.formula.values import Value, number, parts, truth

Exact: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, with what stood above and below the line where it is a quotient."""

    value: Exact | None
    above: Exact | None = None
    below: Exact | None = None


def total(values: Sequence[Value], outside: int = 0) -> Figure:
    """`sum(x)`: nulls are skipped; of only nulls, or of no rows, the sum is null and not zero.

    A row that `where=` leaves out is known to add nothing: if it leaves out every row, the sum is 0. Rows that it keeps and that
    do not know their figure are not nothing.

    >>> total([1, None, 2]).value, total([None, None]).value, total([]).value, total([], outside=3).value, total([None], 3).value
    (3, None, None, 0, None)
    """
    known = _known(values)
    return Figure(sum(known) if known or (outside and not values) else None)


def count(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`count()` counts rows; `count(cond)` those for which the condition holds.

    No rows make 0; rows of which none knows the condition make null.

    >>> count([True, False, None]).value, count([]).value, count([None]).value
    (1, 0, None)
    """
    answers = [truth(v) for v in values]
    if values and all(a is None for a in answers):
        return Figure(None)
    return Figure(sum(a is True for a in answers))


def distinct(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`distinct(x)` counts different values, a person or a school once; a cell with several names holds several values.

    No rows make 0; rows of which none knows the value make null.

    >>> distinct(["甲", "甲、乙", None]).value, distinct([]).value, distinct([None]).value, distinct([], 3).value
    (2, 0, None, 0)
    """
    found = {part for value in values for part in parts(value)}
    return Figure(None if values and not found else len(found))


def mean(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`mean(x)` over the rows that know x, each with the same weight; null if none does.

    >>> mean([1, None, 2]).value, mean([None]).value
    (Fraction(3, 2), None)
    """
    known = _known(values)
    return _quotient(sum(known), len(known)) if known else Figure(None)


def lowest(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`min(x)` over the rows that know x; null if none does.

    >>> lowest([3, None, 2]).value, lowest([]).value
    (2, None)
    """
    return Figure(min(_known(values), default=None))


def highest(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`max(x)` over the rows that know x; null if none does.

    >>> highest([3, None, 2]).value, highest([]).value
    (3, None)
    """
    return Figure(max(_known(values), default=None))


def quantile(values: Sequence[Value], q: Exact) -> Figure:
    """`quantile(x, q)` for q from 0 to 1, between two values by a straight line (PERCENTILE.INC of Excel); null if none is known.

    >>> quantile([1, 2, 3, None, 4], Fraction(1, 4)).value
    Fraction(7, 4)
    """
    known = sorted(_known(values))
    if not known:
        return Figure(None)
    place = q * (len(known) - 1)
    low = math.floor(place)
    high = min(low + 1, len(known) - 1)
    return Figure(known[low] + (known[high] - known[low]) * (place - low))


def median(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`median(x)`: the middle, or halfway between the two in the middle; null if none is known.

    >>> median([5, 1, None, 3]).value, median([1, 2]).value
    (Fraction(3, 1), Fraction(3, 2))
    """
    return quantile(values, Fraction(1, 2))


def share(values: Sequence[Value], _outside: int = 0) -> Figure:
    """`share(cond)`, from 0 to 1: of the rows that know the condition, those for which it holds; null if none knows.

    >>> share([True, False, None, True])
    Figure(value=Fraction(2, 3), above=2, below=3)
    >>> share([None]).value is None
    True
    """
    answers = [a for v in values if (a := truth(v)) is not None]
    return _quotient(sum(answers), len(answers))


def variation(amounts: Sequence[Value], weights: Sequence[Value]) -> Figure:
    """`cv(x, by=w)`: how unequally schools stand, weighted by their pupils (差异系数).

    x is a school's whole amount and w its pupils: each school's x / w is set against the county's (sum of x over sum of w, not the
    mean of the schools'), its squared distance weighted by w over the sum of w; the root of that over the county's mean is the
    coefficient. A row that lacks x or w, or whose w is not above zero, does not count; null if none counts or the mean is zero.

    >>> books, pupils = [279, 137, 935, 160, 402], [45, 37, 89, 76, 55]
    >>> round(float(variation(books, pupils).value), 4)
    0.5153
    >>> variation([1, None], [None, 5]).value is None
    True
    """
    pairs = [(x, w) for a, b in zip(amounts, weights, strict=True) if (x := number(a)) is not None and (w := number(b)) and w > 0]
    everyone = Fraction(sum(w for _, w in pairs))
    if not everyone:
        return Figure(None)
    centre = sum(x for x, _ in pairs) / everyone
    distances = [(w, Fraction(x) / w - centre) for x, w in pairs]
    spread = sum((w * far * far for w, far in distances), Fraction(0)) / everyone
    return _quotient(_root(spread), centre)


def _root(square: Fraction) -> Fraction:
    """The root to 18 digits, of numbers of any size; whole fractions of squares come out exact."""
    scale = 10**18
    above, below = math.isqrt(square.numerator), math.isqrt(square.denominator)
    if above**2 == square.numerator and below**2 == square.denominator:
        return Fraction(above, below)
    return Fraction(math.isqrt(square.numerator * square.denominator * scale**2), square.denominator * scale)


def _quotient(above: Exact, below: Exact) -> Figure:
    return Figure(Fraction(above) / below if below else None, above, below)


def _known(values: Sequence[Value]) -> list[Exact]:
    return [n for v in values if (n := number(v)) is not None]


PLAIN: Mapping[str, Callable[[Sequence[Value], int], Figure]] = {
    "sum": total,
    "count": count,
    "distinct": distinct,
    "mean": mean,
    "min": lowest,
    "max": highest,
    "median": median,
    "share": share,
}
"""The functions that need nothing but the values."""
