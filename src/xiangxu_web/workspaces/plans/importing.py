"""What is done with an import beside correcting and publishing: reading it again, giving it up, answering the check's findings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu.model.reason import recalled
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.verbs import verb
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.plans.api import take
from xiangxu_web.workspaces.plans.drafting.checked import remarks_of
from xiangxu_web.workspaces.plans.models import Draft, Finding, Plan
from xiangxu_web.workspaces.plans.page_pictures import draft_files
from xiangxu_web.workspaces.plans.reading import lay_over
from xiangxu_web.workspaces.plans.rules import DOCUMENT, RUN_PLANS

READ_AGAIN = verb("draft.read-again", lazy("重新读取方案文件"))
GIVE_UP = verb("draft.give-up", lazy("放弃方案导入"))
AS_VERSION = verb("draft.version", lazy("把导入稿作为已有方案的新版本"))
ANSWER = verb("draft.answer", lazy("处理方案检查意见"))


def read_again(actor: Actor, draft: Draft) -> Draft:
    """Puts the reading of a document in line once more. Refused where it was read: corrections hang on what was read."""
    demand(actor, RUN_PLANS)
    with action(actor, READ_AGAIN) as record:
        fresh = _locked(actor, draft)
        if fresh.state not in (Draft.State.READING, Draft.State.FAILED):
            raise Refused(_("这份文件已经读完，不能重读。需要重来时，请重新上传。"))
        before = values(fresh)
        fresh.state, fresh.failure = Draft.State.READING, ""
        fresh.job_id = enqueue("plan.read", {"draft": fresh.pk}, actor).pk
        fresh.save(update_fields=["state", "failure", "job_id"])
        record.changed(fresh, before)
    return fresh


def give_up(actor: Actor, draft: Draft) -> Draft:
    """Puts an import aside; file and corrections are kept. Refused for a published one."""
    demand(actor, RUN_PLANS)
    with action(actor, GIVE_UP) as record:
        fresh = _locked(actor, draft)
        if fresh.state == Draft.State.PUBLISHED:
            raise Refused(_("这份导入稿已经发布，不能放弃。"))
        before = values(fresh)
        fresh.state = Draft.State.DROPPED
        fresh.save(update_fields=["state"])
        record.changed(fresh, before)
    return fresh


def titled(found: QuerySet[Draft]) -> QuerySet[Any]:
    """The imports with what each document calls itself (``title``), as far as that was read; else its file's name."""
    read = KeyTextTransform("title", KeyTransform("doc", "current"))
    return found.annotate(title=Coalesce(NullIf(read, Value("")), "name", output_field=TextField()))


def read_before(draft: Draft) -> Draft | None:
    """An import of the county with just this file that is under way or published, the newest; None where there is none."""
    own = draft_files().filter(row_key=str(draft.pk)).values("blob_id")
    same = draft_files().filter(blob_id__in=own).exclude(row_key=str(draft.pk)).values_list("row_key", flat=True)
    found = Draft.objects.filter(area=draft.area, pk__in=[int(key) for key in same])
    return found.exclude(state__in=(Draft.State.FAILED, Draft.State.DROPPED)).defer(*DOCUMENT).order_by("-made", "-pk").first()


def known_as(draft: Draft) -> Plan | None:
    """The plan of the county that bears the title or the number of this draft's document and is carried out now: the same paper, or a
    new version of it. None for a draft that is a new version already."""
    doc = draft.current.get("doc", {})
    if draft.plan_id is not None or not doc.get("title"):
        return None
    same = Q(title=doc["title"]) | (Q(doc_number=doc["doc_number"]) if doc.get("doc_number") else Q())
    return Plan.objects.filter(same, area=draft.area, closed=None).order_by("-made", "-pk").first()


def as_version(actor: Actor, draft: Draft, plan: Plan | None) -> Draft:
    """Makes an open draft the new version of a plan, with what became of each old task as proposed; or, with no plan, a new plan again.

    Corrections stay. Refused for a draft that is not open, and for another county's plan or one that is closed.
    """
    demand(actor, RUN_PLANS)
    if plan is not None:
        row("plan.see", actor, pk=plan.pk, area=draft.area_id, closed=None)
    with action(actor, AS_VERSION) as record:
        fresh = _locked(actor, take(actor, draft))
        if fresh.state != Draft.State.OPEN:
            raise Refused(_("这份导入稿现在是“%(state)s”，不能再改。") % {"state": fresh.get_state_display()})
        before = values(fresh)
        fresh.plan = plan
        lay_over(fresh, plan)
        fresh.save(update_fields=["plan", "as_read", "current"])
        record.changed(fresh, before)
    return fresh


def key_of(remark: Mapping[str, Any]) -> str:
    """A remark's name within its draft: its kind and the places that it speaks of."""
    spots = "|".join(f"{spot['place']['start']}-{spot['place']['end']}" for spot in remark["spots"] if spot["place"])
    return f"{remark['kind']}:{hashlib.sha256((recalled(remark['message']) + spots).encode()).hexdigest()[:16]}"


def unanswered(draft: Draft) -> int:
    """How many findings on a draft document nobody has answered; an issued one has advice, which asks for nothing."""
    if not draft.is_draft:
        return 0
    answered = draft.findings.exclude(answer=Finding.Answer.OPEN).values_list("key", flat=True)
    return len({key_of(made) for made, _now in remarks_of(draft.current)} - set(answered))


def answer(actor: Actor, draft: Draft, key: str, word: str, reason: str = "") -> Finding:
    """What the office says to a finding of the check on its draft: mended, or kept as it is for a reason, which must be given."""
    demand(actor, RUN_PLANS)
    if word not in Finding.Answer.values:
        raise ValueError(_("请选择“已修改”或“不修改，说明理由”。"))
    if word == Finding.Answer.KEPT and not reason.strip():
        raise ValueError(_("不修改的，请写明理由。"))
    with transaction.atomic(), action(actor, ANSWER) as record:
        fresh = _locked(actor, draft)
        if key not in {key_of(made) for made, _now in remarks_of(fresh.as_read)}:
            raise ValueError(_("没有这条意见，请刷新页面。"))
        found, _made = Finding.objects.get_or_create(draft=fresh, key=key)
        before = values(found)
        found.answer, found.reason = word, reason.strip()[:300]
        found.post_id, found.at = actor.post_id, clock.now()
        found.save()
        record.changed(found, before, answer=word)
    return found


def _locked(actor: Actor, draft: Draft) -> Draft:
    row("draft.see", actor, pk=draft.pk, without=DOCUMENT)
    found: Draft = Draft.objects.select_for_update().get(pk=draft.pk)
    return found
