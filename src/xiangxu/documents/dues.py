"""Deadlines between their normal form, the words in an office's table, and a day of the calendar."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

ONGOING = "ongoing"
_NORMAL = re.compile(r"([12]\d{3})(?:-(\d{2}))?(?:-(\d{2}))?")

# How clerks write a deadline into its cell, and nothing beside it. What follows the date may only say "by then".
_BY = r"(?:之?前|以前)?(?:全部|全面|基本)?(?:完成|建成|实现|达到|达标)?[。.]?"
_YEAR = r"(?:到|至|截至|截止到?)?(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_CELLS = (
    re.compile(rf"{_YEAR}年?度?{_BY}"),
    re.compile(rf"{_YEAR}年?(?P<end>年?[底末]|下半年){_BY}"),
    re.compile(rf"{_YEAR}年?(?P<half>上半年){_BY}"),
    re.compile(rf"{_YEAR}年?第?(?P<quarter>[一二三四1-4])季度[底末]?{_BY}"),
    re.compile(rf"{_YEAR}年{_MONTH}月(?:份)?[底末]?{_BY}"),
    re.compile(rf"{_YEAR}年{_MONTH}月{_DAY}[日号]{_BY}"),
    re.compile(rf"{_YEAR}(?P<mark>[-./]){_MONTH}(?:(?P=mark){_DAY})?{_BY}"),
)
# Work without an end, as a cell of deadlines says it.
_ENDLESS = re.compile(r"常抓不懈|(?:长期|持续|常年|一直)(?:坚持|推进|实施|开展|保持)?|常态化(?:推进|开展)?|贯穿全程")
_NOTHING = re.compile(r"[-—－–/无]*")


class UnreadDue(ValueError):
    """Words in a cell of deadlines that name no deadline."""


def due_words(due: str | None) -> str:
    """The deadline as an office writes it; every normal form has words of its own, so that reading them gives it back.

    >>> [due_words(d) for d in ("2025", "2025-12", "2025-06", "2025-12-31", "ongoing", None)]
    ['2025年', '2025年底', '2025年6月底', '2025年12月31日', '常抓不懈', '']
    """
    return str(due_said(due))


def due_said(due: str | None) -> Reason:
    """The same as a reason, which another language words anew."""
    if due == ONGOING:
        return Reason(_("常抓不懈"))
    found = _NORMAL.fullmatch(due or "")
    if found is None:
        return Reason("%(due)s", due=due)
    year, month, day = found.groups()
    if month is None:
        return Reason(_("%(year)s年"), year=year)
    if day is not None:
        return Reason(_("%(year)s年%(month)s月%(day)s日"), year=year, month=int(month), day=int(day))
    return Reason(_("%(year)s年底") if month == "12" else _("%(year)s年%(month)s月底"), year=year, month=int(month))


def is_normal(text: str) -> bool:
    """Whether a text is a deadline in its normal form."""
    return text == ONGOING or bool(_NORMAL.fullmatch(text))


def due_of_words(text: str) -> str | None:
    """The normal form of a cell of deadlines; None of an empty one. Refuses, with `UnreadDue`, what it cannot be sure of.

    >>> [due_of_words(t) for t in ("2025年", "2026年底前", "2026年 6月底前完成", "2026.6.30", "２０２６年第三季度", "长期坚持", "—")]
    ['2025', '2026-12', '2026-06', '2026-06-30', '2026-09', 'ongoing', None]
    >>> due_of_words("2026年2月30日")
    Traceback (most recent call last):
    xiangxu.documents.dues.UnreadDue: 2026年2月30日
    """
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
    if _NOTHING.fullmatch(squeezed):
        return None
    if _ENDLESS.fullmatch(squeezed.rstrip("。")):
        return ONGOING
    found = next((match for cell in _CELLS if (match := cell.fullmatch(squeezed))), None)
    if found is None:
        raise UnreadDue(text)
    part = found.groupdict()
    if part.get("end"):
        return f"{part['year']}-12"
    if part.get("half"):
        return f"{part['year']}-06"
    if part.get("quarter"):
        number = int(part["quarter"]) if part["quarter"].isdigit() else "一二三四".index(part["quarter"]) + 1
        return f"{part['year']}-{3 * number:02d}"
    due = "-".join([part["year"], *(f"{int(p):02d}" for p in (part.get("month"), part.get("day")) if p)])
    if part.get("day") and last_day(due) is None:
        raise UnreadDue(text)
    return due


def last_day(due: str | None) -> date | None:
    """The last day that a deadline leaves; None of no deadline, of work without an end, and of a day that does not exist.

    >>> [str(last_day(d)) for d in ("2025", "2024-02", "2025-12-15", "ongoing", None)]
    ['2025-12-31', '2024-02-29', '2025-12-15', 'None', 'None']
    """
    found = _NORMAL.fullmatch(due or "")
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = int(found[3] or last)
    return date(year, month, day) if 1 <= day <= last else None
