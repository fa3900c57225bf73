"""The wordings of dates: what is a date, and what it is worth.

The normal forms are `2025`, `2025-12` (年底, 12月底, 第四季度), `2025-12-31`. What a date does in its sentence is the business of
`parts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xiangxu.importer.numerals import HAN_DIGIT, in_figures, ordinal_value


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What relative dates (今年, 三年内, 6月底前) are reckoned from.

    `year` is the year that the title or caption is about (2026年工作要点); it goes before the year of issue.
    """

    issued_on: date | None = None
    plan_end: int | None = None
    year: int | None = None

    @property
    def this_year(self) -> int | None:
        """The year that 今年 means."""
        return self.year or (self.issued_on.year if self.issued_on else None)

    @property
    def last_year(self) -> int | None:
        """The last year of the plan; none where it would end before it begins, which is a misreading."""
        return self.plan_end if (self.plan_end or 0) >= (self.this_year or 0) else None


class Wording(Enum):
    """How the words fix a date."""

    NAMED = "with its year: 2025年底前, 二〇二五年"
    PLAN = "by the name of a five-year plan: “十四五”末"
    RELATIVE = "from the year of issue: 今年年底, 规划期内, 年内, 全年"
    SPAN = "a number of years from now: 三年内, 五年累计"
    PASSED = "a year that has passed: 去年, 上年"
    YEARLESS = "a part of a year: 6月底, 第三季度, 年底"
    RECURRING = "again and again: 每年12月底, 逐月"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A date at `start`..`end` of the text; `due` is its normal form, None where it recurs or cannot be reckoned."""

    start: int
    end: int
    due: str | None
    wording: Wording


_HAN_YEAR = rf"二[〇零○OＯ]{HAN_DIGIT}{{2}}"
_YEAR = rf"(?:19|20)\d\d|{_HAN_YEAR}"
# One character for one: spans must keep pointing into the text as it was given.
_FOLD = str.maketrans({**{chr(0xFF10 + i): str(i) for i in range(10)}, **dict.fromkeys("—–－―~～─", "-"), "．": ".", "／": "/"})

_UNFOLDED = re.compile("[" + re.escape("".join(map(chr, _FOLD))) + "]")

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"


def _part_of_year(mark: str, end: str) -> str:
    """A month (the last of a range of months), quarter, half year, end or middle; `end` is what the end is called here."""
    return (
        rf"(?:{_MONTH}月?(?:{_DAY}[日号])?[-至到])?(?P<month{mark}>{_MONTH})月(?:份)?"
        rf"(?:(?P<day{mark}>{_DAY})[日号]|底|末|初|[上中下]旬)?"
        rf"|第?(?:[一二三四1-4]、?)*?(?P<quarter{mark}>[一二三四1-4])季度[末底]?|(?P<half{mark}>[上下])半年"
        rf"|(?P<end{mark}>{end})|(?P<middle{mark}>年中(?!考))"
    )


def _after_year(mark: str) -> str:
    """What may follow a year. School terms and holidays name no month: the normal form is the year."""
    return rf"(?:{_part_of_year(mark, '年?[底末]')}|[春秋夏冬]季?(?:学期)?(?:开学|入学)?|[寒暑](?:假|期)|年?初)"


# The five-year plans by number: the fourteenth ends in 2025.
_PLAN = r"[“\"]?(?P<plan>十[一二三四五六七八九])五[”\"]?|第(?P<plan_long>十[一二三四五六七八九])个五年(?:规划|计划)"
# After a number of years these say that they run from now: a span, a total, or a verb of doing (三年新增, 三年统筹).
_FROM_NOW = (
    r"之?内|(?:左右)?的?时间内?|期间|间|(?=共(?!同)|累计|总|新增|新建|改造|补充|招聘|招录|招募|培训|轮训|培养|培育|打造|创建|建成|选派|引进|投入|统筹"
    r"|安排|筹措|筹集|支持|建设|不少于|不低于|至少|力争|完成|实现|基本)"
)
# Before a number of years these make it a length or an ordinal: 第三年, 近三年, 每三年, 学制三年.
_NO_SPAN = r"(?<![第前近去满每制职教作以隔判续\d])"

_SPOKEN = re.compile(
    # Only these characters begin a date; looking at them first makes reading three times as fast.
    r"(?=[\d“\"一二三四五六七八九十两第每逐按定今本当明次翌后去上下年全规计行方实])(?:"
    # 每年12月底前, 每学期, 每两年, 逐年, 按月: recurring.
    r"(?P<recurring>每(?:[一二两三四五半]?(?:个)?(?:学?年|学期|季度?|月|周|星期|旬|日|天))(?:度|末|底|初)?(?:的)?"
    rf"(?:{_after_year('0')}[前内]?)?|逐[年月]|按[年季月周]度?|定期)"
    rf"|(?P<iso>(?:19|20)\d\d)(?P<mark>[-/.])(?P<iso_month>1[0-2]|0?[1-9])(?:(?P=mark)(?P<iso_day>{_DAY}))?(?![\d.%％/年万亿元个所])"
    rf"|(?:(?:19|20)\d\d[-至到])?(?P<year>{_YEAR})年度?{_after_year('1')}?底?"
    r"|(?<!\d)(?:19|20)\d\d[-至到](?P<bare>(?:19|20)\d\d)(?![\d年])"
    rf"|(?P<relative>今年|本年度?|当年|明年|次年|翌年|后年){_after_year('2')}?底?"
    rf"|(?P<passed>去年|上年度?|上一年度?){_after_year('5')}?底?"
    rf"|(?:{_PLAN})(?:(?:规划|计划)?(?P<span>时?期?末|期间|时期|以来|中期|期))?"
    rf"|{_NO_SPAN}(?P<within>[一二两三四五六七八九十]|\d{{1,2}})年(?:{_FROM_NOW})"
    rf"|(?<![\d.学一二三四五六七八九十几近每全去上往两同多少百])(?:{_part_of_year('3', '年[底末]')})"
    r"|(?P<inside>(?<![\d一二三四五六七八九十两])年内|(?<![健安])全年)"
    r"|(?P<period>(?:规划|计划|行动|方案)(?:实施)?期(?:末|内|间|满)?|实施期(?:末|内|间|满)))"
)
# What may stand between the two ends of a range.
_RANGE = re.compile(r"(?:底|末)?[-至到](?:到)?")
_LATER = {"明年": 1, "次年": 1, "翌年": 1, "后年": 2}


def spoken_dates(text: str, reckoning: Reckoning) -> list[Spoken]:
    """Every date of a text in order; the two ends of a range are one date, worth the second.

    >>> [s.due for s in spoken_dates("2025年底前，至2027年；2026年6月—2028年6月，（2021—2025）", Reckoning())]
    ['2025-12', '2027', '2028-06', '2025']
    >>> [s.due for s in spoken_dates("今年年底前、三年内、6月底前", Reckoning(date(2025, 4, 18)))]
    ['2025-12', '2028', '2025-06']
    """
    folded = text.translate(_FOLD) if _UNFOLDED.search(text) else text
    found: list[Spoken] = []
    for one in _single(folded, reckoning):
        before = found[-1] if found else None
        ranged = before and before.wording is not Wording.RECURRING and one.wording is not Wording.RECURRING
        if before and ranged and _RANGE.fullmatch(folded, before.end, one.start):
            found[-1] = Spoken(before.start, one.end, one.due or before.due, before.wording)
        else:
            found.append(one)
    return found


def _single(text: str, reckoning: Reckoning) -> Iterator[Spoken]:
    named: int | None = None
    at = 0
    for match in _SPOKEN.finditer(text):
        start, end = match.span()
        if text.find("。", at, start) >= 0:
            named = None
        at = end
        wording = _wording(match)
        if wording is Wording.RECURRING:
            yield Spoken(start, end, None, wording)
            continue
        year = _year(match, reckoning, named)
        if wording is Wording.NAMED:
            named = year
        yield Spoken(start, end, _normal(match, year), wording)


def _wording(match: re.Match[str]) -> Wording:
    if match["recurring"]:
        return Wording.RECURRING
    if match["year"] or match["iso"] or match["bare"]:
        return Wording.NAMED
    if match["plan"] or match["plan_long"]:
        return Wording.PLAN
    if match["passed"]:
        return Wording.PASSED
    if match["within"]:
        return Wording.SPAN
    return Wording.RELATIVE if match["relative"] or match["inside"] or match["period"] else Wording.YEARLESS


def _year(match: re.Match[str], reckoning: Reckoning, named: int | None) -> int | None:
    base = reckoning.this_year
    if stated := match["year"] or match["iso"] or match["bare"]:
        return int(in_figures(stated))
    if plan := match["plan"] or match["plan_long"]:
        return 1955 + 5 * ordinal_value(plan)
    if match["period"]:
        return reckoning.last_year
    if match["relative"]:
        base = named if named and match["relative"] in ("次年", "翌年", "当年") else base
        return base + _LATER.get(match["relative"], 0) if base else None
    if match["passed"]:
        return base - 1 if base else None
    if match["within"]:
        return _year_after(_small(match["within"]), reckoning)
    if match["inside"]:
        # 全年 is a deadline only in the paper of one year; elsewhere it says that something never ends.
        return base if match["inside"] == "年内" else reckoning.year
    if named or reckoning.year or not reckoning.issued_on:
        return named or base
    month = _small(match["month3"]) if match["month3"] else 12
    return reckoning.issued_on.year + (month < reckoning.issued_on.month)


def _year_after(count: int, reckoning: Reckoning) -> int | None:
    """The last year of 三年内: that of a plan which runs as long, else so many years after the issue."""
    first, last = reckoning.this_year, reckoning.last_year
    if first is None or (last and last - first in (count - 1, count)):
        return last
    return first + count


def _normal(match: re.Match[str], year: int | None) -> str | None:
    """A point in time as the exchange form writes it: by day, by month (a quarter its last month), or by year."""
    if year is None:
        return None
    if match["iso"]:
        day = f"-{int(match['iso_day']):02d}" if match["iso_day"] else ""
        return f"{year}-{int(match['iso_month']):02d}{day}"
    for mark in "1235":
        if match[f"month{mark}"]:
            day = f"-{_small(match[f'day{mark}']):02d}" if match[f"day{mark}"] else ""
            return f"{year}-{_small(match[f'month{mark}']):02d}{day}"
        if quarter := match[f"quarter{mark}"]:
            return f"{year}-{3 * _small(quarter):02d}"
        if half := match[f"half{mark}"]:
            return f"{year}-{'06' if half == '上' else '12'}"
        if match[f"middle{mark}"]:
            return f"{year}-06"
        if match[f"end{mark}"]:
            return f"{year}-12"
    return f"{year}-12" if match.group().endswith("底") else str(year)


def _small(text: str) -> int:
    """The number of a month, day or few years in digits or Han characters."""
    return int(text) if text.isdigit() else ordinal_value(text)
