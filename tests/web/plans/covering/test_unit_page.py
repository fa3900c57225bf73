"""A unit's page tells what it owes beside its tasks; a town's page, what its schools owe: each reader as far as they may see it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.covered import choice_of, member_of, plan_promises
from xiangxu_web.workspaces.plans.covering import state, verify
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.pages.unit_duties import coverage_of, sub_plans_of
from xiangxu_web.workspaces.plans.pages.unit_tasks import of_unit
from xiangxu_web.workspaces.plans.sub_plans import open_round

Who = Callable[[str], Actor]


def unit_of(actor: Actor) -> Unit:
    return Unit.objects.select_related("area").get(pk=actor.unit_id)


def test_what_a_school_owes(actor: Who, plan: Plan, promise: Target) -> None:
    """Each promise stands with what was said of it, the open ones first; a second person's look is counted apart."""
    head = actor("headteacher")
    school = unit_of(head)
    asked = [t for t in plan_promises(head, plan) if choice_of(t).has(member_of(Unit.objects.filter(pk=school.pk)))]  # type: ignore[arg-type]
    mark = state(head, promise.pk, head.unit_id, "yes")
    shown = coverage_of(head, school)
    assert shown is not None
    [owed] = shown["owed"]
    assert owed.counted == [("填√，待核验", 1), ("未填", len(asked) - 1)]
    assert owed.lines[-1][0].target == promise
    verify(actor("office"), [mark.pk], accept=True)
    [owed] = coverage_of(head, school)["owed"]  # type: ignore[index]
    assert owed.counted == [("已核验", 1), ("未填", len(asked) - 1)]


def test_a_town_tells_of_its_schools(actor: Who, plan: Plan, promise: Target, signed_in: Callable[[str], Client]) -> None:
    """Which schools lack what, which sub-plans are not approved, which parts nobody has accepted; and the way to each."""
    clerk, school = actor("clerk"), unit_of(actor("headteacher"))
    town = Unit.objects.select_related("area").get(kind=Unit.Kind.TOWN, area=school.area.parent)
    open_round(clerk, plan.pk, None, [school.pk, town.pk], None)
    whole = Task.objects.filter(plan=plan, parent=None).earliest("pk")
    Task.objects.create(plan=plan, kind=Task.Kind.PART, parent=whole, title="送下的一份", answerable=school, sent=Task.Sent.SENT)
    gaps, sub_plans, tasks = coverage_of(clerk, town), sub_plans_of(clerk, town), of_unit(clerk, town)
    assert gaps
    assert sub_plans
    assert tasks
    [(its, _first, lacking, _levels)] = gaps["gaps"]
    assert its == plan
    assert 0 < lacking <= gaps["others"]
    assert ([each.unit for each, _lamp in sub_plans["own"]], [each.unit for each, _lamp in sub_plans["open"]]) == (
        [town],
        [school],
    )
    assert [str(task) for task in tasks["waiting"]] == ["送下的一份"]
    page = signed_in("clerk").get(f"/units/{town.pk}/").content.decode()
    for words in (
        f">{lacking}</span> 个还缺",
        "送下的一份",
        "分方案",
        f"/plans/{plan.pk}/coverage/?level=school&amp;only=missing&amp;town=",
    ):
        assert words in page, words


def test_only_what_one_may_see(actor: Who, plan: Plan, promise: Target) -> None:
    """Neither another town's schools, nor the other county's, nor the county's departments are told of a school's cells and papers."""
    school = unit_of(actor("headteacher"))
    open_round(actor("clerk"), plan.pk, None, [school.pk], None)
    for who in ("town", "other-clerk", "other-head", "lead-department", "system-admin", "supervisor"):
        assert coverage_of(actor(who), school) is None, who
        assert sub_plans_of(actor(who), school) is None, who
    shown = coverage_of(actor("headteacher"), school)
    assert shown is not None
    assert not shown["gaps"]


def test_as_many_questions_for_a_full_town(actor: Who, plan: Plan, promise: Target, signed_in: Callable[[str], Client]) -> None:
    """The page of a town with marks in every school asks the database no more often than that of one where nobody has said anything."""
    clerk = actor("clerk")
    town = Unit.objects.select_related("area").get(kind=Unit.Kind.TOWN, area=unit_of(actor("education-office")).area)
    client = signed_in("clerk")
    client.get(f"/units/{town.pk}/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(f"/units/{town.pk}/")
    for school in Unit.objects.filter(kind=Unit.Kind.SCHOOL, area__path__startswith=town.area.path)[:4]:
        state(clerk, promise.pk, school.pk, "no", note="电话")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/units/{town.pk}/")
    assert len(many) <= len(few) <= 45
