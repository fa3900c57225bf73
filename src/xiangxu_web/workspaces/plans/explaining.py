"""A target explained: what the document says, what counts, how it is computed, on what ground; and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xiangxu.cards.kinds.head import Head
from xiangxu.cards.vocabulary import NATURES
from xiangxu.targets.status import Status, Verdict
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.workspaces.plans.binding import held
from xiangxu_web.workspaces.plans.cards import evaluator
from xiangxu_web.workspaces.plans.hows import How
from xiangxu_web.workspaces.plans.hows import how as in_words
from xiangxu_web.workspaces.plans.judging import target_lamp, verdicts
from xiangxu_web.workspaces.plans.models import Target
from xiangxu_web.workspaces.plans.papers import wanted
from xiangxu_web.workspaces.plans.twins import asked_of


@dataclass(frozen=True)
class Ground:
    """A source of a card: the document, its clause, what it says in our words, and whether somebody compared it."""

    words: str
    checked: bool
    note: str


@dataclass(frozen=True)
class Explained:
    """A target with its explanation."""

    target: Target
    lamp: Lamp
    status: Status
    wanted: str
    how: How | None
    settled: str
    grounds: Sequence[Ground]
    nature: str


def explained(targets: Sequence[Target], known: dict[int, Verdict] | None = None) -> list[Explained]:
    """Each target explained, in the order given; ``known`` are verdicts that are at hand already."""
    known = verdicts(targets) if known is None else known
    return [_explained(target, known[target.pk]) for target in targets]


def _explained(target: Target, verdict: Verdict) -> Explained:
    # What is promised twice is settled at the telling that is judged.
    judged = asked_of(target)
    stands = held(judged)
    how = in_words(stands and stands | {"units": judged.units})
    return Explained(
        target,
        target_lamp(target, verdict),
        verdict.status,
        wanted(target),
        how,
        _settled(judged, how),
        grounds(judged.evaluator) if judged.evaluator else (),
        _(NATURES.words[target.nature]) if target.nature in NATURES else "",
    )


def _settled(target: Target, how: How | None) -> str:
    """Whether a person settled how it is computed; of a proposal where it comes from and how sure it is."""
    if target.binding == Target.Binding.CONFIRMED and how is not None:
        return _("已由教育局确认")
    if target.binding == Target.Binding.PROPOSED and how is not None:
        return _("%(source)s，待教育局确认") % {"source": how.sure}
    return str(target.get_binding_display())


def grounds(id: str) -> list[Ground]:
    """The sources of an evaluator's card."""
    card = evaluator(id)
    return [] if card is None else grounds_of(card)


def grounds_of(card: Head) -> list[Ground]:
    """The sources that a card names."""
    return [
        Ground("，".join(filter(None, (source.title, source.number, source.clause))), source.checked, source.note or "")
        for source in card.source or ()
    ]
