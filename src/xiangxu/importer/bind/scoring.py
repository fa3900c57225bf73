"""How much the words of a promise speak for each card."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from xiangxu.importer.bind.evidence import Evidence
from xiangxu.importer.bind.forms import Form, Sort, fit, fit_of_units
from xiangxu.importer.bind.index import CardIndex
from xiangxu.model.plan import Promise

# A phrase of as much weight as so many of the rarest pieces is long enough to be certain of.
LONG = 2.8
# How strongly the score falls with the part of a phrase that the promise does not say: a phrase half said says little.
PARTIAL = 1.5
# How much counts that a phrase explains what the promise measures, rather than a word beside it.
EXPLAINS = 0.55
# How strongly the score falls where the rarest piece of a phrase is not said.
KEEN = 1.2
# A phrase that stands in the text letter by letter.
CONTAINED = 1.15
# What the two next phrases of the card add.
SECOND = 0.25
# How much the form of the promise counts against its words.
FORM = 1.1
# What a deed adds for the cards of its registry.
DEED = 0.42
WITHIN = 0.5
# Of a phrase at least this part must be said to count at all; most share one common pair of characters and nothing else.
SAID = 0.12
# Below this a card is not worth naming.
LEAST = 0.03


@dataclass(frozen=True, slots=True)
class Ranked:
    """A card by its position in the index, its score and the words of the card that decided, the strongest first."""

    card: int
    score: float
    words: tuple[str, ...]


def rank(index: CardIndex, promise: Promise, form: Form, evidence: Evidence) -> list[Ranked]:
    """The cards that the promise may mean, the likeliest first."""
    done = evidence.done
    spoken = _spoken(index, evidence)
    for table in done:
        for card in index.readers.get(table, ()):
            spoken.setdefault(card, [])
    found = []
    for card, phrases in spoken.items():
        phrases.sort(reverse=True)
        score = sum(each * (1.0 if place == 0 else SECOND) for place, (each, _) in enumerate(phrases[:3]))
        deed = DEED * max((done.get(table, 0.0) for table in index.cards[card].tables), default=0.0)
        # A share within the entries (名额中乡村学校的比例) is a question of its own, which the deed alone does not ask.
        score += deed * (WITHIN if index.sorts[card] is Sort.REGISTRY_SHARE else 1.0)
        score *= fit(form, index.sorts[card]) ** FORM * fit_of_units(index.cards[card], promise)
        if score >= LEAST:
            found.append(Ranked(card, round(score, 4), tuple(text for _, text in phrases[:3])))
    return sorted(found, key=lambda each: (-each.score, index.cards[each.card].id))


def nearest(index: CardIndex, evidence: Evidence, form: Form, kind: str) -> list[int]:
    """The cards of a kind, those first whose words share most with the promise, however little that is."""
    shared: defaultdict[int, float] = defaultdict(float)
    for piece, weight in evidence.pieces.items():
        for position in index.holders.get(piece, ()):
            card = index.phrases[position].card
            shared[card] = max(shared[card], index.rarity[piece] * weight / index.lengths[position])
    of_kind = [card for card, sort in enumerate(index.sorts) if sort.kind == kind]
    near = {card: (shared.get(card, 0.0) * fit(form, index.sorts[card]), fit(form, index.sorts[card])) for card in of_kind}
    return sorted(of_kind, key=lambda card: (-near[card][0], -near[card][1], index.cards[card].id))


def _spoken(index: CardIndex, evidence: Evidence) -> dict[int, list[tuple[float, str]]]:
    """Of each card the phrases that the promise says, whole or in part, with how much they speak for the card."""
    hits: defaultdict[int, float] = defaultdict(float)
    explained: defaultdict[int, float] = defaultdict(float)
    keenest: defaultdict[int, float] = defaultdict(float)
    for piece, weight in evidence.pieces.items():
        rarity = index.rarity.get(piece)
        if rarity is None:
            continue
        own = rarity if piece in evidence.own else 0.0
        said = rarity * weight
        for position in index.holders[piece]:
            hits[position] += said
            explained[position] += own
            keenest[position] = max(keenest[position], said)
    whole = index.weight(evidence.own) or 1.0
    found: dict[int, list[tuple[float, str]]] = {}
    for position, hit in hits.items():
        length = index.lengths[position]
        if hit < SAID * length:
            continue
        phrase = index.phrases[position]
        score = phrase.weight * (hit / length) ** PARTIAL * min(1.0, (length / (LONG * index.unseen)) ** 0.5)
        # The rarest piece of a phrase is what it is about (巩固 in 义务教育巩固率): who does not say it means something else.
        score *= min(1.0, keenest[position] / index.keenest[position]) ** KEEN
        score *= EXPLAINS * min(1.0, explained[position] / whole) + 1 - EXPLAINS
        if phrase.text in evidence.text:
            score *= CONTAINED
        if score > LEAST / 2:
            found.setdefault(phrase.card, []).append((score, phrase.text))
    return found
