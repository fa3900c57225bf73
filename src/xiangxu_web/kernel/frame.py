"""What every page's frame needs: the navigation that this post may use, the post itself, the place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation, shown only to posts that may use it. At most ten stand at the top level."""

    order: int
    title: str | LazyText
    url_name: str
    icon: str
    shown: Callable[[Actor], bool]
    # The address prefixes under which the entry is the current one.
    under: tuple[str, ...] = ()


NAVIGATION: list[Entry] = []


def navigation(entry: Entry) -> None:
    """Puts an entry into the navigation."""
    NAVIGATION.append(entry)
    NAVIGATION.sort(key=lambda e: e.order)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame (a context processor)."""
    actor: Actor | None = getattr(request, "actor", None)
    entries = (
        []
        if actor is None
        else [(e, request.path.startswith(e.under) if e.under else False) for e in NAVIGATION if e.shown(actor)]
    )
    return {
        "actor": actor,
        "navigation": entries,
        "posts": getattr(request, "posts", ()),
        "site_name": settings.CONFIGURATION.site_name,
        "request_name": getattr(request, "name", ""),
    }
