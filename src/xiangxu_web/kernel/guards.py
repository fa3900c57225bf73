"""Guards in the database itself: rows that cannot be changed or taken away, whatever a program or a person at the database does.

For a migration: ``RunPython(GUARDS.forwards, GUARDS.backwards)``. SQLite makes a table anew when a migration alters it, and its triggers
are lost: a migration that touches the table puts them again, and a test looks after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """One trigger: what it refuses (``UPDATE``, ``DELETE``, ``UPDATE OF columns``), and of which rows (a condition on ``OLD``)."""

    name: str
    refused: str
    when: str = ""


@dataclass(frozen=True)
class Guards:
    """The guards of one table; ``words`` is what whoever tries it is told, ``function`` what PostgreSQL calls the refusal."""

    table: str
    words: str
    function: str
    guards: tuple[Guard, ...]

    def put(self, connection: BaseDatabaseWrapper) -> None:
        """Puts the guards, in the place of any that stand there."""
        self.take_away(connection)
        with connection.cursor() as cursor:
            for statement in self._postgresql() if connection.vendor == "postgresql" else self._sqlite():
                cursor.execute(statement)

    def take_away(self, connection: BaseDatabaseWrapper) -> None:
        """Takes the guards away; none there is no mistake."""
        on_table = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for guard in self.guards:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")

    def in_place(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether all guards stand."""
        asked = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(asked, [self.table])
            return {name for (name,) in cursor.fetchall()} >= {guard.name for guard in self.guards}

    def forwards(self, apps: Any, schema_editor: Any) -> None:
        """For ``RunPython``."""
        self.put(schema_editor.connection)

    def backwards(self, apps: Any, schema_editor: Any) -> None:
        """For ``RunPython``."""
        self.take_away(schema_editor.connection)

    def _sqlite(self) -> Iterator[str]:
        for guard in self.guards:
            when = f" WHEN {guard.when}" if guard.when else ""
            refusal = f"SELECT RAISE(ABORT, '{self.words}')"
            yield f"CREATE TRIGGER {guard.name} BEFORE {guard.refused} ON {self.table}{when} BEGIN {refusal}; END"

    def _postgresql(self) -> Iterator[str]:
        yield f"""CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{self.words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
        for guard in self.guards:
            when = f" WHEN ({guard.when})" if guard.when else ""
            yield f"""CREATE TRIGGER {guard.name} BEFORE {guard.refused} ON {self.table} FOR EACH ROW{when}
                EXECUTE FUNCTION {self.function}()"""
