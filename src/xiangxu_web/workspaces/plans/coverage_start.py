"""Coverage and sub-plans on the start page: what a unit still owes, what waits for a second person, for an opinion, for approval."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.figures import left
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.soonest import SOONEST
from xiangxu_web.kernel.start import FEW, Line, Question, Section, Start, few
from xiangxu_web.workspaces.plans.coverage_grid import by_level
from xiangxu_web.workspaces.plans.coverage_meaning import meaning_of, question
from xiangxu_web.workspaces.plans.covered import choice_of, member_of, plan_promises
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.models import Mark, Plan, SubPlan, Target
from xiangxu_web.workspaces.plans.sub_plans import WITH_OFFICE, WITH_UNIT

# These answer for a unit of their own; for a clerk the list of the county's gaps stands in the matrix.
_ANSWER = (Role.SCHOOL, Role.TOWN, Role.EDUCATION_OFFICE, Role.LEAD_DEPARTMENT)


def coverage_start(actor: Actor) -> Start:
    """The panels of this post; none where there is nothing to do."""
    if not actor.county_path or actor.link_id is not None:
        return Start()
    sections = [*_owed(actor), *_to_verify(actor), *_sub_plans(actor)]
    return Start("", [section for section in sections if section.count])


def _owed(actor: Actor) -> list[Section]:
    """The promises of which the own unit has said nothing, or was refused."""
    if not actor.is_any(*_ANSWER):
        return []
    member = member_of(rows("coverage.see", actor).filter(pk=actor.unit_id))
    if member is None:
        return []
    sections = []
    for plan in rows("plan.see", actor).filter(area__path=actor.county_path, closed=None).order_by("-made"):
        said = set(
            Mark.objects.filter(target__plan=plan, unit=actor.unit_id, replaced=None, refused="").values_list(
                "target_id", flat=True
            )
        )
        owed = [t for t in plan_promises(actor, plan) if t.pk not in said and choice_of(t).has(member)]
        there = reverse("coverage-unit", args=[plan.pk, actor.unit_id])
        old, open_ones = _old_and_open(owed)
        lines = [_line(t, reverse("coverage-cell", args=[plan.pk, t.pk, actor.unit_id])) for t in open_ones[:FEW]]
        if old:
            lines.append(Line(_("以前年度的 %(n)s 条") % {"n": len(old)}, there))
        sections.append(Section(Question.TO_DO, _("等您填√或×的要求"), len(owed), lines, there))
    return sections


def _old_and_open(owed: list[Target]) -> tuple[list[Target], list[Target]]:
    """What fell due in former years, which a plan older than the site brings along and which stands as one line; and the rest: what is
    still to come, the soonest first, before what is past."""
    today = clock.today()
    old = [target for target in owed if target.due_on and target.due_on.year < today.year]
    rest = [target for target in owed if target not in old]
    return old, sorted(rest, key=lambda t: (t.due_on is not None and t.due_on < today, t.due_on or date.max))


def _line(target: Target, url: str) -> Line:
    """A promise to state: its own sentence, and what √ means."""
    meaning = meaning_of(target)
    return _owing(question(target), url, _("填√表示：%(yes)s") % {"yes": meaning.yes} if meaning else "", target.due_on)


def _owing(title: str, url: str, why: str, due: date | None) -> Line:
    """What somebody still has to say or write. That its deadline has passed is told in grey, as of tasks on which nobody has reported:
    silence is never red."""
    today = clock.today()
    if due is None or due >= today:
        return Line(title, url, why, due)
    return Line(title, url, why, lamp=Lamp("waiting-data", left(due, today).words))


def _to_verify(actor: Actor) -> list[Section]:
    """Statements of others that wait for a second person, plan by plan."""
    waiting = (
        rows("coverage.verify", actor)
        .filter(verified=None, target__dropped=None, target__plan__closed=None)
        .exclude(word=Mark.Word.NO)
        .exclude(Q(person_id=actor.person_id) | Q(unit_id=actor.unit_id))
    )
    kinds: dict[int, list[str]] = {}
    for plan, kind in waiting.order_by().values_list("target__plan_id", "unit__kind"):
        kinds.setdefault(plan, []).append(kind)
    plans = Plan.objects.in_bulk(kinds)
    lines = [
        Line(
            str(plans[key]),
            f"{reverse('coverage', args=[key])}?level={level}&only=waiting",
            _("%(level)s %(n)s 格待核验") % {"level": words, "n": count},
        )
        for key, its in kinds.items()
        for level, words, count in by_level(its)
    ]
    count = sum(len(its) for its in kinds.values())
    return [Section(Question.TO_DO, _("待核验的覆盖填报"), count, lines[:FEW], lines[0].url if len(lines) == 1 else "")]


def _sub_plans(actor: Actor) -> list[Section]:
    """Sub-plans to write, to give an opinion on, to decide on."""
    mine, first_mine = few(
        rows("sub-plan.write", actor)
        .filter(unit=actor.unit_id, state__in=WITH_UNIT)
        .only("title", "state", "reason", "due_on")
        .order_by(SOONEST, "pk")
    )
    own = rows("opinion.give", actor).filter(unit=actor.unit_id)
    theirs = ("due_on", "sub_plan__title", "sub_plan__unit__name", "sub_plan__unit__short_name")
    asked, first_asked = few(own.select_related("sub_plan__unit").only(*theirs).order_by(SOONEST, "pk"))
    handed_in = rows("sub-plan.decide", actor).filter(state__in=WITH_OFFICE).only("title", "state", "entered_for")
    waiting, first_waiting = few(handed_in.order_by("handed_in", "pk"))
    return [
        Section(
            Question.TO_DO,
            _("要写的分方案"),
            mine,
            [
                _owing(
                    s.title,
                    reverse("sub-plan-write", args=[s.pk]),
                    s.reason if s.state in (SubPlan.State.RETURNED, SubPlan.State.REOPENED) else "",
                    s.due_on,
                )
                for s in first_mine
            ],
        ),
        Section(
            Question.TO_DO,
            _("请您单位会商的分方案"),
            asked,
            [
                _owing(o.sub_plan.title, reverse("sub-plan", args=[o.sub_plan_id]), str(o.sub_plan.unit), o.due_on)
                for o in first_asked
            ],
        ),
        Section(
            Question.TO_DO,
            _("待审核的分方案"),
            waiting,
            [
                Line(s.title, reverse("sub-plan", args=[s.pk]), marked(s.get_state_display(), entered=s.entered_for))
                for s in first_waiting
            ],
        ),
    ]
