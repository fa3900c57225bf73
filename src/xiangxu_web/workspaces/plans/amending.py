"""Correcting what was published against the document: a task or a promise was read wrongly, or what was read is none at all.

The office's own wording is never changed, only what the reading made of it. Each correction stands among those of the document's
import, with what was there before and why, so that a new version builds on it; the history of the task or target shows both, also where
reports have come in since. A bulletin that was issued stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu.model.reason import listed
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.verbs import verb
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.plans.corrected import corrected
from xiangxu_web.workspaces.plans.drafting.correcting import ADD, AMEND, DROP, amendable, put
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.models import Correction, Draft, Instruction, Node, Report, SubPlan, Target, Task
from xiangxu_web.workspaces.plans.proposing import proposed_anew
from xiangxu_web.workspaces.plans.publishing import promise_of, wording_of
from xiangxu_web.workspaces.plans.reading import lay_over_anew
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.splitting import words_follow
from xiangxu_web.workspaces.plans.succession import in_force, ref_of
from xiangxu_web.workspaces.plans.twins import asked_of

Json = dict[str, Any]
AMENDED = verb("task.amend", lazy("对照原文更正任务"))
TASK_WITHDRAWN = verb("task.withdraw", lazy("撤回误读的任务"))
TASK_ADDED = verb("task.add", lazy("补录漏读的任务"))
TARGET_AMENDED = verb("target.amend", lazy("对照原文更正目标"))
WITHDRAWN = verb("target.withdraw", lazy("撤回误读的目标"))
ADDED = verb("target.add", lazy("补录漏读的目标"))


def amend(actor: Actor, key: int, edition: int, given: Mapping[str, Any], reason: str) -> Task:
    """Corrects what was read of a task. ``given``: title, goal, measure, due_words as they stand in the document.

    Refused: another's county, a post that does not run plans, a part (its words are those of whoever split the task) or a task that no
    longer holds, no reason, an older edition of the page, a deadline that cannot be read.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        task = _task(actor, key)
        draft, ref = _place(task, edition)
        typed = _differing(draft, ref, given)
        with action(actor, AMENDED) as record:
            before = values(task)
            made = corrected(draft, actor, AMEND, ref, typed | {"reason": reason, "uid": str(task.uid)})
            _written(task, wording_of(find(draft.current, ref)))
            record.made(made, correction=AMEND)
            record.changed(task, before, reported=task.reports.exists())
            words_follow(record, task.plan_id, {task.pk: (task, before["due_on"])})
        lay_over_anew(task.plan)
    return task


def withdraw_task(actor: Actor, key: int, edition: int, reason: str) -> Task:
    """What was read as a task is none: it is shown no more, counts nowhere, and asks nothing of anybody; its page says so and why.

    Its promises stay promises: each goes back to the task at which the text tells it, where it was put here from there (as what is told
    twice is, which stands for itself again), else it belongs to the plan alone, until somebody puts it to a task. Parts that no unit has
    accepted go with it. Refused as for a correction, and where work hangs on it (``hanging``): then it was no misreading, and a new
    version of the plan ends it.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        task = _task(actor, key)
        if hangs := hanging(task):
            raise Refused(hangs)
        draft, ref = _place(task, edition)
        homes = _homes(draft)
        with action(actor, TASK_WITHDRAWN) as record:
            before = values(task)
            made = corrected(draft, actor, DROP, ref, {"reason": reason, "uid": str(task.uid)})
            _written(task, {"dropped": clock.now(), "same_as": None})
            for part in Task.objects.filter(path__startswith=task.path, dropped=None).exclude(pk=task.pk):
                had = values(part)
                part.dropped = task.dropped
                part.save(update_fields=["dropped"])
                record.changed(part, had, withdrawn=True)
            Task.objects.filter(plan=task.plan_id, dropped=None, order__gt=task.order).update(order=F("order") - 1)
            Task.objects.filter(same_as=task).update(same_as=None)
            whole = Task.objects.filter(plan=task.plan_id, dropped=None, parent=None).select_related("same_as")
            stand = {str(each.uid): each for each in whole}
            for target in task.targets.filter(dropped=None):
                had = values(target)
                home = stand.get(homes.get(str(target.uid), ""))
                target.task, target.placed_by_post = asked_of(home) if home else None, None
                target.edition += 1
                target.save(update_fields=["task", "placed_by_post", "edition"])
                record.changed(target, had)
            record.made(made, correction=DROP)
            record.changed(task, before)
        lay_over_anew(task.plan)
    return task


def hanging(task: Task) -> str:
    """Why what hangs on a task shows that it was no misreading, and what to do instead; nothing where nothing does."""
    below = Task.objects.filter(path__startswith=task.path).order_by().values("pk")
    hangs = {
        _("进展报告"): Report.objects.filter(task__in=below),
        _("领导批示"): Instruction.objects.filter(task__in=below),
        _("报过完成的节点"): Node.objects.filter(task__in=below).exclude(stated=None),
        _("单位已接受的分解任务"): Task.objects.filter(pk__in=below, kind=Task.Kind.PART, sent=Task.Sent.ACCEPTED, dropped=None),
        _("分方案"): SubPlan.objects.filter(target__task=task, target__dropped=None),
    }
    found = [words for words, rows in hangs.items() if rows.exists()]
    if not found:
        return ""
    return _(
        "这项任务已有%(what)s，不是误读，不能撤回。文件改了、不再有它的，请上传新版本，在“新旧对照”里对应为删去；读错了内容的，请更正。"
    ) % {"what": worded(listed(found))}


def _homes(draft: Draft) -> dict[str, str]:
    """The task at which the text tells each promise in force: from uid to uid."""
    stands = in_force(draft.version)
    uids = {row["ref"]: uid for uid, row in stands.items()}
    return {uid: uids[row["task"]] for uid, row in stands.items() if row.get("task") in uids}


def amend_target(actor: Actor, key: int, edition: int, given: Mapping[str, Any], reason: str) -> Target:
    """Corrects what was read of a promise. ``given``: what it promises, of whom, how much, until when, as it stands in the document.

    How it is computed stays where a person settled it, and the page says that the promise reads otherwise since; what is only proposed
    is proposed anew. Refused as for a task.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        target = _target(actor, key)
        draft, ref = _place(target, edition)
        typed = _differing(draft, ref, given)
        with action(actor, TARGET_AMENDED) as record:
            before = values(target)
            made = corrected(draft, actor, AMEND, ref, typed | {"reason": reason, "uid": str(target.uid)})
            now = find(draft.current, ref)
            direction = {"direction": now["op"]} if "op" in typed["after"] else {}
            _written(target, promise_of(now) | direction | proposed_anew(target, draft.current, ref))
            record.made(made, correction=AMEND)
            record.changed(target, before, settled=target.binding != Target.Binding.PROPOSED)
        lay_over_anew(target.plan)
    return target


def withdraw(actor: Actor, key: int, edition: int, reason: str) -> Target:
    """What was read as a promise is none: it is shown no more, counts nowhere, and asks nothing of anybody. What was reported stays.

    What was tied to it as its repetition stands for itself again. Refused as for a correction.
    """
    demand(actor, RUN_PLANS)
    reason = given_reason(reason)
    with transaction.atomic():
        target = _target(actor, key)
        draft, ref = _place(target, edition)
        with action(actor, WITHDRAWN) as record:
            before = values(target)
            made = corrected(draft, actor, DROP, ref, {"reason": reason, "uid": str(target.uid)})
            _written(target, {"dropped": clock.now()})
            # The order of what is in force is that of the draft's rows in force.
            Target.objects.filter(plan=target.plan_id, dropped=None, order__gt=target.order).update(order=F("order") - 1)
            Target.objects.filter(same_as=target).update(same_as=None)
            record.made(made, correction=DROP)
            record.changed(target, before, marks=target.marks.filter(replaced=None).count())
        lay_over_anew(target.plan)
    return target


def given_reason(reason: str) -> str:
    """Why something is corrected; refused where nothing is said."""
    reason = reason.strip()[:200]
    if not reason:
        raise ValueError(_("请写明更正的理由，例如：读取时漏了半句。"))
    return reason


def _task(actor: Actor, key: int) -> Task:
    """The task, locked; refused where it is a part, holds no longer, or the plan has ended."""
    row("task.change", actor, pk=key)
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=key)
    if task.kind == Task.Kind.PART or task.dropped is not None:
        raise Refused(_("只能更正方案里现在有效的任务；分解任务跟着它更正。"))
    if task.plan.closed is not None:
        raise Refused(_("这份方案已经结束，不能再更正。"))
    return task


def _target(actor: Actor, key: int) -> Target:
    """The target, locked; refused where the plan has ended."""
    row("target.amend", actor, pk=key)
    target = Target.objects.select_for_update(of=("self",)).select_related("plan").get(pk=key)
    if target.plan.closed is not None:
        raise Refused(_("这份方案已经结束，不能再更正。"))
    return target


def _place(thing: Task | Target, edition: int) -> tuple[Draft, str]:
    """The draft of the version in force, locked, and the row in it; refused where the page was an older edition of the thing."""
    if thing.edition != edition:
        raise Changed(_("您打开页面后，别人改过这一条。请看过现在的内容再改。"))
    version = thing.plan.versions.order_by("number").last()
    ref = ref_of(version, thing) if version is not None else None
    if version is None or ref is None:
        raise Refused(_("没有找到它在导入稿里的那一条，不能更正。请上传新版本。"))
    return Draft.objects.select_for_update().get(pk=version.draft_id), ref


def _differing(draft: Draft, ref: str, given: Mapping[str, Any]) -> Json:
    """What was given and differs from what stands, each in its own form, with what stands; refused where nothing does."""
    was = find(draft.current, ref)
    names = [name for name in amendable(was) if name in given]
    read = dict(was)
    put(draft.current, read, {name: given[name] for name in names})
    after = {name: read[name] for name in names if read[name] != was[name]}
    if not after:
        raise ValueError(_("没有改动：请先改成文件里的原文。"))
    return {"after": after, "before": {name: was[name] for name in after}}


def _written(thing: Task | Target, fields: Json) -> None:
    """Whoever corrects a reading has looked at it."""
    for name, value in (fields | {"seen": True, "edition": thing.edition + 1}).items():
        setattr(thing, name, value)
    thing.save()


def withdrawn_because(thing: Task | Target) -> str:
    """Why something was withdrawn that holds no longer; of a part, why its task was. Nothing where a new version ended it."""
    if thing.dropped is None:
        return ""
    if isinstance(thing, Task) and thing.parent_id is not None:
        thing = Task.objects.get(pk=thing.path.partition("/")[0])
    reasons = [each.typed["reason"] for each in amendments(thing) if each.kind == DROP]
    return str(reasons[-1]) if reasons and thing.dropped else ""


def amendments(thing: Task | Target) -> list[Correction]:
    """The corrections of a task or target since it was published, in all versions, oldest first."""
    made = Correction.objects.filter(draft__version__plan=thing.plan_id, kind__in=(AMEND, DROP, ADD), typed__uid=str(thing.uid))
    return list(made.order_by("at"))
