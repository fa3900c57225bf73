"""The tree of a formula: a handful of frozen nodes, each of which knows where in the text it stands.

Every meaning of a formula (rows, sentence, and in higher layers SQL and Excel) is a visitor of this tree; none reads text.
Two trees are equal when they say the same, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

MAX_LENGTH = 4000
"""Characters of a formula; the longest of the inventory has 300."""
MAX_DEPTH = 80
"""Levels of a tree; keeps every visitor far from the interpreter's limit."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of `text`, the whole formula as it was written."""

    start: int
    end: int
    text: str = ""


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as written; `percent` tells that a % stood behind it (85% is worth 0.85)."""

    value: Decimal
    percent: bool = False
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Words in quotes: a choice, a date, the empty text."""

    value: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Param:
    """`:name`, a value that the binding gives."""

    name: str
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its Chinese name or its code, of a named table or of the table that the context gives."""

    name: str
    table: str | None = None
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus before a value."""

    operand: Tree
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * /` between two values."""

    op: str
    left: Tree
    right: Tree
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`= != < <= > >=` between two values."""

    op: str
    left: Tree
    right: Tree
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a condition."""

    operand: Tree
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """`and` or `or` between two conditions."""

    op: str
    left: Tree
    right: Tree
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A named argument: `by=`, `each=`, `latest=`, `where=`, `q=`."""

    name: str
    value: Tree
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; whether the function exists is for `check` to say."""

    function: str
    arguments: tuple[Tree, ...] = ()
    named: tuple[Named, ...] = ()
    at: Span = field(default=NOWHERE, compare=False, repr=False)

    def option(self, name: str) -> Tree | None:
        """The value of a named argument, if it is given."""
        return next((n.value for n in self.named if n.name == name), None)


Tree: TypeAlias = Number | Text | Param | Field | Negative | Arithmetic | Comparison | Not | Logic | Call


def children(node: Tree) -> tuple[Tree, ...]:
    """The nodes right below, in the order of the text."""
    match node:
        case Negative(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right) | Logic(_, left, right):
            return (left, right)
        case Call():
            return (*node.arguments, *(n.value for n in node.named))
        case _:
            return ()


def walk(tree: Tree) -> Iterator[tuple[int, Tree]]:
    """Every node with its level (from 1), parents first, in the order of the text; needs no recursion."""
    waiting = [(1, tree)]
    while waiting:
        level, node = waiting.pop()
        yield level, node
        waiting.extend((level + 1, child) for child in reversed(children(node)))
