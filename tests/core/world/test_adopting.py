"""The invented county adopts real plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.world.test_markers import contained, own
from xiangxu.cards import Packs
from xiangxu.model.unit import Role, UnitKind
from xiangxu.review.matching import plan_pack
from xiangxu.world.adopting import AdoptedPlan, adopt
from xiangxu.world.county import county
from xiangxu.world.county.areas import MOCHI, YANXI

WORLD = county()
PACKS = Packs.load()
PLACES = ("anqiu", "dongchangfu", "jinan", "qingzhou", "yiyuan")


@pytest.fixture(scope="module", params=PLACES)
def adopted(request: pytest.FixtureRequest) -> AdoptedPlan:
    """Each of the five plans, adopted."""
    return adopt(WORLD, request.param, PACKS)


@pytest.mark.parametrize("words", ["青州", "沂源", "东昌府", "安丘", "济南"])
def test_a_place_is_known_without_its_level(words: str) -> None:
    """As people say it, and as the issue writes it: 青州 and not 青州市."""
    found = plan_pack(words, PACKS)
    assert found.document.region.startswith(words)
    assert adopt(WORLD, words, PACKS).place == found.place


def test_every_task_and_target_comes_over(adopted: AdoptedPlan) -> None:
    """Tasks and targets are the pack's, each task with one answerable unit of the county."""
    pack = plan_pack(adopted.place, PACKS)
    assert tuple(task.entry for task in adopted.tasks) == pack.tasks
    assert adopted.targets == pack.targets
    for task in adopted.tasks:
        parts = (task.answerable, *task.co_leads, *task.participants)
        assert len(set(parts)) == len(parts)
        assert all(adopted.world.unit(code).area.startswith(YANXI[:6]) for code in parts)
        assert bool(task.entry.participants) == bool(task.participants)


def test_every_unit_has_a_counterpart(adopted: AdoptedPlan) -> None:
    """The bureau is played by the bureau; what the county lacks is added, with a person, under the county's name."""
    bureau = adopted.world.called("县教体局", YANXI)
    assert bureau is not None
    assert adopted.units["edu-bureau"] == (bureau.code,)
    assert all(adopted.units.values())
    for unit in adopted.added:
        assert "砚溪县" in unit.name
        assert unit.kind is UnitKind.DEPARTMENT
        assert unit.code not in {known.code for known in WORLD.units}
        assert len(adopted.world.holders(unit.code, Role.LEAD_DEPARTMENT)) == 1
    assert not any(adopted.document.region in unit.name for unit in adopted.world.units)
    assert adopted.world.cast == WORLD.cast


def test_names_stay_markers(adopted: AdoptedPlan) -> None:
    """Added departments and people have names and numbers that nobody has, here or in the other county."""
    world = adopted.world
    assert contained(own(world, YANXI), own(world, MOCHI)) | contained(own(world, MOCHI), own(world, YANXI)) == set()
    for values in ([u.name for u in world.units], [p.login for p in world.people], [p.phone for p in world.people]):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(("place", "added"), [("anqiu", 0), ("dongchangfu", 6), ("jinan", 0), ("qingzhou", 1), ("yiyuan", 13)])
def test_what_was_lacking(place: str, added: int) -> None:
    """Only departments that the county has by no name are added."""
    assert len(adopt(WORLD, place, PACKS).added) == added


def test_towns_sections_and_schools() -> None:
    """All towns are all towns; a single town is played by one of them; a section by a 科室; schools by schools."""
    east, lake = adopt(WORLD, "dongchangfu", PACKS), adopt(WORLD, "jinan", PACKS)
    assert len(east.units["towns"]) == 13
    assert len(east.stand_ins) == len(set(east.stand_ins.values())) == 4
    assert WORLD.unit(east.units["jiaming-zone"][0]).short_name == "县经济开发区管委会"
    assert len(east.units["rural-schools"]) == 49 + 71
    assert WORLD.unit(lake.units["basic-education-section"][0]).short_name == "基教科"
    seats = [WORLD.unit(code) for code in lake.units["town-seat-schools"]]
    assert {unit.kind for unit in seats} == {UnitKind.SCHOOL}
    assert len(seats) == 23


def test_named_in_three_ways() -> None:
    """A plan is named by folder name, by the place's name, or by its own folder; another one is refused with the known ones."""
    folder = PACKS.layer("qingzhou").folder
    assert adopt(WORLD, "青州市", PACKS) == adopt(WORLD, "qingzhou", PACKS) == adopt(WORLD, folder, PACKS)
    with pytest.raises(LookupError, match="没有“墨池县”"):
        adopt(WORLD, "墨池县", PACKS)


def test_a_plan_outside_the_packs(tmp_path: Path) -> None:
    """A folder of cards that lies elsewhere is adopted too."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for path in PACKS.layer("jinan").folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("jinan-", "elsewhere-").replace('"370100"', '"370199"')
        (folder / path.name).write_text(text, encoding="utf-8")
    assert len(adopt(WORLD, folder).tasks) == 10
