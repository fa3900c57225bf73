"""Recognised text as Chinese offices print it: full-width punctuation between Han characters, no stray blanks."""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3001-\u3003\u3008-\u3011\u3014\u3015\u2018\u2019\u201c\u201d\uff01-\uff5e"
_FULL = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！", "[": "〔", "]": "〕"}
_AFTER_HAN = re.compile(rf"(?<=[{_HAN}])\s*([,:;?!()\[\]])")
_BEFORE_HAN = re.compile(rf"([,:;?!()\[\]])\s*(?=[{_HAN}])")
_BLANK = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}\d])|(?<=\d)\s+(?=[{_HAN}])")
# The year in a document's number stands in 〔〕, which recognition takes for any other bracket; 号 follows the number.
_YEAR = re.compile(r"[\[【(（〔［{]\s*((?:19|20)\d\d)\s*[\]】)）〕］}](?=\s*(?:第\s*)?\d+\s*号)")
_OPEN = re.compile(r"（([^（）()]*)\)")
_CLOSE = re.compile(r"\(([^（）()]*)）")


def worded(text: str) -> str:
    """The text with its punctuation put right.

    >>> worded("到2025年,达到95.6%以上(含)")
    '到2025年，达到95.6%以上（含）'
    >>> worded("[牵头单位:县教育局]")
    '〔牵头单位：县教育局〕'
    >>> worded("云政发 [2023] 12 号")
    '云政发〔2023〕12号'
    """
    text = _YEAR.sub(r"〔\1〕", text.strip())
    text = _AFTER_HAN.sub(lambda m: _FULL[m[1]], text)
    text = _BEFORE_HAN.sub(lambda m: _FULL[m[1]], text)
    text = _OPEN.sub(r"（\1）", text)
    text = _CLOSE.sub(r"（\1）", text)
    return _BLANK.sub("", text)
