"""What people withdrew, corrected and added since a version was published is there in the reading of the next one."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from xiangxu import clock
from xiangxu.model.reason import kept
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.adding import add_target, add_task
from xiangxu_web.workspaces.plans.amending import amend, amend_target, withdraw, withdraw_task
from xiangxu_web.workspaces.plans.api import correct, publish_draft
from xiangxu_web.workspaces.plans.binding import put_off
from xiangxu_web.workspaces.plans.drafting.rows import find, unsettled
from xiangxu_web.workspaces.plans.importing import as_version
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target, Task
from xiangxu_web.workspaces.plans.reading import mapping_of

Json = dict[str, Any]
Who = Callable[[str], Actor]


@dataclass
class Settled:
    """What was decided after the first version, as it stands."""

    promise: Target
    task: Task
    amended_promise: Target
    amended: Task
    added_promise: Target
    added: Task


def _read_again(plan: Plan, read: Json) -> Draft:
    """The same document, read again by the same reader, as the next version."""
    first = plan.versions.earliest("number").draft
    as_read = deepcopy(read)
    as_read |= kept(mapping_of(plan, as_read, first.text, first.pages))
    return Draft.objects.create(
        area=plan.area, plan=plan, name="再版.docx", state=Draft.State.OPEN, text=first.text, pages=first.pages,
        as_read=as_read, current=as_read, edition=1, made=clock.now(),
    )  # fmt: skip


@pytest.fixture
def settled(plan: Plan, actor: Who) -> Settled:
    """A promise and a task withdrawn, one of each corrected, one of each added."""
    clerk = actor("clerk")
    promises = list(plan.targets.filter(dropped=None, same_as=None, repeated_by=None).order_by("order"))
    told = plan.tasks.filter(dropped=None, parent=None, kind=Task.Kind.ROW, same_as=None, told_by=None)
    tasks = list(told.order_by("order"))
    task, amended = tasks[2], tasks[4]
    here = [each for each in promises if each.task_id not in (task.pk, amended.pk)]
    promise, amended_promise = here[1], next(each for each in here[2:] if each.value is not None)
    withdraw(clerk, promise.pk, promise.edition, "背景数字")
    withdraw_task(clerk, task.pk, task.edition, "这是表头")
    amended = amend(clerk, amended.pk, amended.edition, {"goal": "改好的目标", "due_words": "2031年底"}, "漏了半句")
    amended_promise = amend_target(clerk, amended_promise.pk, amended_promise.edition, {"value": "77"}, "看错了数")
    quote = promises[-1].quote
    added = add_task(clerk, plan.pk, {"kind": "row", "title": "漏读的任务", "quote": quote, "lead": "墨池无名办"}, "漏读")
    ref = find(plan.versions.get().draft.current, "t1")["ref"]
    given = {"quote": quote, "metric": "漏读的承诺", "op": "ge", "value": "3", "task": ref}
    added_promise = add_target(clerk, plan.pk, given, "漏读")
    put_off(clerk, [added_promise.pk])
    return Settled(promise, task, amended_promise, amended, added_promise, added)


def _carried(draft: Draft) -> dict[str, Json]:
    return {row["carried"]["uid"]: row for row in (*draft.current["tasks"], *draft.current["promises"]) if row.get("carried")}


def _published(clerk: Actor, draft: Draft) -> None:
    correct(clerk, draft, "map", "", {"uids": unsettled(draft.current)})
    draft.refresh_from_db()
    publish_draft(clerk, draft)


def test_what_was_settled_is_there_again_and_stays_version_after_version(plan: Plan, settled: Settled, actor: Who) -> None:
    """What reads the same as something withdrawn is dropped already; what was corrected reads corrected, and as unchanged; what was added
    stands at its place. After publishing nothing of it has changed, and the version after that knows it still."""
    read, clerk = plan.versions.get().draft.as_read, actor("clerk")
    for _again in range(2):
        draft = _read_again(plan, read)
        rows, mapping = _carried(draft), draft.current["mapping"]
        assert set(rows) == {str(each.uid) for each in vars(settled).values()}
        for gone, why in ((settled.promise, "背景数字"), (settled.task, "这是表头")):
            row = rows[str(gone.uid)]
            assert (row["dropped"], row["carried"]["reason"]) == (True, why)
            assert str(gone.uid) not in mapping
        for uid in (settled.amended, settled.amended_promise, settled.added, settled.added_promise):
            was = mapping[str(uid.uid)]
            assert (was["became"], was["to"], was["sure"]) == ("continues", [rows[str(uid.uid)]["ref"]], True)
        assert rows[str(settled.amended.uid)]["goal"] == "改好的目标"
        assert rows[str(settled.amended.uid)]["carried"]["read"] == {
            "goal": find({"tasks": read["tasks"], "promises": []}, rows[str(settled.amended.uid)]["ref"])["goal"],
            "due_words": find(read, rows[str(settled.amended.uid)]["ref"])["due_words"],
        }
        assert rows[str(settled.amended_promise.uid)]["value"] == 77
        assert rows[str(settled.added_promise.uid)]["task"] == "t1"
        _published(clerk, draft)
        for gone in (settled.promise, settled.task):
            gone.refresh_from_db()
            assert gone.dropped is not None
        assert not plan.targets.filter(dropped=None, quote=settled.promise.quote, metric=settled.promise.metric).exists()
        now = Task.objects.get(pk=settled.amended.pk)
        assert (now.goal, now.due_on) == ("改好的目标", date(2031, 12, 31))
        assert Target.objects.get(pk=settled.amended_promise.pk).value == 77
        again = Target.objects.get(pk=settled.added_promise.pk)
        assert (again.dropped, again.binding, again.value) == (None, Target.Binding.LATER, 3)
        assert Task.objects.get(pk=settled.added.pk).dropped is None


def test_one_key_takes_it_back_and_it_is_the_same_again(
    plan: Plan, settled: Settled, actor: Who, signed_in: Callable[[str], Client]
) -> None:
    """The page of the draft shows what was withdrawn with its reason; restored and published it is the very target, with all that hangs
    on it."""
    clerk, client = actor("clerk"), signed_in("clerk")
    draft = _read_again(plan, plan.versions.get().draft.as_read)
    refs = {uid: row["ref"] for uid, row in _carried(draft).items()}
    ref = refs[str(settled.promise.uid)]
    page = client.get(f"/drafts/{draft.pk}/?tab=targets&at={ref}").content.decode()
    assert "上一版已撤回。理由：背景数字" in page
    told = client.get(f"/drafts/{draft.pk}/?tab=versions").content.decode()
    for words in ("背景数字", "这是表头", "漏了半句", "上一版补录的"):
        assert words in told, words
    for gone in (settled.promise, settled.task):
        correct(clerk, draft, "restore", refs[str(gone.uid)], {})
    draft.refresh_from_db()
    _published(clerk, draft)
    for back in (settled.promise, settled.task):
        back.refresh_from_db()
        assert back.dropped is None
    assert settled.promise.order > 0
    assert set(_carried(_read_again(plan, draft.as_read))) >= {str(settled.added.uid)}
    assert str(settled.promise.uid) not in _carried(_read_again(plan, plan.versions.earliest("number").draft.as_read))


def test_what_is_decided_reaches_the_version_that_is_being_prepared(plan: Plan, actor: Who) -> None:
    """A task that is withdrawn while the next version lies open is withdrawn there too, and what was typed there stays; without a plan
    behind it the reading is as it was read."""
    clerk, first = actor("clerk"), plan.versions.get().draft
    draft = _read_again(plan, first.as_read)
    task = plan.tasks.filter(dropped=None, parent=None, kind=Task.Kind.ROW, same_as=None, told_by=None).order_by("order")[2]
    ref = draft.current["mapping"][str(task.uid)]["to"][0]
    correct(clerk, draft, "set", "t1", {"theme": "改过的专题"})
    withdraw_task(clerk, task.pk, task.edition, "这是表头")
    draft.refresh_from_db()
    assert find(draft.current, ref)["dropped"]
    assert str(task.uid) not in draft.current["mapping"]
    assert find(draft.current, "t1")["theme"] == "改过的专题"
    as_version(clerk, draft, None)
    draft.refresh_from_db()
    assert {"tasks": draft.as_read["tasks"], "promises": draft.as_read["promises"]} == {
        "tasks": first.as_read["tasks"],
        "promises": first.as_read["promises"],
    }


def test_parts_bear_the_words_of_the_new_version(plan: Plan, actor: Who) -> None:
    """Words and deadline that a new version has otherwise stand in what was handed down; a part with a deadline of its own keeps that."""
    read = deepcopy(plan.versions.get().draft.as_read)
    task = plan.tasks.get(order=1)
    same = {"plan": plan, "kind": Task.Kind.PART, "parent": task, "title": task.title, "sent": Task.Sent.ACCEPTED}
    follows, own = Task.objects.create(**same, due_on=task.due_on), Task.objects.create(**same, due_on=date(2026, 1, 31))
    for part in (follows, own):
        Task.objects.filter(pk=part.pk).update(path=f"{task.path}{part.pk}/")
    read["tasks"][0] |= {"goal": "新版的目标", "due_words": "2031年底", "due": "2031-12", "due_on": "2031-12-31"}
    _published(actor("clerk"), _read_again(plan, read))
    for part in (follows, own):
        part.refresh_from_db()
    assert (follows.goal, follows.due_words, follows.due_on, follows.edition) == ("新版的目标", "2031年底", date(2031, 12, 31), 2)
    assert (own.goal, own.due_on) == ("新版的目标", date(2026, 1, 31))
