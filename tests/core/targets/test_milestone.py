"""How a milestone stands."""

from __future__ import annotations

from datetime import date

import pytest

from xiangxu.targets.milestone import MilestoneFacts, milestone_verdict
from xiangxu.targets.status import Status

ON, PAST, LATER, DAY = date(2026, 11, 20), date(2026, 6, 30), date(2027, 6, 30), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (MilestoneFacts(due_on=PAST), Status.WAITING_DATA),
        (MilestoneFacts(True, DAY, due_on=PAST), Status.WAITING_DATA),
        (MilestoneFacts(True, DAY, verified_on=DAY, due_on=PAST), Status.MET),
        (MilestoneFacts(True, DAY, refused_on=DAY, due_on=PAST), Status.MISSED),
        (MilestoneFacts(True, DAY, refused_on=DAY, due_on=LATER), Status.BEHIND),
        (MilestoneFacts(False, DAY, due_on=PAST), Status.MISSED),
        (MilestoneFacts(False, DAY, due_on=LATER), Status.ON_COURSE),
        (MilestoneFacts(False, DAY), Status.WAITING_DATA),
    ],
)
def test_status(facts: MilestoneFacts, status: Status) -> None:
    """Met only when verified; red only by what somebody stated; nothing from silence."""
    assert milestone_verdict(facts, ON).status is status


def test_a_refusal_is_told_with_its_day() -> None:
    """Whoever reads the lamp reads that it was refused and when; why is not for all readers, so the core does not know it."""
    assert "2026年5月1日 核验未通过" in milestone_verdict(MilestoneFacts(True, DAY, refused_on=DAY, due_on=PAST), ON).why
