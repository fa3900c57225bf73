"""Guards in the database itself: a sealed row cannot be changed, what a row says can never be changed, no row can be taken away.

``put`` and ``take_away`` are for a migration (``RunPython(triggers.forwards, triggers.backwards)``). SQLite makes a table anew when a
migration alters it, and its triggers are lost: a migration that touches the table puts them again, and a test looks after it.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from xiangxu_web.kernel.audit.chain import CONTENT

TABLE = "xiangxu_web_auditrow"
NAMES = ("audit_sealed", "audit_content", "audit_kept")
WORDS = "审计记录只能增加，不能修改或删除"
_COLUMNS = ", ".join(f'"{name}"' for name in CONTENT)

_SQLITE = (
    f"""CREATE TRIGGER audit_sealed BEFORE UPDATE ON {TABLE} WHEN OLD.position IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"CREATE TRIGGER audit_content BEFORE UPDATE OF {_COLUMNS} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER audit_kept BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER audit_sealed BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.position IS NOT NULL)
        EXECUTE FUNCTION audit_refuse()""",
    f"CREATE TRIGGER audit_content BEFORE UPDATE OF {_COLUMNS} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_kept BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
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


def in_place(connection: BaseDatabaseWrapper) -> bool:
    """Whether all guards stand."""
    asked = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [TABLE])
        return {name for (name,) in cursor.fetchall()} >= set(NAMES)


def forwards(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    put(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    """For ``RunPython``."""
    take_away(schema_editor.connection)
