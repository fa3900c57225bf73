"""How much time is left is told of what is owed and open; in red only where it is judged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiangxu import clock
from xiangxu_web.kernel.components.lamp import STATES, Lamp
from xiangxu_web.kernel.components.tags import left_beside

PAST, SOON = timedelta(days=-12), timedelta(days=3)


@pytest.mark.parametrize(("state", "past", "soon"), [
    ("met", False, False), ("missed", False, False), ("good", False, False), ("behind", True, True), ("warning", True, True),
    ("on-course", True, True), ("waiting-data", False, True), ("waiting-binding", False, True), ("none", False, True),
])  # fmt: skip
def test_beside_a_lamp(state: str, past: bool, soon: bool) -> None:
    """Nothing beside what is done or says itself that it is late; silence is never red."""
    assert state in STATES
    told = [left_beside(clock.today() + days, Lamp(state)) for days in (PAST, SOON)]
    assert [bool(words) for words in told] == [past, soon]
    assert ("left-late" in told[0]) is past
    assert left_beside(None, state) == left_beside(date(2026, 1, 1), "met") == ""
