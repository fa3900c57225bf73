"""The start page of whoever supervises counties: whom to ask for a plan or for progress, where it is red, what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiangxu import clock
from xiangxu.targets.status import Status
from xiangxu.targets.task import Missing
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.start import FEW, Line, Question, Section, Start
from xiangxu_web.workspaces.areas.api import Area
from xiangxu_web.workspaces.plans.counting import NONE, Counted, count_tasks_by_plan
from xiangxu_web.workspaces.plans.lately import lately
from xiangxu_web.workspaces.plans.models import Plan, Report

# Without accepted progress for so long a county is asked.
_QUIET = timedelta(days=31)


def above(actor: Actor) -> Start:
    """Only what counties published, issued, approved and accepted; what they have not decided yet is theirs."""
    plans = list(rows("plan.see", actor).select_related("area").order_by("area__path", "-made"))
    counts = count_tasks_by_plan(rows("task.see", actor).filter(dropped=None, parent=None))
    sentence = ngettext("下级已发布 %(n)s 份方案。", "下级已发布 %(n)s 份方案。", len(plans)) % {"n": len(plans)}
    published, accepted = lately(actor)
    return Start(sentence, [*_to_ask(actor, plans), _red(plans, counts), published, _standing(plans, counts), accepted])


def _to_ask(actor: Actor, plans: Sequence[Plan]) -> Iterator[Section]:
    """The counties that have no plan, and the plans from which nothing was heard for a month."""
    have = {plan.area_id for plan in plans}
    counties = rows("area.see", actor).filter(level=Area.Level.COUNTY, path__startswith=actor.area_path).order_by("path")
    without = [Line(area.name, reverse("area", args=[area.code])) for area in counties if area.pk not in have]
    yield Section(
        Question.TO_DO,
        _("还没有发布方案的县"),
        len(without),
        without[:FEW],
        nothing=_("所辖各县都发布了方案。还没有发布的县会列在这里，可以催报。"),
    )
    accepted = rows("report.see", actor).filter(state=Report.State.ACCEPTED).order_by()
    # Progress from before the system has the day it is of, and none on which somebody accepted it.
    heard = Max(Coalesce("decided__date", "day"))
    last: dict[int, date] = dict(accepted.values_list("task__plan_id").annotate(heard=heard))
    quiet = [
        Line(
            f"{plan.area} · {plan}",
            reverse("plan", args=[plan.pk]),
            _("最近一次是 %(day)s") % {"day": day(last[plan.pk])} if plan.pk in last else _("还没有接收过进展"),
        )
        for plan in plans
        if plan.closed is None and last.get(plan.pk, date.min) < clock.today() - _QUIET
    ]
    yield Section(Question.TO_DO, _("一个月没有新进展的方案"), len(quiet), quiet[:FEW], reverse("plans"))


def _red(plans: Sequence[Plan], counts: Mapping[int, Counted]) -> Section:
    """Plan by plan what is late and behind, the worst first, and beside it what is past its deadline without a word."""
    lines = []
    for plan in sorted((each for each in plans if each.closed is None), key=lambda plan: -_late(counts.get(plan.pk, NONE))):
        its = counts.get(plan.pk, NONE)
        told = [
            words % {"n": count}
            for words, count in (
                (_("逾期 %(n)s 项"), its.having(Status.MISSED)),
                (_("滞后 %(n)s 项"), its.having(Status.BEHIND)),
                (_("时限已过、未报进展 %(n)s 项"), len(its.silent_past)),
            )
            if count
        ]
        if told:
            state = "missed" if its.having(Status.MISSED) else "behind" if its.having(Status.BEHIND) else "silent-past"
            address = f"{reverse('tasks')}?plan={plan.pk}&state={state}"
            lines.append(Line(f"{plan.area} · {plan}", address, "，".join(told)))
    nothing = _("各县报了进展的任务里，没有逾期或滞后的。有的会按县列在这里。")
    return Section(Question.RED, _("有逾期或滞后的县"), len(lines), lines[:FEW], reverse("plans"), nothing)


def _late(counted: Counted) -> int:
    return counted.having(Status.MISSED) + counted.having(Status.BEHIND)


def _standing(plans: Sequence[Plan], counts: Mapping[int, Counted]) -> Section:
    """How each plan stands on the whole, by what was accepted: what a county has not decided on yet is as if it had not come."""
    lines = [Line(f"{plan.area} · {plan}", reverse("plan", args=[plan.pk]), _words(counts.get(plan.pk, NONE))) for plan in plans]
    return Section(Question.CHANGED, _("各县方案"), len(lines), lines[:FEW], reverse("plans"), _("下级还没有发布方案。"))


def _words(its: Counted) -> str:
    words = _(
        "共 %(all)s 项：已达成 %(done)s 项，正常推进 %(well)s 项，滞后 %(behind)s 项，逾期 %(late)s 项，未报齐 %(partly)s 项，"
        "还没有接收到进展 %(silent)s 项"
    )
    told = {
        "done": its.having(Status.MET),
        "well": its.having(Status.ON_COURSE),
        "behind": its.having(Status.BEHIND),
        "late": its.having(Status.MISSED),
        "partly": sum(stands.missing is Missing.PARTS for stands in its.standings.values()),
    }
    return words % {"all": its.all, **told, "silent": its.all - sum(told.values())}
