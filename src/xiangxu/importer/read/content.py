"""What a document holds before it is set as text: paragraphs, and grids whose cells hold paragraphs and grids again.

The readers of Word files, web pages and workbooks make these; `setting` makes a `Source` of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xiangxu.importer.source import Covered

WORTH_READING = 7.0  # centimetres


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the name under which the file holds it; `width` in centimetres, None where the document does not say."""

    name: str
    width: float | None

    @property
    def is_worth_reading(self) -> bool:
        """Whether it may be a table or a page: seals, logos and ornaments are narrower."""
        return self.width is None or self.width >= WORTH_READING


@dataclass(frozen=True, slots=True)
class Inline:
    """The running text of a paragraph. `breaks` are offsets in it at which a new page begins."""

    text: str = ""
    breaks: tuple[int, ...] = ()
    bold: bool = False
    pictures: tuple[Picture, ...] = ()

    @staticmethod
    def joined(parts: Sequence[Inline]) -> Inline:
        """The parts one after another; bold if all that can be seen is."""
        shift = 0
        breaks: list[int] = []
        for part in parts:
            breaks.extend(offset + shift for offset in part.breaks)
            shift += len(part.text)
        seen = [part for part in parts if part.text.strip()]
        return Inline(
            "".join(part.text for part in parts),
            tuple(breaks),
            bool(seen) and all(part.bold for part in seen),
            tuple(picture for part in parts for picture in part.pictures),
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it can be seen as text."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the page shows it, its automatic number included."""

    inline: Inline
    heading: int | None = None
    centred: bool = False
    indent: float | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell; a covered one holds nothing."""

    content: tuple[Paragraph | Grid, ...] = ()
    covered: Covered | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, all of whose rows have the same number of cells."""

    rows: tuple[tuple[GridCell, ...], ...]

    @property
    def is_frame(self) -> bool:
        """Whether it only holds other things in place: one cell, or one column with a table in it."""
        if any(len([cell for cell in row if cell.covered is None]) != 1 for row in self.rows):
            return False
        return len(self.rows) == 1 or any(isinstance(block, Grid) for row in self.rows for c in row for block in c.content)


Block = Paragraph | Grid


def pictures_of(blocks: Iterable[Block]) -> Iterator[Picture]:
    """All pictures, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.inline.pictures
        else:
            yield from (picture for row in block.rows for cell in row for picture in pictures_of(cell.content))


def flattened(blocks: tuple[Block, ...]) -> Inline:
    """All text of a cell: a line for each paragraph, and for each row of a table inside it."""
    lines: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.inline)
        else:
            lines.extend(_row_text(row) for row in block.rows)
    return _glued(lines, "\n")


def _row_text(row: tuple[GridCell, ...]) -> Inline:
    return _glued([flattened(cell.content) for cell in row], " ")


def _glued(parts: Sequence[Inline], glue: str) -> Inline:
    """The parts with `glue` between those that can be seen; of blank ones only page breaks and pictures are left."""
    kept: list[Inline] = []
    seen = False
    for part in parts:
        if part.is_blank:
            kept.append(Inline("", (0,) * len(part.breaks), pictures=part.pictures))
            continue
        if seen:
            kept.append(Inline(glue))
        kept.append(part)
        seen = True
    return Inline.joined(kept)
