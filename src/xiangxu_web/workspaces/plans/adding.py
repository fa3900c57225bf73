"""A task or a promise that the reading missed is added to a published plan, by its own words in the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.plans.amending import ADDED, TASK_ADDED, given_reason
from xiangxu_web.workspaces.plans.corrected import corrected
from xiangxu_web.workspaces.plans.drafting.carrying import behind
from xiangxu_web.workspaces.plans.drafting.correcting import ADD, LISTS
from xiangxu_web.workspaces.plans.drafting.opening import short
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.drafting.succession import rows_in_force
from xiangxu_web.workspaces.plans.drafting.units import names_in
from xiangxu_web.workspaces.plans.drafting.whereabouts import place_of_words
from xiangxu_web.workspaces.plans.in_charge import in_charge
from xiangxu_web.workspaces.plans.models import Draft, Plan, PlanVersion, Target, Task, TaskUnit
from xiangxu_web.workspaces.plans.proposing import proposals_for
from xiangxu_web.workspaces.plans.publishing import Placed, parts_of, target_of, task_of
from xiangxu_web.workspaces.plans.reading import lay_over_anew, place_units
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.succession import in_force
from xiangxu_web.workspaces.plans.twins import asked_of

Json = dict[str, Any]
# What of a task must stand in the document as it is typed; its name may be shortened.
_WORDS = ("goal", "measure")


def add_task(actor: Actor, key: int, given: Mapping[str, Any], reason: str) -> Task:
    """Adds a task to the plan, where its words stand in the document. ``given``: the fields of a task, with ``quote``, the words of the
    document, ``kind`` (row or action), and ``after``, the row of the draft behind which it stands, or none: where its words do.

    A task without a name is called by the beginning of its words; one without goal and measure has its words as measure. Who answers is
    who the printed names mean, as in publishing; where none is printed nobody does yet. Refused: another's county, a post that does not
    run plans, a plan that has ended, no reason, words that do not stand in the document, a deadline that cannot be read.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        plan, _version, draft = _in_force(actor, key)
        quote = str(given["quote"]).strip()
        place = _place(draft, quote)
        for name in _WORDS:
            if words := str(given.get(name) or "").strip():
                _place(draft, words)
        typed: Json = {name: value for name, value in given.items() if name != "quote"}
        typed["title"] = typed.get("title") or short(quote)
        if not any(typed.get(name) for name in _WORDS) and quote != typed["title"]:
            typed["measure"] = quote
        table = draft.current["tasks"]
        at = behind(table, place, typed["kind"])
        typed["after"] = typed.get("after") or (table[at - 1]["ref"] if at else "")
        with action(actor, TASK_ADDED) as record:
            uid = uuid4()
            typed |= {"place": place, "reason": reason, "uid": str(uid), "known": _known(draft, typed)}
            made = corrected(draft, actor, ADD, "task", typed)
            now = find(draft.current, made.typed["ref"])
            order = rows_in_force(draft.current)[0].index(now) + 1
            # The parts of a task stand where it does.
            Task.objects.filter(plan=plan, dropped=None, order__gte=order).update(order=F("order") + 1)
            placed = Placed(plan.area, draft.current)
            task = Task(uid=uid, plan=plan, **task_of(now, order, placed) | in_charge(now["others"], {}))
            task.save()
            task.path = f"{task.pk}/"
            task.save(update_fields=["path"])
            TaskUnit.objects.bulk_create(parts_of([now], {now["ref"]: task}, placed))
            record.made(made, correction=ADD)
            record.made(task)
        lay_over_anew(plan)
    return task


def add_target(actor: Actor, key: int, given: Mapping[str, Any], reason: str) -> Target:
    """Adds a promise to the plan, where its words stand in the document. ``given``: the fields of a promise, with ``quote``, the words
    of the document, and ``task``, the row of the draft to which it belongs, or none.

    How it is computed is proposed like any other. Refused as for a task.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        plan, version, draft = _in_force(actor, key)
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
        lay_over_anew(plan)
    return target


def _in_force(actor: Actor, key: int) -> tuple[Plan, PlanVersion, Draft]:
    """The plan of the actor's county, its version in force, and the draft of that, locked; refused where the plan has ended."""
    plan: Plan = row("plan.see", actor, pk=key, area__path=actor.county_path)
    if plan.closed is not None:
        raise Refused(_("这份方案已经结束，不能再更正。"))
    version = plan.versions.select_related("draft").latest("number")
    return plan, version, Draft.objects.select_for_update().get(pk=version.draft_id)


def _place(draft: Draft, quote: str) -> Json:
    """Where the words stand in the document; refused where they do not."""
    around = [each for table in rows_in_force(draft.current) for each in table]
    place = place_of_words(quote, draft.text, draft.pages, around)
    if place is None:
        told = short(quote, 24) or _("空")
        raise ValueError(_("“%(words)s”在文件里没有找到：请从原文里原样抄录，不要增减字。") % {"words": told})
    return place


def _known(draft: Draft, typed: Mapping[str, Any]) -> Json:
    """The units of the place that printed names mean which stand nowhere else in the document."""
    units = draft.current["units"]
    names = [name for each in LISTS for name in names_in(str(typed.get(each) or ""), units) if name not in units]
    new: Json = {"units": dict.fromkeys(names), "region": draft.current.get("region", "")}
    place_units(new, draft.area)
    return {name: at["unit"] for name, at in new["units"].items() if at["unit"] is not None}


def _before(draft: Draft, place: Json) -> str:
    """The promise behind which it stands in the document; the list of promises is in the document's order."""
    earlier = [each for each in draft.current["promises"] if each["place"] and each["place"]["start"] <= place["start"]]
    return str(max(earlier, key=lambda each: each["place"]["start"])["ref"]) if earlier else ""
