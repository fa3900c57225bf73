"""The computed statuses, and what a decision looks like."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How something stands (design §6). The last two are our own homework and never a lamp."""

    MET = "met"
    ON_COURSE = "on-course"
    BEHIND = "behind"
    MISSED = "missed"
    WAITING_DATA = "waiting-data"
    WAITING_BINDING = "waiting-binding"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status with the sentence that says why, for the line beside the lamp: a ``Reason`` where it was decided here."""

    status: Status
    why: str
