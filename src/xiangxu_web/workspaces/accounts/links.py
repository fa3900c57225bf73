"""Signed links: a door without an account, for one unit, one purpose, until a day (users.md: other departments will never log in).

A later part of the site declares what its links are for, in its ``rules.py``::

    purpose("task.report", _("填报进展"), "xiangxu_web.workspaces.plans.by_link.report")

and gives one out with ``make_link(actor, unit, "task.report", {"task": 12}, days=30)``. Whoever opens the address gets that view: it is
called with a request whose ``actor`` is the visitor (a unit, no person, no post) and whose ``link`` holds what the link is about. Every
opening is logged; the office can end a link at any time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, keyed_hash, values
from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.accounts.fitting import KINDS
from xiangxu_web.workspaces.accounts.models import LinkUse, SignedLink
from xiangxu_web.workspaces.accounts.rules import MAKE_LINKS, ORDINARY
from xiangxu_web.workspaces.areas.api import Unit, county_path

MOST_DAYS = 90


@dataclass(frozen=True)
class Purpose:
    """What links of one kind are for. ``view`` is the dotted name of the page that such a link opens."""

    name: str
    title: str | LazyText
    view: str


class LinkRequest(Request):
    """A request that came by a link: its ``actor`` is the visitor."""

    link: SignedLink


PURPOSES: dict[str, Purpose] = {}


class LinkRefused(Exception):
    """The link opens nothing (any more); the words say what to do."""


def purpose(name: str, title: str | LazyText, view: str) -> str:
    """Declares what links of this name open, and gives the name back."""
    if name in PURPOSES:
        raise ValueError(f"purpose {name} is declared twice")
    PURPOSES[name] = Purpose(name, title, view)
    return name


def view_of(link: SignedLink) -> Callable[[LinkRequest], HttpResponseBase]:
    """The page that the link opens."""
    found: Callable[[LinkRequest], HttpResponseBase] = import_string(PURPOSES[link.purpose].view)
    return found


def hashed(token: str) -> str:
    """The keyed hash under which a token is kept."""
    return hmac.new(settings.SECRET_KEY.encode(), b"link:" + token.encode(), hashlib.sha256).hexdigest()


def make_link(actor: Actor, unit: Unit, purpose: str, about: dict[str, Any], days: int) -> str:
    """Gives out a link for a unit that the actor sees; the path with the token, which is told this once.

    Refused: a purpose that nobody declared, more than 90 days, a post that may not give out links or does not see the unit.
    """
    demand(actor, MAKE_LINKS)
    if purpose not in PURPOSES:
        raise ValueError(f"no purpose {purpose}")
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a link lives 1 to {MOST_DAYS} days, not {days}")
    row("unit.see", actor, pk=unit.pk)
    token = secrets.token_urlsafe(24)
    now = clock.now()
    with action(actor, "link.make") as record:
        link = SignedLink.objects.create(
            hashed=hashed(token),
            unit=unit,
            purpose=purpose,
            about=about,
            made=now,
            made_by_post=actor.post_id,
            expires=now + timedelta(days=days),
        )
        record.made(link, purpose=purpose, days=days)
    return reverse("link", args=[token])


def open_link(token: str, visitor: str) -> tuple[SignedLink, Actor]:
    """The link and the visitor as an actor. ``visitor`` is the address they came from; it is kept as a keyed hash only.

    A link that ran out or was ended says so, for its holder had it from the office; everything else is unknown in the same words.
    """
    link = SignedLink.objects.filter(hashed=hashed(token), purpose__in=PURPOSES).select_related("unit__area").first()
    if link is None:
        raise LinkRefused(_("没有这个链接。请核对地址是否完整，或请发链接的人重发一个。"))
    outcome = "revoked" if link.revoked else "expired" if link.expires <= clock.now() else "opened"
    LinkUse.objects.create(link=link, at=clock.now(), visitor=keyed_hash(visitor) or "", outcome=outcome)
    if outcome == "revoked":
        raise LinkRefused(_("这个链接已被撤销。仍需办理时，请发链接的人重发一个。"))
    if outcome == "expired":
        raise LinkRefused(_("这个链接已过有效期。仍需办理时，请发链接的人重发一个。"))
    return link, _visitor(link)


def _visitor(link: SignedLink) -> Actor:
    unit = link.unit
    return Actor(
        person_id=0,
        person_name=str(unit),
        post_id=0,
        role=next((role for role in Role if role in ORDINARY and unit.kind in KINDS[role]), Role.LEAD_DEPARTMENT),
        title=_("凭链接办理"),
        unit_id=unit.pk,
        unit_name=str(unit),
        unit_path=unit.path,
        area_id=unit.area_id,
        area_path=unit.area.path,
        county_path=county_path(unit.area),
        link_id=link.pk,
    )


def revoke(actor: Actor, link_id: int) -> None:
    """Ends a link at once. Ending it a second time changes nothing."""
    link: SignedLink = row("link.see", actor, pk=link_id)
    if link.revoked:
        return
    before = values(link)
    link.revoked = clock.now()
    with action(actor, "link.revoke") as record:
        link.save(update_fields=["revoked"])
        record.changed(link, before, purpose=link.purpose)
