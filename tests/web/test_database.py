"""The same tests run on SQLite and on PostgreSQL; this one sees to it that the second run is not the first once more."""

import os
import re

import pytest
from django.db import connection

from tests.paths import REPOSITORY
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


def test_every_folder_with_a_database_test_runs_on_both() -> None:
    """script/test names the folders that run on PostgreSQL too; a test that touches a database stands in one of them."""
    named = re.search(r"^on_both=\((.*)\)$", (REPOSITORY / "script" / "test").read_text(encoding="utf-8"), re.MULTILINE)
    assert named, "script/test lists no folder for PostgreSQL"
    folders = [REPOSITORY / name for name in named[1].split()]
    touching = [
        path
        for path in (REPOSITORY / "tests").rglob("*.py")
        if re.search(r"django_db|live_server|TransactionTestCase", path.read_text(encoding="utf-8"))
    ]
    assert touching
    outside = [str(p.relative_to(REPOSITORY)) for p in touching if not any(p.is_relative_to(folder) for folder in folders)]
    assert not outside, f"these would run on SQLite only: {outside}"
