"""Published plans and shipped ones side by side."""

from __future__ import annotations

from functools import lru_cache

from xiangxu.cards.kinds import PlanCard
from xiangxu.review.comparison import Aim, Side, open_plan
from xiangxu.review.comparison.departments import Departments
from xiangxu.review.comparison.side import told_once
from xiangxu_web.kernel.warm import at_start
from xiangxu_web.workspaces.areas.api import place_name
from xiangxu_web.workspaces.plans.cards import packs
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.papers import due_of
from xiangxu_web.workspaces.plans.twins import ONCE

# What is compared of a target; its wording and what was proposed for it may be pages long.
_READ = (
    "uid", "where", "metric", "op", "value", "value2", "uom", "baseline", "due_words", "due_on", "per", "level", "nature", "scope",
    "evaluator", "parameters", "binding", "same_as", "task__answerable__name",
)  # fmt: skip


@at_start
@lru_cache(maxsize=1)
def shipped_sides() -> dict[str, Side]:
    """The plans that come with the program, by the name of their place."""
    found = packs()
    return {
        layer.title: open_plan(layer.name, found)
        for layer in found.layers
        if any(isinstance(card, PlanCard) for _, card in found.own(layer))
    }


def side_of_plan(plan: Plan) -> Side:
    """A published plan as a side; a binding that nobody confirmed counts as proposed. Its tasks are only counted (``tasks_in``)."""
    place = place_name(plan.area)
    departments = Departments(place)
    targets = Target.objects.filter(plan=plan, dropped=None).select_related("task__answerable").only(*_READ)
    return Side(
        key=f"plan-{plan.pk}",
        title=plan.title,
        region=place,
        level="county",
        issued_on=plan.issued_on.isoformat() if plan.issued_on else None,
        aims=told_once((_aim(target, departments), str(target.same_as_id or target.pk)) for target in targets),
        works=(),
        tasks_of=departments.tasks_of,
    )


def tasks_in(plan: Plan) -> int:
    """How many tasks the plan has, each that is told twice once."""
    return Task.objects.filter(ONCE, plan=plan, dropped=None, parent=None).count()


def _aim(target: Target, departments: Departments) -> Aim:
    owner = target.task.answerable if target.task else None
    return Aim(
        uid=str(target.uid),
        where=target.where,
        metric=target.metric,
        op=target.op,
        each=target.op == "all",
        value=target.value,
        value2=target.value2,
        uom=target.uom or None,
        baseline=target.baseline,
        due=due_of(target),
        per=target.per or None,
        level=target.level or "county",
        nature=target.nature,
        scope_text=target.scope or None,
        unit=departments.name(owner.name) if owner else None,
        evaluator=target.evaluator or None,
        params=target.parameters,
        proposed=target.binding != Target.Binding.CONFIRMED,
    )
