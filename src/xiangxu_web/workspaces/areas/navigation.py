"""The entry of this workspace in the navigation."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.frame import Entry, navigation, stands
from xiangxu_web.kernel.permission import may
from xiangxu_web.workspaces.areas.models import Area
from xiangxu_web.workspaces.areas.rules import SEE_UNITS
from xiangxu_web.workspaces.areas.searching import UNITS

# Importing it declares that units can be searched.
__all__ = ["UNITS", "place"]

navigation(
    Entry(
        order=85,
        title=pgettext_lazy("all of them", "单位"),
        url_name="units",
        icon="building",
        shown=lambda actor: may(actor, SEE_UNITS),
        under=("/units/", "/schools/", "/areas/", "/clusters/"),
    )
)


@stands(10)
def place(actor: Actor, page: Mapping[str, Any]) -> str:
    """The county in which the post works; above the counties the post's own area."""
    return Area.objects.values_list("name", flat=True).get(path=actor.county_path or actor.area_path)
