"""The formula for words, once its parameters are known: what they decide is decided, what is always or never so is left out.

For the reader only. Engines compute the formula as it is written: there a row that does not know a cell counts for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce

from xiangxu.formula.tree import Arithmetic, Call, Comparison, Field, Logic, Named, Negative, Not, Number, Param, Text, Tree
from xiangxu.formula.values import NO, YES

Given = Mapping[str, str | bool | int | float]

_CONTRARY = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
# Of no row they give nought.
_ADDS_UP = {"sum", "count", "distinct"}
_NOUGHT = Number(Decimal(0))


def settled(tree: Tree, given: Given) -> Tree:
    """The formula with the values of its parameters, without the conditions that these settle or that hold of every row.

    >>> from xiangxu.formula.grammar import parse
    >>> from xiangxu.formula.writing import write
    >>> write(settled(parse('sum(学位数, where=:stage = "全部" or 学段 = :stage)'), {"stage": "全部"}))
    'sum(学位数)'
    >>> write(settled(parse('count(类别 = :kind and (止 = "" or (止 != "" and 止 >= :on)))'), {"kind": "支教"}))
    'count(类别 = "支教" and (止 = "" or 止 >= :on))'
    >>> write(settled(parse('count(类别 = "支教" and (止 = "" or 止 != ""))'), {}))
    'count(类别 = "支教")'
    """
    found = _settle(tree, given)
    return tree if isinstance(found, bool) else found


def parts(node: Tree, op: str) -> list[Tree]:
    """What stands between the `and`s, or the `or`s, of a condition; the condition itself where it is none such."""
    if isinstance(node, Logic) and node.op == op:
        return [*parts(node.left, op), *parts(node.right, op)]
    return [node]


def _settle(node: Tree, given: Given) -> Tree | bool:
    match node:
        case Param(name) if name in given:
            return _literal(given[name])
        case Comparison(op, left, right):
            return _compared(op, settled(left, given), settled(right, given))
        case Not(operand):
            inner = _settle(operand, given)
            return not inner if isinstance(inner, bool) else Not(inner)
        case Logic(op):
            return _joined(op, [_settle(part, given) for part in parts(node, op)])
        case Negative(operand):
            return Negative(settled(operand, given))
        case Arithmetic(op, left, right):
            return _reckoned(op, settled(left, given), settled(right, given))
        case Call():
            return _called(node, given)
        case _:
            return node


def _literal(value: str | bool | int | float) -> Tree:
    if isinstance(value, bool):
        return Text(YES if value else NO)
    return Text(value) if isinstance(value, str) else Number(Decimal(str(value)))


def _compared(op: str, left: Tree, right: Tree) -> Tree | bool:
    """Two values that are both known are compared at once."""
    if isinstance(left, Text | Number) and isinstance(right, Text | Number) and op in ("=", "!="):
        return (left == right) == (op == "=")
    return Comparison(op, left, right)


def _joined(op: str, sides: Sequence[Tree | bool]) -> Tree | bool:
    """`and` or `or` of these: each once, without what the others make certain."""
    decides = op == "or"
    if any(side is decides for side in sides):
        return decides
    kept = list(dict.fromkeys(inner for side in sides if not isinstance(side, bool) for inner in parts(side, op)))
    against = {contrary for side in kept if (contrary := _contrary(side)) is not None}
    if against & set(kept):
        return decides
    # In “empty, or filled in and late” the middle says nothing more.
    other = "and" if op == "or" else "or"
    lean = [_together(other, [part for part in parts(side, other) if part not in against]) for side in kept]
    return _together(op, lean) if lean else not decides


def _together(op: str, sides: Sequence[Tree]) -> Tree:
    return reduce(lambda left, right: Logic(op, left, right), sides)


def _contrary(side: Tree) -> Tree | None:
    match side:
        case Comparison(op, left, right):
            return Comparison(_CONTRARY[op], left, right)
        case Not(operand):
            return operand
        case Field():
            return Not(side)
        case _:
            return None


def _reckoned(op: str, left: Tree, right: Tree) -> Tree:
    if op in "+-" and right == _NOUGHT:
        return left
    return right if op == "+" and left == _NOUGHT else Arithmetic(op, left, right)


def _called(call: Call, given: Given) -> Tree:
    arguments: list[Tree] = []
    for argument in call.arguments:
        inner = _settle(argument, given)
        if not isinstance(inner, bool):
            arguments.append(inner)
        elif call.function != "count":
            arguments.append(argument)  # a share of which everything is known says so itself
        elif not inner:
            return _NOUGHT
    named = []
    for option in call.named:
        value = _settle(option.value, given)
        if value is False and call.function in _ADDS_UP:
            return _NOUGHT
        if not isinstance(value, bool):
            named.append(Named(option.name, value))
    kept = _unlike(arguments) if call.function == "units_with" else arguments
    return Call(call.function, tuple(dict.fromkeys(kept) if call.function == "least" else kept), tuple(named))


def _unlike(conditions: Sequence[Tree]) -> list[Tree]:
    """Of several conditions those that no other says already: an entry that is 甲 and 乙 is 甲."""
    said = [frozenset(parts(each, "and")) for each in conditions]
    told = [any(mine < other or (mine == other and at < here) for at, other in enumerate(said)) for here, mine in enumerate(said)]
    return [each for each, known in zip(conditions, told, strict=True) if not known]
