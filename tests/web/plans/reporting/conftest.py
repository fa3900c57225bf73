"""Tasks to report on: one of the finance bureau, one of a town, a part of a village school."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from xiangxu import clock
from xiangxu.targets.shares import Share
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.api import Post
from xiangxu_web.workspaces.plans import splitting
from xiangxu_web.workspaces.plans.models import Plan, Task

SAID = {"word": "normal", "line": "已完成前期摸底"}


@pytest.fixture
def rows_of_plan(plan: Plan) -> list[Task]:
    """Rows of the document."""
    return list(plan.tasks.filter(kind=Task.Kind.ROW).order_by("order")[:6])


@pytest.fixture
def task(rows_of_plan: list[Task], post: Callable[[str], Post]) -> Task:
    """A row that the finance bureau answers for, due in ten days."""
    found = rows_of_plan[0]
    found.answerable, found.office, found.due_on = post("lead-department").unit, None, date(2026, 11, 30)
    found.save()
    return found


@pytest.fixture
def part(rows_of_plan: list[Task], post: Callable[[str], Post], actor: Callable[[str], Actor]) -> Task:
    """A part of four classrooms, sent a week ago to the village school of the cast."""
    school, whole = post("headteacher").unit, rows_of_plan[1]
    splitting.save(actor("clerk"), whole.pk, [(school.pk, Share(str(school.pk), 4))], total=4, uom="间", edition=whole.edition)
    splitting.send_down(actor("clerk"), whole.pk)
    Task.objects.filter(parent=whole).update(sent_at=clock.now() - timedelta(days=7))
    return Task.objects.get(parent=whole)


@pytest.fixture
def form() -> Callable[..., dict[str, Any]]:
    """The form of a report as a browser sends it."""
    return lambda **more: {**SAID, "token": "abc", **more}
