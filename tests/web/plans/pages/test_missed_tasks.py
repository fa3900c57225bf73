"""A task that the reading missed is added to a published plan, one that it invented is withdrawn: with a reason, and the history shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.plans.adding import add_task
from xiangxu_web.workspaces.plans.amending import withdraw_task
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.models import Instruction, Plan, Report, SubPlan, Task, TaskUnit
from xiangxu_web.workspaces.plans.reporting import hand_in
from xiangxu_web.workspaces.plans.succession import in_force

Sign = Callable[[str], Client]
Who = Callable[[str], Actor]


@pytest.fixture
def task(plan: Plan) -> Task:
    """A row of the published list that is told once and has promises."""
    told = Task.objects.filter(plan=plan, dropped=None, kind=Task.Kind.ROW, same_as=None, told_by=None, targets__isnull=False)
    return told.order_by("order").distinct()[1]


def _part(task: Task, sent: str) -> Task:
    part = Task.objects.create(plan=task.plan, kind=Task.Kind.PART, parent=task, title=task.title, sent=sent, order=task.order)
    part.path = f"{task.path}{part.pk}/"
    part.save()
    return part


def _given(plan: Plan, **other: str) -> dict[str, Any]:
    """What the form sends of a task whose words are those of a promise of the document, printed over two lines."""
    quote = plan.targets.filter(dropped=None).order_by("order")[4].quote
    return {"kind": "row", "quote": quote[:4] + "\n " + quote[4:], "title": "漏读的任务", "after": ""} | other


def _refs(plan: Plan) -> dict[str, str]:
    return {uid: row["ref"] for uid, row in in_force(plan.versions.get()).items()}


# Added ------------------------------------------------------------------------------------------------------------------------------
def test_a_missed_task_is_added_by_its_words(plan: Plan, task: Task, signed_in: Sign) -> None:
    """It stands behind the row that was named, with the unit that its printed name means as answerable and the words as measure; those
    behind it, and the parts of these, move on and are still the rows they were. It is found by search, and its page says why it is there."""
    client, before = signed_in("clerk"), _refs(plan)
    behind = Task.objects.filter(plan=plan, dropped=None, kind=Task.Kind.ROW, order__gt=task.order).earliest("order")
    part, lead = _part(behind, Task.Sent.SENT), in_force(plan.versions.get())[str(task.uid)]["lead"]
    address = f"/plans/{plan.pk}/tasks/add/"
    for page in (f"/plans/{plan.pk}/", f"/tasks/?plan={plan.pk}"):
        assert address in client.get(page).content.decode(), page
    sent = _given(plan, after=before[str(task.uid)], lead=lead[0], participants="墨池无名办", due_words="2027年底")
    assert client.post(address, sent).status_code == 422, "no reason"
    answer = client.post(address, sent | {"reason": "读取时漏了"})
    made = Task.objects.get(plan=plan, title="漏读的任务")
    assert answer["Location"] == f"/tasks/{made.pk}/"
    assert (made.order, made.answerable_id, made.owner_proposed) == (task.order + 1, task.answerable_id, False)
    assert (str(made.due_on), made.path, made.seen) == ("2027-12-31", f"{made.pk}/", True)
    assert "".join(made.measure.split()) == "".join(sent["quote"].split())
    assert list(made.units.values_list("printed", "unit", "part")) == [("墨池无名办", None, TaskUnit.Part.PARTICIPANT)]
    after = _refs(plan)
    assert after.pop(str(made.uid)) not in before.values()
    assert after == before
    behind.refresh_from_db()
    part.refresh_from_db()
    assert part.order == behind.order == made.order + 1
    assert "漏读的任务" in client.get("/search/", {"q": "漏读的任务"}).content.decode()
    page = client.get(f"/tasks/{made.pk}/").content.decode()
    for words in ("补录漏读的任务", "读取时漏了", "墨池无名办"):
        assert words in page, words
    assert AuditRow.objects.filter(verb="task.add", table="task", row_key=str(made.pk)).count() == 1


def test_without_a_place_named_it_stands_where_its_words_do(plan: Plan, actor: Who) -> None:
    """An action follows the action before it in the document; one without a name is called by its words."""
    words = plan.targets.filter(dropped=None).latest("order").quote
    made = add_task(actor("clerk"), plan.pk, {"kind": "action", "quote": words}, "漏读")
    assert made.title
    assert words.startswith(made.title.rstrip("…"))
    assert made.answerable_id is None
    tasks = Task.objects.filter(plan=plan, dropped=None, parent=None).order_by("order")
    assert list(tasks.values_list("order", flat=True)) == list(range(1, len(tasks) + 1))
    earlier = [each for each in tasks if each.order < made.order and each.kind == Task.Kind.ACTION]
    assert all(each.place["start"] <= made.place["start"] for each in earlier if each.place)
    assert not any(each.kind == Task.Kind.ROW for each in tasks if each.order > made.order)


@pytest.mark.parametrize(
    ("given", "reason", "why"),
    [
        ({}, " ", "理由"),
        ({"quote": "文件里没有的话"}, "漏读", "没有找到"),
        ({"goal": "文件里没有的目标"}, "漏读", "文件里没有的目标”在文件里没有找到"),
        ({"due_words": "猴年马月"}, "漏读", "没有读懂"),
    ],
)
def test_adding_is_refused_in_words(plan: Plan, actor: Who, given: dict[str, str], reason: str, why: str) -> None:
    """Without a reason, without words of the document, or with a deadline that cannot be read nothing is added."""
    before = _refs(plan)
    with pytest.raises(ValueError, match=why):
        add_task(actor("clerk"), plan.pk, _given(plan, **given), reason)
    assert _refs(plan) == before


@pytest.mark.parametrize("who", ["office", "town", "headteacher", "bureau-leader", "other-clerk", "supervisor"])
def test_only_the_countys_clerk_adds_and_withdraws(plan: Plan, task: Task, actor: Who, who: str) -> None:
    """Nobody else says what the document asks for."""
    with pytest.raises((Refused, Http404)):
        add_task(actor(who), plan.pk, _given(plan), "漏读")
    with pytest.raises((Refused, Http404)):
        withdraw_task(actor(who), task.pk, task.edition, "误读")
    task.refresh_from_db()
    assert task.dropped is None


# Withdrawn --------------------------------------------------------------------------------------------------------------------------
def test_what_is_no_task_is_withdrawn(plan: Plan, task: Task, actor: Who, signed_in: Sign) -> None:
    """It is in no list or count any more and asks nothing of anybody; its page and that of its part say why. Its promises stay promises,
    what was one thing with it stands for itself, and each task behind it is still the row it was."""
    client, before = signed_in("clerk"), _refs(plan)
    twin = Task.objects.filter(plan=plan, dropped=None, same_as=None, told_by=None, order__gt=task.order).earliest("order")
    Task.objects.filter(pk=twin.pk).update(same_as=task)
    part, promises = _part(task, Task.Sent.SENT), list(task.targets.filter(dropped=None).values_list("pk", flat=True))
    listed = client.get(f"/plans/{plan.pk}/").context["tasks"]
    address = f"/tasks/{task.pk}/amend/"
    page = client.get(address).content.decode()
    assert "这不是任务，撤回" in page
    assert f"它的 {len(promises)} 条目标不撤" in page
    sent = {"title": task.title, "goal": task.goal, "measure": task.measure, "due_words": task.due_words, "withdraw": "1"}
    assert client.post(address, sent | {"edition": task.edition}).status_code == 422, "no reason"
    assert client.post(address, sent | {"edition": task.edition - 1, "reason": "这是表头"}).status_code == 422, "an older page"
    assert client.post(address, sent | {"edition": task.edition, "reason": "这是表头"}).status_code == 302
    for gone in (task, part):
        page = client.get(f"/tasks/{gone.pk}/").content.decode()
        assert "已经撤回" in page
        assert "这是表头" in page
        assert f"/tasks/{gone.pk}/report/" not in page
    assert address not in client.get(f"/tasks/{task.pk}/").content.decode()
    assert client.get(f"/plans/{plan.pk}/").context["tasks"] == listed, "one gone, its twin counts again"
    twin.refresh_from_db()
    assert twin.same_as_id is None
    kept = plan.targets.filter(pk__in=promises)
    assert [(each.dropped, each.task_id) for each in kept] == [(None, None)] * len(promises)
    assert _refs(plan) == {uid: ref for uid, ref in before.items() if uid != str(task.uid)}
    orders = Task.objects.filter(plan=plan, dropped=None, parent=None).order_by("order").values_list("order", flat=True)
    assert list(orders) == list(range(1, len(orders) + 1))
    assert AuditRow.objects.filter(verb="task.withdraw", table="task", row_key=str(task.pk)).count() == 1
    with pytest.raises(Refused, match="不在方案里"):
        hand_in(actor("clerk"), task.pk, {"word": "normal", "line": "照常", "source": "电话"}, "late")


def test_a_promise_goes_back_to_where_the_text_tells_it(plan: Plan, task: Task, actor: Who) -> None:
    """What somebody put to the misread task belongs again to the task of the text."""
    home = Task.objects.filter(plan=plan, dropped=None, same_as=None, targets__isnull=False).exclude(pk=task.pk).earliest("order")
    promise = home.targets.filter(dropped=None).earliest("order")
    stands = in_force(plan.versions.get())
    assert stands[str(promise.uid)]["task"] in {stands[str(each.uid)]["ref"] for each in (home, *home.told_by.all())}
    type(promise).objects.filter(pk=promise.pk).update(task=task, placed_by_post=1)
    withdraw_task(actor("clerk"), task.pk, task.edition, "误读")
    promise.refresh_from_db()
    assert (promise.task_id, promise.placed_by_post) == (home.pk, None)


@pytest.mark.parametrize("hangs", ["report", "instruction", "part", "sub-plan", "closed", "edition", "reason"])
def test_withdrawing_is_refused_where_it_was_no_misreading(task: Task, actor: Who, signed_in: Sign, hangs: str) -> None:
    """What was reported, asked by a leader, accepted by a unit or written as a sub-plan is not swept away: the refusal says what hangs on
    it and how a new version ends it, and the page says so beforehand. Nor is it withdrawn over a colleague, unexplained, or after the end."""
    clerk, reason, edition = actor("clerk"), "误读", task.edition
    unit, error, why = task.answerable_id or clerk.unit_id, Refused, "新旧对照"
    match hangs:
        case "report":
            made = {"day": clock.today(), "word": "normal", "line": "在办", "made": clock.now(), "token": "x"}
            Report.objects.create(task=_part(task, Task.Sent.SENT), unit_id=unit, **made)
        case "instruction":
            Instruction.objects.create(task=task, line="抓紧", made=clock.now())
        case "part":
            _part(task, Task.Sent.ACCEPTED)
        case "sub-plan":
            target = task.targets.filter(dropped=None).first()
            SubPlan.objects.create(plan=task.plan, unit_id=unit, target=target, title="一镇一案", made=clock.now())
        case "closed":
            Plan.objects.filter(pk=task.plan_id).update(closed=clock.now())
            why = "已经结束"
        case "edition":
            edition, error, why = edition - 1, Changed, "别人改过"
        case "reason":
            reason, error, why = " ", ValueError, "理由"
    with pytest.raises(error, match=why):
        withdraw_task(clerk, task.pk, edition, reason)
    if why == "新旧对照":
        page = signed_in("clerk").get(f"/tasks/{task.pk}/amend/").content.decode()
        assert why in page
        assert "这不是任务，撤回" not in page
    task.refresh_from_db()
    assert task.dropped is None
