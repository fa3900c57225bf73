"""A task to be split, and shares over towns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from xiangxu.targets.shares import Share
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.api import Post
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.models import Plan, Task

JUNE, DECEMBER = date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture
def task(plan: Plan) -> Task:
    """A row of the plan, due at the end of the year."""
    found = plan.tasks.filter(kind=Task.Kind.ROW).order_by("order")[0]
    found.due_on = DECEMBER
    found.save()
    return found


@pytest.fixture
def town(post: Callable[[str], Post]) -> Unit:
    """The town of the cast's officer."""
    return post("town").unit


@pytest.fixture
def other_town(plan: Plan, town: Unit) -> Unit:
    """Another town of the county, which nobody of the cast serves."""
    return (
        Unit.objects.filter(kind="town", area__path__startswith=plan.area.path, closed=None).exclude(pk=town.pk).order_by("pk")[0]
    )


@pytest.fixture
def parts(task: Task, town: Unit, other_town: Unit, actor: Callable[[str], Actor]) -> dict[int, Task]:
    """The task split over two towns, three and two schools, and sent down."""
    shares = [
        (town.pk, Share(str(town.pk), 3, {JUNE: 1, DECEMBER: 3})),
        (other_town.pk, Share(str(other_town.pk), 2, {DECEMBER: 2})),
    ]
    splitting.save(actor("clerk"), task.pk, shares, total=5, uom="所", edition=task.edition)
    splitting.send_down(actor("clerk"), task.pk)
    return {part.answerable_id: part for part in splitting.parts_of(task) if part.answerable_id}
