"""Where things are, how they are called up: coordinates, telephone numbers and addresses that belong to nobody.

The counties lie in open sea, so that no map shows a real village under an invented school. All numbers begin with 0099-0: 00 leads
abroad and no country has the code 990, so that a call by mistake reaches no one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from math import cos, pi, radians, sin
from random import Random

from xiangxu.model.area import Area, AreaLevel
from xiangxu.world.county.areas import MOCHI, OTHER_TOWNS, SEAT, TOWNS, YANXI

# The south-western corners of the counties, degrees; towns stand on a grid of about nine kilometres.
_CORNERS = {YANXI: (122.80, 35.00), MOCHI: (123.40, 35.00)}
_STEP_EAST, _STEP_NORTH = 0.10, 0.082
_KM_NORTH = 110.9
# The county's seat stands in the middle of the grid: its three streets first, then the towns around it.
_GRID = ((1, 1), (2, 1), (1, 2), (0, 0), (1, 0), (2, 0), (3, 0), (0, 1), (3, 1), (0, 2), (2, 2), (0, 3), (3, 3))

Point = tuple[float, float]


def places(areas: tuple[Area, ...], rng: Random) -> dict[str, Point]:
    """The middle of every town and village: villages lie one to four kilometres round their town, its seat in the middle."""
    found: dict[str, Point] = {}
    for county, towns in ((YANXI, TOWNS), (MOCHI, OTHER_TOWNS)):
        west, south = _CORNERS[county]
        for town, (column, row) in zip(towns, _GRID, strict=False):
            jitter = rng.uniform(-0.01, 0.01), rng.uniform(-0.01, 0.01)
            found[town.code(county)] = _rounded(
                west + 0.05 + column * _STEP_EAST + jitter[0], south + 0.05 + row * _STEP_NORTH + jitter[1]
            )
    for area in areas:
        if area.level is AreaLevel.VILLAGE:
            middle = found[area.parent or ""]
            seat = area.code.endswith(SEAT)
            found[area.code] = middle if seat else beside(middle, rng, 1.0, 4.0)
    return found


def beside(point: Point, rng: Random, nearest: float, farthest: float) -> Point:
    """A point so many kilometres from another, in any direction."""
    angle, distance = rng.uniform(0, 2 * pi), rng.uniform(nearest, farthest)
    north = distance * sin(angle) / _KM_NORTH
    east = distance * cos(angle) / (_KM_NORTH * cos(radians(point[1])))
    return _rounded(point[0] + east, point[1] + north)


def phones(first: int) -> Iterator[str]:
    """Telephone numbers one after the other.

    >>> next(phones(100001))
    '0099-0100001'
    """
    return (f"0099-0{number:06d}" for number in count(first))


def address(area: str, areas: Mapping[str, Area], rng: Random) -> str:
    """County, town, village and a house number."""
    parts: list[str] = []
    at: Area | None = areas[area]
    while at is not None and at.level not in (AreaLevel.PREFECTURE, AreaLevel.PROVINCE, AreaLevel.NATION):
        parts.insert(0, at.name)
        at = areas.get(at.parent or "")
    return "".join(parts) + f"{rng.randint(1, 199)}号"


def _rounded(east: float, north: float) -> Point:
    return round(east, 5), round(north, 5)
