"""What a date does in its sentence, told from the words next to it, never from the year alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from xiangxu.importer.dates.spoken import Reckoning, Spoken, Wording, spoken_dates


class Part(Enum):
    """The part that a date plays; only the first two say when something falls due."""

    DUE = "due"
    """到2027年, 2026年6月底前, “十四五”末, 三年内, 年底前."""
    START = "start"
    """2026年起, 2025年秋季学期起: from then on; the first time is the first due date, where nothing later is said."""
    PAST = "past"
    """截至2024年底, “十三五”期间: what follows is an account. (截至 with a day that is still to come is a deadline.)"""
    BASE = "base"
    """较2024年, 在2022年基础上, 由2025年的71%: what a change is measured against."""
    NAME = "name"
    """2017年以前建设的, 2022年版, “十四五”规划: the date belongs to a noun."""
    PASSING = "passing"
    """9月开学, 一月一次: a part of a year in passing; in a cell of deadlines it is the deadline."""
    RECURRING = "recurring"
    """每年12月底前, 按月."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at `start`..`end` of the text, its part, and the value as the exchange form writes it (None: cannot be told)."""

    start: int
    end: int
    part: Part
    value: str | None
    wording: Wording


_BEFORE_BASE = re.compile(r"(?:较|(?<![占之生师])比|相比于?|相对于?|超过)$")
_AFTER_BASE = re.compile(r"相比|的?基础上|基数|同期|的?水平|持平")
# 由2025年的71%, 从2024年底的48%: the figure of that year is what is raised.
_BEFORE_RAISED = re.compile(r"[由从]$")
_AFTER_RAISED = re.compile(r"底?的?(?:约|近|不足|每[人生师校园班户名月年]|[人生师班校]均)*[\d百一二两三四五六七八九十]+(?!月)")
_BY = re.compile(r"之?前|以前|内|期间|底前|末前")
_BEFORE_PAST = re.compile(r"(?:截[至止]到?|近|过去|早在|自|从)$")
_AFTER_PAST = re.compile(r"以来|来，")
_AFTER_START = re.compile(r"[起始]|开始|以后|之后")
_AFTER_NAME = re.compile(
    r"[版级届]|印发|颁布|修订|制定的|出台的?|发布的?|(?:以前|以后|之前|之后|前|后|底前)?(?:建设|建成|建立|新建|出生|参加|入职|开工|投用|投入使用)的"
    r"|出生|新?生(?!均)|入学的|届毕业"
)
_AFTER_PLAN_NAME = re.compile(r"[”\"]?(?:教育|规划|特殊|学前|发展|国民|纲要|重点|公共|事业|基础|时期教育)")
# What makes a month, quarter or end of a year without its year a deadline: 前 behind it, or that nothing is said of it.
_DEADLINE_BEHIND = re.compile(r"(?:\d{1,2}(?:[:：]\d\d|[时点]))?之?前|以前|以内|内|[，；。）]|$|完成|实现|达|全部|基本|建成|启动")


def find_dates(text: str, reckoning: Reckoning) -> list[Dated]:
    """Every date of a text in order, with its part.

    >>> [(d.part.value, d.value) for d in find_dates("到2027年，较2024年翻番，2026年6月底前建成", Reckoning())]
    [('due', '2027'), ('base', '2024'), ('due', '2026-06')]
    >>> [(d.part.value, d.value) for d in find_dates("由2024年的36%提高到55%；2022年版；2026年起", Reckoning())]
    [('base', '2024'), ('name', '2022'), ('start', '2026')]
    """
    return [Dated(s.start, s.end, _part(text, s, reckoning), s.due, s.wording) for s in spoken_dates(text, reckoning)]


def _part(text: str, spoken: Spoken, reckoning: Reckoning) -> Part:
    before, after = text[max(0, spoken.start - 4) : spoken.start], text[spoken.end : spoken.end + 12]
    words = text[spoken.start : spoken.end]
    if spoken.wording is Wording.RECURRING:
        return Part.RECURRING
    if spoken.wording is Wording.PLAN and words.endswith(("五", "”", '"')) and _AFTER_PLAN_NAME.match(after):
        return Part.NAME
    by = _BY.match(after) is not None
    measured = _BEFORE_BASE.search(before) and not by and "年内" not in words
    if measured or _AFTER_BASE.match(after) or (_BEFORE_RAISED.search(before) and _AFTER_RAISED.match(after)):
        return Part.BASE
    if words.endswith("以来") or spoken.wording is Wording.PASSED:
        return Part.PAST
    if spoken.wording is Wording.NAMED and _AFTER_NAME.match(after):
        return Part.NAME
    if _AFTER_START.match(after):
        return Part.START
    if _AFTER_PAST.match(after) or (_BEFORE_PAST.search(before) and not _to_come(spoken.due, reckoning)):
        return Part.PAST
    if words == "全年" and spoken.due is None:
        return Part.PASSING
    if spoken.wording is Wording.YEARLESS and not _DEADLINE_BEHIND.match(after):
        return Part.PASSING
    return Part.DUE


def _to_come(due: str | None, reckoning: Reckoning) -> bool:
    return due is not None and reckoning.issued_on is not None and due > reckoning.issued_on.isoformat()
