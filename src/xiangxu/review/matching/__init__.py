"""A shipped pack laid over an uploaded document: the office reads its own wording, the pack's tasks, owners and bindings apply."""

from __future__ import annotations

from xiangxu.model.plan import PlanReading
from xiangxu.review.matching.finding import find_pack, plan_pack, plan_packs
from xiangxu.review.matching.matching import Matching, PlanPack, TargetMatch, TaskMatch, Wording
from xiangxu.review.matching.targets import TargetMatcher
from xiangxu.review.matching.tasks import match_tasks

__all__ = ["Matching", "PlanPack", "TargetMatch", "TaskMatch", "Wording", "find_pack", "match", "plan_pack", "plan_packs"]


def match(reading: PlanReading, pack: PlanPack) -> Matching:
    """Lays a pack over a reading: each task and target of the pack with what the document has for it, and what either has alone."""
    tasks, new_tasks, new_actions = match_tasks(reading, pack.tasks, pack.units)
    targets = TargetMatcher(reading, pack.targets).matches()
    known = {found.promise.id for found in targets if found.promise is not None}
    new_promises = tuple(promise for promise in reading.promises if promise.id not in known)
    return Matching(pack, tuple(tasks), tuple(targets), new_promises, new_tasks, new_actions)
