"""Slots that workspaces above fill: further panels on a unit's page, and what hangs on a unit that is about to close.

Areas stand below people, plans and data and know nothing of them. Whoever stands above declares in its ``navigation.py``::

    unit_panel(Panel(order=30, name="people", title=_("人员"), template="accounts/unit_people.html", context=people_of))
    on_closing(posts_that_end)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit

# Given the actor, the units that close and the day: lines that say who or what is affected, each a sentence.
Affected = Callable[[Actor, Sequence[Unit], date], Sequence[str]]


@dataclass(frozen=True)
class Panel:
    """One panel. ``context`` gives what the template shows, or None where this post sees no such panel of this unit."""

    order: int
    name: str
    title: str | LazyText
    template: str
    context: Callable[[Actor, Unit], Mapping[str, Any] | None]


PANELS: list[Panel] = []
ON_CLOSING: list[Affected] = []


def unit_panel(panel: Panel) -> None:
    """Puts a panel on every unit's page."""
    PANELS.append(panel)
    PANELS.sort(key=lambda p: p.order)


def on_closing(affected: Affected) -> None:
    """Lets a workspace say what hangs on units that are about to close; shown before the change is confirmed."""
    ON_CLOSING.append(affected)


def panels(actor: Actor, unit: Unit) -> list[tuple[Panel, Mapping[str, Any]]]:
    """The panels of a unit that this post sees, in order, with what they show."""
    return [(panel, shown) for panel in PANELS if (shown := panel.context(actor, unit)) is not None]


def affected(actor: Actor, units: Sequence[Unit], day: date) -> list[str]:
    """Everything that hangs on these units when they close on a day."""
    return [line for ask in ON_CLOSING for line in ask(actor, units, day)]
