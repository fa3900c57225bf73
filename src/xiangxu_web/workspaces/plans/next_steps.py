"""What a published plan still wants of its clerk before it can be followed: a look at what was read with doubt, owners, matched units, confirmed 怎么算, chosen units, parts sent down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import Line
from xiangxu_web.workspaces.areas.api import here
from xiangxu_web.workspaces.plans.covered import choice_of, plan_promises
from xiangxu_web.workspaces.plans.looking import DOUBTFUL
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.placing import names_without_unit
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.twins import ONCE


def next_steps(actor: Actor, plan: Plan) -> list[Line]:
    """What is still to be done, in the order in which an office does it; nothing for whoever does not run the county's plans."""
    runs = may(actor, RUN_PLANS) and plan.area.path == actor.county_path and plan.closed is None
    return list(_wanting(actor, plan)) if runs else []


def _wanting(actor: Actor, plan: Plan) -> Iterator[Line]:
    tasks = rows("task.see", actor).filter(plan=plan, dropped=None)
    tasks_url, targets_url = f"{reverse('tasks')}?plan={plan.pk}", f"{reverse('targets')}?plan={plan.pk}"
    targets = rows("target.see", actor).filter(ONCE, plan=plan, dropped=None)
    of_tasks = _counted(tasks.filter(ONCE), doubtful=DOUBTFUL & Q(parent=None), ownerless=Q(answerable=None))
    of_targets = _counted(targets, doubtful=DOUBTFUL, proposed=Q(binding=Target.Binding.PROPOSED))
    if n := of_targets["doubtful"]:
        words = ngettext("%(n)s 条目标读得没有把握，还没有人看过", "%(n)s 条目标读得没有把握，还没有人看过", n) % {"n": n}
        yield Line(words, f"{targets_url}&look=doubtful", _("对照原文看一看；读错的可以更正。"))
    if n := of_tasks["doubtful"]:
        words = ngettext("%(n)s 件任务读得没有把握，还没有人看过", "%(n)s 件任务读得没有把握，还没有人看过", n) % {"n": n}
        yield Line(words, f"{tasks_url}&look=doubtful", _("对照原文看一看；读错的可以更正。"))
    if n := of_tasks["ownerless"]:
        words = ngettext("%(n)s 件任务未定牵头单位", "%(n)s 件任务未定牵头单位", n) % {"n": n}
        yield Line(words, f"{tasks_url}&unit=none", _("没有牵头单位，就没有人报进展。"))
    if n := len(names_without_unit(plan)):
        words = ngettext("%(n)s 个单位名称没有对应到本县单位", "%(n)s 个单位名称没有对应到本县单位", n) % {"n": n}
        yield Line(
            here(words, actor.county_path), reverse("plan-units", args=[plan.pk]), _("对应以后，这些单位马上看到自己的任务。")
        )
    if n := of_targets["proposed"]:
        words = ngettext("%(n)s 条目标还没有确认怎么算", "%(n)s 条目标还没有确认怎么算", n) % {"n": n}
        yield Line(words, f"{targets_url}&binding=proposed", _("没有确认的不亮灯。"))
    if n := sum(not choice_of(target) for target in plan_promises(actor, plan)):
        words = ngettext("%(n)s 条要逐单位落实的，还没有选定哪些单位", "%(n)s 条要逐单位落实的，还没有选定哪些单位", n) % {"n": n}
        yield Line(words, reverse("coverage", args=[plan.pk]), _("选定以后，这些单位才会被问到。"))
    if not tasks.filter(kind=Task.Kind.PART).exists():
        words = here(_("任务还没有分解到镇街、学校、科室"), actor.county_path)
        yield Line(words, tasks_url, _("在任务页点“分解”：各单位做多少、何时做到。"))


def _counted(found: QuerySet[Any], **which: Q) -> Mapping[str, int]:
    """How many of the rows are of each kind, in one query."""
    return found.order_by().aggregate(**{name: Count("pk", filter=of, distinct=True) for name, of in which.items()})
