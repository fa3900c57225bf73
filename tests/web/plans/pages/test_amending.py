"""What was read wrongly is corrected against the document after it was published: with a reason, and the history shows both."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.test import Client

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.plans.adding import add_target
from xiangxu_web.workspaces.plans.amending import amend, amend_target, withdraw
from xiangxu_web.workspaces.plans.binding import put_off
from xiangxu_web.workspaces.plans.drafting.correcting import AMENDABLE_PROMISE
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.looking import look
from xiangxu_web.workspaces.plans.models import Correction, Plan, Target, Task
from xiangxu_web.workspaces.plans.succession import in_force

Sign = Callable[[str], Client]
Who = Callable[[str], Actor]
GOAL = "到2027年每所学校都有合格的运动场。"


@pytest.fixture
def task(plan: Plan) -> Task:
    """A row of the published list."""
    return Task.objects.filter(plan=plan, dropped=None, kind=Task.Kind.ROW).earliest("order")


def test_corrected_on_the_page(task: Task, signed_in: Sign) -> None:
    """Beside the form stands the document; afterwards the task says what the document says, the history what stood before and why."""
    client, before = signed_in("clerk"), task.measure
    address = f"/tasks/{task.pk}/amend/"
    assert address in client.get(f"/tasks/{task.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert 'class="at"' in page or 'class="mark"' in page
    sent = {"title": task.title, "goal": GOAL, "measure": task.measure, "due_words": "2027年6月", "edition": task.edition}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"reason": "读取时漏了半句"}).status_code == 302
    task.refresh_from_db()
    assert (task.goal, str(task.due_on), task.measure) == (GOAL, "2027-06-30", before)
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    for words in ("对照原文更正", f"改为“{GOAL}”", "读取时漏了半句"):
        assert words in page, words
    assert AuditRow.objects.filter(verb="task.amend", table="task", row_key=str(task.pk)).count() == 1


def test_the_next_version_knows(task: Task, plan: Plan, actor: Who) -> None:
    """What was corrected is what the next version is compared with; the reading itself and the correction's words stay."""
    version = plan.versions.get()
    read = version.draft.as_read
    amend(actor("clerk"), task.pk, task.edition, {"goal": GOAL}, "漏读")
    version.refresh_from_db()
    assert in_force(version)[str(task.uid)]["goal"] == GOAL
    assert version.draft.as_read == read
    kept = Correction.objects.get(kind="amend")
    assert (kept.typed["before"]["goal"], kept.typed["after"]["goal"]) == (task.goal, GOAL)


def test_the_parts_follow(task: Task, actor: Who) -> None:
    """What was handed down bears the words of its task, and its deadline where it had the task's; one with a node of its own keeps that."""
    same = {"plan": task.plan, "kind": Task.Kind.PART, "parent": task, "title": task.title, "sent": Task.Sent.SENT}
    follows, own = Task.objects.create(**same, due_on=task.due_on), Task.objects.create(**same, due_on=date(2026, 1, 31))
    for part in (follows, own):
        Task.objects.filter(pk=part.pk).update(path=f"{task.path}{part.pk}/")
    amended = amend(actor("clerk"), task.pk, task.edition, {"goal": GOAL, "due_words": "2029年底"}, "漏读")
    follows.refresh_from_db()
    own.refresh_from_db()
    assert amended.due_on == date(2029, 12, 31)
    assert (follows.goal, follows.due_words, follows.due_on, follows.edition) == (GOAL, "2029年底", amended.due_on, 2)
    assert (own.goal, own.due_on) == (GOAL, date(2026, 1, 31))


@pytest.mark.parametrize(
    ("given", "reason", "why"),
    [
        ({"goal": GOAL}, " ", "理由"),
        ({"due_words": "猴年马月"}, "漏读", "没有读懂"),
        ({"title": ""}, "漏读", "不能空着"),
        ({}, "漏读", "没有改动"),
    ],
)
def test_refused_in_words(task: Task, actor: Who, given: dict[str, str], reason: str, why: str) -> None:
    """Without a reason, a readable deadline, a name or a change nothing is changed."""
    with pytest.raises(ValueError, match=why):
        amend(actor("clerk"), task.pk, task.edition, given, reason)
    assert not Correction.objects.filter(kind="amend").exists()


def test_not_over_a_colleague_and_not_a_part(task: Task, actor: Who) -> None:
    """An older page is refused, and a part: its words are those of whoever split the task."""
    clerk = actor("clerk")
    with pytest.raises(Changed):
        amend(clerk, task.pk, task.edition - 1, {"goal": GOAL}, "漏读")
    part = Task.objects.create(plan=task.plan, kind=Task.Kind.PART, parent=task, title="新建", order=1)
    with pytest.raises(Refused):
        amend(clerk, part.pk, part.edition, {"goal": GOAL}, "漏读")


@pytest.mark.parametrize("who", ["office", "town", "headteacher", "bureau-leader", "other-clerk", "supervisor"])
def test_only_the_countys_clerk(task: Task, actor: Who, who: str) -> None:
    """Nobody else corrects what the plan says."""
    with pytest.raises((Refused, Http404)):
        amend(actor(who), task.pk, task.edition, {"goal": GOAL}, "漏读")


# A promise --------------------------------------------------------------------------------------------------------------------------
@pytest.fixture
def promise(plan: Plan) -> Target:
    """A promise with a figure of which the clerk has confirmed how it is computed."""
    settled = plan.targets.filter(dropped=None, binding=Target.Binding.CONFIRMED, same_as=None)
    found = settled.filter(value__isnull=False).earliest("order")
    assert found.seen, "whoever confirms has looked"
    return found


def _form(target: Target, **other: object) -> dict[str, object]:
    """What the page sends back where nothing was typed but ``other``."""
    stands = {name: getattr(target, name) for name in (*AMENDABLE_PROMISE, "edition")}
    return {name: "" if value is None else value for name, value in (stands | other).items()}


def test_a_promise_is_corrected_on_the_page(promise: Target, signed_in: Sign) -> None:
    """Another figure and scope stand at once on page, list and search; how it is computed stays, and the page asks to look at it again
    until somebody confirms it; the history says what stood there and why. The quote is the office's and stays."""
    client, was = signed_in("clerk"), promise.value
    address = f"/targets/{promise.pk}/amend/"
    assert address in client.get(f"/targets/{promise.pk}/").content.decode()
    assert re.search(r'class="[\w -]*\b(at|mark)"', client.get(address).content.decode()), "its place in the document is lit"
    sent = _form(promise, value="77", scope="墨池隐号校")
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"reason": "把95看成了77"}).status_code == 302
    now = Target.objects.get(pk=promise.pk)
    assert (now.value, now.scope, now.quote) == (77, "墨池隐号校", promise.quote)
    assert (now.binding, now.evaluator, now.edition) == (promise.binding, promise.evaluator, promise.edition + 1)
    page = client.get(f"/targets/{promise.pk}/").content.decode()
    for words in (f"原为“{was:.10g}”，改为“77”", "把95看成了77", "是否仍然合适", "仍然这样算"):
        assert words in page, words
    assert "77" in client.get("/targets/", {"q": promise.metric}).content.decode()
    assert promise.metric in client.get("/search/", {"q": "墨池隐号校"}).content.decode()
    client.post(f"/targets/{promise.pk}/bind/", {"evaluator": promise.evaluator})
    assert "是否仍然合适" not in client.get(f"/targets/{promise.pk}/").content.decode()
    assert AuditRow.objects.filter(verb="target.amend", table="target", row_key=str(promise.pk)).count() == 1


def test_what_is_only_proposed_is_proposed_anew(plan: Plan, actor: Who) -> None:
    """A promise that was read as another matter gets the proposals of what it says now; one that a person settled keeps what it has."""
    proposed = plan.targets.filter(binding=Target.Binding.PROPOSED, evaluator_kind="indicator").exclude(evaluator="")
    open_one, read = proposed.earliest("order"), {"metric": "控辍保学零辍学", "op": "zero", "value": ""}
    now = amend_target(actor("clerk"), open_one.pk, open_one.edition, read, "读错")
    assert (now.binding, now.direction) == (Target.Binding.PROPOSED, "zero")
    assert now.proposals != open_one.proposals
    assert now.evaluator != open_one.evaluator


def test_what_is_no_promise_is_withdrawn(plan: Plan, promise: Target, actor: Who, signed_in: Sign) -> None:
    """It is in no list, count or coverage any more, its page says why; each promise behind it is still the row it was, so that it can be
    corrected and a next version finds it. What was tied to it stands for itself."""
    clerk, client = actor("clerk"), signed_in("clerk")
    twin, last = plan.targets.filter(dropped=None, order__gt=promise.order).order_by("order")[0], plan.targets.latest("order")
    Target.objects.filter(pk=twin.pk).update(same_as=promise)
    before, listed = in_force(plan.versions.get()), client.get("/targets/").context["all"]
    sent = _form(promise, withdraw="1", reason="这是背景数字，不是承诺")
    assert client.post(f"/targets/{promise.pk}/amend/", sent).status_code == 302
    page = client.get(f"/targets/{promise.pk}/").content.decode()
    assert "已经撤回" in page
    assert "这是背景数字，不是承诺" in page
    assert f"/targets/{promise.pk}/amend/" not in page
    assert client.get("/targets/").context["all"] == listed
    assert Target.objects.get(pk=twin.pk).same_as_id is None
    after = in_force(plan.versions.get())
    assert {uid: row["ref"] for uid, row in after.items()} == {
        uid: row["ref"] for uid, row in before.items() if uid != str(promise.uid)
    }
    last.refresh_from_db()
    assert amend_target(clerk, last.pk, last.edition, {"scope": "隐号"}, "漏读").scope == "隐号"
    with pytest.raises(Http404):
        withdraw(clerk, promise.pk, promise.edition + 1, "再撤一次")


@pytest.mark.parametrize(
    ("given", "reason", "why"),
    [
        ({"value": "77"}, " ", "理由"),
        ({"value": "七成"}, "漏读", "数字"),
        ({"op": "about"}, "漏读", "可选的范围"),
        ({"due_words": "猴年马月"}, "漏读", "没有读懂"),
        ({"quote": "另一句话"}, "漏读", "没有改动"),
        ({}, "漏读", "没有改动"),
    ],
)
def test_a_promise_is_refused_in_words(promise: Target, actor: Who, given: dict[str, str], reason: str, why: str) -> None:
    """Without a reason, a figure, a readable deadline or a change nothing is changed; the quote is not ours to change."""
    with pytest.raises(ValueError, match=why):
        amend_target(actor("clerk"), promise.pk, promise.edition, given, reason)
    assert not Correction.objects.filter(kind="amend").exists()


@pytest.mark.parametrize("who", ["office", "town", "headteacher", "bureau-leader", "other-clerk", "supervisor"])
def test_only_the_countys_clerk_corrects_a_promise(promise: Target, actor: Who, who: str) -> None:
    """Nobody else corrects, withdraws, or says that it was looked at."""
    Target.objects.filter(pk=promise.pk).update(seen=False)
    for act in (
        lambda: amend_target(actor(who), promise.pk, promise.edition, {"value": "77"}, "漏读"),
        lambda: withdraw(actor(who), promise.pk, promise.edition, "漏读"),
    ):
        with pytest.raises((Refused, Http404)):
            act()
    with contextlib.suppress(Refused):
        assert look(actor(who), Target, [promise.pk]) == 0
    now = Target.objects.get(pk=promise.pk)
    assert (now.value, now.dropped, now.seen) == (promise.value, None, False)


def test_a_colleague_who_settled_it_meanwhile_is_not_overruled(promise: Target, actor: Who) -> None:
    """A page that was opened before somebody chose how it is computed is refused; so is one of a plan that has ended."""
    clerk = actor("clerk")
    put_off(clerk, [promise.pk])
    with pytest.raises(Changed):
        amend_target(clerk, promise.pk, promise.edition, {"value": "77"}, "漏读")
    Plan.objects.filter(pk=promise.plan_id).update(closed=clock.now())
    with pytest.raises(Refused):
        amend_target(clerk, promise.pk, promise.edition + 1, {"value": "77"}, "漏读")


def test_a_missed_promise_is_added_by_its_words(plan: Plan, actor: Who, signed_in: Sign) -> None:
    """Words of the document that were read as nothing become a target of its task, at their place and in the document's order, with a
    proposal; those behind it are still the rows they were. Words that do not stand there are refused."""
    client, version = signed_in("clerk"), plan.versions.get()
    gone, task = plan.targets.filter(dropped=None, same_as=None).order_by("order")[4], plan.tasks.order_by("order")[1]
    withdraw(actor("clerk"), gone.pk, gone.edition, "误撤")
    before = {uid: row["ref"] for uid, row in in_force(version).items()}
    address = f"/plans/{plan.pk}/targets/add/?task={task.pk}"
    assert address in client.get(f"/tasks/{task.pk}/").content.decode()
    sent = {"metric": "漏读的一条", "op": gone.op, "value": "12", "task": before[str(task.uid)], "reason": "读取时漏了"}
    assert "没有找到" in client.post(address, sent | {"quote": "文件里没有的话"}).content.decode()
    broken = gone.quote[:4] + "\n " + gone.quote[4:]
    answer = client.post(address, sent | {"quote": broken})
    made = Target.objects.get(plan=plan, metric="漏读的一条")
    assert answer["Location"] == f"/targets/{made.pk}/"
    assert (made.task_id, made.value, made.seen, made.binding) == (task.pk, 12, True, "proposed")
    assert made.place["start"] >= gone.place["start"]
    assert made.proposals
    version.refresh_from_db()
    after = {uid: row["ref"] for uid, row in in_force(version).items()}
    assert after.pop(str(made.uid)) not in before.values()
    assert after == before
    orders = list(plan.targets.filter(dropped=None).order_by("order").values_list("order", flat=True))
    assert orders == list(range(1, len(orders) + 1))
    page = client.get(f"/targets/{made.pk}/").content.decode()
    assert "补录漏读的目标" in page
    assert "读取时漏了" in page
    assert "漏读的一条" in client.get(f"/drafts/{version.draft_id}/history/").content.decode()
    with pytest.raises(Http404):
        add_target(actor("other-clerk"), plan.pk, {"metric": "隐号", "op": "done", "quote": gone.quote}, "漏读")
    with pytest.raises(Refused):
        add_target(actor("town"), plan.pk, {"metric": "隐号", "op": "done", "quote": gone.quote}, "漏读")
