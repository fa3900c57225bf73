"""Figures that stand once in an action and once in its rows: they tell one promise, also where it is worded anew.

每学年交流轮岗教师不低于符合条件教师总数的12% in the text is 年度交流比例不低于12% in the list: little of the wording is left, but no other 12 %
stands in either. What is counted must still be worded alike a little, and a figure that many a promise has (1所) needs a bound or a
period with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xiangxu.importer.link.parts import Parts
from xiangxu.importer.link.wording import Wordings
from xiangxu.model.plan import Op, Promise

# The least likeness of the two quotes. Measured on sixteen annotated plans: from here on eight of eight were one promise, below it two of
# nine.
_ALIKE = 0.14

_Figure = tuple[float | None, float | None, str | None]
_BOUNDS = frozenset({Op.GE, Op.GT, Op.LE, Op.LT})


def only_figures(parts: Parts, promises: Sequence[Promise]) -> Iterator[tuple[int, int]]:
    """The pairs of promises, by index, of which one alone in its action and one alone in the action's rows has a certain figure."""
    told: defaultdict[tuple[int, _Figure], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, promise in enumerate(promises):
        figure = _figure(promise)
        row = parts.row_at(promise.place.start)
        action = parts.action_at(promise.place.start) if row is None else parts.rows[row].linked_action
        if figure is not None and action is not None:
            told[action, figure][row is not None].append(index)
    alone = [(body[0], listed[0]) for body, listed in told.values() if len(body) == len(listed) == 1]
    words = Wordings({promise.quote for promise in promises})
    for one, other in alone:
        common = _common(promises[one]) or _common(promises[other])
        if not common and words.alike(promises[one].quote).get(promises[other].quote, 0.0) >= _ALIKE:
            yield one, other


def _figure(promise: Promise) -> _Figure | None:
    """What is promised as a figure: none at all counts as one, each of a group does not."""
    if promise.op is Op.ZERO:
        return 0.0, None, None
    return None if promise.value is None else (promise.value, promise.value2, promise.uom)


def _common(promise: Promise) -> bool:
    """One of something, neither bounded nor in every period: half the promises of a plan are such."""
    return promise.value == 1 and promise.per is None and promise.op not in _BOUNDS
