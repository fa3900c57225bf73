"""What the proposer answers: for one promise an evaluator, why, and what else it could be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xiangxu.cards.kinds.evaluator import ParamValue

Kind = Literal["indicator", "registry", "coverage", "duty", "milestone"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An evaluator that may compute a promise.

    `params` holds only what the words say; what they leave open has the default of the card or waits for a person. `scope` is
    the id of a scope card, where one is named. `score` orders the candidates, from 0; `words` are those of the card that decided,
    the strongest first.
    """

    kind: Kind
    id: str
    score: float
    words: tuple[str, ...]
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer for one promise, by its id.

    `best` is None where no card is known that computes it; `kind` says also then how one would judge it. `alternatives` are the
    next two, weaker ones included: what a person may choose from.
    """

    promise: str
    kind: Kind
    best: Candidate | None
    alternatives: tuple[Candidate, ...] = ()
