"""Values as Excel shows them: 2025 and not 2025.0, 50% and not 0.5, 2025年12月 and not 46011."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

# The number formats that files name by number only. 27 to 36 and 50 to 58 are those of Chinese Excel.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    14: "yyyy/m/d", 15: "d-m-yy", 16: "d-m", 17: "yyyy年m月", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 36: "yyyy年m月",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip

# What a format holds beside its pattern: [colours], [$-804] languages, _x gaps, *x fillings, "texts" and \x marks.
_BRACKETS = re.compile(r"\[[^\]]{0,40}\]")
_GAPS = re.compile(r"[_*].")
_QUOTED = re.compile(r'"([^"]{0,100})"|\\(.)')
_DATE_PIECE = re.compile(r"y+|m+|d+|h+|s+", re.IGNORECASE)
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.([0#?]+))?")
_PLACEHOLDER = "\ue000"
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31


def format_code(number: int, own: dict[int, str]) -> str:
    """The format with this number, the file's own before the built-in ones."""
    return own.get(number) or _BUILT_IN.get(number, "General")


def displayed(value: float, code: str, since_1904: bool = False) -> str:
    """The value in the format.

    >>> displayed(2025.0, "General"), displayed(0.5, "0%"), displayed(46011, 'yyyy"年"m"月"'), displayed(12, '0"所"')
    ('2025', '50%', '2025年12月', '12所')
    """
    section = code.split(";")[0]
    literals: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2])
        return _PLACEHOLDER

    pattern = _GAPS.sub("", _BRACKETS.sub("", _QUOTED.sub(set_aside, section)))
    if not pattern or "general" in pattern.lower() or pattern == "@":
        return plain(value)
    is_number = _NUMBER.search(pattern)
    if is_number is None and _DATE_PIECE.search(pattern) and 0 <= value <= _LAST_DAY:
        shown = _date((_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=value), pattern)
    elif is_number is None or "E" in pattern:
        return plain(value)
    else:
        shown = _figure(value, pattern, is_number)
    parts = shown.split(_PLACEHOLDER)
    return "".join(part + (literals[i] if i < len(parts) - 1 else "") for i, part in enumerate(parts))


def plain(value: float) -> str:
    """A number without a format: whole ones without a point, others with at most eleven digits.

    >>> plain(0.1 + 0.2), plain(3.0), plain(1.5e20)
    ('0.3', '3', '150000000000000000000')
    """
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    return format(Decimal(f"{value:.11g}").normalize(), "f")


def _figure(value: float, pattern: str, found: re.Match[str]) -> str:
    decimals = len(found[1] or "")
    needed = (found[1] or "").count("0")
    scaled = value * 100 if "%" in pattern else value
    figure = f"{scaled:{',' if ',' in found[0] else ''}.{decimals}f}"
    for _ in range(decimals - needed):
        figure = figure.removesuffix("0")
    return pattern[: found.start()] + figure.removesuffix(".") + pattern[found.end() :]


def _date(moment: datetime, pattern: str) -> str:
    after_hour = False

    def piece(match: re.Match[str]) -> str:
        nonlocal after_hour
        letter, length = match[0][0].lower(), len(match[0])
        if letter == "y":
            return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
        if letter == "h":
            after_hour = True
        is_minute = letter == "m" and after_hour
        amount = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}[letter]
        return f"{moment.minute if is_minute else amount:0{min(length, 2)}d}"

    return _DATE_PIECE.sub(piece, pattern)
