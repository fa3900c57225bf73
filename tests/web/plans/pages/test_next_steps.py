"""What a published plan still wants: told on its page to the clerk, each line leading to the rows it counts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.covered import choice_of, plan_promises
from xiangxu_web.workspaces.plans.models import Plan, Target, Task
from xiangxu_web.workspaces.plans.next_steps import next_steps
from xiangxu_web.workspaces.plans.twins import ONCE

SignedIn = Callable[[str], Client]
Actors = Callable[[str], Actor]


def test_each_step_leads_to_its_rows(plan: Plan, actor: Actors, signed_in: SignedIn) -> None:
    """The clerk reads each step with its number; the list behind it holds as many rows. What is done is told no more."""
    clerk, client = actor("clerk"), signed_in("clerk")
    Task.objects.filter(pk__in=plan.tasks.filter(parent=None, same_as=None)[:2].values("pk")).update(answerable=None)
    page = client.get(reverse("plan", args=[plan.pk])).content.decode()
    steps = next_steps(clerk, plan)
    assert steps
    for step in steps:
        assert str(step.title) in page
    unseen = [table.filter(ONCE, dropped=None, seen=False).exclude(doubts=[]).count() for table in (plan.targets, plan.tasks)]
    owners = plan.tasks.filter(ONCE, dropped=None, answerable=None).count()
    proposed = plan.targets.filter(ONCE, dropped=None, binding=Target.Binding.PROPOSED).count()
    unchosen = sum(not choice_of(target) for target in plan_promises(clerk, plan))
    assert owners >= 2
    assert all(unseen), "the reading has doubts at which nobody has looked"
    told = [str(step.title).split(" ")[0] for step in steps]
    assert told[:-1] == [str(n) for n in (*unseen, owners, proposed, unchosen) if n]
    # The list of each counts the same rows.
    for step, n in zip(steps, (*unseen, owners, proposed), strict=False):
        answer = client.get(step.url)
        assert answer.context["page"].paginator.count == n, step.url
        assert QueryDict(urlsplit(step.url).query)["plan"] == str(plan.pk)
    plan.tasks.filter(answerable=None).update(answerable=clerk.unit_id)
    plan.tasks.update(seen=True)
    plan.targets.update(binding=Target.Binding.LATER, seen=True)
    assert [str(step.title) for step in next_steps(clerk, plan)] == [str(steps[-1].title)]


def test_only_the_countys_clerk_is_told(plan: Plan, actor: Actors) -> None:
    """Neither the leader, nor a school, nor another county's clerk is told what the clerk has still to do."""
    for who in ("bureau-leader", "headteacher", "other-clerk", "supervisor"):
        assert next_steps(actor(who), plan) == []
