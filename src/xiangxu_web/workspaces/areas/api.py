"""The door of areas and units for the other workspaces."""

from __future__ import annotations

from xiangxu_web.workspaces.areas.directory import PlaceUnits, directory
from xiangxu_web.workspaces.areas.existence import (
    county_of,
    county_path,
    existed,
    existing,
    members_on,
    named_on,
    successors,
    units_of_county,
    units_on,
)
from xiangxu_web.workspaces.areas.keeping import call_also
from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit, UnitAlias
from xiangxu_web.workspaces.areas.panels import Panel, on_closing, unit_panel
from xiangxu_web.workspaces.areas.searching import index_units

__all__ = [
    "Area",
    "ClusterMember",
    "Panel",
    "PlaceUnits",
    "SchoolChange",
    "Unit",
    "UnitAlias",
    "call_also",
    "county_of",
    "county_path",
    "directory",
    "existed",
    "existing",
    "index_units",
    "members_on",
    "named_on",
    "on_closing",
    "successors",
    "unit_panel",
    "units_of_county",
    "units_on",
]
