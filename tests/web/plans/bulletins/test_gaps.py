"""What the bulletin names as lacking: of whom it may be said, and from when on."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from xiangxu import clock
from xiangxu_web.workspaces.accounts.models import Post
from xiangxu_web.workspaces.plans.covered import county_members
from xiangxu_web.workspaces.plans.models import Instruction, Mark, Plan, Target
from xiangxu_web.workspaces.plans.plan_state import state_of, usual_frame

DAY = date(2026, 11, 20)


@pytest.fixture
def lacking(plan: Plan) -> dict[str, Target]:
    """Promises asked of all schools, each of which one school lacks and all others have."""
    schools = [member.unit for member in county_members(plan) if member.facts.is_school]
    kinds = {
        "each": {"op": "all", "due_on": DAY - timedelta(days=1)},
        "without-date": {"op": "all", "due_on": None},
        "later": {"op": "all", "due_on": DAY + timedelta(days=40)},
        "share": {"op": "ge", "value": 99.5, "uom": "%", "due_on": DAY - timedelta(days=1)},
        "unconfirmed": {"op": "all", "due_on": DAY - timedelta(days=1), "binding": "proposed"},
    }
    made = {}
    for n, (name, facts) in enumerate(kinds.items()):
        settled = {
            "evaluator_kind": "coverage",
            "evaluator": "closed-campus-share",
            "binding": "confirmed",
            "units": {"group": "schools"},
        }
        made[name] = Target.objects.create(plan=plan, order=900 + n, quote=name, metric=name, **{**settled, **facts})
        Mark.objects.bulk_create(
            Mark(
                target=made[name], unit=unit, word="no" if unit == schools[0] else "yes",
                day=DAY, made=clock.now(), verified=clock.now(),
            )
            for unit in schools
        )  # fmt: skip
    return made


def test_only_what_everyone_owes_and_is_due_is_a_gap(plan: Plan, lacking: dict[str, Target]) -> None:
    """A unit is named for what every unit must keep, once it is due: never for a share, nor before the deadline, nor for a proposal."""
    gaps = {gap.name: gap.missing for gap in state_of(plan, usual_frame(plan, DAY)).gaps}
    assert {name: len(missing) for name, missing in gaps.items() if name in lacking} == {"each": 1, "without-date": 1}


def test_whose_excuse_nobody_has_verified_is_still_asked(plan: Plan, lacking: dict[str, Target]) -> None:
    """A school that says 不适用 counts among those who have to keep it until a second person agrees; all of them are kept by name."""
    excused = Mark.objects.filter(target=lacking["each"], word="yes").latest("pk")

    def asked() -> tuple[int, bool]:
        (gap,) = (gap for gap in state_of(plan, usual_frame(plan, DAY)).gaps if gap.name == "each")
        assert gap.of == len(gap.units)
        return gap.of, str(excused.unit) in gap.units

    before, _named = asked()
    Mark.objects.filter(pk=excused.pk).update(word="na", verified=None)
    assert asked() == (before, True)
    Mark.objects.filter(pk=excused.pk).update(verified=clock.now())
    assert asked() == (before - 1, False)


def test_a_gap_is_named_in_the_documents_words(plan: Plan, lacking: dict[str, Target]) -> None:
    """What stands in quotation marks stands in the document: a name that it does not have gives way to its clause."""
    found = Target.objects.filter(pk=lacking["each"].pk)
    for metric, quote, told in (
        ("乡村学校数", "教研员每人定点联系2所\n乡村学校；", "教研员每人定点联系2所乡村学校"),
        ("封闭化管理率", "专职保安配备率、封闭化管理率均达到100%", "封闭化管理率"),
    ):
        found.update(metric=metric, quote=quote)
        state = state_of(plan, usual_frame(plan, DAY))
        assert told in {gap.name for gap in state.gaps}
        assert told in {target.name for target in state.targets}


def test_what_is_met_is_no_gap(plan: Plan, lacking: dict[str, Target]) -> None:
    """When the last school has it, nobody is named any more."""
    Mark.objects.filter(target=lacking["each"]).update(word="yes")
    assert "each" not in {gap.name for gap in state_of(plan, usual_frame(plan, DAY)).gaps}


def test_a_leaders_sentence_has_the_day_of_the_office(plan: Plan) -> None:
    """Written at six in the morning it is dated that day, though it is still the day before in Greenwich."""
    post = Post.objects.filter(role="leader", unit__area__path=plan.area.path).order_by("pk")[0]
    task = plan.tasks.filter(parent=None, dropped=None).order_by("order")[0]
    early = datetime(2026, 11, 20, 6, 0, tzinfo=timezone(timedelta(hours=8)))
    Instruction.objects.create(task=task, post_id=post.pk, person_id=post.person_id, line="请抓紧", made=early)
    (given,) = state_of(plan, usual_frame(plan, DAY)).instructions
    assert given.day == DAY
