"""The plan and the period in the top bar: of which plan, and of which day, is what stands on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.frame import stands
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.workspaces.plans.models import Plan
from xiangxu_web.workspaces.plans.rules import SEE_WORK

# What a page may be about that belongs to a plan, by its name in the page's context.
_OF_A_PLAN = ("target", "task", "bulletin", "sub_plan", "draft")


@stands(20)
def plan(actor: Actor, page: Mapping[str, Any]) -> str:
    """The plan that the page is about; else the newest of the actor's county that is being carried out. A post above the counties has
    many and is told none beside them."""
    if not may(actor, SEE_WORK):
        return ""
    found = _of_page(page)
    if found is None and actor.county_path:
        open_ones = rows("plan.see", actor).filter(area__path=actor.county_path, closed=None)
        found = open_ones.only("title", "short_title").order_by(F("issued_on").desc(nulls_last=True), "-pk").first()
    return str(found or "")


def _of_page(page: Mapping[str, Any]) -> Plan | None:
    """The plan of what stands on the page, where the page has read it anyway."""
    found = page.get("plan")
    if isinstance(found, Plan):
        return found
    things = (page.get(name) for name in _OF_A_PLAN)
    known = (thing._state.fields_cache.get("plan") for thing in things if isinstance(thing, Model))
    return next((each for each in known if each is not None), None)


@stands(30)
def period(actor: Actor, page: Mapping[str, Any]) -> str:
    """The day of which the figures are: of a bulletin its own, else today."""
    if not may(actor, SEE_WORK):
        return ""
    return _("截至 %(day)s") % {"day": day(getattr(page.get("bulletin"), "day", None) or clock.today(), short=True)}
