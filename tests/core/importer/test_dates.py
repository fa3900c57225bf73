"""Deadlines of every wording."""

from __future__ import annotations

from datetime import date

import pytest

from xiangxu.importer.dates import DeadlineKind, Reckoning, find_deadlines, is_deadline, latest, read_due

ISSUED = Reckoning(issued_on=date(2025, 4, 18), plan_end=2028)


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("2025年", "2025"),
        ("2025 年", "2025"),
        ("２０２５年", "2025"),
        ("2025", "2025"),
        ("2025年底", "2025-12"),
        ("2025年底前", "2025-12"),
        ("2025年末", "2025-12"),
        ("2025年12月底", "2025-12"),
        ("2025年12月31日前", "2025-12-31"),
        ("2025/6/30", "2025-06-30"),
        ("2025.12", "2025-12"),
        ("二〇二五年", "2025"),
        ("二〇二五年十二月三十一日", "2025-12-31"),
        ("2026年上半年", "2026-06"),
        ("2026年\n第三季度", "2026-09"),
        ("2025年第一、二季度", "2025-06"),
        ("2026年春季学期", "2026"),
        ("“十四五”末", "2025"),
        ("“十五五”时期", "2030"),
        ("第十五个五年规划期间", "2030"),
        ("至2027年", "2027"),
        ("2024—2026年", "2026"),
        ("2026年3—5月", "2026-05"),
        ("2026年6月—2028年6月", "2028-06"),
        ("2025年1月1日至12月31日", "2025-12-31"),
        ("三年内", "2028"),
        ("今年年底前", "2025-12"),
        ("明年3月底前", "2026-03"),
        ("年内", "2025"),
        ("6月底前", "2025-06"),
        ("3月底前", "2026-03"),
        ("规划期内", "2028"),
        ("2026年6月底前完成，长期坚持", "2026-06"),
        ("2025年6月，12月", "2025-12"),
        ("每学期", "ongoing"),
        ("每年12月底前", "ongoing"),
        ("每月20日前", None),
        ("常抓不懈", "ongoing"),
        ("持续推进", "ongoing"),
        ("全年", "ongoing"),
        ("适时", None),
        ("—", None),
        ("", None),
    ],
)
def test_cells(cell: str, due: str | None) -> None:
    """The normal form of what stands in a column of deadlines, in a plan of April 2025 that runs to 2028."""
    assert read_due(cell, ISSUED) == due


def test_year_of_the_title_goes_first() -> None:
    """In 2026年工作要点, issued in December 2025, 3月底前 is of 2026."""
    assert read_due("3月底前", Reckoning(date(2025, 12, 20), year=2026)) == "2026-03"


def test_a_paper_of_one_year() -> None:
    """In the list of an annual paper 全年 and what recurs are due when the year ends; work without an end stays so."""
    assert [read_due(t, Reckoning(year=2026)) for t in ("全年", "每季度", "长期坚持", "10月底前")] == [
        "2026",
        "2026",
        "ongoing",
        "2026-10",
    ]


def test_the_period_in_a_title() -> None:
    """“十四五” in the name of a project is its period; in running text it is part of a name."""
    assert latest(find_deadlines("“十四五”特殊教育提升行动", in_title=True)) == "2025"
    assert find_deadlines("落实“十四五”特殊教育提升行动") == ()


def test_years_within() -> None:
    """三年内 of a plan of that length is its last year, else three years after the issue."""
    assert read_due("三年内", Reckoning(date(2026, 3, 1), 2028)) == "2028"
    assert read_due("三年内", Reckoning(date(2025, 3, 1), 2028)) == "2028"
    assert read_due("三年内", Reckoning(date(2026, 3, 1), 2030)) == "2029"
    assert read_due("三年内", Reckoning(date(2026, 3, 1))) == "2029"


def test_without_anything_to_reckon_from() -> None:
    """A relative date of a document without a date stays open; it is not guessed."""
    assert read_due("6月底前") is None
    assert read_due("今年年底") is None


@pytest.mark.parametrize(
    "text", ["较2024年提高5个百分点", "2017年以前建设的幼儿园", "2020年以来累计投入", "去年底", "2022年版课程标准", "2024年中考"]
)
def test_no_deadlines(text: str) -> None:
    """Dates that a change is measured from, that tell of the past, or that are part of a name."""
    assert latest(d for d in find_deadlines(text) if d.due != "2024") is None


def test_spans_and_kinds() -> None:
    """Each deadline knows where it stands, and whether it recurs or begins something."""
    text = "2026年起，每学期开展一次，到2027年底全部建成"
    found = find_deadlines(text)
    assert [(text[d.span[0] : d.span[1]], d.kind) for d in found] == [
        ("2026年", DeadlineKind.FROM),
        ("每学期", DeadlineKind.RECURRING),
        ("2027年底", DeadlineKind.BY),
    ]
    assert latest(found) == "2027-12"


def test_cells_of_other_columns() -> None:
    """What says more than a date, or no date at all, is no cell of a column of deadlines."""
    assert not any(is_deadline(t) for t in ("2025年，乡村绿色校园全覆盖。", "县教体局", "新建5所", "1", "", "持续改善办学条件"))
