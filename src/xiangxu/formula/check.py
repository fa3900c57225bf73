"""Looks a formula over before anything is computed: unknown words, wrong arguments, kinds that do not go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from xiangxu.formula.arguments import misuse
from xiangxu.formula.fault import Fault, nearest
from xiangxu.formula.naming import table_of, tier_of
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
from xiangxu.formula.values import NO, NOT_APPLICABLE, YES
from xiangxu.formula.vocabulary import FUNCTIONS, TIERS, FieldWord, Kind, ParamWord, Signature, Sort
from xiangxu.formula.writing import write

_WORDY = {Kind.TEXT, Kind.DATE, Kind.CHOICE}
_TIER_WORDS = ", ".join(TIERS)


class _At(Enum):
    """What a part of the formula speaks of."""

    WHOLE = "whole"
    ROW = "row"


def check(
    tree: Tree,
    fields: Mapping[str, Sequence[FieldWord]],
    params: Iterable[ParamWord] = (),
    *,
    of_row: bool = False,
) -> list[Fault]:
    """Every fault of a formula, in the order of the text; empty if it can be computed.

    `fields` are the fields by table, the table of fields without one first; `of_row` is for a condition on a single row, such as
    the filter of a scope.

    >>> from xiangxu.formula.grammar import parse
    >>> table = {"fitness-eyesight": [FieldWord("pupils_tested", "参测学生"), FieldWord("pupils_fit_good", "体质优良学生")]}
    >>> print(*check(parse("100 * sum(体质优秀学生) / sum(参测学生)"), table))
    第 11 列：表 fitness-eyesight 没有“体质优秀学生”这个字段。最接近的是“体质优良学生”。请改成已有的字段，或先在字段表里登记。
      100 * sum(体质优秀学生) / sum(参测学生)
                ^
    """
    looking = _Check(fields, {p.name: p for p in params})
    looking.look(tree, _At.ROW if of_row else _At.WHOLE, next(iter(fields), ""))
    return sorted(looking.faults, key=lambda fault: fault.at.start)


class _Check:
    def __init__(self, fields: Mapping[str, Sequence[FieldWord]], params: Mapping[str, ParamWord]) -> None:
        self.tables = {table: {w: word for word in words for w in (word.code, word.name)} for table, words in fields.items()}
        self.first = next(iter(fields), "")
        self.params = params
        self.faults: list[Fault] = []
        self.function = ""

    def blame(self, node: Tree, what: str) -> None:
        self.faults.append(Fault(node.at, what))

    def look(self, node: Tree, at: _At, table: str) -> Kind | None:
        """Look at a node and all below; gives its kind, None where it may be anything or is at fault already."""
        match node:
            case Number():
                return Kind.NUMBER
            case Text(value):
                if value.strip() == NOT_APPLICABLE:
                    self.blame(node, f'“{NOT_APPLICABLE}”等同没有填，不能比较。要问有没有填，请写 = "" 或 != ""。')
                    return None
                return Kind.YES_NO if value.strip() in (YES, NO) else Kind.TEXT
            case Param(name):
                return self._param(node, name)
            case Field():
                word = self._field(node, at, table)
                return word.kind if word else None
            case Negative(operand):
                self._want(operand, Kind.NUMBER, at, table)
                return Kind.NUMBER
            case Arithmetic(_, left, right):
                self._want(left, Kind.NUMBER, at, table)
                self._want(right, Kind.NUMBER, at, table)
                return Kind.NUMBER
            case Not(operand):
                self._want(operand, Kind.YES_NO, at, table)
                return Kind.YES_NO
            case Logic(_, left, right):
                self._want(left, Kind.YES_NO, at, table)
                self._want(right, Kind.YES_NO, at, table)
                return Kind.YES_NO
            case Comparison():
                self._comparison(node, at, table)
                return Kind.YES_NO
            case Call():
                return self._call(node, at, table)

    def _want(self, node: Tree, wanted: Kind | None, at: _At, table: str) -> None:
        found = self.look(node, at, table)
        if wanted is None or found is None or found is wanted or (wanted is Kind.DATE and found in _WORDY):
            return
        shown = write(node)
        if wanted is Kind.YES_NO:
            more = f"请写成比较，例如 {shown} > 0。" if found is Kind.NUMBER else f'请写成比较，例如 {shown} = "…"。'
            self.blame(node, f"这里应是一个条件，“{shown}”却是{found.label}。{more}")
        elif found is Kind.YES_NO:
            self.blame(node, f"这里应是{wanted.label}，“{shown}”却是是否。要数有几个，请写 count({shown})。")
        else:
            self.blame(node, f"这里应是{wanted.label}，“{shown}”却是{found.label}。请换成{wanted.label}字段。")

    def _param(self, node: Param, name: str) -> Kind | None:
        word = self.params.get(name)
        if word is None:
            self.blame(node, f"没有“:{name}”这个参数。{nearest(name, self.params)}请改名，或在 params 里写上 {name}。")
            return None
        if word.kind is None and word.choices:
            return Kind.YES_NO if {*word.choices} <= {YES, NO} else Kind.CHOICE
        return word.kind

    def _field(self, node: Field, at: _At, table: str) -> FieldWord | None:
        if at is _At.WHOLE:
            self.blame(node, f"字段“{node.name}”在函数之外。请放进 sum()、count() 等函数里，例如 sum({write(node)})。")
            return None
        home = node.table or table
        if home not in self.tables:
            self.blame(node, f"没有“{home}”这张表。{nearest(home, self.tables)}请改表名，或在 reads 里写上它。")
            return None
        if home != table:
            self.blame(node, f"一个函数只能读一张表，这里已读 {table}，又读 {home}。请分成两个函数，再相加或相除。")
            return None
        word = self.tables[home].get(node.name)
        if word is None:
            others = [t for t, words in self.tables.items() if node.name in words]
            hint = f"它在表 {others[0]} 里，请写 {write(Field(node.name, others[0]))}。" if others else ""
            hint = hint or f"{nearest(node.name, self.tables[home])}请改成已有的字段，或先在字段表里登记。"
            self.blame(node, f"表 {home} 没有“{node.name}”这个字段。{hint}")
        return word

    def _comparison(self, node: Comparison, at: _At, table: str) -> None:
        sides = (node.left, node.right)
        kinds = [self.look(side, at, table) for side in sides]
        orderly = node.op in ("=", "!=")
        if any(isinstance(side, Text) and not side.value.strip() for side in sides):
            if not orderly:
                self.blame(node, f'空文字不能比大小。要问有没有填，请写 {write(sides[0])} != ""。')
            return
        first, second = kinds
        if first is None or second is None:
            return
        # 是 and 否 may be two of a field's choices; whether they are is for `_choices` to say.
        answered = any(isinstance(side, Text) for side in sides) and {first, second} <= {Kind.YES_NO, Kind.CHOICE}
        if first is not second and not {first, second} <= _WORDY and not (answered and orderly):
            shown = f"“{write(node.left)}”是{first.label}，“{write(node.right)}”是{second.label}"
            self.blame(node, f"{shown}，不能比较。请让两边同是{first.label}。")
        elif first is Kind.YES_NO and not orderly:
            self.blame(node, "是和否不能比大小。请用 = 或 !=。")
        else:
            self._choices(node, at, table)

    def _choices(self, node: Comparison, at: _At, table: str) -> None:
        """A choice is compared with one of its choices, and by size only where they have an order."""
        for side, other in ((node.left, node.right), (node.right, node.left)):
            word = self.tables.get(table, {}).get(side.name) if isinstance(side, Field) else None
            if word is None or word.kind not in (Kind.CHOICE, Kind.TEXT):
                continue
            if node.op not in ("=", "!=") and not word.ordered:
                self.blame(node, f"“{word.name}”的内容没有次序，不能比大小。请用 = 或 !=，或在字段表里给选项排次序。")
            if isinstance(other, Text) and word.choices and other.value not in word.choices:
                self.blame(other, f"“{word.name}”没有“{other.value}”这个选项。可选的是{'、'.join(word.choices)}。")

    def _call(self, node: Call, at: _At, table: str) -> Kind | None:
        signature = FUNCTIONS.get(node.function)
        wrong = misuse(node)
        if wrong is not None:
            self.blame(node, wrong)
        if wrong is not None or signature is None:
            return None if signature is None else signature.gives
        if signature.sort is Sort.SCALAR:
            self._scalar(node, signature, at, table)
        elif at is _At.ROW:
            outer = self.function
            within = f"“{node.function}”不能放在“{outer}”里面" if outer else f"“{node.function}”不能用在一行的条件里"
            self.blame(node, f"{within}。要逐组计算，请在外层函数加 each=，例如 {outer or 'share'}(…, each=town)。")
        else:
            self._over(node, signature)
        return signature.gives

    def _scalar(self, node: Call, signature: Signature, at: _At, table: str) -> None:
        kinds = signature.takes + signature.takes[-1:] * (len(node.arguments) - len(signature.takes))
        for argument, wanted in zip(node.arguments, kinds, strict=True):
            self._want(argument, wanted, at, table)

    def _over(self, node: Call, signature: Signature) -> None:
        """A function over rows, groups or figures: what stands inside speaks of a row, or of the whole again."""
        each = node.option("each")
        inner = _At.WHOLE if each is not None or signature.sort is Sort.OVER_FIGURES else _At.ROW
        table = table_of(node, self.first)
        before, self.function = self.function, node.function if inner is _At.ROW else ""
        alike = len(node.arguments) if signature.endless else 1
        for argument in node.arguments[:alike]:
            self._want(argument, signature.takes[0], inner, table)
        for q in (*node.arguments[alike:], node.option("q")):
            if q is not None:
                self._want(q, Kind.NUMBER, _At.WHOLE, table)
                if isinstance(q, Number) and not 0 <= (q.value / 100 if q.percent else q.value) <= 1:
                    self.blame(q, "分位应在 0 到 1 之间，例如 0.25。")
        for name, wanted in (("where", Kind.YES_NO), ("by", Kind.NUMBER if signature.sort is Sort.OVER_ROWS else None)):
            option = node.option(name)
            if option is not None:
                self._want(option, wanted, _At.ROW, table)
        period = node.option("latest")
        if period is not None:
            self._want(period, Kind.DATE, _At.ROW, table)
            if not isinstance(period, Field):
                self.blame(period, "latest= 后面应是一个字段名，例如 latest=期间。")
        self.function = before
        if each is not None:
            self._each(node, each)

    def _each(self, node: Call, each: Tree) -> None:
        if not isinstance(each, Field):
            self.blame(each, f"each= 后面应是层级（{_TIER_WORDS}）或一个字段名。")
        elif tier_of(node) is None and not any(each.name in words for words in self.tables.values()):
            near = nearest(each.name, [*TIERS, *(w for words in self.tables.values() for w in words)])
            self.blame(each, f"不认识 each= 后面的“{each.name}”。{near}可以写层级（{_TIER_WORDS}）或字段名。")
        beside = next((name for name in ("where", "latest") if node.option(name) is not None), None)
        if beside is not None:
            self.blame(node, f"each= 和 {beside}= 不能一起用。请把 {beside}= 写进里面的函数。")
        elif not any(isinstance(n, Call | Field) for a in node.arguments for _, n in walk(a)):
            self.blame(node, f"each= 要逐组计算，里面还缺一个函数。请写成例如 {node.function}(count(…) >= 1, each=town)。")
