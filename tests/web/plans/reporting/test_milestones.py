"""Milestones: stated with evidence, verified by another person of another unit, with all of its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import Client
from django.urls import reverse

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.attach import stored
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.accounts.api import Post, actor_of
from xiangxu_web.workspaces.plans import milestones
from xiangxu_web.workspaces.plans.judging import verdicts
from xiangxu_web.workspaces.plans.models import Mark, Plan, Target, Task, TaskUnit

As = Callable[[str], Actor]
DAY = date(2026, 11, 1)


@pytest.fixture
def target(plan: Plan, task: Task) -> Target:
    """A confirmed milestone of the finance bureau's task, due in June."""
    found = plan.targets.order_by("order")[0]
    found.task, found.evaluator_kind, found.evaluator = task, Target.Evaluator.MILESTONE, "milestone"
    found.binding, found.due_on = Target.Binding.CONFIRMED, date(2026, 6, 30)
    found.save()
    return found


def status(target: Target) -> str:
    """How the target stands in every list."""
    return verdicts([target])[target.pk].status.value


def test_verified_by_another(target: Target, actor: As) -> None:
    """Stated: still no lamp. Verified by the bureau's clerk: met."""
    assert status(target) == "waiting-data"
    mark = milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="县财字12号")
    assert (status(target), mark.entered_for) == ("waiting-data", False)
    milestones.verify(actor("clerk"), mark.pk, confirm=True)
    assert status(target) == "met"
    with pytest.raises(Refused):
        milestones.verify(actor("clerk"), mark.pk, confirm=False, reason="x")


def test_refused_and_stated_again(target: Target, actor: As) -> None:
    """A refusal needs a reason and shows red, for the date has passed; a new statement waits again; both stay in the history."""
    mark = milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="见附件")
    with pytest.raises(ValueError, match="理由"):
        milestones.verify(actor("clerk"), mark.pk, confirm=False)
    milestones.verify(actor("clerk"), mark.pk, confirm=False, reason="没有盖章")
    assert status(target) == "missed"
    milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="已盖章")
    assert status(target) == "waiting-data"
    assert [m.note for m in milestones.history(target)] == ["已盖章", "见附件"]
    with pytest.raises(Http404):
        milestones.verify(actor("office"), mark.pk, confirm=True)


def test_never_oneself_nor_the_own_unit(target: Target, actor: As) -> None:
    """Entered by the clerk: neither the clerk nor a colleague of the bureau verifies, since a 科室 can; the 科室 does."""
    clerk = actor("clerk")
    mark = milestones.state(clerk, target.pk, done=True, day=DAY, note="电话核实")
    assert mark.entered_for
    colleague = next(
        actor_of(post)
        for post in Post.objects.filter(role="clerk", unit_id=clerk.unit_id).select_related("unit__area", "person")
        if post.person_id != clerk.person_id
    )
    for who in (clerk, colleague, actor("bureau-leader")):
        with pytest.raises(Refused):
            milestones.verify(who, mark.pk, confirm=True)
    assert milestones.verify(actor("office"), mark.pk, confirm=True).verified_by_person == actor("office").person_id


def test_the_own_unit_where_there_is_no_other(target: Target, actor: As) -> None:
    """Where nobody outside the bureau could verify, a colleague may; the same person still not."""
    clerk = actor("clerk")
    mark = milestones.state(clerk, target.pk, done=True, day=DAY, note="电话核实")
    Post.objects.filter(unit__area__path__startswith=clerk.county_path).exclude(unit=clerk.unit_id).update(
        ends=clock.today() - timedelta(1)
    )
    with pytest.raises(Refused):
        milestones.verify(clerk, mark.pk, confirm=True)
    milestones.verify(actor("bureau-leader"), mark.pk, confirm=True)


def test_who_may_not(target: Target, actor: As) -> None:
    """Other units state nothing; the owner does not verify; the other county finds nothing."""
    for who in ("headteacher", "town", "bureau-leader", "other-clerk", "supervisor"):
        with pytest.raises(Http404):
            milestones.state(actor(who), target.pk, done=True, day=DAY, note="x")
    mark = milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="x")
    for who in ("lead-department", "other-clerk", "headteacher", "supervisor"):
        with pytest.raises(Http404):
            milestones.verify(actor(who), mark.pk, confirm=True)


def test_wants_evidence(target: Target, actor: As) -> None:
    """Done without a word or a file is refused, and so is a day to come."""
    with pytest.raises(ValueError, match="依据"):
        milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note=" ")
    with pytest.raises(ValueError, match="日期"):
        milestones.state(actor("lead-department"), target.pk, done=True, day=clock.today() + timedelta(1), note="x")
    assert not Mark.objects.exists()


def test_page(target: Target, signed_in: Callable[[str], Client]) -> None:
    """The owner states on the page, the clerk finds it on the start page and verifies; the owner is offered no verifying."""
    url = reverse("milestone", args=[target.pk])
    owner, clerk = signed_in("lead-department"), signed_in("clerk")
    owner.post(url, {"done": "yes", "day": "2026-11-01", "note": "县财字12号"})
    assert "核验通过" not in owner.get(url).content.decode()
    assert "待您核验的事项" in clerk.get("/").content.decode()
    assert "请您核验" in clerk.get(url).content.decode()
    clerk.post(reverse("verify-milestone", args=[Mark.objects.get().pk]), {"confirm": "1"})
    page = owner.get(url).content.decode()
    assert "已达成" in page
    assert "县财字12号" in page
    assert signed_in("other-clerk").get(url).status_code == 404


def test_why_it_was_refused_is_for_the_unit_and_those_who_look(
    target: Target, actor: As, signed_in: Callable[[str], Client]
) -> None:
    """The reporter's unit, whoever verifies and leaders read the second person's words; all others who see the target read that it came
    back and when, on its page, among the targets and in a bulletin."""
    words = "合同金额涂改过"
    mark = milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="见附件")
    milestones.verify(actor("clerk"), mark.pk, confirm=False, reason=words)
    page = reverse("milestone", args=[target.pk])
    for who, told in (
        ("lead-department", True), ("clerk", True), ("office", True), ("inspector", True), ("county-leader", True),
        ("town", False), ("headteacher", False), ("education-office", False), ("supervisor", False),
    ):  # fmt: skip
        client = signed_in(who)
        shown = client.get(page).content.decode()
        assert (words in shown) is told, who
        assert "核验不通过" in shown, who
        assert "2026年11月20日 核验未通过" in shown, who
        for other in (reverse("target", args=[target.pk]), reverse("targets")):
            assert words not in client.get(other).content.decode(), (who, other)


def test_who_takes_part_in_the_task_does_not_read_it(
    target: Target, actor: As, post: Callable[[str], Post], signed_in: Callable[[str], Client]
) -> None:
    """A unit that only helps (配合) with the task sees the statement and that it came back, not the words; who stated it does, though the
    task has gone to another unit since."""
    assert target.task is not None
    TaskUnit.objects.create(task=target.task, unit=post("town").unit, printed="镇", part=TaskUnit.Part.PARTICIPANT)
    mark = milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="见附件")
    milestones.verify(actor("clerk"), mark.pk, confirm=False, reason="合同金额涂改过")
    page = reverse("milestone", args=[target.pk])
    assert "见附件" in signed_in("town").get(page).content.decode()
    assert "涂改" not in signed_in("town").get(page).content.decode()
    Task.objects.filter(pk=target.task_id).update(answerable=post("clerk").unit)
    assert "涂改" in signed_in("lead-department").get(page).content.decode()


def test_the_form_claims_nothing(target: Target, signed_in: Callable[[str], Client]) -> None:
    """Neither answer is ticked beforehand, and what “done” asks for is said; sent without a choice nothing is recorded and the page says
    what to choose."""
    owner, url = signed_in("lead-department"), reverse("milestone", args=[target.pk])
    page = owner.get(url).content.decode()
    assert " checked" not in page
    assert "报“已完成”的，依据和材料至少填一样。" in page
    answer = owner.post(url, {"day": "2026-11-01", "note": "县财字12号"})
    assert answer.status_code == 422
    assert "请选“已完成”" in answer.content.decode()
    assert not Mark.objects.exists()


def test_to_state_for_others_is_a_right_of_its_own(target: Target, actor: As) -> None:
    """A clerk without the right states no other unit's milestone; with it the audit names the unit for which it was done."""
    with pytest.raises(Http404):
        milestones.state(replace(actor("clerk"), may_act_for_others=False), target.pk, done=True, day=DAY, note="电话")
    milestones.state(actor("clerk"), target.pk, done=True, day=DAY, note="电话")
    assert target.task is not None
    assert set(AuditRow.objects.filter(verb="milestone.state").values_list("acting_for", flat=True)) == {
        target.task.answerable_id
    }


def test_its_evidence_is_among_the_tasks_files(target: Target, task: Task, actor: As, signed_in: Callable[[str], Client]) -> None:
    """What was put to the milestone is found at its task too, by whoever may open it and by nobody else."""
    evidence = stored([ContentFile(b"minutes", "验收纪要.txt")])
    milestones.state(actor("lead-department"), target.pk, done=True, day=DAY, note="见附件", files=evidence)
    assert "验收纪要.txt" in signed_in("clerk").get(f"/tasks/{task.pk}/").content.decode()
    assert "验收纪要.txt" not in signed_in("headteacher").get(f"/tasks/{task.pk}/").content.decode()
