"""The guards in the database."""

from __future__ import annotations

import pytest
from django.db import connection

from xiangxu_web.kernel.audit import triggers


@pytest.mark.django_db
def test_the_guards_stand_after_all_migrations() -> None:
    """Whatever migration came last, the database refuses to change or delete a sealed row."""
    assert triggers.GUARDS.in_place(connection)
