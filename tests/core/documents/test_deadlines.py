"""The calendar of deadlines."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.core.documents.workbooks import LINES, invented_paper
from xiangxu.cards import Packs
from xiangxu.documents import PlanPaper, TaskLine, deadlines_ics, paper_of_pack
from xiangxu.documents.dues import last_day


def events(paper: PlanPaper) -> dict[str, Any]:
    """The entries of a paper's calendar, by the id of task or promise."""
    calendar = Calendar.from_ical(deadlines_ics(paper))
    return {str(event["uid"]).split(".")[0]: event for event in calendar.walk("VEVENT")}


def test_every_deadline_is_an_entry_of_one_whole_day() -> None:
    """A year is due on its last day, a month on its last day; work without end or date has no entry; tellings are not repeated."""
    found = events(invented_paper())
    assert set(found) == {"t01", "t02", "p1", "p3", "p4", "p5", "p6", "p8"}
    days = {id: (event["dtstart"].dt, event["dtend"].dt) for id, event in found.items() if "rrule" not in event}
    one = timedelta(days=1)
    ends = {"t01": date(2025, 12, 31), "t02": date(2026, 12, 31), "p1": date(2025, 12, 31), "p8": date(2028, 2, 29)}
    assert days == {id: (day, day + one) for id, day in ends.items()}
    assert all(event["transp"] == "TRANSPARENT" for event in found.values())


def test_an_entry_names_the_unit_and_tells_the_measure() -> None:
    """The summary says what and who; the description how, and where it stands."""
    found = events(invented_paper())
    assert found["t01"]["summary"] == "任务到期：建好宿舍（县教体局等）"
    assert "措施：逐校排查，\n改造宿舍" in found["t01"]["description"]
    assert found["p1"]["summary"] == "目标到期：宿舍改造 至少 12 所（县教体局）"
    assert "措施：逐校排查" in found["p1"]["description"]
    assert "出处：《云溪县乡村教育振兴行动方案》（云政发〔2024〕7号）清单第 1 项" in found["p1"]["description"]
    assert "原文：到2028年2月，全部完成" in found["p8"]["description"]


def test_reminders_come_30_and_7_days_before() -> None:
    """At nine in the morning of the day; the entry itself begins at midnight."""
    alarms = events(invented_paper())["t01"].walk("VALARM")
    start = datetime(2025, 12, 31)
    assert [start + alarm["trigger"].dt for alarm in alarms] == [datetime(2025, 12, 1, 9), datetime(2025, 12, 24, 9)]


def test_recurring_promises_recur_until_their_date_or_the_plans_end() -> None:
    """Terms end with January and July, months with their last day, weeks with Friday; the first falls after the day of issue."""
    found = events(invented_paper())
    rules = {id: (event["dtstart"].dt, event["rrule"].to_ical().decode()) for id, event in found.items() if "rrule" in event}
    assert rules == {
        "p3": (date(2024, 7, 31), "FREQ=YEARLY;UNTIL=20261231;BYMONTHDAY=31;BYMONTH=1,7"),
        "p4": (date(2024, 3, 31), "FREQ=MONTHLY;UNTIL=20271231;BYMONTHDAY=-1"),
        "p5": (date(2024, 3, 8), "FREQ=WEEKLY;UNTIL=20271231;BYDAY=FR"),
        "p6": (date(2024, 12, 31), "FREQ=YEARLY;UNTIL=20271231;BYMONTHDAY=31;BYMONTH=12"),
    }
    assert len(found["p5"].walk("VALARM")) == 0


def test_the_same_plan_gives_the_same_calendar() -> None:
    """The stamp is the day of issue in China, not today; uids come from plan and id."""
    assert deadlines_ics(invented_paper()) == deadlines_ics(invented_paper())
    event = events(invented_paper())["t01"]
    assert event["dtstamp"].dt == datetime(2024, 3, 5, tzinfo=timezone(timedelta(hours=8)))
    assert event["uid"] == "t01.yunxi@xiangxu"
    assert b"X-WR-TIMEZONE:Asia/Shanghai" in deadlines_ics(invented_paper())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.text(max_size=200))
def test_odd_texts_stay_within_their_property(name: str, measure: str) -> None:
    """Line ends, commas, control characters: the calendar reads back with its entries."""
    line = TaskLine("t01", "1", name, measure=measure, due="2025", lead=LINES[0].lead)
    found = events(PlanPaper("甲,乙;\n", "题\r\nEND:VCALENDAR", tasks=(line,)))
    assert [*found] == ["t01"]
    assert found["t01"]["dtstart"].dt == date(2025, 12, 31)


@pytest.fixture(scope="module")
def packs() -> Packs:
    """The shipped packs."""
    return Packs.load()


@pytest.mark.parametrize("place", ["qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan"])
def test_the_shipped_plans_have_calendars(packs: Packs, place: str) -> None:
    """Each reads back, every dated task has its entry, and no two entries share a uid."""
    paper = paper_of_pack(packs, place)
    found = list(Calendar.from_ical(deadlines_ics(paper)).walk("VEVENT"))
    uids = {str(event["uid"]) for event in found}
    assert len(uids) == len(found) > 0
    assert {f"{line.key}.{paper.key}@xiangxu" for line in paper.tasks if last_day(line.due)} <= uids
