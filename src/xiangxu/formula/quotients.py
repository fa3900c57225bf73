"""Which sums of a formula stand over and under one line, and so must speak of the same rows (decision 0011)."""

from __future__ import annotations

from typing import NamedTuple

from xiangxu.formula.naming import table_of
from xiangxu.formula.tree import Arithmetic, Call, Negative, Tree, walk
from xiangxu.formula.vocabulary import FUNCTIONS, Sort


class Against(NamedTuple):
    """The sums over one table that stand above and below a line."""

    above: list[Call]
    below: list[Call]


def set_against(node: Tree, first: str) -> dict[str, Against]:
    """The sums that a quotient sets against each other, by table; empty for anything but a quotient with sums above and below.

    `first` is the table of fields without one. A table of which only one sum is taken is left out: nothing can bend it.

    >>> from xiangxu.formula.grammar import parse
    >>> from xiangxu.formula.writing import write
    >>> above, below = set_against(parse("100 * sum(甲) / (sum(乙) - sum(丙))"), "t")["t"]
    >>> [write(each) for each in above], [write(each) for each in below]
    (['sum(甲)'], ['sum(乙)', 'sum(丙)'])
    >>> set_against(parse("sum(甲) / 12"), "t"), set_against(parse("sum(t.甲) / sum(u.乙)"), "t")
    ({}, {})
    """
    if not isinstance(node, Arithmetic) or node.op != "/":
        return {}
    above, below = _sums(node.left), _sums(node.right)
    if not above or not below:
        return {}
    found: dict[str, Against] = {}
    for side, sums in enumerate((above, below)):
        for each in sums:
            found.setdefault(table_of(each, first), Against([], []))[side].append(each)
    return {table: sides for table, sides in found.items() if len(sides.above) + len(sides.below) > 1}


def pairs(tree: Tree) -> bool:
    """Whether a formula has a quotient that leaves out the rows of which a sum in it does not know its figure."""
    return any(set_against(node, "") for _, node in walk(tree))


def _sums(node: Tree) -> list[Call]:
    """The sums over rows that make up a figure; not those inside a function that looks at groups, areas or another period."""
    match node:
        case Arithmetic(_, left, right):
            return [*_sums(left), *_sums(right)]
        case Negative(operand):
            return _sums(operand)
        case Call("sum", (_,)) if node.option("each") is None:
            return [node]
        case Call(function, arguments) if function in FUNCTIONS and FUNCTIONS[function].sort is Sort.SCALAR:
            return [found for argument in arguments for found in _sums(argument)]
        case _:
            return []
