"""Drafts of schools and kindergartens become units: with code, village, place, telephone and address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from random import Random

from xiangxu.model.area import Area, AreaLevel
from xiangxu.model.unit import Runner, SchoolType, Unit, UnitKind
from xiangxu.world.county.kindergartens import Garden
from xiangxu.world.county.offices import Seat, code, town_office
from xiangxu.world.county.places import Point, address, beside, phones
from xiangxu.world.county.schools import CATEGORY, Draft

# A school stands this near to the middle of its village, kilometres.
_NEAR = (0.05, 0.4)


class Placing:
    """Places the schools of one county: what is taken is not given twice."""

    def __init__(self, seat: Seat, areas: tuple[Area, ...], places: Mapping[str, Point], phone: int, rng: Random) -> None:
        self._seat, self._places, self._rng = seat, places, rng
        self._areas = {area.code: area for area in areas}
        self._towns = {town.name: town.code(seat.county) for town in seat.towns}
        self._villages = {
            town: [area for area in areas if area.parent == town and area.level is AreaLevel.VILLAGE]
            for town in self._towns.values()
        }
        # The villages where nobody has a school yet; the seat, the first one, stays free for the schools of the town.
        self._free = {town: villages[1:] for town, villages in self._villages.items()}
        self._phones = phones(phone)

    def offices(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Those of the units that are the county's, each with telephone and address; towns' units at the town's seat."""
        for unit in units:
            if unit.area[:6] == self._seat.county[:6]:
                town = unit.area if unit.area in self._villages else next(iter(self._villages))
                yield self._equipped(unit, self._villages[town][0].code)

    def schools(self, drafts: Iterable[Draft]) -> dict[str, Unit]:
        """The schools by key, each campus after its school under the key of the school and `+`."""
        found: dict[str, Unit] = {}
        for number, draft in enumerate(drafts, start=1):
            unit = self._school(draft, number, found)
            found[draft.key] = unit
            if draft.campus:
                found[f"{draft.key}+"] = self._campus(unit, draft.campus)
        return found

    def gardens(self, gardens: Iterable[Garden], brands: Iterable[str]) -> tuple[Unit, ...]:
        """The kindergartens; a public one is named after its village, a private one has a brand."""
        brand, free = iter(brands), {town: villages[1:] for town, villages in self._villages.items()}
        return tuple(self._garden(garden, number, brand, free) for number, garden in enumerate(gardens, start=1))

    def _school(self, draft: Draft, number: int, known: Mapping[str, Unit]) -> Unit:
        town = self._towns[draft.town]
        if draft.at:
            village = self._areas[known[draft.at].area]
        else:
            village = (
                self._free[town].pop(self._rng.randrange(len(self._free[town]))) if draft.own_village else self._seat_of(town)
            )
        name = draft.name.format(village.name[:2])
        point = draft.type is SchoolType.TEACHING_POINT
        return self._equipped(
            Unit(
                f"{CATEGORY[draft.type]}99{self._seat.county[3:6]}{number:03d}",
                f"{self._seat.name}{draft.town if draft.own_village else ''}{name}",
                UnitKind.TEACHING_POINT if point else UnitKind.SCHOOL,
                village.code,
                self._above(draft.under, town, known),
                short_name=draft.short or name,
                school_type=draft.type,
                runner=Runner.PUBLIC,
                opened=draft.opened or self._long_ago(1951, 1998),
                closed=draft.closed,
            ),
            village.code,
        )

    def _seat_of(self, town: str) -> Area:
        """Where a town's own schools stand: at its seat; in a street, in any of its communities."""
        villages = self._villages[town]
        return self._rng.choice(villages) if self._areas[town].name.endswith("街道") else villages[0]

    def _above(self, under: str, town: str, known: Mapping[str, Unit]) -> str:
        if under == "bureau":
            return code(self._seat.county, "edu-bureau")
        return known[under].code if under else town_office(town)

    def _campus(self, school: Unit, name: str) -> Unit:
        """A second campus shares its school's code, with a digit behind it, and its head."""
        campus = replace(
            school,
            code=f"{school.code}-2",
            name=f"{school.name}{name}",
            short_name=f"{school.short_name}{name}",
            kind=UnitKind.CAMPUS,
            parent=school.code,
            opened=date(2019, 9, 1) if school.opened and school.opened < date(2019, 9, 1) else school.opened,
        )
        return self._equipped(campus, school.area)

    def _garden(self, garden: Garden, number: int, brands: Iterator[str], free: dict[str, list[Area]]) -> Unit:
        town = self._towns[garden.town]
        if "{village}" in garden.name:
            village = free[town].pop(self._rng.randrange(len(free[town])))
        elif "{brand}" in garden.name:
            village = self._rng.choice(self._villages[town])
        else:
            village = self._villages[town][0]
        brand = next(brands) if "{brand}" in garden.name else ""
        name = garden.name.format(village=village.name[:2], brand=brand)
        of_town = garden.town if "{" in garden.name else ""
        return self._equipped(
            Unit(
                f"{CATEGORY[SchoolType.KINDERGARTEN]}99{self._seat.county[3:6]}{number:03d}",
                f"{self._seat.name}{of_town}{name}",
                UnitKind.KINDERGARTEN,
                village.code,
                code(self._seat.county, "edu-bureau") if garden.direct else town_office(town),
                short_name=name,
                school_type=SchoolType.KINDERGARTEN,
                runner=garden.runner,
                opened=garden.opened or self._long_ago(1984, 2019),
                closed=garden.closed,
            ),
            village.code,
        )

    def _equipped(self, unit: Unit, village: str) -> Unit:
        return replace(
            unit,
            phone=next(self._phones),
            address=address(village, self._areas, self._rng),
            place=beside(self._places[village], self._rng, *_NEAR),
        )

    def _long_ago(self, first: int, last: int) -> date:
        return date(self._rng.randint(first, last), 9, 1)
