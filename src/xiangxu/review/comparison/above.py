"""Which demands of the plan above a plan answers: as much, less, later, otherwise, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from xiangxu.cards import View
from xiangxu.cards.kinds import Evaluator
from xiangxu.documents.dues import last_day
from xiangxu.importer.link.wording import Wordings
from xiangxu.review.comparison.by_evaluator import Params, asked, card_of, matter
from xiangxu.review.comparison.demand import demand, depends_on_size
from xiangxu.review.comparison.side import SLOGAN, Aim, Side

# From here on two promises are worded nearly enough for a person to look whether one answers the other.
_SIMILAR = 0.4


class Answered(StrEnum):
    """How a plan answers a demand, the best first."""

    MET = "met"
    PART = "part"
    LATER = "later"
    LOWER = "lower"
    OTHERWISE = "otherwise"
    SIMILAR = "similar"
    NOT = "not"

    @property
    def word(self) -> str:
        """As a clerk reads it."""
        return _WORDS[self]


_WORDS = {
    Answered.MET: "同等或更高",
    Answered.PART: "有回应，总量不可比",
    Answered.LATER: "时限更晚",
    Answered.LOWER: "低于上级",
    Answered.OTHERWISE: "口径不同",
    Answered.SIMILAR: "用词相近，请核对",
    Answered.NOT: "没有回应",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A demand of the plan above, how it is answered, and by which promises (the nearest first)."""

    demand: Aim
    title: str | None
    answered: Answered
    by: tuple[Aim, ...] = ()


def answers(above: Side, plan: Side, view: View) -> tuple[Answer, ...]:
    """An answer for every demand but slogans, in the order of the plan above.

    What the same evaluator computes of the same matter answers a demand; where none does, or nothing is bound, promises that are worded alike are
    shown for a person to judge. A total of the larger area is nothing that one of its parts could reach alone.
    """
    by_matter: defaultdict[tuple[str, Params], list[Aim]] = defaultdict(list)
    for aim in plan.aims:
        card = card_of(aim, view)
        if card is not None:
            by_matter[card.id, matter(asked(aim, card))].append(aim)
    own = {_words(aim): aim for aim in plan.aims}
    wanted = [aim for aim in above.aims if aim.evaluator != SLOGAN]
    wordings = Wordings([*own, *(_words(aim) for aim in wanted)])
    found = []
    for aim in wanted:
        card = card_of(aim, view)
        title = card.title.zh if card else None
        same = by_matter.get((card.id, matter(asked(aim, card)))) if card is not None else None
        if card is not None and same:
            graded = [(_grade(aim, answer, card, above.level != plan.level), answer) for answer in same]
            order = {grade: place for place, grade in enumerate(Answered)}
            graded.sort(key=lambda each: (order[each[0]], each[1].uid))
            found.append(Answer(aim, title, graded[0][0], tuple(answer for grade, answer in graded if grade is graded[0][0])))
            continue
        near = sorted(
            ((likeness, text) for text, likeness in wordings.alike(_words(aim)).items() if text in own and likeness >= _SIMILAR),
            reverse=True,
        )
        found.append(Answer(aim, title, Answered.SIMILAR if near else Answered.NOT, tuple(own[text] for _, text in near[:3])))
    return tuple(found)


def _words(aim: Aim) -> str:
    return f"{aim.metric}，{aim.scope_text or ''}"


def _grade(wanted: Aim, answer: Aim, card: Evaluator, other_level: bool) -> Answered:
    """One promise against a demand of the same evaluator; what either leaves open is not held against it."""
    if asked(wanted, card) != asked(answer, card):
        return Answered.OTHERWISE
    if other_level and depends_on_size(wanted, card):
        return Answered.PART
    asks, gives = demand(wanted, card), demand(answer, card)
    if asks is not None and gives is not None and card.better != "none":
        short = gives - asks if card.better == "lower" else asks - gives
        if short > 0:
            return Answered.LOWER
    day, own = last_day(wanted.due), last_day(answer.due)
    return Answered.LATER if day is not None and own is not None and own > day else Answered.MET


def by_answer(found: Sequence[Answer]) -> dict[Answered, list[Answer]]:
    """The answers by how much they answer; those that ask for work first: not at all, lower, later."""
    order = (
        Answered.NOT, Answered.LOWER, Answered.LATER, Answered.OTHERWISE, Answered.SIMILAR, Answered.PART, Answered.MET,
    )  # fmt: skip
    return {grade: own for grade in order if (own := [answer for answer in found if answer.answered is grade])}
