"""A shipped plan laid over a draft: where the document is one of the packs, people have settled already how each promise is computed."""

from __future__ import annotations

from typing import Any

from xiangxu.cards.kinds.plan_pack import TargetEntry
from xiangxu.review.matching import Matching, Wording

Json = dict[str, Any]


def lay_pack(draft: Json, refs: dict[str, str], matching: Matching) -> None:
    """Writes the pack's bindings into the draft's promises. ``refs``: from the reading's ids of promises to the draft's rows.

    A promise whose figures differ from the pack's keeps its proposal and gets the difference as a doubt: it may be another version.
    """
    rows = {row["ref"]: row for row in draft["promises"]}
    bound = 0
    for promise, known in matching.of_promise().items():
        row = rows[refs[promise]]
        # The one that the words were read for stands first; those that share them follow.
        best = sorted(known, key=lambda found: found.wording is Wording.SHARED)[0]
        if best.differs:
            row["doubts"].append("与示范包不同：" + "；".join(best.differs))
        elif best.target.evaluator is not None:
            bound += 1
            row |= _bound(best.target)
    draft["pack"] = {"title": matching.pack.document.title.zh, "bound": bound, "not_read": len(matching.missing_targets)}


def _bound(target: TargetEntry) -> Json:
    binding = target.evaluator
    assert binding is not None
    chosen: Json = {
        "kind": binding.kind,
        "id": binding.id,
        "parameters": dict(binding.params),
        "threshold": binding.threshold,
        "scope": target.scope,
        "score": 1.0,
        "words": [],
    }
    return {
        "evaluator": chosen,
        "kind": binding.kind,
        "binding": "confirmed",
        "by_pack": True,
        "direction": target.direction,
        "nature": target.nature,
        "tolerance": target.tolerance,
    }
