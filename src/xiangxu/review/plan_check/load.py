"""What falls due on one unit at one time, against everything that has a date."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from xiangxu.model.plan import Op, Task
from xiangxu.review.plan_check.dates import last_day
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter

Month = tuple[int, int]
# What is kept up and not reached: nothing is handed over at its end.
_KEPT = re.compile(r"不再|不得|不增加|保持|每年|每学年|逐年")


def heavy_loads(matter: Matter) -> Iterator[Finding]:
    """Units that lead more than so many tasks, and more than such a share of all, due in one month; a year is due in its December.

    A task is counted once, whatever it promises. Told are those at whose end something is to be shown: not what is kept up, comes
    back every year, or promises nothing.
    """
    due: defaultdict[tuple[str, Month], list[Item]] = defaultdict(list)
    ends: Counter[tuple[str, Month]] = Counter()
    for item in matter.tasks:
        day = last_day(item.due)
        unit = _answering(item)
        if day:
            ends[unit, (day.year, day.month)] += 1
        if unit and day and _handed_over(matter, item):
            due[unit, (day.year, day.month)].append(item)
    dated = ends.total()
    for (unit, month), items in sorted(due.items(), key=lambda group: (-len(group[1]), group[0])):
        share = len(items) / dated
        if len(items) >= matter.limits.load_items and share > matter.limits.load_share:
            yield Finding("load", [item.spot() for item in items], _message(unit, month, items, ends[unit, month], dated))


def _message(unit: str, month: Month, items: Sequence[Item], count: int, dated: int) -> str:
    yearly = all((item.due or "").isdigit() for item in items)
    when = f"期限写到{month[0]}年" if yearly else f"{month[0]}年{month[1]}月到期"
    said = f"{dated} 项有期限的任务中，由{unit}牵头、{when}的有 {count} 项（{count / dated:.0%}）"
    return said + (f"，其中 {len(items)} 项到时要拿出结果" if len(items) < count else "")


def _handed_over(matter: Matter, item: Item) -> bool:
    """Whether something is to be shown at the end: a promise that can be looked at and is reached once."""
    if not matter.has_text:
        return True
    return any(
        matter.checkable(promise) and not promise.per and promise.op is not Op.ZERO and not _KEPT.search(promise.quote)
        for promise in item.promises
    )


def _answering(item: Item) -> str:
    if isinstance(item.told, Task) and item.told.answerable:
        return item.told.answerable
    return next((unit.unit or unit.printed for unit in item.leading), "")
