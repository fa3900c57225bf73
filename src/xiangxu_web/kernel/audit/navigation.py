"""The audit in the navigation, and on the audit administrator's start page."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit import words
from xiangxu_web.kernel.audit.rules import READ_AUDIT
from xiangxu_web.kernel.audit.state import chain_state
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.permission import may
from xiangxu_web.kernel.start import Line, Question, Section, Start, on_start

__all__ = ["words"]

# The weekly verification may be late by a day.
_LATE = timedelta(days=8)

navigation(Entry(95, _("审计"), "audit", "shield", lambda actor: may(actor, READ_AUDIT), under=("/audit/",)))


@on_start(90)
def start(actor: Actor) -> Start:
    """For the audit administrator: how the chain stands, and what to do where it was not verified or is not sound."""
    if not may(actor, READ_AUDIT):
        return Start()
    state = chain_state()
    url = reverse("audit-chain")
    sections = []
    if state.last is not None and state.faults:
        line = Line(_now("审计链有 %(faults)s 处问题") % {"faults": state.faults}, url, _now("逐处查明，保全数据库和锚点文件"))
        sections.append(Section(Question.RED, _("审计链"), 1, [line], url))
    elif state.last is None or state.last.at < clock.now() - _LATE:
        line = Line(_now("核验审计链"), url, _now("一周以上没有核验"))
        sections.append(Section(Question.TO_DO, _("审计链"), 1, [line], url))
    return Start(state.sentence(), sections)
