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
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.files.attach import attach
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import Blob
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.areas.api import county_of
from xiangxu_web.workspaces.plans.corrected import corrected
from xiangxu_web.workspaces.plans.models import Draft, Plan, Report, Task
from xiangxu_web.workspaces.plans.publishing import CannotPublish, publish
from xiangxu_web.workspaces.plans.reporting import decide, hand_in
from xiangxu_web.workspaces.plans.rules import DOCUMENT, RUN_PLANS

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


def upload(actor: Actor, files: Sequence[tuple[Blob, str]], *, is_draft: bool = False, plan: Plan | None = None) -> Draft:
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
        row("draft.see", actor, pk=draft.pk, without=DOCUMENT)
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
                    "who": names("person", [fresh.editor_person]).get(fresh.editor_person or 0, ""),
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
    """One correction of an open draft. Refused where somebody else has the pen, or where it cannot be applied."""
    demand(actor, RUN_PLANS)
    with transaction.atomic(), action(actor, "draft.correct") as record:
        fresh = take(actor, draft)
        if fresh.state != Draft.State.OPEN:
            raise CannotPublish(_("这份导入稿现在是“%(state)s”，不能再改。") % {"state": fresh.get_state_display()})
        made = corrected(fresh, actor, kind, on, typed)
        record.made(made, correction=kind)
    return fresh


def publish_draft(actor: Actor, draft: Draft, issued: Mapping[str, str] | None = None) -> Plan:
    """Publishes a draft; see ``publishing.publish``. Refused while somebody else has the pen.

    ``issued``: of a text put up for comment, that it has been issued since: facts of the document (``doc_number``, ``issued_on``).
    """
    demand(actor, RUN_PLANS)
    row("draft.see", actor, pk=draft.pk, without=DOCUMENT)
    with transaction.atomic():
        if draft.state == Draft.State.OPEN:
            take(actor, draft)
            if issued is not None and draft.is_draft:
                correct(actor, draft, "doc", "doc", issued)
        return publish(actor, draft, issued=issued is not None)
