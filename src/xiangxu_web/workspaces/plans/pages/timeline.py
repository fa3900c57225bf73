"""What falls due when, month by month: tasks, their nodes, targets.

A county may have hundreds of things that fall due in one month: the days of the year are counted, and only what is shown is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.targets.status import Verdict
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.plans.counting import silent_past
from xiangxu_web.workspaces.plans.judging import target_lamp, verdicts
from xiangxu_web.workspaces.plans.models import Node, Target, Task
from xiangxu_web.workspaces.plans.papers import wanted
from xiangxu_web.workspaces.plans.standing import lamp_of, with_standing
from xiangxu_web.workspaces.plans.twins import ONCE


@dataclass(frozen=True)
class Due:
    """One thing that falls due on a day."""

    day: date | None
    kind: str
    title: str
    url: str
    line: str
    lamp: Lamp


class Key(NamedTuple):
    """One thing that falls due, before anything else of it is read. Sorts by day, then tasks, nodes, targets."""

    day: date
    kind: int
    pk: int


@dataclass(frozen=True)
class Month:
    """What falls due in a month: how much there is, and the first of it."""

    number: int
    name: str
    now: bool
    count: int
    dues: list[Due]


_TASKS, _NODES, _TARGETS = range(3)
# A year with no more than these is shown whole; of the months of a fuller one the first few.
_WHOLE, _FIRST = 100, 8
# One month alone is leafed through by so many.
_PAGE = 50


def timeline(request: Request) -> HttpResponse:
    """One year of the plans that the post sees; ``?year=``, ``?month=``, ``?plan=``, ``?mine=1`` narrow it. What has no day is counted,
    not hidden."""
    today = clock.today()
    mine = bool(request.GET.get("mine"))
    tasks = rows("task.mine" if mine else "task.see", request.actor).filter(ONCE, dropped=None)
    targets = rows("target.see", request.actor).filter(ONCE, dropped=None)
    plans = {str(plan.pk): plan for plan in rows("plan.see", request.actor).order_by("-made")}
    chosen = request.GET.get("plan", "")
    if chosen in plans:
        tasks, targets = tasks.filter(plan_id=chosen), targets.filter(plan_id=chosen)
    if mine:
        targets = targets.filter(task__in=tasks.order_by().values("pk"))
    nodes = Node.objects.filter(task__in=tasks.order_by().values("pk"))
    # Every day there is, of all years: to ask the database for the years takes longer.
    days = [
        Key(day, kind, pk)
        for kind, found in ((_TASKS, tasks), (_NODES, nodes), (_TARGETS, targets))
        for day, pk in found.filter(due_on__isnull=False).order_by().values_list("due_on", "pk")
    ]
    years = sorted({key.day.year for key in days} | {today.year})
    asked = number_in(request.GET.get("year", ""))
    year = asked if asked is not None and asked in years else today.year
    keys = sorted(key for key in days if key.day.year == year)
    by_month: defaultdict[int, list[Key]] = defaultdict(list)
    for key in keys:
        by_month[key.day.month].append(key)
    month = number_in(request.GET.get("month", ""))
    page = None
    shown: dict[int, list[Key]]
    if month is not None and month in by_month:
        page = Paginator(by_month[month], _PAGE).get_page(request.GET.get("page"))
        shown = {month: list(page)}
    else:
        most = len(keys) if len(keys) <= _WHOLE else _FIRST
        shown = {number: its[:most] for number, its in by_month.items()}
    dues = _read([key for its in shown.values() for key in its], today)
    context = {
        "title": _("时间线"),
        "months": [
            Month(
                number,
                date_format(date(year, number, 1), "YEAR_MONTH_FORMAT"),
                (year, number) == (today.year, today.month),
                len(by_month[number]),
                [dues[key] for key in its if key in dues],
            )
            for number, its in sorted(shown.items())
        ],
        "page": page,
        "years": years,
        "year": year,
        "plans": plans.values(),
        "chosen": chosen,
        "mine": mine,
        "count": len(keys),
        "silent_past": silent_past(tasks.filter(due_on__year=year)),
        "ongoing": tasks.filter(ongoing=True).count(),
        "undated": tasks.filter(due_on=None, ongoing=False).count(),
    }
    return render(request, "plans/timeline.html", context)


def _read(keys: Sequence[Key], today: date) -> dict[Key, Due]:
    """The things of these keys; the keys went through the permission."""

    def its(kind: int) -> list[int]:
        return [key.pk for key in keys if key.kind == kind]

    tasks = Task.objects.filter(pk__in=its(_TASKS)).select_related("answerable")
    nodes = Node.objects.filter(pk__in=its(_NODES), task__isnull=False).select_related("task__answerable")
    targets = list(Target.objects.filter(pk__in=its(_TARGETS)).select_related("task"))
    known = verdicts(targets)
    return {
        **{Key(task.due_on, _TASKS, task.pk): _task(task) for task in with_standing(tasks) if task.due_on},
        **{Key(node.due_on, _NODES, node.pk): _node(node, node.task, today) for node in nodes if node.task},
        **{Key(each.due_on, _TARGETS, each.pk): _target(each, known[each.pk]) for each in targets if each.due_on},
    }


def _task(task: Task) -> Due:
    line = str(task.answerable) if task.answerable else _("未定牵头单位")
    return Due(task.due_on, _("任务"), task.title, reverse("task", args=[task.pk]), line, lamp_of(task))


def _node(node: Node, task: Task, today: date) -> Due:
    amount = f"{node.quantity:g}{task.uom}" if node.quantity is not None else ""
    title = _("节点：%(words)s") % {"words": " ".join(filter(None, (node.words, amount))) or task.title}
    lamp = (
        Lamp("met", _("已达到")) if node.reached_on else Lamp("none", _("已过，未登记达到") if node.due_on < today else _("未到"))
    )
    line = f"{task.title} · {task.answerable}" if task.answerable else task.title
    return Due(node.due_on, _("节点"), title, reverse("task", args=[task.pk]), line, lamp)


def _target(target: Target, verdict: Verdict) -> Due:
    title = " ".join(filter(None, (target.metric, wanted(target))))
    line = target.task.title if target.task else ""
    return Due(target.due_on, _("目标"), title, reverse("target", args=[target.pk]), line, target_lamp(target, verdict))
