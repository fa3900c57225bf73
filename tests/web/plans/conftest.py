"""Plans for the tests: the invented county's own, published as it was read; and one of the other county, whose words are markers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from xiangxu import clock
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import member, publish_own_plan
from xiangxu_web.workspaces.plans.binding import confirm
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target, Task

# Words and a figure of the other county's plan: they must occur on no page of this one.
MARKERS = ("墨池隐号方案", "墨池隐号任务", "墨池隐号目标", "墨池隐号进展", "98765")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, world: World) -> None:
    """The invented county's plan stands in the database beside the county itself, with what units are asked about confirmed."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Plan.objects.exists():
            ask_of_units(world, publish_own_plan(world))


def ask_of_units(world: World, plan: Plan) -> None:
    """The clerk confirms the promises that units are asked about one by one; the others wait."""
    coverage = plan.targets.filter(evaluator_kind="coverage").exclude(evaluator="")
    confirm(member(world, "clerk"), list(coverage.values_list("pk", flat=True)))


@pytest.fixture
def plan(db: None) -> Plan:
    """The invented county's plan as published."""
    return Plan.objects.get(area__name="砚溪县")


@pytest.fixture
def draft(plan: Plan) -> Draft:
    """A fresh draft of the same document, open for correction."""
    published = plan.versions.get().draft
    return Draft.objects.create(
        area=published.area,
        name=published.name,
        state=Draft.State.OPEN,
        text=published.text,
        as_read=published.as_read,
        current=published.as_read,
        edition=1,
        made=clock.now(),
    )


@pytest.fixture
def other_plan(db: None, world: World) -> Plan:
    """The other county's plan: one task, one target, all in marker words."""
    clerk = member(world, "other-clerk")
    other = Plan.objects.create(
        area_id=Plan._meta.get_field("area").related_model.objects.get(path=clerk.county_path).pk,
        title=MARKERS[0],
        made=clock.now(),
    )
    task = Task.objects.create(plan=other, kind=Task.Kind.ROW, order=1, number="1", title=MARKERS[1], answerable_id=clerk.unit_id)
    Task.objects.filter(pk=task.pk).update(path=f"{task.pk}/")
    Target.objects.create(plan=other, task=task, order=1, quote=MARKERS[2], metric=MARKERS[2], op="ge", value=98765)
    return other
