"""What the check says of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiangxu.model.place import Place


class Grade(StrEnum):
    """How much hangs on a remark: nobody can carry out or check the task; somebody may stumble; worth a thought."""

    SERIOUS = "serious"
    NOTICE = "notice"
    HINT = "hint"

    @property
    def word(self) -> str:
        """The grade as a clerk reads it."""
        return {"serious": "严重", "notice": "注意", "hint": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a remark speaks of. `name`: what stands there, in a clerk's words; `quote`: the words meant, shortly.

    `other`: the second place, where two places do not agree. `note`: what holds of this place alone.
    """

    place: Place
    name: str
    quote: str = ""
    note: str = ""
    other: Place | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; similar ones are one remark with several places. `mend` is worded for a draft or for an issued document."""

    kind: str
    grade: Grade
    message: str
    spots: tuple[Spot, ...]
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class PlanReview:
    """All remarks on a plan, the weightiest first. An `issued` document is given advice, a draft findings.

    `from_pack`: there was no document, only a pack; its remarks have no place in a text.
    """

    key: str
    title: str | None
    issued_on: date | None
    remarks: tuple[Remark, ...]
    from_pack: bool = False

    @property
    def issued(self) -> bool:
        """Whether the document is in force already, so that it can only be advised about."""
        return self.issued_on is not None

    @property
    def word(self) -> str:
        """What its remarks are called."""
        return "建议" if self.issued else "问题"
