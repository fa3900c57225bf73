"""Copies a whole database out and in: SQLite by its online backup, PostgreSQL by its own tools, each at one moment while others write."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from pysqlite3 import dbapi2 as sqlite

from xiangxu_web.kernel.models import Blob
from xiangxu_web.kernel.operation.archive import BackupProblem

FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
Ask = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Copied:
    """What stood in the database at the moment of the copy."""

    version: str
    migrations: list[list[str]]
    rows: dict[str, int]
    files: dict[str, int]


def kind() -> str:
    """``sqlite`` or ``postgresql``."""
    return connection.vendor


def tables() -> list[str]:
    """The tables that stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES[kind()])
        return sorted(row[0] for row in cursor.fetchall())


def count_rows() -> dict[str, int]:
    """The number of rows of each table, now."""
    with connection.cursor() as cursor:

        def ask(words: str) -> list[tuple[Any, ...]]:
            cursor.execute(words)
            return list(cursor.fetchall())

        return _counts(ask)


def copy_out(target: Path) -> Copied:
    """Copies the database to a file, at one moment."""
    return _sqlite_out(target) if kind() == "sqlite" else _postgresql_out(target)


def copy_in(source: Path) -> None:
    """Puts a copy into the (empty) database."""
    if kind() == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for remains in (name, name.with_name(name.name + "-wal"), name.with_name(name.name + "-shm")):
            remains.unlink(missing_ok=True)
        incoming = name.with_name(name.name + ".incoming")
        shutil.copyfile(source, incoming)
        with incoming.open("rb") as file:
            os.fsync(file.fileno())
        incoming.rename(name)
    else:
        database = str(connection.settings_dict["NAME"])
        connection.close()
        ours = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        _run("pg_restore", *ours, f"--dbname={database}", str(source))


def _counts(ask: Ask) -> dict[str, int]:
    return {table: int(ask(f'SELECT count(*) FROM "{table}"')[0][0]) for (table,) in sorted(ask(_TABLES[kind()]))}


def _copied(ask: Ask, version: str) -> Copied:
    counts = _counts(ask)
    if "django_migrations" not in counts:
        raise BackupProblem(
            _("数据库里还没有内容，无须备份。请先运行 script/xiangxu site prepare，或检查 XIANGXU_HOME 和 DATABASE_URL。")
        )
    blobs = Blob._meta.db_table
    return Copied(
        version=version,
        migrations=[list(row) for row in ask("SELECT app, name FROM django_migrations ORDER BY id")],
        rows=counts,
        files=dict(ask(f'SELECT sha256, size FROM "{blobs}" ORDER BY sha256')) if blobs in counts else {},
    )


def _sqlite_out(target: Path) -> Copied:
    connection.ensure_connection()
    copy = sqlite.connect(str(target))
    try:
        connection.connection.backup(copy)
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise BackupProblem(_("数据库文件已损坏，备份没有生成。请停下网站，保留现场，用最近的备份恢复，并联系技术支持。"))
        return _copied(lambda words: list(copy.execute(words).fetchall()), sqlite.sqlite_version)
    finally:
        copy.close()


def _postgresql_out(target: Path) -> Copied:
    other = connection.copy()
    try:
        with other.cursor() as cursor:

            def ask(words: str) -> list[tuple[Any, ...]]:
                cursor.execute(words)
                return list(cursor.fetchall())

            # What is counted here and what is dumped by the tool are one and the same moment.
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = ask("SELECT pg_export_snapshot()")[0][0]
            copied = _copied(ask, str(ask("SHOW server_version")[0][0]))
            database = str(other.settings_dict["NAME"])
            ours = ["--format=custom", "--no-owner", "--no-privileges"]
            _run("pg_dump", *ours, f"--snapshot={snapshot}", f"--file={target}", f"--dbname={database}")
            cursor.execute("ROLLBACK")
            return copied
    finally:
        other.close()


def _tool(name: str) -> str:
    """A tool of PostgreSQL: on the path, else the newest where Debian puts it."""
    found = shutil.which(name)
    if found is None:
        there = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parent.parent.name))
        found = str(there[-1]) if there else None
    if found is None:
        raise BackupProblem(
            _("没有找到 %(name)s。请安装与数据库同版本的 PostgreSQL 客户端（postgresql-client），再运行一次。") % {"name": name}
        )
    return found


def _environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """How the tools reach the database; the password goes by the environment, where no list of processes shows it."""
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    ours = {name: str(settings[key]) for name, key in told.items() if settings.get(key)}
    options = settings.get("OPTIONS") or {}
    ours |= {f"PG{key.upper()}": str(options[key]) for key in ("sslmode", "sslrootcert", "sslcert", "sslkey") if options.get(key)}
    return {**os.environ, **ours}


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [_tool(name), *arguments], env=_environment(connection.settings_dict), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupProblem(
            _("%(name)s 没有成功：%(problem)s") % {"name": name, "problem": done.stderr.strip()[-600:] or done.returncode}
        )
