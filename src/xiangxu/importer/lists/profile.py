"""What the cells of a column have in common, and how well that suits a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiangxu.importer.dates import is_deadline
from xiangxu.importer.layout.column_names import Role
from xiangxu.importer.layout.shapes import NUMBERED, is_departments

# So many rows tell what a column holds.
_SAMPLE = 60
_INTEGER = re.compile(r"\d{1,3}[.．、]?")
_FIGURE = re.compile(r"[≥≤><~≈〔\[（(]*[+-]?\d[\d,.]*[%％‰]?[〕\]）)]?[一-鿿]{0,4}")
# A department of the government or the party, as against a section of one, a school or a town.
_BUREAU = re.compile(r"[局委部办](?:[、，,；;（(]|$)|人民政府")

TEXTS = frozenset({Role.GOAL, Role.MEASURE})
UNITS = frozenset({Role.LEAD, Role.PARTICIPANTS, Role.OWNERS, Role.OFFICE})


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of a column's filled cells, from 0 to 1, and the mean length of their texts in characters."""

    filled: float = 0.0
    integers: float = 0.0
    figures: float = 0.0
    dates: float = 0.0
    units: float = 0.0
    bureaus: float = 0.0
    numbered: float = 0.0
    sentences: float = 0.0
    length: float = 0.0

    @staticmethod
    def of(texts: Sequence[str]) -> Profile:
        """The profile of a column's texts, empty ones included."""
        sample = ["".join(t.split()) for t in texts[:_SAMPLE]]
        kept = [(t, raw) for t, raw in zip(sample, texts, strict=False) if t]
        if not kept:
            return Profile()
        n = len(kept)
        return Profile(
            filled=n / len(sample),
            integers=sum(1 for t, _ in kept if _INTEGER.fullmatch(t)) / n,
            figures=sum(1 for _, raw in kept if all(_FIGURE.fullmatch(part) for part in raw.split())) / n,
            dates=sum(1 for t, _ in kept if is_deadline(t)) / n,
            units=sum(1 for _, raw in kept if is_departments(raw)) / n,
            bureaus=sum(1 for t, _ in kept if _BUREAU.search(t)) / n,
            numbered=sum(1 for t, _ in kept if NUMBERED.match(t) and not _INTEGER.fullmatch(t)) / n,
            sentences=sum(1 for t, _ in kept if t[-1] in "。；;" or len(t) > 40) / n,
            length=sum(len(t) for t, _ in kept) / n,
        )

    @property
    def is_text(self) -> bool:
        """Whether the cells are words that are neither dates nor units nor figures."""
        return self.length > 0 and max(self.integers, self.figures, self.dates, self.units) < 0.5

    @property
    def is_long(self) -> bool:
        """Whether the cells hold sentences rather than names."""
        return self.is_text and (self.length > 32 or (self.sentences > 0.6 and self.length > 16 and not self.numbered > 0.6))

    def suits(self, role: Role) -> float:
        """From -1, cannot be, to 1, must be."""
        if not self.length:
            return 0.0
        if role is Role.NO:
            return 2 * self.integers - 1
        if role is Role.DUE:
            return 2 * self.dates - 1 if self.length < 30 else max(0.1, 2 * self.dates - 1) if self.is_text else -1.0
        if role in UNITS:
            return 2 * self.units - 1
        if role in TEXTS:
            return -1.0 if not self.is_text else 0.8 if self.is_long else -0.6 if self.numbered > 0.6 else -0.1
        if role is Role.NAME:
            return -1.0 if not self.is_text else 0.0 if self.is_long else 0.6
        return 0.1

    def role(self) -> Role:
        """What the column holds by its content alone."""
        for role in (Role.DUE, Role.NO, Role.OWNERS):
            if self.suits(role) > 0.3:
                return role
        if not self.is_text:
            return Role.OTHER
        return Role.MEASURE if self.is_long else Role.NAME
