"""Nodes in words: set by the clerk, one button of whoever reports, verified where they belong to a milestone; no figures, no guessing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from tests.web.plans.reporting.conftest import SAID
from xiangxu import clock
from xiangxu.targets.shares import Share
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.plans import milestones, nodes, splitting
from xiangxu_web.workspaces.plans.models import Node, Plan, Target, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in
from xiangxu_web.workspaces.plans.standing import lamp_of

As = Callable[[str], Actor]
SignIn = Callable[[str], Client]
PASSED = date(2026, 10, 31)


@pytest.fixture
def step(task: Task, actor: As) -> Node:
    """A step of the finance bureau's task that was due three weeks ago."""
    return nodes.add(actor("clerk"), task, PASSED, "完成立项批复")


@pytest.fixture
def milestone(plan: Plan, task: Task) -> Target:
    """A deliverable that the finance bureau answers for."""
    return Target.objects.create(
        plan=plan, task=task, order=900, quote="印发经费方案", metric="经费方案", op="done", evaluator_kind="milestone"
    )


def test_one_button_and_the_lamp_follows(step: Node, task: Task, actor: As, signed_in: SignIn) -> None:
    """A step that has passed holds the task back; the owner presses the button, it is reached today, and the task is on course again."""
    decide(actor("clerk"), hand_in(actor("lead-department"), task.pk, SAID, "said").pk, accept=True)
    assert lamp_of(Task.objects.get(pk=task.pk)).state == "behind"
    owner = signed_in("lead-department")
    assert reverse("node", args=[step.pk]) in owner.get(reverse("task", args=[task.pk])).content.decode()
    for _twice in range(2):
        owner.post(reverse("node", args=[step.pk]), {"do": "reach", "note": "发改〔2026〕9号"})
    step.refresh_from_db()
    assert (step.reached_on, step.note, step.entered_for) == (clock.today(), "发改〔2026〕9号", False)
    assert step.stated_by_post == actor("lead-department").post_id
    assert lamp_of(Task.objects.get(pk=task.pk)).state == "on-course"
    page = signed_in("clerk").get(reverse("task", args=[task.pk]))
    assert any("完成立项批复" in event.title for event in page.context["events"])
    owner.post(reverse("node", args=[step.pk]), {"do": "undo"})
    assert Node.objects.get(pk=step.pk).reached_on is None


def test_the_ground_of_a_tasks_step(step: Node, task: Task, actor: As, signed_in: SignIn) -> None:
    """That it was stated may be known, among the steps and in what happened; on what ground is the owner's and the county's."""
    nodes.reach(actor("lead-department"), step.pk, "发改〔2026〕9号")
    for who, told in (("lead-department", True), ("clerk", True), ("office", True), ("inspector", True), ("county-leader", True),
                      ("town", False), ("headteacher", False), ("supervisor", False)):  # fmt: skip
        page = signed_in(who).get(reverse("task", args=[task.pk])).content.decode()
        assert "节点“完成立项批复”报完成" in page, who
        assert page.count("发改〔2026〕9号") == 2 * told, who


def test_for_another_the_source_is_named(step: Node, task: Task, actor: As, signed_in: SignIn) -> None:
    """The clerk enters it for the department, marked, and not without saying on what ground."""
    with pytest.raises(ValueError, match="来源"):
        nodes.reach(actor("clerk"), step.pk)
    assert nodes.reach(actor("clerk"), step.pk, "11月18日电话").entered_for
    assert "节点“完成立项批复”报完成（代录）" in signed_in("clerk").get(reverse("task", args=[task.pk])).content.decode()


@pytest.mark.parametrize(
    "who", ["town", "headteacher", "county-leader", "inspector", "supervisor", "other-clerk", "system-admin"]
)
def test_nobody_else_states_it(step: Node, who: str, actor: As, signed_in: SignIn) -> None:
    """Neither by the function nor by the address; nor do they set or remove one."""
    with pytest.raises(Http404):
        nodes.reach(actor(who), step.pk, "依据")
    for did in ("reach", "remove"):
        assert signed_in(who).post(reverse("node", args=[step.pk]), {"do": did, "note": "x"}).status_code in (403, 404)
    assert signed_in(who).post(reverse("task-node", args=[step.task_id]), {"due_on": "2026-12-01", "words": "x"}).status_code in (
        403,
        404,
    )
    assert Node.objects.get(pk=step.pk).stated is None


def test_a_figure_has_no_button(part: Task, actor: As) -> None:
    """What a node in figures says is told by reports."""
    figure = Node.objects.create(task=part, due_on=PASSED, quantity=2)
    with pytest.raises(Http404):
        nodes.reach(actor("headteacher"), figure.pk)
    assert not any(each.may_state for each in nodes.shown(actor("headteacher"), [figure]))


def test_a_milestones_step_wants_a_second_person(milestone: Target, actor: As, signed_in: SignIn) -> None:
    """Stated with what it rests on, not reached before another person of another unit has looked; refused, it stands open with the reason."""
    clerk, owner, office = actor("clerk"), actor("lead-department"), actor("office")
    step = nodes.add(clerk, milestone, PASSED, "征求意见")
    with pytest.raises(Refused):
        nodes.verify(office, step.pk, confirm=True)
    with pytest.raises(ValueError, match="依据"):
        nodes.reach(owner, step.pk)
    assert nodes.reach(owner, step.pk, "已征求18个单位意见").reached_on is None
    with pytest.raises(Http404):
        nodes.verify(owner, step.pk, confirm=True)
    with pytest.raises(ValueError, match="理由"):
        nodes.verify(office, step.pk, confirm=False)
    refused = nodes.verify(office, step.pk, confirm=False, reason="缺财政所意见")
    assert (refused.stated, refused.refused, refused.refused_on) == (None, "缺财政所意见", clock.today())
    for who, told in (("lead-department", True), ("clerk", True), ("inspector", True), ("county-leader", True),
                      ("town", False), ("headteacher", False), ("supervisor", False)):  # fmt: skip
        for name in ("milestone", "target"):
            page = signed_in(who).get(reverse(name, args=[milestone.pk])).content.decode()
            assert ("缺财政所意见" in page) is told, (who, name)
            assert "核验不通过" in page, (who, name)
    nodes.reach(owner, step.pk, "已补齐")
    address = reverse("milestone", args=[milestone.pk])
    assert reverse("verify-node", args=[step.pk]) in signed_in("office").get(address).content.decode()
    signed_in("office").post(reverse("verify-node", args=[step.pk]), {"confirm": "1"})
    step.refresh_from_db()
    assert step.stated is not None
    assert (step.refused, step.refused_on) == ("", None)
    assert (step.reached_on, step.verified_by_post) == (localtime(step.stated).date(), office.post_id), "the day of the statement"
    with pytest.raises(Refused):
        nodes.undo(owner, step.pk)
    with pytest.raises(Refused):
        nodes.verify(clerk, step.pk, confirm=True)


def test_who_entered_it_does_not_verify_it(milestone: Target, actor: As) -> None:
    """The clerk who pressed the button for the department is not the second person."""
    step = nodes.add(actor("clerk"), milestone, PASSED, "征求意见")
    nodes.reach(actor("clerk"), step.pk, "电话核实")
    with pytest.raises(Refused, match="别人"):
        nodes.verify(actor("clerk"), step.pk, confirm=True)


def test_set_once_and_kept_once_stated(step: Node, task: Task, actor: As) -> None:
    """The same step is not set twice; without words none; what somebody has stated cannot be taken out."""
    with pytest.raises(ValueError, match="已经有了"):
        nodes.add(actor("clerk"), task, PASSED, "完成立项批复")
    with pytest.raises(ValueError, match="写明"):
        nodes.add(actor("clerk"), task, PASSED, " ")
    nodes.reach(actor("lead-department"), step.pk)
    with pytest.raises(Refused):
        nodes.remove(actor("clerk"), step.pk)
    nodes.undo(actor("lead-department"), step.pk)
    nodes.remove(actor("clerk"), step.pk)
    assert not Node.objects.filter(pk=step.pk).exists()


def test_new_figures_leave_the_steps(part: Task, actor: As) -> None:
    """A part that goes down again with other figures keeps its steps in words and what was said on them."""
    step = nodes.add(actor("clerk"), part, PASSED, "完成招标")
    nodes.reach(actor("headteacher"), step.pk)
    whole = Task.objects.get(pk=part.parent_id)
    shares = [(part.answerable_id or 0, Share(str(part.answerable_id), 5, {date(2026, 12, 1): 5}))]
    splitting.save(actor("clerk"), whole.pk, shares, total=5, uom="间", edition=whole.edition)
    assert Node.objects.get(pk=step.pk).reached_on == clock.today()
    assert part.nodes.count() == 2


def test_names_are_for_the_county_and_the_owner(milestone: Target, actor: As, signed_in: SignIn) -> None:
    """That a step and a milestone were stated may be known; by whom and on what ground is the owner's and the county's."""
    step = nodes.add(actor("clerk"), milestone, PASSED, "征求意见")
    nodes.reach(actor("lead-department"), step.pk, "已发函")
    milestones.state(actor("lead-department"), milestone.pk, done=True, day=PASSED, note="财字9号")
    name = actor("lead-department").person_name
    address = reverse("milestone", args=[milestone.pk])
    for who, told in (("clerk", 2), ("office", 2), ("bureau-leader", 2), ("headteacher", 0), ("town", 0), ("supervisor", 0)):
        for page in (signed_in(who).get(each).content.decode() for each in (address, reverse("target", args=[milestone.pk]))):
            assert "征求意见" in page, who
            assert ("已发函" in page) is bool(told), who
        page = signed_in(who).get(address).content.decode()
        assert page.count(name) == told, who
        assert ("财字9号" in page) is bool(told), who
