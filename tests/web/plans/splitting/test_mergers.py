"""A unit closes while a plan runs: what it reported, wrote and stated is kept, read by who takes over, and asked of nobody twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import allowed
from xiangxu_web.workspaces.areas.changing import Ground, close, rename
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import sub_plans
from xiangxu_web.workspaces.plans.covered import choice_of, county_members
from xiangxu_web.workspaces.plans.covering import state
from xiangxu_web.workspaces.plans.models import Instruction, Mark, Plan, Report, SubPlan, Target, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in, instruct

As = Callable[[str], Actor]
Browser = Callable[[str], Client]
Parts = dict[int, Task]


def closed(actor: Actor, unit: Unit, successor: Unit | None, day: date | None = None) -> None:
    """The unit closes, and the other takes its place."""
    unit.refresh_from_db()
    Unit.objects.filter(parent=unit).update(parent=unit.parent)
    close(actor, unit.pk, unit.edition, Ground(day or clock.today(), "隐号发〔2026〕1号"), successor)


def reported(actor: Actor, part: Task, quantity: float, token: str) -> Report:
    """What the clerk enters for a part."""
    return hand_in(actor, part.pk, {"word": "normal", "line": f"已完成{token}", "quantity": quantity, "source": "电话"}, token)


@pytest.fixture
def closing(parts: Parts, other_town: Unit) -> Task:
    """The part of the town that closes: nobody of the cast serves it."""
    return parts[other_town.pk]


@pytest.fixture
def own(parts: Parts, town: Unit) -> Task:
    """The part of the town that takes over."""
    return parts[town.pk]


class TestReports:
    """Nothing reported is lost where two parts become one."""

    def test_done_is_kept_whenever_it_is_accepted(self, own: Task, closing: Task, actor: As) -> None:
        """What both had done counts together, also where the office accepts the one or the other only after the merger."""
        clerk = actor("clerk")
        before = [reported(actor("town"), own, 2, "a"), reported(clerk, closing, 1, "b")]
        closed(clerk, closing.answerable, own.answerable)
        for report, total in zip(before, (2, 3), strict=True):
            decide(clerk, report.pk, accept=True)
            own.refresh_from_db()
            assert own.done == total
        # What is reported afterwards is of the whole.
        decide(clerk, reported(actor("town"), own, 4, "c").pk, accept=True)
        own.refresh_from_db()
        assert own.done == 4

    def test_accepted_before_and_an_older_one_after(self, own: Task, closing: Task, actor: As) -> None:
        """A report of the successor's that was made before the merger counts its own share alone."""
        clerk = actor("clerk")
        decide(clerk, reported(clerk, closing, 1, "b").pk, accept=True)
        waits = reported(actor("town"), own, 2, "a")
        closed(clerk, closing.answerable, own.answerable)
        decide(clerk, waits.pk, accept=True)
        own.refresh_from_db()
        assert own.done == 3

    def test_the_successor_reads_what_was_reported(self, own: Task, closing: Task, actor: As, signed_in: Browser) -> None:
        """On the page of its own part, with the name of the unit that closed; before the merger it did not."""
        report = reported(actor("clerk"), closing, 1, "清淤")
        assert not allowed("report.see", actor("town"), report)
        closed(actor("clerk"), closing.answerable, own.answerable)
        assert allowed("report.see", actor("town"), report)
        page = signed_in("town").get(reverse("task", args=[own.pk])).content.decode()
        assert "已完成清淤" in page
        assert closing.answerable.name in page or str(closing.answerable) in page

    def test_a_leaders_sentence_goes_over(self, own: Task, closing: Task, actor: As) -> None:
        """What a leader asked of the closing unit's part wants an answer from whoever owes it now."""
        made = instruct(actor("county-leader"), closing.pk, "月底前开工", None)
        closed(actor("clerk"), closing.answerable, own.answerable)
        assert Instruction.objects.get(pk=made.pk).task == own


class TestSubPlans:
    """The closed unit's are its own: nobody is marked for what another wrote."""

    @pytest.fixture
    def promise(self, plan: Plan) -> Target:
        """The promise that asks every town for a plan of its own."""
        return Target.objects.get(plan=plan, dropped=None, evaluator="unit-plan-share", level="town")

    @pytest.fixture
    def paper(self, plan: Plan, promise: Target, other_town: Unit, actor: As) -> SubPlan:
        """The closing town's draft."""
        sub_plans.open_round(actor("clerk"), plan.pk, promise.pk, [other_town.pk], clock.today() + timedelta(days=20))
        return SubPlan.objects.get(unit=other_town, target=promise)

    def filled(self, clerk: Actor, paper: SubPlan) -> None:
        """Written and handed in for the unit."""
        sub_plans.write(clerk, paper.pk, paper.title, ["2026年12月底前完成3所"] * len(paper.body), 0)
        sub_plans.hand_in(clerk, paper.pk, "盖章件")

    def test_the_closed_units_paper_marks_nobody(self, paper: SubPlan, town: Unit, other_town: Unit, actor: As) -> None:
        """What was handed in ends with the unit: it is not decided on, and never counts as its successor's."""
        self.filled(actor("clerk"), paper)
        closed(actor("clerk"), other_town, town)
        assert SubPlan.objects.get(pk=paper.pk).unit == other_town
        assert not allowed("sub-plan.decide", actor("clerk"), paper)
        assert not Mark.objects.filter(unit=town, target=paper.target, replaced=None).exists()

    def test_the_successor_reads_them(self, paper: SubPlan, town: Unit, other_town: Unit, actor: As, signed_in: Browser) -> None:
        """Also the successor's own people, on its page, with who took over."""
        assert not allowed("sub-plan.see", actor("town"), paper)
        closed(actor("clerk"), other_town, town)
        assert allowed("sub-plan.see", actor("town"), paper)
        assert not allowed("sub-plan.write", actor("town"), paper)
        page = signed_in("town").get(reverse("unit", args=[town.pk])).content.decode()
        assert paper.title in page
        listed = signed_in("clerk").get(reverse("sub-plans", args=[paper.plan_id])).content.decode()
        assert f"已撤销，由{town}接续" in listed


class TestCoverage:
    """From the day of closing the unit is neither asked nor counted; what it said stays to be read."""

    def test_not_verified_any_more(self, plan: Plan, town: Unit, other_town: Unit, actor: As, signed_in: Browser) -> None:
        """A statement of the closed unit's waits for nobody, and no button stands on its cell; it is read on the unit's page."""
        member = next(m for m in county_members(plan) if m.key == other_town.pk)
        promise = next(
            t
            for t in Target.objects.filter(plan=plan, dropped=None, same_as=None, evaluator_kind="coverage", binding="confirmed")
            if choice_of(t).has(member)
        )
        said = state(actor("clerk"), promise.pk, other_town.pk, "yes", note="电话")
        assert allowed("coverage.verify", actor("office"), said)
        closed(actor("clerk"), other_town, town)
        assert not allowed("coverage.verify", actor("office"), said)
        cell = signed_in("clerk").get(reverse("coverage-cell", args=[plan.pk, promise.pk, other_town.pk]))
        assert not cell.context["may_state"]
        page = signed_in("clerk").get(reverse("coverage-unit", args=[plan.pk, other_town.pk]))
        assert [line["target"] for line in page.context["lines"]] == [promise]
        assert not page.context["may_state"]


def test_a_report_names_its_unit_as_it_was_called(own: Task, actor: As, signed_in: Browser) -> None:
    """In the list of reports and in what happened to the task; a report of the day of the new name carries the new one."""
    unit, today = own.answerable, clock.today()
    was = str(unit)
    old = reported(actor("town"), own, 1, "a")
    Report.objects.filter(pk=old.pk).update(day=today - timedelta(days=9))
    reported(actor("town"), own, 2, "b")
    rename(actor("clerk"), unit.pk, unit.edition, "墨池新名镇", "", Ground(today - timedelta(days=3), "隐号发〔2026〕2号"))
    table = signed_in("clerk").get(reverse("reports")).context["rows"]
    page = signed_in("clerk").get(reverse("reports"), {"as": "xlsx"})
    assert page.status_code == 200
    told = {
        str(next(c.value for c in row.cells if c.column.key == "line")): str(
            next(c.value for c in row.cells if c.column.key == "unit")
        )
        for row in table
    }
    assert told["已完成a"] == was
    assert told["已完成b"] == "墨池新名镇"
