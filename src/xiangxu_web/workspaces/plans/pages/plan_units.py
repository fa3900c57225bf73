"""The printed names of units that got no unit when the plan was published: searched and matched on one page, all rows of a name at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from xiangxu_web.kernel.outcome import outcome_told
from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.areas.api import below_words, call_also, here, units_below
from xiangxu_web.workspaces.plans.models import Plan
from xiangxu_web.workspaces.plans.pages.draft_rows import owners
from xiangxu_web.workspaces.plans.placing import place_names, printed_names
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


@require_http_methods(["GET", "HEAD", "POST"])
def plan_units(request: Request, key: int) -> HttpResponse:
    """The names with the tasks in which they stand. ``?printed=…&q=…`` searches units for one of them: beside it, with or without script."""
    demand(request.actor, RUN_PLANS)
    plan: Plan = row("plan.see", request.actor, pk=key, area__path=request.actor.county_path)
    if request.method == "POST":
        return _placed(request, plan)
    words, printed = request.GET.get("q", ""), request.GET.get("printed", "")
    context = {"plan": plan, "words": words, "printed": printed, "found": owners(request, words)}
    if request.htmx and printed:
        return render(request, "plans/draft_search_units.html", context)
    waiting, placed = printed_names(plan)
    context |= {
        "title": _("单位对应"),
        "waiting": waiting,
        "placed": placed,
        "towns": units_below(plan.area).count(),
        "below": below_words(plan.area),
    }
    return render(request, "plans/plan_units.html", context)


def _placed(request: Request, plan: Plan) -> HttpResponse:
    """``on``: the name, or ``names``: several; ``unit``: the key of a unit, "towns", or empty for none of the county's."""
    given = request.POST
    names = given.getlist("names") or [given.get("on", "")]
    choice = given.get("unit", "")
    towns = choice == "towns"
    unit = None if towns or not choice else number_in(choice) or 0
    with outcome_told(request):
        tasks = place_names(request.actor, plan.pk, names, unit, "towns" if towns else "")
        if unit is not None and given.get("remember"):
            call_also(request.actor, unit, names[0])
        told = (
            ngettext("已对应，%(n)s 件任务随之更新。", "已对应，%(n)s 件任务随之更新。", tasks)
            if unit is not None or towns
            else here(_("已记为不是本县单位。"), request.actor.county_path)
        )
        messages.success(request, told % {"n": tasks})
    return redirect("plan-units", plan.pk)
