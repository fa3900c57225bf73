"""The policy cards as this installation sees them, read once a process: reading 400 cards takes a second."""

from __future__ import annotations

from functools import lru_cache

from xiangxu.cards.kinds import Evaluator, Fields, PlanCheck, Scope
from xiangxu.cards.packs import Packs, View
from xiangxu.importer.bind import Proposer


@lru_cache(maxsize=1)
def packs() -> Packs:
    """All packs that this installation has, the shipped plans among them."""
    return Packs.load()


@lru_cache(maxsize=1)
def national() -> View:
    """The cards that hold for the whole nation."""
    return packs().at()


def check_card() -> PlanCheck:
    """The card by which plans are checked."""
    card = national().get("plan-check")
    if not isinstance(card, PlanCheck):
        raise LookupError("plan-check")
    return card


@lru_cache(maxsize=1)
def proposer() -> Proposer:
    """The proposer of evaluators, with these cards."""
    view = national()
    return Proposer(view.of(Evaluator), view.of(Scope), view.of(Fields))


def evaluator(id: str) -> Evaluator | None:
    """The evaluator card of this id."""
    card = national().get(id)
    return card if isinstance(card, Evaluator) else None
