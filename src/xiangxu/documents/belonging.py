"""To which task of a reading each promise belongs.

A promise in a row of a list belongs to that row: its place decides, since rows may share a number. One of the text belongs to the row
that tells the same; where none does, to its action, which is the row itself if one row alone tells that action.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

from xiangxu.model.plan import PlanReading, Promise, Task

# A row says what a promise of the text says where it holds this share of the promise's words.
_SAYS_THE_SAME = 0.5


def told_by(reading: PlanReading) -> dict[int, list[int]]:
    """For each action, by index, the tasks that tell it: itself in a plan without a list, else the rows linked to it."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    itself = {action.place: number for number, action in enumerate(reading.body_actions)}
    for index, task in enumerate(reading.tasks):
        action = itself.get(task.place, task.linked_action)
        if action is not None:
            found[action].append(index)
    return dict(found)


def tasks_of_promises(reading: PlanReading) -> list[int | None]:
    """For each promise in order its task, by index; None for one of an action that no row alone tells, or of no action at all."""
    rows = _rows(reading)
    telling = told_by(reading)
    actions = {action.where: number for number, action in enumerate(reading.body_actions)}
    stands = [_row_at(rows, promise.place.start) for promise in reading.promises]
    # What a row tells again belongs to that row.
    retold = {
        p.same_as: row
        for p, row in zip(reversed(reading.promises), reversed(stands), strict=True)
        if p.same_as and row is not None
    }

    def task_of(promise: Promise, row: int | None) -> int | None:
        if row is not None:
            return row
        if promise.same_as in retold:
            return retold[promise.same_as]
        near = telling.get(actions.get(promise.where, -1), [])
        return near[0] if len(near) == 1 else _saying(promise, [(index, reading.tasks[index]) for index in near])

    return [task_of(promise, row) for promise, row in zip(reading.promises, stands, strict=True)]


def _rows(reading: PlanReading) -> list[tuple[int, int, int]]:
    """Start, end and index of the rows of lists, in the order of the document."""
    actions = {action.place for action in reading.body_actions}
    return sorted((t.place.start, t.place.end, n) for n, t in enumerate(reading.tasks) if t.place not in actions)


def _row_at(rows: Sequence[tuple[int, int, int]], offset: int) -> int | None:
    before = bisect_right(rows, offset, key=itemgetter(0)) - 1
    return rows[before][2] if before >= 0 and offset < rows[before][1] else None


def _saying(promise: Promise, rows: Sequence[tuple[int, Task]]) -> int | None:
    """The one of these rows that says most of the promise's words, if it says enough of them and no other says as many."""
    wanted = _pairs(promise.metric)
    shares = [len(wanted & _pairs(f"{task.measure or ''}{task.goal or ''}")) / max(1, len(wanted)) for _index, task in rows]
    best = max(shares, default=0.0)
    return rows[shares.index(best)][0] if best >= _SAYS_THE_SAME and shares.count(best) == 1 else None


def _pairs(words: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {words[at : at + 2] for at in range(len(words) - 1)}
