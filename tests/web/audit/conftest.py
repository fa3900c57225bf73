"""Rows of the audit, and anchors in a home of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from xiangxu import clock
from xiangxu_web.kernel.audit import triggers
from xiangxu_web.kernel.models import AuditRow


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The anchors of one test are not those of another."""
    monkeypatch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, home=tmp_path))


@pytest.fixture
def unguarded(db: None) -> None:
    """The database as an intruder with all rights leaves it: without triggers."""
    triggers.GUARDS.take_away(connection)


@pytest.fixture
def rows(db: None) -> Callable[[int], list[AuditRow]]:
    """Makes so many unsealed rows; those that were there before are theirs too."""

    def make(count: int) -> list[AuditRow]:
        AuditRow.objects.bulk_create(
            AuditRow(
                at=clock.now(),
                verb="unit.rename",
                table="unit",
                row_key=str(n),
                fields={"name": [None, f"{n:032x}"]},
                facts={"n": n},
            )
            for n in range(count)
        )
        return list(AuditRow.objects.order_by("id"))

    return make
