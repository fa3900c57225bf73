"""The door of areas and units for the other workspaces."""

from __future__ import annotations

from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit, UnitAlias

__all__ = ["Area", "ClusterMember", "SchoolChange", "Unit", "UnitAlias", "county_path"]

# The county is the fourth code of a path: nation, province, prefecture, county.
_COUNTY_DEPTH = 4


def county_path(area: Area) -> str:
    """The path of the county in which the area lies; empty above the counties."""
    codes = area.path.split("/")[:-1]
    return "/".join(codes[:_COUNTY_DEPTH]) + "/" if len(codes) >= _COUNTY_DEPTH else ""
