"""The rows of the site's benchmark: the invented county at work with its plan, copies of its tasks until there are enough, and the same
plan once more as an import that waits to be read over."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from tests.web.browsers import browser_of, cast_post

from xiangxu.world.county import county
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import publish_own_plan, read_own_plan, report_some
from xiangxu_web.flows.demo_work import work_some
from xiangxu_web.flows.world import load_world
from xiangxu_web.workspaces.plans.models import Task, TaskUnit

# The cast without the administrators, who have no business with tasks, and without the other county.
ROLES = (
    "bureau-leader", "clerk", "office", "lead-department", "town", "education-office", "headteacher", "inspector", "supervisor",
)  # fmt: skip


def fill(tasks: int, users: int) -> list[str]:
    """Fills an empty installation; gives the session keys of the users, who take the roles in turn."""
    world = county()
    load_world(world, "benchmark-2026")
    plan = publish_own_plan(world)
    report_some(world, plan)
    own = list(Task.objects.filter(plan=plan))
    units = list(TaskUnit.objects.filter(task__plan=plan))
    copies, parts = [], []
    for n in range(tasks - len(own)):
        original = own[n % len(own)]
        fields = {
            f.attname: getattr(original, f.attname) for f in Task._meta.concrete_fields if f.attname not in ("id", "uid", "path")
        }
        copies.append(Task(**{**fields, "uid": uuid4(), "order": 1000 + n, "title": f"{original.title}（{n}）"}))
    Task.objects.bulk_create(copies)
    for n, copy in enumerate(copies):
        copy.path = f"{copy.pk}/"
        parts += [
            TaskUnit(task=copy, unit_id=u.unit_id, printed=u.printed, part=u.part, order=u.order)
            for u in units
            if u.task_id == own[n % len(own)].pk
        ]
    Task.objects.bulk_update(copies, ["path"], batch_size=500)
    TaskUnit.objects.bulk_create(parts, batch_size=1000)
    work_some(world, plan)
    read_own_plan(world)
    return [signed_in(world, ROLES[n % len(ROLES)]).cookies["sessionid"].value for n in range(users)]


def signed_in(world: World, who: str) -> Client:
    """A browser in which a member of the cast is signed in, in the post of the cast."""
    return browser_of(cast_post(world, who))
