"""The only reader of the time: a stopped calendar stops what is recorded on its day, not what has to run out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from xiangxu import clock


def test_a_stopped_calendar_keeps_its_day_and_the_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is recorded bears the demo's day in China and the hour that it is; leases go on by the machine's time."""
    monkeypatch.setenv("XIANGXU_TODAY", "2024-02-29")
    now, real = clock.now().astimezone(clock.SHANGHAI), datetime.now(clock.SHANGHAI)
    assert (now.date(), clock.now().tzinfo) == (date(2024, 2, 29), UTC)
    assert (real - now) % timedelta(days=1) < timedelta(minutes=1)
    assert abs(clock.ticking() - real) < timedelta(minutes=1)


def test_without_a_fixed_day_it_is_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """In real use both tell the same, in UTC."""
    monkeypatch.delenv("XIANGXU_TODAY")
    assert abs(clock.now() - clock.ticking()) < timedelta(seconds=5)
    assert clock.now().tzinfo is UTC
    assert not clock.stopped()
