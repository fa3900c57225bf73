"""Accounts: sentences that report what there is or was done. Their figures are stock, not promises.

A plan opens with what has been achieved. Such passages are known by their heading (发展基础), by a date that has passed
(截至2024年底, “十三五”期间) or by words of report (现有, 已建成). Words of intent end the account within its sentence.
"""

from __future__ import annotations

import re

from xiangxu.importer.promises.dates import Dated, Part
from xiangxu.importer.promises.segments import Segment

_HEADING = re.compile(
    # Headings of accounts are bare nouns (发展基础, 现状与问题, 面临形势); with a verb before it the noun is an aim (夯实发展基础).
    r"^(?!夯实|筑牢|打牢|巩固|厚植|奠定|强化|增强|解决|化解|破解|提升|提高|营造|掌握|摸清|改善|优化)"
    r"(?:.{0,8}(?:现状|概况|回顾)|.{0,4}(?:发展|现实|工作|现状|改革|环境)?(?:基础|背景|形势)|(?:主要|工作)?(?:成效|成就|成绩)"
    r"|存在的?(?:主要|突出)?问题|主要问题|面临.{0,8}|.{0,2}机遇.{0,4})(?:[与和及、].{0,10})?$"
)
_TOTAL = re.compile(
    r"以来|(?:近|过去|这)[一二两三四五六七八九十几\d]{1,2}年|截[至止]|(?<![年共])累计(?!培训|新增|不少于|达到|投入不)"
)
_PRESENT = re.compile(
    r"(?<![实出体展盘用好托活在合用])(?:现有|现共有|原有)(?![^，]{0,12}基础上|编制)|目前|还有(?=\d)|(?:问卷|调查|监测|摸底|统计)[^，]{0,4}显示|已有|已经|共有"
    r"|已(?=全面|全部|基本|累计|连续|先后|[建投完创达实培改成配增开通覆])(?![^，]{2,8}的)|下辖|^辖(?!区)|^辖区内?[共现]?有|获评|被评为|荣获|取得了|仍[较有存显]"
)
_INTENT = re.compile(
    r"力争|争取|确保|将(?![^，]{0,6}[纳转])|要|不少于|不低于|不超过|至少|以上$|新增(?=.*以上)|计划|拟|努力|必须|达到[\d.]+%以上"
)
_NEW = re.compile(r"^(?:新建|改扩建|新增|建设|培育|创建|打造|盘活|保留|每|遴选)")


def account_segments(text: str, segments: list[Segment], dated: list[list[Dated]], subject: str) -> set[int]:
    """The indices of the segments whose figures report what there is; `dated` are the dates of each segment.

    >>> from xiangxu.importer.promises.segments import find_segments
    >>> text = "全县现有学校58所，在校生2万人。新建学校3所"
    >>> sorted(account_segments(text, find_segments(text), [[], [], []], ""))
    [0, 1]
    """
    found: set[int] = set()
    reporting_sentence = -1
    reporting_rest = False
    by_heading = _HEADING.search(subject) is not None
    for i, segment in enumerate(segments):
        part = text[segment.start : segment.end]
        parts = {date.part for date in dated[i]}
        future = Part.DUE in parts or Part.START in parts
        if Part.PAST in parts or (_TOTAL.search(part) and not future):
            reporting_rest, reporting_sentence = True, segment.sentence
        elif _PRESENT.search(part) and not future:
            reporting_sentence = segment.sentence
        elif future or (_INTENT.search(part) and not by_heading) or (_NEW.search(part) and not reporting_rest):
            reporting_rest, reporting_sentence = False, -1
        if (by_heading and not future) or reporting_rest or reporting_sentence == segment.sentence:
            found.add(i)
    return found
