"""Matching printed names of units after the plan was published: which unit of the county a name of the document means.

The document's words are never changed. A name is matched for all tasks in which it stands at once, as publishing would have matched it:
the unit takes part in them from then on, or answers where the name is the one that is asked. What a person said of a name stands among
the corrections of the document's import, and the plan's next version begins with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.verbs import verb
from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.corrected import corrected
from xiangxu_web.workspaces.plans.drafting.units import unmatched
from xiangxu_web.workspaces.plans.models import Correction, Draft, Plan, PlanVersion, Task, TaskUnit
from xiangxu_web.workspaces.plans.publishing import Placed, parts_of
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.succession import in_force

Json = dict[str, Any]

PLACED = verb("plan.unit", lazy("给文件里的单位名称对应单位"))


@dataclass(frozen=True)
class PrintedName:
    """A name as printed, the tasks in which it stands, and what a person made of it since the plan was published."""

    printed: str
    tasks: Sequence[Task]
    unit: Unit | None = None
    how: str = ""

    @property
    def leaderless(self) -> int:
        """How many of the tasks have nobody who answers."""
        return sum(task.answerable_id is None for task in self.tasks)


def names_without_unit(plan: Plan) -> list[str]:
    """The names of the plan in force that stand for no unit yet, of which nobody has said either that it is none of the county's."""
    alone = TaskUnit.objects.filter(task__plan=plan, task__dropped=None, unit=None).order_by()
    printed = set(alone.values_list("printed", flat=True))
    return sorted(printed & set(unmatched(_units_of(plan)))) if printed else []


def _units_of(plan: Plan) -> Json:
    """What the printed names mean in the version in force, without the document around it."""
    drafts = Draft.objects.filter(version__plan=plan).order_by("-version__number")
    found: Json | None = drafts.values_list(KeyTransform("units", "current"), flat=True).first()
    return found or {}


def printed_names(plan: Plan) -> tuple[list[PrintedName], list[PrintedName]]:
    """The names without a unit, those that stand in most tasks first; and those of which a person said something after publishing."""
    units = _units_of(plan)
    since = list(dict.fromkeys(name for each in placings(plan) for name in each.typed.get("names", [each.on])))
    waiting = names_without_unit(plan)
    named = [name for name in since if name in units and name not in waiting]
    found = Unit.objects.in_bulk({units[name]["unit"] for name in named} - {None})
    version = _in_force(plan)
    tasks = _tasks_of(plan, version, {*waiting, *named}) if waiting or named else {}

    def told(name: str) -> PrintedName:
        return PrintedName(name, tasks.get(name, ()), found.get(units[name]["unit"]), units[name]["how"])

    return sorted(map(told, waiting), key=lambda each: -len(each.tasks)), list(map(told, named))


def placings(plan: Plan) -> list[Correction]:
    """What was said of printed names after a version was published, oldest first."""
    return list(
        Correction.objects.filter(draft__version__plan=plan, kind="unit", typed__published=True).order_by(
            "draft__version", "number"
        )
    )


def _in_force(plan: Plan) -> PlanVersion:
    kept = plan.versions.select_related("draft").defer("draft__text", "draft__pages", "draft__as_read")
    return kept.order_by("-number")[0]


def _tasks_of(plan: Plan, version: PlanVersion, names: Iterable[str]) -> dict[str, list[Task]]:
    """The tasks in force in which each of the names stands, in the document's order."""
    rows = in_force(version)
    found: dict[str, list[Task]] = {}
    for task in Task.objects.filter(plan=plan, dropped=None, parent=None, uid__in=rows).order_by("order"):
        for name in _names_in(rows[str(task.uid)]) & set(names):
            found.setdefault(name, []).append(task)
    return found


def _names_in(row: Json) -> set[str]:
    return {*(row["lead"] or row["proposed"]), *row["participants"]}


def place_names(actor: Actor, key: int, names: Sequence[str], unit: int | None, how: str = "") -> int:
    """Says which unit printed names of a published plan mean: this ``unit`` of the county; all its towns (``how`` "towns"); else none of
    the county's. Gives the number of tasks in which they stand.

    A task that nobody answers for, or for which the unit that the name meant before answers, is answered for by the unit that is meant
    now, where the name is the one that is asked. Who was put in charge by hand stays. Refused: a post that does not run the county's
    plans, a plan or a unit that is not the county's, a name that stands nowhere in the document.
    """
    demand(actor, RUN_PLANS)
    with transaction.atomic(), action(actor, PLACED) as record:
        plan: Plan = row("plan.see", actor, pk=key, area__path=actor.county_path)
        if unit is not None:
            row("unit.see", actor, pk=unit, area__path__startswith=actor.county_path)
        version = _in_force(plan)
        draft = Draft.objects.select_for_update().get(pk=version.draft_id)
        if not names or (unknown := [name for name in names if name not in draft.current["units"]]):
            raise ValueError(_("文件里没有“%(name)s”这个单位。") % {"name": "、".join(unknown if names else names)})
        before = Placed(plan.area, draft.current)
        typed: Json = {"unit": unit, "names": list(names), "published": True} | ({"how": how} if how else {})
        made = corrected(draft, actor, "unit", names[0], typed)
        record.made(made, correction="unit")
        version.draft = draft
        after, rows = Placed(plan.area, draft.current), in_force(version)
        touched = {task.pk: task for tasks in _tasks_of(plan, version, names).values() for task in tasks}
        told = {}
        for task in Task.objects.select_for_update().filter(pk__in=touched):
            its = rows[str(task.uid)]
            told[its["ref"]] = task
            # The history of the task tells which of the names stand in it, and what they mean now.
            said = {"placing": made.pk, "names": ",".join(str(n) for n, name in enumerate(names) if name in _names_in(its))}
            was, now = before.answerable(its), after.answerable(its)
            if task.answerable_id in (None, was) and task.answerable_id != now:
                had = values(task)
                task.answerable_id, task.owner_proposed = now, not its["lead"]
                task.edition += 1
                task.save(update_fields=["answerable", "owner_proposed", "edition"])
                record.changed(task, had, **said)
            else:
                record.noted(task, **said)
        TaskUnit.objects.filter(task__in=told.values()).delete()
        TaskUnit.objects.bulk_create(parts_of([rows[str(task.uid)] for task in told.values()], told, after))
        record.noted(plan, tasks=len(told), names=len(names))
    return len(told)
