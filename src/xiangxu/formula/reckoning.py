"""The visitor that computes a tree on rows; `rows` is its door and states the rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from xiangxu.formula.aggregates import PLAIN, Exact, Figure, quantile, variation
from xiangxu.formula.arguments import misuse
from xiangxu.formula.fault import Fault, FormulaError, nearest
from xiangxu.formula.naming import table_of
from xiangxu.formula.quotients import set_against
from xiangxu.formula.scope import Entry, Scope
from xiangxu.formula.tree import (
    Arithmetic,
    Call,
    Comparison,
    Field,
    Logic,
    Negative,
    Not,
    Number,
    Param,
    Text,
    Tree,
    walk,
)
from xiangxu.formula.values import (
    MismatchError,
    Row,
    Value,
    both,
    compare,
    compute,
    number,
    own_names,
    read,
    truth,
    years,
)
from xiangxu.formula.vocabulary import FUNCTIONS, UNIT_COLUMNS, FieldWord, Kind, Sort

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Line:
    """The row at which a formula is being looked at."""

    table: str
    place: int
    row: Row


class Words:
    """Which column holds a field, which columns there are, which order a field's choices have."""

    def __init__(
        self,
        tables: Mapping[str, Sequence[Row]],
        previous: Mapping[str, Sequence[Row]],
        fields: Mapping[str, Sequence[FieldWord]],
        orders: Mapping[str, Sequence[str]],
    ) -> None:
        """Look through the rows once for the columns that they have."""
        self.tables = tuple(tables)
        self.columns = {t: {c for row in (*tables[t], *previous.get(t, ())) for c in row} for t in tables}
        self.other: dict[tuple[str, str], str] = {}
        self.orders = dict(orders)
        for table, words in fields.items():
            for word in words:
                self.other[table, word.code], self.other[table, word.name] = word.name, word.code
                if word.ordered:
                    self.orders.setdefault(word.code, word.choices)
                    self.orders.setdefault(word.name, word.choices)

    def cell(self, field: Field, line: Line) -> Value:
        """What a row holds for a field; a column that no row has is taken for a slip of the pen."""
        if field.name in line.row:
            return read(line.row[field.name])
        other = self.other.get((line.table, field.name))
        if other is not None:
            return read(line.row.get(other))
        known = self.columns.get(line.table, set())
        if field.name in known:
            return None
        raise error_at(
            field,
            f"表 {line.table} 的各行都没有“{field.name}”这一列。{nearest(field.name, known)}请改字段名，没有数据时写 null。",
        )


class Reckoning:
    """One evaluation: parameters and words are fixed, the scope changes from whole to group and from now to before."""

    def __init__(self, params: Mapping[str, object], words: Words) -> None:
        """Keep what does not change while the formula is computed."""
        self.params = params
        self.words = words

    def figure(self, tree: Tree, scope: Scope) -> Figure | str | bool | None:
        """The value of the whole formula, with what is above and below the line."""
        core = _core(tree)
        value = self.value(tree, scope, None)
        if isinstance(value, bool | str):
            return value
        above: Exact | None = None
        below: Exact | None = None
        if isinstance(core, Call):
            inner = self.call(core, scope, None)
            above, below = (inner.above, inner.below) if isinstance(inner, Figure) else (None, None)
        elif isinstance(core, Arithmetic) and core.op == "/":
            within = self._knowing(core, scope)
            above = number(self.value(_core(core.left, False), within, None))
            below = number(self.value(_core(core.right, False), within, None))
        return Figure(value, above, below)

    def condition(self, node: Tree, scope: Scope, line: Line | None) -> bool | None:
        """The value of a condition."""
        value = self.value(node, scope, line)
        return self._careful(node, line, lambda: truth(value))

    def value(self, node: Tree, scope: Scope, line: Line | None) -> Value:
        """The value of a node: at a row where there is a line, else for the scope as a whole."""
        match node:
            case Number(amount, percent):
                return Fraction(amount) / 100 if percent else Fraction(amount)
            case Param(name):
                if name not in self.params:
                    raise error_at(node, f"没有给出参数 :{name}。{nearest(name, self.params)}请在绑定里给出它的值。")
                given = self.params[name]
                return self._careful(node, line, lambda: read(given))
            case Text(text):
                return read(text)
            case Field():
                if line is None:
                    raise error_at(node, f"字段“{node.name}”在函数之外。请放进 sum()、count() 等函数里，例如 sum({node.name})。")
                return self._careful(node, line, lambda: self.words.cell(node, line))
            case Negative(operand):
                value = self._number(operand, scope, line)
                return None if value is None else -value
            case Arithmetic(op, left, right):
                within = scope if line is not None else self._knowing(node, scope)
                first, second = self._number(left, within, line), self._number(right, within, line)
                return compute(op, first, second)
            case Not(operand):
                answer = self.condition(operand, scope, line)
                return None if answer is None else not answer
            case Logic(op, left, right):
                return both(op, self.condition(left, scope, line), self.condition(right, scope, line))
            case Comparison():
                return self._comparison(node, scope, line)
            case Call():
                found = self.call(node, scope, line)
                return found.value if isinstance(found, Figure) else found

    def call(self, node: Call, scope: Scope, line: Line | None) -> Figure | Value:
        """The value of a function."""
        wrong = misuse(node)
        if wrong is not None:
            raise error_at(node, wrong)
        signature = FUNCTIONS[node.function]
        if signature.sort is Sort.SCALAR:
            return self._scalar(node, scope, line)
        if line is not None:
            raise error_at(node, f"“{node.function}”不能放在另一个函数的里面。要逐组计算，请在外层函数加 each=，例如 each=town。")
        if signature.sort is Sort.UNITS:
            return self._units(node, scope)
        if node.function == "change":
            return self._change(node, scope)
        if node.function == "gap":
            city, village = (self._number(node.arguments[0], scope.area(side), None) for side in (True, False))
            return Figure(number(compute("/", city, village)), city, village)
        return self._aggregate(node, scope)

    def _aggregate(self, node: Call, scope: Scope) -> Figure:
        each = node.option("each")
        if each is not None:
            if not isinstance(each, Field):
                raise error_at(each, "each= 后面应是层级（town、school 等）或字段名。")
            return self._summary(node, [self._item(node, group, None) for group in scope.groups(each.name)], 0, scope)
        lines, outside = self._selected(node, scope)
        values = [None if at is None else self._item(node, scope, at) for at in lines]
        weight = node.option("by")
        if weight is not None:
            weights = [self._number(weight, scope, at) if at else None for at in lines]
            values = [v if w is not None else None for v, w in zip(values, weights, strict=True)]
        self._mark(scope, (at for at, value in zip(lines, values, strict=True) if at is not None and value is not None))
        if weight is not None:
            return variation(values, weights)
        return self._summary(node, values, outside, scope)

    def _item(self, node: Call, scope: Scope, line: Line | None) -> Value:
        """What a row, or a group, gives to a function: of the kind that the function takes."""
        if not node.arguments:
            return True
        match FUNCTIONS[node.function].takes[0]:
            case Kind.NUMBER:
                return self._number(node.arguments[0], scope, line)
            case Kind.YES_NO:
                return self.condition(node.arguments[0], scope, line)
            case _:
                return self.value(node.arguments[0], scope, line)

    def _summary(self, node: Call, values: Sequence[Value], outside: int, scope: Scope) -> Figure:
        if node.function != "quantile":
            return PLAIN[node.function](values, outside)
        given = node.option("q") or node.arguments[1]
        q = self._number(given, scope, None)
        if q is None or not 0 <= q <= 1:
            raise error_at(given, "分位应在 0 到 1 之间，例如 0.25。")
        return quantile(values, q)

    def _selected(self, node: Call, scope: Scope) -> tuple[list[Line | None], int]:
        """The rows for which `where=` holds, None for each that does not know it, and how many it leaves out."""
        table, entries = self._entries(node, scope)
        lines = [Line(table, place, row) for place, row in entries]
        where = node.option("where")
        if where is None:
            return list(lines), 0
        answers = [self.condition(where, scope, line) for line in lines]
        kept = [line if answer else None for line, answer in zip(lines, answers, strict=True) if answer is not False]
        return kept, len(lines) - len(kept)

    def _entries(self, node: Call, scope: Scope) -> tuple[str, Sequence[Entry]]:
        if not self.words.tables:
            raise error_at(node, "没有给出任何表。请给出公式要读的表。")
        table = table_of(node, self.words.tables[0])
        if table not in self.words.tables:
            raise error_at(node, f"没有给出表 {table}。{nearest(table, self.words.tables)}请改表名，或给出这张表。")
        entries = scope.tables.get(table, ())
        if (period := node.option("latest")) is not None:
            entries = self._latest(period, table, entries, scope)
        return table, [entry for entry in entries if (table, entry[0]) not in scope.left_out]

    def _latest(self, period: Tree, table: str, entries: Sequence[Entry], scope: Scope) -> Sequence[Entry]:
        """Of each unit the rows of its latest period: a stock is counted once, however many months are looked at."""
        if not isinstance(period, Field):
            raise error_at(period, "latest= 后面应是一个字段名，例如 latest=期间。")
        told: dict[str | None, list[tuple[Value, Entry]]] = {}
        for place, row in entries:
            when = self.value(period, scope, Line(table, place, row))
            if when is not None:
                told.setdefault(scope.owner(row), []).append((when, (place, row)))
        kept = []
        for rows in told.values():
            newest = rows[0][0]
            for when, (place, row) in rows:
                newest = when if self._later(period, when, newest, Line(table, place, row)) else newest
            kept += [entry for when, entry in rows if when == newest]
        return sorted(kept, key=lambda entry: entry[0])

    def _later(self, period: Tree, when: Value, newest: Value, line: Line) -> bool:
        return when != newest and bool(self._careful(period, line, lambda: compare(">", when, newest)))

    def _knowing(self, node: Arithmetic, scope: Scope) -> Scope:
        """What a quotient looks at: no row of which one of its sums does not know what it adds.

        A row that tells a whole of nought lacks nothing: there is no part that it could tell.
        """
        for table, sides in set_against(node, next(iter(self.words.tables), "")).items():
            above, below = ([self._adds(each, scope) for each in side] for side in sides)
            lacking = {place for adds in (*above, *below) for place, amount in adds.items() if amount is None}
            nought = {place for place in lacking if below and all(adds.get(place) == 0 for adds in below)}
            scope = scope.leaving(table, lacking - nought)
        return scope

    def _adds(self, node: Call, scope: Scope) -> dict[int, Exact | None]:
        """What each row adds to a sum, by its place: nought where `where=` leaves it out for certain, null where nobody knows."""
        table, entries = self._entries(node, scope)
        where = node.option("where")
        adds: dict[int, Exact | None] = {}
        for place, row in entries:
            line = Line(table, place, row)
            within = where is None or self.condition(where, scope, line)
            adds[place] = 0 if within is False else self._number(node.arguments[0], scope, line) if within else None
        return adds

    def _units(self, node: Call, scope: Scope) -> Figure:
        if scope.units is None or scope.register is None:
            raise error_at(node, f"{node.function} 要用范围内的单位名单（units），现在没有给出。请给出名单。")
        if node.function == "units":
            return Figure(len(scope.units))
        by = node.option("by")
        columns = UNIT_COLUMNS if by is None else self._columns(by, node)
        table, entries = self._entries(node, scope)
        lines = [Line(table, place, row) for place, row in entries]
        having = set(scope.units)
        for asked in node.arguments:
            answers = [self.condition(asked, scope, line) for line in lines]
            self._mark(scope, (line for line, answer in zip(lines, answers, strict=True) if answer is not None))
            if lines and all(answer is None for answer in answers):
                return Figure(None)
            having &= {
                unit
                for line, answer in zip(lines, answers, strict=True)
                if answer
                for name in own_names(line.row, columns)
                if (unit := scope.register.named(name)) is not None
            }
        return Figure(len(having))

    def _columns(self, by: Tree, node: Call) -> tuple[str, ...]:
        if not isinstance(by, Field):
            raise error_at(by, "by= 后面应是一个字段名，例如 by=学校。")
        other = self.words.other.get((table_of(node, self.words.tables[0]), by.name))
        return (by.name,) if other is None else (by.name, other)

    def _change(self, node: Call, scope: Scope) -> Figure:
        now = self._number(node.arguments[0], scope, None)
        before = None if scope.previous is None else self._number(node.arguments[0], scope.previous, None)
        return Figure(number(compute("-", now, before)))

    def _scalar(self, node: Call, scope: Scope, line: Line | None) -> Value:
        if node.function == "years":
            since, until = (self.value(argument, scope, line) for argument in node.arguments[:2])
            return self._careful(node, line, lambda: years(since, until))
        values = [self._number(argument, scope, line) for argument in node.arguments]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        found: Exact = min(known)
        if node.function == "abs":
            return max(found, -found)
        if node.function == "ceil":
            return math.ceil(found)
        return found

    def _comparison(self, node: Comparison, scope: Scope, line: Line | None) -> bool | None:
        sides = (node.left, node.right)
        written = [
            self.value(side, scope, line) is not None for side in sides if not (isinstance(side, Text) and not side.value.strip())
        ]
        if len(written) < len(sides) and node.op in ("=", "!="):
            return any(written) is (node.op == "!=")
        left, right = (self.value(side, scope, line) for side in sides)
        order = next((self.words.orders[s.name] for s in sides if isinstance(s, Field) and s.name in self.words.orders), ())
        return self._careful(node, line, lambda: compare(node.op, left, right, order))

    def _number(self, node: Tree, scope: Scope, line: Line | None) -> Exact | None:
        value = self.value(node, scope, line)
        return self._careful(node, line, lambda: number(value))

    def _mark(self, scope: Scope, lines: Iterable[Line]) -> None:
        for line in lines:
            if scope.used is not None and line.table in scope.used:
                scope.used[line.table].add(line.place)

    def _careful(self, node: Tree, line: Line | None, doing: Callable[[], Done]) -> Done:
        try:
            return doing()
        except MismatchError as error:
            where = f"表 {line.table} 第 {line.place + 1} 行：" if line is not None and line.table else ""
            raise error_at(node, f"{where}{error}。请改这里的写法，或改表中的内容。") from None


def error_at(node: Tree, what: str) -> FormulaError:
    """The error that one place of a formula makes."""
    return FormulaError([Fault(node.at, what)])


def _core(tree: Tree, scaled: bool = True) -> Tree:
    """The node below constant factors: of `100 * a / b` the quotient a / b, of `100 * a` a."""
    match tree:
        case Arithmetic("*", left, right) if _constant(left):
            return _core(right, scaled)
        case Arithmetic("*", left, right) if _constant(right):
            return _core(left, scaled)
        case Arithmetic("/", left, right) if scaled and _constant(right):
            return _core(left, scaled)
        case _:
            return tree


def _constant(node: Tree) -> bool:
    return not any(isinstance(n, Field | Call) for _, n in walk(node))
