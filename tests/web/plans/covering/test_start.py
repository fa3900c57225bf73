"""The start page: what a unit owes, what waits for a second person, which sub-plans wait for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.coverage_start import coverage_start
from xiangxu_web.workspaces.plans.covering import state, verify
from xiangxu_web.workspaces.plans.models import Plan, SubPlan, Target
from xiangxu_web.workspaces.plans.sub_plans import hand_in, open_round, write

Who = Callable[[str], Actor]


def counts(actor: Actor) -> dict[str, int]:
    return {str(section.title): section.count for section in coverage_start(actor).sections}


def test_owed_until_said_and_again_when_refused(actor: Who, promise: Target) -> None:
    """A promise leaves the head's list when it is answered, comes to the office's, and comes back when it is refused."""
    head, office = actor("headteacher"), actor("office")
    before = counts(head)["等您填√或×的要求"]
    mark = state(head, promise.pk, head.unit_id, "yes")
    assert counts(head)["等您填√或×的要求"] == before - 1
    assert counts(office) == {"待核验的覆盖填报": 1}
    verify(office, [mark.pk], accept=False, reason="没有照片")
    assert counts(head)["等您填√或×的要求"] == before
    assert counts(office) == {}


def test_silence_is_not_red(actor: Who, promise: Target) -> None:
    """What nobody has said anything about is told as of tasks: a lamp without colour says that the day has passed, no red mark does."""
    head = actor("headteacher")
    for due, marked, told in ((date(2026, 6, 30), None, "时限已过 143 天"), (date(2026, 12, 1), date(2026, 12, 1), None)):
        Target.objects.filter(plan=promise.plan_id).update(due_on=due)
        lines = [line for section in coverage_start(head).sections for line in section.lines]
        assert {(line.due, line.lamp and (line.lamp.look.tone, str(line.lamp))) for line in lines} == {
            (marked, told and ("none", told))
        }


def test_what_is_to_come_stands_first(actor: Who, promise: Target) -> None:
    """What is still to come before what is past; what fell due in former years is one line with its number."""
    head = actor("headteacher")
    own = Target.objects.filter(plan=promise.plan_id, evaluator_kind="coverage")
    cells = {reverse("coverage-cell", args=[promise.plan_id, t.pk, head.unit_id]): t.pk for t in own}
    (section,) = coverage_start(head).sections
    other = next(cells[line.url] for line in section.lines if cells[line.url] != promise.pk)
    own.update(due_on=date(2025, 6, 30))
    (section,) = coverage_start(head).sections
    assert [str(line.title) for line in section.lines] == [f"以前年度的 {section.count} 条"]
    own.filter(pk=promise.pk).update(due_on=date(2026, 6, 30))
    own.filter(pk=other).update(due_on=date(2027, 6, 30))
    (section,) = coverage_start(head).sections
    assert [cells.get(line.url) for line in section.lines[:2]] == [other, promise.pk]
    assert str(section.lines[-1].title) == f"以前年度的 {section.count - 2} 条"


def test_nobody_is_asked_to_verify_the_own_word(actor: Who, promise: Target) -> None:
    """What the clerk entered waits for another."""
    clerk = actor("clerk")
    state(clerk, promise.pk, actor("headteacher").unit_id, "yes", note="电话")
    assert "待核验的覆盖填报" not in counts(clerk)
    assert counts(actor("office"))["待核验的覆盖填报"] == 1


def test_sub_plans_on_their_way(actor: Who, plan: Plan) -> None:
    """First with the unit, then with the clerk; never with the other county."""
    clerk, town = actor("clerk"), actor("town")
    open_round(clerk, plan.pk, None, [town.unit_id], None)
    assert counts(town)["要写的分方案"] == 1
    mine = SubPlan.objects.get(unit=town.unit_id)
    write(town, mine.pk, "", ["由镇长牵头，年底前完成三项改造。"] * len(mine.body), 0)
    hand_in(town, mine.pk)
    assert "要写的分方案" not in counts(town)
    assert counts(clerk)["待审核的分方案"] == 1
    assert counts(actor("other-clerk")) == {}
    assert counts(actor("supervisor")) == {}
