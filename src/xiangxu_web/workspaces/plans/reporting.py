"""First progress: a report handed in by the owner, by somebody for it, or through a signed link; accepted or returned; a leader's sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.documents.wording import number
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.files.attach import Stored, attach_all
from xiangxu_web.kernel.permission import Refused, allowed, demand, row, rows
from xiangxu_web.kernel.soonest import SOONEST
from xiangxu_web.workspaces.plans.models import Instruction, Report, Task
from xiangxu_web.workspaces.plans.rules import ASK_FOR_MORE, RUN_PLANS
from xiangxu_web.workspaces.plans.twins import asked_of

# So many times what was promised somebody may have done: more is a slip of the finger, and would be summed up.
_MOST_TIMES = 3


def is_own(actor: Actor, task: Task) -> bool:
    """Whether the actor reports for the own unit; otherwise the report is entered for another (代录)."""
    return actor.unit_id in (task.answerable_id, task.office_id)


def asks_quantity(task: Task) -> bool:
    """Whether a report says how much is done: of a part with a quantity that is not split any further."""
    if task.kind != Task.Kind.PART or task.quantity is None:
        return False
    return not task.parts.filter(dropped=None).exclude(sent=Task.Sent.DRAFT).exists()


def hand_in(actor: Actor, task_key: int, typed: Mapping[str, Any], token: str, files: Sequence[Stored] = ()) -> Report:
    """Hands in a report on a task: word, one line, obstacles, next step, the quantity done in all. The same form sent twice makes one.

    Who reports for another unit (代录) must hold that right and name the source: a call, a message, a sealed page. Refused: 完成 with
    less than was promised, for the figure would say the opposite of the word; more than three times of what was promised.
    """
    sent = _sent(actor, token)
    if sent is not None:
        return sent
    task: Task = row("task.report", actor, pk=task_key)
    if task.dropped is not None:
        raise Refused(_("这项任务已经不在方案里，不用再报进展：它的页上写着为什么。"))
    if task.answerable is None:
        raise Refused(_("这项任务还没有牵头单位，暂不能报进展：请教育局先确定牵头单位。"))
    own = is_own(actor, task)
    if not own and not typed.get("source"):
        raise ValueError(_("代录须注明来源（电话、微信、盖章材料等）。"))
    actor = actor.on_behalf_of(None if own else task.answerable_id)
    quantity: float | None = typed.get("quantity")
    if typed["word"] == Task.Word.DONE and quantity is not None and task.quantity is not None and quantity < task.quantity:
        raise ValueError(
            _("应完成 %(all)s，您填了 %(done)s：请改数量，或把进展选为“正常”“滞后”。")
            % {"all": number(task.quantity), "done": number(quantity)}
        )
    if quantity is not None and task.quantity is not None and quantity > _MOST_TIMES * task.quantity:
        raise ValueError(
            _(
                "应完成 %(all)s，您填了 %(done)s，多出 %(times)s 倍以上：请核对是不是多按了数字；确实做了这么多的，请教育局先改分解的数量。"
            )
            % {"all": number(task.quantity), "done": number(quantity), "times": _MOST_TIMES - 1}
        )
    try:
        with action(actor, "report.hand-in") as record:
            report = Report.objects.create(
                task=task,
                unit=task.answerable,
                day=clock.today(),
                word=typed["word"],
                line=typed["line"],
                obstacles=typed.get("obstacles", ""),
                next_step=typed.get("next_step", ""),
                quantity=quantity,
                person_id=actor.person_id or None,
                post_id=actor.post_id or None,
                link_id=actor.link_id,
                entered_for=not own,
                source=typed.get("source", ""),
                made=clock.now(),
                token=token,
            )
            record.made(report, word=report.word, entered_for=report.entered_for, files=len(files))
            attach_all(files, to=report, actor=actor)
    except IntegrityError as twice:
        sent = _sent(actor, token)
        if sent is None:
            raise ValueError(_("这张表单已经用过，请刷新页面后再报。")) from twice
        return sent
    return report


def _sent(actor: Actor, token: str) -> Report | None:
    return Report.objects.filter(token=token, post_id=actor.post_id or None, link_id=actor.link_id).first()


def decide(actor: Actor, report_key: int, *, accept: bool, reason: str = "") -> Report:
    """Accepts a report, which then is the task's word, or returns it with a reason.

    The bureau's clerk decides; on what the clerk reported as the bureau also its sections and leaders. Nobody accepts their own.

    A report that is older than one accepted before is kept, but the newer one stays the task's word.
    """
    with transaction.atomic():
        report = row("report.see", actor, pk=report_key)
        if not allowed("report.decide", actor, report):
            demand(actor, RUN_PLANS)
        report = Report.objects.select_for_update().get(pk=report_key)
        if report.state != Report.State.HANDED_IN:
            raise Refused(_("这份进展已经处理过（%(state)s）。") % {"state": report.get_state_display()})
        if accept and report.person_id == actor.person_id and not report.entered_for:
            raise Refused(_("自己报的进展要由别人审核：请另一位专干、本局科室或局领导审核。"))
        if not accept and not reason.strip():
            raise ValueError(_("退回须写明理由，报送单位会看到。"))
        with action(actor, "report.accept" if accept else "report.return") as record:
            before = values(report)
            report.state = Report.State.ACCEPTED if accept else Report.State.RETURNED
            report.reason, report.decided, report.decided_by_post = reason.strip()[:300], clock.now(), actor.post_id
            report.save()
            record.changed(report, before)
            if accept:
                _takes_effect(record, report)
    return report


def _takes_effect(record: Recorder, report: Report) -> None:
    accepted = Report.objects.filter(task_id=report.task_id, state=Report.State.ACCEPTED)
    newest = accepted.order_by("-day", "-made", "-pk").first()
    if newest is None or newest.pk != report.pk:
        return
    task = Task.objects.select_for_update().get(pk=report.task_id)
    was = values(task)
    task.word, task.reported_on = report.word, report.day
    if report.quantity is not None:
        # What was reported before the part took in others tells of its own share alone.
        later = task.told_by.filter(dropped__gt=report.made).aggregate(done=Sum("done"))["done"]
        task.done = report.quantity + (later or 0)
    task.save(update_fields=["word", "reported_on", "done"])
    record.changed(task, was, word=report.word)
    _counts_above(record, task, was["done"])
    Instruction.objects.filter(task=task, answered_by=None, made__lte=report.made).update(answered_by=report)


def _counts_above(record: Recorder, part: Task, before: float | None) -> None:
    """What a closed unit had done and is accepted only now counts in the part that took its own in, unless that one has been reported as a
    whole since."""
    if part.dropped is None or part.same_as_id is None or part.done is None:
        return
    of_whole = Report.objects.filter(task=part.same_as_id, state=Report.State.ACCEPTED, quantity__isnull=False)
    if of_whole.filter(made__gt=part.dropped).exists():
        return
    own = Task.objects.select_for_update().get(pk=part.same_as_id)
    was = values(own)
    own.done = (own.done or 0) + part.done - (before or 0)
    own.save(update_fields=["done"])
    record.changed(own, was)
    _counts_above(record, own, was["done"])


def decide_many(actor: Actor, keys: Iterable[int], *, accept: bool, reason: str = "") -> tuple[int, list[str]]:
    """Decides on several reports; one that cannot be decided stays as it is and is told, the others go through. Gives number and words."""
    demand(actor, RUN_PLANS)
    if not accept and not reason.strip():
        raise ValueError(_("退回须写明理由，报送单位会看到。"))
    count, left = 0, []
    for report in rows("report.see", actor).filter(pk__in=list(keys)).select_related("task").order_by("made"):
        try:
            decide(actor, report.pk, accept=accept, reason=reason)
            count += 1
        except Refused as refused:
            left.append(f"{report.task}：{refused}")
    return count, left


def instruct(actor: Actor, task_key: int, line: str, due_on: date | None) -> Instruction:
    """A leader's sentence on a task (批示); on what is told twice, on the telling that is reported. It stands at the task's head and on the start pages of the unit and the clerk until a report
    that came after it is accepted. Refused: no words, a day that has passed."""
    demand(actor, ASK_FOR_MORE)
    task = asked_of(row("task.see", actor, pk=task_key))
    if not line.strip():
        raise ValueError(_("请写一句批示，例如：请教体局、住建局月底前解决。"))
    if due_on is not None and due_on < clock.today():
        raise ValueError(_("要求办结的日期已经过去，请改日期或留空。"))
    with action(actor, "task.instruct") as record:
        made = Instruction.objects.create(
            task=task,
            line=line.strip()[:300],
            due_on=due_on,
            person_id=actor.person_id or None,
            post_id=actor.post_id or None,
            made=clock.now(),
        )
        record.made(made)
    return made


# What a line about a report shows of it.
TOLD_OF_REPORT = ("word", "line", "entered_for", "made", "decided", "task__title", "unit__name", "unit__short_name")


def instructions_open(actor: Actor) -> QuerySet[Instruction]:
    """The sentences that still want an answer, on the tasks with which the actor has to do."""
    found: QuerySet[Instruction] = rows("instruction.see", actor).filter(answered_by=None, task__dropped=None)
    return found.select_related("task__answerable").order_by(SOONEST, "-made")


def last_report(actor: Actor, task: Task) -> Report | None:
    """The last report on the task that the actor may see: the next one starts from it."""
    found: QuerySet[Report] = rows("report.see", actor).filter(task=task, unit_id=task.answerable_id)
    return found.order_by("-made", "-pk").first()
