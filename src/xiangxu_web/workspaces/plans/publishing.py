"""From a corrected draft to a published plan, in one action.

Tasks can be published at once: promises that nobody has looked at or bound yet go along, marked, and may wait. A new version changes
what goes on in place: reports, parts and history stay with their task; what it no longer has is marked as dropped.
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
from xiangxu_web.workspaces.plans.drafting.rows import unsettled
from xiangxu_web.workspaces.plans.drafting.succession import rows_in_force
from xiangxu_web.workspaces.plans.models import Draft, Plan, PlanVersion, Target, Task, TaskUnit
from xiangxu_web.workspaces.plans.searching import index_plan
from xiangxu_web.workspaces.plans.succession import Succession, end_tasks, kept_mapping, settle

Json = dict[str, Any]

# What a new version may say anew of a task; who is in charge inside the office (领导、科室、联系人) is not the document's.
_TASK_FIELDS = (
    "kind", "order", "number", "theme", "title", "goal", "measure", "others", "place", "due_words", "due_on", "ongoing",
    "answerable_id", "owner_proposed",
)  # fmt: skip
_DOC_FIELDS = ("title", "short_title", "doc_number", "issuer", "issued_on", "runs_until")


class CannotPublish(ValueError):
    """Why the draft cannot be published yet, and what to do."""


def publish(actor: Actor, draft: Draft) -> Plan:
    """Makes the plan and its first version, or the next version of the plan that the draft belongs to.

    Refused: a draft that is not open, one without a single task, one without a title; of a new version one in which it is not
    confirmed yet what became of each old task. Two who publish at once make one version: the second is refused.
    """
    with action(actor, "plan.publish") as record:
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        now = draft.current
        if draft.state != Draft.State.OPEN:
            raise CannotPublish(_("这份导入稿现在是“%(state)s”，不能发布。") % {"state": draft.get_state_display()})
        tasks, promises = rows_in_force(now)
        if not tasks:
            raise CannotPublish(_("导入稿里没有任务：请先新增任务，或重新上传带任务清单的文件。"))
        if not now["doc"]["title"]:
            raise CannotPublish(_("请先在“文件信息”里填写方案标题。"))
        if waiting := unsettled(now):
            raise CannotPublish(
                _("还有 %(n)s 项旧任务没有确认在新版本里变成什么：请先在“新旧对照”里逐条确认。") % {"n": len(waiting)}
            )
        plan = _plan(draft, now["doc"])
        number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = PlanVersion.objects.create(plan=plan, number=number, draft=draft, published=clock.now(), post_id=actor.post_id)
        placed, heirs = _Placed(draft, now), settle(now)
        made = _tasks(plan, tasks, placed, heirs, now.get("mapping", {}))
        aims = _targets(plan, promises, made, heirs)
        ended = _end(plan, heirs, made)
        index_plan(plan)
        version.mapping = kept_mapping(heirs, {ref: str(each.uid) for table in (made, aims) for ref, each in table.items()})
        version.save(update_fields=["mapping"])
        draft.state, draft.plan = Draft.State.PUBLISHED, plan
        draft.save(update_fields=["state", "plan"])
        record.made(version, tasks=len(made), targets=len(aims), ended=ended)
    return plan


def _plan(draft: Draft, doc: Json) -> Plan:
    plan = draft.plan or Plan(area=draft.area, made=clock.now())
    for name in _DOC_FIELDS:
        value = doc[name]
        setattr(plan, name, _day(value) if name in ("issued_on", "runs_until") else value[: _longest(name)])
    plan.save()
    return plan


def _longest(name: str) -> int:
    return int(getattr(Plan._meta.get_field(name), "max_length", 0))


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


class _Placed:
    """The units of printed names, and the towns for 各镇街."""

    def __init__(self, draft: Draft, now: Json) -> None:
        self.units: dict[str, int | None] = {printed: at["unit"] for printed, at in now["units"].items()}
        self.groups = {printed for printed, at in now["units"].items() if at["how"] == "towns"}
        self.towns = [u.pk for u in units_of_county(draft.area) if u.kind == Unit.Kind.TOWN]

    def of(self, printed: str) -> list[int | None]:
        """The unit's key, or those of all towns, or None where the name has no unit here."""
        return list(self.towns) if printed in self.groups else [self.units.get(printed)]

    def answerable(self, row: Json) -> int | None:
        """The one unit that is asked: as a person or the reader chose, else the first that leads. A group of units answers for nothing."""
        lead = row["lead"] or row["proposed"]
        first = row["answerable"] if row["answerable"] in self.units else (lead[0] if lead else "")
        return self.of(first)[0] if first and self.of(first) else None


def _tasks(plan: Plan, rows: list[Json], placed: _Placed, heirs: Succession, mapping: Json) -> dict[str, Task]:
    had = {str(task.uid): task for task in Task.objects.filter(plan=plan, dropped=None)} if heirs.heirs else {}
    made: dict[str, Task] = {}
    kept: list[Task] = []
    for order, row in enumerate(rows, 1):
        fields = _task(row, order, placed)
        uid = heirs.heirs.get(row["ref"], "")
        task = had.get(uid)
        if task is None:
            task = Task(
                uid=uuid4(),
                plan=plan,
                leader=row["others"].get("责任领导", "")[:40],
                contact=row["others"].get("联系人", "")[:40],
            )
        else:
            kept.append(task)
            if task.answerable_id is not None and not mapping[uid]["owner_changed"]:
                # Who answers was settled in the office; the new version names the same.
                fields |= {"answerable_id": task.answerable_id, "owner_proposed": task.owner_proposed}
            task.edition += 1
        for name, value in fields.items():
            setattr(task, name, value)
        made[row["ref"]] = task
    Task.objects.bulk_create(task for task in made.values() if task.pk is None)
    for row in rows:
        task = made[row["ref"]]
        task.path = task.path or f"{task.pk}/"
        task.same_as = made.get(row["same_as"] or "")
    Task.objects.bulk_update(made.values(), ["path", "same_as"])
    if kept:
        Task.objects.bulk_update(kept, [*(name.removesuffix("_id") for name in _TASK_FIELDS), "edition"])
        TaskUnit.objects.filter(task__in=kept).delete()
    TaskUnit.objects.bulk_create(_parts(rows, made, placed))
    return made


def _task(row: Json, order: int, placed: _Placed) -> Json:
    return {
        "kind": row["kind"],
        "order": order,
        "number": row["number"][:20],
        "theme": row["theme"][:120],
        "title": row["title"][:200],
        "goal": row["goal"],
        "measure": row["measure"],
        "others": row["others"],
        "place": row["place"],
        "due_words": row["due_words"][:80],
        "due_on": _day(row["due_on"]),
        "ongoing": row["ongoing"],
        "answerable_id": placed.answerable(row),
        "owner_proposed": not row["lead"],
    }


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
                    parts.append(TaskUnit(task=task, unit_id=unit, printed=printed[:80], part=part, order=order))
    return parts


def _targets(plan: Plan, rows: list[Json], tasks: dict[str, Task], heirs: Succession) -> dict[str, Target]:
    had = {str(target.uid): target for target in Target.objects.filter(plan=plan, dropped=None)} if heirs.heirs else {}
    made: dict[str, Target] = {}
    kept: list[Target] = []
    names: set[str] = set()
    for order, row in enumerate(rows, 1):
        fields = _target(row, order, tasks)
        target = had.get(heirs.heirs.get(row["ref"], ""))
        if target is None:
            target = Target(uid=uuid4(), plan=plan)
        else:
            kept.append(target)
            if target.binding != Target.Binding.PROPOSED and row["binding"] == Target.Binding.PROPOSED:
                # How it is computed was settled before, and nobody said otherwise.
                for name in _BOUND:
                    del fields[name]
        for name, value in fields.items():
            setattr(target, name, value)
        names |= set(fields)
        made[row["ref"]] = target
    Target.objects.bulk_create(target for target in made.values() if target.pk is None)
    for row in rows:
        made[row["ref"]].same_as = made.get(row["same_as"] or "")
    Target.objects.bulk_update([t for t in made.values() if t.same_as_id is not None or t in kept], ["same_as"])
    if kept:
        Target.objects.bulk_update(kept, sorted(names))
    return made


_BOUND = ("evaluator_kind", "evaluator", "parameters", "proposals", "binding", "direction", "nature", "tolerance")


def _target(row: Json, order: int, tasks: dict[str, Task]) -> Json:
    later = row["binding"] == Target.Binding.LATER
    evaluator = {} if later else row["evaluator"] or {}
    return {
        "task": tasks.get(row["task"] or ""),
        "order": order,
        "quote": row["quote"],
        "place": row["place"],
        "where": row["where"][:80],
        "metric": row["metric"][:200],
        "scope": row["scope"][:120],
        "op": row["op"],
        "value": row["value"],
        "value2": row["value2"],
        "uom": row["uom"][:20],
        "baseline": row["baseline"],
        "due_words": row["due_words"][:20],
        "due_on": _day(row["due_on"]),
        "per": row["per"],
        "level": row["level"],
        "direction": row.get("direction") or row["op"],
        "nature": row.get("nature") or "promise",
        "tolerance": row.get("tolerance"),
        "evaluator_kind": "" if later else row["kind"],
        "evaluator": evaluator.get("id", ""),
        "parameters": evaluator.get("parameters", {}),
        "proposals": row["proposals"],
        "binding": row["binding"],
    }


def _end(plan: Plan, heirs: Succession, made: dict[str, Task]) -> int:
    """Marks what the new version no longer has; gives how many tasks."""
    if not heirs.ended:
        return 0
    gone = list(Task.objects.filter(plan=plan, uid__in=heirs.ended, dropped=None))
    end_tasks(gone, {uid: made[to[0]] for uid, to in heirs.ended.items() if to and to[0] in made})
    Target.objects.filter(plan=plan, uid__in=heirs.ended, dropped=None).update(dropped=clock.now())
    return len(gone)
