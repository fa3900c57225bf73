"""The invented world as a whole, with the look-ups that a demo, a test or an import asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from xiangxu.model.area import Area, AreaLevel
from xiangxu.model.unit import Person, Post, Role, SchoolChange, SchoolType, Unit, UnitKind

SCHOOL_KINDS = frozenset({UnitKind.SCHOOL, UnitKind.TEACHING_POINT})


@dataclass(frozen=True)
class World:
    """Two invented counties of one prefecture as they stand on `today`, with what happened to their schools before.

    `clusters`: cluster → its schools, the leading one first. `places`: the middle of each town and village, longitude and latitude.
    `cast`: role word → login and post, for tests and demo. Counts of pupils and teachers are no part of it: they come by year and
    form, in modules of their own beside this one, made from the units here.
    """

    seed: int
    today: date
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    changes: tuple[SchoolChange, ...]
    clusters: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[float, float]]
    cast: Mapping[str, tuple[str, Post]] = field(default_factory=dict)

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {person.login: person for person in self.people}

    @cached_property
    def _lines(self) -> dict[str, tuple[Area, ...]]:
        """Of every area the areas above it and itself, highest first."""
        lines: dict[str, tuple[Area, ...]] = {}
        for area in self.areas:
            lines[area.code] = (*(lines[area.parent] if area.parent else ()), area)
        return lines

    @cached_property
    def _children(self) -> dict[str | None, tuple[Unit, ...]]:
        children: dict[str | None, list[Unit]] = defaultdict(list)
        for unit in self.units:
            children[unit.parent].append(unit)
        return {parent: tuple(units) for parent, units in children.items()}

    def area(self, code: str) -> Area:
        """The area of a code; KeyError where there is none."""
        return self._areas[code]

    def unit(self, code: str) -> Unit:
        """The unit of a code; KeyError where there is none."""
        return self._units[code]

    def person(self, login: str) -> Person:
        """The person of a login name; KeyError where there is none."""
        return self._people[login]

    def line(self, code: str) -> tuple[Area, ...]:
        """The areas above an area and itself, the nation first."""
        return self._lines[code]

    def above(self, code: str, level: AreaLevel) -> Area | None:
        """The area of a level to which an area belongs; None where it lies above that level."""
        return next((area for area in self._lines[code] if area.level is level), None)

    def units_in(self, area: str, on: date | None = None) -> tuple[Unit, ...]:
        """The units of an area and of all areas below it, that existed on a day (by default: today)."""
        known = self._areas[area]
        return tuple(unit for unit in self.units if known in self._lines[unit.area] and existed(unit, on or self.today))

    def under(self, unit: str) -> tuple[Unit, ...]:
        """The units that answer to a unit directly: a bureau's offices and schools, a school's campuses and points; closed ones too."""
        return self._children.get(unit, ())

    def schools(self, area: str, on: date | None = None) -> tuple[Unit, ...]:
        """Schools and teaching points of an area on a day; a second campus belongs to its school and is not counted."""
        return tuple(unit for unit in self.units_in(area, on) if unit.kind in SCHOOL_KINDS)

    def kindergartens(self, area: str, on: date | None = None) -> tuple[Unit, ...]:
        """Kindergartens of an area on a day, whoever runs them."""
        return tuple(unit for unit in self.units_in(area, on) if unit.kind is UnitKind.KINDERGARTEN)

    def rural_schools(self, county: str, on: date | None = None) -> tuple[Unit, ...]:
        """The schools that the county's plan calls rural (乡村中小学): those of towns and townships, not of streets; teaching points
        among them, special and vocational schools not."""
        left_out = {SchoolType.SPECIAL, SchoolType.VOCATIONAL}
        return tuple(u for u in self.schools(county, on) if u.school_type not in left_out and not self.in_street(u))

    def rural_kindergartens(self, county: str, on: date | None = None) -> tuple[Unit, ...]:
        """The kindergartens of towns and townships (乡村幼儿园), not of streets."""
        return tuple(unit for unit in self.kindergartens(county, on) if not self.in_street(unit))

    def in_street(self, unit: Unit) -> bool:
        """Whether a unit lies in a street (街道), the county's urban part."""
        town = self.above(unit.area, AreaLevel.TOWN)
        return town is not None and town.name.endswith("街道")

    def posts_of(self, login: str, on: date | None = None) -> tuple[Post, ...]:
        """The posts that a person holds on a day (by default: today)."""
        return tuple(post for post in self.posts if post.person == login and held(post, on or self.today))

    def holders(self, unit: str, role: Role | None = None, on: date | None = None) -> tuple[Person, ...]:
        """Who holds a post in a unit on a day, of one role or of any."""
        day = on or self.today
        return tuple(
            self._people[post.person]
            for post in self.posts
            if post.unit == unit and role in (None, post.role) and held(post, day)
        )

    def called(self, words: str, area: str) -> Unit | None:
        """The unit of an area that documents call so: by its name, short name or an alias. None: no such unit, or several."""
        found = [unit for unit in self.units_in(area) if words in (unit.name, unit.short_name, *unit.aliases)]
        return found[0] if len(found) == 1 else None


def existed(unit: Unit, on: date) -> bool:
    """Whether a unit was there on a day: opened by then (or nobody knows when), and not yet closed."""
    return (unit.opened is None or unit.opened <= on) and (unit.closed is None or on < unit.closed)


def held(post: Post, on: date) -> bool:
    """Whether a post was held on a day."""
    return (post.starts is None or post.starts <= on) and (post.ends is None or on < post.ends)
