"""What falls due when, month by month: tasks, their nodes, targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.judging import target_lamp, verdicts
from xiangxu_web.workspaces.plans.models import Node
from xiangxu_web.workspaces.plans.papers import wanted
from xiangxu_web.workspaces.plans.standing import lamp_of, with_standing


@dataclass(frozen=True)
class Due:
    """One thing that falls due on a day."""

    day: date
    kind: str
    title: str
    url: str
    line: str
    lamp: Lamp


@dataclass(frozen=True)
class Month:
    """What falls due in a month."""

    name: str
    now: bool
    dues: list[Due]


def timeline(request: Request) -> HttpResponse:
    """One year of the plans that the post sees; ``?year=``, ``?plan=``, ``?mine=1`` narrow it. What has no day is counted, not hidden."""
    today = clock.today()
    mine = bool(request.GET.get("mine"))
    tasks = rows("task.mine" if mine else "task.see", request.actor).filter(dropped=None)
    targets = rows("target.see", request.actor).filter(dropped=None, same_as=None)
    plans = {str(plan.pk): plan for plan in rows("plan.see", request.actor).order_by("-made")}
    chosen = request.GET.get("plan", "")
    if chosen in plans:
        tasks, targets = tasks.filter(plan_id=chosen), targets.filter(plan_id=chosen)
    if mine:
        targets = targets.filter(task__in=tasks.order_by().values("pk"))
    nodes = Node.objects.filter(task__in=tasks.order_by().values("pk"))
    years = sorted(
        {y for found in (tasks, targets, nodes) for y in found.order_by().values_list("due_on__year", flat=True) if y}
        | {today.year}
    )
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else today.year
    dues = [
        *_tasks(with_standing(tasks.filter(due_on__year=year).select_related("answerable"))),
        *_nodes(nodes.filter(due_on__year=year).select_related("task__answerable"), today),
        *_targets(targets.filter(due_on__year=year).select_related("task__answerable")),
    ]
    context = {
        "title": _("时间线"),
        "months": _months(dues, year, today),
        "years": years,
        "year": year,
        "plans": plans.values(),
        "chosen": chosen,
        "mine": mine,
        "count": len(dues),
        "ongoing": tasks.filter(ongoing=True).count(),
        "undated": tasks.filter(due_on=None, ongoing=False).count(),
    }
    return render(request, "plans/timeline.html", context)


def _tasks(found: Iterable[Any]) -> Iterable[Due]:
    for task in found:
        line = str(task.answerable) if task.answerable else _("未定牵头单位")
        yield Due(task.due_on, _("任务"), task.title, reverse("task", args=[task.pk]), line, lamp_of(task))


def _nodes(found: Iterable[Node], today: date) -> Iterable[Due]:
    for node in found:
        task = node.task
        if task is None:
            continue
        amount = f"{node.quantity:g}{task.uom}" if node.quantity is not None else ""
        title = _("节点：%(words)s") % {"words": " ".join(filter(None, (node.words, amount))) or task.title}
        lamp = (
            Lamp("met", _("已达到"))
            if node.reached_on
            else Lamp("none", _("已过，未登记达到") if node.due_on < today else _("未到"))
        )
        line = f"{task.title} · {task.answerable}" if task.answerable else task.title
        yield Due(node.due_on, _("节点"), title, reverse("task", args=[task.pk]), line, lamp)


def _targets(found: Iterable[Any]) -> Iterable[Due]:
    targets = list(found)
    known = verdicts(targets)
    for target in targets:
        title = " ".join(filter(None, (target.metric, wanted(target))))
        line = target.task.title if target.task else ""
        lamp = target_lamp(target, known[target.pk])
        yield Due(target.due_on, _("目标"), title, reverse("target", args=[target.pk]), line, lamp)


def _months(dues: Iterable[Due], year: int, today: date) -> list[Month]:
    found: defaultdict[int, list[Due]] = defaultdict(list)
    for due in dues:
        found[due.day.month].append(due)
    return [
        Month(
            date_format(date(year, month, 1), "YEAR_MONTH_FORMAT"),
            (year, month) == (today.year, today.month),
            sorted(own, key=lambda due: due.day),
        )
        for month, own in sorted(found.items())
    ]
