"""The top bar says where one is: the place, the plan, the day of the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.models import Bulletin, Plan
from xiangxu_web.workspaces.plans.where import period
from xiangxu_web.workspaces.plans.where import plan as plan_told

SignedIn = Callable[[str], Client]
OURS = "砚溪县乡村学校提质强基行动实施方案"


def _told(client: Client, address: str) -> list[str]:
    return re.findall('<span class="stands">(.*?)</span>', client.get(address).content.decode())


def test_the_page_s_own_plan_and_day(plan: Plan, signed_in: SignedIn, actor: Callable[[str], Actor]) -> None:
    """On a plan's page that plan, though a newer one is there; on the start page the newest and today, never a closed one. A bulletin's
    figures are of its own day."""
    newer = Plan.objects.create(area=plan.area, title="后一个方案", issued_on=date(2026, 11, 1), made=clock.now())
    Plan.objects.create(area=plan.area, title="已结束的方案", issued_on=date(2026, 11, 2), made=clock.now(), closed=clock.now())
    client = signed_in("clerk")
    assert _told(client, reverse("start")) == ["砚溪县", newer.title, "截至 11-20"]
    assert _told(client, reverse("plan", args=[plan.pk])) == ["砚溪县", OURS, "截至 11-20"]
    assert period(actor("clerk"), {"bulletin": Bulletin(plan=plan, day=date(2026, 10, 31))}) == "截至 10-31"


@pytest.mark.parametrize(("who", "words"), [("supervisor", ["截至 11-20"]), ("system-admin", [])])
def test_above_the_counties_none_is_named(plan: Plan, signed_in: SignedIn, who: str, words: list[str]) -> None:
    """A supervisor has many plans and none of them stands above the others; an administrator has none and no figures."""
    assert _told(signed_in(who), reverse("start"))[1:] == words


def test_what_the_page_has_read_is_not_asked_for_again(plan: Plan, actor: Callable[[str], Actor]) -> None:
    """No query where the page is about a plan or has read the plan of what it is about; one elsewhere."""
    clerk = actor("clerk")
    task = plan.tasks.select_related("plan").order_by("pk")[0]
    for page, queries in (({"plan": plan}, 0), ({"task": task}, 0), ({}, 1), ({"plan": "1", "task": None}, 1)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert plan_told(clerk, page) == OURS
        assert len(asked) == queries, page
