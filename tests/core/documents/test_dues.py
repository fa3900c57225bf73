"""Deadlines in the office's words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangxu.documents.dues import UnreadDue, due_of_words, due_words, last_day

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(st.one_of(DAYS.map(lambda d: f"{d:%Y}"), DAYS.map(lambda d: f"{d:%Y-%m}"), DAYS.map(lambda d: f"{d:%Y-%m-%d}")))
def test_every_normal_form_comes_back_from_its_words(due: str) -> None:
    """What the table shows says exactly which deadline is meant, and the calendar has a day for it."""
    assert due_of_words(due_words(due)) == due
    day = last_day(due)
    assert day is not None
    assert day.isoformat().startswith(due)


@pytest.mark.parametrize(
    "text",
    [
        "尽快",
        "2026年13月",
        "2026年2月30日",
        "6月底",
        "2026年6月底前，2027年底前",
        "20266",
        "2026.1.1至2026.2.1",
        "约2026年",
        "46203",
    ],
)
def test_what_names_no_one_deadline_is_refused(text: str) -> None:
    """A date without its year, two dates, an impossible day: never guessed."""
    with pytest.raises(UnreadDue):
        due_of_words(text)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026年上半年", "2026-06"), ("2026年下半年", "2026-12"), ("至2026年底前全面完成。", "2026-12"), ("2026年12月", "2026-12"),
        ("2026/6/30", "2026-06-30"), ("2026-06", "2026-06"), ("持续推进", "ongoing"), ("无", None), ("", None), ("2026", "2026"),
    ],
)  # fmt: skip
def test_clerks_ways_of_writing_are_read(text: str, due: str | None) -> None:
    """The usual forms of a deadline in a cell."""
    assert due_of_words(text) == due
