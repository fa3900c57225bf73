"""What falls due on one unit in one month, against everything that has a date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from xiangxu.model.plan import Task
from xiangxu.review.plan_check.dates import last_day
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter

Month = tuple[int, int]


def heavy_loads(matter: Matter) -> Iterator[Finding]:
    """Units that lead more than so many tasks and promises, and more than such a share of all, due in one month.

    A promise counts once however often it is told; a year is due in its December.
    """
    due: defaultdict[tuple[str, Month], list[Item]] = defaultdict(list)
    tasks: Counter[tuple[str, Month]] = Counter()
    counted: Counter[tuple[str, Month]] = Counter()
    seen: set[str] = set()
    for item in _each_once(matter):
        unit = _answering(item)
        day = last_day(item.told.due) if isinstance(item.told, Task) else None
        if unit and day:
            tasks[unit, (day.year, day.month)] += 1
            due[unit, (day.year, day.month)].append(item)
        for promise in item.promises:
            told = promise.same_as or promise.id
            day = last_day(promise.due)
            if unit and day and told not in seen:
                seen.add(told)
                counted[unit, (day.year, day.month)] += 1
    every = tasks + counted
    for (unit, month), count in every.most_common():
        share = count / every.total()
        if count >= matter.limits.load_items and share > matter.limits.load_share:
            message = _message(unit, month, tasks[unit, month], counted[unit, month], share, every)
            items = due[unit, month] or _with_promise_due(matter, unit, month)
            yield Finding("load", [item.spot() for item in items], message)


def _message(unit: str, month: Month, tasks: int, promises: int, share: float, every: Counter[tuple[str, Month]]) -> str:
    said = f"{unit} {month[0]}年{month[1]}月到期 {tasks + promises} 项（任务 {tasks}，目标 {promises}），占全部有期限事项的 {share:.0%}"
    rest = sorted(((n, m) for (u, m), n in every.items() if u == unit and m != month), reverse=True)
    return said + (f"；它其余月份最多的是 {rest[0][1][0]}年{rest[0][1][1]}月，{rest[0][0]} 项" if rest else "")


def _each_once(matter: Matter) -> Iterator[Item]:
    """Tasks, then the actions that are none; promises of a row are seen before those of its action."""
    yield from matter.tasks
    tasks = {id(item) for item in matter.tasks}
    yield from (item for item in matter.actions if id(item) not in tasks)


def _answering(item: Item) -> str:
    if isinstance(item.told, Task) and item.told.answerable:
        return item.told.answerable
    return next((unit.unit or unit.printed for unit in item.leading), "")


def _with_promise_due(matter: Matter, unit: str, month: Month) -> list[Item]:
    return [
        item
        for item in _each_once(matter)
        if _answering(item) == unit and any((day := last_day(p.due)) and (day.year, day.month) == month for p in item.promises)
    ]
