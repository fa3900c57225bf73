"""A formula as a sentence: `100 * sum(体质优良学生) / sum(参测学生)` is 体质优良学生合计 ÷ 参测学生合计 × 100.

It is exact rather than fine: the sentence that an office would write stands on the card (`plain`), this one is folded below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xiangxu.formula.quotients import pairs
from xiangxu.formula.settled import parts
from xiangxu.formula.tree import (
    Arithmetic,
    Call,
    Comparison,
    Field,
    Logic,
    Named,
    Negative,
    Not,
    Number,
    Param,
    Text,
    Tree,
    walk,
)
from xiangxu.formula.vocabulary import FUNCTIONS, TIERS, Kind, Sort
from xiangxu.formula.writing import write


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same formula in words, in both languages."""

    zh: str
    en: str


# What each function says of its first argument {x}; {of}: of which entries; {what}: what is counted (entries, schools …);
# {by}, {q}: weight or unit, quantile.
_SAID = {
    "sum": ("{of}{x}合计", "total {x}{of}"),
    "count": ("{of}{x}的{what}数", "number of {what} where {x}{of}"),
    "distinct": ("{of}不同{x}的数量", "number of different {x}{of}"),
    "mean": ("{of}{x}的平均数", "mean of {x}{of}"),
    "min": ("{of}{x}的最小值", "lowest {x}{of}"),
    "max": ("{of}{x}的最大值", "highest {x}{of}"),
    "median": ("{of}{x}的中位数", "median of {x}{of}"),
    "quantile": ("{of}{x}的 {q} 分位数", "{q} quantile of {x}{of}"),
    "share": ("{of}{x}的{what}所占比例", "share of {what} where {x}{of}"),
    "percent": ("{of}{x}的{what}所占百分比", "percentage of {what} where {x}{of}"),
    "cv": ("{of}{x}按{by}加权的差异系数", "coefficient of variation of {x}{of}, weighted by {by}"),
    "gap": ("{x}的城乡比", "city-over-village ratio of {x}"),
    "change": ("{x}比上期的增减", "change of {x} against the period before"),
    "units_with": ("有{x}的{by}数", "number of {by} that have {x}"),
    "units": ("范围内单位数", "number of units in scope"),
    "abs": ("{x}的绝对值", "absolute value of {x}"),
    "ceil": ("{x}向上取整", "{x} rounded up"),
}
_OF_CONDITION = {"count", "share", "percent"}
# Figures are less or more, days earlier or later, the choices of an ordered list lower or higher.
_SIGNS = {
    "=": ("为", "is"),
    "!=": ("不为", "is not"),
    "<": ("小于", "is below"),
    "<=": ("不超过", "is at most"),
    ">": ("大于", "is above"),
    ">=": ("不少于", "is at least"),
}
_SIGNS_OF = {
    Kind.DATE: {
        "<": ("早于", "is before"),
        "<=": ("不晚于", "is no later than"),
        ">": ("晚于", "is after"),
        ">=": ("不早于", "is no earlier than"),
    },
    Kind.CHOICE: {
        "<": ("低于", "is below"),
        "<=": ("不高于", "is at most"),
        ">": ("高于", "is above"),
        ">=": ("不低于", "is at least"),
    },
}
# Two fields are equal; a field is what it is set to.
_EQUAL = {"=": ("等于", "equals"), "!=": ("不等于", "does not equal")}
_CHOSEN = {"=": ("选", "is"), "!=": ("没有选", "is not")}
_PLURALS = {"county": "counties", "person": "people"}
_OPERATORS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_RANKS = {"+": 0, "-": 0, "*": 1, "/": 1}

Titles = Mapping[str, tuple[str, str]]


ENTRIES = ("记录", "entries")


def explain(
    tree: Tree,
    titles: Titles | None = None,
    kinds: Mapping[str, Kind] | None = None,
    entries: tuple[str, str] = ENTRIES,
) -> Sentence:
    """The formula in words; `titles` are the Chinese and English titles of fields, `:params` and tables by their names, `kinds` the
    kinds of fields, by which a day is early and a figure small; `entries` what a row is called.

    A constant factor of 100 is said last, as offices write it; a filter that all its sums share is said once, first; of a quotient of
    sums, at the end, that it leaves out what told only half (decision 0011).

    >>> from xiangxu.formula.grammar import parse
    >>> said = explain(parse("100 * sum(good) / sum(tested)"), {"good": ("体质优良学生", "fit pupils"), "tested": ("参测学生", "pupils tested")})
    >>> said.zh
    '体质优良学生合计 ÷ 参测学生合计 × 100（没有填全的记录上下都不计）'
    >>> said.en
    'total fit pupils ÷ total pupils tested × 100 (entries that tell only part of this count on neither side)'
    >>> explain(parse('100 * sum(在园幼儿, where=公办园 or 普惠性民办园) / sum(在园幼儿)')).zh
    '其中公办园或普惠性民办园的在园幼儿合计 ÷ 在园幼儿合计 × 100（没有填全的记录上下都不计）'
    >>> explain(parse('100 * share(饮用水达标 and 热水供应)')).zh
    '饮用水达标且热水供应的记录所占百分比'
    """
    shared, rest = _shared_filter(tree)
    shown = _factor_last(rest)
    zh, en = (_Speech(titles or {}, kinds or {}, entries[language], language) for language in (0, 1))
    whole = pairs(tree)
    return Sentence(
        (f"{zh.condition(shared)}的{entries[0]}中，" if shared else "")
        + zh.say(shown)
        + (f"（没有填全的{entries[0]}上下都不计）" if whole else ""),
        (f"of {entries[1]} where {en.condition(shared)}: " if shared else "")
        + en.say(shown)
        + (f" ({entries[1]} that tell only part of this count on neither side)" if whole else ""),
    )


def _factor_last(tree: Tree) -> Tree:
    match tree:
        case Arithmetic("*", Number(value), Call("share", arguments, named)) if value == 100:
            return Call("percent", arguments, named)
        case Arithmetic("/", Arithmetic("*", Number() as factor, left), right):
            return Arithmetic("*", Arithmetic("/", left, right), factor)
        case Arithmetic("*", Number() as factor, Call() as right):
            return Arithmetic("*", right, factor)
        case Arithmetic("+" | "-" as op, left, right):
            return Arithmetic(op, _factor_last(left), _factor_last(right))
        case _:
            return tree


def _filters(call: Call) -> list[Tree]:
    where = call.option("where")
    return [] if where is None else parts(where, "and")


def _shared_filter(tree: Tree) -> tuple[Tree | None, Tree]:
    """The filter that every function over rows has, where there are several, and the formula without it."""
    over_rows = [
        node
        for _, node in walk(tree)
        if isinstance(node, Call) and node.function in FUNCTIONS and FUNCTIONS[node.function].sort is Sort.OVER_ROWS
    ]
    filters = {call.option("where") for call in over_rows}
    shared = next(iter(filters)) if len(filters) == 1 and len(over_rows) > 1 else None
    return shared, tree if shared is None else _unfiltered(tree)


def _unfiltered(node: Tree) -> Tree:
    match node:
        case Call(function, arguments, named):
            kept = tuple(Named(each.name, each.value) for each in named if each.name != "where")
            return Call(function, tuple(map(_unfiltered, arguments)), kept)
        case Arithmetic(op, left, right):
            return Arithmetic(op, _unfiltered(left), _unfiltered(right))
        case Negative(operand):
            return Negative(_unfiltered(operand))
        case Comparison(op, left, right):
            return Comparison(op, _unfiltered(left), _unfiltered(right))
        case Logic(op, left, right):
            return Logic(op, _unfiltered(left), _unfiltered(right))
        case Not(operand):
            return Not(_unfiltered(operand))
        case _:
            return node


class _Speech:
    """One language: 0 Chinese, 1 English."""

    def __init__(self, titles: Titles, kinds: Mapping[str, Kind], entries: str, language: int) -> None:
        self.titles = titles
        self.kinds = kinds
        self.entries = entries
        self.language = language

    def pick(self, zh: str, en: str) -> str:
        return en if self.language else zh

    def bracket(self, said: str) -> str:
        return self.pick(f"（{said}）", f"({said})")

    def title(self, name: str, otherwise: str | None = None) -> str:
        return self.titles[name][self.language] if name in self.titles else otherwise or name

    def say(self, node: Tree) -> str:
        """A value in words."""
        match node:
            case Text(value):
                return f"“{value}”"
            case Number():
                return write(node)
            case Param(name):
                return self.title(f":{name}", self.pick(f"〔{name}〕", f"[{name}]"))
            case Field(name, table):
                of = "" if table is None else self.pick(f"{self.title(table)}的", f" in {self.title(table)}")
                return self.pick(of + self.title(name), self.title(name) + of)
            case Negative(operand):
                return self.pick("负的", "minus ") + self._bracketed(operand, 2)
            case Arithmetic("*", left, Call("share", (asked,)) as known) if asked in _filters(known):
                none = self._known(known)
                return self.say(left) + self.pick(f"（没有{none}时没有数据）", f" (no figure without {none})")
            case Arithmetic(op, left, right):
                rank = _RANKS[op]
                return f"{self._bracketed(left, rank)} {_OPERATORS[op]} {self._bracketed(right, rank + 1)}"
            case Comparison() | Not() | Logic():
                return self.condition(node)
            case Call():
                return self._call(node)

    def condition(self, node: Tree) -> str:
        """A condition in words."""
        match node:
            case Comparison():
                subject, predicate = self._comparison(node)
                return self.pick("", " ").join((subject, predicate))
            case Not(operand):
                said = self.condition(operand)
                return self.pick("不是", "not ") + (said if isinstance(operand, Field) else self.bracket(said))
            case Logic(op):
                return self._logic(op, parts(node, op))
            case _:
                return self.say(node)

    def _logic(self, op: str, sides: Sequence[Tree]) -> str:
        """What is said of one thing stands together behind its name: 终止日期未填或不早于……, 类别为“甲”或“乙”."""
        word = self.pick("且" if op == "and" else "或", f" {op} ")
        said: dict[str, list[str]] = {}
        for side in sides:
            if isinstance(side, Comparison):
                subject, predicate = self._comparison(side)
                said.setdefault(subject, []).append(predicate)
            else:
                whole = self.condition(side)
                said.setdefault(self.bracket(whole) if isinstance(side, Logic) else whole, [])
        told = []
        for subject, predicates in said.items():
            equal = self.pick("为", "is ")
            if op == "or" and len(predicates) > 1 and all(each.startswith(equal) for each in predicates):
                predicates = [predicates[0], *(each.removeprefix(equal) for each in predicates[1:])]
            told.append(self.pick("", " ").join(filter(None, (subject, word.join(predicates)))))
        return word.join(told)

    def _comparison(self, node: Comparison) -> tuple[str, str]:
        """Of what something is said, and what."""
        op, left, right = node.op, node.left, node.right
        if isinstance(left, Text) and not left.value.strip():
            left, right = right, left
        if isinstance(right, Text) and not right.value.strip():
            return self.say(left), self.pick("已填", "is filled in") if op == "!=" else self.pick("未填", "is left empty")
        if op == "=" and isinstance(left, Call) and left.function == "share" and right == Number(Decimal(1)):
            x = self.condition(left.arguments[0])
            return self.pick(f"{self._of(left)}每条{self.entries}都满足", f"in every entry{self._of(left)},"), x
        signs = _SIGNS
        if isinstance(left, Param) and isinstance(right, Text):
            signs = _SIGNS | _CHOSEN
        elif isinstance(left, Field) and isinstance(right, Field):
            signs = _SIGNS | _EQUAL
        kind = next(
            (self.kinds[side.name] for side in (left, right) if isinstance(side, Field) and side.name in self.kinds), None
        )
        sign = (signs | _SIGNS_OF.get(kind, {}) if kind else signs)[op]
        return self._side(left), self.pick("{}{}", "{} {}").format(sign[self.language], self._side(right))

    def _side(self, node: Tree) -> str:
        """One side of a comparison; a figure that has a filter or conditions of its own is told apart."""
        said = self.say(node)
        own = isinstance(node, Call) and (
            node.option("where") is not None or any(isinstance(each, Logic) for each in node.arguments)
        )
        return self.bracket(said) if own else said

    def _known(self, call: Call) -> str:
        """A share of which all that is looked at holds is one, where there is any: what must be there for a figure."""
        said = self.condition(call.option("where") or call.arguments[0])
        return self.pick(f"{said}的{self.entries}", f"{self.entries} where {said}")

    def _bracketed(self, node: Tree, lowest: int) -> str:
        said = self.say(node)
        return self.bracket(said) if isinstance(node, Arithmetic) and _RANKS[node.op] < lowest else said

    def _call(self, call: Call) -> str:
        if call.function == "least" and len(call.arguments) == 1:
            return self.say(call.arguments[0])
        if call.function == "least":
            return self.pick("、", ", ").join(map(self.say, call.arguments)) + self.pick("中最小的", ", whichever is least")
        if call.function == "years" and len(call.arguments) == 2:
            since, until = map(self.say, call.arguments)
            return self.pick(f"{since}到{until}的周年数", f"full years from {since} to {until}")
        if call.function not in _SAID:
            return write(call)
        if call.function == "count" and not call.arguments:
            return self.pick(f"{self._of(call)}{self.entries}数", f"number of {self.entries}{self._of(call)}")
        first = call.arguments[0] if call.arguments else None
        x = "" if first is None else self.condition(first) if call.function in _OF_CONDITION else self.say(first)
        if isinstance(first, Arithmetic):
            x = self.bracket(x)
        if call.function == "units_with":
            one, *more = map(self.condition, call.arguments)
            x = self.pick(f"{one}的记录", f"an entry where {one}")
            x += "".join(self.pick(f"、又有{other}的记录", f" and one where {other}") for other in more)
        q = call.option("q") or (call.arguments[1] if call.function == "quantile" and len(call.arguments) > 1 else None)
        each = self._each(call)
        counted = call.function in ("count", "share", "percent")
        of = self._of(call) if each is None or counted else self.pick(f"逐个{each}计算，", f" (over {each})") + self._of(call)
        return _SAID[call.function][self.language].format(
            x=x,
            of=of,
            what=each or self.entries,
            by=self._by(call),
            q=self.say(q) if q else "",
        )

    def _each(self, call: Call) -> str | None:
        """The word of `each=`: a tier or a field."""
        each = call.option("each")
        if not isinstance(each, Field):
            return None
        tier = next((code for code, title in TIERS.items() if each.name in (code, title)), None)
        return self._many(self.title(each.name) if tier is None else self.pick(TIERS[tier], tier))

    def _by(self, call: Call) -> str:
        """The weight of a coefficient of variation, or which units are counted."""
        by = call.option("by")
        if by is None:
            return self.pick("单位", "units")
        return self.say(by) if call.function == "cv" else self._many(self.say(by))

    def _many(self, word: str) -> str:
        return self.pick(word, _PLURALS.get(word, f"{word}s"))

    def _of(self, call: Call) -> str:
        """Which entries a function looks at."""
        where, latest = call.option("where"), call.option("latest") is not None
        if where is None and not latest:
            return ""
        said = "" if where is None else self.condition(where)
        if self.language:
            newest = "each unit's latest " if latest else ""
            return f" (of {newest}{self.entries} where {said})" if said else f" (of {newest}{self.entries})"
        newest = "各单位最近一期的" if latest else ""
        if call.function == "sum":
            return f"{newest}其中{said}的" if said else newest
        return f"{newest}{said}的{self.entries}中，" if said else f"{newest}{self.entries}中，"
