"""Printed names of units that were not matched when the plan was published are matched afterwards, for all their tasks at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Count, Q
from django.http import Http404
from django.test import Client

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused, rows
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.accounts.posts import actor_of
from xiangxu_web.workspaces.areas.models import Unit, UnitAlias
from xiangxu_web.workspaces.plans.models import Plan, Task, TaskUnit
from xiangxu_web.workspaces.plans.next_steps import next_steps
from xiangxu_web.workspaces.plans.placing import names_without_unit, place_names
from xiangxu_web.workspaces.plans.reading import mapping_of

Sign = Callable[[str], Client]
Who = Callable[[str], Actor]


@pytest.fixture
def department(plan: Plan) -> Unit:
    """The department that leads most rows of the list."""
    led = Count("tasks", filter=Q(tasks__plan=plan, tasks__same_as=None))
    return Unit.objects.filter(kind=Unit.Kind.DEPARTMENT).annotate(led=led).order_by("-led")[0]


@pytest.fixture
def name(plan: Plan, department: Unit) -> str:
    """The name by which the document means the department, as if nobody had known it at publishing: it leads some tasks, and takes part
    in others."""
    draft = plan.versions.get().draft
    [printed, *_more] = [printed for printed, at in draft.current["units"].items() if at["unit"] == department.pk]
    draft.current["units"][printed] = {"unit": None, "how": ""}
    draft.save(update_fields=["current"])
    TaskUnit.objects.filter(task__plan=plan, unit=department).update(unit=None)
    led = Task.objects.filter(plan=plan, answerable=department)
    TaskUnit.objects.bulk_create(TaskUnit(task=task, printed=printed, part=TaskUnit.Part.CO_LEAD) for task in led)
    led.update(answerable=None)
    assert names_without_unit(plan) == [printed]
    return printed


def test_matched_on_the_page(plan: Plan, name: str, department: Unit, actor: Who, signed_in: Sign) -> None:
    """The plan's page and the task's lead to the name; one press, and the department has all its tasks, those it leads among them."""
    client, theirs = signed_in("clerk"), actor_of(Post.objects.filter(unit=department)[0])
    address = f"/plans/{plan.pk}/units/"
    rest = TaskUnit.objects.filter(task__plan=plan).exclude(printed=name).order_by("task", "printed", "unit")
    others = list(rest.values_list("task", "printed", "unit"))
    standing = TaskUnit.objects.filter(task__plan=plan, printed=name)
    tasks = set(standing.values_list("task", flat=True))
    leads = set(Task.objects.filter(pk__in=tasks, answerable=None).values_list("pk", flat=True))
    assert leads
    assert not rows("task.mine", theirs).filter(pk__in=tasks).exists()
    for page in (f"/plans/{plan.pk}/", f"/tasks/{min(tasks)}/"):
        assert address in client.get(page).content.decode()
    assert any(address == step.url for step in next_steps(actor("clerk"), plan))
    for htmx in ({}, {"HTTP_HX_REQUEST": "true"}):
        found = client.get(address, {"printed": name, "q": department.name}, **htmx).content.decode()
        assert f'value="{department.pk}"' in found
        assert name in found
    answer = client.post(address, {"on": name, "unit": department.pk, "remember": "1"}, follow=True)
    assert f"{len(tasks)} 件任务" in answer.content.decode()
    assert set(rows("task.mine", theirs).filter(pk__in=tasks).values_list("pk", flat=True)) == tasks
    assert set(Task.objects.filter(answerable=department, pk__in=tasks).values_list("pk", flat=True)) >= leads
    assert list(rest.values_list("task", "printed", "unit")) == others
    assert not names_without_unit(plan)
    assert UnitAlias.objects.filter(unit=department, words=name).exists() or name in (department.name, department.short_name)
    assert AuditRow.objects.filter(verb="plan.unit", table="correction").count() == 1


def test_the_history_of_each_task_tells_of_it(plan: Plan, name: str, department: Unit, actor: Who, signed_in: Sign) -> None:
    """Also where the unit only takes part: which name means whom, and that it was taken back."""
    clerk, task = actor("clerk"), TaskUnit.objects.filter(task__plan=plan, printed=name).earliest("pk").task
    Task.objects.filter(pk=task.pk).update(answerable=clerk.unit_id)
    place_names(clerk, plan.pk, [name], department.pk)
    place_names(clerk, plan.pk, [name], None)
    shown = signed_in("clerk").get(f"/tasks/{task.pk}/").content.decode()
    assert f"“{name}”对应到{department}" in shown
    assert f"“{name}”不是本地单位" in shown


def test_none_of_ours_and_all_towns(plan: Plan, name: str, actor: Who) -> None:
    """A name that is none of the county's is asked about no more; it can still be changed, to all towns at once, who lead nothing."""
    clerk, task = actor("clerk"), TaskUnit.objects.filter(task__plan=plan, printed=name).earliest("pk").task
    place_names(clerk, plan.pk, [name], None)
    assert not names_without_unit(plan)
    assert task.units.get(printed=name).unit is None
    place_names(clerk, plan.pk, [name], None, "towns")
    assert task.units.filter(printed=name, unit__kind=Unit.Kind.TOWN).count() == 13
    task.refresh_from_db()
    assert task.answerable is None or task.answerable.kind != Unit.Kind.TOWN


def test_who_was_put_in_charge_stays(plan: Plan, name: str, department: Unit, actor: Who) -> None:
    """Where somebody else was made answerable by hand meanwhile, the matched unit takes part; a wrong match can be taken back."""
    clerk = actor("clerk")
    first, second = Task.objects.filter(plan=plan, answerable=None, units__printed=name, same_as=None).order_by("pk")[:2]
    Task.objects.filter(pk=first.pk).update(answerable=clerk.unit_id)
    place_names(clerk, plan.pk, [name], department.pk)
    assert Task.objects.get(pk=first.pk).answerable_id == clerk.unit_id
    assert first.units.get(printed=name).unit == department
    assert Task.objects.get(pk=second.pk).answerable == department
    place_names(clerk, plan.pk, [name], None)
    assert Task.objects.get(pk=second.pk).answerable is None
    assert Task.objects.get(pk=first.pk).answerable_id == clerk.unit_id


def test_the_next_version_begins_with_it(plan: Plan, name: str, department: Unit, actor: Who) -> None:
    """The new reading of the document has the unit that a person chose, without a second question; the reading of this one stays."""
    version = plan.versions.select_related("draft").get()
    read = version.draft.as_read
    place_names(actor("clerk"), plan.pk, [name], department.pk)
    version.draft.refresh_from_db()
    assert version.draft.as_read == read
    anew = read | {"units": {name: {"unit": None, "how": ""}, "别的名称": {"unit": None, "how": ""}}}
    units = mapping_of(plan, anew, version.draft.text)["units"]
    assert units[name]["unit"] == department.pk
    assert units["别的名称"] == {"unit": None, "how": ""}


@pytest.mark.parametrize("who", ["office", "lead-department", "bureau-leader", "headteacher", "other-clerk", "supervisor"])
def test_only_the_countys_clerk(plan: Plan, name: str, department: Unit, actor: Who, who: str) -> None:
    """Nobody else says who a name is; another county's unit is refused to the clerk."""
    with pytest.raises((Refused, Http404)):
        place_names(actor(who), plan.pk, [name], department.pk)
    with pytest.raises(Http404):
        place_names(actor("clerk"), plan.pk, [name], actor("other-clerk").unit_id)
    with pytest.raises(ValueError, match="没有“天外局”"):
        place_names(actor("clerk"), plan.pk, ["天外局"], department.pk)
    assert names_without_unit(plan) == [name]
