"""A shipped pack laid over an uploaded document: the office reads its own wording, the pack's tasks, owners and bindings apply."""

from __future__ import annotations

from collections.abc import Sequence

from xiangxu.model.plan import PlanReading
from xiangxu.review.matching.clauses import same_where
from xiangxu.review.matching.finding import find_pack, plan_pack, plan_packs
from xiangxu.review.matching.matching import Matching, PlanPack, TargetMatch, TaskMatch, Wording
from xiangxu.review.matching.targets import TargetMatcher
from xiangxu.review.matching.tasks import match_tasks, place_of

__all__ = ["Matching", "PlanPack", "TargetMatch", "TaskMatch", "Wording", "find_pack", "match", "plan_pack", "plan_packs"]


def match(reading: PlanReading, pack: PlanPack) -> Matching:
    """Lays a pack over a reading: each task and target of the pack with what the document has for it, and what either has alone."""
    tasks, new_tasks, new_actions = match_tasks(reading, pack.tasks, pack.units)
    targets = TargetMatcher(reading, pack.targets, _moved(reading, tasks)).matches()
    known = {found.promise.id for found in targets if found.promise is not None}
    new_promises = tuple(promise for promise in reading.promises if promise.id not in known)
    return Matching(pack, tuple(tasks), tuple(targets), new_promises, new_tasks, new_actions)


def _moved(reading: PlanReading, tasks: Sequence[TaskMatch]) -> dict[str, str]:
    """Where the document has what the pack has at a place: not the same where the office numbers otherwise."""
    moved = {}
    for found in tasks:
        if found.action is not None:
            moved[place_of(found.entry)] = same_where(reading.body_actions[found.action].where)
        elif found.task is not None:
            moved[place_of(found.entry)] = same_where(f"list {reading.tasks[found.task].no}")
    return moved
