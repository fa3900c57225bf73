"""Number formats: how the counter of a list is written, in Word and on web pages.

The names are those of `w:numFmt` (ECMA-376 part 1, 17.18.59). Formats that Chinese offices do not use are written as plain
figures, as Word does for formats that it does not know.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
# The ten heavenly stems and the twelve earthly branches, as used for numbering.
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def counting(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    """The number in Chinese words, up to 9,999; larger ones digit by digit.

    >>> counting(10), counting(12), counting(20), counting(101), counting(110)
    ('十', '十二', '二十', '一百零一', '一百一十')
    """
    if not 0 < number < 10_000:
        return str(number).translate(str.maketrans("0123456789", digits))
    written, pending_zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            pending_zero = bool(written)
            continue
        written += (zero if pending_zero else "") + digits[digit] + (units[power - 1] if power else "")
        pending_zero = False
    # One says 十二, not 一十二, at the head of a number.
    return written[1:] if written.startswith(digits[1] + "十") else written


def _digit_by_digit(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", _DIGITS))


def _counting_to_99(number: int) -> str:
    """Word's chineseCounting: words up to 99, then digit by digit."""
    return counting(number) if number < 100 else _digit_by_digit(number)


def _formal(number: int) -> str:
    return counting(number, digits=_FORMAL_DIGITS, units="拾佰仟")


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letters(number: int) -> str:
    """A to Z, then AA, BB, as Word goes on; after twenty rounds in figures."""
    if not 0 < number <= 26 * 20:
        return str(number)
    rounds, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (rounds + 1)


def _series(characters: str) -> Callable[[int], str]:
    """Formats that are a row of characters, and figures after it."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _row(first: str, count: int) -> str:
    return "".join(chr(ord(first) + i) for i in range(count))


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = _row("①", 20) + _row("㉑", 15) + _row("㊱", 15)

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _series(_CIRCLED),
    "decimalEnclosedCircleChinese": _series(_CIRCLED),
    "decimalEnclosedFullstop": _series(_row("⒈", 20)),
    "decimalEnclosedParen": _series(_row("⑴", 20)),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseCounting": _counting_to_99,
    "chineseCountingThousand": counting,
    "taiwaneseCounting": _counting_to_99,
    "taiwaneseCountingThousand": counting,
    "japaneseCounting": counting,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographDigital": _digit_by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographEnclosedCircle": _series(_row("㊀", 10)),
    "none": lambda number: "",
}


def written(number: int, number_format: str) -> str:
    """The number as the format writes it.

    >>> [written(3, f) for f in ("chineseCounting", "decimalEnclosedCircle", "lowerRoman", "ideographTraditional")]
    ['三', '③', 'iii', '丙']
    """
    return _FORMATS.get(number_format, str)(number)
