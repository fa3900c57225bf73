"""Every target of a pack with the document's own words for it: a promise that was read, else the sentence, else the clause.

The pack's metric is in other words than the document, so place and figures decide first, and the words and the order among the
promises of one clause second. All targets and promises of a clause are weighed together: the choice is the one that is best as a
whole, and a sentence that says a target better than any promise keeps it from taking a promise that is another's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiangxu.cards.kinds.plan_pack import TargetEntry
from xiangxu.importer.bind.wording import plain
from xiangxu.importer.link.wording import Wordings
from xiangxu.model.plan import PlanReading
from xiangxu.review.matching.choice import best_pairs
from xiangxu.review.matching.clauses import Clauses, Sentence, by_where, same_where
from xiangxu.review.matching.figures import Agreement, agreement, written
from xiangxu.review.matching.matching import TargetMatch, Wording

# Beside the metric's words in the quote, which count 1: the weight of the scope's, and of the place in the clause's order.
_SCOPE, _ORDER = 0.4, 0.4
# What a pair must reach in one clause, and across clauses (the office's version may be numbered otherwise).
_ENOUGH, _ENOUGH_ELSEWHERE = 0.3, 1.5
# A sentence is no promise: its words count a little less, the figure that it must hold a good deal.
_SENTENCE, _FIGURE, _BETWEEN = 0.9, 0.4, 0.2
_SAID, _SAID_WELL = 0.3, 0.6
_FAR = 1 << 60
# How much of a target's words a promise must hold for the target to share it with another.
_SHARES, _NOTHING = 0.4, 0.05
# A sentence that says this much more of a target than any promise in it holds another part that was not read.
_AS_WELL = 0.85


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    words: float
    figures: Agreement


_Pairs = Mapping[tuple[int, int], _Pair]


class TargetMatcher:
    """Matches the targets of one pack with one reading. `moved`: for a place of the pack the place that the document has for it."""

    def __init__(self, reading: PlanReading, targets: Sequence[TargetEntry], moved: Mapping[str, str]) -> None:
        self._promises = reading.promises
        self._targets = targets
        self._clauses = Clauses(reading)
        self._told = [plain(f"{promise.quote}，{promise.metric}") for promise in self._promises]
        self._around = [plain(f"{promise.quote}，{promise.scope or ''}") for promise in self._promises]
        ours = {plain(text) for target in targets for text in (target.metric, target.scope_text or "")}
        self._words = Wordings({*ours, *self._told, *self._around, *map(plain, self._clauses.all_texts())})
        places = (same_where(target.where) for target in targets)
        self._where = [moved.get(place, place) for place in places]
        self._targets_at = by_where(self._where)
        self._promises_at = by_where(promise.where for promise in self._promises)

    def matches(self) -> list[TargetMatch]:
        """A match for every target, in their order."""
        pairs: dict[tuple[int, int], _Pair] = {}
        gains: dict[tuple[int, int], float] = {}
        for where, ours in self._targets_at.items():
            theirs = self._promises_at.get(where, [])
            for i, n in enumerate(ours):
                for j, k in enumerate(theirs):
                    apart = abs((i + 0.5) / len(ours) - (j + 0.5) / len(theirs))
                    pairs[n, k] = pair = self._pair(n, k, apart)
                    gains[n, k] = pair.score - max(_ENOUGH, self._said(n, self._promises[k].quote)[0])
                # What another promise says outright it may share: then it takes none that says nothing of it.
                if max((self._metric_in(n, self._told[k]) for k in theirs), default=0.0) >= _SHARES:
                    for k in theirs:
                        if not pairs[n, k].figures.same and self._metric_in(n, self._told[k]) < _NOTHING:
                            del gains[n, k]
        chosen = best_pairs(gains)
        chosen |= self._elsewhere(chosen, pairs)
        chosen |= (shared := self._shared(chosen, pairs))
        owners = Counter(chosen.values())
        return [self._match(n, chosen, pairs, n in shared and owners[chosen[n]] > 1) for n in range(len(self._targets))]

    def _pair(self, n: int, k: int, apart: float) -> _Pair:
        figures = agreement(self._targets[n], self._promises[k])
        words = self._words_in(n, self._told[k], self._around[k])
        return _Pair(figures.score + words - _ORDER * apart, words, figures)

    def _words_in(self, n: int, text: str, around: str) -> float:
        """How much of a target's words a text holds; up to 1.4."""
        scope = self._targets[n].scope_text
        return self._metric_in(n, text) + (_SCOPE * self._words.held(plain(scope), around) if scope else 0.0)

    def _metric_in(self, n: int, text: str) -> float:
        return self._words.held(plain(self._targets[n].metric), text)

    def _elsewhere(self, chosen: Mapping[int, int], pairs: dict[tuple[int, int], _Pair]) -> dict[int, int]:
        """Targets of which their clause says little, with promises that are left over anywhere."""
        taken = set(chosen.values())
        free = [k for k in range(len(self._promises)) if k not in taken]
        gains = {}
        for n in range(len(self._targets)):
            if n not in chosen and self._said(n)[0] < _SAID_WELL:
                for k in free:
                    pairs[n, k] = pair = self._pair(n, k, 0.0)
                    gains[n, k] = pair.score - _ENOUGH_ELSEWHERE
        return best_pairs(gains)

    def _shared(self, chosen: Mapping[int, int], pairs: _Pairs) -> dict[int, int]:
        """Targets that are left over, with the promise of another one: its quote holds their words, or they are its siblings."""
        shared: dict[int, int] = {}
        for where, ours in self._targets_at.items():
            sentences = [plain(sentence.text) for sentence in self._clauses.sentences(where)]
            for n in (n for n in ours if n not in chosen):
                said = max((self._metric_in(n, text) for text in sentences), default=0.0)
                fitting = {
                    k: self._metric_in(n, self._told[k])
                    for k in self._promises_at.get(where, [])
                    if not pairs[n, k].figures.differs
                }
                best = max(fitting, key=lambda k: (fitting[k], pairs[n, k].score), default=None)
                siblings = [chosen[m] for m in ours if m in chosen and _one_sentence(self._targets[n], self._targets[m])]
                if best is not None and fitting[best] >= max(_SHARES, _AS_WELL * said):
                    shared[n] = best
                elif siblings and siblings[0] in fitting:
                    shared[n] = siblings[0]
        return shared

    def _said(self, n: int, but: str = "", between: tuple[int, int] | None = None) -> tuple[float, Sentence | None]:
        """The sentence of the clause that says a target best, and how well; `but`: leaving out those that hold this quote.

        `between`: where its neighbours stand, which speaks for a sentence there.
        """
        target = self._targets[n]
        found: tuple[float, Sentence | None] = (0.0, None)
        for sentence in self._clauses.sentences(self._where[n]):
            if but and (but in sentence.text or sentence.text in but):
                continue
            text = plain(sentence.text)
            score = _SENTENCE * self._words_in(n, text, text)
            if target.value is not None and written(target.value, target.value2) in sentence.text:
                score += _FIGURE
            if score and between and sentence.place.start <= between[1] and sentence.place.end > between[0]:
                score += _BETWEEN
            if score > found[0]:
                found = (score, sentence)
        return found

    def _neighbours(self, n: int, chosen: Mapping[int, int]) -> tuple[int, int]:
        """Where the nearest matched targets of the same clause before and after a target stand."""
        ours = self._targets_at[self._where[n]]
        starts = {m: self._promises[chosen[m]].place.start for m in ours if m in chosen}
        before = [start for m, start in starts.items() if m < n]
        after = [start for m, start in starts.items() if m > n]
        return max(before, default=0), min(after, default=_FAR)

    def _match(self, n: int, chosen: Mapping[int, int], pairs: _Pairs, shares: bool) -> TargetMatch:
        target = self._targets[n]
        if n in chosen:
            promise, pair = self._promises[chosen[n]], pairs[n, chosen[n]]
            reason = "；".join((*pair.figures.alike, f"用词相合 {min(pair.words / (1 + _SCOPE), 1):.0%}"))
            how = Wording.SHARED if shares else Wording.PROMISE
            score = round(pair.score, 3)
            return TargetMatch(target, how, promise, promise.quote, promise.place, score, reason, pair.figures.differs)
        score, sentence = self._said(n, between=self._neighbours(n, chosen))
        if sentence is not None and score >= _SAID:
            reason = Wording.SENTENCE.reason
            return TargetMatch(target, Wording.SENTENCE, None, sentence.text, sentence.place, round(score, 3), reason)
        at = self._clauses.at(self._where[n])
        how = Wording.CLAUSE if at else Wording.NONE
        return TargetMatch(target, how, None, "", at[0].place if at else None, 0.0, how.reason)


def _one_sentence(a: TargetEntry, b: TargetEntry) -> bool:
    """Whether two targets of one clause are made of one sentence: the same figure and date, and the same metric or scope."""
    return (a.op, a.value, a.value2, a.uom, a.due, a.per) == (b.op, b.value, b.value2, b.uom, b.due, b.per) and (
        a.metric == b.metric or (a.value is not None and a.scope_text == b.scope_text)
    )
