"""The form of the document: numbers that are missing or stand twice, attachments that are announced and not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.importer.link.parts import row_number
from xiangxu.model.place import Doubt, Place
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Matter, shortly
from xiangxu.review.plan_check.remark import Spot

# 附件： and what follows; one line each where there are several, numbered. 略 and 另发 say that it is left out on purpose.
_ANNOUNCED = re.compile(r"^[ \t　]*附[ 　]*件[ 　]*[:：][ \t　]*(\S.*)$(?P<more>(?:\n[ \t　]*\d{1,2}[.．、].+)*)", re.M)
_NUMBER = re.compile(r"^[ \t　]*\d{1,2}[.．、][ \t　]*")
_ON_PURPOSE = re.compile(r"略|另发|另附|不公开")
_REFERRED = re.compile(r"(?:见|按照|依据|对照)[本]?附[ 　]*件[ 　]*\d{0,2}")
# Numbers that jump more often are a numbering of their own, running through several lists.
_MOST_GAPS = 5
# So much of a title must come back for the attachment to be there; the end may be wrapped or worded otherwise.
_HEAD = 10


def numbering_gaps(matter: Matter) -> Iterator[Finding]:
    """Headings that the reader found out of step, and numbers of a list's rows that are left out or come back."""
    spots = [
        Spot(section.place, Reason(_("标题%(no)s"), no=section.no), shortly(section.title))
        for section in matter.reading.sections
        if Doubt.NUMBERING_GAP in section.doubts
    ]
    last: dict[int, int] = {}
    for task in matter.reading.tasks:
        if not task.no.isdigit():
            continue
        number, before = int(task.no), last.get(task.table)
        if before is not None and number not in (before, before + 1) and number != 1:
            note = Reason(_("前一项是 %(before)s，这一项是 %(number)s"), before=before, number=number)
            spots.append(Spot(task.place, row_number(task), shortly(task.action or task.project or ""), note))
        last[task.table] = number
    if len(spots) <= _MOST_GAPS:
        yield Finding("numbering-gap", spots, Reason(_("%(n)s 处"), n=len(spots)))


def missing_attachments(matter: Matter) -> Iterator[Finding]:
    """Attachments that a line announces or a sentence refers to, of which nothing follows."""
    text = matter.reading.text
    spots = []
    for match in _ANNOUNCED.finditer(text):
        behind = _squeezed(text[match.end() :])
        for title in [match[1], *match["more"].split("\n")]:
            name = _squeezed(_NUMBER.sub("", title)).rstrip("。；;")
            if name and not _ON_PURPOSE.search(name) and name[:_HEAD] not in behind:
                spots.append(Spot(_place(text, match.start(1), match.end(1)), Reason(_("附件说明")), shortly(name)))
    attached = any(section.no.startswith("附件") for section in matter.reading.sections) or _ANNOUNCED.search(text)
    referred = None if attached or (matter.reading.tasks and matter.rows) else _REFERRED.search(text)
    if referred:
        spots.append(Spot(_place(text, *referred.span()), Reason(_("正文")), shortly(referred[0])))
    yield Finding("attachment-missing", spots, Reason(_("%(n)s 个"), n=len(spots)))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _place(text: str, start: int, end: int) -> Place:
    return Place(start, end, text.count("\n", 0, start) + 1)
