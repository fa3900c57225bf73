"""What a document tells twice is one thing: asked once, reported once, counted once; its other telling shows how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from xiangxu.monthly import BulletinContent
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.plans.bulletins import begin, content_of
from xiangxu_web.workspaces.plans.chasing import owed
from xiangxu_web.workspaces.plans.counting import count_targets, count_tasks
from xiangxu_web.workspaces.plans.covered import promises
from xiangxu_web.workspaces.plans.drafting.rows import retold
from xiangxu_web.workspaces.plans.models import Plan, Report, Target, Task
from xiangxu_web.workspaces.plans.navigation import start
from xiangxu_web.workspaces.plans.publishing import _first_judged
from xiangxu_web.workspaces.plans.reporting import decide, hand_in, instruct
from xiangxu_web.workspaces.plans.standing import lamp_of, verdicts_of

Actors = Callable[[str], Actor]
SignedIn = Callable[[str], Client]


@pytest.fixture
def twin(plan: Plan) -> Task:
    """An action of the text that tells the same as a row of the list."""
    return plan.tasks.filter(kind=Task.Kind.ACTION).exclude(same_as=None).select_related("same_as").order_by("order")[0]


def _reported(clerk: Actor, task: Task, word: str = "done", *, accept: bool = True) -> Report:
    report = hand_in(clerk, task.pk, {"word": word, "line": "已办结", "source": "电话"}, f"twin-{task.pk}")
    # Nobody accepts what they handed in themselves.
    Report.objects.filter(pk=report.pk).update(person_id=None)
    return decide(clerk, report.pk, accept=True) if accept else report


def _content(clerk: Actor, plan: Plan) -> BulletinContent:
    return content_of(begin(clerk, plan.pk))


def test_it_is_the_row_that_is_asked(plan: Plan) -> None:
    """Of an action and a row that tell the same the row is reported; every pointer leads straight to it, and what is promised
    hangs on tasks that are reported."""
    twins = list(plan.tasks.exclude(same_as=None).select_related("same_as"))
    assert twins
    assert all(t.same_as and t.same_as.same_as_id is None and t.same_as.kind == Task.Kind.ROW for t in twins)
    assert not plan.targets.exclude(task__same_as=None).exists()
    assert not plan.targets.exclude(same_as__same_as=None).exists()


def test_it_takes_its_state_from_the_one_reported(twin: Task, actor: Actors, signed_in: SignedIn) -> None:
    """The row is reported 完成: so is the action, in lists as on its page, which leads to the row and has no form."""
    clerk = actor("clerk")
    assert twin.same_as is not None
    Task.objects.filter(pk=twin.same_as_id).update(ongoing=False)
    _reported(clerk, twin.same_as)
    fresh = Task.objects.get(pk=twin.pk)
    assert lamp_of(fresh).state == "met"
    assert verdicts_of(Task.objects.filter(pk=twin.pk))[twin.pk].status == "met"
    told = signed_in("clerk").get(reverse("task", args=[twin.pk])).content.decode()
    assert "已办结" in told
    assert reverse("task", args=[twin.same_as_id]) in told
    for address in ("new-report", "task-split", "decide-report"):
        assert f'action="{reverse(address, args=[twin.pk])}"' not in told
        assert f'href="{reverse(address, args=[twin.pk])}"' not in told
    assert twin.title in signed_in("clerk").get(reverse("task", args=[twin.same_as_id])).content.decode()


def test_nobody_reports_or_is_asked_about_it(plan: Plan, twin: Task, actor: Actors, signed_in: SignedIn) -> None:
    """No report on it can be handed in, no chasing names it, no start page, list or calendar counts it; a leader's sentence on it goes to
    the row."""
    clerk = actor("clerk")
    with pytest.raises(Http404):
        _reported(clerk, twin)
    assert not Report.objects.filter(task=twin).exists()
    assert signed_in("clerk").get(reverse("new-report", args=[twin.pk])).status_code == 404
    assert twin.pk not in {row.task.pk for each in owed(clerk) for row in each.rows}
    assert not rows("task.report", clerk).exclude(same_as=None).exists()
    assert not rows("task.split", clerk).exclude(same_as=None).exists()
    made = instruct(actor("county-leader"), twin.pk, "请抓紧", None)
    assert made.task_id == twin.same_as_id


def test_every_place_counts_the_same(plan: Plan, actor: Actors, signed_in: SignedIn) -> None:
    """Plan page, start pages, list, supervisor and bulletin tell one number of tasks and one of targets, and how many of the document's
    are left out; the number of those opens them."""
    clerk = actor("clerk")
    done = plan.tasks.filter(same_as=None, ongoing=False, parent=None).exclude(answerable=None).order_by("order")[0]
    _reported(clerk, done)
    tasks, targets = plan.tasks.filter(parent=None), plan.targets.all()
    once, again = tasks.filter(same_as=None).count(), tasks.exclude(same_as=None).count()
    aims, aims_again = targets.filter(same_as=None).count(), targets.exclude(same_as=None).count()
    assert again
    assert (count_tasks(tasks).all, count_tasks(tasks).retold) == (once, again)
    assert (count_targets(targets).all, count_targets(targets).retold) == (aims, aims_again)
    client = signed_in("clerk")
    page = client.get(reverse("plan", args=[plan.pk])).context
    assert (page["tasks"], page["targets"]) == (once, aims)
    assert f"{once + again} 项，其中 {again} 项与另一项是同一件事，合并计" in page["tasks_retold"]
    assert client.get(reverse("tasks")).context["page"].paginator.count == once
    assert client.get(reverse("tasks"), {"retold": "1"}).context["page"].paginator.count == again
    assert client.get(reverse("targets")).context["all"] == aims
    assert client.get(reverse("targets"), {"retold": "1"}).context["page"].paginator.count == aims_again
    assert f"共 {once} 项任务：已达成 1 项" in start(actor("county-leader")).sentence
    above = [line.why for section in start(actor("supervisor")).sections for line in section.lines]
    assert any(f"共 {once} 项：已达成 1 项" in why for why in above)
    content = _content(clerk, plan)
    assert content.figure("tasks").value == once
    assert content.figure("targets").value == aims
    assert sum("只计一次" in block.text for block in content.blocks) == 2
    bulletin = plan.bulletins.get()
    opened = client.get(reverse("bulletin-figure", args=[bulletin.pk]), {"key": "tasks"})
    assert len(opened.context["lines"]) == once


def test_the_telling_with_a_deadline_counts() -> None:
    """Of two tellings of a promise the dated one is judged, wherever it stands: a promise 到2024年 does not lose its day to the text's."""
    row = {"binding": "proposed", "dropped": False, "same_as": None, "due_on": ""}
    body, listed = row | {"ref": "p1", "same_as": "p2"}, row | {"ref": "p2", "due_on": "2024-12-31"}
    assert retold([body, listed]) == {"p1"}
    assert retold([body | {"binding": "confirmed"}, listed]) == {"p2"}, "what a person settled comes first"
    undated, dated = Target(order=1, binding="proposed"), Target(order=2, binding="proposed", due_on=date(2024, 12, 31))
    assert min((undated, dated), key=lambda each: _first_judged(each, set())) is dated


def test_a_promise_told_twice_is_put_to_units_once(plan: Plan, signed_in: SignedIn) -> None:
    """Of two tellings of a coverage promise one is asked of units; the other stands as that one does and leads to it."""
    first, second = plan.targets.filter(same_as=None).order_by("order")[:2]
    settled = {"evaluator_kind": "coverage", "evaluator": "unit-plan-share", "binding": Target.Binding.CONFIRMED}
    Target.objects.filter(pk__in=[first.pk, second.pk]).update(**settled)
    Target.objects.filter(pk=second.pk).update(same_as=first)
    asked = set(promises(plan.targets.all()).values_list("pk", flat=True))
    assert first.pk in asked
    assert second.pk not in asked
    client = signed_in("clerk")
    answer = client.get(reverse("coverage-promise", args=[plan.pk, second.pk]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("target", args=[first.pk])
    told = client.get(reverse("target", args=[second.pk]))
    assert told.context["shown"].lamp == client.get(reverse("target", args=[first.pk])).context["shown"].lamp
    assert reverse("target", args=[first.pk]) in told.content.decode()


def test_a_report_that_waits_is_not_silence(plan: Plan, actor: Actors) -> None:
    """A report lies at the clerk's: the task is 已报待审核, on its page as in the bulletin, which names its unit among nobody's 未报."""
    clerk = actor("clerk")
    task = plan.tasks.filter(same_as=None, parent=None, reported_on=None).exclude(answerable=None).order_by("order")[0]
    _reported(clerk, task, "normal", accept=False)
    assert lamp_of(Task.objects.get(pk=task.pk)).words == "已报待审核"
    content = _content(clerk, plan)
    assert str(task.uid) not in content.figure("silent.tasks").rows
    assert content.figure("unreviewed.tasks").rows == (str(task.uid),)
    assert "已报待审核1项" in next(b.text for b in content.blocks if b.id == "overall:tasks")


def test_names_are_whole_in_the_bulletin(plan: Plan, actor: Actors) -> None:
    """A title that was cut short is printed in full in the annexes, and in sentences as whole clauses, without dots."""
    clerk = actor("clerk")
    task = plan.tasks.filter(same_as=None, parent=None).order_by("order")[0]
    words = "选优配强镇街区学区主任，" + "主任由镇街区驻地的初中或中小学校长兼任，" * 4 + "副主任由相关人员兼任"
    Task.objects.filter(pk=task.pk).update(title=words[:59] + "…", measure=f"{words}。再做别的。")
    content = _content(clerk, plan)
    state = next(t for t in content.state.tasks if t.key == str(task.uid))
    assert state.full == words
    assert "…" not in state.name
    assert words.startswith(state.name)
    assert any(words in row for b in content.blocks if b.table for row in b.table.rows)


def test_a_part_does_not_claim_what_the_whole_promises(plan: Plan, signed_in: SignedIn) -> None:
    """A part's page shows the whole task's promises apart, as the whole's, and none as its own."""
    whole = plan.tasks.filter(same_as=None, parent=None, targets__isnull=False).exclude(answerable=None).order_by("order")[0]
    part = Task.objects.create(
        plan=plan,
        parent=whole,
        kind=Task.Kind.PART,
        title=whole.title,
        answerable_id=whole.answerable_id,
        sent=Task.Sent.ACCEPTED,
    )
    context = signed_in("clerk").get(reverse("task", args=[part.pk])).context
    assert context["targets"] == []
    assert {t.pk for t in context["of_whole"]} == set(
        whole.targets.filter(dropped=None, same_as=None).values_list("pk", flat=True)
    )
