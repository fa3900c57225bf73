"""A plan as it goes out to offices: what every output is made of, whether it was read from a document or comes from a pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as one row of the office's table.

    `key` is stable in its plan and empty for a row that a clerk added. `group` is the outer name where a list has two.
    `due` is in the normal form (`2025`, `2025-12`, `2025-12-31`, `ongoing`). `proposed`: units that the document does not name
    and that nobody has confirmed; `lead` is then empty. `others`: further columns of the list by their header.
    """

    key: str
    no: str
    name: str
    group: str | None = None
    measure: str | None = None
    goal: str | None = None
    due: str | None = None
    lead: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    leader: str | None = None
    office: str | None = None
    contact: str | None = None
    progress: str | None = None
    others: tuple[tuple[str, str], ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Who is asked: the units that lead, else those that are proposed."""
        return self.lead or self.proposed


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in words. `where` is the place in the form of the exchange (`list 3`, `body 14`); `task`: key of its task.

    `telling` is one id on all tellings of one promise. `quote` is the document's own wording, where it is at hand.
    """

    id: str
    where: str
    metric: str
    requirement: str
    telling: str
    scope: str | None = None
    due: str | None = None
    per: str | None = None
    units: tuple[str, ...] = ()
    task: str | None = None
    quote: str | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline: its number and title as printed, its depth from 1, and the units printed at an action's end."""

    no: str
    level: int
    title: str
    lead: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """A plan, ready to be written. `key` names it stably; `ends` is the last day of its years, where known.

    `contradictions` and `doubts` are sentences for a person.
    """

    key: str
    title: str
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    region: str | None = None
    basis: tuple[str, ...] = ()
    ends: date | None = None
    outline: tuple[Heading, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    contradictions: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def facts(self) -> str:
        """Number, issuer and day of issue in one line; empty where none is known."""
        on = self.issued_on
        parts = (self.doc_number, self.issuer, f"{on.year}年{on.month}月{on.day}日" if on else None)
        return "  ".join(part for part in parts if part)
