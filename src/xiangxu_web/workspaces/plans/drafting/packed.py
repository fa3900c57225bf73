"""A shipped plan laid over a draft: where the document is one of the packs, it proposes how each promise is computed.

A proposal it stays: what is confirmed, a person of the place has confirmed.
"""

from __future__ import annotations

from typing import Any

from xiangxu.cards.kinds.plan_pack import TargetEntry
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.matching import Matching, Wording

Json = dict[str, Any]
# Where a proposal comes from, if not from the reader.
PACK = "pack"


def lay_pack(draft: Json, refs: dict[str, str], matching: Matching) -> None:
    """Proposes the pack's bindings for the draft's promises. ``refs``: from the reading's ids of promises to the draft's rows.

    A promise whose figures differ from the pack's keeps the reader's proposal and gets the difference as a doubt: it may be another
    version.
    """
    rows = {row["ref"]: row for row in draft["promises"]}
    proposed = 0
    for promise, known in matching.of_promise().items():
        row = rows[refs[promise]]
        # The one that the words were read for stands first; those that share them follow.
        best = sorted(known, key=lambda found: found.wording is Wording.SHARED)[0]
        if best.differs:
            row["doubts"].append(Reason(_("与示范包不同：%(what)s"), what=listed(best.differs, _("%(one)s；%(other)s"))))
        elif best.target.evaluator is not None:
            proposed += 1
            row |= as_proposed(best.target, row["proposals"])
    draft["pack"] = {
        "title": matching.pack.document.title.zh,
        "proposed": proposed,
        "not_read": [t.metric for t in matching.missing_targets],
    }


def as_proposed(target: TargetEntry, others: list[Json]) -> Json:
    """The fields of a promise's row for which the pack's binding is the proposal; ``others``: what the reader had proposed."""
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
        "source": PACK,
    }
    return {
        "evaluator": chosen,
        "kind": binding.kind,
        # The same card as the reader found it would be the same choice twice.
        "proposals": [chosen, *(each for each in others if each["id"] != binding.id)],
        "direction": target.direction,
        "nature": target.nature,
        "tolerance": target.tolerance,
    }
