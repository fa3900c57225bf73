"""Clusters of town and country (城乡教育共同体): nine urban schools lead, every rural school belongs to one, as the plan asks for 2026."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xiangxu.model.unit import SchoolType, Unit, UnitKind
from xiangxu.world.county.areas import TOWNS, YANXI
from xiangxu.world.county.offices import code
from xiangxu.world.county.schools import LEADERS

# Senior schools follow a plan of their own, closed schools none.
_TYPES = {SchoolType.PRIMARY, SchoolType.TEACHING_POINT, SchoolType.JUNIOR, SchoolType.NINE_YEAR}


def cluster_units(schools: Mapping[str, Unit]) -> Iterator[Unit]:
    """One unit for each cluster, at its leading school, which is also whom one calls: a cluster has no number of its own."""
    for key, word in LEADERS.items():
        leader = schools[key]
        name = f"{word}教育共同体"
        yield Unit(
            _code(key),
            f"砚溪县{name}",
            UnitKind.CLUSTER,
            leader.area,
            code(YANXI, "edu-bureau"),
            short_name=name,
            address=leader.address,
            place=leader.place,
        )


def members(schools: Mapping[str, Unit]) -> dict[str, tuple[str, ...]]:
    """Cluster → its schools, the leading one first; a rural town's schools belong to one cluster together."""
    rural = [town.code(YANXI)[:9] for town in TOWNS if not town.street]
    leaders = list(LEADERS)
    found = {_code(key): [schools[key].code] for key in leaders}
    for number, town in enumerate(rural):
        found[_code(leaders[number % len(leaders)])] += [
            unit.code
            for unit in schools.values()
            if unit.area.startswith(town)
            and unit.kind is not UnitKind.CAMPUS
            and unit.school_type in _TYPES
            and unit.closed is None
        ]
    return {cluster: tuple(codes) for cluster, codes in found.items()}


def _code(leader: str) -> str:
    return code(YANXI, f"cluster-{leader}")
