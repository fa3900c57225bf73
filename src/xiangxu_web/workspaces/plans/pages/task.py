"""The list of tasks and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.permission import allowed, may, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.models import Task, TaskUnit
from xiangxu_web.workspaces.plans.pages.target import how, wanted
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.standing import lamp_of


def _parts(part: str) -> Any:
    def names(task: Task) -> str:
        return "、".join(dict.fromkeys(each.printed for each in task.units.all() if each.part == part))

    return names


def _plans(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return [(str(plan.pk), str(plan)) for plan in rows("plan.see", request.actor).order_by("-made")]  # type: ignore[attr-defined]


def _owners(request: HttpRequest) -> Iterable[tuple[str, str]]:
    found = rows("task.see", request.actor).exclude(answerable=None)  # type: ignore[attr-defined]
    # distinct() over the joined names must not inherit an order.
    return [
        (str(k), short or name)
        for k, name, short in found.order_by("answerable__kind", "answerable__name")
        .values_list("answerable_id", "answerable__name", "answerable__short_name")
        .distinct()
    ]


def _by_due(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    late = Q(due_on__lt=today) & ~Q(word=Task.Word.DONE)
    return {
        "late": found.filter(late),
        "year": found.filter(due_on__year=today.year),
        "later": found.filter(due_on__year__gt=today.year),
        "ongoing": found.filter(ongoing=True),
        "none": found.filter(due_on=None, ongoing=False),
    }[value]


_DUE = (
    ("late", _("已过期未完成")),
    ("year", _("今年到期")),
    ("later", _("明年及以后")),
    ("ongoing", _("长期")),
    ("none", _("无时限")),
)

TASKS = Table(
    "tasks",
    columns=[
        Column("title", _("任务"), sort=("title",), url=lambda t: reverse("task", args=[t.pk])),
        Column("number", _("序号"), sort=("plan", "order")),
        Column("theme", _("专题"), sort=("theme",), chosen=False),
        Column("goal", _("目标"), chosen=False),
        Column("answerable", _("牵头单位"), sort=("answerable__name",)),
        Column("co_leads", _("共同牵头"), value=_parts(TaskUnit.Part.CO_LEAD), chosen=False),
        Column("participants", _("配合单位"), value=_parts(TaskUnit.Part.PARTICIPANT)),
        Column("leader", _("责任领导"), sort=("leader",)),
        Column("office", _("责任科室"), sort=("office__name",)),
        Column("contact", _("联系人"), sort=("contact",)),
        Column("due_on", _("完成时限"), sort=("due_on",), kind="date"),
        Column("lamp", _("状态"), value=lamp_of, kind="lamp"),
        Column("reported_on", _("最近报告"), sort=("reported_on",), kind="date"),
    ],
    filters=[
        Filter("plan", _("方案"), _plans, lambda found, value: found.filter(plan_id=value)),
        Filter("unit", _("牵头单位"), _owners, lambda found, value: found.filter(answerable_id=value)),
        Filter(
            "word",
            _("进展"),
            lambda r: [("none", _("未报")), *Task.Word.choices[1:]],
            lambda found, value: found.filter(word="" if value == "none" else value),
        ),
        Filter("due", _("时限"), lambda r: _DUE, _by_due),
    ],
    search=("title", "goal", "measure", "theme"),
    order=("plan", "order"),
    empty=_("还没有发布的方案。教育局专干可在“方案”里上传文件，校对后发布，任务就会出现在这里。"),
)


def tasks(request: Request) -> HttpResponseBase:
    """All tasks that the post may see; with ``?mine=1`` those that its unit is asked about."""
    rule = "task.mine" if request.GET.get("mine") else "task.see"
    found = rows(rule, request.actor).filter(dropped=None).select_related("answerable", "office", "plan")
    return TASKS.respond(request, found.prefetch_related("units", "nodes"), title=_("任务"))


def task(request: Request, key: int) -> HttpResponse:
    """One task: the clause in the office's own wording, its targets, owners, parts, nodes, history."""
    found: Task = row("task.see", request.actor, pk=key)
    reports = list(rows("report.see", request.actor).filter(task=found).select_related("unit").order_by("-made"))
    promised = found.targets.filter(dropped=None).order_by("order")
    targets = [{"pk": each.pk, "metric": each.metric, "wanted": wanted(each), "how": how(each)} for each in promised]
    parts = rows("task.see", request.actor).filter(parent=found, dropped=None).select_related("answerable").order_by("order")
    units = list(found.units.order_by("order"))
    context = {
        "title": found.title,
        "task": found,
        "lamp": lamp_of(found),
        "wording": [
            (title, words)
            for title, words in (
                (_("序号"), found.number),
                (_("专题"), found.theme),
                (_("目标"), found.goal),
                (_("措施"), found.measure),
                (_("时限"), found.due_words),
                *found.others.items(),
            )
            if words
        ],
        "owners": [
            (_("牵头单位"), found.answerable.name if found.answerable else None),
            (_("共同牵头"), _named(units, TaskUnit.Part.CO_LEAD)),
            (_("配合单位"), _named(units, TaskUnit.Part.PARTICIPANT)),
            (_("责任领导"), found.leader or None),
            (_("责任科室"), found.office.name if found.office else None),
            (_("联系人"), " ".join(filter(None, (found.contact, found.contact_phone))) or None),
        ],
        "targets": targets,
        "nodes": list(found.nodes.order_by("due_on")),
        "parts": list(parts),
        "reports": reports,
        "may_report": found.answerable_id is not None and allowed("task.report", request.actor, found),
        "may_decide": may(request.actor, RUN_PLANS),
    }
    return render(request, "plans/task.html", context)


def _named(units: list[TaskUnit], part: str) -> str | None:
    return "、".join(dict.fromkeys(each.printed for each in units if each.part == part)) or None
