"""A task that was split over towns, in the bulletin: told by its parts, as its own page tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from xiangxu import clock
from xiangxu.targets.shares import Share
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.bulletins import begin, content_of
from xiangxu_web.workspaces.plans.models import Plan, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in
from xiangxu_web.workspaces.plans.standing import GRACE, lamp_of

Actors = Callable[[str], Actor]


@pytest.fixture
def parts(plan: Plan, actor: Actors) -> list[Task]:
    """A task without a deadline, split over three towns and sent down."""
    clerk = actor("clerk")
    task = plan.tasks.filter(kind=Task.Kind.ROW, same_as=None).order_by("order")[0]
    Task.objects.filter(pk=task.pk).update(due_on=None, ongoing=False)
    towns = Unit.objects.filter(kind="town", area__path__startswith=plan.area.path, closed=None).order_by("pk")[:3]
    shares = [(town.pk, Share(str(town.pk), 2)) for town in towns]
    splitting.save(clerk, task.pk, shares, total=6, uom="所", edition=task.edition)
    splitting.send_down(clerk, task.pk)
    task.parts.update(sent=Task.Sent.ACCEPTED)
    return list(splitting.parts_of(task).select_related("answerable", "parent").order_by("pk"))


def _reported(clerk: Actor, part: Task, word: str) -> None:
    said = {"word": word, "line": "在建", "source": "电话", "quantity": 1.0}
    decide(clerk, hand_in(clerk, part.pk, said, f"t-{part.pk}").pk, accept=True)


def test_partly_reported_is_told_with_who_is_missing(plan: Plan, parts: list[Task], actor: Actors) -> None:
    """One of three towns has reported: the task is not among the unreported ones; the sentence says one of three and names the two."""
    clerk, whole = actor("clerk"), parts[0].parent
    assert whole is not None
    _reported(clerk, parts[0], "normal")
    assert lamp_of(whole).words == "未报齐"
    content = content_of(begin(clerk, plan.pk))
    key = f"in-part:{whole.uid}"
    assert str(whole.uid) not in content.figure("silent.tasks").rows
    assert content.figure(f"{key}.reported").rows == (str(parts[0].answerable),)
    assert content.figure(f"{key}.missing").rows == tuple(str(part.answerable) for part in parts[1:])
    text = next(block.text for block in content.blocks if block.id == key)
    assert "由3个单位承担，已报1个，未报2个：" in text


def test_who_objects_or_has_just_been_told_is_not_called_silent(plan: Plan, parts: list[Task], actor: Actors) -> None:
    """A town that disputes its part waits for the bureau, one that got it an hour ago need not have answered; after some days it is silent."""
    whole = parts[0].parent
    assert whole is not None
    _reported(actor("clerk"), parts[0], "normal")
    Task.objects.filter(pk=parts[1].pk).update(sent=Task.Sent.DISPUTED)
    Task.objects.filter(pk=parts[2].pk).update(sent=Task.Sent.SENT, sent_at=clock.now())
    key = f"in-part:{whole.uid}"
    content = content_of(begin(actor("clerk"), plan.pk))
    assert content.figure(f"{key}.answering").rows == (str(parts[1].answerable), str(parts[2].answerable))
    assert not [figure for figure in content.figures if figure.key == f"{key}.missing"]
    Task.objects.filter(pk=parts[2].pk).update(sent_at=clock.now() - GRACE)
    plan.bulletins.all().delete()
    content = content_of(begin(actor("clerk"), plan.pk))
    assert content.figure(f"{key}.missing").rows == (str(parts[2].answerable),)


def test_its_state_is_that_of_its_page(plan: Plan, parts: list[Task], actor: Actors) -> None:
    """One town is behind: so is the task, in the bulletin as on its page; the towns without a report are named beside it."""
    clerk, whole = actor("clerk"), parts[0].parent
    assert whole is not None
    _reported(clerk, parts[0], "behind")
    content = content_of(begin(clerk, plan.pk))
    assert lamp_of(whole).state == "behind"
    assert content.figure("behind.tasks").rows == (str(whole.uid),)
    text = "".join(block.text for block in content.blocks if block.id.startswith("behind:"))
    assert f"尚未报：{parts[1].answerable}、{parts[2].answerable}" in text
