"""How a promise that was corrected or added after publishing may be computed: proposed anew from what it says now."""

from __future__ import annotations

from typing import Any

from xiangxu.model.place import Place
from xiangxu.model.plan import Level, Op, Per, Promise
from xiangxu_web.workspaces.plans.binding import fields_of
from xiangxu_web.workspaces.plans.cards import proposer
from xiangxu_web.workspaces.plans.drafting.opening import proposed_by
from xiangxu_web.workspaces.plans.drafting.packed import PACK
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.models import Target

Json = dict[str, Any]


def proposed_anew(target: Target, draft: Json, ref: str) -> Json:
    """The fields of a target in which proposals stand, proposed for what its row says now; none where a person has settled how it is
    computed, or people settled it for this very document (a pack)."""
    by_pack = any(each.get("source") == PACK for each in target.proposals)
    if target.binding != Target.Binding.PROPOSED or by_pack:
        return {}
    found = proposals_for(draft, ref)
    return fields_of(found["evaluator"]) | {"evaluator_kind": found["kind"], "proposals": found["proposals"]}


def proposals_for(draft: Json, ref: str) -> Json:
    """What is proposed for the row, read with the row before it under the same heading, as in the whole document."""
    row = find(draft, ref)
    at = draft["promises"].index(row)
    before = [each for each in draft["promises"][:at] if not each["dropped"]][-1:]
    promises = [_promise(each) for each in (*before, row)]
    return proposed_by(promises[-1], proposer().propose(promises)[-1])


def _promise(row: Json) -> Promise:
    place: Json = row["place"] or {"start": 0, "end": 0, "line": 0}
    return Promise(
        quote=row["quote"],
        where=row["where"],
        metric=row["metric"],
        scope=row["scope"] or None,
        op=Op(row["op"]),
        place=Place(place["start"], place["end"], place["line"], place.get("page")),
        value=row["value"],
        value2=row["value2"],
        uom=row["uom"] or None,
        baseline=row["baseline"],
        due=row["due"] or None,
        per=Per(row["per"]) if row["per"] else None,
        level=Level(row["level"]) if row["level"] else Level.COUNTY,
        id=row["ref"],
    )
