"""The numbers of headings. They are part of the text, so that they survive copying, other programs and being read again."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


class HeadingNumbers:
    """Counts headings level by level; a heading begins the levels below it anew.

    >>> numbers = HeadingNumbers()
    >>> [numbers.next(level) for level in (1, 2, 2, 1, 2, 3, 4)]
    ['一、', '（一）', '（二）', '二、', '（一）', '1. ', '（1）']
    """

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        """The number of the next heading of that level."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}. ", f"（{count}）")[level - 1]
