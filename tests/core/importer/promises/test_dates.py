"""Dates: by when, in every wording, and dates that are no deadline."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.importer.promises.reading import CONTEXT, read
from xiangxu.importer.clause import Context
from xiangxu.importer.promises.dates import Part, find_dates

DUE = {
    "2027年": "2027",
    "到2027年": "2027",
    "2025年底前": "2025-12",
    "2025年年底": "2025-12",
    "到2026年末": "2026-12",
    "2026年6月底前": "2026-06",
    "2026年8月31日前": "2026-08-31",
    "2026年上半年": "2026-06",
    "2026年第三季度": "2026-09",
    "2025年—2028年": "2028",
    "2026-2028年": "2028",
    "2026年3月—5月": "2026-05",
    "2026年3月至2027年6月": "2027-06",
    "“十四五”末": "2025",
    "到“十五五”末": "2030",
    "“十五五”期间": "2030",
    "今年年底前": "2025-12",
    "明年6月底前": "2026-06",
    "年底前完成": "2025-12",
    "年内": "2025",
    "5月底前": "2025-05",
    "3月底前": "2026-03",
    "三年内": "2028",
    "两年内": "2027",
    "规划期内": "2028",
    "第四季度，": "2025-12",
    "上半年完成": "2025-06",
    "于6月10日前": "2025-06-10",
    "6月10日17:00前": "2025-06-10",
    "二〇二六年三月底": "2026-03",
}


@pytest.mark.parametrize("text", DUE)
def test_deadlines(text: str) -> None:
    """Every wording gives the value of the exchange form."""
    assert [(d.part, d.value) for d in find_dates(text.replace("—", "-"), CONTEXT)] == [(Part.DUE, DUE[text])]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2026年起", Part.START),
        ("2025年秋季学期起", Part.START),
        ("截至2024年底", Part.PAST),
        ("“十三五”期间", Part.PAST),
        ("“十四五”以来", Part.PAST),
        ("2022年，", Part.PAST),
        ("较2024年翻番", Part.BASE),
        ("在2022年基础上", Part.BASE),
        ("2017年以前建设的", Part.NAME),
        ("2022年版", Part.NAME),
        ("“十四五”特殊教育发展提升行动计划", Part.NAME),
        ("截至2027年底", Part.DUE),
        ("由2024年的71%", Part.BASE),
        ("从2024年底的48%", Part.BASE),
        ("由2024年底的每生每年1200元", Part.BASE),
        ("比上年", Part.BASE),
        ("占比2027年", Part.DUE),
        ("在2027年实现", Part.DUE),
        ("从2026年起3年", Part.START),
    ],
)
def test_dates_that_are_no_deadline(text: str, part: Part) -> None:
    """The words beside a date tell what it does."""
    assert [d.part for d in find_dates(text, CONTEXT)] == [part]


@pytest.mark.parametrize(
    "text", ["三年行动", "近三年", "连续三年", "每三年", "学制三年", "第三年", "一月一排查", "9月开学", "每年6月底前", "兜底"]
)
def test_spans_that_are_no_date(text: str) -> None:
    """A number of years that does not run from today is no deadline."""
    assert find_dates(text, CONTEXT) == []


@given(st.dates(min_value=date(2025, 5, 1), max_value=date(2049, 12, 31)))
def test_days_come_back(day: date) -> None:
    """A full date is read back as it is; a month and a year too."""
    spoken = f"{day.year}年{day.month}月{day.day}日前"
    assert [d.value for d in find_dates(spoken, CONTEXT)] == [day.isoformat()]
    assert [d.value for d in find_dates(f"{day.year}年{day.month}月底前", CONTEXT)] == [f"{day:%Y-%m}"]
    assert [d.value for d in find_dates(f"到{day.year}年", CONTEXT)] == [str(day.year)]


def test_relative_dates_need_the_day_of_issue() -> None:
    """Without a day of issue 今年 is a date that cannot be told, not a guess."""
    assert [d.value for d in find_dates("今年年底前", Context())] == [None]


def test_a_date_carries_on_to_the_end_of_its_sentence() -> None:
    """What its sentence said before holds until another date or the full stop; past a semicolon that is doubtful."""
    text = "建成专网。2026年6月底前，联网率达到80%，建设教室120间；2027年覆盖率达到90%；新增床位50张。培训教师300名"
    assert [p.due for p in read(text)] == [None, "2026-06", "2026-06", "2027", "2027", None]
    assert ["due_carried" in p.doubts for p in read(text) if p.value] == [False, False, False, True, False]


def test_a_row_gives_its_date_where_none_is_stated() -> None:
    """In a list the row's date stands in; a date of the row's own text comes first, a date in brackets goes no further."""
    found = read("翻建7所学校运动场（2026年），新增床位1200张", where="list 4", due="2027")
    assert [p.due for p in found] == ["2026", "2027"]
    assert [p.due for p in read("建成宿舍150套", where="list 2", due="ongoing")] == ["ongoing"]


def test_one_date_for_each_figure() -> None:
    """Dates in a row belong to figures in a row."""
    found = read("2025年、2026年、2027年分别新增1个、2个、3个通过认定的县")
    assert [(p.value, p.due) for p in found] == [(1, "2025"), (2, "2026"), (3, "2027")]
    assert [(p.value, p.due) for p in read("其中2025年新增学位3.2万个、2026年新增3.6万个")] == [(32000, "2025"), (36000, "2026")]


def test_each_of_two_dates() -> None:
    """2026年、2027年各新建4所 is four by each date; amounts in brackets have dates of their own."""
    assert [(p.value, p.due) for p in read("2026年、2027年各新建公办园4所")] == [(4, "2026"), (4, "2027")]
    found = read("新建幼儿园6所（其中2026年2所、2027年4所）")
    assert [(p.value, p.due, p.quote) for p in found[1:]] == [(2, "2026", "其中2026年2所"), (4, "2027", "2027年4所")]


def test_a_start_is_no_deadline_of_a_row() -> None:
    """In the body 2026年起 is the first due date; in a row with a deadline the deadline counts."""
    assert [p.due for p in read("2026年起每年选派20名")] == ["2026"]
    assert [p.due for p in read("2026年起每年选派20名", where="list 1", due="2028")] == ["2028"]


def test_a_row_ends_with_its_own_date() -> None:
    """The years that a row's work takes are no date of their own, and a date beside one thing of the row dates no other."""
    assert [p.due for p in read("三年累计补充教师260名", where="list 5", due="2027-08")] == ["2027-08"]
    found = read("2026年2月底前签订协议，互派教师90人", where="list 8", due="2026-06")
    assert [p.due for p in found if p.value] == ["2026-06"]
    found = read("到2026年，联网率达到80%，建设教室120间", where="list 8", due="2028")
    assert [p.due for p in found] == ["2026", "2026"]


def test_a_paper_of_one_year() -> None:
    """In 2026年工作要点 a month is of that year, and 全年 is until its end; elsewhere 全年 is no date."""
    annual = Context(year=2026)
    assert [p.due for p in read("3月底前遴选学校12所", context=annual)] == ["2026-03"]
    assert [p.due for p in read("全年补充教师65名", context=annual)] == ["2026"]
    assert [p.due for p in read("年内新增学位500个", context=annual)] == ["2026"]
    assert [p.due for p in read("全年补充教师65名")] == [None]


def test_two_targets_of_one_figure() -> None:
    """Two figures, each of its own year, share the baseline."""
    found = read("配备率由2024年的48%提升至2026年的75%、2028年的95%")
    assert [(p.value, p.baseline, p.due) for p in found] == [(75, 48, "2026"), (95, 48, "2028")]


def test_for_good() -> None:
    """A state to be kept is due for good."""
    assert [p.due for p in read("使失学辍学人数一直保持“常态清零”")] == ["ongoing"]
