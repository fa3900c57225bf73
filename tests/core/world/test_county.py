"""The invented county: its tree, its units, its schools and what happened to them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from math import cos, hypot, radians
from time import process_time

import pytest

from xiangxu.model.area import AreaLevel, Settlement
from xiangxu.model.unit import Runner, SchoolType, UnitKind
from xiangxu.world.county import World, county
from xiangxu.world.county.areas import LANZHOU, MOCHI, YANXI
from xiangxu.world.county.world import existed

WORLD = county()
# What the rules of real identity codes allow; 99 is no province.
SCHOOL_CODE = re.compile(r"(?:11|21|31|34|36|51)99\d{6}\Z")


@pytest.fixture(params=[2026, 0, 1, 7, 20])
def world(request: pytest.FixtureRequest) -> World:
    """The world of several seeds."""
    return county(request.param)


def test_same_seed_same_world() -> None:
    """The same seed gives the same world; another one other villages, but the same codes, history and cast."""
    assert county() == WORLD
    other = county(1)
    assert other.areas != WORLD.areas
    assert {unit.code for unit in other.units} == {unit.code for unit in WORLD.units}
    assert [(c.day, c.kind) for c in other.changes] == [(c.day, c.kind) for c in WORLD.changes]
    assert {word: login for word, (login, _) in other.cast.items()} == {word: login for word, (login, _) in WORLD.cast.items()}


def test_made_in_half_a_second() -> None:
    """The whole world is made in less than half a second, so that every test may make its own."""
    began = process_time()
    county(3)
    assert process_time() - began < 0.5


def test_tree(world: World) -> None:
    """Both counties lie in one prefecture; thirteen and three towns; five to twelve villages a town, of which schools can be rural."""
    towns = [area for area in world.areas if area.level is AreaLevel.TOWN]
    assert Counter(area.parent for area in towns) == {YANXI: 13, MOCHI: 3}
    assert world.area(YANXI).parent == world.area(MOCHI).parent == LANZHOU
    for town in towns:
        villages = [area for area in world.areas if area.parent == town.code]
        assert 5 <= len(villages) <= 12 or town.parent == MOCHI
        assert all(village.settlement for village in villages)
    assert {area.settlement for area in world.areas} >= {Settlement.CITY_CORE, Settlement.TOWN_CORE, Settlement.VILLAGE}
    codes = [area.code for area in world.areas]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("99") for code in codes[1:])


def test_counts(world: World) -> None:
    """60 schools with teaching points and 79 kindergartens on the demo's day; 8 and 6 in the small county."""
    schools, gardens = world.schools(YANXI), world.kindergartens(YANXI)
    assert len(schools) == 60
    assert Counter(unit.school_type for unit in schools) == {
        SchoolType.PRIMARY: 32,
        SchoolType.TEACHING_POINT: 9,
        SchoolType.JUNIOR: 8,
        SchoolType.NINE_YEAR: 7,
        SchoolType.SENIOR: 2,
        SchoolType.SPECIAL: 1,
        SchoolType.VOCATIONAL: 1,
    }
    assert Counter(unit.runner for unit in gardens) == {
        Runner.PUBLIC: 30,
        Runner.COLLECTIVE: 14,
        Runner.PRIVATE_INCLUSIVE: 23,
        Runner.PRIVATE: 12,
    }
    assert (len(world.schools(MOCHI)), len(world.kindergartens(MOCHI))) == (8, 6)


def test_units_hang_together(world: World) -> None:
    """Every unit lies in a known area and answers to a known unit; codes are unique, those of schools have ten digits."""
    codes = [unit.code for unit in world.units]
    assert len(set(codes)) == len(codes)
    for unit in world.units:
        assert world.area(unit.area).code == unit.area
        assert unit.parent is None or world.unit(unit.parent).area[:6] == unit.area[:6]
        assert bool(unit.phone) == (unit.kind is not UnitKind.CLUSTER)
        if unit.school_type is not None:
            assert SCHOOL_CODE.match(unit.code.removesuffix("-2"))
            assert None not in (unit.opened, unit.runner, unit.place)
            assert unit.address
            assert world.area(unit.area).level is AreaLevel.VILLAGE
    kinds = Counter(unit.kind for unit in world.units_in(YANXI))
    assert (kinds[UnitKind.TOWN], kinds[UnitKind.EDUCATION_OFFICE], kinds[UnitKind.CLUSTER]) == (13, 13, 9)
    assert (kinds[UnitKind.OFFICE], kinds[UnitKind.CAMPUS]) == (12, 3)


def test_points_and_campuses_belong_to_schools(world: World) -> None:
    """A teaching point or second campus answers to a school of its town that was there as long."""
    for unit in world.units:
        if unit.kind in (UnitKind.TEACHING_POINT, UnitKind.CAMPUS):
            above = world.unit(unit.parent or "")
            assert above.kind is UnitKind.SCHOOL
            assert world.above(above.area, AreaLevel.TOWN) == world.above(unit.area, AreaLevel.TOWN)
            assert unit.closed is not None or above.closed is None


def test_changes_agree_with_units(world: World) -> None:
    """A unit that a change ends is closed on that day, one that it makes is opened on it; nothing else closed."""
    ended, begun = {}, {}
    for change in world.changes:
        assert date(2021, 1, 1) <= change.day <= world.today
        ended |= {code: change.day for code in change.before if code not in change.after}
        begun |= {code: change.day for code in change.after if code not in change.before}
    assert ended == {unit.code: unit.closed for unit in world.units if unit.closed and unit.kind is not UnitKind.CAMPUS}
    assert all(world.unit(code).opened == day for code, day in begun.items())
    kinds = Counter(change.kind for change in world.changes)
    assert (kinds["split"], kinds["type-changed"], kinds["merged"]) == (1, 1, 4)
    shrunk = next(change for change in world.changes if change.kind == "type-changed")
    before, after = world.unit(shrunk.before[0]), world.unit(shrunk.after[0])
    assert (before.school_type, after.school_type) == (SchoolType.PRIMARY, SchoolType.TEACHING_POINT)
    assert before.area == after.area


def test_clusters_hold_every_rural_school(world: World) -> None:
    """Nine clusters, each led by a school of a street; every rural school but the senior one is in exactly one."""
    rural = {unit.code for unit in world.rural_schools(YANXI) if unit.school_type is not SchoolType.SENIOR}
    assert Counter(code for schools in world.clusters.values() for code in schools[1:]) == Counter(rural)
    for cluster, schools in world.clusters.items():
        assert world.unit(cluster).kind is UnitKind.CLUSTER
        assert world.in_street(world.unit(schools[0]))
        assert all(existed(world.unit(code), world.today) for code in schools)


def test_places_are_near_and_at_sea(world: World) -> None:
    """Schools stand within five kilometres of their town, the counties apart from each other, in water where nobody lives."""
    for unit in world.units:
        if unit.place is None:
            continue
        east, north = unit.place
        assert 122.7 < east < 123.8
        assert 34.9 < north < 35.5
        assert (east < 123.38) == (unit.area[:6] == YANXI[:6])
        town = world.above(unit.area, AreaLevel.TOWN)
        if town and unit.school_type:
            middle = world.places[town.code]
            away = hypot((east - middle[0]) * cos(radians(north)), north - middle[1]) * 110.9
            assert away < 5


def test_look_ups() -> None:
    """Units are found by code, by the words of documents, by area and day; what is not known is not guessed."""
    bureau = WORLD.called("教体局", YANXI)
    assert bureau is not None
    assert bureau.name == "砚溪县教育和体育局"
    assert WORLD.called("县教体局", MOCHI) is None
    assert WORLD.called("某局", YANXI) is None
    assert len(WORLD.under(bureau.code)) > 20
    early = {unit.code for unit in WORLD.schools(YANXI, date(2021, 1, 1))}
    assert len(early - {unit.code for unit in WORLD.schools(YANXI)}) == 15
    with pytest.raises(KeyError):
        WORLD.unit("0000000000")
