"""Correcting a published task against the document: its name, goal, measure or deadline was read wrongly.

The office's own wording is never changed, only what the reading made of it. Each correction stands among those of the document's
import, with what was there before and why; the task's history shows both, also where reports have come in since. A bulletin that was
issued stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.verbs import verb
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.plans.corrected import corrected
from xiangxu_web.workspaces.plans.drafting.correcting import AMEND, AMENDABLE
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.models import Correction, Draft, Task
from xiangxu_web.workspaces.plans.publishing import wording_of
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.succession import ref_of

AMENDED = verb("task.amend", lazy("对照原文更正任务"))


def amend(actor: Actor, key: int, edition: int, given: Mapping[str, str], reason: str) -> Task:
    """Corrects what was read of a task. ``given``: title, goal, measure, due_words as they stand in the document.

    Refused: another's county, a post that does not run plans, a part (its words are those of whoever split the task) or a task that no
    longer holds, no reason, an older edition of the page, a deadline that cannot be read.
    """
    demand(actor, RUN_PLANS)
    reason = reason.strip()[:200]
    if not reason:
        raise ValueError(_("请写明更正的理由，例如：读取时漏了半句。"))
    with transaction.atomic():
        row("task.change", actor, pk=key)
        task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=key)
        if task.edition != edition:
            raise Changed(_("您打开页面后，别人改过这项任务。请看过现在的内容再改。"))
        if task.kind == Task.Kind.PART or task.dropped is not None:
            raise Refused(_("只能更正方案里现在有效的任务；分解任务请在“分解”里改。"))
        version = task.plan.versions.order_by("number").last()
        ref = ref_of(version, task) if version is not None else None
        if version is None or ref is None:
            raise Refused(_("没有找到这项任务在导入稿里的那一条，不能更正。请上传新版本。"))
        draft = Draft.objects.select_for_update().get(pk=version.draft_id)
        was = find(draft.current, ref)
        after = {name: given[name].strip() for name in AMENDABLE if name in given and given[name].strip() != was[name]}
        if not after:
            raise ValueError(_("没有改动：请先改成文件里的原文。"))
        typed = {"after": after, "before": {name: was[name] for name in after}, "reason": reason, "uid": str(task.uid)}
        with action(actor, AMENDED) as record:
            before = values(task)
            made = corrected(draft, actor, AMEND, ref, typed)
            for name, value in wording_of(find(draft.current, ref)).items():
                setattr(task, name, value)
            task.edition += 1
            task.save()
            record.made(made, correction=AMEND)
            record.changed(task, before, reported=task.reports.exists())
    return task


def amendments(task: Task) -> list[Correction]:
    """The corrections of a task since it was published, in all versions, oldest first."""
    return list(Correction.objects.filter(draft__version__plan=task.plan_id, kind=AMEND, typed__uid=str(task.uid)).order_by("at"))
