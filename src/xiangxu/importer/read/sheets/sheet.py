"""A page as it is printed: lines and ruled tables with their places on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xiangxu.importer.source import Covered
from xiangxu.model.place import Doubt


class Glyph(NamedTuple):
    """A character in its box. Lengths run from the page's top left corner, in any unit that the whole page keeps to."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False

    @property
    def x(self) -> float:
        """The middle of the box."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """The middle of the box."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One visual line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a ruled table: its lines, and the width that they had."""

    lines: tuple[PrintedLine, ...] = ()
    covered: Covered | None = None
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A ruled table, or the part of one that stands on this page.

    `columns` are the x of its vertical rules. `open_top`, `open_bottom`: no rule closes it there.
    """

    rows: tuple[tuple[PrintedCell, ...], ...]
    columns: tuple[float, ...]
    top: float
    bottom: float
    open_top: bool = False
    open_bottom: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: what stands on it from top to bottom."""

    number: int
    width: float
    height: float
    items: tuple[PrintedLine | PrintedTable, ...]
    doubts: tuple[Doubt, ...] = ()
