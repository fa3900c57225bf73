"""Where in the document something stands: in words, and the address that shows it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def place_words(place: Mapping[str, Any]) -> str:
    """The place for a person: the page where pages are known, else the line."""
    if place.get("page"):
        return _("第 %(n)s 页") % {"n": place["page"]}
    return _("第 %(n)s 行") % {"n": place["line"]} if place.get("line") else ""


def document_url(plan: int, place: Mapping[str, Any]) -> str:
    """The document of the plan with this place lit; the whole document where the place is not known."""
    at = f"?at={place['start']}-{place['end']}" if place.get("end") else ""
    return reverse("plan-document", args=[plan]) + at
