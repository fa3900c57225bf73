"""The door of areas and units for the other workspaces."""

from __future__ import annotations

from django.db.models import QuerySet

from xiangxu_web.workspaces.areas.models import Area, ClusterMember, SchoolChange, Unit, UnitAlias

__all__ = ["Area", "ClusterMember", "SchoolChange", "Unit", "UnitAlias", "county_path", "units_of_county"]

# The county is the fourth code of a path: nation, province, prefecture, county.
_COUNTY_DEPTH = 4


def county_path(area: Area) -> str:
    """The path of the county in which the area lies; empty above the counties."""
    codes = area.path.split("/")[:-1]
    return "/".join(codes[:_COUNTY_DEPTH]) + "/" if len(codes) >= _COUNTY_DEPTH else ""


def units_of_county(area: Area) -> QuerySet[Unit]:
    """The units of the county in which the area lies that are not closed, with their aliases at hand."""
    return Unit.objects.filter(area__path__startswith=county_path(area), closed__isnull=True).prefetch_related("aliases").order_by("pk")
