"""The deadlines of a plan as a calendar (.ics) that phones and office programs open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from xiangxu.documents.dues import due_said, last_day
from xiangxu.documents.paper import PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.texts import fit
from xiangxu.documents.wording import per_words, where_words
from xiangxu.model.reason import Reason, listed
from xiangxu.model.reason import gettext_noop as _

ZONE = "Asia/Shanghai"
# An entry of a whole day begins at midnight; the reminder comes at nine in the morning.
_AT_NINE = timedelta(hours=9)
_DAYS_BEFORE = (30, 7)
# A recurring promise falls due at the end of its stretch of time: rule, and how many days before it reminds. Terms end by the
# last day of January and of July; what is due every week reminds of itself.
_RULES: dict[str, tuple[dict[str, object], tuple[int, ...]]] = {
    "year": ({"freq": "yearly", "bymonth": 12, "bymonthday": 31}, (30, 7)),
    "term": ({"freq": "yearly", "bymonth": [1, 7], "bymonthday": 31}, (30, 7)),
    "month": ({"freq": "monthly", "bymonthday": -1}, (7,)),
    "week": ({"freq": "weekly", "byday": "FR"}, ()),
}


def deadlines_ics(paper: PlanPaper, say: Callable[[str], str] = str) -> bytes:
    """One entry of a whole day for every task and every promise that falls due, with reminders 30 and 7 days before.

    A year is due on its last day, a month on its last day; what has no end (ongoing) and no rhythm has no entry. A promise that
    is told several times with one date has one entry; a recurring one recurs until its date or the plan's end. The days are
    calendar days of the place (Asia/Shanghai); the same paper gives the same bytes. `say` words it for another language.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Xiangxu//plan deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _one_line(paper.title))
    calendar.add("x-wr-timezone", ZONE)
    for entry in _entries(paper):
        calendar.add_component(_event(paper, entry, say))
    return bytes(calendar.to_ical())


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the calendar; its texts are not yet worded for a language. `rule`: how it comes back."""

    id: str
    summary: str
    text: Sequence[tuple[str, str | None]]
    day: date
    before: tuple[int, ...] = _DAYS_BEFORE
    rule: Mapping[str, object] = field(default_factory=dict)


def _entries(paper: PlanPaper) -> Iterator[_Entry]:
    for task in paper.tasks:
        day = last_day(task.due)
        if day:
            title = Reason(_("任务到期：%(what)s"), what=_named(task.name, task.units))
            yield _Entry(task.key, title, _task_text(paper, task), day)
    tasks = {task.key: task for task in paper.tasks}
    told: set[tuple[str, str | None, str | None]] = set()
    for promise in paper.promises:
        telling = (promise.telling, promise.due, promise.per)
        if telling in told:
            continue
        told.add(telling)
        asked = Reason("%(metric)s %(requirement)s", metric=promise.metric, requirement=promise.requirement)
        summary = _named(asked, promise.units)
        text = _promise_text(paper, promise, tasks.get(promise.task or ""))
        day = last_day(promise.due)
        if promise.per:
            title = Reason(_("%(per)s：%(what)s"), per=per_words(promise.per), what=summary)
            yield _recurring(paper, promise, title, text, day or paper.ends)
        elif day:
            yield _Entry(promise.id, Reason(_("目标到期：%(what)s"), what=summary), text, day)


def _event(paper: PlanPaper, entry: _Entry, say: Callable[[str], str]) -> Event:
    summary = _one_line(say(entry.summary))
    event = Event()
    event.add("uid", _one_line(f"{entry.id}.{paper.key}@xiangxu"))
    event.add("dtstamp", datetime.combine(paper.issued_on or entry.day, time(), ZoneInfo(ZONE)).astimezone(ZoneInfo("UTC")))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", fit(say(listed(_lines(entry.text), "%(one)s\n%(other)s"))))
    event.add("transp", "TRANSPARENT")
    for days in entry.before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", _AT_NINE - timedelta(days=days))
        alarm.add("description", _one_line(say(Reason(_("还剩 %(days)s 天：%(what)s"), days=days, what=entry.summary))))
        event.add_component(alarm)
    if entry.rule:
        event.add("rrule", dict(entry.rule))
    return event


def _recurring(
    paper: PlanPaper, promise: PromiseLine, summary: str, text: Sequence[tuple[str, str | None]], until: date | None
) -> _Entry:
    rule, before = _RULES[promise.per or ""]
    # Without a day of issue the stretches are counted from the year in which the promise ends.
    since = paper.issued_on or (date(until.year, 1, 1) if until else date(2000, 1, 1))
    first = _first_end(promise.per or "", since)
    if until and first > until:
        return _Entry(promise.id, summary, text, until, before)
    return _Entry(promise.id, summary, text, first, before, {**rule, **({"until": until} if until else {})})


def _first_end(per: str, since: date) -> date:
    """The first day, not before `since`, on which a stretch of time ends."""
    if per == "week":
        return since + timedelta(days=(4 - since.weekday()) % 7)
    ends = {"year": (12,), "term": (1, 7), "month": tuple(range(1, 13))}[per]
    days = (last_day(f"{year}-{month:02d}") for year in (since.year, since.year + 1) for month in ends)
    return next(day for day in days if day and day >= since)


def _one_line(text: str) -> str:
    return " ".join(fit(text).split("\n"))


def _named(what: str, units: tuple[str, ...]) -> str:
    """What falls due, with who answers first; the words of a reason stay one."""
    plain = what if isinstance(what, Reason) else what.strip()
    if not units:
        return plain
    kind = _("%(what)s（%(unit)s等）") if len(units) > 1 else _("%(what)s（%(unit)s）")
    return Reason(kind, what=plain, unit=units[0])


def _task_text(paper: PlanPaper, task: TaskLine) -> Sequence[tuple[str, str | None]]:
    proposed = Reason(_("%(units)s（建议）"), units="、".join(task.proposed)) if task.proposed else ""
    return (
        (_("时限"), due_said(task.due)),
        (_("措施"), task.measure),
        (_("目标"), task.goal),
        (_("牵头"), "、".join(task.lead) or proposed),
        (_("配合"), "、".join(task.participants)),
        (_("出处"), _source(paper, Reason(_("任务 %(no)s"), no=task.no))),
    )


def _promise_text(paper: PlanPaper, promise: PromiseLine, task: TaskLine | None) -> Sequence[tuple[str, str | None]]:
    when = [part for part in (due_said(promise.due), per_words(promise.per)) if part]
    return (
        (_("时限"), listed(when, _("%(one)s，%(other)s"))),
        (_("要求"), promise.requirement),
        (_("范围"), promise.scope),
        (_("性质"), promise.nature),
        (_("原文"), promise.quote),
        (_("任务"), task.name if task else ""),
        (_("措施"), task.measure if task else ""),
        (_("责任单位"), "、".join(promise.units)),
        (_("出处"), _source(paper, where_words(promise.where))),
    )


def _source(paper: PlanPaper, place: str) -> Reason:
    if paper.doc_number:
        return Reason(_("《%(title)s》（%(number)s）%(place)s"), title=paper.title, number=paper.doc_number, place=place)
    return Reason(_("《%(title)s》%(place)s"), title=paper.title, place=place)


def _lines(parts: Sequence[tuple[str, str | None]]) -> list[Reason]:
    return [Reason(_("%(name)s：%(text)s"), name=Reason(name), text=text) for name, text in parts if text]
