"""The policy cards as this installation sees them, read once, as the server starts: reading 400 cards takes a second."""

from __future__ import annotations

from functools import lru_cache

from django.utils import translation

from xiangxu.cards.kinds import Evaluator, Fields, PlanCheck, Scope
from xiangxu.cards.kinds.head import Head
from xiangxu.cards.packs import Packs, View
from xiangxu.importer.bind import Proposer
from xiangxu_web.kernel.warm import at_start


@lru_cache(maxsize=1)
def packs() -> Packs:
    """All packs that this installation has, the shipped plans among them."""
    return Packs.load()


@lru_cache(maxsize=1)
def national() -> View:
    """The cards that hold for the whole nation."""
    return packs().at()


def called(card: Head) -> str:
    """What a card is called: its Chinese title, on English pages with the English one beside it where it has one."""
    english = card.title.en if (translation.get_language() or "").startswith("en") else None
    return f"{card.title.zh} ({english})" if english else card.title.zh


def check_card() -> PlanCheck:
    """The card by which plans are checked."""
    card = national().get("plan-check")
    if not isinstance(card, PlanCheck):
        raise LookupError("plan-check")
    return card


@at_start
@lru_cache(maxsize=1)
def proposer() -> Proposer:
    """The proposer of evaluators, with these cards."""
    view = national()
    return Proposer(view.of(Evaluator), view.of(Scope), view.of(Fields))


def evaluator(id: str) -> Evaluator | None:
    """The evaluator card of this id."""
    card = national().get(id)
    return card if isinstance(card, Evaluator) else None
