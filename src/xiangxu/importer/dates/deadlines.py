"""Deadlines: until when something is to be done, as running text and the cells of a list say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiangxu.importer.dates.parts import Dated, Part, find_dates
from xiangxu.importer.dates.spoken import Reckoning

ONGOING = "ongoing"


class DeadlineKind(StrEnum):
    """What the words fix: a day by which, a day from which, or a recurring day."""

    BY = "by"
    FROM = "from"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline at `span` of the text. `due` is its normal form; None where it recurs or cannot be reckoned."""

    due: str | None
    span: tuple[int, int]
    kind: DeadlineKind = DeadlineKind.BY


_KINDS = {Part.DUE: DeadlineKind.BY, Part.START: DeadlineKind.FROM, Part.RECURRING: DeadlineKind.RECURRING}

# A sheet's cell may hold the year as a number.
_BARE_YEAR = re.compile(r"20\d\d(?:\.0)?[.。]?")
# In a column of deadlines these words stand for 长期坚持; in running text most of them only describe.
_ONGOING_CELL = re.compile(
    r"常抓不懈|长期|持续|全年|常年|常态化?|一直|始终|永久|贯穿|日常|经常|滚动|不间断|逐步|即时|随时|全程|阶段性推进"
)
# The day of each month or week by which something is handed in: a rhythm that says nothing of when the work ends.
_DAY_OF_EACH = re.compile(r"每个?(?:月|旬|季度?)(?:的|末?月)?\d{1,2}[日号]")
# What may stand beside the date in a cell of deadlines without saying anything else.
_FILLER = re.compile(
    r"[前底末]|之前|以前|完成|达到|实现|基本|力争|确保|取得|明显|阶段性|成效|进展|并|且|及时|坚持|推进|实施|开展|保持|进行|抓好|落实|"
    r"任务|工作|左右|至|到|于|在|的|起|内|间|[，,、；;。.（）()-]"
)


def find_deadlines(text: str, reckoning: Reckoning | None = None, *, in_title: bool = False) -> tuple[Deadline, ...]:
    """Every deadline that a running text names, in order; the ends of a range are one deadline.

    `in_title`: the text names a project, and the period in its name (“十四五”特殊教育提升行动) is the project's own.

    >>> [d.due for d in find_deadlines("2025年底前完成，至2027年全覆盖；“十五五”期间新增")]
    ['2025-12', '2027', '2030']
    >>> find_deadlines("较2024年提高；2017年以前建设的幼儿园；2020年以来")
    ()
    """
    wanted = {*_KINDS, Part.NAME} if in_title else set(_KINDS)
    return tuple(_deadline(d) for d in find_dates(text, reckoning or Reckoning()) if d.part in wanted)


def _deadline(dated: Dated) -> Deadline:
    return Deadline(dated.value, (dated.start, dated.end), _KINDS.get(dated.part, DeadlineKind.BY))


def _in_cell(squeezed: str, reckoning: Reckoning) -> tuple[Deadline, ...]:
    """The deadlines of a cell; there a month that running text would only mention is the deadline too."""
    return tuple(_deadline(d) for d in find_dates(squeezed, reckoning) if d.part in _KINDS or d.part is Part.PASSING)


def read_due(text: str, reckoning: Reckoning | None = None) -> str | None:
    """The normal form of a cell in a column of deadlines; None where it names none.

    The latest of several dates; `ongoing` where the cell says that the work has no end, or recurs. In the paper of one year
    what recurs is due when that year ends. A day of each month is no such date: 每月25日前 names none.

    >>> [read_due(t) for t in ("2026年8月底前", "常抓不懈", "每学期", "2026—2029年", "2026年第三季度", "2025.12", "—")]
    ['2026-08', 'ongoing', 'ongoing', '2029', '2026-09', '2025-12', None]
    >>> read_due("6月底前", Reckoning(year=2026)), read_due("今年年底前", Reckoning(date(2026, 3, 16)))
    ('2026-06', '2026-12')
    >>> [read_due(t, Reckoning(year=2026)) for t in ("全年", "每季度", "长期坚持")]
    ['2026', '2026', 'ongoing']
    """
    squeezed = "".join(text.split())
    if _BARE_YEAR.fullmatch(squeezed):
        return squeezed[:4]
    reckoning = reckoning or Reckoning()
    found = _in_cell(squeezed, reckoning)
    if due := latest(found):
        return due
    if _DAY_OF_EACH.search(squeezed):
        return None
    if any(d.kind is DeadlineKind.RECURRING for d in found):
        return str(reckoning.year) if reckoning.year else ONGOING
    return ONGOING if _ONGOING_CELL.search(squeezed) else None


def is_deadline(text: str) -> bool:
    """Whether a cell says a deadline and nothing else.

    >>> [is_deadline(t) for t in ("2025 年", "2025年底前完成", "长期坚持", "2025年，绿色校园全覆盖。", "区教体局")]
    [True, True, True, False, False]
    """
    squeezed = "".join(text.split())
    if not squeezed or len(squeezed) > 40:
        return False
    if _BARE_YEAR.fullmatch(squeezed):
        return True
    left, at = "", 0
    for deadline in _in_cell(squeezed, Reckoning(issued_on=date(2000, 1, 1))):
        left += squeezed[at : deadline.span[0]]
        at = deadline.span[1]
    left += squeezed[at:]
    if at == 0 and not _ONGOING_CELL.search(squeezed):
        return False
    return len(_FILLER.sub("", _ONGOING_CELL.sub("", left))) <= 0.2 * len(squeezed)


def latest(deadlines: Iterable[Deadline]) -> str | None:
    """The latest due date of several; dates from which something holds count only where nothing else is said."""
    rows = list(deadlines)
    for kind in (DeadlineKind.BY, DeadlineKind.FROM):
        if dues := [d.due for d in rows if d.kind is kind and d.due]:
            return max(dues, key=_last_day)
    return None


def _last_day(due: str) -> tuple[int, int, int, int]:
    """For comparing: the last day that the due date reaches; of two on one day the more exact one is the later."""
    parts = [int(p) for p in due.split("-")]
    return parts[0], parts[1] if len(parts) > 1 else 12, parts[2] if len(parts) > 2 else 31, len(parts)
