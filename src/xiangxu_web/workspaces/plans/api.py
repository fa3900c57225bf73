"""The door of plans for whatever stands above: uploading, correcting, publishing, reporting.

Each function is one action: permission, decision, change, audit row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.files.attach import attach
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import Blob
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.areas.api import county_of
from xiangxu_web.workspaces.plans.drafting.correcting import UNDO, Step, apply, named, undo
from xiangxu_web.workspaces.plans.models import Correction, Draft, Plan, Report, Task
from xiangxu_web.workspaces.plans.publishing import CannotPublish, publish
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

__all__ = [
    "CannotPublish",
    "Draft",
    "Plan",
    "Report",
    "SomebodyElse",
    "Task",
    "correct",
    "decide",
    "hand_in",
    "publish_draft",
    "take",
]


def upload(
    actor: Actor, files: Sequence[tuple[Blob, str]], *, is_draft: bool = False, plan: Plan | None = None
) -> Draft:
    """Takes a document in (one file, or photographs of its pages in their order): a draft with the files at it, and a job that reads it.

    ``plan``: the plan of which it is a new version.
    """
    demand(actor, RUN_PLANS)
    if not actor.county_path:
        raise Refused(_("方案要在一个县里导入：请切换到县级岗位。"))
    with transaction.atomic(), action(actor, "draft.upload") as record:
        draft = Draft.objects.create(
            area=county_of(actor.county_path),
            name=files[0][1][-200:],
            is_draft=is_draft,
            plan=plan,
            made=clock.now(),
            made_by_post=actor.post_id,
        )
        record.made(draft)
        for blob, name in files:
            attach(blob, name, to=draft, actor=actor)
        draft.job_id = enqueue("plan.read", {"draft": draft.pk}, actor).pk
        draft.save(update_fields=["job_id"])
    return draft


# How long the pen stays with whoever typed last.
_PEN = timedelta(minutes=10)


class SomebodyElse(Exception):
    """Another person is editing the draft: who, until when; taking over is offered."""


def take(actor: Actor, draft: Draft, *, over: bool = False) -> Draft:
    """Takes the pen of a draft. Refused while somebody else has it, unless it is taken over; what the other typed is kept already."""
    demand(actor, RUN_PLANS)
    with transaction.atomic():
        row("draft.see", actor, pk=draft.pk)
        fresh: Draft = Draft.objects.select_for_update().get(pk=draft.pk)
        busy = (
            fresh.editor_person not in (None, actor.person_id)
            and fresh.editor_until is not None
            and fresh.editor_until > clock.now()
        )
        if busy and not over:
            raise SomebodyElse(
                _("%(who)s正在校对这份导入稿（每次更正后保留十分钟，目前到 %(until)s）。您填的内容还在：可以等一等，也可以接手。")
                % {
                    "who": names("person", [fresh.editor_person])[fresh.editor_person],
                    "until": localtime(fresh.editor_until).strftime("%H:%M"),
                }
            )
        if fresh.editor_person != actor.person_id:
            with action(actor, "draft.take") as record:
                record.noted(fresh, over=busy)
        fresh.editor_person, fresh.editor_post, fresh.editor_until = actor.person_id, actor.post_id, clock.now() + _PEN
        fresh.save(update_fields=["editor_person", "editor_post", "editor_until"])
    return fresh


def correct(actor: Actor, draft: Draft, kind: str, on: str, typed: Mapping[str, Any]) -> Draft:
    """One correction: kept as a row for ever, and applied. Refused where somebody else has the pen, or where it cannot be applied.

    ``undo`` (``on``: the number of an earlier one) is a correction like any other: the rest is applied anew without the one undone.
    """
    demand(actor, RUN_PLANS)
    with transaction.atomic(), action(actor, "draft.correct") as record:
        fresh = take(actor, draft)
        if fresh.state != Draft.State.OPEN:
            raise CannotPublish(_("这份导入稿现在是“%(state)s”，不能再改。") % {"state": fresh.get_state_display()})
        typed = named(kind, typed, fresh.edition + 1)
        if kind == UNDO:
            steps = [Step(*each) for each in fresh.corrections.values_list("number", "kind", "on", "typed")]
            fresh.current = undo(fresh.as_read, steps, int(on) if on.isdecimal() else 0)
        else:
            fresh.current = apply(fresh.current, kind, on, typed)
        fresh.edition += 1
        fresh.save(update_fields=["current", "edition"])
        made = Correction.objects.create(
            draft=fresh,
            number=fresh.edition,
            at=clock.now(),
            post_id=actor.post_id,
            person_id=actor.person_id,
            kind=kind,
            on=on,
            typed=dict(typed),
        )
        record.made(made, correction=kind)
    return fresh


def publish_draft(actor: Actor, draft: Draft) -> Plan:
    """Publishes a draft; see ``publishing.publish``. Refused while somebody else has the pen."""
    demand(actor, RUN_PLANS)
    row("draft.see", actor, pk=draft.pk)
    with transaction.atomic():
        if draft.state == Draft.State.OPEN:
            take(actor, draft)
        return publish(actor, draft)


def hand_in(actor: Actor, task_key: int, typed: Mapping[str, Any], token: str) -> Report:
    """Hands in a report on a task: word, one line, obstacles, next step. The same form sent twice makes one report.

    Who reports for another unit (代录) must hold that right and name the source: a call, a message, a sealed page.
    """
    sent: Report | None = Report.objects.filter(token=token, post_id=actor.post_id).first()
    if sent is not None:
        return sent
    task: Task = row("task.report", actor, pk=task_key)
    if task.answerable is None:
        raise Refused(_("这项任务还没有牵头单位，暂不能报进展：请教育局先确定牵头单位。"))
    own = actor.unit_id in (task.answerable_id, task.office_id)
    if not own and not typed.get("source"):
        raise ValueError(_("代录须注明来源（电话、微信、盖章材料等）。"))
    with action(actor, "report.hand-in") as record:
        report = Report.objects.create(
            task=task,
            unit=task.answerable,
            day=clock.today(),
            word=typed["word"],
            line=typed["line"],
            obstacles=typed.get("obstacles", ""),
            next_step=typed.get("next_step", ""),
            quantity=typed.get("quantity"),
            person_id=actor.person_id or None,
            post_id=actor.post_id or None,
            link_id=actor.link_id,
            entered_for=not own,
            source=typed.get("source", ""),
            made=clock.now(),
            token=token,
        )
        record.made(report, word=report.word, entered_for=report.entered_for)
    return report


def decide(actor: Actor, report_key: int, *, accept: bool, reason: str = "") -> Report:
    """Accepts a report, which then is the task's word, or returns it with a reason. One's own report cannot be accepted by oneself."""
    demand(actor, RUN_PLANS)
    report: Report = row("report.see", actor, pk=report_key)
    if report.state != Report.State.HANDED_IN:
        raise Refused(_("这份进展已经处理过（%(state)s）。") % {"state": report.get_state_display()})
    if accept and report.person_id == actor.person_id and not report.entered_for:
        raise Refused(_("自己报的进展要由别人审核。"))
    if not accept and not reason.strip():
        raise ValueError(_("退回须写明理由，报送单位会看到。"))
    with action(actor, "report.accept" if accept else "report.return") as record:
        before = values(report)
        report.state = Report.State.ACCEPTED if accept else Report.State.RETURNED
        report.reason, report.decided, report.decided_by_post = reason.strip(), clock.now(), actor.post_id
        report.save()
        record.changed(report, before)
        if accept:
            task = report.task
            was = values(task)
            task.word, task.reported_on = report.word, report.day
            task.save(update_fields=["word", "reported_on"])
            record.changed(task, was, word=report.word)
    return report
