"""The words of documents find the units of the place."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest

from xiangxu.importer.plan import read_plan
from xiangxu_web.workspaces.areas.api import Area, PlaceUnits, Unit, UnitAlias, directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def yanxi() -> PlaceUnits:
    """The invented county as documents see it."""
    return directory(Area.objects.get(code="990721000000"))


def test_every_department_of_the_countys_plan_is_a_unit(yanxi: PlaceUnits) -> None:
    """Each department that the invented county's plan names in its list, as printed and as resolved, is one unit of the database."""
    with as_file(files("xiangxu.world") / "documents" / "yanxi.txt") as path:
        plan = read_plan(path)
    named = {words for task in plan.tasks for words in (*task.lead, *task.participants)}
    resolved = {mention.unit for task in plan.tasks for mention in task.units if mention.unit}
    assert len(named) > 10
    assert [words for words in named | resolved if not yanxi.meant(words)] == []
    one = yanxi.unit("县教体局")
    assert one is not None
    assert one.code == "990721-edu-bureau"
    departments = {words for words in named if not words.startswith("各")}
    assert [words for words in departments if yanxi.unit(words) is None] == []


@pytest.mark.parametrize("words", ["教体局", "县教体局", "县教育和体育局", "砚溪县教育和体育局", "教育局", "县教育局"])
def test_all_names_of_the_bureau_lead_to_it(yanxi: PlaceUnits, words: str) -> None:
    """However a document calls the bureau, it is the one unit."""
    found = yanxi.unit(words)
    assert found is not None
    assert found.code == "990721-edu-bureau"


@pytest.mark.parametrize(("words", "count"), [("各乡镇人民政府", 10), ("各镇（街道）", 13), ("各街道", 3), ("县航天局", 0)])
def test_groups_of_towns(yanxi: PlaceUnits, words: str, count: int) -> None:
    """各乡镇 are the towns and townships, with streets only where the document names them; an unknown department is nobody."""
    assert len(yanxi.meant(words)) == count


def test_two_units_of_one_name_are_left_to_a_person(yanxi: PlaceUnits) -> None:
    """A word that means two units of the place finds neither; the other county's units are never found."""
    school = next(unit for unit in yanxi.units if unit.kind == Unit.Kind.SCHOOL)
    other = next(unit for unit in yanxi.units if unit.kind == Unit.Kind.SCHOOL and unit != school)
    UnitAlias.objects.create(unit=school, words="希望小学")
    county = Area.objects.get(code="990721000000")
    assert directory(county).unit("希望小学") == school
    UnitAlias.objects.create(unit=other, words="希望小学")
    assert directory(county).unit("希望小学") is None
    assert yanxi.unit("墨池县教育局") is None
