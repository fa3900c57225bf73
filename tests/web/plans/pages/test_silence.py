"""Silence does not pay: what is past its deadline and unreported is no lamp, but is told beside the lamps, everywhere alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.bulletins import begin, content_of
from xiangxu_web.workspaces.plans.models import Plan, Task, TaskUnit

Actors = Callable[[str], Actor]
SignIn = Callable[[str], Client]
SILENT = "未报，时限已过 143 天"


def words(client: Client, address: str, **query: str) -> str:
    """What a page says, without its marks."""
    return strip_tags(client.get(address, query).content.decode())


@pytest.fixture
def silent(plan: Plan, actor: Actors) -> Task:
    """The one task of the plan that is past its deadline and unreported, led by the finance bureau."""
    plan.tasks.update(due_on=date(2027, 12, 31), word="", ongoing=False)
    task: Task = plan.tasks.filter(same_as=None, parent=None).order_by("order")[0]
    Task.objects.filter(pk=task.pk).update(due_on=date(2026, 6, 30), answerable=actor("lead-department").unit_id)
    task.refresh_from_db()
    return task


def test_the_fact_stands_everywhere(silent: Task, plan: Plan, actor: Actors, signed_in: SignIn) -> None:
    """Start pages, list with its filter and the mark in the row, unit, plan, timeline and bulletin tell the one task; none calls it late."""
    for who in ("clerk", "bureau-leader", "lead-department"):
        start = signed_in(who).get("/")
        assert "逾期 0 项，时限已过、未报进展 1 项" in start.context["standing"], who
        assert SILENT in start.content.decode(), who
    clerk = signed_in("clerk")
    listed = clerk.get(reverse("tasks"), {"state": "silent-past"})
    assert [row.cells[0].value for row in listed.context["rows"]] == [silent.title]
    assert SILENT in listed.content.decode()
    assert "时限已过、未报进展 1 项" in words(clerk, reverse("tasks"))
    unit = words(clerk, reverse("unit", args=[silent.answerable_id]))
    assert "时限已过、未报进展 1 项" in unit
    assert SILENT in unit
    assert ("silent-past", 1) in [
        (state, n) for _lamp, state, n in clerk.get(reverse("plan", args=[plan.pk])).context["by_state"]
    ]
    timeline = words(clerk, reverse("timeline"), year="2026")
    assert "其中任务时限已过、未报进展 1 项" in timeline
    assert SILENT in timeline
    assert content_of(begin(actor("clerk"), plan.pk)).figure("silent.past").value == 1
    assert not clerk.get(reverse("tasks"), {"state": "missed"}).context["rows"]


def test_what_one_takes_part_in_stands_apart(silent: Task, plan: Plan, signed_in: SignIn, actor: Actors) -> None:
    """A department that only takes part sees that task with a link, apart from what it answers for, on its start page, in the list and on
    its unit's page; what it leads is not told twice."""
    joined = plan.tasks.filter(same_as=None, parent=None).order_by("order")[1]
    Task.objects.filter(pk=joined.pk).update(answerable=Unit.objects.get(pk=actor("clerk").unit_id))
    TaskUnit.objects.filter(unit=actor("lead-department").unit_id).delete()
    for task in (joined, silent):
        TaskUnit.objects.create(
            task=task, unit_id=actor("lead-department").unit_id, printed="财政局", part=TaskUnit.Part.PARTICIPANT
        )
    client = signed_in("lead-department")
    start = client.get("/")
    assert start.context["standing"].startswith("共 1 项任务")
    sections = {str(s.title): s for _q, found, *_rest in start.context["questions"] for s in found}
    assert [line.url for line in sections["配合的任务"].lines] == [reverse("task", args=[joined.pk])]
    for mine, one in (("joined", joined), ("1", silent)):
        rows = client.get(reverse("tasks"), {"mine": mine}).context["rows"]
        assert [row.cells[0].value for row in rows] == [one.title], mine
    panel = words(client, reverse("unit", args=[actor("lead-department").unit_id]))
    assert "配合 1 项" in panel
    assert panel.count(silent.title) == 1
    found = client.get(reverse("tasks"), {"with": actor("lead-department").unit_id}).context["page"].paginator.count
    assert found == 2
