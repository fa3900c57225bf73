"""Splitting a task, sending it down, the unit's word; who may and who may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import Http404
from django.test import Client

from tests.web.plans.splitting.conftest import DECEMBER, JUNE
from xiangxu import clock
from xiangxu.targets.shares import Share
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import NothingRecorded, action
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused, allowed, rows
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.handing_over import hand_over_tasks
from xiangxu_web.workspaces.plans.models import Node, Plan, Report, Target, Task, TaskUnit
from xiangxu_web.workspaces.plans.pages.split_grid import stored
from xiangxu_web.workspaces.plans.reporting import decide, hand_in
from xiangxu_web.workspaces.plans.standing import lamp_of, rolled_up, standings_of, with_standing

As = Callable[[str], Actor]
Parts = dict[int, Task]


def shares(*pairs: tuple[Unit, float | None]) -> list[tuple[int, Share]]:
    """Shares without nodes."""
    return [(unit.pk, Share(str(unit.pk), amount)) for unit, amount in pairs]


def test_parts_are_tasks(task: Task, town: Unit, parts: Parts) -> None:
    """A part carries the office's wording, its unit, quantity, nodes and its own deadline, below its task."""
    part = parts[town.pk]
    assert (part.title, part.kind, part.parent_id, part.quantity, part.uom) == (task.title, Task.Kind.PART, task.pk, 3, "所")
    assert part.path == f"{task.path}{part.pk}/"
    assert (part.due_on, list(part.nodes.order_by("due_on").values_list("due_on", "quantity"))) == (
        DECEMBER,
        [(JUNE, 1), (DECEMBER, 3)],
    )
    task.refresh_from_db()
    assert (task.quantity, task.uom) == (5, "所")


def test_a_draft_is_seen_by_nobody(task: Task, town: Unit, actor: As) -> None:
    """Before it is sent down neither its unit nor a leader meets the part, in no rule."""
    splitting.save(actor("clerk"), task.pk, shares((town, 3)), total=3, uom="所", edition=task.edition)
    part = splitting.parts_of(task).get()
    for who in ("town", "county-leader", "clerk", "education-office", "supervisor"):
        for rule in ("task.see", "task.mine", "task.report", "part.answer"):
            assert not allowed(rule, actor(who), part), (who, rule)
    splitting.send_down(actor("clerk"), task.pk)
    assert allowed("task.see", actor("town"), part)
    assert allowed("part.answer", actor("town"), part)


def test_accept_and_dispute(town: Unit, parts: Parts, actor: As) -> None:
    """The unit accepts, or disputes with a reason; both stay with their day and post."""
    part = splitting.answer(actor("town"), parts[town.pk].pk, accept=True)
    assert (part.sent, part.answered_by_post, part.answered_for) == (Task.Sent.ACCEPTED, actor("town").post_id, False)
    with pytest.raises(ValueError, match="理由"):
        splitting.answer(actor("town"), part.pk, accept=False)
    part = splitting.answer(actor("town"), part.pk, accept=False, reason="没有用地指标")
    assert (part.sent, part.dispute) == (Task.Sent.DISPUTED, "没有用地指标")
    assert AuditRow.objects.filter(verb="part.dispute", row_key=str(part.pk)).exists()


def test_a_changed_part_goes_down_again(task: Task, town: Unit, parts: Parts, actor: As) -> None:
    """Changing a disputed part clears the dispute, counts the edition up and asks again; the untouched one stays accepted."""
    splitting.answer(actor("town"), parts[town.pk].pk, accept=False, reason="多了")
    other = next(part for unit, part in parts.items() if unit != town.pk)
    task.refresh_from_db()
    saved = splitting.save(actor("clerk"), task.pk, shares((town, 2)), total=4, uom="所", edition=task.edition)
    part = Task.objects.get(pk=parts[town.pk].pk)
    assert (saved.again, part.sent, part.dispute, part.edition, part.quantity) == (1, Task.Sent.SENT, "", 2, 2)
    assert Task.objects.get(pk=other.pk).edition == other.edition
    with pytest.raises(splitting.ChangedMeanwhile):
        splitting.answer(actor("town"), part.pk, accept=True, edition=1)


def test_a_dispute_that_is_not_granted(town: Unit, parts: Parts, actor: As) -> None:
    """The figure stays, the part goes down again with the reason beside the unit's own, and its unit may accept or dispute anew. Nobody
    upholds but who split the task, nothing that is not in dispute, not without a reason, not from an old page."""
    key, clerk = parts[town.pk].pk, actor("clerk")
    with pytest.raises(ValueError, match="没有要答复的异议"):
        splitting.uphold(clerk, key, "按人口分")
    splitting.answer(actor("town"), key, accept=False, reason="多了")
    for other in ("town", "other-clerk", "bureau-leader"):
        with pytest.raises(Http404):
            splitting.uphold(actor(other), key, "按人口分")
    with pytest.raises(ValueError, match="理由"):
        splitting.uphold(clerk, key, " ")
    with pytest.raises(splitting.ChangedMeanwhile):
        splitting.uphold(clerk, key, "按人口分", edition=9)
    part = splitting.uphold(clerk, key, "按人口分", edition=1)
    assert (part.sent, part.quantity, part.dispute, part.upheld) == (Task.Sent.SENT, 3, "多了", "按人口分")
    assert (part.edition, part.answered_at, part.sent_by_post) == (2, None, clerk.post_id)
    assert splitting.answer(actor("town"), key, accept=False, reason="还是多").sent == Task.Sent.DISPUTED


def test_a_part_with_a_deadline_that_is_its_tasks_no_longer_differs(task: Task, town: Unit, other_town: Unit, actor: As) -> None:
    """The grid says so, and saving it as it stands gives the part the task's deadline and sends it down again; a part whose own nodes say
    until when does not differ."""
    nodes = (other_town.pk, Share(str(other_town.pk), 2, {JUNE: 2}))
    grid = [*shares((town, 3)), nodes]
    splitting.save(actor("clerk"), task.pk, grid, total=5, uom="所", edition=task.edition)
    splitting.send_down(actor("clerk"), task.pk)
    Task.objects.filter(parent=task, answerable=town).update(due_on=JUNE)
    assert [bool(line.mark) for line in stored(task).lines] == [True, False]
    task.refresh_from_db()
    saved = splitting.save(actor("clerk"), task.pk, grid, total=5, uom="所", edition=task.edition)
    assert (saved.again, Task.objects.get(parent=task, answerable=town).due_on) == (1, DECEMBER)
    assert not any(line.mark for line in stored(task).lines)


def test_two_clerks_at_once(task: Task, town: Unit, parts: Parts, actor: As) -> None:
    """Whoever opened the grid before the other saved is told, and nothing is overwritten."""
    with pytest.raises(splitting.ChangedMeanwhile):
        splitting.save(actor("clerk"), task.pk, shares((town, 9)), total=9, uom="所", edition=task.edition)
    assert Task.objects.get(pk=parts[town.pk].pk).quantity == 3


def test_taken_out(task: Task, town: Unit, other_town: Unit, parts: Parts, actor: As) -> None:
    """A part that was sent is withdrawn and keeps its history; a draft is gone."""
    task.refresh_from_db()
    splitting.save(actor("clerk"), task.pk, [], total=5, uom="所", edition=task.edition, gone=[town.pk])
    assert Task.objects.get(pk=parts[town.pk].pk).dropped is not None
    assert [part.answerable for part in splitting.parts_of(task)] == [other_town]


def test_wrong_grids_are_refused_whole(task: Task, town: Unit, other_town: Unit, actor: As) -> None:
    """A falling node or a negative quantity: nothing is kept, and each mistake is told."""
    bad = [(town.pk, Share(str(town.pk), -1)), (other_town.pk, Share(str(other_town.pk), 2, {JUNE: 2, DECEMBER: 1}))]
    with pytest.raises(ValueError, match="负数") as told:
        splitting.save(actor("clerk"), task.pk, bad, total=1, uom="所", edition=task.edition)
    assert "比前一个小" in str(told.value)
    assert not splitting.parts_of(task).exists()


def test_another_county(task: Task, other_plan: Plan, parts: Parts, actor: As) -> None:
    """The other county's clerk cannot split, send or answer; our clerk cannot hand work to the other county's units."""
    stranger, head = actor("other-clerk"), actor("other-head")
    for act in (
        lambda: splitting.save(stranger, task.pk, [], total=1, uom="", edition=task.edition),
        lambda: splitting.send_down(stranger, task.pk),
        lambda: splitting.answer(head, next(iter(parts.values())).pk, accept=True),
    ):
        with pytest.raises(Http404):
            act()
    theirs = Unit.objects.get(pk=stranger.unit_id)
    task.refresh_from_db()
    with pytest.raises(Refused):
        splitting.save(actor("clerk"), task.pk, shares((theirs, 1)), total=1, uom="所", edition=task.edition)


def test_another_town(town: Unit, other_town: Unit, parts: Parts, actor: As) -> None:
    """A town neither sees nor answers for another town's part; a headteacher sees none of them."""
    assert not allowed("part.answer", actor("town"), parts[other_town.pk])
    assert not allowed("task.see", actor("town"), parts[other_town.pk])
    assert not rows("task.see", actor("headteacher")).filter(kind=Task.Kind.PART).exists()


@pytest.mark.parametrize(
    "who", ["town", "bureau-leader", "office", "headteacher", "lead-department", "supervisor", "system-admin"]
)
def test_only_the_clerk_splits_a_row(task: Task, who: str, actor: As) -> None:
    """Nobody but the bureau's clerk splits a row of the document."""
    assert not allowed("task.split", actor(who), task)


def test_a_town_splits_its_part(town: Unit, other_town: Unit, parts: Parts, actor: As) -> None:
    """Over schools of its own, within its own part: no other town's school, no other unit, no other part."""
    officer, part = actor("town"), parts[town.pk]
    mine = Unit.objects.filter(kind="school", area__path__startswith=town.area.path, closed=None).order_by("pk")[0]
    theirs = Unit.objects.filter(kind="school", area__path__startswith=other_town.area.path, closed=None).order_by("pk")[0]
    assert not allowed("task.split", officer, parts[other_town.pk])
    with pytest.raises(Refused):
        splitting.save(officer, part.pk, shares((theirs, 1)), total=3, uom="所", edition=part.edition)
    splitting.save(officer, part.pk, shares((mine, 3)), total=99, uom="所", edition=part.edition)
    splitting.send_down(officer, part.pk)
    school = splitting.parts_of(part).get()
    part.refresh_from_db()
    assert (school.path, part.quantity) == (f"{part.path}{school.pk}/", 3)
    # To answer for another is a right of its own: an office without it answers for itself alone.
    office = actor("education-office")
    for without in (officer, replace(office, may_act_for_others=False)):
        with pytest.raises(Http404):
            splitting.answer(without, school.pk, accept=True)
    answered = splitting.answer(office, school.pk, accept=True)
    assert AuditRow.objects.get(verb="part.accept", row_key=str(school.pk)).acting_for == mine.pk
    assert (answered.sent, answered.answered_for) == (Task.Sent.ACCEPTED, True)


def test_rolled_up(task: Task, town: Unit, other_town: Unit, parts: Parts, actor: As) -> None:
    """The parent shows the sum of what parts report; silence is 未报; a missed node is amber and its sentence names it."""
    assert lamp_of(task).state == "waiting-data"
    splitting.answer(actor("town"), parts[town.pk].pk, accept=True)
    report = hand_in(actor("town"), parts[town.pk].pk, {"word": "normal", "line": "摸底", "quantity": 0.0}, "t1")
    decide(actor("clerk"), report.pk, accept=True)
    whole = rolled_up(task)
    assert (whole.promised, whole.done, whole.silent, whole.behind) == (5, 0, (str(other_town),), (str(town),))
    lamp = lamp_of(task)
    assert lamp.state == "behind"
    assert "2026年6月30日 的节点“1 所”未达到" in str(lamp.why)
    for n, (unit, amount) in enumerate(((town, 3.0), (other_town, 2.0))):
        report = hand_in(
            actor("clerk"), parts[unit.pk].pk, {"word": "done", "line": "建成", "quantity": amount, "source": "电话"}, f"t2{n}"
        )
        decide(actor("clerk"), report.pk, accept=True)
    assert (lamp_of(task).state, rolled_up(task).done) == ("met", 5)
    assert Report.objects.filter(entered_for=True).count() == 2


def test_the_total_is_the_targets_figure(task: Task) -> None:
    """Where the targets of a task hold one figure it is the total; a share is none; of several figures none is taken for it."""
    task.targets.all().delete()
    for metric, value, uom in (("周转宿舍", 260.0, "套"), ("补助发放率", 100.0, "%")):
        Target.objects.create(plan=task.plan, task=task, order=900, quote=metric, metric=metric, op="eq", value=value, uom=uom)
    assert splitting.total_of(task) == (260, "套")
    Target.objects.create(plan=task.plan, task=task, order=900, quote="床位", metric="床位", op="eq", value=1800, uom="张")
    assert splitting.total_of(task)[0] is None


@pytest.mark.parametrize("sent", [Task.Sent.SENT, Task.Sent.DISPUTED, Task.Sent.ACCEPTED])
def test_nodes_hold_once_the_part_is_accepted(town: Unit, parts: Parts, sent: str) -> None:
    """A part whose first node is past and not reached is behind once its unit accepted it; before, or while the unit disputes it, the
    nodes are nobody's course. The one page and the long list say the same."""
    part = Task.objects.filter(pk=parts[town.pk].pk)
    part.update(sent=sent, word=Task.Word.NORMAL, reported_on=clock.today(), done=0)
    told = {lamp_of(part[0]).state, lamp_of(with_standing(part)[0]).state}
    told |= {str(stands.verdict.status) for stands in standings_of(part).values()}
    assert told == {"behind" if sent == Task.Sent.ACCEPTED else "on-course"}


def test_a_merger_takes_the_open_parts_over(task: Task, town: Unit, parts: Parts, actor: As) -> None:
    """What a unit that closes has not finished is its successor's, which is asked for its word anew; what is finished stays."""
    other = next(unit for unit in Unit.objects.filter(kind=Unit.Kind.TOWN, area__parent=town.area.parent) if unit.pk not in parts)
    part = splitting.answer(actor("town"), parts[town.pk].pk, accept=True)
    with action(actor("clerk"), "unit.close") as record:
        hand_over_tasks(record, town, other)
    moved = Task.objects.get(pk=part.pk)
    assert (moved.answerable, moved.sent, moved.answered_at, moved.quantity) == (other, Task.Sent.SENT, None, part.quantity)
    assert moved.edition == part.edition + 1
    done = Task.objects.create(plan=task.plan, kind=Task.Kind.ROW, title="完成的", answerable=town, word=Task.Word.DONE)
    with pytest.raises(NothingRecorded), action(actor("clerk"), "unit.close") as record:
        hand_over_tasks(record, town, other)
    assert Task.objects.get(pk=done.pk).answerable == town


def test_a_merger_makes_one_of_two_parts(task: Task, town: Unit, parts: Parts, actor: As) -> None:
    """Where the successor has a part of the same task, it takes in the closing unit's: nothing of the total is lost, nothing that was done,
    and by each day both are to have done what each was; it is asked for its word anew, and the closed part ends with its reports."""
    closing, own = parts[town.pk], next(part for key, part in parts.items() if key != town.pk)
    for part, much in ((closing, 2.0), (own, 1.0)):
        Task.objects.filter(pk=part.pk).update(sent=Task.Sent.ACCEPTED, done=much)
    below = Task.objects.create(plan=task.plan, kind=Task.Kind.PART, parent=closing, title="下", sent=Task.Sent.ACCEPTED)
    Task.objects.filter(pk=below.pk).update(path=f"{closing.path}{below.pk}/")
    Node.objects.create(task=closing, due_on=JUNE, words="开工")
    total = closing.quantity + own.quantity
    by_june = sum(node.quantity for node in Node.objects.filter(task__in=(closing, own), due_on=JUNE, quantity__isnull=False))
    with action(actor("clerk"), "school.merge") as record:
        hand_over_tasks(record, town, own.answerable)
    own.refresh_from_db(), closing.refresh_from_db(), below.refresh_from_db()
    assert (own.quantity, own.done, own.sent, own.dropped) == (total, 3, Task.Sent.SENT, None)
    assert closing.dropped is not None
    nodes = dict(own.nodes.exclude(quantity=None).values_list("due_on", "quantity"))
    assert nodes[JUNE] == by_june
    assert nodes[max(nodes)] == total
    assert own.nodes.filter(words="开工").exists()
    assert (below.parent, below.path) == (own, f"{own.path}{below.pk}/")


def test_what_is_unknown_stays_unknown_in_a_merger(task: Task, town: Unit, parts: Parts, actor: As) -> None:
    """A part without a quantity adds none; where the successor's own has none the sum is not known. A dispute stays one."""
    closing, own = parts[town.pk], next(part for key, part in parts.items() if key != town.pk)
    Task.objects.filter(pk=own.pk).update(quantity=None, sent=Task.Sent.DISPUTED, dispute="人手不够")
    with action(actor("clerk"), "school.merge") as record:
        hand_over_tasks(record, town, own.answerable)
    own.refresh_from_db()
    assert (own.quantity, own.sent, own.dispute) == (None, Task.Sent.DISPUTED, "人手不够")
    assert Task.objects.get(pk=closing.pk).dropped is not None


def test_taking_part_goes_over_once(task: Task, town: Unit, parts: Parts, actor: As) -> None:
    """The successor takes part where the closing unit did, and stands there once."""
    other = next(part.answerable for key, part in parts.items() if key != town.pk)
    again = Task.objects.create(plan=task.plan, kind=Task.Kind.ROW, title="又一项")
    for each, unit in ((task, town), (again, town), (again, other)):
        TaskUnit.objects.create(task=each, unit=unit, printed=unit.name, part=TaskUnit.Part.PARTICIPANT)
    with action(actor("clerk"), "school.merge") as record:
        hand_over_tasks(record, town, other)
    joined = TaskUnit.objects.filter(unit=other, task__in=(task, again)).order_by("task")
    assert list(joined.values_list("task", flat=True)) == [task.pk, again.pk]


def test_the_owner_of_a_part_stays_a_choice(parts: Parts, town: Unit, signed_in: Callable[[str], Client]) -> None:
    """Whoever adds a telephone number to a school's or a closed unit's part does not leave it to nobody."""
    part, school = parts[town.pk], Unit.objects.filter(kind=Unit.Kind.SCHOOL, area__path__startswith=town.area.path)[0]
    client, address = signed_in("clerk"), f"/tasks/{part.pk}/owners/"
    for owner, closed in ((school, None), (town, clock.today())):
        Unit.objects.filter(pk=owner.pk).update(closed=closed)
        Task.objects.filter(pk=part.pk).update(answerable=owner)
        form = client.get(address).context["form"]
        given = {name: form[name].value() or "" for name in form.fields} | {"contact_phone": "0536-1234567"}
        assert client.post(address, given).status_code == 302
        part.refresh_from_db()
        assert (part.answerable, part.contact_phone) == (owner, "0536-1234567")
