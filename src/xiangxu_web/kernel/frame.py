"""What every page's frame needs: the navigation that this post may use, the post itself, the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.search.declare import can_find

# At the foot of a telephone stand this many entries and one that opens the rest.
AT_THE_FOOT = 4


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
# Tells one word of the top bar to a post, from what the page is about (its context).
Told = Callable[[Actor, Mapping[str, Any]], str]
# What stands beside the site's name: the place, the plan, the period. Each workspace tells its own.
STANDS: list[tuple[int, Told]] = []


def navigation(entry: Entry) -> None:
    """Puts an entry into the navigation."""
    NAVIGATION.append(entry)
    NAVIGATION.sort(key=lambda e: e.order)


def stands(order: int) -> Callable[[Told], Told]:
    """Declares a word of the top bar (place 10, plan 20, period 30): told for the active post, left out where empty."""

    def declare(told: Told) -> Told:
        STANDS.append((order, told))
        STANDS.sort(key=lambda each: each[0])
        return told

    return declare


def where_one_is(actor: Actor | None, page: Mapping[str, Any]) -> list[str]:
    """The words of the top bar for this post on this page; none for a visitor."""
    return [] if actor is None else [words for _order, told in STANDS if (words := told(actor, page))]


def page_frame(request: HttpRequest) -> str:
    """The frame a detail page goes into: beside the list when the list asked for it, over it for a question, else a page of its own."""
    htmx = getattr(request, "htmx", None)
    return {"drawer": "frame/drawer.html", "dialog": "frame/dialog.html"}.get((htmx and htmx.target) or "", "base.html")


def _entries(request: HttpRequest, actor: Actor) -> list[tuple[Entry, bool]]:
    shown = [e for e in NAVIGATION if e.shown(actor)]
    # The longest prefix wins, so that /system/audit/ does not light /system/ as well.
    fits = [(len(prefix), e) for e in shown for prefix in e.under if request.path.startswith(prefix)]
    # Every address begins with a stroke, so an entry for the start page alone is the current one only there.
    fits = [fit for fit in fits if fit[0] > 1 or request.path == "/"]
    # Of two for one address the later is the narrower: 目标 beside 任务, for whoever has both.
    here = max(fits, key=lambda each: (each[0], each[1].order))[1] if fits else None
    return [(e, e is here) for e in shown]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame (a context processor)."""
    actor: Actor | None = getattr(request, "actor", None)
    entries = [] if actor is None else _entries(request, actor)
    return {
        "actor": actor,
        "navigation": entries,
        "navigation_foot": entries if len(entries) <= AT_THE_FOOT + 1 else entries[:AT_THE_FOOT],
        "navigation_rest": [] if len(entries) <= AT_THE_FOOT + 1 else entries[AT_THE_FOOT:],
        # Asked where the whole page is made, not for a part of it.
        "can_search": lambda: actor is not None and can_find(actor),
        "posts": getattr(request, "posts", ()),
        "site_name": settings.CONFIGURATION.site_name,
        "request_name": getattr(request, "name", ""),
        "page_frame": page_frame(request),
    }
