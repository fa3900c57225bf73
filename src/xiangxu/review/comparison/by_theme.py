"""What each plan promises of each theme: how much, how firmly, and what no other plan has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xiangxu.cards import View
from xiangxu.cards.vocabulary import THEMES
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.comparison.by_evaluator import card_of
from xiangxu.review.comparison.side import SLOGAN, Side

# Promises that no theme holds: with nothing to look at, and not bound to anything.
SLOGANS, UNBOUND = "slogans", "unbound"
NAMES = {**THEMES.words, SLOGANS: _("口号（没有可看之物）"), UNBOUND: _("未绑定")}


@dataclass(frozen=True, slots=True)
class Share:
    """Of one theme in one plan: promises, hard ones among them, evaluators, and those evaluators that only this plan uses."""

    targets: int
    hard: int
    evaluators: tuple[str, ...]
    only: tuple[str, ...]


def by_theme(sides: Sequence[Side], view: View) -> dict[str, dict[str, Share]]:
    """For every theme that a plan speaks of the share of each plan, in the order of the themes; a promise counts once."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    found: defaultdict[str, dict[str, list[tuple[bool, str | None]]]] = defaultdict(lambda: {side.key: [] for side in sides})
    for side in sides:
        for aim in side.aims:
            card = card_of(aim, view)
            theme = card.theme if card else SLOGANS if aim.evaluator == SLOGAN else UNBOUND
            found[theme][side.key].append((aim.hard, card.id if card else None))
            if card is not None:
                users[card.id].add(side.key)
    return {theme: {key: _share(aims, key, users) for key, aims in found[theme].items()} for theme in NAMES if theme in found}


def _share(aims: Sequence[tuple[bool, str | None]], key: str, users: dict[str, set[str]]) -> Share:
    evaluators = tuple(dict.fromkeys(id for _, id in aims if id is not None))
    only = tuple(id for id in evaluators if users[id] == {key}) if len(set().union(*users.values())) > 1 else ()
    return Share(len(aims), sum(hard for hard, _ in aims), evaluators, only)
