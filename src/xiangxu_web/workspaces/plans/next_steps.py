"""What a published plan still wants of its clerk before it can be followed: owners, confirmed 怎么算, chosen units, parts sent down."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import Line
from xiangxu_web.workspaces.plans.covered import choice_of, plan_promises
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.twins import ONCE


def next_steps(actor: Actor, plan: Plan) -> list[Line]:
    """What is still to be done, in the order in which an office does it; nothing for whoever does not run the county's plans."""
    runs = may(actor, RUN_PLANS) and plan.area.path == actor.county_path and plan.closed is None
    return list(_wanting(actor, plan)) if runs else []


def _wanting(actor: Actor, plan: Plan) -> Iterator[Line]:
    tasks = rows("task.see", actor).filter(plan=plan, dropped=None)
    tasks_url, targets_url = f"{reverse('tasks')}?plan={plan.pk}", f"{reverse('targets')}?plan={plan.pk}"
    if n := tasks.filter(ONCE, answerable=None).count():
        words = ngettext("%(n)s 件任务未定牵头单位", "%(n)s 件任务未定牵头单位", n) % {"n": n}
        yield Line(words, f"{tasks_url}&unit=none", _("没有牵头单位，就没有人报进展。"))
    if n := rows("target.see", actor).filter(ONCE, plan=plan, dropped=None, binding=Target.Binding.PROPOSED).count():
        words = ngettext("%(n)s 条目标还没有确认怎么算", "%(n)s 条目标还没有确认怎么算", n) % {"n": n}
        yield Line(words, f"{targets_url}&binding=proposed", _("没有确认的不亮灯。"))
    if n := sum(not choice_of(target) for target in plan_promises(actor, plan)):
        words = ngettext("%(n)s 条要逐单位落实的，还没有选定哪些单位", "%(n)s 条要逐单位落实的，还没有选定哪些单位", n) % {"n": n}
        yield Line(words, reverse("coverage", args=[plan.pk]), _("选定以后，这些单位才会被问到。"))
    if not tasks.filter(kind=Task.Kind.PART).exists():
        yield Line(_("任务还没有分解到镇街、学校、科室"), tasks_url, _("在任务页点“分解”：各单位做多少、何时做到。"))
