"""A guard in the database itself: an issued bulletin cannot be changed or taken away, whatever a program or a person at the database does.

For a migration (``RunPython(forwards, backwards)``). SQLite makes a table anew when a migration alters it, and its triggers are lost: a
migration that touches the table puts them again, and a test looks after it.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "xiangxu_web_bulletin"
NAMES = ("bulletin_fixed", "bulletin_kept")
WORDS = "已印发的通报不能修改或删除，更正请另发一版"

_SQLITE = (
    f"CREATE TRIGGER bulletin_fixed BEFORE UPDATE ON {TABLE} WHEN OLD.issued IS NOT NULL BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER bulletin_kept BEFORE DELETE ON {TABLE} WHEN OLD.issued IS NOT NULL BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION bulletin_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER bulletin_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.issued IS NOT NULL)
        EXECUTE FUNCTION bulletin_refuse()""",
    f"""CREATE TRIGGER bulletin_kept BEFORE DELETE ON {TABLE} FOR EACH ROW WHEN (OLD.issued IS NOT NULL)
        EXECUTE FUNCTION bulletin_refuse()""",
)


def put(connection: BaseDatabaseWrapper) -> None:
    """Puts the guards, in the place of any that stand there."""
    take_away(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Takes the guards away; none there is no mistake."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def forwards(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    put(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    take_away(schema_editor.connection)
