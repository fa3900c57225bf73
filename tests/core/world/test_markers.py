"""Names and numbers as markers: a test that looks for a foreign county's or town's name on a page must find no other's."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from xiangxu.model.area import AreaLevel
from xiangxu.model.unit import Unit
from xiangxu.world.county import World, county
from xiangxu.world.county.areas import LANZHOU, MOCHI, YANXI

PHONE = re.compile(r"0099-0\d{6}\Z")


@pytest.fixture(params=[2026, 0, 5, 11])
def world(request: pytest.FixtureRequest) -> World:
    """The world of several seeds."""
    return county(request.param)


def markers(world: World, units: Iterable[Unit]) -> set[str]:
    """The names, words and numbers of units and of the people in them."""
    units = list(units)
    codes = {unit.code for unit in units}
    found = {words for unit in units for words in (unit.code, unit.name, unit.short_name, *unit.aliases, unit.phone)}
    for login in {post.person for post in world.posts if post.unit in codes}:
        person = world.person(login)
        found |= {person.login, person.name, person.phone}
    return found - {""}


def own(world: World, area: str) -> set[str]:
    """The markers of everything that lies in an area, closed or not, with the names of the areas themselves."""
    level = world.area(area).level
    names = {a.name for a in world.areas if world.above(a.code, level) == world.area(area)}
    return names | markers(world, [unit for unit in world.units if world.above(unit.area, level) == world.area(area)])


def contained(first: set[str], second: set[str]) -> set[str]:
    """The words of the first that lie within a word of the second."""
    text = "\n".join(sorted(second))
    return {words for words in first if words in text}


def test_counties_share_nothing(world: World) -> None:
    """No name, code, login or number of one county lies within one of the other; nor of the prefecture's bureau."""
    first, second = own(world, YANXI), own(world, MOCHI)
    assert contained(first, second) == set()
    assert contained(second, first) == set()
    above = markers(world, [unit for unit in world.units if unit.area == LANZHOU])
    assert contained(above, first | second) | contained(first | second, above) == set()


def test_towns_share_nothing(world: World) -> None:
    """The same for any two towns of all counties."""
    towns = {area.code: own(world, area.code) for area in world.areas if area.level is AreaLevel.TOWN}
    for code, words in towns.items():
        others = set().union(*(other for town, other in towns.items() if town != code))
        assert contained(words, others) == set(), world.area(code).name


def test_schools_share_no_name(world: World) -> None:
    """No two units have a name or short name in common; no school's short name lies within another one's but a campus's."""
    names = [unit.name for unit in world.units]
    short = [unit.short_name for unit in world.units if unit.short_name]
    assert len(set(names)) == len(names)
    assert len(set(short)) == len(short)
    schools = {unit.short_name for unit in world.units if unit.school_type and not unit.code.endswith("-2")}
    for name in schools:
        assert contained({name}, schools - {name}) == set()


def test_people_are_told_apart(world: World) -> None:
    """Every person has a name, login and number of their own; logins are plain ASCII, and none lies within another."""
    for values in (
        [person.name for person in world.people],
        [person.login for person in world.people],
        [phone for holder in (*world.people, *world.units) if (phone := holder.phone)],
    ):
        assert len(set(values)) == len(values)
    logins = {person.login for person in world.people}
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", login) for login in logins)
    for login in logins:
        assert contained({login}, logins - {login}) == set()


def test_numbers_reach_nobody(world: World) -> None:
    """Every telephone number begins with the code of a country that is none."""
    assert all(PHONE.match(holder.phone) for holder in (*world.people, *world.units) if holder.phone)
