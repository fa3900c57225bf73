"""What a unit owes in plans beside its tasks: promises to be kept unit by unit, and its sub-plans. Panels on its page, and on a town's
those of its schools and units too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.soonest import SOONEST
from xiangxu_web.workspaces.areas.api import Panel, Unit, existed, taken_over, unit_panel
from xiangxu_web.workspaces.plans.coverage_grid import MISSING, Column, Gap, by_level
from xiangxu_web.workspaces.plans.covered import (
    STATES,
    WAITING,
    Cell,
    Cells,
    Member,
    cells,
    choice_of,
    glyph,
    last_day,
    members,
    promises,
)
from xiangxu_web.workspaces.plans.models import Plan, SubPlan
from xiangxu_web.workspaces.plans.pages.sub_plan_round import know_successors, lamp
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

_SHOWN = 6
# The units of which a page tells what the town's others owe.
_OF_TOWN = (Unit.Kind.TOWN, Unit.Kind.EDUCATION_OFFICE)
# What is still to be said first; then what waits for a second person; then what is settled.
_ORDER = "rwnspvo"


@dataclass(frozen=True)
class Owed:
    """The promises of one plan that a unit is asked about. ``lines``: (promise, what is said, its cell), the open ones first."""

    plan: Plan
    lines: Sequence[tuple[Column, str, Cell | None]]

    @property
    def counted(self) -> list[tuple[str | LazyText, int]]:
        """How many are verified, wait for a second person, are ×, came back, are missing: each state that occurs, in the matrix's words."""
        codes = Counter(code for _column, code, _cell in self.lines)
        return [(words, codes[code]) for code, words in STATES.items() if codes[code]]

    @property
    def shown(self) -> list[tuple[Column, str, str, Cell | None]]:
        """The first of them as they are written in the matrix."""
        return [(column, code, glyph(code), cell) for column, code, cell in self.lines[:_SHOWN]]


def _around(unit: Unit) -> Q:
    """The unit itself; of a town's, all units of the town."""
    return Q(pk=unit.pk) | (Q(area__path__startswith=unit.area.path) if unit.kind in _OF_TOWN else Q())


def coverage_of(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    """What the unit is asked about unit by unit and what it said, plan by plan; of a town which of its units lack something, and what."""
    everyone = members(rows("coverage.see", actor).filter(_around(unit)))
    if unit.closed is not None and not existed(unit, clock.today()):
        # What it said stays to be read, as of its last day; nothing is asked of it.
        everyone = members(rows("coverage.see", actor).filter(pk=unit.pk), last_day(unit))
    own = next((member for member in everyone if member.key == unit.pk), None)
    if own is None:
        return None
    plans = {plan.pk: plan for plan in _plans(actor)}
    targets = promises(rows("target.see", actor).filter(plan__in=plans)).defer("proposals", "place")
    columns = [Column(target, choice_of(target)) for target in targets.order_by("-plan", "order")]
    found = cells(rows("mark.see", actor).filter(target__in=[c.target.pk for c in columns], unit__in=[m.key for m in everyone]))
    owed = [
        Owed(plan, lines)
        for plan in plans.values()
        if (lines := _lines(own, [each for each in columns if each.target.plan_id == plan.pk], found))
    ]
    gaps = [
        (plan, sorted(lacking, key=lambda gap: -len(gap.missing)))
        for plan in plans.values()
        if (lacking := _gaps(plan, columns, [member for member in everyone if member is not own], found))
    ]
    return {
        "unit": unit,
        "owed": owed,
        "gaps": [
            (plan, lacking[:_SHOWN], len(lacking), by_level(gap.member.unit.kind for gap in lacking)) for plan, lacking in gaps
        ],
        "others": len(everyone) - 1,
        "plans": plans.values() if may(actor, RUN_PLANS) else (),
    }


def _plans(actor: Actor) -> QuerySet[Plan]:
    """The plans that the county carries out, the newest first."""
    found: QuerySet[Plan] = rows("plan.see", actor).filter(area__path=actor.county_path, closed=None).order_by("-made", "-pk")
    return found


def _lines(member: Member, columns: Sequence[Column], found: Cells) -> list[tuple[Column, str, Cell | None]]:
    asked = [(column, found.get((column.target.pk, member.key))) for column in columns if column.choice.has(member)]
    lines = [
        (column, cell.code if cell else WAITING, cell) for column, cell in asked if cell or existed(member.unit, clock.today())
    ]
    return sorted(lines, key=lambda line: _ORDER.index(line[1]))


def _gaps(plan: Plan, columns: Sequence[Column], others: Sequence[Member], found: Cells) -> list[Gap]:
    its = [each for each in columns if each.target.plan_id == plan.pk]
    lacking = ((member, [c for c, code, _ in _lines(member, its, found) if code in MISSING]) for member in others)
    return [Gap(member, missing) for member, missing in lacking if missing]


def sub_plans_of(actor: Actor, unit: Unit) -> Mapping[str, Any] | None:
    """The unit's sub-plans with their state, those of units whose place it took, and of a town those of its schools and units that are not
    approved yet. Above the county one reads which were approved: how a new edition is getting on is the county's."""
    replaced = Q(unit__in=Unit.objects.filter(taken_over(Unit.objects.filter(pk=unit.pk))).order_by().values("pk"))
    here = Q(unit=unit) | replaced | (Q(unit__area__path__startswith=unit.area.path) if unit.kind in _OF_TOWN else Q())
    seen = rows("sub-plan.see", actor).filter(here, plan__closed=None).select_related("unit", "plan")
    found = list(seen.annotate(left=Case(When(replaced, then=True), default=False)).order_by(SOONEST, "unit"))
    if not found and not rows("coverage.see", actor).filter(pk=unit.pk).exists():
        return None
    know_successors(found)
    told = [(each, lamp(each) if actor.county_path else None) for each in found]
    inherited = [(each, its) for each, its in told if each.left]
    others = [
        (each, its) for each, its in told if each.unit_id != unit.pk and not each.left and existed(each.unit, clock.today())
    ]
    open_ones = [(each, its) for each, its in others if its is not None and each.state != SubPlan.State.APPROVED]
    return {
        "own": [(each, its) for each, its in told if each.unit_id == unit.pk],
        "taken_over": inherited,
        "open": open_ones[:_SHOWN],
        "open_all": len(open_ones),
        "others": len(others),
        "approved": len(others) - len(open_ones),
        "plans": _plans(actor) if may(actor, RUN_PLANS) else (),
    }


unit_panel(
    Panel(order=22, name="coverage", title=gettext_lazy("逐条落实"), template="plans/unit_coverage.html", context=coverage_of)
)
unit_panel(
    Panel(order=24, name="sub-plans", title=gettext_lazy("分方案"), template="plans/unit_sub_plans.html", context=sub_plans_of)
)
