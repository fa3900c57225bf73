"""Sub-plans (一镇一案、一校一案): opened by the clerk, written by the unit, countersigned, approved or returned; approval feeds
coverage; what was approved may be opened again for a new edition, and stays in force until that is approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.review.plan_check import Grade
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.kernel.files.attach import Stored, attach_all, attachments
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.permission import Refused, allowed, demand, row, rows
from xiangxu_web.workspaces.accounts.api import Post
from xiangxu_web.workspaces.areas.api import Unit, existing, here
from xiangxu_web.workspaces.plans.covering import Many
from xiangxu_web.workspaces.plans.models import Mark, Opinion, Plan, SubPlan, SubPlanEdition, Target
from xiangxu_web.workspaces.plans.rules import RUN_PLANS
from xiangxu_web.workspaces.plans.splitting import ChangedMeanwhile
from xiangxu_web.workspaces.plans.sub_plan_check import NOT_CONCRETE, NOT_READ, UNKNOWN, Finding, findings, in_file
from xiangxu_web.workspaces.plans.sub_plan_template import template_of

# The evaluator whose promises ask each unit for a plan of its own.
ASKS_FOR_PLANS = "unit-plan-share"
# With the unit: it may write.
WITH_UNIT = (SubPlan.State.DRAFT, SubPlan.State.RETURNED, SubPlan.State.REOPENED)
# With whoever decides.
WITH_OFFICE = (SubPlan.State.HANDED_IN, SubPlan.State.COUNTERSIGNING)
# One section may hold so much; more belongs into a file.
LONGEST = 20_000


def open_round(actor: Actor, plan_key: int, target_key: int | None, unit_keys: Sequence[int], due_on: date | None) -> Many:
    """The clerk asks units for their sub-plans: each gets a draft with its own template. Who has one already is left and told.

    Refused: a plan of another county or one that is closed, no unit, a unit outside the county, a day that has passed.
    """
    demand(actor, RUN_PLANS)
    plan: Plan = row("plan.see", actor, pk=plan_key, area__path=actor.county_path)
    if plan.closed is not None:
        raise Refused(_("这份方案已经结束，不能再布置分方案。"))
    if due_on is not None and due_on < clock.today():
        raise ValueError(_("报送期限已经过了，请改日期。"))
    target: Target | None = row("target.see", actor, pk=target_key, plan=plan, dropped=None) if target_key else None
    units = list(rows("coverage.see", actor).filter(existing(clock.today()), pk__in=unit_keys).order_by("area__path", "pk"))
    if not units or len(units) != len(set(unit_keys)):
        raise ValueError(here(_("请选择本县的单位。"), actor.county_path))
    left = []
    with transaction.atomic():
        Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        have = set(SubPlan.objects.filter(plan=plan, target=target, unit__in=units).values_list("unit_id", flat=True))
        fresh = [unit for unit in units if unit.pk not in have]
        left = [(str(unit), _("已经布置过")) for unit in units if unit.pk in have]
        if fresh:
            with action(actor, "sub-plan.open") as record:
                for unit in fresh:
                    made = SubPlan.objects.create(
                        plan=plan,
                        unit=unit,
                        target=target,
                        title=title_of(plan, unit, target),
                        body=template_of(plan, unit, target),
                        due_on=due_on,
                        made=clock.now(),
                        post_id=actor.post_id or None,
                    )
                    record.made(made, units=len(fresh))
    return Many(len(fresh), tuple(left))


def title_of(plan: Plan, unit: Unit, target: Target | None) -> str:
    """The usual title: the unit and the kind of plan that the promise asks for, else the plan that is carried out."""
    kind = (target.parameters or {}).get("kind", "") if target is not None else ""
    if kind and kind != "其他":
        return _("%(unit)s%(kind)s实施方案") % {"unit": unit.name, "kind": kind}
    return (_("%(unit)s落实《%(plan)s》工作方案") % {"unit": unit.name, "plan": plan})[:120]


def write(actor: Actor, key: int, title: str, texts: Sequence[str], revision: int) -> SubPlan:
    """Keeps what was typed. Refused where another window or person has saved since (``revision``): nothing typed there is overwritten."""
    with transaction.atomic():
        row("sub-plan.write", actor, pk=key)
        sub_plan = SubPlan.objects.select_for_update().get(pk=key)
        if sub_plan.revision != revision:
            raise ChangedMeanwhile(_("另一个窗口或另一位同事刚刚保存过。请复制您新写的内容，刷新页面后补上。"))
        if len(texts) != len(sub_plan.body):
            raise ValueError(_("页面不完整，没有保存。请刷新页面。"))
        if any(len(text) > LONGEST for text in texts):
            raise ValueError(_("一段最多 %(most)s 字。更长的内容请作为文件上传。") % {"most": LONGEST})
        body = [{**section, "text": text.replace("\r\n", "\n")} for section, text in zip(sub_plan.body, texts, strict=True)]
        if body == sub_plan.body and title.strip() in ("", sub_plan.title):
            return sub_plan
        with action(_acting(actor, sub_plan), "sub-plan.write") as record:
            before = values(sub_plan)
            sub_plan.title, sub_plan.body = title.strip()[:120] or sub_plan.title, body
            sub_plan.revision += 1
            sub_plan.save(update_fields=["title", "body", "revision"])
            record.changed(sub_plan, before)
    return sub_plan


def add_files(actor: Actor, key: int, files: Sequence[Stored]) -> None:
    """Puts the sub-plan's own file, or an annex, beside the text."""
    sub_plan: SubPlan = row("sub-plan.write", actor, pk=key)
    with transaction.atomic():
        attach_all(files, to=sub_plan, actor=_acting(actor, sub_plan))


def is_own(actor: Actor, paper: SubPlan | Opinion) -> bool:
    """Whether the actor speaks for the unit itself; otherwise it is 代录."""
    return actor.unit_id == paper.unit_id


def _acting(actor: Actor, paper: SubPlan | Opinion) -> Actor:
    return actor.on_behalf_of(None if is_own(actor, paper) else paper.unit_id)


def _source_of(actor: Actor, paper: SubPlan | Opinion, source: str) -> str:
    """On what the entry for another unit rests; one's own needs none. Refused: 代录 without it."""
    if is_own(actor, paper):
        return ""
    if not source.strip():
        raise ValueError(_("代录须注明来源（电话、微信、盖章材料等）。"))
    return source.strip()[:200]


def hand_in(actor: Actor, key: int, source: str = "") -> SubPlan:
    """Hands the sub-plan in: this edition is kept as it is, with what the check says of it; a file is read by a job, which adds its own.

    Refused: nothing written and no file; handing in for another unit without naming the source.
    """
    with transaction.atomic():
        row("sub-plan.write", actor, pk=key)
        sub_plan = SubPlan.objects.select_for_update().get(pk=key)
        has_file = attachments(actor, sub_plan).exists()
        if not has_file and not any(section["text"].strip() for section in sub_plan.body):
            raise ValueError(_("还没有内容：请至少写一段，或上传写好的文件。"))
        own, source = is_own(actor, sub_plan), _source_of(actor, sub_plan, source)
        found = findings(sub_plan.body, has_file=has_file, since=sub_plan.plan.issued_on)
        with action(_acting(actor, sub_plan), "sub-plan.hand-in") as record:
            before = values(sub_plan)
            sub_plan.state, sub_plan.handed_in, sub_plan.reason = SubPlan.State.HANDED_IN, clock.now(), ""
            sub_plan.person_id, sub_plan.entered_for = actor.person_id or None, not own
            sub_plan.source = source
            sub_plan.save()
            record.changed(sub_plan, before, findings=len(found), entered_for=not own)
            edition = SubPlanEdition.objects.create(
                sub_plan=sub_plan,
                number=sub_plan.edition,
                title=sub_plan.title,
                body=sub_plan.body,
                made=clock.now(),
                person_id=actor.person_id or None,
                post_id=actor.post_id or None,
                entered_for=not own,
                source=sub_plan.source,
                findings=found,
            )
            record.made(edition)
            if in_file(sub_plan.body, has_file=has_file):
                enqueue("sub-plan.read", {"edition": edition.pk}, actor)
    return sub_plan


def checked(edition_key: int, found: Sequence[Finding]) -> SubPlanEdition:
    """Puts beside an edition what the check says of its file, in the place of the word that it had not been read. Twice gives the same."""
    with action(None, "sub-plan.check") as record:
        edition = SubPlanEdition.objects.select_for_update().get(pk=edition_key)
        before = values(edition)
        if any(each["kind"] == NOT_READ for each in edition.findings):
            edition.findings = [*found, *(each for each in edition.findings if each["kind"] != NOT_READ)]
            edition.save(update_fields=["findings"])
        record.changed(edition, before, findings=len(edition.findings))
    return edition


def ask(actor: Actor, key: int, unit_keys: Sequence[int], due_on: date | None) -> int:
    """Asks units for their opinion (会商) on the edition that was handed in. Gives how many were asked newly.

    Refused: a sub-plan that is not with the office, no unit, the unit itself, a day that has passed.
    """
    with transaction.atomic():
        row("sub-plan.decide", actor, pk=key)
        sub_plan = SubPlan.objects.select_for_update().get(pk=key)
        _with_office(sub_plan)
        if due_on is not None and due_on < clock.today():
            raise ValueError(_("答复期限已经过了，请改日期。"))
        units = set(rows("unit.see", actor).filter(existing(clock.today()), pk__in=unit_keys).values_list("pk", flat=True))
        asked = set(sub_plan.opinions.filter(edition=sub_plan.edition).values_list("unit_id", flat=True))
        fresh = sorted(units - asked - {sub_plan.unit_id})
        if not fresh:
            raise ValueError(_("请选择要会商的单位（不含报送单位和已经请过的）。"))
        with action(actor, "sub-plan.ask") as record:
            before = values(sub_plan)
            sub_plan.state = SubPlan.State.COUNTERSIGNING
            sub_plan.save(update_fields=["state"])
            record.changed(sub_plan, before, units=len(fresh))
            for unit in fresh:
                opinion = Opinion.objects.create(
                    sub_plan=sub_plan, unit_id=unit, edition=sub_plan.edition, asked=clock.now(), due_on=due_on
                )
                record.made(opinion)
    return len(fresh)


def give_opinion(actor: Actor, key: int, word: str, line: str = "", source: str = "", files: Sequence[Stored] = ()) -> Opinion:
    """The unit that was asked agrees, or objects with a line. Said once; a further edition is asked about anew.

    What a unit answered on paper or by telephone the clerk enters for it (代录) and names the source: who answered, when and how.
    """
    if word not in Opinion.Word.values:
        raise ValueError(_("请选“同意”或“有意见”。"))
    if word == Opinion.Word.OBJECTED and not line.strip():
        raise ValueError(_("有意见须写明是什么意见。"))
    with transaction.atomic():
        row("opinion.give", actor, pk=key)
        opinion = Opinion.objects.select_for_update().get(pk=key)
        acting, source = _acting(actor, opinion), _source_of(actor, opinion, source)
        with action(acting, "sub-plan.opinion") as record:
            before = values(opinion)
            opinion.word, opinion.line, opinion.given = word, line.strip()[:300], clock.now()
            opinion.post_id, opinion.person_id = actor.post_id or None, actor.person_id or None
            opinion.entered_for, opinion.source = not is_own(actor, opinion), source
            opinion.save()
            record.changed(opinion, before, word=str(word), entered_for=opinion.entered_for)
            attach_all(files, to=opinion, actor=acting)
    return opinion


def decide(actor: Actor, key: int, *, approve: bool, reason: str = "") -> SubPlan:
    """Approves the edition that was handed in, which marks the unit's cell yes; or returns it with reasons.

    Refused: a sub-plan that is not with the office; deciding on what one handed in oneself; returning without a reason; approving over
    an objection, before everybody asked has answered, or a file that nobody could check, without saying why; approving what is not
    concrete, or could not be checked, where the promise asks that it be concrete.
    """
    reason = reason.strip()[:300]
    with transaction.atomic():
        row("sub-plan.decide", actor, pk=key)
        sub_plan = SubPlan.objects.select_for_update(of=("self",)).select_related("target", "unit").get(pk=key)
        _with_office(sub_plan)
        edition = sub_plan.editions.get(number=sub_plan.edition)
        if edition.person_id == actor.person_id:
            raise Refused(_("自己报送的分方案要由别人批复。"))
        if not approve and not reason:
            raise ValueError(_("退回须写明理由，报送单位会看到。"))
        if approve:
            _may_approve(sub_plan, edition, reason)
        with action(actor, "sub-plan.approve" if approve else "sub-plan.return") as record:
            before, was = values(sub_plan), values(edition)
            edition.outcome = SubPlanEdition.Outcome.APPROVED if approve else SubPlanEdition.Outcome.RETURNED
            edition.reason, edition.decided, edition.decided_by_post = reason, clock.now(), actor.post_id or None
            edition.save(update_fields=["outcome", "reason", "decided", "decided_by_post"])
            record.changed(edition, was)
            sub_plan.state = SubPlan.State.APPROVED if approve else SubPlan.State.RETURNED
            sub_plan.reason, sub_plan.decided, sub_plan.decided_by_post = reason, edition.decided, edition.decided_by_post
            if not approve:
                sub_plan.edition += 1
            sub_plan.save()
            record.changed(sub_plan, before)
            if approve and sub_plan.target is not None:
                _cover(actor, record, sub_plan, sub_plan.target, edition)
    return sub_plan


def in_force(sub_plan: SubPlan) -> SubPlanEdition | None:
    """The edition that was approved last: it holds until another one is."""
    return sub_plan.editions.filter(outcome=SubPlanEdition.Outcome.APPROVED).order_by("-number").first()


def reopens(actor: Actor, sub_plan: SubPlan, edition: SubPlanEdition | None) -> bool:
    """Whether the actor may open an approved sub-plan again: the post that approved it, or one of its unit that decides likewise."""
    if edition is None or sub_plan.state != SubPlan.State.APPROVED or not allowed("sub-plan.decide", actor, sub_plan):
        return False
    return Post.objects.filter(pk=edition.decided_by_post or 0, unit=actor.unit_id).exists()


def reopen(actor: Actor, key: int, reason: str) -> SubPlan:
    """Opens an approved sub-plan for a new edition. What was approved keeps its words and holds until the new one is approved; the cell
    that it fed stays, and tells on which edition it rests.

    Refused: a sub-plan that is not approved, opening what another office approved, no reason.
    """
    reason = reason.strip()[:300]
    with transaction.atomic():
        row("sub-plan.decide", actor, pk=key)
        sub_plan = SubPlan.objects.select_for_update().get(pk=key)
        edition = in_force(sub_plan)
        if edition is None or not reopens(actor, sub_plan, edition):
            raise Refused(_("只有已批复的分方案可以重新打开，由批复的单位办理。"))
        if not reason:
            raise ValueError(_("重新打开须写明理由，报送单位会看到。"))
        with action(actor, "sub-plan.reopen") as record:
            before, was = values(sub_plan), values(edition)
            edition.reopened, edition.reopened_by_post, edition.reopen_reason = clock.now(), actor.post_id or None, reason
            edition.save(update_fields=["reopened", "reopened_by_post", "reopen_reason"])
            record.changed(edition, was)
            sub_plan.state, sub_plan.reason = SubPlan.State.REOPENED, reason
            sub_plan.edition += 1
            sub_plan.save(update_fields=["state", "reason", "edition"])
            record.changed(sub_plan, before)
    return sub_plan


def _with_office(sub_plan: SubPlan) -> None:
    if sub_plan.state not in WITH_OFFICE:
        raise Refused(_("这份分方案现在是“%(state)s”，不能办理。") % {"state": sub_plan.get_state_display()})


def _may_approve(sub_plan: SubPlan, edition: SubPlanEdition, reason: str) -> None:
    asks: Mapping[str, object] = (sub_plan.target.parameters or {}) if sub_plan.target is not None else {}
    kinds = {each["kind"] for each in edition.findings}
    if asks.get("specific") and NOT_CONCRETE in kinds:
        raise Refused(_("方案要求分方案的目标、路径、分工、成效都具体，检查还有没有通过的，请退回修改。"))
    if asks.get("specific") and kinds & UNKNOWN:
        raise Refused(_("方案要求分方案的目标、路径、分工、成效都具体，上传的文件还没有查出这些内容：请等检查完成，或退回修改。"))
    if kinds & UNKNOWN and not reason:
        raise ValueError(_("上传的文件没有通过检查，或者还没有检查完：请在“说明”里写明为什么批复，或退回。"))
    opinions = sub_plan.opinions.filter(edition=sub_plan.edition)
    if reason:
        return
    if wrong := sum(each["grade"] == Grade.SERIOUS for each in edition.findings):
        raise ValueError(_("检查还有 %(n)s 条“要改”：请在“说明”里写明为什么照样批复，或退回修改。") % {"n": wrong})
    if opinions.filter(word=Opinion.Word.OBJECTED).exists():
        raise ValueError(_("会商中有单位提了意见：请在“说明”里写明怎样采纳，再批复。"))
    if opinions.filter(existing(clock.today(), "unit__"), word="").exists():
        raise ValueError(_("还有单位没有答复会商：请等一等，或在“说明”里写明为什么不等。"))


def _cover(actor: Actor, record: Recorder, sub_plan: SubPlan, target: Target, edition: SubPlanEdition) -> None:
    """The cell of the promise that asked for the sub-plan: stated by who handed it in, verified by who approved it."""
    now = clock.now()
    before = Mark.objects.select_for_update().filter(target=target, unit=sub_plan.unit, replaced=None).first()
    if before is not None:
        was = values(before)
        before.replaced = now
        before.save(update_fields=["replaced"])
        record.changed(before, was)
    mark = Mark.objects.create(
        target=target,
        unit=sub_plan.unit,
        word=Mark.Word.YES,
        day=clock.today(),
        note=_("分方案第 %(n)s 版已批复") % {"n": edition.number},
        person_id=edition.person_id,
        post_id=edition.post_id,
        entered_for=edition.entered_for,
        made=now,
        verified=now,
        verified_by_person=actor.person_id or None,
        verified_by_post=actor.post_id or None,
        fed_by=edition,
    )
    record.made(mark, word=str(mark.word), entered_for=mark.entered_for)
