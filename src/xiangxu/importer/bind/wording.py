"""How promises and cards are brought to one wording, and cut into the pieces by which they are compared.

Pieces are pairs of neighbouring characters. Two lists of words are kept, each for a reason: `_SAME` are words that offices use for
one thing, whatever the place; `_LIGHT` are words that every promise may have (verbs of doing, degrees, comparisons), which say how
it is promised and never what.
"""

from __future__ import annotations

import re
from functools import lru_cache

# One thing, several words: on both sides the first word of the pair gives way to the second. Longer words stand before those that
# they hold.
_SAME = {
    "镇（街道）": "乡镇",
    "镇街区": "乡镇",
    "镇街": "乡镇",
    "家委会": "家长委员会",
    "校（园）长": "校长",
    "校长、园长": "校长",
    "校长（园长）": "校长",
    "按在校学生人数平均的": "生均",
    "按在校生人数平均的": "生均",
    "所占比例": "比例",
    "占比例": "比例",
    "占比": "比例",
    "比率": "比例",
    "比重": "比例",
    "及以上": "以上",
    "公办幼儿园": "公办园",
    "民办幼儿园": "民办园",
    "中心幼儿园": "中心园",
    "示范幼儿园": "示范园",
    "普惠性幼儿园": "普惠园",
    "普惠幼儿园": "普惠园",
    "一类幼儿园": "一类园",
    "一键式": "一键",
    "特教": "特殊教育",
    "心理教师": "心理健康教师",
    "中等职业学校": "中职学校",
    "中等职业教育": "中职",
    "职业学校": "中职学校",
    "教育和体育局": "教育局",
    "教体局": "教育局",
    "考核": "评价",
    "考评": "评价",
    "评估": "评价",
    "一人一档": "建档",
    "一生一档": "建档",
    "讲思政课": "上思政课",
    "满意率": "满意度",
    "大专": "专科",
    "录播教室": "录播室",
    "师资": "教师",
    "一对一": "结对",
    "听评课": "听课",
}

# What is said of the promise, not of its matter: verbs of doing, stress, stages of completion, comparisons. They are cut out, so
# that no pair of characters reaches across them; longer words stand first.
_LIGHT = re.compile(
    r"建立健全|建立完善|一定数量|进一步|不低于|不少于|不超过|不高于|不小于|控制在|保持在|稳定在|每学期|"
    r"每学年|每季度|每半年|原则上|达到|实现|确保|力争|争取|积极|持续|逐步|全面|全部|普遍|基本|切实|大力|"
    r"不断|着力|加快|推动|推进|促进|组织|开展|实施|落实|执行|加强|强化|健全|完善|建立|制定|制订|出台|"
    r"印发|提升|提高|优化|深化|扩大|增加|降至|降低|减少|减至|缩小|支持|鼓励|引导|做好|抓好|用好|每年|"
    r"每月|每周|至少|以上|以下|以内|左右|超过|有效|显著|明显|相关|各项|各类|一批|配齐|配足|配强|补齐|"
    r"到位|完成|其中|分别"
)

# Nearly every promise of such a plan speaks of the countryside: taken out, 招聘乡村教师 is 招聘教师, as cards say it.
_RURAL = re.compile(r"乡村|农村")

_SAME_PATTERN = re.compile("|".join(re.escape(word) for word in _SAME))
# A figure with the words of comparison around it and its unit says how much, not what of.
_FIGURE = re.compile(r"(?:达到|超过|约|近|至|到|由|从)?\d+(?:\.\d+)?(?:%|个百分点|万|亿|余|多)*(?:年|月|日)?")
_QUIET = re.compile(r"[“”\"'‘’《》]")
_RUN = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text in one wording: without quotation marks, words for one thing made one.

    >>> plain("“85后”镇（街道）校（园）长占比")
    '85后乡镇校长比例'
    """
    text = _QUIET.sub("", text)
    for _ in range(2):
        text = _SAME_PATTERN.sub(lambda match: _SAME[match[0]], text)
    return text


@lru_cache(maxsize=8192)
def pieces(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of what a text is about.

    >>> pieces("录播室达到50%以上") == {"录播", "播室"}
    True
    """
    text = _LIGHT.sub(" ", _FIGURE.sub(" ", _RURAL.sub("", plain(text))))
    return frozenset(run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1))


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The text in one wording without punctuation, in which names are looked for."""
    return "".join(_WORD.findall(plain(text)))


_WORD = re.compile(r"\w+")
