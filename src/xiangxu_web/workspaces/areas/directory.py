"""A place's units in the words of documents: the importer's directory, filled with the units that the place really has."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from xiangxu.importer.departments import UnitDirectory
from xiangxu_web.workspaces.areas.existence import units_of_county
from xiangxu_web.workspaces.areas.models import Area, Unit

# Whom a plan names as responsible. Schools are asked about by name only.
_NAMED_IN_PLANS = (Unit.Kind.GOVERNMENT, Unit.Kind.BUREAU, Unit.Kind.DEPARTMENT, Unit.Kind.OFFICE, Unit.Kind.TOWN)
# All towns, as the directory writes a group of them: 各乡镇, 各镇街道.
_ALL_TOWNS = re.compile("各?(?:乡|镇|街道|街)+区?")


@dataclass(frozen=True)
class PlaceUnits:
    """The units of one place and its directory. ``directory`` can take the place of one made from a document's own words."""

    place: str
    directory: UnitDirectory
    units: tuple[Unit, ...]

    @cached_property
    def _called(self) -> dict[str, set[Unit]]:
        called: dict[str, set[Unit]] = defaultdict(set)
        for unit in self.units:
            for words in {unit.name, unit.short_name, *(alias.words for alias in unit.aliases.all())} - {""}:
                called[words].add(unit)
                full = self.directory.resolve(words)
                if full is not None and unit.kind in _NAMED_IN_PLANS:
                    called[full].add(unit)
        return called

    def unit(self, words: str) -> Unit | None:
        """The unit that a document means by these words: by name, short name or alias, else by what the directory makes of them.

        None: no unit is called so, or several are; a person decides.
        """
        for name in (words, self.directory.resolve(words)):
            found = self._called.get(name or "", set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def meant(self, words: str) -> tuple[Unit, ...]:
        """All units that a document means: the one of these words, or every town's government for 各乡镇, streets only where named.

        Empty: a person decides.
        """
        one = self.unit(words)
        if one is not None:
            return (one,)
        group = self.directory.resolve(words) or ""
        if not _ALL_TOWNS.fullmatch(group):
            return ()
        towns = (unit for unit in self.units if unit.kind == Unit.Kind.TOWN)
        return tuple(unit for unit in towns if ("街" if "街道" in unit.name else "镇") in group.replace("乡", "镇"))


def directory(county: Area) -> PlaceUnits:
    """The units of a county that exist, and the directory of their names, for reading a document of that county.

    Every name and alias that the office keeps counts as said by a document: what is 教体局 here is one department, not two.
    """
    units = tuple(units_of_county(county))
    mentions = [
        words
        for unit in units
        if unit.kind in _NAMED_IN_PLANS
        for words in (unit.name, unit.short_name, *(alias.words for alias in unit.aliases.all()))
        if words
    ]
    return PlaceUnits(county.name, UnitDirectory.of_document("", county.name, county.level, mentions), units)
