"""The canonical text of a tree: one spelling for one meaning, so that a formula can be compared, hashed and shown alike."""

from __future__ import annotations

import re
from decimal import Decimal

from xiangxu.formula.grammar import KEYWORDS, OPTIONS
from xiangxu.formula.tree import Arithmetic, Call, Comparison, Field, Logic, Negative, Not, Number, Param, Text, Tree

_PLAIN = re.compile(r"[0-9]*[^\W0-9]\w*\Z")
_OR, _AND, _NOT, _COMPARE, _ADD, _MULTIPLY, _SIGN, _ATOM = range(8)


def write(tree: Tree) -> str:
    """The formula in half-width signs, single spaces and no bracket too many; `parse` gives the same tree back.

    >>> from xiangxu.formula.grammar import parse
    >>> write(parse("（sum(甲)＋sum(乙)）÷(2)"))
    '(sum(甲) + sum(乙)) / 2'
    """
    match tree:
        case Number(value, percent):
            return f"{_digits(value)}{'%' if percent else ''}"
        case Text(value):
            return '"' + value.replace('"', '""') + '"'
        case Param(name):
            return f":{name}"
        case Field(name, table):
            return f"{table}.{_name(name)}" if table else _name(name)
        case Negative(operand):
            return f"-{_within(operand, _SIGN)}"
        case Not(operand):
            return f"not {_within(operand, _NOT)}"
        case Comparison(op, left, right):
            return f"{_within(left, _ADD)} {op} {_within(right, _ADD)}"
        case Arithmetic(op, left, right):
            rank = _rank(tree)
            return f"{_within(left, rank)} {op} {_within(right, rank + 1)}"
        case Logic(op, left, right):
            # Few people know that `and` binds closer than `or`: a mixture always shows its brackets.
            begun = write(left) if isinstance(left, Logic) and left.op == op else _within(left, _NOT)
            return f"{begun} {op} {_within(right, _NOT)}"
        case Call(function, arguments, named):
            return f"{function}({', '.join([*map(write, arguments), *(f'{n.name}={write(n.value)}' for n in named)])})"


def _within(node: Tree, lowest: int) -> str:
    text = write(node)
    return text if _rank(node) >= lowest else f"({text})"


def _rank(node: Tree) -> int:
    match node:
        case Logic(op):
            return _OR if op == "or" else _AND
        case Not():
            return _NOT
        case Comparison():
            return _COMPARE
        case Arithmetic(op):
            return _ADD if op in "+-" else _MULTIPLY
        case Negative():
            return _SIGN
        case _:
            return _ATOM


def _name(name: str) -> str:
    return name if _PLAIN.match(name) and name not in KEYWORDS and name not in OPTIONS else f"`{name}`"


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
