"""A task that was read wrongly is corrected against the document after it was published: with a reason, and the history shows both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.plans.amending import amend
from xiangxu_web.workspaces.plans.editing import Changed
from xiangxu_web.workspaces.plans.models import Correction, Plan, Task
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
