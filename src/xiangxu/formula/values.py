"""Cells and what may be done with them: numbers are exact, null is nothing known, yes and no are truth.

A cell that is empty, holds only blanks or says 不适用 is null. 是 and 否 are true and false. Dates are texts like 2024-09-01.
Numbers are kept as whole numbers or fractions, so that 0.1 + 0.2 is 0.3 and no order of rows changes a sum.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from xiangxu.formula.vocabulary import CITY, TIERS, UNIT_COLUMNS, VILLAGE

Value: TypeAlias = int | Fraction | str | bool | None
Row: TypeAlias = Mapping[str, object]

YES, NO, NOT_APPLICABLE = "是", "否", "不适用"
_WORDS: dict[str, bool | None] = {YES: True, NO: False, NOT_APPLICABLE: None, "": None}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_BETWEEN_NAMES = re.compile(r"[、，,；;\n]+")


class MismatchError(ValueError):
    """Two values that cannot be put together; the message says why, in Chinese."""


def read(raw: object) -> Value:
    """The value of a cell.

    >>> read("是"), read("不适用"), read(" "), read(0.5), read(["甲校", "乙校"])
    (True, None, None, Fraction(1, 2), '甲校、乙校')
    """
    match raw:
        case None:
            return None
        case bool() | int() | Fraction():
            return raw
        case float() | Decimal():
            if math.isnan(raw):
                return None
            if math.isinf(raw):
                raise MismatchError("无穷大不是数字")
            return Fraction(Decimal(repr(raw)) if isinstance(raw, float) else raw)
        case str():
            text = raw.strip()
            return _WORDS.get(text, text)
        case datetime():
            return raw.date().isoformat()
        case date():
            return raw.isoformat()
        case list() | tuple():
            return "、".join(str(part) for part in raw) or None
    raise MismatchError(f"不认识的内容“{raw}”")


def number(value: Value) -> int | Fraction | None:
    """The value as a number; text and yes/no are refused."""
    if isinstance(value, bool | str):
        raise MismatchError(f"“{say(value)}”不是数字")
    return value


def truth(value: Value) -> bool | None:
    """The value as a condition; anything but yes, no and null is refused."""
    if value is None or isinstance(value, bool):
        return value
    raise MismatchError(f"“{say(value)}”不是“是”或“否”")


def compute(op: str, left: Value, right: Value) -> Value:
    """Arithmetic; null on either side, and a zero below the line, give null.

    >>> compute("/", 1, 0) is None, compute("+", None, 1) is None
    (True, True)
    """
    first, second = number(left), number(right)
    if first is None or second is None:
        return None
    if op == "/":
        return Fraction(first) / second if second else None
    return {"+": first + second, "-": first - second, "*": first * second}[op]


def compare(op: str, left: Value, right: Value, order: Sequence[str] = ()) -> bool | None:
    """A comparison; null on either side gives null. `order` lists ordered choices, lowest first.

    Texts without an order can only be equal or not; dates can be earlier and later.

    >>> compare(">=", "省级", "市级", ["校级", "县级", "市级", "省级", "国家级"])
    True
    >>> compare("<", "2024-09-01", "2025"), compare("=", None, 1) is None
    (True, True)
    """
    if left is None or right is None:
        return None
    if _sort(left) != _sort(right):
        raise MismatchError(f"“{say(left)}”是{_sort(left)}，“{say(right)}”是{_sort(right)}，不能比较")
    if op in ("=", "!="):
        return (left == right) is (op == "=")
    ahead = _ahead(left, right, order)
    return {"<": ahead < 0, "<=": ahead <= 0, ">": ahead > 0, ">=": ahead >= 0}[op]


def both(op: str, left: bool | None, right: bool | None) -> bool | None:
    """`and` and `or` where null is unknown: no and unknown is no, yes or unknown is yes, all else unknown.

    >>> both("and", False, None), both("or", True, None), both("and", True, None) is None
    (False, True, True)
    """
    decides = op == "or"
    if left is decides or right is decides:
        return decides
    return None if left is None or right is None else not decides


def years(since: Value, until: Value) -> int | None:
    """Full years between two days (a day without its own day of the month is the first); null if one is missing.

    >>> years("1980-03-02", "2025-03-01"), years("1980-03", "2025-03-01")
    (44, 45)
    """
    if since is None or until is None:
        return None
    first, last = _day(since), _day(until)
    return last[0] - first[0] - (last[1:] < first[1:])


def parts(value: Value) -> list[str]:
    """The names in a cell that lists several, split by 、 or a comma.

    >>> parts("甲校、乙校")
    ['甲校', '乙校']
    """
    return [part.strip() for part in _BETWEEN_NAMES.split(say(value)) if part.strip()] if value is not None else []


def first_of(row: Row, columns: Iterable[str]) -> Value:
    """The first cell among columns that holds something."""
    return next((value for c in columns if c in row and (value := read(row[c])) is not None), None)


def own_names(row: Row, columns: Iterable[str] = UNIT_COLUMNS) -> list[str]:
    """The names of the units to which a row belongs."""
    return [name for c in columns if c in row for name in parts(read(row[c]))]


def tier_columns(word: str) -> tuple[str, ...]:
    """The columns that may name a row's group for a word behind `each=`."""
    code = next((c for c, title in TIERS.items() if word in (c, title)), None)
    return (word,) if code is None else (code, TIERS[code])


def is_city(flag: Value) -> bool | None:
    """Whether a flag says city (true) or village (false); anything else is neither."""
    return True if flag in CITY else False if flag in VILLAGE else None


def say(value: Value) -> str:
    """The value as a person writes it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Fraction):
        return f"{float(value):g}"
    return "" if value is None else str(value)


def _sort(value: Value) -> str:
    return "是否" if isinstance(value, bool) else "文字" if isinstance(value, str) else "数字"


def _ahead(left: Value, right: Value, order: Sequence[str]) -> int:
    """Below zero if left comes first, above zero if right does."""
    if isinstance(left, bool) or isinstance(right, bool):
        raise MismatchError("是和否不能比大小")
    if not isinstance(left, str) or not isinstance(right, str):
        low, high = number(left) or 0, number(right) or 0
        return (low > high) - (low < high)
    if order:
        for word in (left, right):
            if word not in order:
                raise MismatchError(f"“{word}”不在规定的次序（{' < '.join(order)}）里")
        return order.index(left) - order.index(right)
    if not (_DATE.match(left) and _DATE.match(right)):
        raise MismatchError(f"“{left}”和“{right}”是没有次序的文字，不能比大小")
    return (left > right) - (left < right)


def _day(value: Value) -> tuple[int, int, int]:
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None or found[2] is None:
        raise MismatchError(f"“{say(value)}”不是日期，日期写作 2024-09-01")
    return int(found[1]), int(found[2]), int(found[3] or 1)
