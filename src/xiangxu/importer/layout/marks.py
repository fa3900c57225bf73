"""The marks by which a line is known to begin something: numbers of headings, attachments, captions, page numbers."""

from __future__ import annotations

import re

HAN_NUMBER = "[一二三四五六七八九十百]{1,4}"

# How the numbers of headings are printed, with the style's name. The order of nesting differs from office to office and is
# found out by `outline`, not here.
NUMBER_STYLES: dict[str, re.Pattern[str]] = {
    "part": re.compile(rf"第(?P<no>{HAN_NUMBER}|\d{{1,2}})[章编部](?:分)?[ 　\t:：]*"),
    "article": re.compile(rf"第(?P<no>{HAN_NUMBER}|\d{{1,3}})[条节][ 　\t:：]+"),
    "task": re.compile(rf"(?P<no>(?:任务|行动|工程|专项|措施|举措|计划){HAN_NUMBER})[ 　\t]*[:：、 　\t][ 　\t]*"),
    # 一、二年级 at the beginning of a wrapped line counts classes, not chapters.
    "han": re.compile(rf"(?P<no>{HAN_NUMBER})[、．](?!(?:{HAN_NUMBER}、)?{HAN_NUMBER}年级)[ 　\t]*"),
    "han_bracket": re.compile(rf"[（(]\s*(?P<no>{HAN_NUMBER})\s*[)）][、.．]?[ 　\t]*"),
    # 14.1.3 优化布局: technical plans. A figure such as 1.7 万条 begins no heading.
    "decimal3": re.compile(r"(?P<no>\d{1,2}\.\d{1,2}\.\d{1,2})[ 　\t]+(?=[一-鿿])"),
    "decimal2": re.compile(r"(?P<no>\d{1,2}\.\d{1,2})[ 　\t]+(?=[一-鿿])(?![万亿千百个倍元米公平])"),
    "digit": re.compile(r"(?P<no>\d{1,2})[.．、](?!\d)[ 　\t]*"),
    "digit_bracket": re.compile(r"[（(]\s*(?P<no>\d{1,2})\s*[)）][、.．]?[ 　\t]*"),
    "circle": re.compile(r"(?P<no>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[ 　\t]*"),
}

ATTACHMENT = re.compile(r"附\s*[件表录](?:\s*(?P<no>\d{1,2}|[一二三四五六七八九十]))?\s*[:：]?")

# — 3 —, - 3 -, －3－, 第3页, 第3页共9页: a page number wherever it stands; a bare figure only where a reader of pages says so.
PAGE_NUMBER = re.compile(r"[—－–―-]{1,2}\s*\d{1,4}\s*[—－–―-]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?")

# A line that is nothing but a paper's number: 霁政办发〔2024〕12号.
_PAPER_NUMBER = re.compile(r"\s*[一-鿿]{2,14}\s*[〔\[［(（【]\s*(?:19|20)\d\d\s*[〕\]］)）】]\s*\d{1,4}\s*号\s*")

SENTENCE_END = "。！？；：!?;:"


def stands_alone(text: str) -> bool:
    """Whether a line goes on neither from the one before nor in the one after.

    >>> stands_alone(" 霁政办发〔2024〕12 号"), stands_alone("（霁政办发〔2024〕12号）要求")
    (True, False)
    """
    return _PAPER_NUMBER.fullmatch(text) is not None


def begins_something(text: str) -> bool:
    """Whether a line that starts so cannot be the continuation of the line before it, as far as its own words go."""
    stripped = text.lstrip()
    if ATTACHMENT.match(stripped) or stands_alone(text):
        return True
    return any(pattern.match(stripped) for style, pattern in NUMBER_STYLES.items() if style != "digit_bracket")
