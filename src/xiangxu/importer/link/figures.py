"""Tellings of one promise that do not say the same of it: another figure, another bound, another date, another deed.

Only what both state is compared. A date that one of them leaves out, or a figure that only the list names, is more precise and
no contradiction; figures for different years are the steps of one course.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xiangxu.importer.link.parts import Parts, quoted, where_name
from xiangxu.importer.link.settling import to_be_settled
from xiangxu.importer.link.tellings import Pair, linked, same_matter, together
from xiangxu.model.plan import Contradiction, Op, Promise
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# How alike two promises with different figures must be to be one promise: more than tellings that agree in the figure, less
# where their row and action are known to tell the same.
_ANOTHER_FIGURE, _ANOTHER_FIGURE_LINKED = 1.5, 1.2
_COUNTED = frozenset({Op.EQ, Op.GE, Op.GT, Op.LE, Op.LT, Op.BETWEEN, Op.ALL, Op.INCREASE, Op.DECREASE})

# How a figure is bounded, by the words right before it and right behind it and its unit; without any of them it is bare.
_BEFORE = (
    ("at least", re.compile(r"(?:不少于|不低于|不小于|不下于|(?<!不)超过|(?<!不)大于|(?<!不)高于|至少[^\W\d_]{0,2})$")),
    ("at most", re.compile(r"(?:不超过|不高于|不大于|不多于|(?<!不)低于|(?<!不)小于|至多[^\W\d_]{0,2})$")),
    ("about", re.compile(r"约$")),
)
_BEHIND = (
    ("at least", re.compile(r"[余多]|[%％]?[^\W\d_]{0,2}?以上")),
    ("at most", re.compile(r"[%％]?[^\W\d_]{0,2}?(?:以内|以下)")),
    ("about", re.compile(r"[%％]?[^\W\d_]{0,2}?(?:左右|上下)")),
)
_NEAR = 8
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")

# What is done to a building or a thing: to build, to enlarge and to mend one cost differently and are never the same promise.
_DEEDS = {
    "新建": "build",
    "兴建": "build",
    "修建": "build",
    "重建": "build",
    "改扩建": "enlarge",
    "扩建": "enlarge",
    "改建": "enlarge",
    "维修": "mend",
    "修缮": "mend",
    "翻修": "mend",
    "整修": "mend",
    "购买": "buy",
    "购置": "buy",
    "采购": "buy",
    "租赁": "rent",
    "租用": "rent",
    "撤并": "close",
    "撤销": "close",
}
_DEED = re.compile("|".join(sorted(_DEEDS, key=len, reverse=True)))


def of_promises(
    parts: Parts, promises: Sequence[Promise], pairs: Iterable[Pair], groups: Iterable[frozenset[int]]
) -> Iterator[Contradiction]:
    """What contradicts between the tellings of one promise, and between promises that are alike in all but their figure."""
    told_again: set[int] = set()
    for group in groups:
        told_again |= group
        tellings = [promises[index] for index in sorted(group)]
        for other in tellings[1:]:
            yield from _between(parts, tellings[0], other)
        yield from _dates(parts, tellings)
    for pair in pairs:
        a, b = promises[pair.first], promises[pair.second]
        if pair.alike < _ANOTHER_FIGURE_LINKED or {pair.first, pair.second} & told_again or together(parts, a, b):
            continue
        needed = _ANOTHER_FIGURE_LINKED if linked(parts, a, b) else _ANOTHER_FIGURE
        if pair.alike >= needed and _other_figure(a, b):
            told_again |= {pair.first, pair.second}
            yield _contradiction("figure", a, b, _("同一目标数字不一致"))


def _other_figure(a: Promise, b: Promise) -> bool:
    one, other = _figure(a), _figure(b)
    if one is None or other is None or one == other or _dates_differ(a.due, b.due):
        return False
    return one[1] == other[1] and same_matter(a, b)


def _figure(promise: Promise) -> tuple[tuple[float, float | None], str | None] | None:
    """The promised figures and their unit; each member of a group is 100 % of it."""
    if promise.op is Op.ALL and promise.uom in (None, "%"):
        return (100.0, None), "%"
    if promise.value is None or promise.op not in _COUNTED:
        return None
    return (promise.value, promise.value2), promise.uom


def _between(parts: Parts, a: Promise, b: Promise) -> Iterator[Contradiction]:
    if a.value is not None and _bound(a) != _bound(b) and not together(parts, a, b):
        yield _contradiction("figure", a, b, _("同一目标数字相同，限度的写法不一致"))
    one, other = ({_DEEDS[deed] for deed in _DEED.findall(p.quote)} for p in (a, b))
    if one and other and not one & other:
        yield _contradiction("wording", a, b, _("同一目标要做的事写法不一致"))


def _dates(parts: Parts, tellings: Sequence[Promise]) -> Iterator[Contradiction]:
    """The first telling and the first one elsewhere with another date, unless that other part knows the first's date too: a
    telling without a date of its own bears that of its row, which may have several."""
    first = tellings[0]
    elsewhere = [other for other in tellings[1:] if other.due and not together(parts, first, other)] if first.due else []
    if elsewhere and all(_dates_differ(first.due, other.due) for other in elsewhere):
        what = _("同一目标时限不一致（%(one)s与%(other)s）")
        yield _contradiction("date", first, elsewhere[0], what, one=first.due, other=elsewhere[0].due)


def _dates_differ(one: str | None, other: str | None) -> bool:
    """Whether two dates exclude one another: 2025 and 2025-12 do not, nor does a date and none.

    >>> _dates_differ("2025", "2025-12"), _dates_differ("2025", "2027"), _dates_differ("2025", None)
    (False, True, False)
    """
    if one is None or other is None or "ongoing" in (one, other):
        return False
    return not (one.startswith(other) or other.startswith(one))


def _bound(promise: Promise) -> str | None:
    """How the promised figure is bounded in the quote; None where it is bare or written in Chinese numerals."""
    for number in _NUMBER.finditer(promise.quote):
        if float(number[0]) == promise.value:
            before, behind = promise.quote[: number.start()], promise.quote[number.end() :]
            bounds = [bound for bound, words in _BEFORE if words.search(before[-_NEAR:])]
            bounds += [bound for bound, words in _BEHIND if words.match(behind)]
            return bounds[0] if bounds else None
    return None


def _contradiction(kind: str, a: Promise, b: Promise, what: str, **figures: str | None) -> Contradiction:
    said = Reason(
        _("%(what)s：%(first)s写%(a)s，%(second)s写%(b)s"),
        what=Reason(what, **figures),
        first=where_name(a),
        a=quoted(a.quote),
        second=where_name(b),
        b=quoted(b.quote),
    )
    return Contradiction(kind, a.place, b.place, to_be_settled(said))
