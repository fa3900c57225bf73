"""Says a formula in a sentence, Chinese and English, for people who do not read formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
)
from xiangxu.formula.vocabulary import TIERS
from xiangxu.formula.writing import write


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same formula in words, in both languages."""

    zh: str
    en: str


# What each function says of its first argument {x}; {by}, {q}, {of}: weight, quantile, and which rows or groups are looked at.
_SAID = {
    "sum": ("{of}{x}合计", "total {x}{of}"),
    "count": ("{of}{x}的数量", "number{of} with {x}"),
    "distinct": ("{of}不同{x}的数量", "number of different {x}{of}"),
    "mean": ("{of}{x}的平均数", "mean of {x}{of}"),
    "min": ("{of}{x}的最小值", "lowest {x}{of}"),
    "max": ("{of}{x}的最大值", "highest {x}{of}"),
    "median": ("{of}{x}的中位数", "median of {x}{of}"),
    "quantile": ("{of}{x}的 {q} 分位数", "{q} quantile of {x}{of}"),
    "share": ("{of}{x}的占比", "share{of} with {x}"),
    "cv": ("{of}{x}按{by}加权的差异系数", "coefficient of variation of {x}{of}, weighted by {by}"),
    "gap": ("（{x}）的城乡比", "city-over-village ratio of ({x})"),
    "change": ("（{x}）比上期的增减", "change of ({x}) against the period before"),
    "units_with": ("有{x}的单位数", "number of units that have {x}"),
    "units": ("范围内单位数", "number of units in scope"),
    "abs": ("（{x}）的绝对值", "absolute value of ({x})"),
    "ceil": ("（{x}）向上取整", "({x}) rounded up"),
}
_SIGNS = {
    "=": ("为", "is"),
    "!=": ("不为", "is not"),
    "<": ("小于", "is below"),
    "<=": ("不超过", "is at most"),
    ">": ("大于", "is above"),
    ">=": ("不少于", "is at least"),
}
_OPERATORS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_RANKS = {"+": 0, "-": 0, "*": 1, "/": 1}


def explain(tree: Tree, titles: Mapping[str, tuple[str, str]] | None = None) -> Sentence:
    """The formula in words; `titles` are the Chinese and English titles of fields, `:params` and tables by their names.

    A constant factor of 100 is said last, as offices write it.

    >>> from xiangxu.formula.grammar import parse
    >>> said = explain(parse("100 * sum(good) / sum(tested)"), {"good": ("体质优良学生", "fit pupils"), "tested": ("参测学生", "pupils tested")})
    >>> said.zh
    '体质优良学生合计 ÷ 参测学生合计 × 100'
    >>> said.en
    'total fit pupils ÷ total pupils tested × 100'
    >>> explain(parse('share(饮用水达标 and 热水供应)')).zh
    '“饮用水达标”且“热水供应”的占比'
    """
    shown = _factor_last(tree)
    return Sentence(_Speech(titles or {}, 0).say(shown), _Speech(titles or {}, 1).say(shown))


def _factor_last(tree: Tree) -> Tree:
    match tree:
        case Arithmetic("/", Arithmetic("*", Number() as factor, left), right):
            return Arithmetic("*", Arithmetic("/", left, right), factor)
        case Arithmetic("*", Number() as factor, Call() as right):
            return Arithmetic("*", right, factor)
        case _:
            return tree


class _Speech:
    """One language: 0 Chinese, 1 English."""

    def __init__(self, titles: Mapping[str, tuple[str, str]], language: int) -> None:
        self.titles = titles
        self.language = language

    def pick(self, zh: str, en: str) -> str:
        return en if self.language else zh

    def bracket(self, said: str) -> str:
        return self.pick(f"（{said}）", f"({said})")

    def title(self, name: str) -> str:
        return self.titles[name][self.language] if name in self.titles else name

    def say(self, node: Tree) -> str:
        """A value in words."""
        match node:
            case Number() | Text():
                return write(node)
            case Param(name):
                return (
                    self.titles[f":{name}"][self.language] if f":{name}" in self.titles else self.pick(f"〔{name}〕", f"[{name}]")
                )
            case Field(name, table):
                of = "" if table is None else self.pick(f"{self.title(table)}的", f" in {self.title(table)}")
                return self.pick(of + self.title(name), self.title(name) + of)
            case Negative(operand):
                return self.pick("负的", "minus ") + self._bracketed(operand, 2)
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
            case Comparison(op, left, right):
                return self._comparison(op, left, right)
            case Not(operand):
                return self.pick(f"不是（{self.condition(operand)}）", f"not ({self.condition(operand)})")
            case Logic(op, left, right):
                word = self.pick("且" if op == "and" else "或", f" {op} ")
                sides = [self.condition(s) for s in (left, right)]
                return word.join(
                    self.bracket(said) if isinstance(s, Logic) and s.op != op else said
                    for s, said in zip((left, right), sides, strict=True)
                )
            case Field():
                return self.pick(f"“{self.say(node)}”", f"“{self.say(node)}”")
            case _:
                return self.say(node)

    def _comparison(self, op: str, left: Tree, right: Tree) -> str:
        if isinstance(left, Text) and not left.value.strip():
            left, right = right, left
        if isinstance(right, Text) and not right.value.strip():
            filled = self.pick("已填", " is filled in") if op == "!=" else self.pick("未填", " is left empty")
            return f"{self.say(left)}{filled}"
        return self.pick("{}{}{}", "{} {} {}").format(self.say(left), _SIGNS[op][self.language], self.say(right))

    def _bracketed(self, node: Tree, lowest: int) -> str:
        said = self.say(node)
        return self.bracket(said) if isinstance(node, Arithmetic) and _RANKS[node.op] < lowest else said

    def _call(self, call: Call) -> str:
        if call.function == "least":
            return self.pick("、", ", ").join(map(self.say, call.arguments)) + self.pick("中最小的", ", whichever is least")
        if call.function == "years" and len(call.arguments) == 2:
            since, until = map(self.say, call.arguments)
            return self.pick(f"{since}到{until}的周年数", f"full years from {since} to {until}")
        if call.function not in _SAID:
            return write(call)
        if call.function == "count" and not call.arguments:
            return self.pick("记录数", "number of entries")
        takes_condition = call.function in ("count", "share", "units_with")
        x = (self.condition if takes_condition else self.say)(call.arguments[0]) if call.arguments else ""
        if isinstance(call.arguments[0] if call.arguments else None, Arithmetic) and call.function not in (
            "gap",
            "change",
            "abs",
            "ceil",
        ):
            x = self.bracket(x)
        by, q = call.option("by"), call.option("q") or (call.arguments[1] if len(call.arguments) > 1 else None)
        return _SAID[call.function][self.language].format(
            x=x, of=self._of(call), by=self.say(by) if by else "", q=self.say(q) if q else ""
        )

    def _of(self, call: Call) -> str:
        where, each = call.option("where"), call.option("each")
        if where is not None:
            said = self.condition(where)
            return self.pick(f"（{said}的记录中）", f" (of entries where {said})")
        if isinstance(each, Field):
            tier = next((code for code, title in TIERS.items() if each.name in (code, title)), None)
            word = self.title(each.name) if tier is None else self.pick(TIERS[tier], tier)
            return self.pick(f"逐个{word}计算，", f" (by {word})")
        return ""
