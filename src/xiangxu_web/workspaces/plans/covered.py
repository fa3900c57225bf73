"""Coverage as it stands: which units a promise means, what each said, what it comes to. Changes are in ``covering``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.utils.translation import gettext_noop as noop

from xiangxu import clock
from xiangxu.cards.kinds import Scope
from xiangxu.coverage import Stated, Tally, Word, tally
from xiangxu.coverage.units import Group, ScopeFilter, UnitFacts, filter_of
from xiangxu.model.unit import Runner, SchoolType, UnitKind
from xiangxu.targets.coverage import CoverageFacts, aim_of, coverage_verdict
from xiangxu.targets.status import Verdict
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.languages import in_all
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.api import Area, Unit, existing, is_own_level
from xiangxu_web.workspaces.plans.cards import called, national
from xiangxu_web.workspaces.plans.judging import BOUND, judge
from xiangxu_web.workspaces.plans.models import Mark, Plan, Target
from xiangxu_web.workspaces.plans.twins import ONCE

# The town is the fifth code of an area's path: nation, province, prefecture, county, town.
_TOWN_DEPTH = 5
GROUPS = {group.value: group for group in Group}
# Under this name a target keeps the scope card that a person chose, beside the groups and keys of units.
CARD = "scope"
# And under these who chose the units, and on which day, where that was no part of settling how the target is computed.
BY, ON = "by", "on"


def groups_here(county_path: str) -> list[tuple[Group, str]]:
    """The groups of units from which to choose, with their words: a county has towns, a prefecture's own level has counties."""
    elsewhere = Group.TOWNS if is_own_level(county_path) else Group.COUNTIES
    return [(group, _(group.words)) for group in Group if group is not elsewhere]


@dataclass(frozen=True)
class Member:
    """A unit of the county as a row of the matrix."""

    unit: Unit
    facts: UnitFacts
    town: str

    @property
    def key(self) -> int:
        """The unit's key."""
        return self.unit.pk


def members(found: QuerySet[Unit], on: date | None = None) -> list[Member]:
    """The units with what scopes ask of them, town by town; in two queries for any number. Closed ones are left out."""
    units = list(found.filter(existing(on or clock.today())).select_related("area").order_by("area__path", "kind", "pk"))
    codes = {code for unit in units if (code := _town_code(unit))}
    towns = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    return [Member(unit, _facts(unit, town := towns.get(_town_code(unit), "")), town) for unit in units]


def county_members(plan: Plan, on: date | None = None) -> list[Member]:
    """All units of the plan's county."""
    return members(Unit.objects.filter(area__path__startswith=plan.area.path), on)


def member_of(found: QuerySet[Unit], on: date | None = None) -> Member | None:
    """The one unit as a row; None where it is closed."""
    return next(iter(members(found, on)), None)


def last_day(unit: Unit) -> date:
    """The last day on which the unit was asked for anything: today, or the day before it closed."""
    today = clock.today()
    return today if unit.closed is None else min(today, unit.closed - timedelta(days=1))


def _town_code(unit: Unit) -> str:
    codes = unit.area.path.split("/")
    return codes[_TOWN_DEPTH - 1] if len(codes) > _TOWN_DEPTH else ""


def _facts(unit: Unit, town: str) -> UnitFacts:
    return UnitFacts(
        str(unit.pk),
        UnitKind(unit.kind),
        SchoolType(unit.school_type) if unit.school_type else None,
        Runner(unit.runner) if unit.runner else None,
        unit.area.settlement,
        town.endswith("街道"),
    )


@dataclass(frozen=True)
class Choice:
    """Which units a promise means. ``proposed``: nobody has chosen; it follows from the document's words."""

    words: str
    has: Callable[[Member], bool]
    proposed: bool = False
    code: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def _nobody(_member: Member) -> bool:
    return False


NO_CHOICE = Choice("", _nobody)


def choice_of(target: Target) -> Choice:
    """The units as a person chose them; else those of the evaluator's scope, else by the level; else nobody."""
    chosen = target.units
    if "keys" in chosen:
        keys = frozenset(chosen["keys"])
        return Choice(_("指定的 %(n)s 个单位") % {"n": len(keys)}, lambda member: member.key in keys, code="keys")
    if (group := GROUPS.get(chosen.get("group", ""))) is not None:
        return Choice(_(group.words), lambda member: group.has(member.facts), code=group.value)
    if (meant := scope_filter(target.evaluator_scope)) is not None:
        card, its = meant
        by_hand = chosen.get(CARD) == target.evaluator_scope
        return Choice(called(card), lambda member: its.has(member.facts), proposed=not by_hand, code=CARD if by_hand else "")
    if not target.evaluator_scope and target.level == "town":
        return Choice(_(Group.TOWNS.words), lambda member: Group.TOWNS.has(member.facts), proposed=True)
    return NO_CHOICE


def chosen_by(target: Target) -> tuple[int | None, date | None]:
    """The post that chose which units the target means, and when; nobody where they follow from the document's words."""
    if BY in target.units:
        return target.units[BY], date.fromisoformat(target.units[ON])
    return (target.bound_by_post, localtime(target.bound).date() if target.bound else None) if target.units else (None, None)


@lru_cache(maxsize=512)
def scope_filter(id: str) -> tuple[Scope, ScopeFilter] | None:
    """A scope card with its filter; None where the tree of units does not know whom it means."""
    card = national().get(id)
    found = filter_of(card) if isinstance(card, Scope) else None
    return (card, found) if isinstance(card, Scope) and found is not None else None


class Cell(NamedTuple):
    """The mark that counts in one place of the matrix; ``entered``: for the unit by another (代录)."""

    key: int
    word: str
    verified: bool
    refused: str
    entered: bool = False

    @property
    def code(self) -> str:
        """One letter for how it is shown: v yes, s stated yes, n no, o out, p stated out, r refused."""
        if self.refused:
            return "r"
        if self.word == Mark.Word.NO:
            return "n"
        if self.word == Mark.Word.YES:
            return "v" if self.verified else "s"
        return "o" if self.verified else "p"

    @property
    def stated(self) -> Stated:
        """As the core counts it."""
        return Stated(Word(self.word), self.verified, self.refused)


Cells = dict[tuple[int, int], Cell]
WAITING = "w"


# What a cell says in words; read again from a workbook.
NOT_APPLICABLE = noop("不适用")


def returned_words() -> frozenset[str]:
    """How a returned cell is written in the languages of the site, in small letters."""
    return frozenset(words.casefold() for words in in_all("退回", "state of a cell"))


def glyph(code: str) -> str:
    """How a cell is written: brackets say that nobody has verified it yet. Readable in grey print."""
    return {
        "v": "√",
        "s": "(√)",
        "n": "×",
        "o": _(NOT_APPLICABLE),
        "p": f"({_(NOT_APPLICABLE)})",
        "r": pgettext("state of a cell", "退回"),
        WAITING: "—",
    }[code]


# The states of a cell that somebody is asked for, by their letters: each unit in scope is in one of them, so they add up to the scope.
STATES: Mapping[str, str | LazyText] = {
    "v": gettext_lazy("已核验"),
    "s": gettext_lazy("填√，待核验"),
    "n": gettext_lazy("填×"),
    "r": gettext_lazy("核验未通过"),
    "o": gettext_lazy("不适用（已核验，不计入）"),
    "p": gettext_lazy("填不适用，待核验"),
    WAITING: gettext_lazy("未填"),
}


def cell_of(mark: Mark) -> Cell:
    """One mark as a cell."""
    return Cell(mark.pk, mark.word, mark.verified is not None and not mark.refused, mark.refused, mark.entered_for)


def former(mark: Mark | None) -> int:
    """The number of the approved edition on which the cell rests, where that one was opened again since; else 0."""
    return mark.fed_by.number if mark is not None and mark.fed_by is not None and mark.fed_by.reopened is not None else 0


def cells(marks: QuerySet[Mark]) -> Cells:
    """The marks that count, by target and unit; in one query."""
    found = marks.filter(replaced=None).exclude(unit=None).order_by()
    return {
        (target, unit): Cell(key, word, verified is not None and not refused, refused, entered)
        for key, target, unit, word, verified, refused, entered in found.values_list(
            "pk", "target_id", "unit_id", "word", "verified", "refused", "entered_for"
        )
    }


def promises(found: QuerySet[Target]) -> QuerySet[Target]:
    """The targets that are judged by coverage, in the document's order: those of which a person confirmed it, no others are asked of
    units; what the document promises twice is asked once."""
    return found.filter(BOUND, ONCE, dropped=None, evaluator_kind=Target.Evaluator.COVERAGE).order_by("order", "pk")


def plan_promises(actor: Actor, plan: Plan) -> list[Target]:
    """The plan's promises judged by coverage."""
    return list(promises(rows("target.see", actor).filter(plan=plan)))


@dataclass(frozen=True)
class Unasked:
    """Promises that units are not asked about: ``unconfirmed``, for which coverage is proposed and nobody has confirmed it; ``strays``, of
    which units have said something that counts nowhere now (with how many marks): a new version has no such promise any more, or it is
    not judged by coverage. What was said is kept, and counts again as soon as it is."""

    unconfirmed: Sequence[Target]
    strays: Sequence[tuple[Target, int]]


def unasked(actor: Actor, plan: Plan) -> Unasked:
    """The plan's promises that are in no matrix although they might be, or were; in one query."""
    said = Count("marks", filter=Q(marks__replaced=None, marks__unit__isnull=False))
    found = (
        rows("target.see", actor).filter(plan=plan).exclude(BOUND, ONCE, dropped=None, evaluator_kind=Target.Evaluator.COVERAGE)
    )
    coverage = ONCE & Q(dropped=None, evaluator_kind=Target.Evaluator.COVERAGE, binding=Target.Binding.PROPOSED)
    counted = found.annotate(said=said).filter(coverage | Q(said__gt=0)).defer("place", "proposals").order_by("order", "pk")
    waiting, strays = [], []
    for target in counted:
        proposed = target.evaluator_kind == Target.Evaluator.COVERAGE and target.binding == Target.Binding.PROPOSED
        if target.dropped is None and target.same_as_id is None and proposed:
            waiting.append(target)
        else:
            strays.append((target, target.said))
    return Unasked(waiting, strays)


def tally_of(target: Target, everyone: Iterable[Member], found: Cells, choice: Choice | None = None) -> Tally:
    """What the units of the promise's scope come to."""
    choice = choice or choice_of(target)
    keys = [member.key for member in everyone if choice.has(member)]
    marks = {str(key): cell.stated for key in keys if (cell := found.get((target.pk, key))) is not None}
    return tally([str(key) for key in keys], marks)


def verdict_of(target: Target, counted: Tally, on: date, *, chosen: bool = True) -> Verdict:
    """How the promise stands by these marks."""
    aim = aim_of(target.op, target.value, target.uom, target.scope)
    return coverage_verdict(CoverageFacts(counted, aim, target.due_on, chosen, target.nature in ("expected", "strive")), on)


@judge("coverage")
def covered(targets: Sequence[Target], on: date) -> Mapping[int, Verdict]:
    """The verdicts of many promises: units and marks are read once a county."""
    by_plan: defaultdict[int, list[Target]] = defaultdict(list)
    for target in targets:
        by_plan[target.plan_id].append(target)
    plans = {plan.pk: plan for plan in Plan.objects.filter(pk__in=by_plan).select_related("area")}
    found = cells(Mark.objects.filter(target__in=[target.pk for target in targets]))
    everyone = {area: county_members(plan, on) for area, plan in {plan.area_id: plan for plan in plans.values()}.items()}
    verdicts = {}
    for key, its in by_plan.items():
        for target in its:
            choice = choice_of(target)
            counted = tally_of(target, everyone[plans[key].area_id], found, choice)
            verdicts[target.pk] = verdict_of(target, counted, on, chosen=bool(choice))
    return verdicts


def marks_of(actor: Actor, plan: Plan) -> QuerySet[Mark]:
    """The plan's marks that the actor may see."""
    found: QuerySet[Mark] = rows("mark.see", actor).filter(Q(target__plan=plan))
    return found
