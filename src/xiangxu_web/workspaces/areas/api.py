"""The door of areas and units for the other workspaces."""

from __future__ import annotations

from xiangxu_web.workspaces.areas.directory import PlaceUnits, directory
from xiangxu_web.workspaces.areas.existence import (
    called_on,
    county_of,
    county_path,
    existed,
    existing,
    members_on,
    named_on,
    renamed_since,
    successors,
    taken_over,
    took_over,
    units_of_county,
    units_on,
)
from xiangxu_web.workspaces.areas.keeping import call_also
from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit, UnitAlias
from xiangxu_web.workspaces.areas.own_level import (
    below_words,
    enter_counties,
    here,
    is_own_level,
    own_level_path,
    place_name,
    stand_in,
    units_below,
)
from xiangxu_web.workspaces.areas.panels import Panel, on_closing, on_handing_over, unit_panel
from xiangxu_web.workspaces.areas.searching import index_units

__all__ = [
    "Area",
    "ClusterMember",
    "Panel",
    "PlaceUnits",
    "SchoolChange",
    "Unit",
    "UnitAlias",
    "below_words",
    "call_also",
    "called_on",
    "county_of",
    "county_path",
    "directory",
    "enter_counties",
    "existed",
    "existing",
    "here",
    "index_units",
    "is_own_level",
    "members_on",
    "named_on",
    "on_closing",
    "on_handing_over",
    "own_level_path",
    "place_name",
    "renamed_since",
    "stand_in",
    "successors",
    "taken_over",
    "took_over",
    "unit_panel",
    "units_below",
    "units_of_county",
    "units_on",
]
