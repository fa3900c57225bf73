"""`plan read --pack`: a document that is one of the shipped plans, with the pack's targets, owners and evaluators beside it."""

from __future__ import annotations

from typing import Any

from xiangxu.cards.kinds.plan_pack import Binding
from xiangxu.cards.packs import Packs
from xiangxu.importer.link.parts import quoted
from xiangxu.model.plan import PlanReading
from xiangxu.review.matching import Matching, TargetMatch, Wording, find_pack, match, plan_pack


class Shipped:
    """The shipped plans, ready for any number of readings. `packs`: where they are loaded already."""

    def __init__(self, packs: Packs | None = None) -> None:
        self._packs = packs or Packs.load()

    def matched(self, reading: PlanReading) -> Matching | None:
        """The shipped plan that a document is, laid over it; None where it is none of them."""
        place = find_pack(reading, self._packs)
        return match(reading, plan_pack(place, self._packs)) if place else None


def add_pack(exchange: dict[str, Any], matching: Matching | None) -> None:
    """Writes what the pack knows into the exchange form; nothing where no shipped plan fits.

    Beside a target `pack_target` with its evaluator, or null, and `pack_target_also` for further ones that the same words
    promise; beside a task or action `pack_task`; and under `pack` which plan it is and what either side has alone.
    """
    if matching is None:
        return
    by_promise = matching.of_promise()
    for target in exchange["targets"]:
        # The one that the words were read for stands first; those that share them follow.
        known = sorted(by_promise.get(target["id"], ()), key=lambda found: found.wording is Wording.SHARED)
        target["pack_target"] = _target(known[0]) if known else None
        if len(known) > 1:
            target["pack_target_also"] = [_target(found) for found in known[1:]]
    for found in matching.tasks:
        told = {
            "id": found.entry.id,
            "title": found.entry.title,
            "answerable": found.entry.answerable,
            "score": found.score,
            "reason": found.reason,
        }
        if found.task is not None:
            exchange["tasks"][found.task]["pack_task"] = told
        if found.action is not None:
            exchange["body_actions"][found.action]["pack_task"] = told
    exchange["pack"] = {
        "place": matching.pack.place,
        "title": matching.pack.document.title.zh,
        "targets_not_read": [_target(found) | _stands(found) for found in matching.targets if found.promise is None],
        "tasks_not_found": [entry.id for entry in matching.missing_tasks],
        "new_targets": [promise.id for promise in matching.new_promises],
    }


def _stands(found: TargetMatch) -> dict[str, Any]:
    """The document's own words for a target that was not read as one, and where they stand."""
    place = found.place
    span = {"start": place.start, "end": place.end, "line": place.line, "page": place.page} if place else None
    return {"where": found.target.where, "quote": found.quote, "place": span}


def _target(found: TargetMatch) -> dict[str, Any]:
    target = found.target
    return {
        "id": target.id,
        "metric": target.metric,
        "task": target.task,
        "direction": target.direction,
        "nature": target.nature,
        "scope": target.scope,
        "evaluator": _evaluator(target.evaluator),
        "wording": found.wording.value,
        "score": found.score,
        "reason": found.reason,
        "differs": list(found.differs),
    }


def _evaluator(binding: Binding | None) -> dict[str, Any] | None:
    if binding is None:
        return None
    return {"kind": binding.kind, "id": binding.id, "params": dict(binding.params), "threshold": binding.threshold}


def pack_line(matching: Matching | None, asked: bool) -> str:
    """Which shipped plan the document is and how far the two go together, in one more line of the summary.

    That it is none of them is said only to who asked.
    """
    if matching is None:
        return "\n  没有与之对应的内置方案" if asked else ""
    bound = sum(1 for found in matching.targets if found.bound and found.target.evaluator)
    parts = [f"与内置方案{quoted(matching.pack.document.title.zh)}对应，{bound} 条目标已绑定"]
    parts += [
        f"{count} {words}"
        for count, words in (
            (sum(1 for f in matching.targets if not f.bound and f.quote), "条只对应到原文的一句话"),
            (sum(1 for f in matching.targets if not f.bound and not f.quote), "条没有找到原文"),
            (sum(1 for f in matching.targets if f.differs), "条的数字或时限与内置方案不同，请核对"),
            (len(matching.new_promises), "条是内置方案没有的"),
            (len(matching.missing_tasks), "项任务没有找到"),
        )
        if count
    ]
    return "\n  " + "；".join(parts)
