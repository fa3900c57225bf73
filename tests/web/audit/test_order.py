"""The audit in the order of writing, also where the demo's calendar stands still."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiangxu import clock
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.models import AuditRow

pytestmark = pytest.mark.django_db


def _note() -> AuditRow:
    with action(None, "backup.make") as record:
        record.noted(None, files=0)
    return AuditRow.objects.latest("pk")


def test_no_row_is_before_the_one_that_was_written_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """After midnight a stopped calendar begins its day anew; the next row then bears the time of the last one, never an earlier one."""
    first = _note()
    assert first.at.astimezone(clock.SHANGHAI).date() == clock.today(), "on the demo's day"
    monkeypatch.setattr("xiangxu_web.kernel.audit.record.clock.now", lambda: first.at - timedelta(hours=23))
    assert _note().at == first.at


def test_in_real_use_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: type) -> None:
    """The one question for the last row is the demo's alone."""
    monkeypatch.delenv("XIANGXU_TODAY")
    with django_assert_num_queries(3):
        _note_without_reading()


def _note_without_reading() -> None:
    with action(None, "backup.make") as record:
        record.noted(None, files=0)
