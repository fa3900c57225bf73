"""The same tests run on SQLite and on PostgreSQL; this one sees to it that the second run is not the first once more."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.db import ConnectionHandler, connection, transaction

from tests.paths import REPOSITORY
from xiangxu_web.configuration import read_configuration
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


@pytest.fixture
def on_a_disk(tmp_path: Path) -> ConnectionHandler:
    """Connections to an SQLite file as an installation makes them; the tests' own database lies in memory."""
    environment = {"XIANGXU_HOME": str(tmp_path), "XIANGXU_SECRET": "tests-" + "0" * 40}
    return ConnectionHandler({"default": read_configuration(environment).database()})


@pytest.mark.django_db
def test_sqlite_is_set_up_safely(on_a_disk: ConnectionHandler) -> None:
    """Asked of a live connection: write-ahead log, every commit synced, foreign keys held, twenty seconds of patience with a lock."""
    with on_a_disk["default"].cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000
    on_a_disk["default"].close()


@pytest.mark.django_db
def test_two_writers_wait_for_each_other(on_a_disk: ConnectionHandler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both read a number and write one more: the second waits for the first and counts on. A transaction that took the lock only when it
    writes would fail with “database is locked”, or lose one of the two."""
    monkeypatch.setattr(transaction, "connections", on_a_disk)
    with on_a_disk["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE tally (n integer)")
        cursor.execute("INSERT INTO tally VALUES (0)")
    first_has_read, second_is_there = Event(), Event()

    def one_more(*, first: bool) -> None:
        try:
            if not first:
                first_has_read.wait(5)
                second_is_there.set()
            with transaction.atomic(), on_a_disk["default"].cursor() as cursor:
                (n,) = cursor.execute("SELECT n FROM tally").fetchone()
                if first:
                    first_has_read.set()
                    second_is_there.wait(5)
                    # So long the second would need to read, write and commit, were it let in.
                    Event().wait(0.2)
                cursor.execute("UPDATE tally SET n = %s", [n + 1])
        finally:
            on_a_disk["default"].close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(one_more, first=first) for first in (True, False)]:
            done.result(30)
    with on_a_disk["default"].cursor() as cursor:
        assert cursor.execute("SELECT n FROM tally").fetchone() == (2,)
    on_a_disk["default"].close()


def _named() -> list[str]:
    """What script/test runs on PostgreSQL too: folders, and walks by their own name."""
    named = re.search(
        r"^on_both=\((.*?)\)$", (REPOSITORY / "script" / "test").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert named, "script/test lists no folder for PostgreSQL"
    return named[1].split()


def test_every_folder_with_a_database_test_runs_on_both() -> None:
    """script/test names the folders that run on PostgreSQL too; a test that touches a database stands in one of them."""
    folders = [REPOSITORY / name for name in _named()]
    touching = [
        path
        for path in (REPOSITORY / "tests").rglob("*.py")
        if re.search(r"django_db|live_server|TransactionTestCase", path.read_text(encoding="utf-8"))
    ]
    assert touching
    outside = [str(p.relative_to(REPOSITORY)) for p in touching if not any(p.is_relative_to(folder) for folder in folders)]
    assert not outside, f"these would run on SQLite only: {outside}"


def test_walks_run_on_both() -> None:
    """A browser walks the site on PostgreSQL too: the clerk from the file to the published plan, and a report by link; both are there.
    That they meet PostgreSQL there, and no SQLite file, each site says for itself when it is made (tests/journeys/site/conftest.py)."""
    walks = dict(name.split("::") for name in _named() if name.startswith("tests/journeys/"))
    assert len(walks) >= 2
    for path, walk in walks.items():
        assert re.search(rf"^def {walk}\(", (REPOSITORY / path).read_text(encoding="utf-8"), re.MULTILINE), (path, walk)
