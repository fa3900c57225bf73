"""A plan's pack as a side of a comparison: its bindings were made or confirmed by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xiangxu.cards.kinds import Head, PlanCard, TargetsCard, TasksCard, UnitsCard
from xiangxu.cards.kinds.plan_pack import TargetEntry, TaskEntry
from xiangxu.review.comparison.departments import Departments
from xiangxu.review.comparison.side import Aim, Side, Work, told_once


def side_of_pack(key: str, plan: PlanCard, cards: Sequence[Head]) -> Side:
    """The side of a pack. A body action that a row of the list tells again is asked of nobody twice: the row counts."""
    names = {unit.id: unit.name for card in cards if isinstance(card, UnitsCard) for unit in card.units}
    departments = Departments(plan.region)
    tasks = [task for card in cards if isinstance(card, TasksCard) for task in card.tasks]
    retold = {body for task in tasks for body in task.tells_same}
    owner = {task.id: departments.name(names.get(task.answerable, task.answerable)) for task in tasks}
    targets = [target for card in cards if isinstance(card, TargetsCard) for target in card.targets]
    return Side(
        key=key,
        title=plan.title.zh,
        region=plan.region,
        level=plan.region_level,
        issued_on=plan.issued_on.isoformat(),
        aims=told_once((_aim(target, owner), target.same_as) for target in targets),
        works=tuple(_work(task, names, departments) for task in tasks if task.id not in retold),
        tasks_of=departments.tasks_of,
    )


def _aim(target: TargetEntry, owner: Mapping[str, str]) -> Aim:
    bound = target.evaluator
    return Aim(
        uid=target.id,
        where=target.where,
        metric=target.metric,
        op=target.op,
        each=target.direction == "all",
        value=target.value,
        value2=target.value2,
        uom=target.uom,
        baseline=target.baseline,
        due=target.due,
        per=target.per,
        level=target.level,
        nature=target.nature,
        scope=target.scope,
        scope_text=target.scope_text,
        unit=owner.get(target.task) if target.task else None,
        evaluator=bound.id if bound else None,
        params=dict(bound.params) if bound else {},
    )


def _work(task: TaskEntry, names: Mapping[str, str], departments: Departments) -> Work:
    def called(units: Sequence[str]) -> tuple[str, ...]:
        return departments.names(names.get(unit, unit) for unit in units)

    return Work(task.title, called([task.answerable])[0], called(task.co_leads), called(task.participants), task.due)
