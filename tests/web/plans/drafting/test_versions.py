"""A new version of a plan: what goes on keeps its uid, its reports and its parts; what is gone is marked."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.api import CannotPublish, correct, publish_draft
from xiangxu_web.workspaces.plans.drafting.rows import unsettled
from xiangxu_web.workspaces.plans.drafting.succession import propose_succession
from xiangxu_web.workspaces.plans.models import Draft, Plan, Report, Target, Task
from xiangxu_web.workspaces.plans.succession import in_force, settle


@pytest.fixture
def second(plan: Plan) -> Draft:
    """The next version, as read: the first task's deadline moved, the second gone, one new."""
    version = plan.versions.get()
    first = version.draft
    as_read = deepcopy(first.as_read)
    as_read["tasks"][0] |= {"due_words": "2027年底", "due": "2027-12", "due_on": "2027-12-31"}
    gone = as_read["tasks"].pop(1)
    for promise in as_read["promises"]:
        if promise["task"] == gone["ref"]:
            promise["task"] = None
    for row in as_read["tasks"]:
        if row["same_as"] == gone["ref"]:
            row["same_as"] = None
    new = deepcopy(as_read["tasks"][0]) | {
        "ref": "t900", "number": "900", "theme": "", "title": "建设研学营地", "goal": "建成研学营地两处", "measure": "选址、立项、招标、开工。", "same_as": None,
        "place": {},
    }  # fmt: skip
    as_read["tasks"].append(new)
    as_read["mapping"] = propose_succession(in_force(version), first.text, as_read, first.text)
    return Draft.objects.create(
        area=plan.area,
        plan=plan,
        name="第二版.docx",
        state=Draft.State.OPEN,
        text=first.text,
        as_read=as_read,
        current=as_read,
        edition=1,
        made=clock.now(),
    )


def _settled(clerk: Actor, draft: Draft) -> Draft:
    return correct(clerk, draft, "map", "", {"uids": unsettled(draft.current)})


def test_what_did_not_change_needs_no_second_look_and_the_rest_does(second: Draft, plan: Plan) -> None:
    """Of the old tasks only the one that is gone, and what changed, waits for a person."""
    mapping = second.current["mapping"]
    waiting = set(unsettled(second.current))
    gone = plan.tasks.get(order=2)
    changed = plan.tasks.get(order=1)
    assert mapping[str(gone.uid)]["became"] == "dropped"
    assert mapping[str(changed.uid)]["to"] == ["t1"]
    assert {str(gone.uid), str(changed.uid)} <= waiting
    assert len(waiting) < plan.tasks.count() / 2


def test_an_unconfirmed_mapping_stands_in_the_way(second: Draft, actor: Callable[[str], Actor]) -> None:
    """Nobody's reports are put aside unasked: the refusal says how many tasks wait, and where."""
    with pytest.raises(CannotPublish, match="新旧对照"):
        publish_draft(actor("clerk"), second)


def test_the_second_version_keeps_uids_reports_and_what_the_office_settled(
    second: Draft, plan: Plan, actor: Callable[[str], Actor]
) -> None:
    """The changed task is the same task with a new deadline; its report, its contact and a confirmed binding stay."""
    first, gone = plan.tasks.get(order=1), plan.tasks.get(order=2)
    Task.objects.filter(pk=first.pk).update(contact="张老师")
    bound = plan.targets.order_by("order").first()
    assert bound is not None
    Target.objects.filter(pk=bound.pk).update(binding=Target.Binding.CONFIRMED, evaluator="own-choice")
    part = Task.objects.create(plan=plan, kind=Task.Kind.PART, parent=gone, title="甲镇的一份", path="")
    Task.objects.filter(pk=part.pk).update(path=f"{gone.path}{part.pk}/")
    assert first.answerable is not None
    report = Report.objects.create(
        task=first, unit=first.answerable, day=clock.today(), word="normal", line="正在推进", made=clock.now(), token="v2-report"
    )
    old = set(plan.tasks.filter(parent=None).values_list("uid", flat=True))
    clerk = actor("clerk")
    publish_draft(clerk, _settled(clerk, second))

    again = Task.objects.get(pk=first.pk)
    assert (again.uid, str(again.due_on), again.contact) == (first.uid, "2027-12-31", "张老师")
    assert Report.objects.get(pk=report.pk).task_id == again.pk
    kept = Target.objects.get(pk=bound.pk)
    assert (kept.binding, kept.evaluator) == (Target.Binding.CONFIRMED, "own-choice")
    for ended in (gone, part):
        assert Task.objects.get(pk=ended.pk).dropped is not None
    now = set(plan.tasks.filter(dropped=None, parent=None).values_list("uid", flat=True))
    assert now & old == old - {gone.uid}
    assert len(now - old) == 1
    version = plan.versions.get(number=2)
    assert version.mapping[str(gone.uid)] == {"became": "dropped", "to": [], "kept": False}
    assert version.mapping[str(first.uid)]["became"] == "changed"
    assert plan.versions.get(number=1).draft.current["tasks"][0]["due_on"] != "2027-12-31", "the first version is as it was"


def test_merged_tasks_end_in_the_one_that_goes_on(second: Draft, plan: Plan, actor: Callable[[str], Actor]) -> None:
    """The old second task went into the first row: it is marked, its parts go on under the first."""
    clerk, first, gone = actor("clerk"), plan.tasks.get(order=1), plan.tasks.get(order=2)
    part = Task.objects.create(plan=plan, kind=Task.Kind.PART, parent=gone, title="甲镇的一份", path="")
    Task.objects.filter(pk=part.pk).update(path=f"{gone.path}{part.pk}/")
    correct(clerk, second, "map", str(gone.uid), {"to": ["t1"]})
    second.refresh_from_db()
    publish_draft(clerk, _settled(clerk, second))
    moved = Task.objects.get(pk=part.pk)
    assert Task.objects.get(pk=gone.pk).dropped is not None
    assert (moved.dropped, moved.parent_id, moved.path) == (None, first.pk, f"{first.path}{part.pk}/")
    assert plan.versions.get(number=2).mapping[str(gone.uid)] == {"became": "merged", "to": [str(first.uid)], "kept": False}


def test_the_first_of_the_old_tasks_goes_on_whatever_order_the_database_gives(second: Draft, plan: Plan) -> None:
    """PostgreSQL keeps the keys of a mapping in an order of its own: of two tasks that became one the first lives on all the same."""
    first, gone = plan.tasks.get(order=1), plan.tasks.get(order=2)
    mapping = second.current["mapping"]
    mapping[str(gone.uid)]["to"] = ["t1"]
    for keys in (sorted(mapping), sorted(mapping, reverse=True)):
        assert settle({**second.current, "mapping": {key: mapping[key] for key in keys}}).heirs["t1"] == str(first.uid)


def test_a_third_version_builds_on_the_second(second: Draft, plan: Plan, actor: Callable[[str], Actor]) -> None:
    """The rows in force after the second version are those of the second."""
    clerk = actor("clerk")
    publish_draft(clerk, _settled(clerk, second))
    standing = in_force(plan.versions.get(number=2))
    assert {row["title"] for row in standing.values() if "title" in row} == {row["title"] for row in second.current["tasks"]}
