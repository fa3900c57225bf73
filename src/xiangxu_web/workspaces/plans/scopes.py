"""Of what a figure is counted: the scopes of the cards by name, each with how many units of the county it means where that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from xiangxu.cards.kinds import Scope
from xiangxu.cards.vocabulary import TIERS
from xiangxu.coverage.units import Group, UnitFacts
from xiangxu_web.workspaces.areas.api import Area, Unit
from xiangxu_web.workspaces.plans.cards import called, national
from xiangxu_web.workspaces.plans.covered import CARD, members, scope_filter

Json = dict[str, Any]
# A choice is a scope card's id, one of the groups of units, or the units that were ticked one by one.
_GROUP, KEYS = "group:", "keys"


def choices(area: Area, words: str, units: Json | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The scopes to choose from: first those that the document's ``words`` name, then the others by what they are of.

    With ``units``, of a promise that is put to units one by one, also the groups of units and those that were ticked by hand.
    """
    facts = Counter(replace(member.facts, key="") for member in members(Unit.objects.filter(area__path__startswith=area.path)))

    def counted(name: str, has: Callable[[UnitFacts], bool]) -> str:
        return _("%(name)s（%(n)s 个）") % {"name": name, "n": sum(n for unit, n in facts.items() if has(unit))}

    def told(card: Scope) -> tuple[str, str]:
        known = scope_filter(card.id)
        return card.id, counted(called(card), known[1].has) if known else called(card)

    found = []
    if units is not None:
        ticked = [(KEYS, _("逐个勾选的 %(n)s 个单位") % {"n": len(units[KEYS])})] if KEYS in units else []
        found.append((_("逐个来问的单位"), [*ticked, *((_GROUP + group, counted(_(group.words), group.has)) for group in Group)]))
    cards = sorted(national().of(Scope), key=lambda card: (scope_filter(card.id) is None, card.title.zh))
    named = [card for card in cards if any(each in words for each in (card.title.zh, *card.aliases))]
    by_tier = [(_(title), [c for c in cards if c.tier == tier and c not in named]) for tier, title in TIERS.words.items()]
    return [
        *found,
        *((title, [told(card) for card in group]) for title, group in [(_("文件里写到的"), named), *by_tier] if group),
    ]


def standing(scope: str | None, units: Json) -> str:
    """Which of the choices stands."""
    if KEYS in units:
        return KEYS
    return _GROUP + units["group"] if "group" in units else scope or ""


def meant(choice: str, scope: str | None, units: Json) -> tuple[str | None, Json]:
    """The scope card and the units that a choice means; ``scope`` and ``units`` stand now. A card's scope ends a choice of units, and is
    kept among them by its name: a person chose it, nobody inferred it."""
    if choice == KEYS:
        return scope, units
    if choice.startswith(_GROUP):
        return scope, {"group": choice.removeprefix(_GROUP)}
    return choice or None, {CARD: choice} if choice else {}
