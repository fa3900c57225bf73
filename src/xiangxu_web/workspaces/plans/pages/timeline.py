"""What falls due when, month by month: tasks, their nodes, targets.

A county may have hundreds of things that fall due in one month: the days of the year are counted, and only what is shown is read. What
one task asks of many units for the same day is one line that names them all: the same words thirteen times tell nobody more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.targets.status import Verdict
from xiangxu.targets.task import Standing
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.web import Request, number_in
from xiangxu_web.workspaces.plans.counting import silent_past
from xiangxu_web.workspaces.plans.judging import target_lamp, verdicts
from xiangxu_web.workspaces.plans.models import Node, Target, Task
from xiangxu_web.workspaces.plans.papers import amount, wanted
from xiangxu_web.workspaces.plans.standing import lamp_for, standings_of
from xiangxu_web.workspaces.plans.twins import ONCE


@dataclass(frozen=True)
class Due:
    """One thing that falls due on a day: of which task, and whose it is. ``alike``: the same of several units, each with its own page."""

    day: date | None
    kind: str
    title: str
    url: str
    lamp: Lamp
    of: str = ""
    whose: str = ""
    alike: Sequence[Due] = ()

    @property
    def line(self) -> str:
        """Of what and whose it is, as one line."""
        return " · ".join(filter(None, (self.of, self.whose)))


class Key(NamedTuple):
    """What falls due on a day, before anything else of it is read: one thing, or the same of several parts of a task. Sorts by day, then
    tasks, nodes, targets."""

    day: date
    kind: int
    pks: tuple[int, ...]


@dataclass(frozen=True)
class Month:
    """What falls due in a month: how much there is, and the first of it; ``more`` where that is not all."""

    number: int
    name: str
    now: bool
    count: int
    dues: list[Due]
    more: bool


_TASKS, _NODES, _TARGETS = range(3)
# A year with no more things than these is shown whole; of the months of a fuller one the first few.
_WHOLE, _FIRST = 200, 30
# One month alone is leafed through by so many things.
_PAGE = 100


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
        *_keys(_TASKS, tasks, "parent_id", "title"),
        *_keys(_NODES, nodes, "task__parent_id", "words", "quantity", "task__uom"),
        *_keys(_TARGETS, targets),
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
    shown: dict[int, Sequence[Key]]
    if month is not None and month in by_month:
        page = Paginator(list(_leaves(by_month[month])), 1).get_page(request.GET.get("page"))
        shown = {month: page.object_list[0]}
    else:
        whole = sum(len(key.pks) for key in keys) <= _WHOLE
        shown = {number: its if whole else _first(its, _FIRST) for number, its in by_month.items()}
    dues = _read([key for its in shown.values() for key in its], today)
    counts = {number: sum(len(key.pks) for key in its) for number, its in by_month.items()}
    context = {
        "title": _("时间线"),
        "months": [
            Month(
                number,
                date_format(date(year, number, 1), "YEAR_MONTH_FORMAT"),
                (year, number) == (today.year, today.month),
                counts[number],
                [due for key in its for due in _alike([dues[key.kind, pk] for pk in key.pks if (key.kind, pk) in dues])],
                len(its) < len(by_month[number]),
            )
            for number, its in sorted(shown.items())
        ],
        "page": page,
        "years": years,
        "year": year,
        "plans": plans.values(),
        "chosen": chosen,
        "mine": mine,
        "count": sum(counts.values()),
        "silent_past": silent_past(tasks.filter(due_on__year=year)),
        "ongoing": tasks.filter(ongoing=True).count(),
        "undated": tasks.filter(due_on=None, ongoing=False).count(),
    }
    return render(request, "plans/timeline.html", context)


def _first(keys: Sequence[Key], most: int) -> Sequence[Key]:
    """The first lines, of so many things at most; one line in any case."""
    told = 0
    for number, key in enumerate(keys):
        told += len(key.pks)
        if number and told > most:
            return keys[:number]
    return keys


def _leaves(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The lines leaf by leaf."""
    while keys:
        leaf = _first(keys, _PAGE)
        yield leaf
        keys = keys[len(leaf) :]


def _keys(kind: int, found: QuerySet[Any], *same: str) -> list[Key]:
    """What falls due, by day. ``same``: by what parts of a task are alike, first their task; a thing that is no part stands alone."""
    alike: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for day, pk, *words in found.filter(due_on__isnull=False).order_by("pk").values_list("due_on", "pk", *same):
        alike[(day, *words) if words and words[0] is not None else (day, "", pk)].append(pk)
    return [Key(its[0], kind, tuple(pks)) for its, pks in alike.items()]


def _read(keys: Sequence[Key], today: date) -> dict[tuple[int, int], Due]:
    """The things of these keys, by kind and their own key; the keys went through the permission."""

    def its(kind: int) -> list[int]:
        return [pk for key in keys if key.kind == kind for pk in key.pks]

    tasks = Task.objects.filter(pk__in=its(_TASKS))
    standings = standings_of(tasks, today)
    nodes = Node.objects.filter(pk__in=its(_NODES), task__isnull=False).select_related("task__answerable")
    targets = list(Target.objects.filter(pk__in=its(_TARGETS)).select_related("task"))
    known = verdicts(targets)
    return {
        **{(_TASKS, task[0]): _task(standings[task[0]], today, *task) for task in tasks.values_list(*_OF_TASK)},
        **{(_NODES, node.pk): _node(node, node.task, today) for node in nodes if node.task},
        **{(_TARGETS, each.pk): _target(each, known[each.pk]) for each in targets},
    }


def _alike(dues: Sequence[Due]) -> list[Due]:
    """One line for what stands alike; units that stand otherwise have a line of their own."""
    by_lamp: defaultdict[tuple[str, str], list[Due]] = defaultdict(list)
    for due in dues:
        by_lamp[due.lamp.state, str(due.lamp)].append(due)
    return [
        its[0] if len(its) == 1 else replace(its[0], url="", whose=_("%(n)s 个单位") % {"n": len(its)}, alike=its)
        for its in by_lamp.values()
    ]


# Of a task asked of sixty schools there are sixty: what is told of it is read, and no object made.
_OF_TASK = ("pk", "title", "due_on", "answerable__short_name", "answerable__name")


def _task(stands: Standing, today: date, pk: int, title: str, due: date | None, *owner: str | None) -> Due:
    whose = next(filter(None, owner), "") or _("未定牵头单位")
    return Due(due, _("任务"), title, reverse("task", args=[pk]), lamp_for(stands, due, today), whose=whose)


def _node(node: Node, task: Task, today: date) -> Due:
    words = " ".join(filter(None, (node.words, amount(node.quantity, task.uom))))
    title = _("节点：%(words)s") % {"words": words or task.title}
    owner = str(task.answerable) if task.answerable else ""
    return Due(
        node.due_on, _("节点"), title, reverse("task", args=[task.pk]), _node_lamp(node, task.done, today), task.title, owner
    )


def _node_lamp(node: Node, done: float | None, today: date) -> Lamp:
    """A step is reached when somebody said so, a figure when as much is reported done; of a figure nobody reported nothing is known."""
    known = None if node.quantity is None or done is None else done >= node.quantity
    if node.reached_on or known:
        return Lamp("met", _("已达到"))
    if node.due_on >= today:
        return Lamp("none", _("未到"))
    if known is not None:
        return Lamp("behind", _("未达到"))
    return Lamp("none", _("已过，未报数") if node.quantity is not None else _("已过，未登记达到"))


def _target(target: Target, verdict: Verdict) -> Due:
    title = " ".join(filter(None, (target.metric, wanted(target))))
    of = target.task.title if target.task else ""
    return Due(target.due_on, _("目标"), title, reverse("target", args=[target.pk]), target_lamp(target, verdict), of)
