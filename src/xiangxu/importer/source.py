"""What the readers of the formats hand on, and what the later stages work on.

A reader of a format (`importer.read`) makes a `Source`: the text of the document, and over it lines and tables in reading
order. `importer.layout` turns that into a `Manuscript`, in which wrapped lines are paragraphs and every table is a grid, so
that the stages after it need not know whether they face a Word file or the text of a PDF.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from xiangxu.importer.passage import Passage
from xiangxu.model.place import Doubt, Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the format gives it.

    `whole`: the line is a paragraph of its own (Word, HTML); otherwise (plain text, PDF) it may be a piece of a wrapped one.
    `heading`: the level of a heading style, 1 for the first; `centred` as laid out: hints, not facts. `indent` is the
    first-line or left indent in characters where the format tells it.
    """

    text: Passage
    page: int | None = None
    whole: bool = False
    heading: int | None = None
    centred: bool = False
    bold: bool = False
    indent: float | None = None
    doubts: tuple[Doubt, ...] = ()


class Covered(Enum):
    """A cell that a merged cell reaches into."""

    BY_ABOVE = "above"
    BY_LEFT = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. Its text keeps line ends between paragraphs and wrapped lines. `covered` cells have no text."""

    text: Passage
    covered: Covered | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells; rows may differ in length where the format lost the grid.

    `ruled`: the grid is the document's own (Word, HTML, Excel, lines of a PDF), so that an empty cell is empty and a merged
    one is marked. Where False, the grid was inferred from text, and an empty cell may be a merged one.
    """

    rows: tuple[tuple[Cell, ...], ...]
    ruled: bool = True
    page: int | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def start(self) -> int:
        """The lowest source offset of any cell with text, 0 where there is none."""
        return min((cell.text.start for row in self.rows for cell in row if cell.text), default=0)

    @property
    def end(self) -> int:
        """One more than the highest source offset of any cell."""
        return max((cell.text.end for row in self.rows for cell in row if cell.text), default=0)


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a run of the text (`start` to `end`) stands on the picture of its page.

    The edges are shares of the page's width and height, from its top left corner, so that they hold for a picture of any size.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Source:
    """A document as read from its file: `text` in reading order, and lines and tables over it.

    Every passage of `blocks` points into `text`. `page_starts[k]` is the offset at which page k+1 begins; empty where the
    format has no pages. `notes` says what was not read, as sentences for the clerk. `printed` and `sheets` (width and height of
    each page) are there where the document is pages to look at: PDF, scans, photographs.
    """

    name: str
    format: str
    text: str
    blocks: tuple[Line | Table, ...]
    page_starts: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    printed: tuple[Printed, ...] = ()
    sheets: tuple[tuple[float, float], ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]

    def place(self, passage: Passage | tuple[int, int]) -> Place:
        """Where a passage stands, for a person: span, line, page."""
        start, end = (passage.start, passage.end) if isinstance(passage, Passage) else passage
        page = bisect_right(self.page_starts, start) if self.page_starts else None
        return Place(start, end, bisect_right(self._line_starts, start), page)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One logical paragraph: wrapping undone, no line ends inside, white space at the ends gone. Hints as of its first line."""

    text: Passage
    page: int | None = None
    heading: int | None = None
    centred: bool = False
    bold: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """The document after layout: paragraphs and tables in reading order."""

    source: Source
    blocks: tuple[Paragraph | Table, ...]
    doubts: tuple[Doubt, ...] = field(default=())
