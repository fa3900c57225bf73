"""Slots that workspaces above fill: further panels on a unit's page, what hangs on a unit that is about to close, and what goes over to
the unit that takes its place.

Areas stand below people, plans and data and know nothing of them. Whoever stands above declares in its ``navigation.py``::

    unit_panel(Panel(order=30, name="people", title=_("人员"), template="accounts/unit_people.html", context=people_of))
    on_closing(posts_that_end)
    on_handing_over(hand_over)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder
from xiangxu_web.workspaces.areas.models import Unit

# Given the actor, the units that close and the day: lines that say who or what is affected, each a sentence.
Affected = Callable[[Actor, Sequence[Unit], date], Sequence[str]]
# Given the action that closes a unit, the unit, and the one that takes its place: moves what goes over, in the same transaction.
HandsOver = Callable[[Recorder, Unit, Unit], None]


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
ON_HANDING_OVER: list[HandsOver] = []


def unit_panel(panel: Panel) -> None:
    """Puts a panel on every unit's page."""
    PANELS.append(panel)
    PANELS.sort(key=lambda p: p.order)


def on_closing(affected: Affected) -> None:
    """Lets a workspace say what hangs on units that are about to close; shown before the change is confirmed."""
    ON_CLOSING.append(affected)


def on_handing_over(hands_over: HandsOver) -> None:
    """Lets a workspace move what a closing unit still owes to the unit that takes its place."""
    ON_HANDING_OVER.append(hands_over)


def hand_over(record: Recorder, unit: Unit, successor: Unit) -> None:
    """All that goes over from a unit that closes to the one that takes its place."""
    for hands_over in ON_HANDING_OVER:
        hands_over(record, unit, successor)


def panels(actor: Actor, unit: Unit) -> list[tuple[Panel, Mapping[str, Any]]]:
    """The panels of a unit that this post sees, in order, with what they show."""
    return [(panel, shown) for panel in PANELS if (shown := panel.context(actor, unit)) is not None]


def affected(actor: Actor, units: Sequence[Unit], day: date) -> list[str]:
    """Everything that hangs on these units when they close on a day."""
    return [line for ask in ON_CLOSING for line in ask(actor, units, day)]
