"""How a plan stands on a day, as the core's bulletin is written from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.monthly import NOBODY, Gap, PlanState, Retold, TargetState, TaskState
from xiangxu.monthly import Instruction as Given
from xiangxu.targets.coverage import Aim, aim_of
from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.task import rolled, standing
from xiangxu_web.workspaces.accounts.api import Post
from xiangxu_web.workspaces.plans.covered import cells, choice_of, county_members, tally_of
from xiangxu_web.workspaces.plans.in_charge import bureau_of
from xiangxu_web.workspaces.plans.judging import is_bound, verdicts
from xiangxu_web.workspaces.plans.models import Bulletin, Instruction, Mark, Plan, Report, SubPlan, Target, Task
from xiangxu_web.workspaces.plans.papers import due_of, own_words, wanted, whole_title
from xiangxu_web.workspaces.plans.standing import GRACE, facts_of, with_standing
from xiangxu_web.workspaces.plans.sub_plans import ASKS_FOR_PLANS, WITH_OFFICE, WITH_UNIT
from xiangxu_web.workspaces.plans.twins import ONCE, asked_of


@dataclass(frozen=True)
class Frame:
    """What the clerk says of a bulletin: its number, day, name at the head, who issues it, to whom."""

    number: int
    day: date
    mark: str
    issuer: str
    to: str = ""
    doc_number: str = ""
    copies: str = ""
    form: Literal["brief", "red"] = "brief"
    answer_by: date | None = None


def frame_of(state: PlanState) -> Frame:
    """The frame of a state that was composed already."""
    return Frame(
        state.number,
        state.day,
        state.mark,
        state.issuer,
        state.to,
        state.doc_number,
        state.copies,
        state.form,
        state.answer_by,
    )


def under(frame: Frame, state: PlanState) -> PlanState:
    """The same figures under another head."""
    return replace(state, **vars(frame))


def usual_frame(plan: Plan, day: date) -> Frame:
    """The frame to begin with: the next number, the county's education bureau as issuer; the rest as the last bulletin had it."""
    last = Bulletin.objects.filter(plan=plan).exclude(issued=None).order_by("-number", "-edition").first()
    if last is not None:
        known = last.content["state"]
        return Frame(last.number + 1, day, known["mark"], known["issuer"], known["to"], "", known["copies"], known["form"])
    bureau = bureau_of(plan.area)
    return Frame(
        1,
        day,
        _("%(plan)s推进情况通报") % {"plan": plan.short_title} if plan.short_title else _("工作通报"),
        bureau.name if bureau else plan.issuer,
    )


def state_of(plan: Plan, frame: Frame) -> PlanState:
    """The plan as it stands now, which the day of the frame is to say: the document's tasks, each asked once, with their last
    accepted reports; targets; gaps; 批示."""
    told = Task.objects.filter(plan=plan, dropped=None, parent=None).order_by("order", "pk")
    promised = Target.objects.filter(plan=plan, dropped=None).order_by("order", "pk")
    tasks = list(with_standing(told.filter(ONCE).select_related("answerable")))
    last, answering = _last_reports(tasks), _answering(tasks)
    targets = list(promised.filter(ONCE))
    judged = verdicts(targets, frame.day)
    return PlanState(
        plan_title=plan.title,
        number=frame.number,
        day=frame.day,
        issuer=frame.issuer,
        mark=frame.mark,
        to=frame.to,
        doc_number=frame.doc_number,
        copies=frame.copies,
        form=frame.form,
        answer_by=frame.answer_by,
        tasks=tuple(_task(task, last.get(task.pk), frame.day, answering.get(task.pk, ())) for task in tasks),
        targets=tuple(TargetState(str(t.uid), own_words(t), wanted(t), judged[t.pk]) for t in targets),
        gaps=tuple(_gaps(plan, [t for t in targets if _is_gap(t, judged[t.pk], frame.day)], frame.day)),
        instructions=tuple(_instructions(plan, frame.day)),
        tasks_retold=tuple(
            Retold(str(task.uid), _name(task), _name(asked_of(task))) for task in told.exclude(ONCE).select_related("same_as")
        ),
        targets_retold=tuple(
            Retold(str(target.uid), own_words(target), own_words(asked_of(target)))
            for target in promised.exclude(ONCE).select_related("same_as")
        ),
        new=frame.day < localtime(plan.made).date() + GRACE,
    )


def _last_reports(tasks: list[Task]) -> Mapping[int, Report]:
    found = Report.objects.filter(task__in=tasks, state=Report.State.ACCEPTED).order_by("day", "pk")
    return {report.task_id: report for report in found}


def _answering(tasks: Sequence[Task]) -> Mapping[int | None, tuple[str, ...]]:
    """Task → the units that have objected to their part of it, or got it so lately that nobody expects their answer yet."""
    found: dict[int | None, tuple[str, ...]] = {}
    open_ones = Q(sent=Task.Sent.DISPUTED) | Q(sent=Task.Sent.SENT, sent_at__gt=clock.now() - GRACE)
    parts = Task.objects.filter(open_ones, parent__in=tasks, dropped=None, reported_on=None).select_related("answerable")
    for part in parts.order_by("order", "pk"):
        found[part.parent_id] = (*found.get(part.parent_id, ()), str(part.answerable))
    return found


def _task(task: Task, report: Report | None, day: date, answering: tuple[str, ...]) -> TaskState:
    facts = facts_of(task)
    stands, parts = standing(facts, day), rolled(facts, day)
    return TaskState(
        key=str(task.uid),
        name=_name(task),
        wording=whole_title(task),
        unit=str(task.answerable) if task.answerable else NOBODY,
        verdict=stands.verdict,
        due=due_of(task),
        line=report.line if report else "",
        obstacles=report.obstacles if report else "",
        parts=tuple(part.owner for part in facts.parts),
        silent=parts.silent,
        partly=parts.partly,
        parts_in_review=parts.in_review,
        lagging=parts.behind,
        answering=tuple(unit for unit in parts.silent if unit in answering),
        in_review=facts.in_review,
        past=stands.past,
        entered=report is not None and report.entered_for,
    )


def _name(task: Task) -> str:
    """What the task is called in a sentence: its title; where that was cut off, as many whole clauses of it as there are."""
    if not task.title.endswith("…"):
        return task.title
    cut = task.title.removesuffix("…")
    end = max(cut.rfind(mark) for mark in "；，、")
    return cut[:end] if end > 0 else whole_title(task)


def _is_gap(target: Target, verdict: Verdict, day: date) -> bool:
    """Whether a unit that lacks this is a problem to be named: every unit is to keep it, the way of reckoning is confirmed, it is not met,
    and its deadline, if it has one, has passed. Of a share (占比 30%) nobody can say which unit should have been among it."""
    due = target.due_on is None or target.due_on < day
    bound = target.evaluator_kind == Target.Evaluator.COVERAGE and is_bound(target)
    everyone = aim_of(target.op, target.value, target.uom, target.scope) == Aim()
    # Nobody is named by a scope that only the program proposed.
    return bound and everyone and due and verdict.status is not Status.MET and not choice_of(target).proposed


def _gaps(plan: Plan, own: Sequence[Target], day: date) -> list[Gap]:
    """Of each of these promises who lacks it and who has not answered."""
    if not own:
        return []
    everyone = county_members(plan, day)
    names = {str(member.key): str(member.unit) for member in everyone}
    found = cells(Mark.objects.filter(target__in=own))
    papers = {(each.target_id, each.unit_id): each for each in SubPlan.objects.filter(plan=plan, target__in=own)}
    gaps = []
    for target in own:
        counted = tally_of(target, everyone, found, choice_of(target))
        # Of a promise on which nobody has said anything nothing can be told yet.
        if counted.known:
            bound = frozenset(counted.bound)
            silent = list(counted.silent)
            if target.evaluator == ASKS_FOR_PLANS:
                silent = [key for key in silent if _owes(papers.get((target.pk, int(key))), day)]
            gaps.append(
                Gap(
                    str(target.uid),
                    own_words(target),
                    tuple(names[key] for key in (*counted.no, *counted.refused)),
                    tuple(names[key] for key in silent),
                    len(bound),
                    *_papers(target, counted.silent, papers, names),
                    tuple(names[key] for key in names if key in bound),
                )
            )
    return gaps


def _owes(paper: SubPlan | None, day: date) -> bool:
    """Whether a unit should have handed in its sub-plan by the day: it was asked for one, has it still, and the day to hand in is over."""
    return paper is not None and paper.state in WITH_UNIT and paper.due_on is not None and paper.due_on < day


def _papers(
    target: Target, silent: Iterable[str], papers: Mapping[tuple[int | None, int], SubPlan], names: Mapping[str, str]
) -> tuple[tuple[str, ...], int]:
    """Of the units whose cell is empty: whose sub-plan waits for the office, and how many were never asked for one."""
    if target.evaluator != ASKS_FOR_PLANS:
        return (), 0
    theirs = {key: papers.get((target.pk, int(key))) for key in silent}
    waiting = tuple(names[key] for key, paper in theirs.items() if paper is not None and paper.state in WITH_OFFICE)
    return waiting, sum(paper is None for paper in theirs.values())


def _instructions(plan: Plan, day: date) -> list[Given]:
    """The leaders' sentences that nobody has answered yet, oldest first."""
    found = list(
        Instruction.objects.filter(task__plan=plan, task__dropped=None, answered_by=None, made__date__lte=day).order_by("made")
    )
    posts: dict[Any, Post] = {
        post.pk: post for post in Post.objects.filter(pk__in={i.post_id for i in found}).select_related("person")
    }
    return [
        Given(str(each.pk), _who(posts.get(each.post_id)), each.line, localtime(each.made).date())
        for each in found
        if each.post_id in posts
    ]


def _who(post: Post | None) -> str:
    return f"{post.title or post.get_role_display()}{post.person.name}" if post else ""
