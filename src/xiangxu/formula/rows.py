"""Computes a formula on plain rows: the reference meaning, which every engine must match.

Rules, beside those of each function in `aggregates`:

- A comparison or a calculation with null is null; a quotient by zero is null. `x = ""` and `x != ""` are the exception: they ask
  whether something is written, and null is nothing written.
- `and`, `or`, `not` reckon with three answers: no and unknown is no, yes or unknown is yes.
- Sums over the same table that stand above and below one line count the same rows: one of which any of them does not know what it
  adds is left out of all, unless it tells a whole of nought (decision 0011). So a part is never set against a whole that somebody else reported.
- `latest=期间` looks, of each unit, only at the rows of its latest period: a stock told every month is counted once.
- Fields without a table are those of the table that their own function names with another field, else of the first table given.
- A parameter given as None makes no demand (`optional.without`); one that is not given at all is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from xiangxu.formula.aggregates import Exact, Figure
from xiangxu.formula.optional import without
from xiangxu.formula.reckoning import Line, Reckoning, Words, error_at
from xiangxu.formula.scope import Scope
from xiangxu.formula.tree import Tree
from xiangxu.formula.values import Row, Value
from xiangxu.formula.vocabulary import FieldWord


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula gives on some rows.

    `numerator` and `denominator` are kept where the formula is a quotient or a share, constant factors left out
    (`100 * sum(a) / sum(b)` keeps the two sums). `rows` are the places of the rows whose values entered, by table; `missing` those
    that a quotient left out because they did not tell all that it sets against each other.
    """

    value: float | str | bool | None
    numerator: float | None
    denominator: float | None
    rows: Mapping[str, tuple[int, ...]]
    missing: Mapping[str, tuple[int, ...]]


def evaluate(
    tree: Tree,
    tables: Mapping[str, Sequence[Row]],
    params: Mapping[str, object] | None = None,
    *,
    units: Iterable[Row | str] | None = None,
    previous: Mapping[str, Sequence[Row]] | None = None,
    orders: Mapping[str, Sequence[str]] | None = None,
    fields: Mapping[str, Sequence[FieldWord]] | None = None,
) -> Result:
    """The value of a formula on rows; `previous` are the tables a period before, `orders` the ordered choices by field.

    Rows may hold fields by name or by code where `fields` tells which belong together (their ordered choices are taken too).
    Raises FormulaError with the place in the formula and, where a cell is at fault, its table and row.

    >>> from xiangxu.formula.grammar import parse
    >>> rows = [{"体质优良学生": 55, "参测学生": 100}, {"体质优良学生": 40, "参测学生": None}]
    >>> found = evaluate(parse("100 * sum(体质优良学生) / sum(参测学生)"), {"fitness-eyesight": rows})
    >>> found.value, found.numerator, found.denominator, dict(found.rows), dict(found.missing)
    (55.0, 55.0, 100.0, {'fitness-eyesight': (0,)}, {'fitness-eyesight': (1,)})
    """
    given = dict(params or {})
    settled = without(tree, {name for name, value in given.items() if value is None})
    register = None if units is None else list(units)
    words = Words(tables, previous or {}, fields or {}, orders or {})
    before = None if previous is None else Scope.of(previous, register, None)
    scope = Scope.of(tables, register, before)
    reckoning = Reckoning(given, words)
    figure = reckoning.figure(settled, scope)
    rows, missing = (
        MappingProxyType({name: tuple(sorted(places)) for name, places in (gathered or {}).items()})
        for gathered in (scope.used, scope.missing)
    )
    value = figure.value if isinstance(figure, Figure) else figure
    above, below = (figure.above, figure.below) if isinstance(figure, Figure) else (None, None)
    return Result(_plain(value, tree), _amount(above, tree), _amount(below, tree), rows, missing)


def holds(
    tree: Tree,
    row: Row,
    params: Mapping[str, object] | None = None,
    *,
    orders: Mapping[str, Sequence[str]] | None = None,
) -> bool | None:
    """Whether a condition holds for one row, such as a scope's filter for a unit; null where the row does not know.

    >>> from xiangxu.formula.grammar import parse
    >>> holds(parse('城乡类型 = "乡村" and 在校生 < 100'), {"城乡类型": "乡村", "在校生": 90})
    True
    """
    given = dict(params or {})
    settled = without(tree, {name for name, value in given.items() if value is None})
    reckoning = Reckoning(given, Words({"": [row]}, {}, {}, orders or {}))
    return reckoning.condition(settled, Scope.of({"": [row]}, None, None), Line("", 0, row))


def _plain(value: Value, tree: Tree) -> float | str | bool | None:
    return value if value is None or isinstance(value, bool | str) else _amount(value, tree)


def _amount(value: Exact | None, tree: Tree) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        raise error_at(tree, "结果太大，无法表示。请检查公式和数据。") from None
