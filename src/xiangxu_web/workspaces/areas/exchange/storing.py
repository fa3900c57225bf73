"""Stores what a dry run showed: all right rows in one action, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action, values
from xiangxu_web.workspaces.areas.exchange.columns import AREAS
from xiangxu_web.workspaces.areas.exchange.comparing import Finding, State, compare, counted, digest
from xiangxu_web.workspaces.areas.exchange.reading import Book
from xiangxu_web.workspaces.areas.keeping import saved, set_aliases
from xiangxu_web.workspaces.areas.models import Area, Unit, UnitAlias
from xiangxu_web.workspaces.areas.rules import change_scope
from xiangxu_web.workspaces.areas.searching import index_units

_PLAIN = (
    "code",
    "name",
    "short_name",
    "kind",
    "school_type",
    "runner",
    "opened",
    "closed",
    "phone",
    "address",
    "longitude",
    "latitude",
)


# A database takes only so many keys in one question.
_AT_ONCE = 900


# More rows than these are stored by a job, so that nobody waits at a page that does not answer.
MOST_AT_ONCE = 2000
IMPORT_UNITS = "units.import"


class Moved(Exception):
    """What is stored has changed since the dry run was shown: it is shown again."""


def store(actor: Actor, book: Book, shown: str) -> dict[str, int]:
    """Stores the new and changed rows; ``shown`` is the fingerprint of the dry run that was confirmed.

    Wrong rows are left out, as the dry run said. Refused (``Moved``) where a row's outcome is no longer what was shown.
    """
    with action(actor, "unit.import") as record:
        # One import at a time within a county; the second then sees what the first stored.
        list(Area.objects.select_for_update().filter(path=change_scope(actor)))
        findings = compare(actor, book)
        if digest(findings) != shown:
            raise Moved(_("预览之后，有人修改了单位或区划。请重新核对下面的结果再确认。"))
        todo = [f for f in findings if f.state in (State.NEW, State.CHANGED)]
        _areas(record, [f for f in todo if f.row.sheet == AREAS])
        _units(record, [f for f in todo if f.row.sheet != AREAS])
        counts = counted(findings)
        record.noted(None, **counts)
    return counts


def _areas(record: Recorder, findings: list[Finding]) -> None:
    codes = {str(f.values[name]) for f in findings for name in ("code", "parent")}
    areas = {area.code: area for area in Area.objects.filter(code__in=codes)}
    for level in Area.Level.values:
        for found in (f for f in findings if f.values["level"] == level):
            told, old = found.values, areas.get(found.code)
            area = old or Area(code=found.code, level=level)
            before = values(area)
            parent = areas[str(told["parent"])]
            area.name, area.settlement, area.parent = told["name"], told["settlement"], parent
            area.path = f"{parent.path}{area.code}/"
            if old is not None:
                _move_areas(before["path"], area.path, areas)
            area.save()
            areas[area.code] = area
            if old is None:
                record.made(area)
            else:
                record.changed(area, before)


def _move_areas(before: str, after: str, held: Mapping[str, Area]) -> None:
    """What lies below an area moves along with it."""
    if before == after:
        return
    for area in Area.objects.filter(path__startswith=before).exclude(path=before):
        area.path = after + area.path[len(before) :]
        area.save(update_fields=["path"])
        if area.code in held:
            held[area.code].path = area.path


def _units(record: Recorder, findings: list[Finding]) -> None:
    areas = {area.code: area for area in Area.objects.filter(code__in={str(f.values["area"]) for f in findings})}
    _new_units(record, [f for f in findings if f.state is State.NEW], areas)
    changed = {f.code: f for f in findings if f.state is State.CHANGED}
    for code in _downwards(changed.values()):
        # Read one by one: a unit above that moved has moved this one along.
        unit = Unit.objects.get(code=code)
        told = changed[code].values
        before = values(unit)
        for name in _PLAIN:
            setattr(unit, name, told[name])
        unit.area = areas[str(told["area"])]
        # A superior that the importer does not see was not told either, and stays.
        if told["parent"] or changed[code].moves:
            unit.parent = Unit.objects.get(code=told["parent"]) if told["parent"] else None
        unit.path = (unit.parent.path if unit.parent else "") + f"{unit.pk}/"
        set_aliases(record, unit, told["aliases"])
        saved(record, unit, before)


def _new_units(record: Recorder, findings: list[Finding], areas: Mapping[str, Area]) -> None:
    """Level by level, for a path holds the keys of the units above."""
    left = {f.code: f for f in findings}
    known = {unit.code: unit for unit in Unit.objects.filter(code__in={str(f.values["parent"]) for f in findings} - set(left))}
    while left:
        ready = [f for f in left.values() if str(f.values["parent"]) not in left]
        units = [_made(f, areas, known.get(str(f.values["parent"]))) for f in ready]
        units = Unit.objects.bulk_create(units)
        above: dict[str, list[int]] = {}
        for unit in units:
            start = unit.parent.path if unit.parent else ""
            above.setdefault(start, []).append(unit.pk)
            unit.path = f"{start}{unit.pk}/"
            known[unit.code] = unit
            record.made(unit)
        # All under one superior at once: a thousand schools one by one take as long as everything else together.
        for start, keys in above.items():
            path = Concat(Value(start), Cast("pk", CharField()), Value("/"))
            for n in range(0, len(keys), _AT_ONCE):
                Unit.objects.filter(pk__in=keys[n : n + _AT_ONCE]).update(path=path)
        for alias in UnitAlias.objects.bulk_create(
            UnitAlias(unit=known[f.code], words=words) for f in ready for words in f.values["aliases"]
        ):
            record.made(alias)
        index_units(units)
        for found in ready:
            del left[found.code]


def _made(found: Finding, areas: Mapping[str, Area], parent: Unit | None) -> Unit:
    told: Mapping[str, Any] = found.values
    return Unit(**{name: told[name] for name in _PLAIN}, area=areas[str(told["area"])], parent=parent)


def _downwards(findings: Iterable[Finding]) -> list[str]:
    """Changed units, each after the ones above it that change too."""
    parents = {f.code: str(f.values["parent"]) for f in findings}

    def depth(code: str) -> int:
        return 1 + depth(parents[code]) if code in parents else 0

    return sorted(parents, key=depth)


def told(counts: Mapping[str, int]) -> str:
    """What an import did, in a sentence."""
    return _("导入完成：新增 %(new)s 行，修改 %(changed)s 行，未变 %(unchanged)s 行，未导入 %(wrong)s 行。") % counts
