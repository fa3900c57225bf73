"""Of what a figure is counted: the scopes of the cards by name, each with how many units of the county it means where that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from xiangxu.cards.kinds import Scope
from xiangxu.cards.vocabulary import TIERS
from xiangxu.coverage.units import Group, UnitFacts
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.workspaces.areas.api import Area, Unit, here
from xiangxu_web.workspaces.plans.cards import called, national
from xiangxu_web.workspaces.plans.covered import CARD, Member, choice_of, chosen_by, groups_here, members, scope_filter
from xiangxu_web.workspaces.plans.models import Target

Json = dict[str, Any]
# A choice is a scope card's id, one of the groups of units, or the units that were ticked one by one.
_GROUP, KEYS = "group:", "keys"


def everybody(area: Area) -> list[Member]:
    """All units of a county, of which a scope may mean some."""
    return members(Unit.objects.filter(area__path__startswith=area.path))


def choices(
    area: Area, everyone: Sequence[Member], words: str, units: Json | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The scopes to choose from: first those that the document's ``words`` name, then the others by what they are of.

    With ``units``, of a promise that is put to units one by one, also the groups of units and ticking them by hand.
    """
    facts = Counter(replace(member.facts, key="") for member in everyone)

    def counted(name: str, has: Callable[[UnitFacts], bool]) -> str:
        return _("%(name)s（%(n)s 个）") % {"name": name, "n": sum(n for unit, n in facts.items() if has(unit))}

    def told(card: Scope) -> tuple[str, str]:
        known = scope_filter(card.id)
        name = here(called(card), area.path)
        return card.id, counted(name, known[1].has) if known else name

    found = []
    if units is not None:
        ticked = (KEYS, _("逐个勾选的 %(n)s 个单位") % {"n": len(units[KEYS])} if KEYS in units else _("逐个勾选单位（见下）"))
        found.append(
            (
                _("逐个来问的单位"),
                [*((_GROUP + group, counted(words_of, group.has)) for group, words_of in groups_here(area.path)), ticked],
            )
        )
    cards = sorted(national().of(Scope), key=lambda card: (scope_filter(card.id) is None, card.title.zh))
    named = [card for card in cards if any(each in words for each in (card.title.zh, *card.aliases))]
    by_tier = [(_(title), [c for c in cards if c.tier == tier and c not in named]) for tier, title in TIERS.words.items()]
    return [
        *found,
        *((title, [told(card) for card in group]) for title, group in [(_("文件里写到的"), named), *by_tier] if group),
    ]


def singly(area: Area, everyone: Sequence[Member]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The units that can be ticked one by one, town by town: those that some group means."""
    asked = [member for member in everyone if any(group.has(member.facts) for group in Group)]
    by_town = groupby(asked, key=lambda member: member.town)
    return [(town or here(_("县直"), area.path), [(member.key, str(member.unit)) for member in there]) for town, there in by_town]


def standing(scope: str | None, units: Json) -> str:
    """Which of the choices stands."""
    if KEYS in units:
        return KEYS
    return _GROUP + units["group"] if "group" in units else scope or ""


def meant(choice: str, keys: Sequence[int], scope: str | None, units: Json) -> tuple[str | None, Json]:
    """The scope card and the units that a choice means; ``keys`` are the units that were ticked, ``scope`` and ``units`` stand now. A
    card's scope ends a choice of units, and is kept among them by its name: a person chose it, nobody inferred it."""
    if choice == KEYS:
        chosen: Json = {KEYS: sorted(keys)}
    elif choice.startswith(_GROUP):
        chosen = {"group": choice.removeprefix(_GROUP)}
    else:
        return choice or None, {CARD: choice} if choice else {}
    # What was chosen before keeps who chose it.
    return scope, units if chosen.items() <= units.items() else chosen


def units_chosen(target: Target) -> Json:
    """For a page: which units a promise means, who chose them and when."""
    by, on = chosen_by(target)
    return {"choice": choice_of(target), "chosen_by": names("post", [by]).get(by or 0, ""), "chosen_on": on}
