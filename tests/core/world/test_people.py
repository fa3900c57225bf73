"""People and posts of the invented county, and the cast that other tests play with."""

from __future__ import annotations

from collections import Counter

import pytest

from xiangxu.model.unit import Role, UnitKind
from xiangxu.world.county import World, county
from xiangxu.world.county.areas import MOCHI, YANXI
from xiangxu.world.county.world import SCHOOL_KINDS, existed, held

WORLD = county()


@pytest.fixture(params=[2026, 4])
def world(request: pytest.FixtureRequest) -> World:
    """The world of two seeds."""
    return county(request.param)


def test_posts_are_of_known_people_and_units(world: World) -> None:
    """Every post has its person and unit, begins before it ends, and lasts no longer than its unit."""
    for post in world.posts:
        unit = world.unit(post.unit)
        assert world.person(post.person).login == post.person
        assert post.title
        assert post.starts is not None
        assert post.ends is None or post.starts < post.ends
        assert post.starts <= world.today
        assert post.ends == unit.closed
        assert unit.opened is None or unit.opened <= post.starts


def test_one_head_each(world: World) -> None:
    """Every school, point and kindergarten of 砚溪县 has one head today; a closed one had one."""
    heads = Counter(post.unit for post in world.posts if post.role is Role.SCHOOL)
    for unit in world.units:
        if unit.area[:6] == YANXI[:6] and unit.kind in {*SCHOOL_KINDS, UnitKind.KINDERGARTEN}:
            assert heads[unit.code] == 1, unit.name
            assert len(world.holders(unit.code, Role.SCHOOL)) == existed(unit, world.today)


def test_every_office_is_manned(world: World) -> None:
    """Somebody can be asked in every department, 科室, town and education office."""
    roles = {
        UnitKind.DEPARTMENT: Role.LEAD_DEPARTMENT,
        UnitKind.OFFICE: Role.OFFICE,
        UnitKind.TOWN: Role.TOWN,
        UnitKind.EDUCATION_OFFICE: Role.EDUCATION_OFFICE,
    }
    for unit in world.units_in(YANXI):
        if unit.kind in roles:
            assert 1 <= len(world.holders(unit.code, roles[unit.kind])) <= 2, unit.name


def test_bureau(world: World) -> None:
    """The bureau has leaders, three clerks and three administrators who are three different persons."""
    bureau = world.called("教体局", YANXI)
    assert bureau is not None
    counts = Counter(post.role for post in world.posts if post.unit == bureau.code and held(post, world.today))
    assert counts[Role.LEADER] == counts[Role.CLERK] == 3
    admins = [world.cast[word][0] for word in ("system-admin", "audit-admin", "security-admin")]
    assert len(set(admins)) == 3
    assert all(len(world.posts_of(login)) == 1 for login in admins)


def test_inspectors(world: World) -> None:
    """Nine inspectors, of whom six are serving heads."""
    inspectors = {post.person for post in world.posts if post.role is Role.INSPECTOR}
    assert len(inspectors) == 9
    heads = {post.person for post in world.posts if post.role is Role.SCHOOL}
    assert len(inspectors & heads) == 6


def test_cast(world: World) -> None:
    """Every member holds the post today, in the county that the word says."""
    for word, (login, post) in world.cast.items():
        assert post in world.posts_of(login), word
        assert (world.unit(post.unit).area[:6] == MOCHI[:6]) == word.startswith("other-")
    assert {post.role for _, post in world.cast.values()} == set(Role)


def test_cast_has_several_posts() -> None:
    """The headteacher leads a village school and its teaching point; the inspector is a head; so is he who leads a 中心校."""
    head = WORLD.posts_of(WORLD.cast["headteacher"][0])
    kinds = [WORLD.unit(post.unit).kind for post in head]
    assert kinds == [UnitKind.SCHOOL, UnitKind.TEACHING_POINT]
    assert WORLD.unit(head[1].unit).parent == head[0].unit
    assert {post.role for post in WORLD.posts_of(WORLD.cast["inspector"][0])} == {Role.INSPECTOR, Role.SCHOOL}
    centres = [unit for unit in WORLD.units if unit.name.endswith("中心校")]
    assert len(centres) == 3
    for centre in centres:
        (leader,) = WORLD.holders(centre.code)
        assert {post.role for post in WORLD.posts_of(leader.login)} == {Role.EDUCATION_OFFICE, Role.SCHOOL}
