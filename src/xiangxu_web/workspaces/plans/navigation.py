"""Plans in the navigation and on the start page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import Line, Question, Section, Start, on_start
from xiangxu_web.workspaces.plans import beginnings, searching
from xiangxu_web.workspaces.plans.coverage_start import coverage_start
from xiangxu_web.workspaces.plans.models import Draft, Report, Target, Task
from xiangxu_web.workspaces.plans.pages import unit_tasks
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.standing import lamp_of, with_standing

# Its part of the start page, and with it the judges of milestones, are declared by being read.
__all__ = ["beginnings", "searching", "unit_tasks"]
_NOT_FOR = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)
# How many lines a panel of the start page shows.
_FEW = 6
# A task due within so many days is told of beforehand.
_SOON = timedelta(days=30)
_LATELY = timedelta(days=30)
# So long after its last report a task wants a new one.
_REPORT_EVERY = timedelta(days=31)


def _shown(actor: Actor) -> bool:
    return not actor.is_any(*_NOT_FOR)


navigation(
    Entry(20, gettext_lazy("方案"), "plans", "file-text", _shown, under=("/plans/", "/drafts/", "/bulletins/", "/sub-plans/"))
)
navigation(
    Entry(
        25,
        gettext_lazy("任务"),
        "tasks",
        "list-check",
        _shown,
        under=("/tasks/", "/chase/", "/reports/", "/timeline/", "/calendar/", "/targets/"),
    )
)
on_start(12)(coverage_start)


@on_start(10)
def start(actor: Actor) -> Start:
    """The county's tasks for leaders and clerks; for others what their own unit is asked about; above, county by county."""
    if not _shown(actor):
        return Start()
    if not actor.county_path:
        return _above(actor)
    whole = actor.is_any(Role.LEADER, Role.CLERK)
    tasks = rows("task.see" if whole else "task.mine", actor).filter(dropped=None)
    # Of the whole county the document's tasks are told; their parts stand behind them.
    told = with_standing((tasks.filter(parent=None) if whole else tasks).select_related("answerable").order_by("due_on", "pk"))
    standing = [(task, lamp_of(task)) for task in told]
    counted = Counter(str(lamp.state) for _task, lamp in standing)
    sentence = _(
        "共 %(all)s 项任务：完成 %(done)s 项，正常推进 %(well)s 项，滞后 %(behind)s 项，逾期 %(late)s 项，还没有接收到进展 %(silent)s 项。"
    ) % {
        "all": len(standing),
        "done": counted["met"],
        "well": counted["on-course"],
        "behind": counted["behind"],
        "late": counted["missed"],
        "silent": counted["waiting-data"],
    }
    open_tasks = tasks.exclude(word=Task.Word.DONE)
    sections = [*_to_do(actor, open_tasks), *_red(standing, "" if whole else "&mine=1"), *_changed(actor)]
    return Start(sentence if standing else "", sections)


def _line(task: Task, why: str = "") -> Line:
    lamp = lamp_of(task)
    owner = str(task.answerable) if task.answerable else _("未定牵头单位")
    # The lamp's sentence names the days already where the deadline has passed.
    due = None if lamp.state == "missed" else task.due_on
    return Line(task.title, reverse("task", args=[task.pk]), why or f"{owner} · {lamp.why}", due, lamp)


def _few(found: QuerySet[Task], *order: str) -> list[Task]:
    return list(with_standing(found.order_by(*order, "pk").select_related("answerable"))[:_FEW])


def _to_do(actor: Actor, open_tasks: QuerySet[Task]) -> list[Section]:
    today = clock.today()
    if may(actor, RUN_PLANS):
        drafts = rows("draft.see", actor).filter(state=Draft.State.OPEN).order_by("-made")
        reports = rows("report.see", actor).filter(state=Report.State.HANDED_IN)
        targets = rows("target.see", actor).filter(dropped=None, binding=Target.Binding.PROPOSED)
        disputed = rows("task.see", actor).filter(sent=Task.Sent.DISPUTED, dropped=None)
        waiting = reports.select_related("task", "unit").order_by("made")
        return [
            Section(
                Question.TO_DO,
                _("待校对的导入稿"),
                drafts.count(),
                [Line(d.name, reverse("draft", args=[d.pk])) for d in drafts[:_FEW]],
                reverse("plans"),
            ),
            Section(
                Question.TO_DO,
                _("待审核的进展"),
                reports.count(),
                [
                    Line(r.task.title, reverse("task", args=[r.task_id]), f"{r.unit} · {r.get_word_display()} · {r.line}")
                    for r in waiting[:_FEW]
                ],
                reverse("reports") + "?state=handed-in",
            ),
            Section(
                Question.TO_DO,
                _("有异议的分解任务"),
                disputed.count(),
                [_line(t, t.dispute) for t in _few(disputed, "due_on")],
                reverse("tasks") + "?sent=disputed",
            ),
            Section(
                Question.TO_DO,
                _("还没有确认怎么算的目标"),
                targets.count(),
                [],
                reverse("targets") + "?binding=proposed",
                hint=_("系统已提出算法，逐条确认后才计算；可以先发布，以后再确认。"),
            ),
        ]
    mine = rows("task.report", actor).filter(dropped=None).exclude(word=Task.Word.DONE)
    if not actor.is_any(Role.LEADER):
        wanted = mine.filter(Q(reported_on=None) | Q(reported_on__lt=today - _REPORT_EVERY)).exclude(
            pk__in=rows("report.see", actor).filter(state=Report.State.HANDED_IN).values("task_id")
        )
        returned = (
            rows("report.see", actor)
            .filter(state=Report.State.RETURNED, post_id=actor.post_id, decided__gte=clock.now() - _LATELY)
            .select_related("task")
        )
        return [
            Section(
                Question.TO_DO,
                _("被退回的进展"),
                returned.count(),
                [Line(r.task.title, reverse("task", args=[r.task_id]), r.reason) for r in returned.order_by("-decided")[:_FEW]],
                reverse("tasks") + "?mine=returned",
            ),
            Section(
                Question.TO_DO,
                _("等您报进展"),
                wanted.count(),
                [_line(t) for t in _few(wanted, "due_on")],
                reverse("tasks") + "?mine=1",
                _("本单位没有要报的任务。"),
            ),
        ]
    soon = open_tasks.filter(due_on__gte=today, due_on__lte=today + _SOON)
    return [
        Section(
            Question.TO_DO,
            _("30 天内到期"),
            soon.count(),
            [_line(t) for t in _few(soon, "due_on")],
            reverse("tasks") + "?due=soon",
            _("30 天内没有到期的任务。"),
        )
    ]


def _red(standing: Sequence[tuple[Task, Lamp]], more: str) -> list[Section]:
    missed = [task for task, lamp in standing if lamp.state == "missed"]
    behind = [task for task, lamp in standing if lamp.state == "behind"]
    if not missed and not behind:
        return [Section(Question.RED, _("逾期和滞后"), 0, nothing=_("没有逾期或滞后的任务。"))]
    there = reverse("tasks")
    return [
        Section(Question.RED, _("逾期"), len(missed), [_line(t) for t in missed[:_FEW]], f"{there}?state=missed{more}"),
        Section(Question.RED, _("滞后"), len(behind), [_line(t) for t in behind[:_FEW]], f"{there}?state=behind{more}"),
    ]


def _changed(actor: Actor) -> list[Section]:
    since = clock.now() - _LATELY
    reports = rows("report.see", actor).filter(state=Report.State.ACCEPTED, decided__gte=since).select_related("task", "unit")
    lines = [
        Line(r.task.title, reverse("task", args=[r.task_id]), f"{r.unit} · {r.get_word_display()} · {r.line}")
        for r in reports.order_by("-decided")[:_FEW]
    ]
    return [Section(Question.CHANGED, _("近 30 天接收的进展"), reports.count(), lines, "", _("近 30 天没有新进展。"))]


def _above(actor: Actor) -> Start:
    """For whoever supervises counties: plan by plan, what was reported and accepted."""
    found = (
        rows("plan.see", actor)
        .select_related("area")
        .annotate(
            all=Count("tasks", filter=Q(tasks__dropped=None, tasks__parent=None)),
            done=Count("tasks", filter=Q(tasks__dropped=None, tasks__parent=None, tasks__word=Task.Word.DONE)),
            silent=Count("tasks", filter=Q(tasks__dropped=None, tasks__parent=None, tasks__word=Task.Word.NONE)),
        )
    )
    lines = [
        Line(
            f"{plan.area} · {plan}",
            reverse("plan", args=[plan.pk]),
            _("共 %(all)s 项，完成 %(done)s 项，未报 %(silent)s 项")
            % {"all": plan.all, "done": plan.done, "silent": plan.silent},
        )
        for plan in found.order_by("area__path", "-made")
    ]
    sentence = ngettext("下级已发布 %(n)s 份方案。", "下级已发布 %(n)s 份方案。", len(lines)) % {"n": len(lines)}
    return Start(
        sentence, [Section(Question.CHANGED, _("各县方案"), len(lines), lines, reverse("plans"), _("下级还没有发布方案。"))]
    )
