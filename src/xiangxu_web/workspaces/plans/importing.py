"""What is done with an import beside correcting and publishing: reading it again, giving it up, answering the check's findings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.audit.verbs import verb
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.permission import Refused, demand, row
from xiangxu_web.workspaces.plans.models import Draft, Finding
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

READ_AGAIN = verb("draft.read-again", lazy("重新读取方案文件"))
GIVE_UP = verb("draft.give-up", lazy("放弃方案导入"))
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


def key_of(remark: Mapping[str, Any]) -> str:
    """A remark's name within its draft: its kind and the places that it speaks of."""
    spots = "|".join(f"{spot['place']['start']}-{spot['place']['end']}" for spot in remark["spots"] if spot["place"])
    return f"{remark['kind']}:{hashlib.sha256((remark['message'] + spots).encode()).hexdigest()[:16]}"


def answer(actor: Actor, draft: Draft, key: str, word: str, reason: str = "") -> Finding:
    """What the office says to a finding of the check on its draft: mended, or kept as it is for a reason, which must be given."""
    demand(actor, RUN_PLANS)
    if word not in Finding.Answer.values:
        raise ValueError(_("请选择“已修改”或“不修改，说明理由”。"))
    if word == Finding.Answer.KEPT and not reason.strip():
        raise ValueError(_("不修改的，请写明理由。"))
    with transaction.atomic(), action(actor, ANSWER) as record:
        fresh = _locked(actor, draft)
        if key not in {key_of(remark) for remark in fresh.as_read.get("check", ())}:
            raise ValueError(_("没有这条意见，请刷新页面。"))
        found, _made = Finding.objects.get_or_create(draft=fresh, key=key)
        before = values(found)
        found.answer, found.reason = word, reason.strip()[:300]
        found.post_id, found.at = actor.post_id, clock.now()
        found.save()
        record.changed(found, before, answer=word)
    return found


def _locked(actor: Actor, draft: Draft) -> Draft:
    row("draft.see", actor, pk=draft.pk)
    found: Draft = Draft.objects.select_for_update().get(pk=draft.pk)
    return found
