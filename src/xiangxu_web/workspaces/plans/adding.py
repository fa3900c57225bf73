"""A promise that the reading missed is added to a published plan, by its own words in the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.plans.amending import ADD, ADDED, given_reason
from xiangxu_web.workspaces.plans.corrected import corrected
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.drafting.succession import rows_in_force
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target, Task
from xiangxu_web.workspaces.plans.proposing import proposals_for
from xiangxu_web.workspaces.plans.publishing import target_of
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.succession import in_force
from xiangxu_web.workspaces.plans.twins import asked_of

Json = dict[str, Any]


def add_target(actor: Actor, key: int, given: Mapping[str, Any], reason: str) -> Target:
    """Adds a promise to the plan, where its words stand in the document. ``given``: the fields of a promise, with ``quote``, the words
    of the document, and ``task``, the row of the draft to which it belongs, or none.

    How it is computed is proposed like any other. Refused: another's county, a post that does not run plans, a plan that has ended, no
    reason, words that do not stand in the document.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        plan: Plan = row("plan.see", actor, pk=key, area__path=actor.county_path)
        if plan.closed is not None:
            raise Refused(_("这份方案已经结束，不能再更正。"))
        version = plan.versions.select_related("draft").latest("number")
        draft = Draft.objects.select_for_update().get(pk=version.draft_id)
        place = _place(draft, str(given["quote"]))
        with action(actor, ADDED) as record:
            uid = uuid4()
            typed = dict(given) | {"place": place, "after": _before(draft, place), "reason": reason, "uid": str(uid)}
            by_ref = {each["ref"]: known for known, each in in_force(version).items()}
            made = corrected(draft, actor, ADD, "promise", typed)
            now = find(draft.current, made.typed["ref"])
            task = Task.objects.select_related("same_as").filter(uid__in=[by_ref[now["task"]]] if now["task"] else []).first()
            order = rows_in_force(draft.current)[1].index(now) + 1
            Target.objects.filter(plan=plan, dropped=None, order__gte=order).update(order=F("order") + 1)
            fields = target_of(now | proposals_for(draft.current, now["ref"]), order, asked_of(task) if task else None)
            target = Target.objects.create(uid=uid, plan=plan, placed_by_post=actor.post_id, **fields)
            record.made(made, correction=ADD)
            record.made(target)
    return target


def _place(draft: Draft, quote: str) -> Json:
    """Where the words stand in the document, however its lines are broken; refused where they do not."""
    signs = "".join(quote.split())
    found = re.search(r"\s*".join(map(re.escape, signs)), draft.text) if signs else None
    if found is None:
        raise ValueError(_("这句话在文件里没有找到：请从原文里原样抄录，不要增减字。"))
    start, end = found.span()
    page = next(
        (p["number"] for p in draft.pages if p["kind"] == "picture" and any(s <= start < e for s, e, *_box in p["lines"])), None
    )
    place = {"start": start, "end": end, "line": draft.text.count("\n", 0, start) + 1, "page": page}
    # What a person calls the place is known of the rows around it.
    around = [each["place"] for table in rows_in_force(draft.current) for each in table if each["place"]]
    near = next((at["near"] for at in around if "near" in at and at["start"] <= start < at["end"]), None)
    return place | ({"near": near} if near else {})


def _before(draft: Draft, place: Json) -> str:
    """The promise behind which it stands in the document; the list of promises is in the document's order."""
    earlier = [each for each in draft.current["promises"] if each["place"] and each["place"]["start"] <= place["start"]]
    return str(max(earlier, key=lambda each: each["place"]["start"])["ref"]) if earlier else ""
