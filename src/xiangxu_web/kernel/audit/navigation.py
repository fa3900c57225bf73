"""The audit in the navigation, and on the audit administrator's start page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit import words
from xiangxu_web.kernel.audit.lately import WRONG, guessed_at, happened
from xiangxu_web.kernel.audit.rules import READ_AUDIT
from xiangxu_web.kernel.audit.state import ChainState, chain_state
from xiangxu_web.kernel.audit.triggers import GUARDS
from xiangxu_web.kernel.audit.verify import Fault, Flaw
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import FEW, LATELY, Line, Question, Section, Start, on_start

__all__ = ["words"]

# The weekly verification may be late by a day.
_LATE = timedelta(days=8)
# Rows are sealed every minute; those that wait longer than this say that nobody seals.
_UNSEALED = timedelta(hours=1)
# What an audit looks at first: who was given or lost what, what left the system, what was saved and brought back.
_NOTABLE = (
    "post.give", "post.end", "post.rights", "person.reset", "person.factor_cleared", "person.import", "list.export", "unit.export",
    "coverage.export", "sub-plan.export", "file.open", "backup.make", "backup.restore", "audit.guard",
)  # fmt: skip

navigation(Entry(95, _("审计"), "audit", "shield", lambda actor: may(actor, READ_AUDIT), under=("/audit/",)))


@on_start(90)
def start(actor: Actor) -> Start:
    """For the audit administrator: to verify the chain; where it is not sound and where passwords were guessed; what was given, ended,
    taken out and saved."""
    if not may(actor, READ_AUDIT):
        return Start()
    state, url = chain_state(), reverse("audit-chain")
    due = state.last is None or state.last.at < clock.now() - _LATE
    since_when = _now("还没有核验过") if state.last is None else _now("一周以上没有核验")
    to_do = [Line(_now("核验审计链"), url, since_when)] if due and not state.faults else []
    red = [*_unsound(state, url), *_guessed()]
    since = f"&from={(clock.today() - LATELY).isoformat()}"
    changed = happened(rows("audit.see", actor).filter(verb__in=_NOTABLE), lambda verb: f"{reverse('audit')}?verb={verb}{since}")
    return Start(
        state.sentence(),
        [
            Section(Question.TO_DO, _("审计链"), len(to_do), to_do, url, _("一周之内核验过。超过一周没有核验，会在这里提醒。")),
            Section(
                Question.RED,
                _("审计链和登录"),
                len(red),
                red,
                nothing=_("没有发现问题。核验发现改动、缺失，或有账号被反复试密码，会列在这里。"),
            ),
            Section(
                Question.CHANGED,
                _("近 30 天的授权、导出和备份"),
                len(changed),
                changed[:FEW],
                reverse("audit"),
                _("近 30 天没有。岗位和权限的授予、终止，数据的导出，备份和恢复，会列在这里。"),
            ),
        ],
    )


def _unsound(state: ChainState, url: str) -> Iterator[Line]:
    if state.faults:
        yield Line(_now("审计链有 %(faults)s 处问题") % {"faults": state.faults}, url, _now("逐处查明，保全数据库和锚点文件"))
    if not GUARDS.in_place(connection):
        yield Line(_now("审计防护不在"), url, Fault(Flaw.UNGUARDED, 0).words())
    if state.oldest_unsealed is not None and state.oldest_unsealed < clock.now() - _UNSEALED:
        words = _now("%(n)s 条记录一小时以上没有封存") % {"n": state.unsealed}
        yield Line(words, url, _now("请系统管理员检查后台进程是否在运行"))


def _guessed() -> list[Line]:
    count = len(guessed_at())
    if not count:
        return []
    title = ngettext("%(n)s 个账号一天内输错密码 %(wrong)s 次以上", "%(n)s 个账号一天内输错密码 %(wrong)s 次以上", count)
    words = _now("登录名只留散列；是谁由能给他发登录码的管理员看")
    return [Line(title % {"n": count, "wrong": WRONG}, f"{reverse('audit')}?verb=person.sign_in_failed", words)]
