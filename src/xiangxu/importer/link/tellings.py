"""Which promises are one promise told again, in the body and in a list, or twice in either.

Two tellings are worded alike in what they quote, and in what they count and of whom, or have a figure that no other promise of the
action and its rows has; their figures and units agree. Promises of
one sentence, of one indicator table, or of different rows of one list are different promises, however alike: whoever wrote them
side by side meant several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from xiangxu.importer.link.only_figures import only_figures
from xiangxu.importer.link.parts import Parts
from xiangxu.importer.link.wording import Wordings
from xiangxu.model.plan import Op, Promise

_T = TypeVar("_T", str, float)

# The least likeness of two quotes at which they are looked at.
_ALIKE = 0.28
# How much it counts that one quote holds the other, beside the likeness of the quotes and of what is measured.
_HOLDS = 0.3
# What speaks for one promise beside the wording: the action and the row that tell it are linked; both name one figure above 1.
# What speaks against it: one says that all do it, the other only that it is done.
_LINKED, _SAME_FIGURE, _ALL_OR_DONE = 0.1, 0.2, -0.3
# From here on two promises are one: told in different parts of the document, or both in the same part.
_SAME_APART, _SAME_TOGETHER = 1.15, 1.4

_AT_LEAST, _AT_MOST = frozenset({Op.GE, Op.GT}), frozenset({Op.LE, Op.LT})
_CHANGES, _NOTHING = frozenset({Op.INCREASE, Op.DECREASE}), frozenset({Op.ZERO})
_UNCOUNTED = frozenset({Op.ALL, Op.DONE})

# Words of which a promise means one and not the other: who awards, which stage of schooling, town or country.
_OPPOSED = (
    {word: word for word in ("国家级", "省级", "市级", "县级", "区级", "镇级", "校级")},
    {word: word for word in ("幼儿园", "小学", "初中", "高中", "中职", "特殊教育")},
    {"城区": "城", "城镇": "城", "县城": "城", "乡镇": "镇", "乡村": "乡", "农村": "乡"},
)
# A figure that is no year.
_FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?!\d))\d+(?:\.\d+)?")
_LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class Pair:
    """Two promises by their index, the earlier first, and how alike they are (up to 2.3)."""

    first: int
    second: int
    alike: float


def alike_pairs(parts: Parts, promises: Sequence[Promise]) -> list[Pair]:
    """The pairs of promises that are worded alike and stand apart, the most alike first; their figures are not compared."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, promise in enumerate(promises):
        holders[promise.quote].append(index)
    quotes = Wordings(holders)
    subjects = [f"{promise.metric}，{promise.scope or ''}" for promise in promises]
    measured = Wordings(subjects)
    same_measure = {subject: measured.alike(subject) for subject in set(subjects)}
    found = []
    for quote, ones in holders.items():
        for other, likeness in quotes.alike(quote).items():
            if likeness < _ALIKE:
                continue
            holds = _HOLDS * max(quotes.held(quote, other), quotes.held(other, quote))
            for a in ones:
                for b in holders[other]:
                    if a < b and _stand_apart(parts, promises[a], promises[b]):
                        measure = same_measure[subjects[a]].get(subjects[b], 0.0)
                        found.append(Pair(a, b, likeness + max(likeness, measure) + holds))
    return sorted(found, key=lambda pair: (-pair.alike, pair.first, pair.second))


def retold(parts: Parts, promises: Sequence[Promise], pairs: Iterable[Pair]) -> list[frozenset[int]]:
    """The promises that are told more than once, each as the set of its tellings."""
    group = {index: frozenset({index}) for index in range(len(promises))}
    likely = [(pair.first, pair.second) for pair in pairs if _likely(parts, promises, pair)]
    for first, second in [*likely, *only_figures(parts, promises)]:
        one, other = group[first], group[second]
        if one is not other and all(
            _stand_apart(parts, promises[a], promises[b]) and agree(promises[a], promises[b]) for a in one for b in other
        ):
            group.update(dict.fromkeys(one | other, one | other))
    return sorted({tellings for tellings in group.values() if len(tellings) > 1}, key=min)


def _likely(parts: Parts, promises: Sequence[Promise], pair: Pair) -> bool:
    a, b = promises[pair.first], promises[pair.second]
    return pair.alike + _beside_wording(parts, a, b) >= (_SAME_TOGETHER if together(parts, a, b) else _SAME_APART)


def _beside_wording(parts: Parts, a: Promise, b: Promise) -> float:
    same_figure = a.value is not None and a.value == b.value and a.value > 1
    return _LINKED * linked(parts, a, b) + _SAME_FIGURE * same_figure + _ALL_OR_DONE * ({a.op, b.op} == _UNCOUNTED)


def linked(parts: Parts, a: Promise, b: Promise) -> bool:
    """Whether one stands in a row and the other in the action that the row tells again."""
    row = next((r for p in (a, b) if (r := parts.row_at(p.place.start)) is not None), None)
    action = next((k for p in (a, b) if (k := parts.action_at(p.place.start)) is not None), None)
    return row is not None and action is not None and parts.rows[row].linked_action == action


def named(promises: Sequence[Promise]) -> tuple[Promise, ...]:
    """The promises with an id each: their own, else p-001, p-002, … in order, leaving out those that are taken."""
    taken = {promise.id for promise in promises}
    free = (name for n in count(1) if (name := f"p-{n:03d}") not in taken)
    return tuple(promise if promise.id else replace(promise, id=next(free)) for promise in promises)


def together(parts: Parts, a: Promise, b: Promise) -> bool:
    """Whether two promises stand in the same part: both in the body, or both in lists."""
    return (parts.row_at(a.place.start) is None) == (parts.row_at(b.place.start) is None)


def _stand_apart(parts: Parts, a: Promise, b: Promise) -> bool:
    """Neither in one sentence nor in one table of indicators, nor in different rows of one list."""
    first, second = (a, b) if a.place.start <= b.place.start else (b, a)
    if first.place.end > second.place.start or (a.where.startswith("table") and a.where == b.where):
        return False
    row, other = (parts.row_at(p.place.start) for p in (first, second))
    if row is not None and other is not None and row != other:
        return parts.rows[row].table != parts.rows[other].table
    between = second.place.start - first.place.end
    return row != other or between > _LONGEST_SENTENCE or "。" in parts.reading.text[first.place.end : second.place.start]


def agree(a: Promise, b: Promise) -> bool:
    """Whether two promises, if they speak of the same, say the same of it; dates are left out of account."""
    if not same_matter(a, b) or _values(a) != _values(b):
        return False
    if _values(a) is None:
        return a.op is b.op or {a.op, b.op} <= _UNCOUNTED
    return a.uom == b.uom


def same_matter(a: Promise, b: Promise) -> bool:
    """Whether two promises can speak of the same: the same recurrence and direction, no other figures, no opposed words."""
    ops = {a.op, b.op}
    if (a.per and b.per and a.per is not b.per) or (ops & _AT_LEAST and ops & _AT_MOST):
        return False
    if any(ops & apart and not ops <= apart for apart in (_CHANGES, _NOTHING)):
        return False
    return not _differ(_other_figures(a), _other_figures(b)) and not _opposed(a, b)


def _values(promise: Promise) -> tuple[float, float | None] | None:
    """The figures promised; for `all` 100 % says no more than the operator."""
    if promise.value is None or promise.op is Op.ZERO or (promise.op is Op.ALL and promise.uom == "%"):
        return None
    return promise.value, promise.value2


def _other_figures(promise: Promise) -> set[float]:
    """The figures of a quote that are not promised: 45岁以下, 2个任期."""
    return {float(number) for number in _FIGURE.findall(promise.quote)} - {promise.value, promise.value2}


def _opposed(a: Promise, b: Promise) -> bool:
    return any(
        _differ(
            {kind for word, kind in words.items() if word in a.quote}, {kind for word, kind in words.items() if word in b.quote}
        )
        for words in _OPPOSED
    )


def _differ(one: set[_T], other: set[_T]) -> bool:
    return bool(one and other and not one & other)
