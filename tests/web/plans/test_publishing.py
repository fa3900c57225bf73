"""From a draft to the published plan."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from time import process_time

import pytest
from django.http import Http404

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.accounts.api import Post, actor_of
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.api import CannotPublish, SomebodyElse, correct, publish_draft, take
from xiangxu_web.workspaces.plans.drafting.units import unmatched
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target, TaskUnit
from xiangxu_web.workspaces.plans.publishing import _plan


def test_what_was_read_is_what_is_published(plan: Plan) -> None:
    """Every row and owned action becomes a task in the office's own wording, every promise a target; nothing is dropped unasked."""
    read = plan.versions.get().draft.as_read
    assert list(plan.tasks.order_by("order").values_list("title", flat=True)) == [row["title"] for row in read["tasks"]]
    assert list(plan.targets.order_by("order").values_list("quote", flat=True)) == [row["quote"] for row in read["promises"]]


def test_towns_named_together_get_the_task_each(plan: Plan) -> None:
    """各乡镇人民政府 means each town: all thirteen stand in the task."""
    towns = TaskUnit.objects.filter(task__plan=plan, printed="各乡镇人民政府").values_list("unit_id", flat=True).distinct()
    assert set(towns) == set(Unit.objects.filter(kind="town", area__path__startswith=plan.area.path).values_list("pk", flat=True))


def test_an_unconfirmed_binding_does_not_stand_in_the_way(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """Tasks can be published at once; promises that nobody looked at are marked and wait."""
    plan = publish_draft(actor("clerk"), draft)
    assert set(plan.targets.values_list("binding", flat=True)) == {Target.Binding.PROPOSED}


def test_a_corrected_draft_is_published_as_corrected(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """A renamed task carries its new name, a dropped one is not published, a confirmed binding is confirmed."""
    clerk = actor("clerk")
    correct(clerk, draft, "set", "t1", {"title": "改过的名称", "due_words": "2026年6月"})
    correct(clerk, draft, "drop", "t2", {})
    draft = correct(clerk, draft, "bind", "p2", {"refs": ["p2", "p3"]})
    plan = publish_draft(clerk, draft)
    first = plan.tasks.get(order=1)
    assert (first.title, str(first.due_on)) == ("改过的名称", "2026-06-30")
    assert plan.tasks.count() == len(draft.current["tasks"]) - 1
    assert plan.targets.filter(binding=Target.Binding.CONFIRMED).count() == 2


def test_what_is_only_proposed_does_not_end_what_was_said(plan: Plan) -> None:
    """A new version whose 实施至 nobody has confirmed leaves the plan's; one in which a person emptied it takes it out."""
    Plan.objects.filter(pk=plan.pk).update(runs_until=date(2027, 12, 31))
    doc = plan.versions.get().draft.as_read["doc"] | {"runs_until": ""}
    for now, left in (({"until": {"day": "2028-12-31"}}, date(2027, 12, 31)), ({}, None)):
        plan.refresh_from_db()
        assert _plan(Draft(area=plan.area, plan=plan, current=now), doc).runs_until == left


def test_nothing_typed_is_lost(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """Every correction is a row of its own with who made it, and an audit row stands beside it."""
    before = AuditRow.objects.filter(verb="draft.correct").count()
    correct(actor("clerk"), draft, "set", "t1", {"title": "甲"})
    correct(actor("clerk"), draft, "set", "t1", {"title": "乙"})
    typed = [each.typed["title"] for each in draft.corrections.order_by("number")]
    assert typed == ["甲", "乙"]
    assert AuditRow.objects.filter(verb="draft.correct").count() == before + 2


def test_a_draft_is_published_once(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """A second publishing is refused, and says why."""
    publish_draft(actor("clerk"), draft)
    with pytest.raises(CannotPublish, match="已发布"):
        publish_draft(actor("clerk"), Draft.objects.get(pk=draft.pk))


def test_only_the_bureaus_clerk_publishes(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """Neither a leader nor a headteacher nor an administrator publishes a plan."""
    for who in ("bureau-leader", "headteacher", "town", "system-admin", "supervisor"):
        with pytest.raises(Refused):
            publish_draft(actor(who), draft)


def test_the_pen_is_with_one_person(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """While one clerk corrects, a colleague's correction is refused; after taking over it is not, and what was typed stays."""
    correct(actor("clerk"), draft, "set", "t1", {"title": "甲"})
    colleague = next(
        actor_of(post)
        for post in Post.objects.filter(role="clerk", unit_id=actor("clerk").unit_id).select_related("unit__area", "person")
        if post.person_id != actor("clerk").person_id
    )
    with pytest.raises(SomebodyElse):
        correct(colleague, draft, "seen", "t1", {})
    take(colleague, draft, over=True)
    after = correct(colleague, draft, "seen", "t1", {})
    assert after.current["tasks"][0]["title"] == "甲"


def test_another_countys_clerk_cannot_touch_a_draft(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """To the other county the draft does not exist."""
    for act in (
        lambda who: correct(who, draft, "seen", "t1", {}),
        lambda who: publish_draft(who, draft),
        lambda who: take(who, draft, over=True),
    ):
        with pytest.raises(Http404):
            act(actor("other-clerk"))


def test_a_large_plan_is_published_within_two_seconds(draft: Draft, actor: Callable[[str], Actor]) -> None:
    """42 tasks whose units are all known and 140 promises of which each is settled: from the open draft to the published plan under two
    seconds (of the processor: others may be at work)."""
    clerk, now = actor("clerk"), draft.current
    # As large as that: the county's own rows, some told again under refs of their own.
    for table, most in (("tasks", 42), ("promises", 140)):
        own = now[table][:most]
        now[table] = [*own, *(deepcopy(own[n % len(own)]) | {"ref": f"{table}-{n}"} for n in range(most - len(own)))]
    refs = [row["ref"] for row in now["promises"]]
    draft.as_read = now
    draft.save()
    draft = correct(clerk, draft, "later", refs[0], {"refs": [row["ref"] for row in now["promises"] if not row["evaluator"]]})
    draft = correct(clerk, draft, "bind", refs[0], {"refs": [row["ref"] for row in now["promises"] if row["evaluator"]]})
    assert not unmatched(draft.current["units"])
    began = process_time()
    plan = publish_draft(clerk, draft)
    took = process_time() - began
    assert (plan.tasks.count(), plan.targets.count()) == (42, 140)
    assert not plan.targets.filter(binding=Target.Binding.PROPOSED).exists()
    print(f"{took:.2f} s")
    assert took < 2
