"""From the files of a card's layers to the card: merged, checked against its model, every fault at its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import ValidationError

from xiangxu.cards.faults import Fault, dotted
from xiangxu.cards.file_rules import layer_faults
from xiangxu.cards.kinds import KINDS, Head
from xiangxu.cards.kinds.parts import ALWAYS, InForce
from xiangxu.cards.merge import Written, forbidden, merged
from xiangxu.cards.wording import worded

Built = tuple[Head | None, tuple[Fault, ...]]


def build(chain: Sequence[Written], above: Head | None) -> Built:
    """The card of a chain of files, highest layer first, and the faults of the last file.

    `above`: the card of the files before the last. Where these are faulty there is no card, and no fault is told twice.
    """
    last = chain[-1]
    faults = list(layer_faults(last)) if len(chain) == 1 else list(forbidden(chain[-2], last))
    if faults or (len(chain) > 1 and above is None):
        return None, tuple(faults)
    data = merged(chain)
    try:
        return KINDS[last.kind].model_validate(data), ()
    except ValidationError as problem:
        path, lines = last.sheet.path, last.sheet.lines
        told = worded(last.kind, data, problem)
        return None, tuple(Fault(path, lines.of(way), dotted(way), wrong, remedy) for way, wrong, remedy in told)


def in_force(chain: Sequence[Written], on: date | None) -> tuple[Written, ...]:
    """The files that count on a day; none where the defining one, the highest, does not. Without a day all count."""
    if on is None or not chain:
        return tuple(chain)
    counting = tuple(written for written in chain if _span(written).holds(on))
    return counting if counting and counting[0] is chain[0] else ()


def _span(written: Written) -> InForce:
    try:
        return InForce.model_validate(written.sheet.data.get("in_force", {}))
    except ValidationError:
        return ALWAYS  # the fault is told when the card is built
