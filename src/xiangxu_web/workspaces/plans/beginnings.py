"""What splitting, the leaders' sentences and milestones have for the start page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import FEW, Line, Question, Section, few
from xiangxu_web.workspaces.plans.chasing import owed_count
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.milestones import hindrance
from xiangxu_web.workspaces.plans.models import Mark, Task
from xiangxu_web.workspaces.plans.reporting import instructions_open
from xiangxu_web.workspaces.plans.rules import CHASE, VERIFIERS
from xiangxu_web.workspaces.plans.standing import day_left, lamp_of


def first(actor: Actor, parts: Sequence[int], told: Sequence[Task]) -> list[Section]:
    """The leaders' sentences before all else; what was sent down and waits for an answer (``parts``, of which the first are ``told``);
    what waits for a second person."""
    return [*_instructions(actor), _parts(parts, told), *_milestones(actor), *_chasing(actor)]


def waiting_parts(actor: Actor) -> QuerySet[Task]:
    """What was sent down and waits for the post's answer."""
    found: QuerySet[Task] = rows("part.answer", actor).filter(sent=Task.Sent.SENT)
    return found


_TOLD_OF_TASK = ("title", "answerable__name", "answerable__short_name")


def _instructions(actor: Actor) -> list[Section]:
    count, found = few(instructions_open(actor).only("line", "due_on", *(f"task__{name}" for name in _TOLD_OF_TASK)))
    lines = [
        Line(each.line, reverse("task", args=[each.task_id]), f"{each.task} · {each.task.answerable or ''}", each.due_on)
        for each in found
    ]
    return [Section(Question.TO_DO, _("领导批示"), count, lines)]


def _parts(parts: Sequence[int], told: Sequence[Task]) -> Section:
    asked, again = _("%(unit)s：请接受或提出异议"), _("%(unit)s：异议没有采纳，维持原数：%(reason)s")
    lines = [line(part, (again if part.dispute else asked) % {"unit": part.answerable, "reason": part.upheld}) for part in told]
    url = f"{reverse('tasks')}?sent=sent"
    return Section(Question.TO_DO, _("待确认的分解任务"), len(parts), lines, url)


def line(task: Task, why: str = "", at: str = "") -> Line:
    """A task on the start page, with its lamp; ``why``: what is wanted of the reader, else whose it is and how it stands."""
    lamp = lamp_of(task)
    owner = str(task.answerable) if task.answerable else _("未定牵头单位")
    # The lamp names the days already where the deadline has passed.
    return Line(task.title, reverse("task", args=[task.pk]) + at, why or f"{owner} · {lamp.why}", day_left(task, lamp), lamp)


def _milestones(actor: Actor) -> list[Section]:
    if not actor.is_any(*VERIFIERS):
        return []
    waiting = rows("milestone.verify", actor).filter(word=Mark.Word.YES, verified=None, refused="")
    found = [mark for mark in waiting.select_related("target").order_by("made")[: 5 * FEW] if not hindrance(actor, mark)]
    lines = [
        Line(mark.target.metric, reverse("milestone", args=[mark.target_id]), marked(mark.note, entered=mark.entered_for))
        for mark in found[:FEW]
    ]
    return [Section(Question.TO_DO, _("待您核验的事项"), len(found), lines)]


def _chasing(actor: Actor) -> list[Section]:
    if not may(actor, CHASE):
        return []
    count = owed_count(actor)
    words = _("过期的、没有报的，可按单位写成一段话，复制到群里。")
    return [Section(Question.RED, _("要催办的"), count, (), reverse("chase"), hint=words)]
