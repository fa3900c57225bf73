"""Optional parameters: one that a binding leaves out makes no demand."""

from __future__ import annotations

from collections.abc import Collection

from xiangxu.formula.fault import Fault, FormulaError
from xiangxu.formula.tree import (
    Arithmetic,
    Call,
    Comparison,
    Field,
    Logic,
    Named,
    Negative,
    Not,
    Param,
    Text,
    Tree,
    walk,
)


def without(tree: Tree, absent: Collection[str]) -> Tree:
    """The formula without the comparisons that hold one of the absent parameters.

    Of `甲 and 乙` the other side stays; a `where=` of which nothing stays goes; `count` of which nothing stays counts every row.
    A parameter that is not part of a comparison, and a `share` of which nothing stays, cannot do without their value: refused.
    Every visitor sees the tree after this step, so that they agree on what an absent parameter means.

    >>> from xiangxu.formula.grammar import parse
    >>> from xiangxu.formula.writing import write
    >>> write(without(parse("count(类别 = :kind and 级别 >= :level)"), {"level"}))
    'count(类别 = :kind)'
    >>> write(without(parse("sum(条数, where=类别 = :kind)"), {"kind"}))
    'sum(条数)'
    """
    if not any(isinstance(n, Param) and n.name in absent for _, n in walk(tree)):
        return tree
    left = _prune(tree, frozenset(absent))
    if left is None:
        raise _wanted(tree, frozenset(absent))
    return left


def _prune(node: Tree, absent: frozenset[str]) -> Tree | None:
    """The node without absent demands; None where nothing of it stays."""
    match node:
        case Comparison(op, left, right, at):
            if any(isinstance(n, Param) and n.name in absent for side in (left, right) for _, n in walk(side)):
                return None
            return Comparison(op, _kept(left, absent), _kept(right, absent), at)
        case Logic(op, left, right, at):
            first, second = _prune(left, absent), _prune(right, absent)
            return Logic(op, first, second, at) if first and second else first or second
        case Not(operand, at):
            inner = _prune(operand, absent)
            return Not(inner, at) if inner else None
        case Negative(operand, at):
            return Negative(_kept(operand, absent), at)
        case Arithmetic(op, left, right, at):
            return Arithmetic(op, _kept(left, absent), _kept(right, absent), at)
        case Call():
            return _prune_call(node, absent)
        case Param(name) if name in absent:
            raise _wanted(node, absent)
        case _:
            return node


def _prune_call(call: Call, absent: frozenset[str]) -> Call:
    if call.function == "count" and len(call.arguments) == 1 and _prune(call.arguments[0], absent) is None:
        arguments = _every_row(call.arguments[0])
    else:
        arguments = tuple(_kept(argument, absent) for argument in call.arguments)
    named = []
    for option in call.named:
        value = _prune(option.value, absent) if option.name == "where" else _kept(option.value, absent)
        if value is not None:
            named.append(Named(option.name, value, option.at))
    return Call(call.function, arguments, tuple(named), call.at)


def _every_row(condition: Tree) -> tuple[Tree, ...]:
    """No argument; where the condition named a table, a condition that holds for each of its rows, so that the table stays."""
    field = next((n for _, n in walk(condition) if isinstance(n, Field) and n.table is not None), None)
    if field is None:
        return ()
    return (Logic("or", Comparison("=", field, Text("")), Comparison("!=", field, Text("")), condition.at),)


def _kept(node: Tree, absent: frozenset[str]) -> Tree:
    inner = _prune(node, absent)
    if inner is None:
        raise _wanted(node, absent)
    return inner


def _wanted(node: Tree, absent: frozenset[str]) -> FormulaError:
    found = next(n for _, n in walk(node) if isinstance(n, Param) and n.name in absent)
    what = f"参数 :{found.name} 没有给出，这里不能缺少它。请在绑定里给出 {found.name} 的值。"
    return FormulaError([Fault(found.at, what)])
