"""A plan that is at hand only as a pack, as the checks look at it: names, owners, dates and targets, but no text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from xiangxu.cards import View
from xiangxu.cards.kinds import PlanCard, TargetsCard, TasksCard, UnitsCard
from xiangxu.cards.kinds.plan_pack import TargetEntry, TaskEntry, UnitEntry
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import BodyAction, DocumentFacts, PlanReading, Promise, Task, UnitMention

# Without a text things are told apart by spans that no text has: so many offsets for each task.
_ROOM = 10_000
# The card's levels of areas, in the words of a reading.
_LEVELS = {"nation": "country", "province": "province", "prefecture": "city", "county": "county"}
# The generic milestone for promises with nothing to look at: nothing computes it.
_SLOGAN = "slogan"


def read_pack(view: View, place: str) -> PlanReading:
    """The plan of a place as its pack tells it. Refused with `LookupError` where the place has no whole plan."""
    plan, units, tasks, targets = (view.get(f"{place}-{kind}") for kind in ("plan", "units", "tasks", "targets"))
    if not isinstance(plan, PlanCard) or not isinstance(units, UnitsCard) or not isinstance(tasks, TasksCard):
        raise LookupError(
            f"“{place}”的政策包里没有完整的方案（document、units、tasks、targets）。先运行 xiangxu pack check 看缺什么。"
        )
    known = {unit.id: unit for unit in units.units}
    body = [entry for entry in tasks.tasks if entry.origin == "body"]
    rows = [entry for entry in tasks.tasks if entry.origin == "list"]
    spans = {entry.id: Place(n * _ROOM, (n + 1) * _ROOM, 0) for n, entry in enumerate(tasks.tasks)}
    actions = tuple(_action(entry, known, spans[entry.id]) for entry in body)
    at = {entry.id: index for index, entry in enumerate(body)}
    entries = targets.targets if isinstance(targets, TargetsCard) else ()
    return PlanReading(
        doc=DocumentFacts(
            key=place,
            title=plan.title.zh,
            doc_number=plan.doc_number,
            issuer=plan.issuer,
            issued_on=plan.issued_on,
            region=plan.region,
            region_level=_LEVELS.get(plan.region_level, plan.region_level),
            basis=plan.basis,
        ),
        text="",
        tasks=tuple(_task(entry, known, spans[entry.id], at) for entry in rows or body),
        body_actions=actions,
        promises=tuple(_promises(entries, spans)),
    )


def evaluators_of(view: View, place: str) -> Mapping[str, str | None]:
    """What the pack binds each of its targets to; None for what nothing computes."""
    targets = view.get(f"{place}-targets")
    entries = targets.targets if isinstance(targets, TargetsCard) else ()
    return {t.id: t.evaluator.id if t.evaluator and t.evaluator.id != _SLOGAN else None for t in entries}


def _mentions(ids: tuple[str, ...], units: Mapping[str, UnitEntry]) -> tuple[UnitMention, ...]:
    return tuple(UnitMention(units[id].name if id in units else id, units[id].name if id in units else None) for id in ids)


def _action(entry: TaskEntry, units: Mapping[str, UnitEntry], place: Place) -> BodyAction:
    lead, participants = _owners(entry, units)
    where = entry.where or f"body {entry.no}"
    return BodyAction(entry.no, entry.title, _names(lead), _names(participants), place, where, (*lead, *participants))


def _task(entry: TaskEntry, units: Mapping[str, UnitEntry], place: Place, actions: Mapping[str, int]) -> Task:
    lead, participants = _owners(entry, units)
    return Task(
        no=entry.no,
        project=entry.title,
        action=None,
        goal=None,
        measure=None,
        due=entry.due,
        lead=_names(lead),
        participants=_names(participants),
        place=place,
        row=entry.row or 0,
        units=(*lead, *participants),
        answerable=lead[0].unit if lead else None,
        linked_action=next((actions[id] for id in entry.tells_same if id in actions), None),
        doubts=(Doubt.OWNER_PROPOSED,) if entry.proposed else (),
    )


def _owners(entry: TaskEntry, units: Mapping[str, UnitEntry]) -> tuple[tuple[UnitMention, ...], tuple[UnitMention, ...]]:
    """Who leads and who takes part; what the pack itself proposed the document does not say."""
    if entry.proposed:
        return (), ()
    return _mentions((entry.answerable, *entry.co_leads), units), _mentions(entry.participants, units)


def _names(units: tuple[UnitMention, ...]) -> tuple[str, ...]:
    return tuple(unit.printed for unit in units)


def _promises(entries: tuple[TargetEntry, ...], spans: Mapping[str, Place]) -> Iterator[Promise]:
    used: defaultdict[str | None, int] = defaultdict(int)
    for entry in entries:
        task = entry.task if entry.task in spans else None
        start = spans[task].start if task else len(spans) * _ROOM
        used[task] += 1
        at = Place(start + used[task], start + used[task] + 1, 0)
        yield entry.as_promise(at, entry.metric, entry.same_as)
