"""Areas: nation, an invented province and prefecture, 砚溪县 with thirteen towns, the small 墨池县, and their villages.

Codes are laid out as real ones (two digits a level, then three for the town and three for the village) under 99, which is no
province's number: nobody can take a row of the demo for a real place.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from xiangxu.model.area import NATION_CODE, Area, AreaLevel, Settlement
from xiangxu.world.county.names import other_village_stems, village_stems

DAINING = "990000000000"
LANZHOU = "990700000000"
YANXI = "990721000000"
MOCHI = "990722000000"
# The last digits of the village that is the seat of its town.
SEAT = "001"


@dataclass(frozen=True, slots=True)
class Town:
    """A town as this world lays it out: its code's three digits, its name, how many villages it may have."""

    number: int
    name: str
    villages: tuple[int, int]

    def code(self, county: str) -> str:
        """The twelve digits."""
        return f"{county[:6]}{self.number:03d}000"

    @property
    def street(self) -> bool:
        """Whether it is a street: urban, with communities instead of villages."""
        return self.name.endswith("街道")


# Thirteen, named after what inkstone makers see in the stone and what tea makers see in the leaf: the county's plan speaks of both.
# Real codes begin with 001 for streets, 100 for towns, 200 for townships. Those with many village schools need many villages.
TOWNS = (
    Town(1, "罗纹街道", (5, 7)),
    Town(2, "金晕街道", (5, 7)),
    Town(3, "澄泥街道", (5, 6)),
    Town(100, "眉纹镇", (10, 12)),
    Town(101, "鱼脑镇", (10, 12)),
    Town(102, "冰纹镇", (10, 12)),
    Town(103, "蕉白镇", (9, 11)),
    Town(104, "石眼镇", (9, 11)),
    Town(105, "银线镇", (9, 11)),
    Town(106, "毫尖镇", (9, 11)),
    Town(107, "焙坞镇", (8, 10)),
    Town(200, "雀舌乡", (7, 9)),
    Town(201, "旗枪乡", (7, 9)),
)
OTHER_TOWNS = (Town(1, "飞白街道", (3, 3)), Town(100, "洗笔镇", (4, 4)), Town(101, "临帖镇", (4, 4)))


def areas(rng: Random) -> tuple[Area, ...]:
    """The whole tree, each area after the one above it."""
    top = (
        Area(NATION_CODE, "全国", AreaLevel.NATION),
        Area(DAINING, "岱宁省", AreaLevel.PROVINCE, NATION_CODE),
        Area(LANZHOU, "澜洲市", AreaLevel.PREFECTURE, DAINING),
    )
    return (
        *top,
        *_county(Area(YANXI, "砚溪县", AreaLevel.COUNTY, LANZHOU), TOWNS, village_stems(rng), rng),
        *_county(Area(MOCHI, "墨池县", AreaLevel.COUNTY, LANZHOU), OTHER_TOWNS, other_village_stems(rng), rng),
    )


def _county(county: Area, towns: tuple[Town, ...], stems: list[str], rng: Random) -> list[Area]:
    found, left = [county], iter(stems)
    for town in towns:
        found.append(Area(town.code(county.code), town.name, AreaLevel.TOWN, county.code))
        found += [_village(town, found[-1], order, next(left)) for order in range(rng.randint(*town.villages))]
    return found


def _village(town: Town, area: Area, order: int, stem: str) -> Area:
    """The first one is the seat of the town, a community; communities are numbered from 001, villages from 201."""
    seat = order == 0
    name = f"{stem}{'社区' if town.street or seat else '村'}"
    number = order + 1 if town.street or seat else 200 + order
    return Area(f"{area.code[:9]}{number:03d}", name, AreaLevel.VILLAGE, area.code, _settlement(town, order))


def _settlement(town: Town, order: int) -> Settlement:
    """The seat of a town is its core, the next village lies on its fringe; townships and far villages are rural."""
    if town.street:
        return Settlement.CITY_CORE if order < 3 and town.number < 3 else Settlement.CITY_FRINGE
    if town.name.endswith("乡"):
        return Settlement.TOWNSHIP if order == 0 else Settlement.VILLAGE
    return (Settlement.TOWN_CORE, Settlement.TOWN_FRINGE)[order] if order < 2 else Settlement.VILLAGE
