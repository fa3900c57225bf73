"""How alike an old and a new entry are: the words of both, what they are about, and the facts that both state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiangxu.importer.link.wording import Wordings
from xiangxu.review.versions.change import Difference, Field
from xiangxu.review.versions.entry import Entry

# What the score of a pair is made of; together 1.
_TEXT, _SUBJECT, _FACTS = 0.55, 0.25, 0.2
# A shorter text that stands whole in a longer one is more alike than the share of words says.
_HELD = 0.35
# Entries of the same part of a document are nearer to one another: what the body and the list both tell is two entries.
_SAME_PART = 0.03
# How much each fact counts where both state it.
_WEIGHT = {
    Field.FIGURE: 2.0,
    Field.MENTIONED: 1.0,
    Field.UOM: 1.0,
    Field.BOUND: 1.0,
    Field.DUE: 1.0,
    Field.OWNER: 1.0,
    Field.PARTICIPANTS: 0.5,
    Field.BASELINE: 1.0,
    Field.PER: 1.0,
}
# Pairs whose words share less than this are not looked at.
LEAST_SHARED = 0.12


@dataclass(frozen=True, slots=True)
class Pair:
    """An old and a new entry by their positions, and how alike they are: the words, the subject, the facts, and all together."""

    old: int
    new: int
    text: float
    subject: float
    facts: float
    score: float


class Likeness:
    """Compares the entries of one kind of two versions."""

    def __init__(self, old: Sequence[Entry], new: Sequence[Entry]) -> None:
        self.old, self.new = old, new
        self._texts = Wordings([entry.text for entry in (*old, *new)])
        self._subjects = Wordings([entry.subject for entry in (*old, *new)])

    def pairs(self) -> list[Pair]:
        """Every pair that shares words enough to be looked at."""
        holders: dict[str, list[int]] = {}
        for position, entry in enumerate(self.new):
            holders.setdefault(entry.text, []).append(position)
        found = []
        for position, entry in enumerate(self.old):
            subjects = self._subjects.alike(entry.subject)
            for text, likeness in {
                **self._texts.alike(entry.text),
                **({entry.text: 1.0} if entry.text in holders else {}),
            }.items():
                if likeness >= LEAST_SHARED:
                    found += [self._pair(position, other, likeness, subjects) for other in holders.get(text, ())]
        return found

    def _pair(self, position: int, other: int, likeness: float, subjects: Mapping[str, float]) -> Pair:
        old, new = self.old[position], self.new[other]
        held = max(self._texts.held(old.text, new.text), self._texts.held(new.text, old.text)) if old.text != new.text else 1.0
        text = 1.0 if old.words == new.words else likeness + _HELD * max(0.0, held - likeness)
        subject = 1.0 if old.subject == new.subject else subjects.get(new.subject, 0.0)
        facts = agreement(old, new)
        score = _TEXT * text + _SUBJECT * subject + _FACTS * facts - (0.0 if old.part == new.part else _SAME_PART)
        return Pair(position, other, text, subject, facts, max(0.0, min(1.0, score)))

    def held(self, part: Entry, *by: Entry) -> float:
        """How much of the words of one entry others together hold."""
        return self._texts.held(part.text, *(entry.text for entry in by))


def agreement(old: Entry, new: Entry) -> float:
    """How far the facts agree that both state, from 0 to 1; one half where they state none in common."""
    weight = agreed = 0.0
    for field, importance in _WEIGHT.items():
        one, other = set(old.facts.get(field, ())), set(new.facts.get(field, ()))
        if one and other:
            weight += importance
            agreed += importance * len(one & other) / len(one | other)
    return agreed / weight if weight else 0.5


def differences(old: Entry, new: Entry) -> tuple[Difference, ...]:
    """The fields in which a new entry differs from the old one; the wording last, figures and dates left out of it."""
    found = [
        Difference(field, old.facts.get(field, ()), new.facts.get(field, ()))
        for field in Field
        if old.facts.get(field, ()) != new.facts.get(field, ())
    ]
    return (*found, Difference(Field.WORDING)) if old.words != new.words else tuple(found)
