"""Reporting on a task, and the clerk's answer: one by one or several at once; a leader's sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Case, Max, QuerySet, When
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.outcome import outcome_told, typed_into
from xiangxu_web.kernel.permission import may, row, rows
from xiangxu_web.kernel.start import LATELY
from xiangxu_web.kernel.web import Request, keys_in
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.pages.report_form import answered
from xiangxu_web.workspaces.plans.pages.ticks import NO_TICK, Tick
from xiangxu_web.workspaces.plans.reported import called, know_names, told_of
from xiangxu_web.workspaces.plans.reporting import decide, decide_many, instruct
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.split_sheets import day_of

# Those decided on in the time of which the start pages tell.
_DECIDED = (("lately", gettext_lazy("近 30 天审核的")),)


def _lately(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    return found.filter(decided__gte=clock.now() - LATELY)


REPORTS = Table(
    "reports",
    columns=[
        Column("task", gettext_lazy("任务"), sort=("task__order",), url=lambda r: reverse("task", args=[r.task_id])),
        Column("unit", gettext_lazy("单位"), value=called, sort=("unit__name",), telling=True),
        Column("word", gettext_lazy("进展"), value=lambda r: r.lamp, sort=("word",), kind="lamp"),
        Column("line", gettext_lazy("一句话进展"), telling=True),
        # Whoever accepts a report accepts its figure: it is seen, wherever a report has one.
        Column("quantity", gettext_lazy("累计完成"), kind="number", telling=True, filled=Max("quantity")),
        Column("obstacles", gettext_lazy("存在困难"), chosen=False),
        Column("next_step", gettext_lazy("下一步"), chosen=False),
        Column("day", gettext_lazy("日期"), sort=("day",), kind="date", telling=True),
        Column("state", gettext_lazy("状态"), choices=Report.State.choices, sort=("state",), kind="tag", telling=True),
        Column("entered", gettext_lazy("代录"), value=lambda r: r.source if r.entered_for else "", telling=True),
    ],
    filters=[
        Filter("state", gettext_lazy("状态"), lambda r: Report.State.choices, lambda found, value: found.filter(state=value)),
        Filter("word", gettext_lazy("进展"), lambda r: Task.Word.choices[1:], lambda found, value: found.filter(word=value)),
        Filter("decided", gettext_lazy("审核"), lambda r: _DECIDED, _lately),
    ],
    search=("task__title", "line", "unit__name"),
    order=("-waits", "-made"),
    empty=gettext_lazy("还没有进展：责任单位在任务页面点“报进展”，报上来就列在这里。"),
    ready=know_names,
)
# The clerk ticks those that wait and decides on them together.
REPORTS_TO_DECIDE = replace(
    REPORTS,
    columns=[
        REPORTS.columns[0],
        Column(
            "tick",
            gettext_lazy("勾选"),
            value=lambda r: (
                Tick("decide", "report", r.pk, str(r.task), r.ticked) if r.state == Report.State.HANDED_IN else NO_TICK
            ),
            telling=True,
        ),
        *REPORTS.columns[1:],
    ],
    template="plans/report_list.html",
)


def reports(request: Request) -> HttpResponseBase:
    """All reports that the post may see, those first that wait to be decided on; whoever decides ticks and decides here."""
    ticks = keys_in(typed_into(request, reverse("decide-reports")), "report")
    marks = {"waits": _whether(state=Report.State.HANDED_IN), "ticked": _whether(pk__in=ticks)}
    found = told_of(rows("report.see", request.actor)).select_related("task", "unit").annotate(**marks)
    table = REPORTS_TO_DECIDE if may(request.actor, RUN_PLANS) else REPORTS
    return table.respond(request, found, title=_("进展"))


def _whether(**what: Any) -> Case:
    return Case(When(**what, then=True), default=False, output_field=BooleanField())


def new_report(request: Request, key: int) -> HttpResponse:
    """The form of a report, and its handing in."""
    task: Task = row("task.report", request.actor, pk=key)
    report, context = answered(request, request.actor, task)
    if report is not None:
        messages.success(request, _("已报送，等教育局审核。"))
        return redirect("task", key)
    return render(request, "plans/new_report.html", context, status=422 if context["form"].errors else 200)


@require_POST
def decide_report(request: Request, key: int) -> HttpResponse:
    """Accepts or returns a report."""
    task = row("report.see", request.actor, pk=key).task_id
    accept = "accept" in request.POST
    with outcome_told(request, _("已接收这份进展。") if accept else _("已退回，报送单位会看到理由。")):
        decide(request.actor, key, accept=accept, reason=request.POST.get("reason", ""))
    return redirect("task", task)


@require_POST
def decide_reports(request: Request) -> HttpResponse:
    """Accepts or returns all that were ticked; those that cannot be decided stay and are named."""
    accept, keys = "accept" in request.POST, keys_in(request.POST, "report")
    with outcome_told(request):
        if not keys:
            raise ValueError(_("请先在“勾选”一列选中要处理的进展。"))
        count, left = decide_many(request.actor, keys, accept=accept, reason=request.POST.get("reason", ""))
        if count:
            words = _("已接收 %(n)s 份进展。") if accept else _("已退回 %(n)s 份进展，报送单位会看到理由。")
            messages.success(request, words % {"n": count})
        for each in left:
            messages.warning(request, each)
    return redirect(f"{reverse('reports')}?state={Report.State.HANDED_IN}")


@require_POST
def instruct_task(request: Request, key: int) -> HttpResponse:
    """A leader's sentence on a task."""
    typed = request.POST.get("due_on", "")
    with outcome_told(request, _("批示已转给责任单位和教育局，办理情况会回到这里。")):
        instruct(request.actor, key, request.POST.get("line", ""), day_of(typed) if typed else None)
    return redirect("task", key)
