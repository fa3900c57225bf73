"""What the database itself keeps for search.

SQLite: a full-text table over ``SearchEntry.spaced``, filled by triggers, so that it can never disagree with the entries. PostgreSQL: an
index over the single characters and pairs of characters of ``SearchEntry.words``. For a migration (``RunPython(forwards, backwards)``);
SQLite makes a table anew when a migration alters it, and a migration that touches the table puts these again.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "xiangxu_web_searchentry"
FULL_TEXT = "search_full_text"
PIECES = "search_pieces"

_GONE = f"INSERT INTO {FULL_TEXT}({FULL_TEXT}, rowid, spaced) VALUES ('delete', OLD.id, OLD.spaced);"
_COME = f"INSERT INTO {FULL_TEXT}(rowid, spaced) VALUES (NEW.id, NEW.spaced);"
_SQLITE = (
    # Every character stands alone, so the tokenizer decides nothing; no folding of accents, which LIKE does not know either.
    f"""CREATE VIRTUAL TABLE {FULL_TEXT} USING fts5(
        spaced, content='{TABLE}', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    f"INSERT INTO {FULL_TEXT}({FULL_TEXT}) VALUES ('rebuild')",
    f"CREATE TRIGGER search_come AFTER INSERT ON {TABLE} BEGIN {_COME} END",
    f"CREATE TRIGGER search_gone AFTER DELETE ON {TABLE} BEGIN {_GONE} END",
    f"CREATE TRIGGER search_changed AFTER UPDATE ON {TABLE} BEGIN {_GONE} {_COME} END",
)
_SQLITE_AWAY = (
    "DROP TRIGGER IF EXISTS search_come",
    "DROP TRIGGER IF EXISTS search_gone",
    "DROP TRIGGER IF EXISTS search_changed",
    f"DROP TABLE IF EXISTS {FULL_TEXT}",
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION {PIECES}(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT array_agg(DISTINCT substr(words, at, size))
        FROM generate_series(1, length(words)) AS at, (VALUES (1), (2)) AS sizes(size) $$""",
    f"CREATE INDEX search_by_pieces ON {TABLE} USING gin ({PIECES}(words))",
)
_POSTGRESQL_AWAY = ("DROP INDEX IF EXISTS search_by_pieces", f"DROP FUNCTION IF EXISTS {PIECES}(text)")


def put(connection: BaseDatabaseWrapper) -> None:
    """Makes index and triggers, in the place of any that stand there."""
    take_away(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Takes index and triggers away; none there is no mistake."""
    _run(connection, _POSTGRESQL_AWAY if connection.vendor == "postgresql" else _SQLITE_AWAY)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forwards(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    put(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    take_away(schema_editor.connection)
