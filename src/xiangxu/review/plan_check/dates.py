"""When: no date, one that had passed when the plan was issued, hardly any time, or the same day for everything."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from xiangxu.documents.dues import last_day
from xiangxu.importer.dates.spoken import Reckoning, spoken_dates
from xiangxu.importer.link.parts import squeezed
from xiangxu.model.place import Place
from xiangxu.model.plan import Op, Promise, Task
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot

_NEAR = 24
# Up to this share of undated tasks the others show that a date was meant for each.
_FORGOTTEN = 0.25
# What is finished on one day: a building, something that becomes what it was not, a title that is won.
_ONCE = re.compile(r"新建|扩建|改建|迁建|异址|建设为|建设工程|争创|创成|建成")
# What comes back or goes on by its own words has its rhythm for a date.
_RHYTHM = re.compile(r"每[一]?(?:天|日|周|月|季|学期|学年|年)|常态化|长期坚持|常抓不懈")
# What is handed in is handed in by a day, and two weeks for a paper are usual.
_HANDED_IN = re.compile(r"报送|上报|报[市县省区]|提交|前报|备案")
# Two weeks are short, though, where others must look the paper over in between.
_LOOKED_OVER = re.compile(r"审核|会商|论证|审定|把关")
_DAY, _MONTHS = re.compile(r"(?<!\d)(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]"), 12
_HURRIED = _("文件本身又没有写分工")
# What is only written, each school for itself, two months are enough for.
_WRITTEN = re.compile(r"(?:制定|制订|编制|修订).{0,24}(?:方案|计划|预案|办法|制度|规划)$")


def spoken(due: str) -> Reason:
    """A deadline as a clerk writes it.

    >>> spoken("2025"), spoken("2025-03")
    ('2025年', '2025年3月')
    """
    year, month, day = (*due.split("-"), "", "")[:3]
    kind = _("%(year)s年%(month)s月%(day)s日") if day else _("%(year)s年%(month)s月") if month else _("%(year)s年")
    return Reason(kind, year=int(year), month=int(month or 0), day=int(day or 0)) if year.isdigit() else Reason("")


def undated(matter: Matter) -> Iterator[Finding]:
    """Tasks without a deadline of their own, without one in any of their promises, in the list or in the body, and without a rhythm.

    Where the plan states its term, that is a deadline for work that goes on. Then only rows are told that were forgotten, since
    most others have a date, and rows that build or found something, which is ready on some day and not over the years.
    """
    without = [item for item in matter.tasks if not _has_date(matter, item)]
    message = Reason(_("%(all)s 项任务中 %(n)s 项"), all=len(matter.tasks), n=len(without))
    if matter.term:
        forgotten = len(without) <= len(matter.tasks) * _FORGOTTEN
        without = [item for item in without if item.is_row and (forgotten or _ONCE.search(_wording(item)))]
        kind = (
            _("清单 %(all)s 项中 %(n)s 项，别的各项都写了；最迟只能算到全文所定的 %(term)s 年")
            if forgotten
            else _("清单 %(all)s 项中 %(n)s 项要建成、创成的没有写；最迟只能算到全文所定的 %(term)s 年")
        )
        message = Reason(kind, all=len(matter.tasks), n=len(without), term=matter.term)
    yield Finding("no-date", [item.spot() for item in without], message)


def _has_date(matter: Matter, item: Item) -> bool:
    if item.due or any(action.due for action in matter.told_in(item)):
        return True
    # In the body a day may stand in another clause than what is to be done.
    if not item.is_row and any(each.due for each in spoken_dates(item.text.text, Reckoning())):
        return True
    return bool(_RHYTHM.search(_wording(item))) and not _ONCE.search(_wording(item))


def _wording(item: Item) -> str:
    """The row's text; in a pack, which has none, its title."""
    return item.text.text or item.told_title


def undated_figures(matter: Matter) -> Iterator[Finding]:
    """Figures to be reached once in an action or row, without a date in any telling, in the row, or for the plan as a whole.

    Rules for each (每校一名) hold at once. Chapters of aims state their date at the head.
    """
    if matter.term:
        return
    spots = [
        matter.promised(promise)
        for promise in matter.once()
        if promise.value is not None and promise.op not in (Op.ALL, Op.ZERO)
        if not promise.due and not promise.per and not any(word in promise.quote for word in matter.words.standing)
        if (item := matter.holding(promise)) and not any(row.due for row in matter.rows_of(item))
    ]
    yield Finding("figure-without-date", spots, Reason(_("%(n)s 个数"), n=len(spots)))


def before_issue(matter: Matter) -> Iterator[Finding]:
    """Deadlines that had passed when the plan was issued. 2023年之前 does not contain 2023, whatever was meant."""
    issued = matter.reading.doc.issued_on
    if issued is None:
        return
    spots = []
    for spot, due, promise in _dated(matter):
        day = last_day(due)
        if day and _excludes_year(matter, promise, due):
            day = date(day.year - 1, 12, 31)
        if day and day < issued:
            spots.append(_with_note(spot, Reason(_("期限 %(day)s"), day=day.isoformat())))
    yield Finding("date-before-issue", spots, Reason(_("印发于 %(day)s"), day=issued.isoformat()))


def no_such_days(matter: Matter) -> Iterator[Finding]:
    """Days that no calendar has: 2月30日, 13月1日."""
    text = matter.reading.text
    wrong = [match for match in _DAY.finditer(text) if not _is_day(int(match[1]), int(match[2]), int(match[3]))]
    spots = [
        Spot(Place(*match.span(), text.count("\n", 0, match.start()) + 1), Reason(_("正文")), squeezed(match[0]))
        for match in wrong
    ]
    yield Finding("no-such-day", spots, Reason(_("%(n)s 处"), n=len(spots)))


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]


def short_notice(matter: Matter) -> Iterator[Finding]:
    """Deadlines that leave less than so many days; a day or month was chosen on purpose, so that fewer days are short for it.

    Papers have time enough, but for those that others must look over before they are handed in; these are told apart.
    """
    issued = matter.reading.doc.issued_on
    if issued is None:
        return
    spots: dict[str, list[Spot]] = {"short-notice": [], "hurried-paper": []}
    days: dict[str, list[int]] = {kind: [] for kind in spots}
    for spot, due, promise in _dated(matter):
        day = last_day(due)
        yearly = day is not None and (day.month, day.day) == (12, 31)
        kind = _kind_of_notice(matter, promise, yearly)
        least = matter.limits.short_notice_days if yearly else matter.limits.short_notice_days_exact
        if kind and day and issued <= day < issued + timedelta(days=least) and not _excludes_year(matter, promise, due):
            spots[kind].append(
                _with_note(spot, Reason(_HURRIED)) if kind == "hurried-paper" and not matter.names_owners else spot
            )
            days[kind].append((day - issued).days)
    for kind, found in spots.items():
        if found:
            message = Reason(_("%(n)s 处期限离印发只有 %(days)s 天"), n=len(found), days=_span(days[kind]))
            yield Finding(kind, found, message)


def _kind_of_notice(matter: Matter, promise: Promise | None, yearly: bool) -> str:
    """What short notice would be called for something; empty where there is none: for what comes back, is written, or is handed in.

    Handed in is what says so, and what has a day outside the tasks.
    """
    if promise is None:
        return "short-notice"
    if promise.per or (yearly and _WRITTEN.search(promise.quote)):
        return ""
    if _HANDED_IN.search(promise.quote) or (not yearly and matter.holding(promise) is None):
        return "hurried-paper" if any(_LOOKED_OVER.search(clause) for clause in matter.beside(promise.place)) else ""
    return "short-notice"


def _span(days: list[int]) -> str:
    return str(days[0]) if min(days) == max(days) else f"{min(days)}—{max(days)}"


def _dated(matter: Matter) -> Iterator[tuple[Spot, str, Promise | None]]:
    """Everything with a deadline: tasks by their own, and promises whose task does not have the same one."""
    covered = set()
    for item in matter.tasks:
        own = item.told.due if isinstance(item.told, Task) else None
        if own:
            covered |= {promise.id for promise in item.promises if promise.due == own}
            yield item.spot(), own, None
    for promise in matter.once():
        if promise.due and promise.id not in covered:
            yield matter.promised(promise), promise.due, promise


def _excludes_year(matter: Matter, promise: Promise | None, due: str) -> bool:
    """Whether a yearly deadline is worded as before that year."""
    if promise is None or not due.isdigit():
        return False
    near = matter.reading.text[max(0, promise.place.start - _NEAR) : promise.place.end]
    return any(due + word in re.sub(r"\s+", "", near) for word in matter.words.before_year)


def _with_note(spot: Spot, note: str) -> Spot:
    return Spot(spot.place, spot.name, spot.quote, note)


def same_deadline(matter: Matter) -> Iterator[Finding]:
    """One deadline for nearly all tasks that have one."""
    dated = [item for item in matter.tasks if item.due and item.due != "ongoing"]
    if len(dated) < matter.limits.same_deadline_rows:
        return
    due, count = Counter(item.due or "" for item in dated).most_common(1)[0]
    if count > matter.limits.same_deadline_share * len(dated):
        message = Reason(_("%(all)s 项有期限的任务中 %(n)s 项都是 %(due)s"), all=len(dated), n=count, due=spoken(due))
        yield Finding("same-deadline", [item.spot() for item in dated if item.due == due], message)
