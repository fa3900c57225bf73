"""From a corrected draft to a published plan, in one action.

Tasks can be published at once: promises that nobody has looked at or bound yet go along, marked, and may wait.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Max
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.workspaces.areas.api import Unit, units_of_county
from xiangxu_web.workspaces.plans.drafting.units import group
from xiangxu_web.workspaces.plans.models import Draft, Plan, PlanVersion, Target, Task, TaskUnit

Json = dict[str, Any]


class CannotPublish(ValueError):
    """Why the draft cannot be published yet, and what to do."""


def publish(actor: Actor, draft: Draft) -> Plan:
    """Makes the plan and its first version, or the next version of the plan that the draft belongs to.

    Refused: a draft that is not open, one without a single task, one without a title.
    """
    now = draft.current
    if draft.state != Draft.State.OPEN:
        raise CannotPublish(_("这份导入稿现在是“%(state)s”，不能发布。") % {"state": draft.get_state_display()})
    tasks = [row for row in now["tasks"] if not row["dropped"]]
    if not tasks:
        raise CannotPublish(_("导入稿里没有任务：请先新增任务，或重新上传带任务清单的文件。"))
    if not now["doc"]["title"]:
        raise CannotPublish(_("请先填写方案标题。"))
    with action(actor, "plan.publish") as record:
        plan = draft.plan or _plan(draft, now["doc"])
        number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = PlanVersion.objects.create(plan=plan, number=number, draft=draft, published=clock.now(), post_id=actor.post_id)
        placed = _Placed(draft, now)
        made = _tasks(plan, tasks, placed)
        count = _targets(plan, now, made)
        draft.state, draft.plan = Draft.State.PUBLISHED, plan
        draft.save(update_fields=["state", "plan"])
        record.made(version, tasks=len(made), targets=count)
    return plan


def _plan(draft: Draft, doc: Json) -> Plan:
    return Plan.objects.create(
        area=draft.area,
        title=doc["title"],
        short_title=doc["short_title"],
        doc_number=doc["doc_number"],
        issuer=doc["issuer"],
        issued_on=_day(doc["issued_on"]),
        runs_until=_day(doc["runs_until"]),
        made=clock.now(),
    )


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


class _Placed:
    """The units of printed names, and the towns for 各镇街."""

    def __init__(self, draft: Draft, now: Json) -> None:
        self.units: dict[str, int | None] = {printed: at["unit"] for printed, at in now["units"].items()}
        self.towns = [u.pk for u in units_of_county(draft.area) if u.kind == Unit.Kind.TOWN]

    def of(self, printed: str) -> list[int | None]:
        """The unit's key, or those of all towns, or None where the name has no unit here."""
        if self.units.get(printed) is None and group(printed) == "towns":
            return list(self.towns)
        return [self.units.get(printed)]


def _tasks(plan: Plan, rows: list[Json], placed: _Placed) -> dict[str, Task]:
    made: dict[str, Task] = {}
    for order, row in enumerate(rows, 1):
        lead = row["lead"] or row["proposed"]
        first = row["answerable"] if row["answerable"] in placed.units else (lead[0] if lead else "")
        made[row["ref"]] = Task(
            uid=uuid4(),
            plan=plan,
            kind=row["kind"],
            order=order,
            number=row["number"],
            theme=row["theme"][:120],
            title=row["title"][:200],
            goal=row["goal"],
            measure=row["measure"],
            others=row["others"],
            place=row["place"],
            due_words=row["due_words"],
            due_on=_day(row["due_on"]),
            ongoing=row["ongoing"],
            answerable_id=next(iter(placed.of(first)), None) if first else None,
            owner_proposed=not row["lead"],
            leader=row["others"].get("责任领导", "")[:40],
            contact=row["others"].get("联系人", "")[:40],
        )
    Task.objects.bulk_create(made.values())
    for row in rows:
        task = made[row["ref"]]
        task.path = f"{task.pk}/"
        if row["same_as"] in made:
            task.same_as = made[row["same_as"]]
    Task.objects.bulk_update(made.values(), ["path", "same_as"])
    TaskUnit.objects.bulk_create(_parts(rows, made, placed))
    return made


def _parts(rows: list[Json], made: dict[str, Task], placed: _Placed) -> list[TaskUnit]:
    parts: list[TaskUnit] = []
    for row in rows:
        task, order = made[row["ref"]], 0
        for part, names in (
            (TaskUnit.Part.CO_LEAD, row["lead"] or row["proposed"]),
            (TaskUnit.Part.PARTICIPANT, row["participants"]),
        ):
            for printed in names:
                for unit in placed.of(printed):
                    if unit is not None and unit == task.answerable_id:
                        continue
                    order += 1
                    parts.append(TaskUnit(task=task, unit_id=unit, printed=printed, part=part, order=order))
    return parts


def _targets(plan: Plan, now: Json, tasks: dict[str, Task]) -> int:
    rows = [row for row in now["promises"] if not row["dropped"]]
    made: dict[str, Target] = {}
    for order, row in enumerate(rows, 1):
        evaluator = row["evaluator"] or {}
        made[row["ref"]] = Target(
            uid=uuid4(),
            plan=plan,
            task=tasks.get(row["task"]),
            order=order,
            quote=row["quote"],
            place=row["place"],
            where=row["where"][:80],
            metric=row["metric"][:200],
            scope=row["scope"][:120],
            op=row["op"],
            value=row["value"],
            value2=row["value2"],
            uom=row["uom"][:20],
            baseline=row["baseline"],
            due_words=row["due_words"][:20],
            due_on=_day(row["due_on"]),
            per=row["per"],
            level=row["level"],
            direction=row["op"],
            evaluator_kind=row["kind"] if row["binding"] != "later" else "",
            evaluator=evaluator.get("id", "") if row["binding"] != "later" else "",
            parameters=evaluator.get("parameters", {}),
            proposals=row["proposals"],
            binding=row["binding"],
        )
    Target.objects.bulk_create(made.values())
    told = []
    for row in rows:
        if row["same_as"] in made:
            made[row["ref"]].same_as = made[row["same_as"]]
            told.append(made[row["ref"]])
    Target.objects.bulk_update(told, ["same_as"])
    return len(made)
