"""Puts together what speaks for each card: words, form, scope; and says none where too little does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from xiangxu.cards.kinds import Evaluator, Fields, Scope
from xiangxu.importer.bind.evidence import Evidence, evidence_of
from xiangxu.importer.bind.forms import Form, form_of, usual_kind
from xiangxu.importer.bind.index import CardIndex
from xiangxu.importer.bind.parameters import Parameters
from xiangxu.importer.bind.proposal import Candidate, Kind, Proposal, sureness
from xiangxu.importer.bind.scopes import ScopeFinder
from xiangxu.importer.bind.scoring import Ranked, nearest, rank
from xiangxu.importer.bind.slogans import SLOGAN, is_slogan
from xiangxu.model.plan import Promise

# What a phrase must reach for its card to be known as the one that computes the promise, between 0 and 1.
KNOWN = 0.25
# What it must reach where it leaves the next one far behind, and how far that is.
LIKELY = 0.095
LEAD = 1.2
# What it must reach where the promise sounds like a slogan.
PLAIN = 0.28
# A promise of which so much stands on no card at all, and so little on the first one, is of a matter that the cards do not have;
# from `STRONG` on what they do share is telling enough.
STRANGE, EXPLAINED, STRONG = 0.5, 0.4, 0.3
_ALTERNATIVES = 2


def propose(
    promises: Sequence[Promise], cards: Iterable[Evaluator], scopes: Iterable[Scope], fields: Iterable[Fields]
) -> list[Proposal]:
    """For every promise of one reading, in their order, the evaluator that computes it, or that none is known.

    `cards`, `scopes`, `fields`: the cards that hold at the place. For several readings build one `Proposer`.
    """
    return Proposer(cards, scopes, fields).propose(promises)


class Proposer:
    """The cards of a place, ready to answer for any reading."""

    def __init__(self, cards: Iterable[Evaluator], scopes: Iterable[Scope], fields: Iterable[Fields]) -> None:
        self._scopes = ScopeFinder(scopes)
        self.index = CardIndex(cards, fields, self._scopes.all_names)
        self._parameters = Parameters(self.index)
        self._slogan = next((n for n, card in enumerate(self.index.cards) if card.id == SLOGAN), None)

    def propose(self, promises: Sequence[Promise]) -> list[Proposal]:
        """The answers for the promises of one reading, in their order."""
        return [self._answer(promise, evidence) for promise, evidence in zip(promises, evidence_of(promises), strict=True)]

    def _answer(self, promise: Promise, evidence: Evidence) -> Proposal:
        form = form_of(promise)
        ranked = rank(self.index, promise, form, evidence)
        candidates = [self._candidate(each, promise, evidence) for each in ranked[: _ALTERNATIVES + 1]]
        likely = _known([candidate.score for candidate in candidates])
        best = candidates[0].score if candidates else 0.0
        chosen: Candidate | None = None
        others = candidates
        if best < PLAIN and self._slogan is not None and is_slogan(promise):
            chosen = self._candidate(Ranked(self._slogan, KNOWN, (promise.metric,)), promise, evidence)
            others = [candidate for candidate in candidates if candidate.id != SLOGAN]
        elif likely and not self._foreign(ranked[0], evidence):
            following = candidates[1].score if len(candidates) > 1 else 0.0
            chosen = replace(candidates[0], sureness=sureness(candidates[0].score, following))
            others = candidates[1:]
        # A card of another matter that shares its words still tells how such a thing is judged.
        kind = chosen.kind if chosen else candidates[0].kind if likely else self._kind(form, ranked)
        return Proposal(promise.id, kind, chosen, self._two(promise, evidence, form, kind, chosen, others[:_ALTERNATIVES]))

    def _two(
        self, promise: Promise, evidence: Evidence, form: Form, kind: Kind, chosen: Candidate | None, others: list[Candidate]
    ) -> tuple[Candidate, ...]:
        """Two to choose from beside the one that is proposed, also where the words name fewer."""
        there = {candidate.id for candidate in ([chosen] if chosen else []) + others}
        spare = [card for of in (kind, "milestone") for card in nearest(self.index, evidence, form, of)]
        if self._slogan is not None:
            # By rule: somebody writes down when it counts as done, and somebody says that it is.
            spare.insert(1, self._slogan)
        for card in spare:
            if len(others) >= _ALTERNATIVES:
                break
            if self.index.cards[card].id not in there:
                there.add(self.index.cards[card].id)
                others = [*others, self._candidate(Ranked(card, 0.0, ()), promise, evidence)]
        return tuple(others)

    def _kind(self, form: Form, ranked: Sequence[Ranked]) -> Kind:
        """The kind of a promise that no card is known for: what its form asks for, unless cards near it agree on another."""
        weight: defaultdict[Kind, float] = defaultdict(float)
        weight[usual_kind(form)] = KNOWN
        for each in ranked[:3]:
            weight[self.index.sorts[each.card].kind] += each.score
        return max(weight, key=lambda kind: weight[kind])

    def _foreign(self, ranked: Ranked, evidence: Evidence) -> bool:
        """Whether a promise is of another matter than its likeliest card, though they share some words: most of it no card says,
        in none of its tellings."""
        return ranked.score < STRONG and all(
            self.index.strange(said) >= STRANGE and self.index.explained(said, ranked.card) < EXPLAINED
            for said in (evidence.own, *evidence.retold)
        )

    def _candidate(self, ranked: Ranked, promise: Promise, evidence: Evidence) -> Candidate:
        card = self.index.cards[ranked.card]
        return Candidate(
            kind=self.index.sorts[ranked.card].kind,
            id=card.id,
            score=ranked.score,
            words=ranked.words,
            params=self._parameters.of(card, promise, evidence),
            scope=self._scopes.of(promise, evidence, put_to_units=self.index.sorts[ranked.card].kind == "coverage"),
            shared=self.index.explained(evidence.own, ranked.card),
        )


def _known(scores: Sequence[float]) -> bool:
    """Whether the first candidate is one: its score is high, or fair and far above the next."""
    if not scores:
        return False
    after = scores[1] if len(scores) > 1 else 0.0
    return scores[0] >= KNOWN or (scores[0] >= LIKELY and scores[0] >= LEAD * after)
