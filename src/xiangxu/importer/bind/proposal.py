"""What the proposer answers: for one promise an evaluator, why, and what else it could be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xiangxu.cards.kinds.evaluator import ParamValue

Kind = Literal["indicator", "registry", "coverage", "duty", "milestone"]
Sureness = Literal["high", "fair", "low"]

# A proposal is sure where it reaches so much and stands so far above the next one; below `FAIR` it is a guess. Measured on the five
# plans, each left out in turn (tests/plans/test_binding.py): of the sure ones 97% are what a person chose, of the fair 77%, of the
# guesses 52%. The score alone does not tell: between 0.8 and 0.9 only 76% were right.
SURE, AHEAD, FAIR = 0.5, 1.75, 0.25
# An alternative is of the same matter where so much speaks for it, or so much of what is measured stands on its card.
NEAR, SHARED = 0.25, 0.3


def sureness(score: float, following: float) -> Sureness:
    """How sure the first candidate is, by its score and that of the next.

    >>> sureness(0.9, 0.3), sureness(0.9, 0.8), sureness(0.2, 0.1)
    ('high', 'fair', 'low')
    """
    if score >= SURE and score >= AHEAD * following:
        return "high"
    return "fair" if score >= FAIR else "low"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An evaluator that may compute a promise.

    `params` holds only what the words say; what they leave open has the default of the card or waits for a person. `scope` is
    the id of a scope card, where one is named. `score` orders the candidates, from 0; `words` are those of the card that decided,
    the strongest first. `shared` is the part of what the promise measures, by rarity, that the card's words say. `sureness` is told of
    the one that is proposed.
    """

    kind: Kind
    id: str
    score: float
    words: tuple[str, ...]
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    scope: str | None = None
    shared: float = 0.0
    sureness: Sureness = "low"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer for one promise, by its id.

    `best` is None where no card is known that computes it; `kind` says also then how one would judge it. `alternatives` are always
    two: the next ones, weaker ones included, and where the words name no more, the nearest card of the same kind and the milestone
    that serves where nothing else does; of those `near` are worth showing to a person.
    """

    promise: str
    kind: Kind
    best: Candidate | None
    alternatives: tuple[Candidate, ...] = ()

    @property
    def near(self) -> tuple[Candidate, ...]:
        """The alternatives of the promise's own matter. Rather none to choose from than one of another: 失学辍学儿童数 shares no word with
        D级危房动态清零 but that none are left."""
        return tuple(each for each in self.alternatives if each.score >= NEAR or each.shared >= SHARED)
