"""Dates: by when something is promised, since when it is measured, and which dates only name or describe.

A date in a plan plays one of five parts, and only two of them say when a promise falls due. The part is read from the words
next to the date, never from the year alone:

- DUE: 到2027年, 2026年6月底前, “十四五”末, 三年内, 年底前.
- START: 2026年起, 2025年秋季学期起: from then on; the first time is the first due date, where nothing later is said.
- PAST: 截至2024年底, “十三五”期间, a year before the document was issued: what follows is an account, not a promise. (截至 with
  a day that is still to come is a deadline.)
- BASE: 较2024年, 在2022年基础上: what a change is measured against.
- NAME: 2017年以前建设的, 2022年版, “十四五”规划: the date belongs to a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from xiangxu.importer.clause import Context
from xiangxu.importer.promises.numerals import value_of

ONGOING = "ongoing"


class Part(Enum):
    """What a date does in its sentence."""

    DUE = "due"
    START = "start"
    PAST = "past"
    BASE = "base"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at `start`..`end` of the text, its part, and the value as the exchange form writes it (None: cannot be told)."""

    start: int
    end: int
    part: Part
    value: str | None


PERIODS = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
"""The last year of each five-year plan."""

_N = r"[一二两三四五六七八九十\d]{1,2}"
_WHEN = (
    r"(?P<month{0}>\d{{1,2}})月(?:份)?(?:(?P<day{0}>\d{{1,2}})日|(?:上旬|中旬|下旬))?"
    r"|第?(?P<quarter{0}>[一二三四1-4])季度|(?P<half{0}>[上下])半年|(?P<edge{0}>年?[底末])|年?初|[春秋]季(?:学期)?"
)
_DATE = re.compile(
    # 2025年, 2025年9月底前, 2025—2027年, 2026年3月至5月: up to two ends, of which the second counts.
    r"(?P<year>(?:19|20)\d\d)(?:年度?(?:" + _WHEN.format("") + r")?)?底?"
    r"(?:[-至到](?:(?P<year2>(?:19|20)\d\d)年度?(?:" + _WHEN.format("2") + r")?|(?P<month3>\d{1,2})月)底?)?"
    # “十四五”末; the quotation marks may be missing.
    r"|“?(?P<plan>十[三四五六]五)”?(?P<span>末|期末|期间|时期|以来|中期)?"
    # Relative to the day of issue.
    r"|(?P<this>今年|本年度?|当年|明年|后年|去年|上年)(?:" + _WHEN.format("4") + r")?底?"
    r"|(?P<within>"
    + _N
    + r")年(?:之?内|期间|间|(?=共|累计|总共|新增|新建|补充|招聘|招录|培训|培养|投入|建设|不少于|不低于|至少|力争|完成))"
    r"|(?P<plain_edge>年底|年末)(?=前|之前|，|完成|实现|达)|(?P<inside>年内)"
    r"|(?P<month5>1[0-2]|[1-9])月(?:(?P<day5>\d{1,2})日|底|末|中旬|上旬|下旬)?(?=前|之前|底前)"
    r"|(?P<end>(?:规划|计划|行动|方案)(?:实施)?期(?:内|末|间|满)?)"
)
_BEFORE_BASE = re.compile(r"(?:较|比|与|同|在|相比于?)$")
_AFTER_BASE = re.compile(r"相比|的?基础上|基数|同期")
_BEFORE_PAST = re.compile(r"(?:截[至止]到?|近|过去|早在|自|从)$")
_AFTER_PAST = re.compile(r"以来|来，")
_AFTER_START = re.compile(r"[起始]|开始|以后|之后")
_AFTER_NAME = re.compile(
    r"版|印发|颁布|修订|制定的|出台的|发布的|(?:以前|以后|之前|之后|前|后|底前)?(?:建设|建成|建立|新建|出生|参加|入职|开工|投用|投入使用)的"
    r"|出生|级新?生|入学的|届毕业"
)
_AFTER_PLAN_NAME = re.compile(r"”?(?:教育|规划|特殊|学前|发展|国民|纲要|重点|公共|事业|基础|时期教育)")
_BEFORE_WITHIN_REFUSED = re.compile(r"(?:第|前|近|过去|连续|满|每|学制|任职|从教|工作|以|隔|研判|学前|\d)$")

_ONGOING = re.compile(r"常抓不懈|长期坚持|一直保持|持续保持|长期保持|继续保持|始终保持|持续为零")


def is_ongoing(text: str) -> bool:
    """Whether the words promise a state for good: 一直保持, 持续为零, 常抓不懈."""
    return _ONGOING.search(text) is not None


def find_dates(text: str, context: Context) -> list[Dated]:
    """Every date of a text in order, with its part.

    >>> [(d.part.value, d.value) for d in find_dates("到2027年，较2024年翻番，2026年6月底前建成", Context())]
    [('due', '2027'), ('base', '2024'), ('due', '2026-06')]
    >>> [d.value for d in find_dates("“十四五”末全部完成；2026年3月—5月；第三季度".replace("—", "-"), Context())]
    ['2025', '2026-05']
    """
    return list(_dates(text, context))


def _dates(text: str, context: Context) -> Iterator[Dated]:
    for match in _DATE.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 4) : start], text[end : end + 12]
        if match["within"] and _BEFORE_WITHIN_REFUSED.search(before):
            continue
        if match["month5"] and before.endswith(("每年", "学年")):
            continue
        if match["year"] and "年" not in match.group() and not match["year2"]:
            continue
        value = _value(match, context)
        yield Dated(start, end, _part(match, before, after, value, context), value)


def _value(match: re.Match[str], context: Context) -> str | None:
    issued = context.issued_on
    # A plan cannot end before it is issued; such an end was misread and is not used.
    plan_end = context.plan_end if not issued or (context.plan_end or 0) >= issued.year else None
    if match["year"]:
        if match["year2"]:
            return _point(int(match["year2"]), match, "2")
        if match["month3"]:
            return f"{match['year']}-{int(match['month3']):02d}"
        return _point(int(match["year"]), match, "")
    if match["plan"]:
        return str(PERIODS[match["plan"]])
    if match["end"]:
        return str(plan_end) if plan_end else None
    if issued is None:
        return None
    if match["this"]:
        year = issued.year + {"明年": 1, "后年": 2, "去年": -1, "上年": -1}.get(match["this"], 0)
        return _point(year, match, "4")
    if match["within"]:
        number = value_of(match["within"])
        if number is None:
            return None
        year = issued.year + int(number)
        return str(min(year, plan_end) if plan_end else year)
    if match["plain_edge"]:
        return f"{issued.year}-12"
    if match["month5"]:
        month = int(match["month5"])
        year = issued.year + (month < issued.month)
        return f"{year}-{month:02d}" + (f"-{int(match['day5']):02d}" if match["day5"] else "")
    return str(issued.year)


def _point(year: int, match: re.Match[str], mark: str) -> str:
    """A point in time as the exchange form writes it: by day, by month (年底 is December, a quarter its last month), or by year."""
    if month := match[f"month{mark}"]:
        day = match[f"day{mark}"]
        return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    if quarter := match[f"quarter{mark}"]:
        return f"{year}-{3 * int(value_of(quarter) or 4):02d}"
    if half := match[f"half{mark}"]:
        return f"{year}-{6 if half == '上' else 12:02d}"
    if match[f"edge{mark}"] or match.group().endswith("底"):
        return f"{year}-12"
    return str(year)


def _part(match: re.Match[str], before: str, after: str, value: str | None, context: Context) -> Part:
    if match["plan"] and not match["span"] and _AFTER_PLAN_NAME.match(after):
        return Part.NAME
    if match["span"] == "以来" or (match["this"] in ("去年", "上年") and not _BEFORE_BASE.search(before)):
        return Part.PAST
    if (
        _BEFORE_BASE.search(before) and not match["within"] and not after.startswith(("前", "之前", "内", "期间"))
    ) or _AFTER_BASE.match(after):
        return Part.BASE
    if match["year"] and _AFTER_NAME.match(after):
        return Part.NAME
    if _AFTER_START.match(after):
        return Part.START
    issued = context.issued_on.isoformat() if context.issued_on else ""
    if _AFTER_PAST.match(after) or (_BEFORE_PAST.search(before) and not (value and issued and value > issued)):
        return Part.PAST
    return Part.PAST if value and value[:4] < issued[:4] else Part.DUE
