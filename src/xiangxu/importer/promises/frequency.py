"""Frequencies: in which stretch of time a promise falls due again."""

from __future__ import annotations

import re

from xiangxu.model.plan import Per

_PER: tuple[tuple[Per, str], ...] = (
    # 每半年, 每季度, 每三年 and 每天 have no word of their own in the exchange form and are left out.
    (
        Per.YEAR,
        r"每个?学年度?|每个?年度?(?!龄|级)|年均|逐年|年度(?!目标|任务|计划)|一年(?=[一二两三四五六七八九十\d]+次|$)|(?<![上去今明近学成五三])年(?=流失|培训|接待|招生|招录|招聘|服务|产出|授课|收入|增|生均)|全年(?=[^，；。]{0,6}(?:不少于|不低于|至少|\d))|年终|年年",
    ),
    (Per.TERM, r"每个?学期|学期[均末]|一学期(?=一|$)"),
    (
        Per.MONTH,
        r"每个?月|一月(?=一)|按月|月均|逐月|(?<![\d一二三四五六七八九十])月(?=调度|通报|报告|例会|检查|排查|增|补助|补贴)",
    ),
    (Per.WEEK, r"每周|每个?星期|周均|一周(?=[一二两三四五六七八九十\d]|$)"),
)
_RE = re.compile("(?=[每年月周逐按一学全])(?:" + "|".join(f"(?P<{per.name}>{words})" for per, words in _PER) + ")")


def find_per(before: str, after: str) -> Per | None:
    """The frequency nearest before a figure, else the first in what follows it.

    >>> find_per("每年面向乡村学校招聘教师不少于", ""), find_per("送教上门", "每月"), find_per("每半年", "")
    (<Per.YEAR: 'year'>, <Per.MONTH: 'month'>, None)
    """
    told = [*_RE.finditer(before)][-1:] or [*_RE.finditer(after)][:1]
    return Per[told[0].lastgroup or ""] if told else None
