"""Reports: handed in once, by whom and for whom, decided by another, and what a leader says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from tests.web.plans.reporting.conftest import SAID
from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused, allowed, rows
from xiangxu_web.workspaces.plans.chasing import owed
from xiangxu_web.workspaces.plans.models import Instruction, Plan, Report, Task
from xiangxu_web.workspaces.plans.reporting import decide, decide_many, hand_in, instruct, instructions_open
from xiangxu_web.workspaces.plans.standing import lamp_of

As = Callable[[str], Actor]
SignedIn = Callable[[str], Client]


def test_sent_twice_is_one(task: Task, actor: As) -> None:
    """A slow telephone sends the form again: one report; the same form from another post is refused."""
    first = hand_in(actor("lead-department"), task.pk, SAID, "same")
    assert hand_in(actor("lead-department"), task.pk, {**SAID, "line": "别的"}, "same") == first
    assert Report.objects.filter(task=task).count() == 1
    with pytest.raises(ValueError, match="刷新"):
        hand_in(actor("clerk"), task.pk, {**SAID, "source": "电话"}, "same")


def test_for_another(task: Task, part: Task, actor: As) -> None:
    """The clerk enters for a department, the source named; without it not. The school's own is not marked."""
    with pytest.raises(ValueError, match="来源"):
        hand_in(actor("clerk"), task.pk, SAID, "a")
    report = hand_in(actor("clerk"), task.pk, {**SAID, "source": "11月18日电话"}, "b")
    assert (report.unit_id, report.entered_for, report.source) == (task.answerable_id, True, "11月18日电话")
    own = hand_in(actor("headteacher"), part.pk, {**SAID, "quantity": 1.0}, "c")
    assert not own.entered_for
    told = {int(row.row_key): row.acting_for for row in AuditRow.objects.filter(verb="report.hand-in")}
    assert told == {report.pk: task.answerable_id, own.pk: None}


def test_who_may_not(task: Task, part: Task, other_plan: Plan, actor: As) -> None:
    """Neither another town's office, nor a leader, nor the other county's clerk and head report here."""
    for who, on in (
        ("town", task),
        ("headteacher", task),
        ("education-office", part),
        ("bureau-leader", task),
        ("other-clerk", task),
        ("other-head", part),
    ):
        with pytest.raises(Http404):
            hand_in(actor(who), on.pk, {**SAID, "source": "电话"}, who)
    with pytest.raises(Http404):
        hand_in(actor("clerk"), other_plan.tasks.get().pk, {**SAID, "source": "电话"}, "d")


def test_done_and_the_figure(part: Task, actor: As) -> None:
    """完成 with fewer than promised is refused with both figures, whole up to the millions; an accepted figure becomes the part's own."""
    head = actor("headteacher")
    Task.objects.filter(pk=part.pk).update(quantity=1_200_000.0)
    with pytest.raises(ValueError, match="应完成 1200000，您填了 1100000："):
        hand_in(head, part.pk, {**SAID, "word": "done", "quantity": 1_100_000.0}, "m")
    assert any("（1200000 间）：" in row.line for each in owed(actor("clerk"), unit=head.unit_id) for row in each.rows)
    Task.objects.filter(pk=part.pk).update(quantity=4.0)
    with pytest.raises(ValueError, match="应完成 4，您填了 3"):
        hand_in(head, part.pk, {**SAID, "word": "done", "quantity": 3.0}, "a")
    with pytest.raises(ValueError, match="应完成 4，您填了 13，多出 2 倍以上"):
        hand_in(head, part.pk, {**SAID, "quantity": 13.0}, "c")
    report = hand_in(head, part.pk, {**SAID, "quantity": 3.0}, "b")
    assert Task.objects.get(pk=part.pk).done is None
    decide(actor("clerk"), report.pk, accept=True)
    part = Task.objects.get(pk=part.pk)
    assert (part.done, part.word) == (3, "normal")
    assert "已完成 3 间，应完成 4 间" in str(lamp_of(part).why)


def test_decided_once_by_another(task: Task, actor: As) -> None:
    """Returned with a reason, not without; a second decision is refused; nobody but the clerk decides."""
    report = hand_in(actor("lead-department"), task.pk, SAID, "a")
    for who in ("lead-department", "bureau-leader"):
        with pytest.raises(Refused):
            decide(actor(who), report.pk, accept=True)
    for who in ("town", "other-clerk"):
        with pytest.raises(Http404):
            decide(actor(who), report.pk, accept=True)
    with pytest.raises(ValueError, match="理由"):
        decide(actor("clerk"), report.pk, accept=False, reason=" ")
    decide(actor("clerk"), report.pk, accept=False, reason="没有数")
    with pytest.raises(Refused):
        decide(actor("clerk"), report.pk, accept=True)
    assert Task.objects.get(pk=task.pk).word == ""


def test_an_older_report_does_not_overtake(task: Task, actor: As) -> None:
    """Two wait; the newer is accepted first, then the older: the newer stays the task's word."""
    old = hand_in(actor("lead-department"), task.pk, {**SAID, "word": "behind"}, "a")
    Report.objects.filter(pk=old.pk).update(day=clock.today() - timedelta(3))
    new = hand_in(actor("lead-department"), task.pk, {**SAID, "word": "done"}, "b")
    decide(actor("clerk"), new.pk, accept=True)
    decide(actor("clerk"), old.pk, accept=True)
    assert Task.objects.get(pk=task.pk).word == "done"


def test_several_at_once(rows_of_plan: list[Task], actor: As) -> None:
    """Those that can be decided go through; one decided meanwhile is named and left; another county's is not touched."""
    clerk = actor("clerk")
    keys = [each.pk for each in rows_of_plan[:3]]
    Task.objects.filter(pk__in=keys).update(answerable=actor("lead-department").unit_id)
    made = [hand_in(clerk, key, {**SAID, "source": "电话"}, f"s{key}") for key in keys]
    decide(clerk, made[0].pk, accept=False, reason="重复")
    count, left = decide_many(clerk, [each.pk for each in made], accept=True)
    assert (count, len(left)) == (2, 1)
    assert str(made[0].task) in left[0]
    assert decide_many(actor("other-clerk"), [each.pk for each in made], accept=False, reason="x") == (0, [])


def test_a_leaders_sentence(task: Task, actor: As) -> None:
    """It stands open for the unit and the clerk, for no other town, until a report that came after it is accepted."""
    early = hand_in(actor("lead-department"), task.pk, SAID, "early")
    with pytest.raises(ValueError, match="过去"):
        instruct(actor("county-leader"), task.pk, "尽快", date(2026, 1, 1))
    said = instruct(actor("county-leader"), task.pk, "请财政局月底前解决。", date(2026, 11, 30))
    for who, sees in (
        ("lead-department", True),
        ("clerk", True),
        ("headteacher", False),
        ("town", False),
        ("other-clerk", False),
    ):
        assert instructions_open(actor(who)).filter(pk=said.pk).exists() is sees, who
    decide(actor("clerk"), early.pk, accept=True)
    assert Instruction.objects.get().answered_by is None
    answer = hand_in(actor("lead-department"), task.pk, {**SAID, "word": "done"}, "late")
    decide(actor("clerk"), answer.pk, accept=True)
    assert Instruction.objects.get().answered_by == answer
    assert not instructions_open(actor("clerk")).exists()
    assert AuditRow.objects.get(verb="task.instruct").facts == {}


@pytest.fixture
def of_the_bureau(task: Task, actor: As) -> Report:
    """What the bureau's clerk reported as the bureau."""
    Task.objects.filter(pk=task.pk).update(answerable=actor("clerk").unit_id)
    return hand_in(actor("clerk"), task.pk, SAID, "as-bureau")


@pytest.mark.parametrize("who", ["office", "bureau-leader"])
def test_a_section_or_leader_of_the_bureau_is_the_second_person(
    of_the_bureau: Report, who: str, actor: As, signed_in: SignedIn
) -> None:
    """In a bureau with one clerk its own report is accepted all the same: it waits on the start page and stands with its buttons."""
    with pytest.raises(Refused, match="科室或局领导"):
        decide(actor("clerk"), of_the_bureau.pk, accept=True)
    client = signed_in(who)
    assert "请您审核" in client.get(reverse("start")).content.decode()
    assert (
        reverse("decide-report", args=[of_the_bureau.pk])
        in client.get(reverse("task", args=[of_the_bureau.task_id])).content.decode()
    )
    client.post(reverse("decide-report", args=[of_the_bureau.pk]), {"accept": "1"})
    of_the_bureau.refresh_from_db()
    assert (of_the_bureau.state, of_the_bureau.decided_by_post) == (Report.State.ACCEPTED, actor(who).post_id)


@pytest.mark.parametrize(
    "who", ["county-leader", "lead-department", "town", "headteacher", "inspector", "supervisor", "other-clerk"]
)
def test_nobody_else_is(of_the_bureau: Report, who: str, actor: As) -> None:
    """Posts outside the bureau and of another county decide nothing, and find nothing to decide."""
    with pytest.raises((Refused, Http404)):
        decide(actor(who), of_the_bureau.pk, accept=True)
    assert not rows("report.decide", actor(who)).filter(pk=of_the_bureau.pk).exists()


def test_a_section_decides_on_the_bureaus_reports_alone(task: Task, actor: As) -> None:
    """What another unit handed in, or the section itself, is the clerk's to accept."""
    foreign = hand_in(actor("lead-department"), task.pk, SAID, "theirs")
    entered = hand_in(actor("clerk"), task.pk, {**SAID, "source": "电话"}, "for-them")
    Task.objects.filter(pk=task.pk).update(answerable=actor("clerk").unit_id, office=actor("office").unit_id)
    own = hand_in(actor("office"), task.pk, SAID, "section")
    for report in (foreign, entered, own):
        with pytest.raises(Refused):
            decide(actor("office"), report.pk, accept=True)
    assert decide(actor("clerk"), own.pk, accept=True).state == Report.State.ACCEPTED


@pytest.mark.parametrize("who", ["clerk", "town", "headteacher", "supervisor", "system-admin"])
def test_only_leaders_instruct(task: Task, who: str, actor: As) -> None:
    """A sentence of this kind is a leader's."""
    with pytest.raises(Refused):
        instruct(actor(who), task.pk, "尽快办理", None)


def test_leader_of_the_other_county(task: Task, actor: As) -> None:
    """The other county's leader does not reach the task."""
    with pytest.raises(Http404):
        instruct(actor("other-leader"), task.pk, "尽快办理", None)
    assert not allowed("task.see", actor("other-leader"), task)
