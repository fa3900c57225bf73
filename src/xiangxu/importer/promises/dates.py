"""Dates of promises: the dates of a clause, and which of them belong to an account rather than to a promise."""

from __future__ import annotations

import re
from dataclasses import replace

from xiangxu.importer.clause import Context
from xiangxu.importer.dates import ONGOING, Dated, Part, Reckoning
from xiangxu.importer.dates import find_dates as find_spoken

__all__ = ["ONGOING", "Dated", "Part", "find_dates", "is_ongoing"]

_ONGOING = re.compile(r"常抓不懈|长期坚持|一直保持|持续保持|长期保持|继续保持|始终保持|持续为零")


def is_ongoing(text: str) -> bool:
    """Whether the words promise a state for good: 一直保持, 持续为零, 常抓不懈."""
    return _ONGOING.search(text) is not None


def find_dates(text: str, context: Context) -> list[Dated]:
    """Every date of a text that does something in its sentence, in order.

    A year before that of the issue tells of the past, whatever its words; what recurs is a frequency, and a month in passing
    is no date at all.

    >>> from datetime import date
    >>> [(d.part.value, d.value) for d in find_dates("2023年普惠率为80%，到2027年达到90%，每月2次", Context(date(2025, 4, 18)))]
    [('past', '2023'), ('due', '2027')]
    """
    reckoning = Reckoning(context.issued_on, context.plan_end, context.year)
    issued = str(context.issued_on.year) if context.issued_on else ""
    return [
        replace(dated, part=Part.PAST) if dated.part is Part.DUE and dated.value and dated.value[:4] < issued else dated
        for dated in find_spoken(text, reckoning)
        if dated.part not in (Part.RECURRING, Part.PASSING)
    ]
