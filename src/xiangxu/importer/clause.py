"""A stretch of text in which promises are looked for, with what it inherits from around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangxu.importer.passage import Passage
from xiangxu.model.place import Doubt


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph of the body, or one cell of a list row, squeezed (no white space at all).

    `where` is the place in the words of the exchange form: "body 14", "body 二（一）4", "list 3", "table 1". Numbered
    headings are cut off, run-in headings are not; brackets that name departments are cut off. `due` is the date of the row,
    which a promise takes where it states none itself; body clauses have none. `subject` is the row's project or the nearest
    heading: what the text speaks of where it does not say so.
    """

    text: Passage
    where: str
    due: str | None = None
    subject: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def in_body(self) -> bool:
        """Whether it is running text rather than a row of a list or table."""
        return self.where.startswith("body")


@dataclass(frozen=True, slots=True)
class Context:
    """What every clause of one document may lean on.

    The day of issue, the last year of the plan's period, and the year of an annual paper (2026年工作要点), where they are stated.
    """

    issued_on: date | None = None
    plan_end: int | None = None
    year: int | None = None
