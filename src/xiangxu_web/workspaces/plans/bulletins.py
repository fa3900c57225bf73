"""Bulletins: drafted from how the plan stands, sentences changed by people, issued; then frozen for good.

An issued bulletin is never changed: its content and its Word file stay as they were, and the database itself refuses. A correction is a
new edition of the same number that names the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.documents.official import layout_of, official_docx
from xiangxu.monthly import (
    BulletinContent,
    Kind,
    PlanState,
    added,
    compose,
    disagreements,
    dropped,
    edited,
    keeping_edits,
    of_data,
    restored,
    to_data,
    to_official,
)
from xiangxu.monthly.wording import replaces
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.files.attach import attach
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.workspaces.plans.cards import national
from xiangxu_web.workspaces.plans.models import Bulletin, Plan
from xiangxu_web.workspaces.plans.plan_state import Frame, state_of, under, usual_frame
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

# The paragraph by which a new edition names the old one; without it no correction is issued.
CORRECTION = "correction"
# The audit's word for a draft that was taken away: nothing else of it stays.
GIVE_UP = "bulletin.drop"


class CannotIssue(ValueError):
    """Why a bulletin cannot be changed or issued as it is, and what to do."""


class NotThatDay(CannotIssue):
    """A day of which nobody knows how the plan stood."""


def content_of(bulletin: Bulletin) -> BulletinContent:
    """The bulletin's content with its frozen figures."""
    return of_data(bulletin.content)


def composed(plan: Plan, state: PlanState) -> BulletinContent:
    """A bulletin of how the plan stands, compared with the last issued one before it."""
    before = (
        Bulletin.objects.filter(plan=plan, number__lt=state.number).exclude(issued=None).order_by("-number", "-edition").first()
    )
    return compose(state, content_of(before) if before else None)


def word_file(content: BulletinContent) -> bytes:
    """The bulletin as a Word file in the layout of official documents; the same content gives the same bytes."""
    return official_docx(to_official(content), layout_of(national()))


def begin(actor: Actor, plan_key: int) -> Bulletin:
    """A draft of the plan's next bulletin; where one is being drafted already, that one."""
    demand(actor, RUN_PLANS)
    plan: Plan = row("plan.see", actor, pk=plan_key, area__path=actor.county_path)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        open_one = Bulletin.objects.filter(plan=plan, issued=None).order_by("pk").first()
        if open_one is not None:
            return open_one
        frame = usual_frame(plan, clock.today())
        content = composed(plan, state_of(plan, frame))
        with action(actor, "bulletin.begin") as record:
            made = Bulletin.objects.create(
                plan=plan,
                number=frame.number,
                day=frame.day,
                title=content.title[:120],
                content=to_data(content),
                made=clock.now(),
                post_id=actor.post_id,
            )
            record.made(made, number=made.number, figures=len(content.figures))
    return made


def change(
    actor: Actor, key: int, revision: int, how: Callable[[BulletinContent], BulletinContent], verb: str = "bulletin.edit"
) -> Bulletin:
    """Changes the content of a draft. Refused: an issued bulletin, a page older than the last change."""
    demand(actor, RUN_PLANS)
    with transaction.atomic(), action(actor, verb) as record:
        row("bulletin.change", actor, pk=key)
        bulletin = Bulletin.objects.select_for_update().get(pk=key)
        if bulletin.revision != revision:
            raise CannotIssue(_("您打开页面后，草稿又有改动，这一次没有保存。请看过现在的内容再保存；您刚才填写的还在页面上。"))
        before = values(bulletin)
        content = how(content_of(bulletin))
        bulletin.content, bulletin.title = to_data(content), content.title[:120]
        bulletin.number, bulletin.day = content.state.number, content.state.day
        bulletin.revision += 1
        try:
            with transaction.atomic():
                bulletin.save()
        except IntegrityError as problem:
            raise CannotIssue(_("第 %(n)s 期已经有了，请换一个期号。") % {"n": bulletin.number}) from problem
        record.changed(bulletin, before)
    return bulletin


def write(actor: Actor, key: int, revision: int, block: str, text: str) -> Bulletin:
    """A person's words in a block; the generated sentence is kept and can be brought back. Empty words leave the block out."""
    words = text.replace("\r\n", "\n").strip()
    return change(actor, key, revision, lambda now: edited(now, block, words) if words else dropped(now, block))


def leave_out(actor: Actor, key: int, revision: int, block: str) -> Bulletin:
    """Leaves a block out of the bulletin."""
    return change(actor, key, revision, lambda now: dropped(now, block))


def bring_back(actor: Actor, key: int, revision: int, block: str) -> Bulletin:
    """A block as it was generated."""
    return change(actor, key, revision, lambda now: restored(now, block))


def write_after(actor: Actor, key: int, revision: int, after: str, text: str) -> Bulletin:
    """A paragraph of one's own behind a block."""
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise CannotIssue(_("请写要增加的一段话。"))
    return change(actor, key, revision, lambda now: added(now, after, f"own:{uuid4().hex[:8]}", words))


def reframe(actor: Actor, key: int, revision: int, frame: Frame, title: str) -> tuple[Bulletin, tuple[str, ...]]:
    """Another number, day or head; what people wrote stays. Gives what no longer has a place.

    Figures are taken as they are now, so the day is today, and everything is counted anew; or it stays the draft's, and so do its
    figures. A correction keeps its number.
    """
    bulletin: Bulletin = row("bulletin.change", actor, pk=key)
    if bulletin.corrects_id is not None and frame.number != bulletin.number:
        raise CannotIssue(_("更正版沿用原来的期号，不能改。"))
    lost: list[str] = []

    def anew(now: BulletinContent) -> BulletinContent:
        if frame.day == clock.today():
            state = state_of(bulletin.plan, frame)
        elif frame.day == now.state.day:
            state = under(frame, now.state)
        else:
            raise NotThatDay(_("系统按现在的进展取数，截至日只能是今天，或保留草稿原来的日期。"))
        content, gone = keeping_edits(composed(bulletin.plan, state), now)
        lost.extend(block.text for block in gone)
        return replace(content, title=title.strip() or content.title)

    return change(actor, key, revision, anew, "bulletin.refresh"), tuple(lost)


def issue(actor: Actor, key: int, revision: int, *, in_spite: bool = False) -> Bulletin:
    """Issues a draft: content and Word file are frozen for good.

    Refused: figures in changed sentences that the frozen ones do not bear out, unless the clerk says that they are meant so
    (``in_spite``); a correction that no longer names what it corrects.
    """
    demand(actor, RUN_PLANS)
    bulletin: Bulletin = row("bulletin.change", actor, pk=key)
    content = content_of(bulletin)
    differing = disagreements(content)
    if differing and not in_spite:
        raise CannotIssue(_("改过的句子里有 %(n)s 处数与冻结的数不一致，请先改正。") % {"n": len(differing)})
    if bulletin.corrects_id is not None and not any(
        b.id == CORRECTION and not b.dropped and b.text.strip() for b in content.blocks
    ):
        raise CannotIssue(_("更正版要写明更正哪一期、为什么，请恢复“更正说明”那一段。"))
    # Bytes go to disk before the action: it holds the one lock for writing.
    name = file_name(bulletin)
    blob = store(word_file(content), name)
    with transaction.atomic(), action(actor, "bulletin.issue") as record:
        fresh = Bulletin.objects.select_for_update().get(pk=key)
        if fresh.issued is not None or fresh.revision != revision or fresh.revision != bulletin.revision:
            raise CannotIssue(_("您打开页面后，草稿又有改动。请再看一遍，然后印发。"))
        attach(blob, name, to=fresh, actor=actor)
        before = values(fresh)
        fresh.sha256, fresh.issued, fresh.issued_by_post = blob.sha256, clock.now(), actor.post_id
        fresh.save()
        record.changed(fresh, before, number=fresh.number, edition=fresh.edition, differing=len(differing))
    return fresh


def file_name(bulletin: Bulletin) -> str:
    """What the Word file is called."""
    edition = _("（更正%(n)s）") % {"n": bulletin.edition - 1} if bulletin.edition > 1 else ""
    return f"{_('第%(n)s期') % {'n': bulletin.number}} {bulletin.title}{edition}.docx"


def correct(actor: Actor, key: int, reason: str) -> Bulletin:
    """A new edition of an issued bulletin, as a draft: the same content with a paragraph that names the old edition and says why.

    Refused: a draft, an edition that has been corrected already, no reason.
    """
    demand(actor, RUN_PLANS)
    reason = reason.strip()
    if not reason:
        raise CannotIssue(_("请写明更正的原因，会印在更正版上。"))
    with transaction.atomic(), action(actor, "bulletin.begin") as record:
        old: Bulletin = row("bulletin.see", actor, pk=key, plan__area__path=actor.county_path)
        if old.issued is None:
            raise CannotIssue(_("这一期还没有印发，直接修改草稿就可以。"))
        if Bulletin.objects.filter(corrects=old).exists():
            raise CannotIssue(_("这一版已经有更正版了，请在最新的一版上更正。"))
        content = content_of(old)
        day = old.day
        words = replaces(localtime(old.issued).date(), old.number, reason)
        content = _naming(content, words)
        last = Bulletin.objects.filter(plan=old.plan, number=old.number).aggregate(last=Max("edition"))["last"] or 1
        made = Bulletin.objects.create(
            plan=old.plan,
            number=old.number,
            edition=last + 1,
            day=day,
            title=old.title,
            content=to_data(content),
            made=clock.now(),
            post_id=actor.post_id,
            corrects=old,
            reason=reason[:200],
        )
        record.made(made, number=made.number, edition=made.edition)
    return made


def _naming(content: BulletinContent, words: str) -> BulletinContent:
    if any(block.id == CORRECTION for block in content.blocks):
        return edited(content, CORRECTION, words)
    first = next(block.id for block in content.blocks if block.kind is Kind.PARAGRAPH)
    return added(content, first, CORRECTION, words)


def give_up(actor: Actor, key: int) -> int:
    """Takes a draft away; gives the key of its plan. An issued bulletin is never taken away."""
    demand(actor, RUN_PLANS)
    with transaction.atomic(), action(actor, GIVE_UP) as record:
        bulletin: Bulletin = row("bulletin.change", actor, pk=key)
        plan = bulletin.plan_id
        record.removed(bulletin)
        bulletin.delete()
    return plan
