"""The status of a target judged by coverage: met only when verified, never red from silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangxu.coverage import Stated, Word, tally
from xiangxu.targets.coverage import Aim, CoverageFacts, aim_of, coverage_verdict
from xiangxu.targets.status import Status

ON = date(2026, 11, 20)
PAST, LATER = date(2025, 12, 31), date(2027, 12, 31)
YES, YES_STATED, NO, OUT, OUT_STATED = (
    Stated(Word.YES, True),
    Stated(Word.YES),
    Stated(Word.NO),
    Stated(Word.NOT_APPLICABLE, True),
    Stated(Word.NOT_APPLICABLE),
)
REFUSED = Stated(Word.YES, refused="没有照片")
MARKS = st.sampled_from([None, YES, YES_STATED, NO, OUT, OUT_STATED, REFUSED])
AIMS = st.one_of(
    st.just(Aim()),
    st.integers(1, 100).map(lambda share: Aim(share=share / 100)),
    st.integers(1, 12).map(lambda count: Aim(count=float(count))),
)


ALL = Aim()


def status(*marks: Stated | None, aim: Aim = ALL, due: date | None = PAST, expected: bool = False) -> Status:
    units = [f"u{n}" for n in range(len(marks))]
    found = tally(units, {unit: mark for unit, mark in zip(units, marks, strict=True) if mark is not None})
    return coverage_verdict(CoverageFacts(found, aim, due, expected=expected), ON).status


@given(st.lists(MARKS, max_size=12), AIMS, st.sampled_from([None, PAST, LATER]))
def test_never_red_from_silence(marks: list[Stated | None], aim: Aim, due: date | None) -> None:
    """A lamp of red or amber stays where everyone who has not answered yet says no; it never comes from the silence itself.

    So: had the silent and the waiting all been verified yes, a red target would be red still.
    """
    if status(*marks, aim=aim, due=due) is Status.MISSED:
        filled = [YES if mark in (None, YES_STATED) else mark for mark in marks]
        assert status(*filled, aim=aim, due=due) is Status.MISSED
        assert any(mark in (NO, REFUSED) for mark in marks) or aim.count is not None


@given(st.lists(MARKS, min_size=1, max_size=12), AIMS)
def test_met_only_when_verified(marks: list[Stated | None], aim: Aim) -> None:
    """Met does not change when everything that nobody has verified turns out to be wrong."""
    if status(*marks, aim=aim) is Status.MET:
        turned = [NO if mark in (YES_STATED, OUT_STATED, None) else mark for mark in marks]
        assert status(*turned, aim=aim) is Status.MET


@given(st.lists(MARKS, max_size=8), AIMS, st.integers(-800, 800))
def test_no_red_before_the_day(marks: list[Stated | None], aim: Aim, days: int) -> None:
    """Nothing is missed on or before its day, and nothing hoped for (预期性) ever."""
    due = ON + timedelta(days=days)
    if days >= 0:
        assert status(*marks, aim=aim, due=due) is not Status.MISSED
    assert status(*marks, aim=aim, due=due, expected=True) is not Status.MISSED


@pytest.mark.parametrize(
    ("marks", "aim", "due", "wanted"),
    [
        ((None, None), Aim(), PAST, Status.WAITING_DATA),
        ((YES, YES, OUT), Aim(), PAST, Status.MET),
        ((YES, YES_STATED), Aim(), PAST, Status.WAITING_DATA),
        ((YES, OUT_STATED), Aim(), PAST, Status.WAITING_DATA),
        ((YES, None), Aim(), PAST, Status.WAITING_DATA),
        ((YES, NO), Aim(), PAST, Status.MISSED),
        ((NO, None), Aim(), PAST, Status.MISSED),
        ((YES, NO), Aim(), LATER, Status.ON_COURSE),
        ((YES, NO, None), Aim(), LATER, Status.WAITING_DATA),
        ((YES, REFUSED), Aim(), LATER, Status.BEHIND),
        ((YES, NO), Aim(), None, Status.WAITING_DATA),
        ((OUT, OUT), Aim(), PAST, Status.WAITING_DATA),
        ((YES, YES, YES, NO, NO), Aim(share=0.6), PAST, Status.MET),
        ((YES, YES, NO, NO, NO), Aim(share=0.6), PAST, Status.MISSED),
        ((YES, YES, NO, NO, None), Aim(share=0.6), PAST, Status.WAITING_DATA),
        ((YES, YES, NO), Aim(count=2), PAST, Status.MET),
    ],
)
def test_table(marks: tuple[Stated | None, ...], aim: Aim, due: date | None, wanted: Status) -> None:
    """The cases that a clerk asks about."""
    assert status(*marks, aim=aim, due=due) is wanted


def test_share_is_counted_in_whole_units() -> None:
    """0.6 of 15 is 9, and 9 of 15 are enough."""
    assert status(*([YES] * 9 + [NO] * 6), aim=Aim(share=0.6)) is Status.MET


def test_nobody_chose_the_units() -> None:
    """Without units there is nothing to compute: our homework, not a lamp."""
    assert coverage_verdict(CoverageFacts(tally([], {}), chosen=False), ON).status is Status.WAITING_BINDING


def test_aim_reads_figures_as_the_plan_means_them() -> None:
    """A share of 100 % is everyone; so is a figure that each unit has to show."""
    assert aim_of("ge", 100.0, "%") == Aim()
    assert aim_of("eq", 2.0, "次") == Aim()
    assert aim_of("eq", 2.0, "所", "每人定点") == Aim()
    assert aim_of("ge", 20.0, "所") == Aim(count=20.0)
