"""The page of a task begins with what its reader has to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.web.plans.reporting.conftest import SAID
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in

As = Callable[[str], Actor]
SignIn = Callable[[str], Client]


def order(client: Client, task: Task) -> list[str]:
    """The panels in their order, by short names."""
    told: Any = client.get(reverse("task", args=[task.pk])).context
    names = [*told["first"], *(["plans/task_report.html", *told["beside"]] if told["entry"] else []), *told["panels"]]
    return [name.removeprefix("plans/").removesuffix(".html").removeprefix("task_") for name in names]


def test_the_owner_finds_the_form(task: Task, actor: As, signed_in: SignIn) -> None:
    """Three words and a line, sent from here; gone while a report waits; back beside the reason when it was returned."""
    owner = signed_in("lead-department")
    assert order(owner, task)[:3] == ["split_answer", "report", "reports"]
    page = owner.get(reverse("task", args=[task.pk])).content.decode()
    assert page.count('name="token"') == 1
    token = page.split('name="token" value="')[1].split('"')[0]
    owner.post(reverse("new-report", args=[task.pk]), {**SAID, "token": token})
    report = Report.objects.get(task=task)
    assert "report" not in order(owner, task)
    decide(actor("clerk"), report.pk, accept=False, reason="没有数")
    assert order(owner, task)[:3] == ["split_answer", "report", "reports"]
    decide(actor("clerk"), hand_in(actor("lead-department"), task.pk, {**SAID, "word": "done"}, "all").pk, accept=True)
    assert "report" not in order(owner, task)


def test_whoever_decides_finds_the_report(task: Task, actor: As, signed_in: SignIn) -> None:
    """What waits for the clerk stands before everything else, and no empty form of another unit."""
    hand_in(actor("lead-department"), task.pk, SAID, "waits")
    assert order(signed_in("clerk"), task)[:2] == ["split_answer", "reports"]
    assert "report" not in order(signed_in("clerk"), task)


def test_the_splitter_finds_the_parts(part: Task, signed_in: SignIn) -> None:
    """The clerk's page of a split task begins with who got what; the school's page of its part with its form."""
    assert part.parent is not None
    assert order(signed_in("clerk"), part.parent)[:2] == ["split_answer", "split_parts"]
    head = signed_in("headteacher")
    assert "report" not in order(head, part), "its word on the part comes first"
    head.post(reverse("part-answer", args=[part.pk]), {"accept": "1", "edition": part.edition})
    assert order(head, part)[:2] == ["split_answer", "report"]


def test_others_read_the_clause_and_its_targets(task: Task, signed_in: SignIn) -> None:
    """Who has nothing to do reads the document's words first and what is measured, and every panel once."""
    for who in ("headteacher", "county-leader", "inspector"):
        found = order(signed_in(who), task)
        assert found[1:3] == ["clause", "targets"]
        assert sorted(found) == sorted(set(found))
