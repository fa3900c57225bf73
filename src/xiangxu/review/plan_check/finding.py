"""What a check hands over; the card adds its grade, its reason and its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xiangxu.review.plan_check.remark import Spot


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind that the card knows, where it was found, and what is to be said beyond the card's title."""

    kind: str
    spots: Sequence[Spot]
    message: str = ""
