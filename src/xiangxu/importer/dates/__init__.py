"""Dates: one wording has one meaning, in running text and in the cells of a list.

- `spoken`: the wordings, and what each is worth.
- `parts`: what a date does in its sentence: by when, since when, measured against what.
- `deadlines`: deadlines of running text and of cells.

Nothing here knows who promises what.
"""

from xiangxu.importer.dates.deadlines import ONGOING, Deadline, DeadlineKind, find_deadlines, is_deadline, latest, read_due
from xiangxu.importer.dates.parts import Dated, Part, find_dates
from xiangxu.importer.dates.spoken import Reckoning, Wording

__all__ = [
    "ONGOING", "Dated", "Deadline", "DeadlineKind", "Part", "Reckoning", "Wording", "find_dates", "find_deadlines", "is_deadline", "latest",
    "read_due",
]  # fmt: skip
