"""Deadlines: every wording by which an office says until when something is to be done.

The module knows the grammar of dates and their normal forms, and nothing of who promises what: `2025`, `2025-12` (年底,
12月底), `2025-12-31`, `ongoing`. What only looks like a deadline is refused: dates that a change is measured against
(较2024年), dates of an account (2020年以来), dates that belong to a noun (2017年以前建设的, 2022年版).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ONGOING = "ongoing"


class DeadlineKind(StrEnum):
    """What the words fix: a day by which, a day from which, a recurring day, or no end at all."""

    BY = "by"
    FROM = "from"
    RECURRING = "recurring"
    ONGOING = "ongoing"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline at `span` of the text. `due` is its normal form; None where it recurs or cannot be reckoned."""

    due: str | None
    span: tuple[int, int]
    kind: DeadlineKind = DeadlineKind.BY


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What relative dates (今年, 三年内, 6月底前) are reckoned from.

    `year` is the year that the title or caption is about (2026年工作要点); it goes before the year of issue.
    """

    issued_on: date | None = None
    plan_end: int | None = None
    year: int | None = None


_HAN_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0"}
_HAN_YEAR = r"二[〇零○Ｏ][〇零○Ｏ一二三四五六七八九]{2}"
_YEAR = rf"(?:19|20)\d\d|{_HAN_YEAR}"
# One character for one: spans must keep pointing into the text as it was given.
_FOLD = str.maketrans({**{chr(0xFF10 + i): str(i) for i in range(10)}, **dict.fromkeys("—–－―~～─", "-"), "．": ".", "／": "/"})

_COUNT = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"


def _tail(mark: str) -> str:
    """What may follow a year: a month (or the last of a range of months), quarter, half year, end, school term."""
    return (
        rf"(?:{_MONTH}月?(?:{_DAY}[日号])?[-至到])?(?P<month{mark}>{_MONTH})月(?:份)?"
        rf"(?:(?P<day{mark}>{_DAY})[日号]|底|末|初|[上中下]旬)?"
        rf"|第?(?:[一二三四1-4]、?)*?(?P<quarter{mark}>[一二三四1-4])季度[末底]?|(?P<half{mark}>[上下])半年"
        rf"|(?P<end{mark}>年?[底末])|(?P<middle{mark}>年中(?!考))"
        # Terms and holidays name no month: the normal form is the year.
        r"|[春秋夏冬]季?(?:学期)?(?:开学|入学)?|[寒暑](?:假|期)|年?初"
    )


# The five-year plans by number: the fourteenth ends in 2025.
_PLAN = r"[“\"]?(?P<plan>十[一二三四五六七八九])五[”\"]?|第(?P<plan_long>十[一二三四五六七八九])个五年(?:规划|计划)"

_DEADLINE = re.compile(
    # 每年12月底前, 每学期, 每两年, 逐年, 按月: recurring.
    rf"(?P<recurring>每(?:[一二两三四五半]?(?:个)?(?:学?年|学期|季度?|月|周|星期|旬|日|天))(?:度|末|底|初)?(?:的)?(?:(?:{_tail('0')})[前内]?)?|逐[年月]|按[年季月周]度?|定期)"
    rf"|(?P<iso>(?:19|20)\d\d)(?P<mark>[-/.])(?P<iso_month>1[0-2]|0?[1-9])(?:(?P=mark)(?P<iso_day>{_DAY}))?(?![\d.%％/年万亿元个所])"
    rf"|(?P<year>{_YEAR})年度?(?:{_tail('1')})?"
    rf"|(?<!\d)(?:19|20)\d\d年?[-至到](?P<bare>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<relative>今年|本年度?|当年|明年|次年|翌年|后年)(?:{_tail('2')})?"
    rf"|(?:{_PLAN})(?:规划|计划|期|时)?(?P<plan_tail>末|间)?"
    # 三年内; 三年共…, 五年新增…: within n years from the issue.
    r"|(?P<within>[一二两三四五六七八九十]|\d{1,2})年(?:之?内|时间内|共|累计|总共)"
    rf"|(?<![\d.])(?:{_tail('3')})(?<![季初期假春秋夏冬])|(?P<inside>年内)"
    r"|(?P<period>(?:规划|计划|行动|方案|实施)期(?:末|内|间|满))"
)

# After a date: it is measured from, told of, or part of a name, and so no deadline.
_NOT_AFTER = re.compile(
    r"以来|以后|之后|[版级届]|的?水平|基数|的?基础上|相比|同期|(?:以前|之前|前)[一-鿿]{0,4}的|(?:年)?(?:印发|颁布|修订|出台|发布)"
)
_NOT_BEFORE = re.compile(r"(?:[较比与同自从近上去往全三两]|相比于?|截[至止]|超过|过去)$")
_FROM = re.compile(r"起|开始")
# What may stand between the two ends of a range.
_RANGE = re.compile(r"(?:底|末)?[-至到](?:到)?")

# A sheet's cell may hold the year as a number.
_BARE_YEAR = re.compile(r"20\d\d(?:\.0)?[.。]?")
# In a column of deadlines these words stand for 长期坚持; in running text most of them only describe.
_ONGOING_CELL = re.compile(
    r"常抓不懈|长期|持续|全年|常年|常态化?|一直|始终|永久|贯穿|日常|经常|滚动|不间断|逐步|即时|随时|全程|阶段性推进"
)
# What may stand beside the date in a cell of deadlines without saying anything else.
_FILLER = re.compile(
    r"[前底末]|之前|以前|完成|达到|实现|基本|力争|确保|取得|明显|阶段性|成效|进展|并|且|及时|坚持|推进|实施|开展|保持|进行|抓好|落实|"
    r"任务|工作|左右|至|到|于|在|的|起|内|间|[，,、；;。.（）()-]"
)


def find_deadlines(text: str, reckoning: Reckoning | None = None) -> tuple[Deadline, ...]:
    """Every deadline that a running text names, in order; the ends of a range are one deadline.

    >>> [d.due for d in find_deadlines("2025年底前完成，至2027年全覆盖；“十五五”期间新增")]
    ['2025-12', '2027', '2030']
    >>> [d.due for d in find_deadlines("2026年6月—2028年6月；（2021—2025）；二〇二六年三月底")]
    ['2028-06', '2025', '2026-03']
    >>> find_deadlines("较2024年提高；2017年以前建设的幼儿园；2020年以来")
    ()
    """
    found: list[Deadline] = []
    folded = text.translate(_FOLD)
    for deadline in _single(folded, reckoning or Reckoning()):
        before = found[-1] if found else None
        if before and before.kind is deadline.kind and _RANGE.fullmatch(folded, before.span[1], deadline.span[0]):
            found[-1] = Deadline(latest((before, deadline)), (before.span[0], deadline.span[1]), deadline.kind)
        else:
            found.append(deadline)
    return tuple(found)


def read_due(text: str, reckoning: Reckoning | None = None) -> str | None:
    """The normal form of a cell in a column of deadlines; None where it names none.

    The latest of several dates; `ongoing` where the cell says that the work has no end, or recurs.

    >>> [read_due(t) for t in ("2026年8月底前", "常抓不懈", "每学期", "2026—2029年", "2026年第三季度", "2025.12", "—")]
    ['2026-08', 'ongoing', 'ongoing', '2029', '2026-09', '2025-12', None]
    >>> read_due("6月底前", Reckoning(year=2026)), read_due("今年年底前", Reckoning(date(2026, 3, 16)))
    ('2026-06', '2026-12')
    """
    squeezed = "".join(text.split())
    if _BARE_YEAR.fullmatch(squeezed):
        return squeezed[:4]
    found = find_deadlines(squeezed, reckoning)
    if due := latest(found):
        return due
    if any(d.kind is DeadlineKind.RECURRING for d in found) or _ONGOING_CELL.search(squeezed):
        return ONGOING
    return None


def is_deadline(text: str) -> bool:
    """Whether a cell says a deadline and nothing else.

    >>> [is_deadline(t) for t in ("2025 年", "2025年底前完成", "长期坚持", "2025年，绿色校园全覆盖。", "区教体局")]
    [True, True, True, False, False]
    """
    squeezed = "".join(text.split())
    if not squeezed or len(squeezed) > 40:
        return False
    if _BARE_YEAR.fullmatch(squeezed):
        return True
    left, at = "", 0
    for deadline in find_deadlines(squeezed, Reckoning(issued_on=date(2000, 1, 1))):
        left += squeezed[at : deadline.span[0]]
        at = deadline.span[1]
    left += squeezed[at:]
    if at == 0 and not _ONGOING_CELL.search(squeezed):
        return False
    return len(_FILLER.sub("", _ONGOING_CELL.sub("", left))) <= 0.2 * len(squeezed)


def latest(deadlines: Iterable[Deadline]) -> str | None:
    """The latest due date of several; dates from which something holds count only where nothing else is said."""
    rows = list(deadlines)
    for kind in (DeadlineKind.BY, DeadlineKind.FROM):
        if dues := [d.due for d in rows if d.kind is kind and d.due]:
            return max(dues, key=_last_day)
    return None


def _last_day(due: str) -> tuple[int, int, int, int]:
    """For comparing: the last day that the due date reaches; of two on one day the more exact one is the later."""
    parts = [int(p) for p in due.split("-")]
    return parts[0], parts[1] if len(parts) > 1 else 12, parts[2] if len(parts) > 2 else 31, len(parts)


def _single(text: str, reckoning: Reckoning) -> Iterator[Deadline]:
    named: int | None = None
    for match in _DEADLINE.finditer(text):
        start, end = match.span()
        if match["recurring"]:
            yield Deadline(None, (start, end), DeadlineKind.RECURRING)
            continue
        year = _year(match, reckoning, named)
        # A deadline is 前 its date: 2025年前, 2025年底前; but 2017年以前建设的 tells of what there is.
        if _NOT_AFTER.match(text, end) or _NOT_BEFORE.search(text, max(0, start - 3), start):
            continue
        if match["year"] or match["iso"]:
            named = year
        kind = DeadlineKind.FROM if _FROM.match(text, end) else DeadlineKind.BY
        yield Deadline(_normal(match, year), (start, end), kind)


def _year(match: re.Match[str], reckoning: Reckoning, named: int | None) -> int | None:
    issued, year = reckoning.issued_on, reckoning.year
    base = year or (issued.year if issued else None)
    if stated := match["year"] or match["iso"] or match["bare"]:
        return int("".join(_HAN_DIGITS.get(c, c) for c in stated))
    if plan := match["plan"] or match["plan_long"]:
        return 1955 + 5 * (10 + _COUNT[plan[1]])
    if match["period"]:
        return reckoning.plan_end
    if match["relative"]:
        later = {"明年": 1, "次年": 1, "翌年": 1, "后年": 2}.get(match["relative"], 0)
        base = named if named and match["relative"] in ("次年", "翌年", "当年") else base
        return base + later if base else None
    if match["within"]:
        count = _COUNT.get(match["within"]) or int(match["within"])
        first = issued.year if issued else year
        if first is None:
            return reckoning.plan_end
        # Where the plan runs as long as that, its last year is meant; else the year of issue is the first of them.
        if reckoning.plan_end and reckoning.plan_end - first in (count - 1, count):
            return reckoning.plan_end
        return first + count - 1
    if named or year or not issued:
        return named or base
    month = _small(match["month3"]) if match["month3"] else 12
    return issued.year + (month < issued.month)


def _normal(match: re.Match[str], year: int | None) -> str | None:
    if year is None:
        return None
    if match["iso"]:
        day = f"-{int(match['iso_day']):02d}" if match["iso_day"] else ""
        return f"{year}-{int(match['iso_month']):02d}{day}"
    for mark in "123":
        if match[f"month{mark}"]:
            day = f"-{_small(match[f'day{mark}']):02d}" if match[f"day{mark}"] else ""
            return f"{year}-{_small(match[f'month{mark}']):02d}{day}"
        if quarter := match[f"quarter{mark}"]:
            return f"{year}-{3 * (_COUNT.get(quarter) or int(quarter)):02d}"
        if half := match[f"half{mark}"]:
            return f"{year}-{'06' if half == '上' else '12'}"
        if match[f"middle{mark}"]:
            return f"{year}-06"
        if match[f"end{mark}"]:
            return f"{year}-12"
    return str(year)


def _small(text: str) -> int:
    """The number of a month or day in digits or Han characters."""
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    return (10 * _COUNT.get(tens, 1) if "十" in text else 0) + _COUNT.get(ones, 0)
