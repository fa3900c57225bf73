"""The sub-plans of a plan: who has handed in, who has none; and asking units for theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu.coverage.units import Group
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import demand, may, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.areas.api import existing, took_over
from xiangxu_web.workspaces.plans.covered import choice_of, groups_here, members, promises
from xiangxu_web.workspaces.plans.models import Plan, SubPlan, Target
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.sub_plans import ASKS_FOR_PLANS, open_round


def lamp(sub_plan: SubPlan) -> Lamp:
    """The state of a sub-plan by shape and word."""
    stands = _stands(sub_plan.state, sub_plan.unit.closed)
    if stands is None:
        names = getattr(sub_plan, "taken_over_by", "")
        return Lamp("none", _("已撤销，由%(names)s接续") % {"names": names} if names else _("单位已撤销"))
    state = {
        SubPlan.State.APPROVED: "good",
        SubPlan.State.RETURNED: "warning",
    }.get(stands, "none")
    return Lamp(state, stands.label)


def _stands(state: str, closed: date | None) -> SubPlan.State | None:
    """How a sub-plan stands: of a unit that has closed what was approved stays approved, and anything else has ended with it."""
    if closed is None or closed > clock.today():
        return SubPlan.State(state)
    return SubPlan.State.APPROVED if state in (SubPlan.State.APPROVED, SubPlan.State.REOPENED) else None


def _standing_so(found: QuerySet[SubPlan], value: str) -> QuerySet[SubPlan]:
    there = existing(clock.today(), "unit__")
    if value == SubPlan.State.APPROVED:
        return found.filter(Q(state=value) | (Q(state=SubPlan.State.REOPENED) & ~there))
    return found.filter(there, state=value)


def know_successors(found: Sequence[SubPlan]) -> None:
    """Brings to the sub-plans of closed units who took their place."""
    after = took_over(each.unit for each in found)
    for each in found:
        each.taken_over_by = "、".join(str(unit) for unit in after.get(each.unit_id, ()))  # type: ignore[attr-defined]


def _promises(request: HttpRequest) -> Iterable[tuple[str, str]]:
    key = request.resolver_match.kwargs["key"] if request.resolver_match else 0
    found = rows("target.see", request.actor).filter(plan_id=key, sub_plans__isnull=False)  # type: ignore[attr-defined]
    return [(str(pk), metric) for pk, metric in found.order_by("order").values_list("pk", "metric").distinct()]


SUB_PLANS = Table(
    "sub-plans",
    columns=[
        Column("unit", gettext_lazy("单位"), sort=("unit__name",), url=lambda s: reverse("sub-plan", args=[s.pk])),
        Column("title", gettext_lazy("标题"), sort=("title",)),
        Column(
            "target", gettext_lazy("对应的承诺"), value=lambda s: s.target.metric if s.target else "", sort=("target__order",)
        ),
        Column("edition", gettext_lazy("版次"), kind="number", sort=("edition",)),
        Column("state", gettext_lazy("状态"), value=lamp, kind="lamp", sort=("state",)),
        Column("due_on", gettext_lazy("报送期限"), kind="date", sort=("due_on",), telling=True),
        Column("handed_in", gettext_lazy("报送时间"), kind="date", sort=("handed_in",), telling=True),
        Column("entered", gettext_lazy("代录"), value=lambda s: _("代录：%s") % s.source if s.entered_for else "", chosen=False),
        Column("reason", gettext_lazy("退回理由或批复说明"), chosen=False),
    ],
    filters=[
        Filter("state", gettext_lazy("状态"), lambda r: SubPlan.State.choices, _standing_so),
        Filter("target", gettext_lazy("对应的承诺"), _promises, lambda found, value: found.filter(target_id=value)),
    ],
    search=("unit__name", "unit__short_name", "title"),
    order=("unit__area__path", "unit"),
    empty=gettext_lazy("还没有布置分方案。教育局专干点“布置分方案”，选单位和期限，各单位就会收到按方案拟好的模板。"),
    template="plans/sub_plans.html",
    ready=know_successors,
)


# Above the county one reads what was approved: how a new edition is getting on is the county's.
_FROM_ABOVE = replace(
    SUB_PLANS, columns=[each for each in SUB_PLANS.columns if each.key in ("unit", "title", "target")], filters=[]
)


def sub_plans(request: Request, key: int) -> HttpResponseBase:
    """All sub-plans of the plan that the post may see, and for the clerk who has none."""
    plan: Plan = row("plan.see", request.actor, pk=key)
    found = rows("sub-plan.see", request.actor).filter(plan=plan).select_related("unit", "target")
    table = SUB_PLANS if request.actor.county_path else _FROM_ABOVE
    runs = may(request.actor, RUN_PLANS) and plan.area.path == request.actor.county_path
    without = _without(request, plan) if runs else []
    return table.respond(
        request,
        found,
        title=_("分方案"),
        plan=plan,
        by_state=_by_state(found) if request.actor.county_path else [],
        may_open=runs and plan.closed is None,
        without=without,
        without_any=sum(len(names) for _target, names in without),
    )


def _by_state(found: QuerySet[SubPlan]) -> list[tuple[str, int]]:
    """How many sub-plans stand how; states in which there are none are left out, and what ended with its unit."""
    counts = Counter(_stands(*told) for told in found.order_by().values_list("state", "unit__closed"))
    return [(str(state.label), counts[state]) for state in SubPlan.State if counts[state]]


def _without(request: Request, plan: Plan) -> list[tuple[Target, list[str]]]:
    """For each promise that asks for sub-plans the units that have none yet, not even a draft."""
    targets = list(promises(rows("target.see", request.actor).filter(plan=plan, evaluator=ASKS_FOR_PLANS)))
    have = set(SubPlan.objects.filter(plan=plan).values_list("target_id", "unit_id"))
    everyone = members(rows("coverage.see", request.actor).filter(area__path__startswith=plan.area.path)) if targets else []
    told = []
    for target in targets:
        choice = choice_of(target)
        names = [str(m.unit) for m in everyone if choice.has(m) and (target.pk, m.key) not in have]
        if names:
            told.append((target, names))
    return told


class RoundForm(forms.Form):
    """For which promise, until when. Which units follows from the promise, or from a group."""

    target = forms.ModelChoiceField(
        label=gettext_lazy("对应的承诺"),
        queryset=Target.objects.none(),
        required=False,
        empty_label=gettext_lazy("不对应某一条（落实整份方案）"),
        help_text=gettext_lazy("批复后，这一条承诺里该单位的格自动填√并核验。"),
    )
    group = forms.ChoiceField(
        label=gettext_lazy("哪些单位"),
        choices=[],
        required=False,
    )
    due_on = forms.DateField(label=gettext_lazy("报送期限"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, request: Request, plan: Plan, **settings: Any) -> None:
        super().__init__(request.POST or None, **settings)
        group: Any = self.fields["group"]
        group.choices = [("", _("按承诺的范围")), *groups_here(plan.area.path)]
        field: Any = self.fields["target"]
        field.queryset = promises(rows("target.see", request.actor).filter(plan=plan))
        field.label_from_instance = lambda target: f"{target.order}. {target.metric}"

    def clean(self) -> dict[str, Any]:
        """A round needs units: by the promise, or by a group."""
        given = super().clean() or {}
        if not given.get("group") and (given.get("target") is None or not choice_of(given["target"])):
            self.add_error("group", _("请选一类单位：这条承诺还没有选定单位。"))
        return given


def open_sub_plans(request: Request, key: int) -> HttpResponse:
    """The clerk opens a round: every unit gets a draft with the template drawn from the plan."""
    demand(request.actor, RUN_PLANS)
    plan: Plan = row("plan.see", request.actor, pk=key, area__path=request.actor.county_path)
    form = RoundForm(request, plan, initial={"target": request.GET.get("target")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        everyone = members(rows("coverage.see", request.actor).filter(area__path__startswith=plan.area.path))
        if given["group"]:
            group = Group(given["group"])
            chosen = [m.key for m in everyone if group.has(m.facts)]
        else:
            choice = choice_of(given["target"])
            chosen = [m.key for m in everyone if choice.has(m)]
        with refusal_at(form):
            target = given["target"].pk if given["target"] else None
            done = open_round(request.actor, plan.pk, target, chosen, given["due_on"])
            told = _("已布置给 %(n)s 个单位。") % {"n": done.done}
            if done.left:
                told += _("%(n)s 个单位以前布置过，没有重复布置。") % {"n": len(done.left)}
            messages.success(request, told)
            return redirect("sub-plans", plan.pk)
    return render(request, "plans/sub_plan_open.html", {"title": _("布置分方案"), "plan": plan, "form": form})
