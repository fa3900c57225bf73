"""Which units a scope card means, by what the tree of units knows."""

from __future__ import annotations

import pytest

from xiangxu.cards.kinds import Scope
from xiangxu.cards.packs import Packs, View
from xiangxu.coverage.units import Group, ScopeFilter, UnitFacts, filter_of
from xiangxu.model.unit import Runner, SchoolType, UnitKind

VILLAGE = UnitFacts("village", UnitKind.SCHOOL, SchoolType.PRIMARY, Runner.PUBLIC, "220")
STREET = UnitFacts("street", UnitKind.SCHOOL, SchoolType.JUNIOR, Runner.PUBLIC, "112", True)
SEAT = UnitFacts("seat", UnitKind.SCHOOL, SchoolType.NINE_YEAR, Runner.PUBLIC, "121", True)
POINT = UnitFacts("point", UnitKind.TEACHING_POINT, SchoolType.TEACHING_POINT, Runner.PUBLIC, "220")
CAMPUS = UnitFacts("campus", UnitKind.CAMPUS, SchoolType.PRIMARY, Runner.PUBLIC, "220")
NURSERY = UnitFacts("nursery", UnitKind.KINDERGARTEN, SchoolType.KINDERGARTEN, Runner.PRIVATE_INCLUSIVE, "121")
TOWN = UnitFacts("town", UnitKind.TOWN)
ALL = (VILLAGE, STREET, SEAT, POINT, CAMPUS, NURSERY, TOWN)


@pytest.fixture(scope="module")
def view() -> View:
    return Packs.load().at()


def keys(view: View, id: str) -> set[str]:
    card = view.get(id)
    assert isinstance(card, Scope)
    found = filter_of(card)
    assert isinstance(found, ScopeFilter)
    return {unit.key for unit in ALL if found.has(unit)}


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        ("scope-rural-schools", {"village", "point"}),
        ("scope-all-schools", {"village", "street", "seat", "point", "nursery"}),
        ("scope-kindergartens", {"nursery"}),
        ("scope-inclusive-private-kindergartens", {"nursery"}),
        ("scope-compulsory-schools", {"village", "street", "seat", "point"}),
        ("scope-junior-schools", {"street", "seat"}),
        ("scope-teaching-points", {"point"}),
        ("scope-towns", {"town"}),
    ],
)
def test_scopes(view: View, scope: str, wanted: set[str]) -> None:
    """A scope's own filter decides; a campus speaks through its school; the county's seat is no village."""
    assert keys(view, scope) == wanted


@pytest.mark.parametrize(
    "scope", ["scope-boarding-schools", "scope-small-rural-schools", "scope-merged-schools", "scope-teachers"]
)
def test_what_only_a_form_knows(view: View, scope: str) -> None:
    """A scope that asks for boarders, rolls or people has no mapping: a clerk chooses the units."""
    card = view.get(scope)
    assert isinstance(card, Scope)
    assert filter_of(card) is None


def test_without_a_code_the_street_decides() -> None:
    """Where no code is known a school of a 街道 is urban and one of a 镇 is rural."""
    assert not UnitFacts("a", UnitKind.SCHOOL, in_street=True).rural
    assert UnitFacts("b", UnitKind.SCHOOL).rural


def test_groups_have_words_and_members() -> None:
    """Every group has its words; the groups of schools hold no campus."""
    assert all(group.words for group in Group)
    assert not any(group.has(CAMPUS) for group in Group)
