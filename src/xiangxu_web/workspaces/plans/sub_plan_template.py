"""The template of a sub-plan: the plan's themes as headings, and under each what the plan asks of this very unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from xiangxu.documents.wording import requirement
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.covered import Member, choice_of, member_of, promises
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.papers import amount, own_words
from xiangxu_web.workspaces.plans.twins import ONCE

Section = dict[str, Any]
# Where the unit stands: it tells, and sets no task that wants an owner or a day.
BASICS = noop("基本情况")
# So many headings a school can answer; what the plan has beyond them goes under the last.
_MOST = 12


def template_of(plan: Plan, unit: Unit, target: Target | None = None) -> list[Section]:
    """The sections of the unit's sub-plan, still without text.

    First where it stands; then theme by theme the tasks, parts with their quantities, and promises that mean this unit; at the end who
    does it by when. A theme that asks nothing of the unit is left out. The words of tasks and promises are the document's own.
    """
    member = member_of(Unit.objects.filter(pk=unit.pk))
    asked: dict[str, list[str]] = {}
    for task in _tasks(plan, unit):
        asked.setdefault(task.theme or _("重点任务"), []).append(_task_line(task))
    for each in _promises(plan, member):
        theme = (each.task.theme if each.task else "") or _("重点任务")
        asked.setdefault(theme, []).append(_promise_line(each))
    if target is not None and not any(_promise_line(target) in lines for lines in asked.values()):
        asked.setdefault((target.task.theme if target.task else "") or _("重点任务"), []).insert(0, _promise_line(target))
    themes = list(asked.items())
    if len(themes) > _MOST:
        rest = [line for _theme, lines in themes[_MOST - 1 :] for line in lines]
        themes = [*themes[: _MOST - 1], (_("其他任务"), rest)]
    first = _section(_(BASICS), [_("现状、问题和已有条件，写具体的数。")])
    last = _section(_("责任分工和进度安排"), [_("每项工作由谁负责、哪天完成、成效怎样看得见。")])
    return [first, *(_section(theme, lines) for theme, lines in themes), last]


def _section(heading: str, asks: Sequence[str]) -> Section:
    return {"heading": heading, "asks": list(dict.fromkeys(asks)), "text": ""}


def _tasks(plan: Plan, unit: Unit) -> list[Task]:
    """The unit's own tasks and parts that were sent to it, and those in which it takes part."""
    own = Q(answerable=unit) & ~Q(kind=Task.Kind.PART, sent=Task.Sent.DRAFT)
    found = Task.objects.filter(own | Q(units__unit=unit), ONCE, plan=plan, dropped=None).distinct()
    return list(found.prefetch_related("nodes").order_by("order", "pk"))


def _promises(plan: Plan, member: Member | None) -> list[Target]:
    """The promises that mean this unit."""
    if member is None:
        return []
    found = promises(Target.objects.filter(plan=plan)).select_related("task")
    return [target for target in found if choice_of(target).has(member)]


def _task_line(task: Task) -> str:
    own = amount(task.quantity, task.uom)
    nodes = "、".join(
        f"{day(node.due_on)}{node.words or f' {amount(node.quantity, task.uom)}'.rstrip()}"
        for node in sorted(task.nodes.all(), key=lambda node: node.due_on)
    )
    due = day(task.due_on) if task.due_on else task.due_words
    told = [part for part in (own and _("本单位 %(n)s") % {"n": own}, due and _("%(due)s前") % {"due": due}, nodes) if part]
    return task.title + (f"（{'；'.join(told)}）" if told else "")


def _promise_line(target: Target) -> str:
    wanted = requirement(target.op, target.value, target.value2, target.uom or None, target.baseline)
    due = _("%(due)s前") % {"due": day(target.due_on)} if target.due_on else ""
    told = "；".join(filter(None, (wanted, due)))
    return own_words(target) + (f"（{told}）" if told else "")
