"""Milestones: one deliverable, stated done by its owner with evidence, verified by a second person. The history stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.targets.milestone import MilestoneFacts, milestone_verdict
from xiangxu.targets.status import Verdict
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.files.attach import Stored, attach_all
from xiangxu_web.kernel.permission import Refused, row
from xiangxu_web.workspaces.accounts.api import Post, held_on
from xiangxu_web.workspaces.plans.judging import judge
from xiangxu_web.workspaces.plans.models import Mark, Target
from xiangxu_web.workspaces.plans.rules import VERIFIERS


def history(target: Target) -> QuerySet[Mark]:
    """All statements on a milestone, the newest first; the first without a successor counts."""
    return Mark.objects.filter(target=target, unit=None).order_by("-made", "-pk")


def standing(target: Target) -> Mark | None:
    """The statement that counts."""
    return Mark.objects.filter(target=target, unit=None, replaced=None).first()


def facts_of(target: Target, mark: Mark | None) -> MilestoneFacts:
    """What the core needs to know."""
    if mark is None:
        return MilestoneFacts(due_on=target.due_on)
    looked = localtime(mark.verified).date() if mark.verified else None
    return MilestoneFacts(
        mark.word == Mark.Word.YES,
        mark.day,
        None if mark.refused else looked,
        looked if mark.refused else None,
        target.due_on,
    )


@judge("milestone")
def judged(targets: Sequence[Target], on: date) -> Mapping[int, Verdict]:
    """The verdicts of many milestones, in one query."""
    marks = {m.target_id: m for m in Mark.objects.filter(target__in=[t.pk for t in targets], unit=None, replaced=None)}
    return {t.pk: milestone_verdict(facts_of(t, marks.get(t.pk)), on) for t in targets}


def is_own(actor: Actor, target: Target) -> bool:
    """Whether the actor speaks for the unit that owns the milestone; otherwise the statement is entered for it (代录)."""
    return target.task is not None and actor.unit_id in (target.task.answerable_id, target.task.office_id)


def state(actor: Actor, target_key: int, *, done: bool, day: date, note: str, files: Sequence[Stored] = ()) -> Mark:
    """The owner states that the deliverable is done (or not yet), with evidence. A new statement replaces the one before, which stays.

    Refused: a day to come, done without a word or a file of evidence, entering for another without naming the source.
    """
    if day > clock.today():
        raise ValueError(_("完成日期还没到，请改日期。"))
    if done and not note.strip() and not files:
        raise ValueError(_("报完成须有依据：写明文件名称、文号或验收情况，或附上材料。"))
    with transaction.atomic():
        row("milestone.state", actor, pk=target_key)
        # The lock is on the target alone: its task may be missing, and an outer join cannot be locked.
        target = Target.objects.select_for_update(of=("self",)).select_related("task").get(pk=target_key)
        own = is_own(actor, target)
        if not own and not note.strip():
            raise ValueError(_("代录须写明依据（电话、微信、盖章材料等）。"))
        actor = actor.on_behalf_of(target.task.answerable_id if target.task is not None and not own else None)
        now = clock.now()
        with action(actor, "milestone.state") as record:
            before = standing(target)
            if before is not None:
                was: dict[str, Any] = values(before)
                before.replaced = now
                before.save(update_fields=["replaced"])
                record.changed(before, was)
            mark = Mark.objects.create(
                target=target,
                word=Mark.Word.YES if done else Mark.Word.NO,
                day=day,
                note=note.strip()[:300],
                person_id=actor.person_id or None,
                post_id=actor.post_id or None,
                link_id=actor.link_id,
                entered_for=not own,
                made=now,
            )
            record.made(mark, word=str(mark.word), entered_for=mark.entered_for, files=len(files))
            attach_all(files, to=mark, actor=actor)
    return mark


def hindrance(actor: Actor, mark: Mark) -> str:
    """Why this actor may not verify this statement; empty where they may."""
    if mark.word != Mark.Word.YES or mark.verified is not None or mark.refused:
        return _("这条说明不用核验，或已经核验过。")
    return not_the_second(actor, mark.person_id, mark.post_id)


def not_the_second(actor: Actor, person: int | None, post: int | None) -> str:
    """Why this actor is not the second person for what this person stated in this post; empty where they are."""
    if person == actor.person_id:
        return _("自己报的要由别人核验。")
    stated = Post.objects.filter(pk=post or 0).values_list("unit_id", flat=True).first()
    if stated == actor.unit_id and _others(actor, stated):
        return _("本单位报的要由别的单位核验：请科室、督导室或县领导核验。")
    return ""


def _others(actor: Actor, unit: int) -> bool:
    """Whether somebody outside this unit could verify."""
    posts = Post.objects.filter(held_on(clock.today()), role__in=VERIFIERS, unit__area__path__startswith=actor.county_path)
    return posts.exclude(unit=unit).exists()


def verify(actor: Actor, mark_key: int, *, confirm: bool, reason: str = "") -> Mark:
    """A second person confirms the statement, which then is met, or refuses it with a reason.

    Refused: the same person; the same unit while another could; a statement that was replaced, or looked at, meanwhile.
    """
    with transaction.atomic():
        row("milestone.verify", actor, pk=mark_key)
        mark = Mark.objects.select_for_update().get(pk=mark_key)
        if mark.replaced is not None:
            raise Refused(_("责任单位已经重新报过，请看最新的一条。"))
        why_not = hindrance(actor, mark)
        if why_not:
            raise Refused(why_not)
        if not confirm and not reason.strip():
            raise ValueError(_("核验不通过须写明理由，责任单位会看到。"))
        with action(actor, "milestone.verify" if confirm else "milestone.refuse") as record:
            before = values(mark)
            mark.verified, mark.verified_by_person, mark.verified_by_post = clock.now(), actor.person_id, actor.post_id
            mark.refused = "" if confirm else reason.strip()[:300]
            mark.save()
            record.changed(mark, before)
    return mark
