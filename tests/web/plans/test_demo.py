"""The demo's county at work: every state of coverage, sub-plans, parts and nodes is there, said to be invented, the same at every run."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from xiangxu.world.county.world import World
from xiangxu_web.flows.demo_work import work_some
from xiangxu_web.kernel.models import Attachment, AuditRow
from xiangxu_web.workspaces.plans.models import Mark, Node, Plan, SubPlan, SubPlanEdition, Task


def _made(world: World, plan: Plan) -> dict[str, Any]:
    """What a run makes, by words that do not hang on keys; undone afterwards."""
    with transaction.atomic():
        work_some(world, plan)
        marks = Mark.objects.filter(replaced=None)
        found: dict[str, Any] = {
            "marks": sorted(marks.values_list("target__order", "unit__code", "word", "refused")),
            "verified": sorted(marks.exclude(verified=None).values_list("target__order", "unit__code")),
            "second": marks.exclude(verified=None).exclude(person_id=None).values_list("person_id", "verified_by_person"),
            "files": Attachment.objects.filter(table="mark").count(),
            "sub_plans": sorted(SubPlan.objects.values_list("unit__code", "state")),
            "parts": sorted(
                Task.objects.filter(kind=Task.Kind.PART).values_list("answerable__code", "sent", "quantity", "dispute")
            ),
            "nodes": sorted(Node.objects.values_list("due_on", "words", "quantity", "reached_on"), key=str),
            "said": [
                *marks.filter(fed_by=None).values_list("note", flat=True),
                *Node.objects.exclude(note="").values_list("note", flat=True),
                *Task.objects.exclude(dispute="").values_list("dispute", flat=True),
                *(section["text"] for edition in SubPlanEdition.objects.all() for section in edition.body),
                *SubPlanEdition.objects.exclude(reason="").values_list("reason", flat=True),
            ],
            "audit": AuditRow.objects.count(),
        }
        found["second"] = list(found["second"])
        found["said"].sort()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_every_state_is_there_and_said_to_be_invented(world: World, plan: Plan) -> None:
    """√ verified and waiting, ×, 不适用, refused and empty; a second person; evidence; approved, returned; accepted, disputed; nodes."""
    made = _made(world, plan)
    words = Counter(word for _target, _unit, word, _refused in made["marks"])
    assert min(words["yes"], words["no"], words["na"]) > 5
    assert any(refused for *_where, refused in made["marks"])
    assert 0 < len(made["verified"]) < words["yes"] + words["na"]
    assert all(stated != verified for stated, verified in made["second"])
    assert made["files"] > 5
    assert {state for _unit, state in made["sub_plans"]} >= {"approved", "returned", "handed-in"}
    assert {sent for _unit, sent, _much, _why in made["parts"]} == {"accepted", "sent", "disputed"}
    assert sum(much for _unit, _sent, much, _why in made["parts"]) == 14
    assert {reached is None for _due, words, _much, reached in made["nodes"] if words} == {True, False}
    assert [line for line in made["said"] if "演示数据" not in line] == []


@pytest.mark.django_db
def test_it_is_the_same_at_every_run(world: World, plan: Plan) -> None:
    """Two runs on the same published plan make the same."""
    assert _made(world, plan) == _made(world, plan)
