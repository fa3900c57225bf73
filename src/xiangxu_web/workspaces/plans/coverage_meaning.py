"""What √ means for a promise that units are asked about, and what shows it: as the evaluator's card has it."""

from __future__ import annotations

from typing import NamedTuple

from xiangxu.cards.kinds import Coverage
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.workspaces.plans.cards import evaluator
from xiangxu_web.workspaces.plans.drafting.opening import short
from xiangxu_web.workspaces.plans.judging import is_bound
from xiangxu_web.workspaces.plans.models import Target


class Meaning(NamedTuple):
    """``yes``: what a unit says with √; ``evidence``: what to attach, and to look at. In the language of the page, as far as the card has it."""

    yes: str
    evidence: str


def question(target: Target) -> str:
    """What a unit is asked: the promise's own sentence, shortened. The name of what is counted (乡村学校数) asks nothing."""
    return short(target.quote) or target.metric


def meaning_of(target: Target) -> Meaning | None:
    """What √ means; None as long as nobody has confirmed how the promise is computed, for then no unit is asked."""
    card = evaluator(target.evaluator) if is_bound(target) else None
    if not isinstance(card, Coverage):
        return None
    return Meaning(*(worded(said.words).rstrip("。.") for said in (card.statement, card.evidence)))
