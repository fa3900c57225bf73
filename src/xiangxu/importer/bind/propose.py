"""Puts together what speaks for each card: words, form, scope; and says none where too little does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from xiangxu.cards.kinds import Evaluator, Fields, Scope
from xiangxu.importer.bind.evidence import Evidence, evidence_of
from xiangxu.importer.bind.forms import Form, fit, form_of, usual_kind
from xiangxu.importer.bind.index import CardIndex
from xiangxu.importer.bind.parameters import Parameters
from xiangxu.importer.bind.proposal import Candidate, Kind, Proposal
from xiangxu.importer.bind.scopes import ScopeFinder
from xiangxu.importer.bind.slogans import SLOGAN, is_slogan
from xiangxu.model.plan import Promise

# What a phrase must reach for its card to be known as the one that computes the promise, between 0 and 1.
KNOWN = 0.36
# A phrase of this weight (about three rare pairs of characters) is long enough to be certain of.
_LONG = 13.0
# How strongly the score falls with the part of a phrase that the promise does not say, and how much counts that the phrase
# explains what the promise measures.
_PARTIAL = 1.6
_EXPLAINS = 0.45
_CONTAINED = 1.15
_SECOND = 0.12
_FORM = 0.55
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
        self.index = CardIndex(cards, fields)
        self._scopes = ScopeFinder(scopes)
        self._parameters = Parameters(self.index)
        self._slogan = next((n for n, card in enumerate(self.index.cards) if card.id == SLOGAN), None)

    def propose(self, promises: Sequence[Promise]) -> list[Proposal]:
        """The answers for the promises of one reading, in their order."""
        return [self._answer(promise, evidence) for promise, evidence in zip(promises, evidence_of(promises), strict=True)]

    def _answer(self, promise: Promise, evidence: Evidence) -> Proposal:
        form = form_of(promise)
        ranked = self.ranked(form, evidence)
        candidates = [self._candidate(card, score, words, promise, evidence) for card, score, words in ranked[: _ALTERNATIVES + 1]]
        known = bool(candidates) and candidates[0].score >= KNOWN
        if not known and self._slogan is not None and is_slogan(promise):
            slogan = self._candidate(self._slogan, KNOWN, (promise.metric,), promise, evidence)
            others = [candidate for candidate in candidates if candidate.id != SLOGAN]
            return Proposal(promise.id, slogan.kind, slogan, tuple(others[:_ALTERNATIVES]))
        if not known:
            return Proposal(promise.id, self._kind(form, ranked), None, tuple(candidates[:_ALTERNATIVES]))
        return Proposal(promise.id, candidates[0].kind, candidates[0], tuple(candidates[1:]))

    def ranked(self, form: Form, evidence: Evidence) -> list[tuple[int, float, tuple[str, ...]]]:
        """The cards that share words with the promise, the likeliest first: position, score, the words that decided."""
        index = self.index
        hits: defaultdict[int, float] = defaultdict(float)
        explained: defaultdict[int, float] = defaultdict(float)
        for piece, weight in evidence.pieces.items():
            rarity = index.rarity.get(piece)
            if rarity is None:
                continue
            own = rarity if piece in evidence.own else 0.0
            for phrase in index.holders[piece]:
                hits[phrase] += rarity * weight
                explained[phrase] += own
        whole = index.weight(evidence.own) or 1.0
        of_card: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
        for position, hit in hits.items():
            phrase, length = index.phrases[position], index.lengths[position]
            score = phrase.weight * (hit / length) ** _PARTIAL * min(1.0, (length / _LONG) ** 0.5)
            score *= _EXPLAINS * min(1.0, explained[position] / whole) + 1 - _EXPLAINS
            if phrase.text in evidence.text:
                score *= _CONTAINED
            if score > 0.02:
                of_card[phrase.card].append((score, phrase.text))
        found = []
        for card, phrases in of_card.items():
            phrases.sort(reverse=True)
            words = phrases[0][0] + _SECOND * sum(score for score, _ in phrases[1:3])
            score = words * fit(form, index.sorts[card]) ** _FORM
            found.append((card, round(score, 4), tuple(text for _, text in phrases[:3])))
        return sorted(found, key=lambda each: (-each[1], index.cards[each[0]].id))

    def _kind(self, form: Form, ranked: Sequence[tuple[int, float, tuple[str, ...]]]) -> Kind:
        """The kind of a promise that no card is known for: what its form asks for, unless cards near it agree on another."""
        weight: defaultdict[Kind, float] = defaultdict(float)
        weight[usual_kind(form)] = KNOWN
        for card, score, _ in ranked[:3]:
            weight[self.index.sorts[card].kind] += score
        return max(weight, key=lambda kind: weight[kind])

    def _candidate(self, position: int, score: float, words: tuple[str, ...], promise: Promise, evidence: Evidence) -> Candidate:
        card = self.index.cards[position]
        return Candidate(
            kind=self.index.sorts[position].kind,
            id=card.id,
            score=score,
            words=words,
            params=self._parameters.of(card, promise, evidence),
            scope=self._scopes.of(promise, evidence),
        )
