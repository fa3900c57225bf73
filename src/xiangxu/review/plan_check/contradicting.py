"""What the reader found to contradict between two places of the document: figures, dates, wordings, names, owners."""

from __future__ import annotations

from collections.abc import Iterator

from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Matter
from xiangxu.review.plan_check.remark import Spot

# The kinds of the reader's contradictions, and those of remarks.
_KINDS = {"figure": "two-figures", "date": "two-dates", "wording": "two-wordings", "name": "two-names", "owner": "two-owners"}


def contradictions(matter: Matter) -> Iterator[Finding]:
    """One remark a kind; each place says both sides."""
    for kind, remark in _KINDS.items():
        found = [c for c in matter.reading.contradictions if c.kind == kind]
        spots = [Spot(c.first, _said(c.message), other=c.second) for c in found]
        yield Finding(remark, spots, f"{len(spots)} 处")


def _said(message: str) -> str:
    """The message without what the remark says anyway."""
    return message.rpartition("，请核对")[0] or message
