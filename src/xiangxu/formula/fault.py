"""What is wrong with a formula, said to a clerk: what, where, what to write instead."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from xiangxu.formula.tree import Span

_SHOWN = 60
"""Characters of a long formula that are shown around the place."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake of a formula: where it stands and what to do about it."""

    at: Span
    what: str

    @property
    def column(self) -> int:
        """The place in the formula, counted in characters from 1."""
        return self.at.start + 1

    def __str__(self) -> str:
        """The message with the formula and a mark below the place.

        >>> print(Fault(Span(6, 7, "sum(甲+乙)"), "没有“乙”这个字段。"))
        第 7 列：没有“乙”这个字段。
          sum(甲+乙)
                 ^
        """
        formula = self.at.text
        begin = max(0, self.at.start - _SHOWN)
        end = min(len(formula), self.at.start + _SHOWN)
        before = "…" if begin else ""
        shown = "".join(c if c.isprintable() else " " for c in formula[begin:end])
        after = "…" if end < len(formula) else ""
        indent = sum(_width(c) for c in before + shown[: self.at.start - begin])
        return f"第 {self.column} 列：{self.what}\n  {before}{shown}{after}\n  {' ' * indent}^"


class FormulaError(ValueError):
    """A formula that cannot be read or computed; holds every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults; the message is theirs, one below the other."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known words that look most like `word`, as part of a sentence; empty if none does.

    >>> nearest("参侧学生", ["参测学生", "近视学生", "班级数"])
    '最接近的是“参测学生”、“近视学生”。'
    """
    found = difflib.get_close_matches(word, dict.fromkeys(known), n=3, cutoff=0.5)
    return f"最接近的是{'、'.join(f'“{w}”' for w in found)}。" if found else ""


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
