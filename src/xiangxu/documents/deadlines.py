"""The deadlines of a plan as a calendar (.ics) that phones and office programs open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from xiangxu.documents.dues import due_words, last_day
from xiangxu.documents.paper import PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.texts import fit
from xiangxu.documents.wording import per_words, where_words

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


def deadlines_ics(paper: PlanPaper) -> bytes:
    """One entry of a whole day for every task and every promise that falls due, with reminders 30 and 7 days before.

    A year is due on its last day, a month on its last day; what has no end (ongoing) and no rhythm has no entry. A promise that
    is told several times with one date has one entry; a recurring one recurs until its date or the plan's end. The days are
    calendar days of the place (Asia/Shanghai); the same paper gives the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Xiangxu//plan deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _one_line(paper.title))
    calendar.add("x-wr-timezone", ZONE)
    for event in _events(paper):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(paper: PlanPaper) -> Iterator[Event]:
    for task in paper.tasks:
        day = last_day(task.due)
        if day:
            yield _event(paper, task.key, f"任务到期：{_named(task.name, task.units)}", _task_text(paper, task), day)
    tasks = {task.key: task for task in paper.tasks}
    told: set[tuple[str, str | None, str | None]] = set()
    for promise in paper.promises:
        telling = (promise.telling, promise.due, promise.per)
        if telling in told:
            continue
        told.add(telling)
        summary = _named(f"{promise.metric} {promise.requirement}", promise.units)
        text = _promise_text(paper, promise, tasks.get(promise.task or ""))
        day = last_day(promise.due)
        if promise.per:
            yield _recurring(paper, promise, f"{per_words(promise.per)}：{summary}", text, day or paper.ends)
        elif day:
            yield _event(paper, promise.id, f"目标到期：{summary}", text, day)


def _event(paper: PlanPaper, id: str, summary: str, text: str, day: date, before: tuple[int, ...] = _DAYS_BEFORE) -> Event:
    event = Event()
    event.add("uid", _one_line(f"{id}.{paper.key}@xiangxu"))
    event.add("dtstamp", datetime.combine(paper.issued_on or day, time(), ZoneInfo(ZONE)).astimezone(ZoneInfo("UTC")))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _one_line(summary))
    event.add("description", fit(text))
    event.add("transp", "TRANSPARENT")
    for days in before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", _AT_NINE - timedelta(days=days))
        alarm.add("description", _one_line(f"还剩 {days} 天：{summary}"))
        event.add_component(alarm)
    return event


def _recurring(paper: PlanPaper, promise: PromiseLine, summary: str, text: str, until: date | None) -> Event:
    rule, before = _RULES[promise.per or ""]
    # Without a day of issue the stretches are counted from the year in which the promise ends.
    since = paper.issued_on or (date(until.year, 1, 1) if until else date(2000, 1, 1))
    first = _first_end(promise.per or "", since)
    if until and first > until:
        return _event(paper, promise.id, summary, text, until, before)
    event = _event(paper, promise.id, summary, text, first, before)
    event.add("rrule", {**rule, **({"until": until} if until else {})})
    return event


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
    return f"{what.strip()}（{'、'.join(units[:1])}{'等' if len(units) > 1 else ''}）" if units else what.strip()


def _task_text(paper: PlanPaper, task: TaskLine) -> str:
    return _lines(
        ("时限", due_words(task.due)),
        ("措施", task.measure),
        ("目标", task.goal),
        ("牵头", "、".join(task.lead) or ("、".join(task.proposed) + "（建议）" if task.proposed else "")),
        ("配合", "、".join(task.participants)),
        ("出处", _source(paper, f"任务 {task.no}")),
    )


def _promise_text(paper: PlanPaper, promise: PromiseLine, task: TaskLine | None) -> str:
    return _lines(
        ("时限", "，".join(part for part in (due_words(promise.due), per_words(promise.per)) if part)),
        ("要求", promise.requirement),
        ("范围", promise.scope),
        ("性质", promise.nature),
        ("原文", promise.quote),
        ("任务", task.name if task else ""),
        ("措施", task.measure if task else ""),
        ("责任单位", "、".join(promise.units)),
        ("出处", _source(paper, where_words(promise.where))),
    )


def _source(paper: PlanPaper, place: str) -> str:
    return f"《{paper.title}》{f'（{paper.doc_number}）' if paper.doc_number else ''}{place}"


def _lines(*parts: tuple[str, str | None]) -> str:
    return "\n".join(f"{name}：{text}" for name, text in parts if text)
