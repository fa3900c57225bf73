"""Plans in the navigation and on the start page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu.targets.status import Status
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.soonest import SOONEST
from xiangxu_web.kernel.start import FEW, LATELY, Line, Question, Section, Start, few, on_start
from xiangxu_web.workspaces.areas.api import here
from xiangxu_web.workspaces.plans import beginnings, searching, where
from xiangxu_web.workspaces.plans.above import above
from xiangxu_web.workspaces.plans.counting import Counted, count_tasks, tasks_retold_words, tasks_words
from xiangxu_web.workspaces.plans.coverage_start import coverage_start
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.importing import titled
from xiangxu_web.workspaces.plans.lately import lately
from xiangxu_web.workspaces.plans.models import Draft, Report, Target, Task
from xiangxu_web.workspaces.plans.pages import unit_duties, unit_tasks
from xiangxu_web.workspaces.plans.reporting import TOLD_OF_REPORT
from xiangxu_web.workspaces.plans.rules import CHASE, RUN_PLANS
from xiangxu_web.workspaces.plans.standing import know_standings, unfinished, wants_report
from xiangxu_web.workspaces.plans.twins import ONCE

# Its part of the start page, and with it the judges of milestones, and its words of the top bar are declared by being read.
__all__ = ["beginnings", "searching", "unit_duties", "unit_tasks", "where"]
_NOT_FOR = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)
_NONE_RED = gettext_lazy("报了进展的任务里，没有逾期或滞后的。")
# A task due within so many days is told of beforehand.
_SOON = timedelta(days=30)


def _shown(actor: Actor) -> bool:
    return not actor.is_any(*_NOT_FOR)


def _whole(actor: Actor) -> bool:
    return actor.is_any(Role.CLERK, Role.LEADER, Role.OFFICE, Role.INSPECTOR, Role.SUPERVISOR)


def _chases(actor: Actor) -> bool:
    return _whole(actor) and may(actor, CHASE)


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
# For whoever works on the whole county; to others these pages are told of under 任务 and 方案.
navigation(Entry(26, gettext_lazy("目标"), "targets", "chart-bar", _whole, under=("/targets/",)))
navigation(Entry(27, gettext_lazy("催办"), "chase", "bell", _chases, under=("/chase/",)))
navigation(Entry(28, gettext_lazy("通报"), "bulletins", "printer", _whole, under=("/bulletins/",)))
on_start(12)(coverage_start)


@on_start(10)
def start(actor: Actor) -> Start:
    """The county's tasks for leaders, clerks and inspectors; for others what their own unit is asked about; above, county by county."""
    if not _shown(actor):
        return Start()
    if not actor.county_path:
        return above(actor)
    whole = actor.is_any(Role.LEADER, Role.CLERK, Role.INSPECTOR)
    tasks = rows("task.see" if whole else "task.own", actor).filter(dropped=None)
    # Of the whole county the document's tasks are told; their parts stand behind them.
    counted = count_tasks((tasks.filter(parent=None) if whole else tasks).order_by(SOONEST, "pk"))
    reds = counted.having(Status.MISSED) + counted.having(Status.BEHIND)
    sentence = tasks_words(counted)
    sentence += tasks_retold_words(counted.all, counted.retold)
    if counted.having(Status.WAITING_DATA) < counted.all and not reds:
        sentence += _NONE_RED
    wanted = None if whole else _keys(_to_report(actor))
    parts = _keys(beginnings.waiting_parts(actor))
    asked = set() if wanted is None else {*wanted, *parts}
    disputed = _keys(rows("task.see", actor).filter(sent=Task.Sent.DISPUTED, dropped=None)) if may(actor, RUN_PLANS) else []
    joined = [] if whole else _keys(rows("task.joined", actor).filter(ONCE, dropped=None))
    soon = _keys(_soon(tasks)) if _watches(actor) else []
    red = _red_keys(counted, asked)
    told = _Told(counted, [parts, wanted or [], disputed, joined, soon, *red.values()])
    return Start(
        sentence if counted.all else "",
        [
            *beginnings.first(actor, parts, told.first(parts)),
            *_to_do(actor, told, wanted, disputed, nothing_asked=not asked),
            *([] if whole else [told.section(Question.TO_DO, _("配合的任务"), joined, "?mine=joined")]),
            *_red(counted, told, red, "" if whole else "&mine=1"),
            *(
                [told.section(Question.RED, _("30 天内到期"), soon, "?due=soon", _("30 天内没有到期的任务。"))]
                if _watches(actor)
                else []
            ),
            *lately(actor),
        ],
    )


def _keys(found: QuerySet[Task]) -> list[int]:
    return list(found.order_by(SOONEST, "pk").values_list("pk", flat=True))


class _Told:
    """The tasks that the panels name: the first few of each list, read at once; most are ``counted``, so that it is known how they stand."""

    def __init__(self, counted: Counted, lists: Iterable[Sequence[int]]) -> None:
        first = {key for keys in lists for key in keys[:FEW]}
        found = list(Task.objects.filter(pk__in=first).select_related("answerable"))
        know_standings(found, counted.standings)
        self.tasks = {task.pk: task for task in found}
        self.any = bool(counted.all)

    def first(self, keys: Sequence[int]) -> list[Task]:
        """The first few of a list."""
        return [self.tasks[key] for key in keys[:FEW]]

    def section(self, question: Question, title: str, keys: Sequence[int], query: str, nothing: str = "") -> Section:
        """A panel of tasks that leads to all of them."""
        lines = [beginnings.line(task) for task in self.first(keys)]
        return Section(question, title, len(keys), lines, reverse("tasks") + query, nothing)


def _to_do(
    actor: Actor, told: _Told, wanted: Sequence[int] | None, disputed: Sequence[int], *, nothing_asked: bool
) -> list[Section]:
    """``wanted``: what the post has to report on; None of those who watch the whole county."""
    if may(actor, RUN_PLANS):
        drafts, first_drafts = few(
            titled(rows("draft.see", actor).filter(state=Draft.State.OPEN)).order_by("-made").only("name", "made")
        )
        handed_in = rows("report.see", actor).filter(state=Report.State.HANDED_IN)
        reports, first_reports = few(handed_in.select_related("task", "unit").only(*TOLD_OF_REPORT).order_by("made"))
        targets = rows("target.see", actor).filter(ONCE, dropped=None, binding=Target.Binding.PROPOSED)
        return [
            *([] if told.any else _begin(actor)),
            Section(
                Question.TO_DO,
                _("待校对的导入稿"),
                drafts,
                # The same paper may have been uploaded twice: file and time tell one from the other.
                [
                    Line(d.title, reverse("draft", args=[d.pk]), f"{d.name} · {date_format(localtime(d.made), 'm-d H:i')}")
                    for d in first_drafts
                ],
                reverse("plans"),
            ),
            _waiting(_("待审核的进展"), reports, first_reports),
            Section(
                Question.TO_DO,
                _("有异议的分解任务"),
                len(disputed),
                [beginnings.line(t, t.dispute) for t in told.first(disputed)],
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
    second = _second_person(actor)
    if wanted is not None:
        returned, first_returned = few(
            rows("report.see", actor)
            .filter(state=Report.State.RETURNED, post_id=actor.post_id, decided__gte=clock.now() - LATELY)
            .select_related("task")
            .only("reason", "task__title")
            .order_by("-decided")
        )
        return [
            *second,
            Section(
                Question.TO_DO,
                _("被退回的进展"),
                returned,
                [Line(r.task.title, reverse("task", args=[r.task_id]), r.reason) for r in first_returned],
                reverse("tasks") + "?mine=returned",
            ),
            Section(
                Question.TO_DO,
                _("等您报进展"),
                len(wanted),
                [beginnings.line(t, at="#report") for t in told.first(wanted)],
                reverse("tasks") + "?mine=1",
                _("本单位没有要报的任务。") if nothing_asked else "",
            ),
        ]
    return second


def _to_report(actor: Actor) -> QuerySet[Task]:
    """The tasks on which the post has to report in this round: not what is done, lies with the bureau, or was sent down and is not
    accepted yet, which is asked for first."""
    waiting = rows("report.see", actor).filter(state=Report.State.HANDED_IN).values("task_id")
    accepted = ~Q(kind=Task.Kind.PART) | Q(sent=Task.Sent.ACCEPTED)
    mine = rows("task.report", actor).filter(accepted, wants_report(clock.today()), dropped=None)
    return unfinished(mine.exclude(pk__in=waiting))


def _watches(actor: Actor) -> bool:
    """Those who watch the county's tasks and have none of their own to report on: they are told what falls due."""
    return actor.is_any(Role.LEADER, Role.INSPECTOR) and not may(actor, RUN_PLANS)


def _soon(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """What falls due within the month."""
    today = clock.today()
    return unfinished(tasks.filter(ONCE, due_on__gte=today, due_on__lte=today + _SOON))


def _waiting(title: str, count: int, first: list[Report]) -> Section:
    lines = [
        Line(
            r.task.title,
            reverse("task", args=[r.task_id]),
            marked(f"{r.unit} · {r.get_word_display()} · {r.line}", entered=r.entered_for),
        )
        for r in first
    ]
    return Section(Question.TO_DO, title, count, lines, reverse("reports") + "?state=handed-in")


def _second_person(actor: Actor) -> list[Section]:
    """What the bureau's clerk reported as the bureau and one of its sections or leaders has to look at; nothing where nothing waits."""
    waiting = rows("report.decide", actor).filter(state=Report.State.HANDED_IN, task__dropped=None)
    count, first = few(waiting.select_related("task", "unit").only(*TOLD_OF_REPORT).order_by("made"))
    return [_waiting(_("请您审核：专干替本局报的进展"), count, first)] if count else []


def _begin(actor: Actor) -> list[Section]:
    """The first step of a county that has neither a plan nor an import."""
    under_way = (Draft.State.READING, Draft.State.FAILED, Draft.State.OPEN)
    if rows("plan.see", actor).exists() or rows("draft.see", actor).filter(state__in=under_way).exists():
        return []
    words = _("上传已印发的文件（Word、PDF、扫描件都可以），读出任务和目标，由您校对后发布。")
    return [
        Section(Question.TO_DO, _("第一步"), 1, [Line(here(_("导入本县的方案"), actor.county_path), reverse("new-draft"), words)])
    ]


def _red_keys(counted: Counted, asked: Collection[int]) -> dict[str, list[int]]:
    """What is late, what is past its deadline without a word, what is behind: the silent beside the honest. What the reader is ``asked``
    to do something about stands there, with its lamp, and is not told again."""

    def left(keys: Iterable[int]) -> list[int]:
        return [key for key in keys if key not in asked]

    return {
        "missed": left(key for key, verdict in counted.verdicts.items() if verdict.status is Status.MISSED),
        "silent-past": left(counted.silent_past),
        "behind": left(key for key, verdict in counted.verdicts.items() if verdict.status is Status.BEHIND),
    }


def _red(counted: Counted, told: _Told, red: Mapping[str, Sequence[int]], more: str) -> list[Section]:
    titles = {"missed": _("逾期"), "silent-past": _("时限已过、未报进展"), "behind": _("滞后")}
    sections = [told.section(Question.RED, titles[state], keys, f"?state={state}{more}") for state, keys in red.items()]
    none_red = not counted.having(Status.MISSED) and not counted.having(Status.BEHIND)
    return sections if not none_red else [Section(Question.RED, _("逾期和滞后"), 0, nothing=_NONE_RED), *sections]
