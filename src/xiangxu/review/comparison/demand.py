"""How much a promise demands, as a figure of the evaluator that computes it: what makes two plans comparable."""

from __future__ import annotations

from xiangxu.cards.kinds import Evaluator
from xiangxu.review.comparison.side import Aim

# Units that count the same heads.
_HEADS = frozenset({"人", "名"})
# Units that are shares or pure numbers: they mean the same in a large county and a small one.
_RELATIVE = frozenset({"%", "个百分点", "比"})
# Bounds that do not go with the side that is better.
_AGAINST = {"higher": ("le", "lt", "decrease"), "lower": ("ge", "gt", "increase")}


def demand(aim: Aim, card: Evaluator) -> float | None:
    """The figure that the evaluator must reach; None where the promise names none, or one in another unit.

    Everyone, and simply done, are 100 where the evaluator gives a share; none at all is 0. Of two bounds the one that must be
    reached counts. A bound against the good side (at most so much of what is better high) is no demand of this kind.
    """
    if aim.op in _AGAINST.get(card.better, ()):
        return None
    if card.uom == "%" and (aim.op == "done" or (aim.each and aim.uom != "%")):
        return 100.0
    if aim.op == "zero":
        return 0.0
    if aim.op == "all" and card.uom == "%" and aim.value is None:
        return 100.0
    if aim.value is None or aim.op in ("increase", "decrease") or not _one_unit(aim.uom, card.uom):
        return None
    return aim.value2 if aim.op == "between" and card.better == "lower" else aim.value


def _one_unit(one: str | None, other: str) -> bool:
    return one == other or {one, other} <= _HEADS


def depends_on_size(aim: Aim, card: Evaluator) -> bool:
    """Whether the figure counts things of a whole county: of two such figures the larger place has the larger one."""
    return card.uom not in _RELATIVE and not aim.each and aim.op != "zero" and aim.level in ("county", "department")
