"""Numerals of official Chinese: how a figure is written, and what it is worth.

Offices mix three scripts in one sentence: Arabic digits (12、1,200、1.7万), Han numerals (两、三十、一百二十) and fractions in
words (百分之八十、三分之一、八成); years are written digit by digit (二〇二六年), headings are counted (第十二章). This module knows only what a
numeral is worth; what it counts is the business of whoever reads it.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
"""The Han digits. 两 is two before a measure word."""

HAN_DIGIT = "[零〇○OＯ一二三四五六七八九]"
"""One digit of a year in Han characters. The circle of nought is typed in many ways."""
_FIGURES = str.maketrans("零〇○OＯ一二三四五六七八九", "00000123456789")

_SMALL = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}

ARABIC = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?"
"""Arabic digits, with or without grouping by commas and a decimal part."""

SCALE = r"(?:[百千](?=[万亿])[万亿]|万亿|[万亿](?!兆)|千(?![米瓦克兆])|百(?![兆分]))"
"""What may follow Arabic digits and multiplies them: 1.7万、3千、5百万; 千米 and 千瓦 are units, 千兆 is a word for bandwidth."""

HAN = r"[零〇一二两三四五六七八九十百千万亿]{1,12}"
"""A run of Han numerals; whether it is well formed, `han_value` decides. Bounded, so that no text can make reading slow."""


def han_value(text: str) -> int | None:
    """The value of a numeral in Han characters, None where the run of characters is no numeral.

    Digits in a row without a unit of ten are no quantity: 三五 or 一二 stand in names (一二年级), years are read elsewhere. 一百二
    may be 102 or 120: refused.

    >>> han_value("两"), han_value("三十"), han_value("一百二十"), han_value("一万五千")
    (2, 30, 120, 15000)
    >>> han_value("三五"), han_value("十十") is None
    (None, True)
    """
    total = section = 0
    digit: int | None = None
    lowest_small = 10**4
    lowest_great = 10**12
    for i, c in enumerate(text):
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in _SMALL:
            size = _SMALL[c]
            if size >= lowest_small or digit == 0 or (digit is None and (c != "十" or (i and text[i - 1] not in "零〇万亿"))):
                return None
            section += (1 if digit is None else digit) * size
            digit, lowest_small = None, size
        elif c in _GREAT:
            size = _GREAT[c]
            section += digit or 0
            if size >= lowest_great or not section:
                return None
            total += section * size
            section, digit, lowest_small, lowest_great = 0, None, 10**4, size
        else:
            return None
    if digit and len(text) > 1 and text[-2] in "百千万亿":
        return None
    return total + section + (digit or 0) if text else None


def in_figures(text: str) -> str:
    """What is written digit by digit, as years are, in Arabic figures; Arabic figures stay.

    >>> in_figures("二〇二六"), in_figures("二○二O"), in_figures("2026")
    ('2026', '2020', '2026')
    """
    return text.translate(_FIGURES)


def ordinal_value(text: str) -> int:
    """The number of a chapter, a month or a day in Han characters, up to 999. Unlike a quantity it is never refused: in the numbering of
    a scan a mark that was lost must not take the heading with it.

    >>> [ordinal_value(t) for t in ("九", "十", "十二", "二十", "三十一", "一百零五", "两")]
    [9, 10, 12, 20, 31, 105, 2]
    """
    total = digit = 0
    for c in text:
        if c in "百十":
            total, digit = total + (digit or 1) * _SMALL[c], 0
        else:
            digit = DIGITS.get(c, 0)
    return total + digit


def arabic_value(text: str) -> float:
    """The value of Arabic digits with an optional scale: 1,200 is 1200, 1.7万 is 17000.

    >>> arabic_value("1.7万"), arabic_value("1,200"), arabic_value("3.2亿"), arabic_value("5百万")
    (17000.0, 1200.0, 320000000.0, 5000000.0)
    """
    digits = text.rstrip("百千万亿")
    value = Decimal(digits.replace(",", ""))
    for c in text[len(digits) :]:
        value *= _SMALL.get(c) or _GREAT[c]
    return float(value)


def value_of(text: str) -> float | None:
    """The value of any whole numeral, None where it is none.

    >>> value_of("2.34万"), value_of("两"), value_of("一批")
    (23400.0, 2.0, None)
    """
    if re.fullmatch(rf"(?:{ARABIC})(?:{SCALE})?", text):
        return arabic_value(text)
    value = han_value(text)
    return None if value is None else float(value)


def percent_of(part: float, whole: float) -> float | None:
    """A fraction as a percentage: 三分之一 is 33.33, 五分之一 is 20."""
    return round(100 * part / whole, 2) if whole else None
