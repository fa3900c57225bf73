"""A document that was read as a side of a comparison: its promises are bound by the proposer, which nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Sequence

from xiangxu.cards import View
from xiangxu.cards.kinds import Evaluator, Fields, Scope
from xiangxu.importer.bind import Candidate, propose
from xiangxu.model.plan import BodyAction, Op, PlanReading, Promise, Task
from xiangxu.review.comparison.departments import Departments
from xiangxu.review.comparison.side import Aim, Side, Work, told_once


def side_of_reading(reading: PlanReading, view: View) -> Side:
    """The side of a document; `view`: the cards by which its promises are bound."""
    doc = reading.doc
    departments = Departments(doc.region or "")
    answers = propose(reading.promises, view.of(Evaluator), view.of(Scope), view.of(Fields))
    best = {answer.promise: answer.best for answer in answers}
    retold = {task.linked_action for task in reading.tasks} - {None}
    own = {(task.place.start, task.place.end) for task in reading.tasks}
    actions = [
        action
        for position, action in enumerate(reading.body_actions)
        if position not in retold and (action.place.start, action.place.end) not in own and action.lead
    ]
    return Side(
        key=doc.key,
        title=doc.title or doc.key,
        region=doc.region or doc.key,
        level=doc.region_level,
        issued_on=doc.issued_on.isoformat() if doc.issued_on else None,
        aims=told_once((_aim(p, best.get(p.id), _owner(p, reading, departments)), p.same_as) for p in reading.promises),
        works=(*(_row(task, departments) for task in reading.tasks), *(_action(action, departments) for action in actions)),
        tasks_of=departments.tasks_of,
    )


def _aim(promise: Promise, bound: Candidate | None, unit: str | None) -> Aim:
    return Aim(
        uid=promise.id,
        where=promise.where,
        metric=promise.metric,
        op=promise.op.value,
        each=promise.op is Op.ALL,
        value=promise.value,
        value2=promise.value2,
        uom=promise.uom,
        baseline=promise.baseline,
        due=promise.due,
        per=promise.per.value if promise.per else None,
        level=promise.level.value,
        scope=bound.scope if bound else None,
        scope_text=promise.scope,
        unit=unit,
        evaluator=bound.id if bound else None,
        params=dict(bound.params) if bound else {},
        proposed=True,
    )


def _leads(task: Task) -> Sequence[str]:
    """The units that lead, the answerable one first, by the place's name for them; those proposed where the row names none."""
    units = [unit.unit or unit.printed for unit in task.units[: len(task.lead)]] or list(task.proposed)
    return sorted(units, key=lambda unit: unit != task.answerable)


def _row(task: Task, departments: Departments) -> Work:
    leads = departments.names(_leads(task))
    participants = departments.names(unit.unit or unit.printed for unit in task.units[len(task.lead) :])
    return Work(task.action or task.project or task.no, leads[0] if leads else None, leads[1:], participants, task.due)


def _action(action: BodyAction, departments: Departments) -> Work:
    units = [unit.unit or unit.printed for unit in action.units]
    leads = departments.names(units[: len(action.lead)])
    return Work(action.title, leads[0], leads[1:], departments.names(units[len(action.lead) :]))


def _owner(promise: Promise, reading: PlanReading, departments: Departments) -> str | None:
    """The department of the row that a promise stands in, else of the action or of the row that tells that action again."""
    at = promise.place.start
    leads: Sequence[str] = ()
    row = next((task for task in reading.tasks if task.place.start <= at < task.place.end), None)
    position = next((k for k, action in enumerate(reading.body_actions) if action.place.start <= at < action.place.end), None)
    if row is not None:
        leads = _leads(row)
    elif position is not None:
        action = reading.body_actions[position]
        leads = [unit.unit or unit.printed for unit in action.units[: len(action.lead)]]
        telling = next((task for task in reading.tasks if task.linked_action == position), None)
        leads = leads or (_leads(telling) if telling is not None else ())
    return departments.name(leads[0]) if leads else None
