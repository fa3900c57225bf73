"""From a corrected draft to a published plan, in one action.

Tasks can be published at once: what nobody has looked at or bound yet goes along, marked, and may wait. A new version changes
what goes on in place: reports, parts and history stay with their task; what it no longer has is marked as dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.workspaces.areas.api import Area, units_below
from xiangxu_web.workspaces.plans.binding import fields_of, settled_in
from xiangxu_web.workspaces.plans.drafting.rows import unsettled
from xiangxu_web.workspaces.plans.drafting.succession import rows_in_force
from xiangxu_web.workspaces.plans.in_charge import in_charge, offices_called
from xiangxu_web.workspaces.plans.models import Draft, Mark, Plan, PlanVersion, Target, Task, TaskUnit
from xiangxu_web.workspaces.plans.searching import index_plan
from xiangxu_web.workspaces.plans.splitting import words_follow
from xiangxu_web.workspaces.plans.succession import Succession, end_tasks, kept_mapping, settle
from xiangxu_web.workspaces.plans.twins import asked_of, settle_twins

Json = dict[str, Any]

# What a new version may say anew of a task; who is in charge inside the office (领导、科室、联系人) is not the document's.
_TASK_FIELDS = (
    "kind", "order", "number", "theme", "title", "goal", "measure", "others", "place", "due_words", "due_on", "ongoing",
    "answerable_id", "owner_proposed", "doubts", "seen",
)  # fmt: skip
_DOC_FIELDS = ("title", "short_title", "doc_number", "issuer", "issued_on", "runs_until")


class CannotPublish(ValueError):
    """Why the draft cannot be published yet, and what to do."""


def publish(actor: Actor, draft: Draft, *, issued: bool = False) -> Plan:
    """Makes the plan and its first version, or the next version of the plan that the draft belongs to.

    Refused: a draft that is not open, one without a single task, one without a title; a text put up for comment (征求意见稿), unless
    somebody says that it has been ``issued`` meanwhile, as which it then stands; of a new version one in which it is not
    confirmed yet what became of each old task. Two who publish at once make one version: the second is refused.
    """
    with action(actor, "plan.publish") as record:
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        now = draft.current
        if draft.state != Draft.State.OPEN:
            raise CannotPublish(_("这份导入稿现在是“%(state)s”，不能发布。") % {"state": draft.get_state_display()})
        if draft.is_draft and not issued:
            raise CannotPublish(_("这是征求意见稿，还不能作为方案发布：印发以后，请勾选“这份已经正式印发”，填上文号和日期。"))
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
        placed, heirs = Placed(draft.area, now), settle(now)
        stood = list(Task.objects.filter(plan=plan, dropped=None, parent=None)) if heirs.became else []
        made = _tasks(plan, tasks, placed, heirs, now.get("mapping", {}))
        # What a document promises belongs to the telling that is reported.
        reported = {ref: asked_of(task) for ref, task in made.items()}
        aims = _targets(plan, promises, reported, heirs, settled_in(draft), actor.post_id)
        if stood:
            words_follow(record, plan.pk, _bearing(stood, heirs, made))
        ended = _end(plan, heirs, made)
        index_plan(plan)
        version.mapping = kept_mapping(heirs, {ref: str(each.uid) for table in (made, aims) for ref, each in table.items()})
        version.save(update_fields=["mapping"])
        draft.state, draft.plan, draft.is_draft = Draft.State.PUBLISHED, plan, False
        draft.save(update_fields=["state", "plan", "is_draft"])
        record.made(version, tasks=len(made), targets=len(aims), ended=ended)
    return plan


def _plan(draft: Draft, doc: Json) -> Plan:
    plan = draft.plan or Plan(area=draft.area, made=clock.now())
    for name in _DOC_FIELDS:
        value = doc[name]
        # Until when it runs is only proposed for the new version: what a person said of the one before holds.
        if name == "runs_until" and not value and "until" in draft.current:
            continue
        setattr(plan, name, _day(value) if name in ("issued_on", "runs_until") else value[: _longest(name)])
    plan.save()
    return plan


def _longest(name: str) -> int:
    return int(getattr(Plan._meta.get_field(name), "max_length", 0))


def _day(words: str) -> date | None:
    return date.fromisoformat(words) if words else None


class Placed:
    """The units of printed names, and the towns for 各镇街, or a prefecture's counties for 各区县."""

    def __init__(self, area: Area, now: Json) -> None:
        self.units: dict[str, int | None] = {printed: at["unit"] for printed, at in now["units"].items()}
        self.groups = {printed for printed, at in now["units"].items() if at["how"] == "towns"}
        self.below = list(units_below(area).values_list("pk", flat=True))

    def of(self, printed: str) -> list[int | None]:
        """The unit's key, or those of the whole group, or None where the name has no unit here."""
        return list(self.below) if printed in self.groups else [self.units.get(printed)]

    def answerable(self, row: Json) -> int | None:
        """The one unit that is asked: as a person or the reader chose, else the first that leads. A group of units answers for nothing."""
        lead = row["lead"] or row["proposed"]
        first = row["answerable"] if row["answerable"] in self.units else (lead[0] if lead else "")
        return None if first in self.groups else self.units.get(first)


def _tasks(plan: Plan, rows: list[Json], placed: Placed, heirs: Succession, mapping: Json) -> dict[str, Task]:
    had = {str(task.uid): task for task in Task.objects.filter(_goes_on(heirs), plan=plan)} if heirs.heirs else {}
    offices = offices_called(plan.area)
    made: dict[str, Task] = {}
    kept: list[Task] = []
    for order, row in enumerate(rows, 1):
        fields = task_of(row, order, placed)
        uid = heirs.heirs.get(row["ref"], "")
        task = had.get(uid)
        if task is None:
            task = Task(uid=uuid4(), plan=plan, **in_charge(row["others"], offices))
        else:
            kept.append(task)
            task.dropped = None
            if task.answerable_id is not None and not mapping.get(uid, {}).get("owner_changed"):
                # Who answers was settled in the office; the new version names the same.
                fields |= {"answerable_id": task.answerable_id, "owner_proposed": task.owner_proposed}
            task.edition += 1
        for name, value in (fields | _looked_at(row, task, wording_of(row))).items():
            setattr(task, name, value)
        made[row["ref"]] = task
    Task.objects.bulk_create(task for task in made.values() if task.pk is None)
    for row in rows:
        task = made[row["ref"]]
        task.path = task.path or f"{task.pk}/"
    split = set(Task.objects.filter(parts__in=Task.objects.filter(parent__in=kept, dropped=None)).values_list("pk", flat=True))
    settle_twins(made, rows, lambda task: _first_asked(task, split))
    Task.objects.bulk_update(made.values(), ["path", "same_as"])
    if kept:
        Task.objects.bulk_update(kept, [*(name.removesuffix("_id") for name in _TASK_FIELDS), "dropped", "edition"])
        TaskUnit.objects.filter(task__in=kept).delete()
    TaskUnit.objects.bulk_create(parts_of(rows, made, placed))
    return made


def _goes_on(heirs: Succession) -> Q:
    """What stands, and what was withdrawn and is taken back."""
    return Q(dropped=None) | Q(uid__in=heirs.taken_back)


def _looked_at(row: Json, was: Task | Target, says: Json) -> Json:
    """Why the reader was in doubt, and whether a person looked: in this draft, or at what stood before in the very same words.

    ``was``: what goes on as this row, or a new one; ``says``: what the row says, to be compared with it.
    """
    same = was.pk is not None and was.seen and all(getattr(was, name) == value for name, value in says.items())
    return {"doubts": row["doubts"], "seen": row["seen"] or same}


def _first_asked(task: Task, split: set[int]) -> tuple[bool, bool, bool, int]:
    """Which of several tellings is reported, the least first: one on which work was done in a former version; a row of the list before
    an action of the text; one with an owner; the first in the document."""
    worked = task.reported_on is not None or task.pk in split
    return not worked, task.kind != Task.Kind.ROW, task.answerable_id is None, task.order


def _first_judged(target: Target, marked: set[int]) -> tuple[bool, bool, bool, int]:
    """Which of several tellings is judged, the least first: one of which units have said something; one that a person settled; one with a
    deadline, which the others do not take away; the first in the document."""
    return target.pk not in marked, target.binding == Target.Binding.PROPOSED, target.due_on is None, target.order


def task_of(row: Json, order: int, placed: Placed) -> Json:
    """A task as its row says it: what it asks for, where it stands in the document, and who is asked."""
    return wording_of(row) | {
        "kind": row["kind"],
        "order": order,
        "number": row["number"][:20],
        "theme": row["theme"][:120],
        "others": row["others"],
        "place": row["place"],
        "answerable_id": placed.answerable(row),
        "owner_proposed": not row["lead"],
    }


def wording_of(row: Json) -> Json:
    """What a task asks for and until when, in the words of its row."""
    return {
        "title": row["title"][:200],
        "goal": row["goal"],
        "measure": row["measure"],
        "due_words": row["due_words"][:80],
        "due_on": _day(row["due_on"]),
        "ongoing": row["ongoing"],
    }


def parts_of(rows: list[Json], made: dict[str, Task], placed: Placed) -> list[TaskUnit]:
    """The units that take part in these tasks beside the answerable one, in the document's order; those without a unit of ours as printed."""
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


def _targets(
    plan: Plan, rows: list[Json], tasks: dict[str, Task], heirs: Succession, settled: Settled, post: int | None
) -> dict[str, Target]:
    had = (
        {str(target.uid): target for target in Target.objects.filter(_goes_on(heirs), plan=plan).select_related("task")}
        if heirs.heirs
        else {}
    )
    made: dict[str, Target] = {}
    kept: list[Target] = []
    names: set[str] = set()
    for order, row in enumerate(rows, 1):
        fields = target_of(row, order, tasks.get(row["task"] or "")) | _by_whom(row, settled, post)
        target = had.get(heirs.heirs.get(row["ref"], ""))
        if target is None:
            target = Target(uid=uuid4(), plan=plan)
        else:
            kept.append(target)
            target.edition += 1
            target.dropped = None
            names |= {*fields, "doubts", "seen", "dropped", "edition"}
            fields = {name: value for name, value in fields.items() if name not in _kept(target, row)}
            if "task" not in fields and target.task is not None and (ended := heirs.ended.get(str(target.task.uid))) is not None:
                # The task to which it was put is gone; the target goes on where that one went.
                fields["task"] = tasks.get(ended[0]) if ended else None
        for name, value in (fields | _looked_at(row, target, promise_of(row))).items():
            setattr(target, name, value)
        made[row["ref"]] = target
    Target.objects.bulk_create(target for target in made.values() if target.pk is None)
    marked = set(Mark.objects.filter(target__in=kept, replaced=None).order_by().values_list("target", flat=True))
    settle_twins(made, rows, lambda target: _first_judged(target, marked))
    Target.objects.bulk_update([t for t in made.values() if t.same_as_id is not None or t in kept], ["same_as"])
    if kept:
        Target.objects.bulk_update(kept, sorted(names))
    return made


# How a target is computed, and who settled it.
_BOUND = (
    *fields_of(None), "proposals", "binding", "bound_by_post", "bound", "direction", "nature", "tolerance",
)  # fmt: skip
_PLACED = ("task", "placed_by_post")
Settled = Mapping[str, tuple[int | None, datetime]]


def _by_whom(row: Json, settled: Settled, post: int | None) -> Json:
    """Who settled in the draft how the promise is computed, and who put it to its task; a proposal nobody did."""
    by, at = (None, None) if row["binding"] == Target.Binding.PROPOSED else settled.get(row["ref"], (post, clock.now()))
    return {"bound_by_post": by, "bound": at, "placed_by_post": post if row.get("placed") else None}


def _kept(target: Target, row: Json) -> set[str]:
    """The fields of a target that the new version leaves as a person settled them, as long as nobody settled them anew in its draft.

    The choice of units is no field of a draft at all: no version touches it.
    """
    kept: set[str] = set()
    if target.binding != Target.Binding.PROPOSED and row["binding"] == Target.Binding.PROPOSED:
        kept |= set(_BOUND)
    if target.placed_by_post is not None and not row.get("placed"):
        kept |= set(_PLACED)
    return kept


def promise_of(row: Json) -> Json:
    """What a target promises and until when, as the row was read."""
    return {
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
    }


def target_of(row: Json, order: int, task: Task | None) -> Json:
    """A target as its row says it: where it stands, what it promises, and how it is computed as far as that was settled or proposed."""
    later = row["binding"] == Target.Binding.LATER
    evaluator = None if later else row["evaluator"]
    return promise_of(row) | {
        "task": task,
        "order": order,
        "quote": row["quote"],
        "place": row["place"],
        "where": row["where"][:80],
        "direction": row.get("direction") or row["op"],
        "nature": row.get("nature") or "promise",
        "tolerance": row.get("tolerance"),
        **fields_of(evaluator),
        "evaluator_kind": "" if later else row["kind"],
        "proposals": row["proposals"],
        "binding": row["binding"],
    }


def _bearing(stood: list[Task], heirs: Succession, made: dict[str, Task]) -> dict[int, tuple[Task, date | None]]:
    """Of each task of the version before the one whose words its parts bear now, and the deadline that it had."""
    into = {uid: ref for ref, uid in heirs.heirs.items()} | {uid: to[0] for uid, to in heirs.ended.items() if to}
    return {task.pk: (made[into[uid]], task.due_on) for task in stood if into.get(uid := str(task.uid)) in made}


def _end(plan: Plan, heirs: Succession, made: dict[str, Task]) -> int:
    """Marks what the new version no longer has; gives how many tasks."""
    if not heirs.ended:
        return 0
    gone = list(Task.objects.filter(plan=plan, uid__in=heirs.ended, dropped=None))
    end_tasks(gone, {uid: made[to[0]] for uid, to in heirs.ended.items() if to and to[0] in made})
    Target.objects.filter(plan=plan, uid__in=heirs.ended, dropped=None).update(dropped=clock.now())
    return len(gone)
