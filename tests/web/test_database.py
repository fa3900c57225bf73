"""The same tests run on SQLite and on PostgreSQL; this one sees to it that the second run is not the first once more."""

import os

import pytest
from django.db import connection

from xiangxu_web.kernel.sqlite import LEAST
from xiangxu_web.workspaces.areas.models import Unit


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for() -> None:
    """DATABASE_URL chooses PostgreSQL 15 or later, its absence the sound SQLite that the project carries; the county is in it."""
    with connection.cursor() as cursor:
        if os.environ.get("DATABASE_URL"):
            assert connection.vendor == "postgresql"
            cursor.execute("SHOW server_version_num")
            assert int(cursor.fetchone()[0]) >= 150000
        else:
            assert connection.vendor == "sqlite"
            cursor.execute("SELECT sqlite_version()")
            assert tuple(int(part) for part in cursor.fetchone()[0].split(".")) >= LEAST
    assert Unit.objects.count() > 100
