"""Every task of a pack with the row or the action of the document that it was made of.

A task's title is in the pack's own short words, and the office may have put a row in, so that all numbers move on: words, number,
date, owner and order are weighed together, and over the whole list the best choice is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xiangxu.cards.kinds.plan_pack import TaskEntry, UnitEntry
from xiangxu.importer.bind.wording import plain
from xiangxu.importer.link.parts import Parts, squeezed
from xiangxu.importer.link.wording import Wordings
from xiangxu.model.plan import PlanReading
from xiangxu.review.matching.choice import best_pairs
from xiangxu.review.matching.clauses import same_where
from xiangxu.review.matching.matching import TaskMatch

# The weight of the number, of the title's words in the row's text, of the same date, of the owner, and of the order.
_NUMBER, _WORDS, _DUE, _OWNER, _ORDER = 0.4, 1.0, 0.2, 0.2, 0.6
# What a pair must reach: the number with some of the words, or most of the words at the right place.
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class _Part:
    """A row or an action of the document; `index` among the tasks or among the body actions."""

    index: int
    where: str
    text: str
    due: str | None
    owners: frozenset[str]


def place_of(entry: TaskEntry) -> str:
    """Where the pack says that a task stands."""
    return same_where(entry.where or f"{entry.origin} {entry.no}")


def match_tasks(
    reading: PlanReading, entries: Sequence[TaskEntry], units: Sequence[UnitEntry]
) -> tuple[list[TaskMatch], tuple[int, ...], tuple[int, ...]]:
    """A match for each entry, in their order, and the indices of the tasks and of the owned actions that no entry knows."""
    parts = Parts(reading)
    called = {unit.id: frozenset(map(squeezed, (unit.name, *unit.aliases))) for unit in units}
    rows = [
        _Part(
            index,
            f"list {row.no}",
            squeezed("，".join(filter(None, (row.project, row.action, row.goal, row.measure)))),
            row.due,
            frozenset(map(squeezed, row.lead)),
        )
        for index, row in parts.rows.items()
    ]
    actions = [
        _Part(index, action.where, parts.text_of(action), None, frozenset(map(squeezed, action.lead)))
        for index, action in enumerate(parts.actions)
    ]
    found: dict[int, TaskMatch] = {}
    left: dict[str, set[int]] = {}
    for origin, theirs in (("list", rows), ("body", actions)):
        ours = [n for n, entry in enumerate(entries) if entry.origin == origin]
        pairs = _paired([entries[n] for n in ours], theirs, called)
        for position, n in enumerate(ours):
            part, score, reason = pairs.get(position, (None, 0.0, "文件里没有这一项"))
            as_row = part.index if part is not None and origin == "list" else None
            as_action = part.index if part is not None and origin == "body" else None
            found[n] = TaskMatch(entries[n], as_row, as_action, round(score, 3), reason)
        known = {part.index for part, _, _ in pairs.values()}
        left[origin] = {part.index for part in theirs} - known
    # Only an action that names somebody is a task of its own.
    owned = {part.index for part in actions if parts.actions[part.index].lead or parts.actions[part.index].participants}
    # Where the document has no list its actions are its tasks: then an action is named by both.
    task_of = {action: task for task, action in parts.same.items()}
    matches = [
        TaskMatch(m.entry, task_of[m.action], m.action, m.score, m.reason) if m.action in task_of else m
        for m in (found[n] for n in range(len(entries)))
    ]
    return matches, tuple(sorted(left["list"])), tuple(sorted(left["body"] & owned))


def _paired(
    entries: Sequence[TaskEntry], parts: Sequence[_Part], called: dict[str, frozenset[str]]
) -> dict[int, tuple[_Part, float, str]]:
    words = Wordings({*(plain(entry.title) for entry in entries), *(plain(part.text) for part in parts)})
    scores: dict[tuple[int, int], float] = {}
    reasons: dict[tuple[int, int], str] = {}
    for i, entry in enumerate(entries):
        for j, part in enumerate(parts):
            said = words.held(plain(entry.title), plain(part.text))
            same = {
                "序号相同": _NUMBER * (place_of(entry) == same_where(part.where)),
                f"用词相合 {said:.0%}": _WORDS * said,
                "时限相同": _DUE * (entry.due is not None and part.due == entry.due),
                "牵头单位相同": _OWNER * bool(part.owners & called.get(entry.answerable, frozenset())),
            }
            apart = abs((i + 0.5) / len(entries) - (j + 0.5) / len(parts))
            scores[i, j] = sum(same.values()) - _ORDER * apart
            reasons[i, j] = "；".join(name for name, weight in same.items() if weight > 0)
    chosen = best_pairs({pair: score - _ENOUGH for pair, score in scores.items()})
    return {i: (parts[j], scores[i, j], reasons[i, j]) for i, j in chosen.items()}
