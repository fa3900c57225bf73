"""Where in the document something stands: in words, and the address that shows it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

# So much of a heading is enough to find it.
_LONGEST = 16


def place_words(place: Mapping[str, Any]) -> str:
    """The place for a person: the page where pages are known; in a Word file the row of a table, or the paragraph under its heading; of a
    plain text the line."""
    if place.get("page"):
        return _("第 %(n)s 页") % {"n": place["page"]}
    near = place.get("near") or {}
    if near.get("table"):
        return _("表格 %(table)s 第 %(row)s 行") % near
    if near:
        heading = Truncator(near["heading"]).chars(_LONGEST)
        if not near["paragraph"]:
            return _("“%(heading)s”这一段") % {"heading": heading}
        if not heading:
            return _("开头第 %(paragraph)s 段") % near
        return _("“%(heading)s”下第 %(paragraph)s 段") % {"heading": heading, "paragraph": near["paragraph"]}
    return _("第 %(n)s 行") % {"n": place["line"]} if place.get("line") else ""


def document_url(plan: int, place: Mapping[str, Any]) -> str:
    """The document of the plan with this place lit; the whole document where the place is not known."""
    at = f"?at={place['start']}-{place['end']}" if place.get("end") else ""
    return reverse("plan-document", args=[plan]) + at
