"""An upgrade keeps every row, from the tables of a version that was given away; and what was given away is not rewritten."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.web.operation.site import ROOT, Site, Sites

MIGRATIONS = ROOT / "src/xiangxu_web/migrations"
_MIGRATE = "from django.core.management import call_command; call_command('migrate', *{}, verbosity=0)"
# Two rows in every table of that state, made from the fields as they were then; then every row as it stands.
_LOAD = """
import datetime, json, uuid
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
loader = MigrationLoader(connection)
state = loader.project_state([key for key in loader.applied_migrations if key[0] == "xiangxu_web"])
made = {}
def value(field, n):
    if field.is_relation:
        return make(field.related_model, n)
    if field.choices:
        return field.choices[0][0]
    kinds = {
        models.UUIDField: uuid.UUID(int=n), models.DateTimeField: datetime.datetime(2026, 11, n, tzinfo=datetime.UTC),
        models.DateField: datetime.date(2026, 11, n), models.BooleanField: bool(n % 2), models.JSONField: {"旧": n},
        models.IntegerField: n, models.FloatField: n + 0.5, models.DecimalField: n,
    }
    found = next((v for kind, v in kinds.items() if isinstance(field, kind)), None)
    return f"旧值{n}"[: field.max_length] if found is None else found
def make(model, n):
    if (model._meta.label, n) not in made:
        made[model._meta.label, n] = None
        fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
        given = {f.name: value(f, n) for f in fields if not (f.is_relation and f.null)}
        made[model._meta.label, n] = model._base_manager.create(**given)
    return made[model._meta.label, n]
for model in state.apps.get_app_config("xiangxu_web").get_models():
    for n in (1, 2):
        make(model, n)
"""
_ROWS = """
import json
from django.db import connection
found = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names():
        if table.startswith("xiangxu_web_") and not table.endswith("_cache"):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            names = [c[0] for c in cursor.description]
            found[table] = [{n: str(v) for n, v in zip(names, row)} for row in cursor.fetchall()]
print(json.dumps(found))
"""


class Release(NamedTuple):
    """A version that was given away: its last migration, and the fingerprint of all migrations up to that one."""

    number: str
    last: str
    fingerprint: str


def releases() -> list[Release]:
    """Those of ``released.txt``, oldest first."""
    lines = (Path(__file__).parent / "released.txt").read_text().splitlines()
    return [Release(*line.split()) for line in lines if line and not line.startswith("#")]


def to_upgrade() -> Release:
    """The last one whose tables are not today's."""
    newest = max(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))
    return [each for each in releases() if each.last != newest][-1]


def fingerprint(last: str) -> str:
    """Of the migrations from the first to ``last``, as their files stand today."""
    files = sorted(path for path in MIGRATIONS.glob("[0-9]*.py") if path.stem <= last)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def rows(site: Site) -> dict[str, list[dict[str, str]]]:
    """Every row of our tables."""
    return json.loads(site.python(_ROWS))  # type: ignore[no-any-return]


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.number)
def test_the_migrations_of_a_release_are_never_rewritten(release: Release) -> None:
    """Whoever runs that version has these tables: a change comes as another migration behind them."""
    assert fingerprint(release.last) == release.fingerprint, f"put back src/xiangxu_web/migrations as v{release.number} has them"


@pytest.mark.slow
def test_an_upgrade_from_the_last_release_keeps_every_row(sites: Sites) -> None:
    """Rows in every table of the old state; after ``site prepare`` each is there with the values it had, and a backup lies beside it."""
    site = sites.empty()
    site.more = {"XIANGXU_SECRET": "x" * 40}
    site.home.mkdir()
    site.python(_MIGRATE.format(["xiangxu_web", to_upgrade().last]))
    site.python(_LOAD)
    before = rows(site)
    assert all(len(table) >= 2 for name, table in before.items() if "_schoolchange_" not in name), before.keys()
    said = site.run("site", "prepare")
    assert "升级前已备份到" in said
    after = rows(site)
    for table, old in before.items():
        # What the upgrade itself writes (its own row in the audit) may come beside them.
        now = {next(iter(row.values())): row for row in after[table]}
        for was in old:
            row = now[next(iter(was.values()))]
            assert was == {name: row.get(name, "the column is gone") for name in was}, table
