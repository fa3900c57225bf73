"""What falls due on one unit at one time, against everything that has a date."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from xiangxu.documents.dues import last_day
from xiangxu.model.plan import Op, Promise, Task
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter, shares_run

Month = tuple[int, int]
# What is kept up or encouraged and not reached: nothing is handed over at its end.
_KEPT = re.compile(r"不再|不得|不增加|保持|每年|每学年|逐年|鼓励")
# Routine, and what one paper settles for all: who is sent to whom, who is paired with whom, a plan, a system.
_SETTLED_ONCE = re.compile(r"结对|联系|选派|送教|制度|方案|办法|机制|常态化|课程体系|一(?:校|园|镇|支部|人|生|班).{0,5}一")
# So many characters in a row, or so many at the end, tell that an earlier promise is a step on the way to a later one.
_SAME_RUN, _SAME_END = 5, 4


def heavy_loads(matter: Matter) -> Iterator[Finding]:
    """The one unit and month in which most has to be handed over, where that is most of all that has a date; else nothing.

    A year is due in its December. A task is counted once, whatever it promises, and only where something is to be handed over at
    its end: a figure, or something for all. Not what is kept up, comes back every year, is settled by a paper, has a step of its
    own on the way, in the list or in the body, or is led by a unit that is in doubt.
    """
    due: defaultdict[tuple[str, Month], list[Item]] = defaultdict(list)
    ends: Counter[tuple[str, Month]] = Counter()
    dated = 0
    for item in matter.tasks:
        day, unit = last_day(item.due), _answering(item)
        if not day:
            continue
        dated += 1
        if unit:
            ends[unit, (day.year, day.month)] += 1
            if _handed_over(matter, item):
                due[unit, (day.year, day.month)].append(item)
    if not ends:
        return
    (unit, month), count = min(ends.items(), key=lambda group: (-group[1], group[0]))
    items = due[unit, month]
    if len(items) >= matter.limits.load_items and count > matter.limits.load_share * dated:
        yield Finding("load", [items[0].spot(note=_rows(items))], _message(unit, month, items, count, dated))


def _message(unit: str, month: Month, items: Sequence[Item], count: int, dated: int) -> Reason:
    yearly = all((item.due or "").isdigit() for item in items)
    when = Reason(_("期限写到%(year)s年") if yearly else _("%(year)s年%(month)s月到期"), year=month[0], month=month[1])
    return Reason(
        _(
            "%(all)s 项有期限的任务中，由%(unit)s牵头、%(when)s的有 %(n)s 项（%(share)s），"
            "其中 %(results)s 项到时要交出数量或全覆盖的结果，中间没有节点"
        ),
        all=dated,
        unit=unit,
        when=when,
        n=count,
        share=f"{count / dated:.0%}",
        results=len(items),
    )


def _rows(items: Sequence[Item]) -> Reason:
    """The rows by name; those of one name together, with the lines where they stand."""
    lines: dict[Reason, list[str]] = {}
    for item in items:
        lines.setdefault(item.name, []).append(str(item.place.line))
    named = [Reason(_("%(name)s（第%(lines)s行）"), name=n, lines="、".join(at)) if len(at) > 1 else n for n, at in lines.items()]
    return Reason(_("这些行是：%(rows)s"), rows=listed(named))


def _handed_over(matter: Matter, item: Item) -> bool:
    """Whether something is to be shown at the end that is reached once, and no earlier date on the way to it."""
    shown = [promise for promise in item.promises if promise.due == item.due and _shown(promise)]
    return bool(shown) and not _has_step(matter, item, shown)


def _shown(promise: Promise) -> bool:
    reached = promise.value is not None or promise.op is Op.ALL
    kept = promise.per or promise.op is Op.ZERO or _KEPT.search(promise.quote)
    return reached and not kept and not _SETTLED_ONCE.search(promise.quote)


def _has_step(matter: Matter, item: Item, shown: Sequence[Promise]) -> bool:
    """Whether the row itself has an earlier date, or one of its actions promises part of the same thing for an earlier date."""
    end = item.due or ""
    if any(_before(promise, end) for promise in item.promises):
        return True
    return any(
        _before(step, end) and _same_thing(step.quote, promise.quote)
        for action in matter.told_in(item)
        for step in action.promises
        for promise in shown
    )


def _same_thing(one: str, other: str) -> bool:
    return one[-_SAME_END:] == other[-_SAME_END:] or shares_run(one, other, _SAME_RUN)


def _before(promise: Promise, end: str) -> bool:
    return bool(promise.due and promise.due[:4].isdigit() and promise.due < end)


def _answering(item: Item) -> str:
    """The unit that is asked; none where the row prints another one first."""
    first = next((unit.unit or unit.printed for unit in item.leading), "")
    answering = item.told.answerable if isinstance(item.told, Task) and item.told.answerable else first
    return answering if not item.leading or answering == first else ""
