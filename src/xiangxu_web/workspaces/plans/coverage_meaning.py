"""What √ means for a promise that units are asked about, and what shows it: as the evaluator's card has it."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import get_language

from xiangxu.cards.kinds import Coverage
from xiangxu_web.workspaces.plans.cards import evaluator
from xiangxu_web.workspaces.plans.hows import plain
from xiangxu_web.workspaces.plans.judging import is_bound
from xiangxu_web.workspaces.plans.models import Target


class Meaning(NamedTuple):
    """``yes``: what a unit says with √; ``evidence``: what to attach, and to look at. In Chinese: so the cards put it, like a document.
    ``plain``: for another reader what is counted, in the language of the page."""

    yes: str
    evidence: str
    plain: str = ""


def meaning_of(target: Target) -> Meaning | None:
    """What √ means; None as long as nobody has confirmed how the promise is computed, for then no unit is asked."""
    card = evaluator(target.evaluator) if is_bound(target) else None
    if not isinstance(card, Coverage):
        return None
    elsewhere = not (get_language() or "").startswith("zh")
    return Meaning(card.statement.rstrip("。"), card.evidence.rstrip("。"), plain(card) if elsewhere else "")
