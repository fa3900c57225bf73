"""The list of targets with their status, and the page of one, which explains itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu.model.unit import Role
from xiangxu.targets.status import Status
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.components.lamp import STATES, Lamp
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import allowed, may, rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.plans.amending import amendments, withdrawn_because
from xiangxu_web.workspaces.plans.binding import alternatives, choice, held, is_sure, proposed, tasks_of
from xiangxu_web.workspaces.plans.cards import called, evaluator
from xiangxu_web.workspaces.plans.counting import waiting_for, waiting_words
from xiangxu_web.workspaces.plans.coverage_grid import Counted, by_state
from xiangxu_web.workspaces.plans.covered import cells, choice_of, county_members, groups_here
from xiangxu_web.workspaces.plans.drafting.correcting import ADD
from xiangxu_web.workspaces.plans.explaining import explained
from xiangxu_web.workspaces.plans.history import target_events
from xiangxu_web.workspaces.plans.hows import plain as said_plainly
from xiangxu_web.workspaces.plans.hows import search
from xiangxu_web.workspaces.plans.judging import is_bound, plain, target_lamp, verdicts
from xiangxu_web.workspaces.plans.looking import look_lamp
from xiangxu_web.workspaces.plans.models import Mark, Target
from xiangxu_web.workspaces.plans.nodes import shown as shown_nodes
from xiangxu_web.workspaces.plans.pages.how_form import HowForm
from xiangxu_web.workspaces.plans.pages.look_list import with_look
from xiangxu_web.workspaces.plans.pages.ticks import Tick
from xiangxu_web.workspaces.plans.papers import amount, wanted
from xiangxu_web.workspaces.plans.places import document_url, place_words
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.scopes import units_chosen
from xiangxu_web.workspaces.plans.twins import ONCE, asked_of


def _plans(request: HttpRequest) -> Iterable[tuple[str, str]]:
    known: list[tuple[str, str]] | None = getattr(request, "plan_choices", None)
    if known is None:
        known = [(str(plan.pk), str(plan)) for plan in rows("plan.see", request.actor).order_by("-made")]  # type: ignore[attr-defined]
        request.plan_choices = known  # type: ignore[attr-defined]
    return known


def how(target: Target) -> str:
    """How it is computed: the evaluator's title, marked where it is only proposed; or that nobody has settled it."""
    card = evaluator(target.evaluator) if target.evaluator else None
    if card is None:
        return str(target.get_binding_display())
    proposed_only = target.binding == Target.Binding.PROPOSED
    return _("%(card)s（建议，未确认）") % {"card": called(card)} if proposed_only else called(card)


def plainly(target: Target) -> str:
    """How it is computed, in the office's sentence."""
    card = evaluator(target.evaluator) if target.evaluator else None
    return said_plainly(card) if card else ""


_RETOLD = (("1", gettext_lazy("与另一个是同一件事的")),)


def _table(lamp: Callable[[Target], Lamp]) -> Table:
    """The table with this way to know a lamp: the page reckons all at once."""
    return Table(
        "targets",
        columns=[
            Column("metric", gettext_lazy("目标"), sort=("metric",), url=lambda t: reverse("target", args=[t.pk])),
            Column("scope", gettext_lazy("范围"), sort=("scope",), chosen=False),
            Column("wanted", gettext_lazy("要求"), value=wanted, telling=True),
            Column("due_on", gettext_lazy("时限"), sort=("due_on",), kind="date", telling=True),
            Column("lamp", gettext_lazy("状态"), value=lamp, kind="lamp"),
            Column("how", gettext_lazy("怎么算"), value=how, sort=("evaluator",)),
            Column("plainly", gettext_lazy("怎么算（一句话）"), value=plainly),
            Column(
                "binding",
                gettext_lazy("绑定"),
                choices=Target.Binding.choices,
                sort=("binding",),
                kind="tag",
                chosen=False,
            ),
            Column("evaluator_kind", gettext_lazy("类别"), choices=Target.Evaluator.choices, kind="tag", chosen=False),
            Column("quote", gettext_lazy("原文"), chosen=False),
            Column(
                "task",
                gettext_lazy("任务"),
                value=lambda t: t.task.title if t.task else None,
                sort=("task__order",),
                url=lambda t: reverse("task", args=[t.task_id]) if t.task_id else None,
            ),
        ],
        filters=[
            Filter("plan", gettext_lazy("方案"), _plans, lambda found, value: found.filter(plan_id=value)),
            Filter("state", gettext_lazy("状态"), lambda r: [(s.value, STATES[s].words) for s in Status], _by_state),
            Filter(
                "binding",
                gettext_lazy("绑定"),
                lambda r: Target.Binding.choices,
                lambda found, value: found.filter(binding=value),
            ),
            Filter(
                "kind",
                gettext_lazy("类别"),
                lambda r: Target.Evaluator.choices,
                lambda found, value: found.filter(evaluator_kind=value),
            ),
            # The page narrows down: its figures are of the same rows.
            Filter("retold", gettext_lazy("重复的"), lambda r: _RETOLD, lambda found, value: found),
        ],
        search=("metric", "quote", "scope"),
        order=("plan", "order"),
        empty=gettext_lazy("还没有目标：发布方案后，文件里的每一条承诺都会列在这里。"),
        template="plans/targets.html",
    )


def _to_bind(table: Table, *, wanting: bool) -> Table:
    """The same list with boxes to tick, how far each target is settled, and whether anybody has looked at it."""
    tick = Column("tick", gettext_lazy("勾选"), value=lambda t: Tick("bind", "target", t.pk, t.metric), telling=True)
    settled = [replace(c, chosen=True) if c.key == "binding" else c for c in table.columns]
    return with_look(replace(table, columns=settled), tick, wanting=wanting)


# Of the task beside a target only its name is shown.
_NOT_LISTED = ("task__goal", "task__measure", "task__others", "task__place")


def _by_state(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    known = verdicts(found)
    return found.filter(pk__in=[key for key, verdict in known.items() if verdict.status == value])


def _of_plan(request: Request) -> QuerySet[Target]:
    """The targets of the plan that the address names, else of all plans, repetitions among them."""
    found: QuerySet[Target] = rows("target.see", request.actor).filter(dropped=None)
    plan = number_in(request.GET.get("plan", ""))
    return found if plan is None else found.filter(plan_id=plan)


def _seen(request: Request) -> QuerySet[Target]:
    """The targets of the address before its filters."""
    found = _of_plan(request)
    if request.GET.get("retold"):
        return found.exclude(ONCE).select_related("same_as")
    return found.select_related("same_as") if request.GET.get("q") else found.filter(ONCE)


def sure_of(request: Request) -> list[int]:
    """The targets that the address of the list shows, that nobody has settled, and of which the proposal is likely right."""
    waiting = _seen(request).filter(binding=Target.Binding.PROPOSED).exclude(evaluator="").defer("place")
    narrowed, _filters = _to_bind(_table(lambda target: Lamp("none")), wanting=True).narrowed(request, waiting)
    return [target.pk for target in narrowed if is_sure(target)]


def targets(request: Request) -> HttpResponseBase:
    """All targets that the post may see, with how many stand how at the top; the numbers add up. What is promised twice is told once,
    its repetitions with ``?retold=1`` or where words are sought. The clerk ticks and settles here how many are computed."""
    found = _seen(request).defer("place", "proposals")
    everything = list(found)
    judged = verdicts(everything)
    known = {each.pk: target_lamp(each, judged[each.pk]) for each in everything}
    counted = Counter(lamp.state for lamp in known.values())
    counts = [(Lamp(status.value), status.value, counted[status.value]) for status in Status]
    table = _table(lambda target: plain(known[target.pk]))
    more: dict[str, Any] = {}
    if may(request.actor, RUN_PLANS):
        table = _to_bind(table, wanting=any(not each.seen for each in everything))
        more = {"may_bind": bool(known), "sure": len(sure_of(request))}
    shown = found.select_related("task").defer("place", "proposals", *_NOT_LISTED)
    return table.respond(
        request,
        shown,
        title=_("目标"),
        counts=counts,
        all=len(known),
        waiting=waiting_words(
            waiting_for([each for each in everything if each.same_as_id is None], judged), runs=may(request.actor, RUN_PLANS)
        ),
        plan_query=f"plan={plan}&" if (plan := number_in(request.GET.get("plan", ""))) is not None else "",
        retold=_of_plan(request).exclude(ONCE).count(),
        **more,
    )


def fit_of(target: Target, evaluator: str, data: Any = None) -> HowForm | None:
    """The form of what can be set about an evaluator of the target; None where there is no such card."""
    found = choice(target, evaluator) if evaluator else None
    if found is None:
        return None
    words = " ".join((target.scope, target.metric, target.quote))
    return HowForm(found | {"units": target.units}, target.plan.area, words, data, auto_id=f"how-{target.pk}-%s")


def target(request: Request, key: int, fit: HowForm | None = None) -> HttpResponse:
    """One target: what the document says, what counts, how it is computed, what stands behind the status and who verified it.

    ``fit``: what was set about an evaluator and came back; else the address names one (``fit``), with what is filled in so far.
    """
    seen = rows("target.see", request.actor).select_related("plan__area", "task__answerable", "same_as")
    found: Target = get_object_or_404(seen, pk=key)
    shown = explained([found])[0]
    # What is promised twice is judged once, and what stands behind its status stands there.
    judged = asked_of(found)
    context = {
        "title": found.metric,
        "target": found,
        "shown": shown,
        "document_url": document_url(found.plan_id, found.place),
        "place": place_words(found.place),
        "facts": [
            (_("要求"), shown.wanted or None),
            (_("范围"), found.scope or None),
            (_("时限"), found.due_on or found.due_words or None),
            (_("基数"), amount(found.baseline, found.uom) or None),
            (_("性质"), shown.nature or None),
        ],
        # Above the county units are told and not people.
        "settled_by": names("post", [found.bound_by_post]).get(found.bound_by_post or 0, "") if request.actor.county_path else "",
        "nodes": shown_nodes(request.actor, list(judged.nodes.select_related("target__task").order_by("due_on", "pk"))),
        "states": _states(request, judged),
        "reports": _reports(request, judged),
        "repeats": list(rows("target.see", request.actor).filter(same_as=found, dropped=None)),
        "events": target_events(found, named=bool(request.actor.county_path)),
        **_amending(request, found),
    }
    return render(request, "plans/target.html", context | _binding(request, found, fit))


def _states(request: Request, target: Target) -> list[Counted]:
    """Of a target that is asked of units: how many said what, as the sentence beside its lamp has it; for those who see all of them. None
    where nobody has said anything."""
    whole = not request.actor.county_path or request.actor.is_any(Role.LEADER, Role.CLERK, Role.OFFICE)
    if not whole or target.evaluator_kind != Target.Evaluator.COVERAGE:
        return []
    found, its = cells(Mark.objects.filter(target=target)), choice_of(target)
    asked = [member for member in county_members(target.plan) if its.has(member)] if found else []
    return by_state(target, asked, found, linked=bool(request.actor.county_path) and is_bound(target)) if found else []


def _amending(request: Request, target: Target) -> dict[str, Any]:
    """What was corrected since publishing, and what the clerk needs to correct it or to say that it was looked at."""
    made = [each for each in amendments(target) if each.kind != ADD]
    # Whoever settled how it is computed had other words before him.
    since = target.binding == Target.Binding.CONFIRMED and any(
        target.bound is not None and each.at > target.bound for each in made
    )
    may_amend = target.plan.closed is None and may(request.actor, RUN_PLANS) and allowed("target.amend", request.actor, target)
    return {"withdrawn": withdrawn_because(target), "reads_otherwise": since, "may_amend": may_amend, "look": look_lamp(target)}


def _binding(request: Request, target: Target, fit: HowForm | None) -> dict[str, Any]:
    """What the clerk needs to settle how the target is computed; nothing for others, or where the plan has ended."""
    # A repetition is settled where it is told first.
    if target.same_as_id or target.plan.closed is not None or not allowed("target.bind", request.actor, target):
        return {}
    words = request.GET.get("q", "").strip()
    coverage = target.evaluator_kind == Target.Evaluator.COVERAGE
    return {
        "may_bind": True,
        "first": proposed(target) if target.binding == Target.Binding.PROPOSED else None,
        "others": alternatives(target),
        "fit": fit or fit_of(target, request.GET.get("fit", ""), request.GET if "scope" in request.GET else None),
        "settled": held(target),
        "words": words,
        "found": search(words) if words else [],
        "tasks": [
            (str(key), f"{number} {title}")
            for key, number, title in tasks_of(request.actor, target).values_list("pk", "number", "title")
        ],
        "of_task": str(target.task_id),
        **(units_chosen(target) if coverage else {}),
        "groups": groups_here(request.actor.county_path) if coverage else [],
    }


def _reports(request: Request, target: Target) -> list[Any]:
    if target.task_id is None:
        return []
    found = rows("report.see", request.actor).filter(task_id=target.task_id).select_related("unit").order_by("-made")
    return list(found[:3])
