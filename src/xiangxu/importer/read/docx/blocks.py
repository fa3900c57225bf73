"""The paragraphs and tables of a Word document in reading order, tracked changes accepted.

A deleted paragraph mark joins its paragraph to the next one, which keeps its own properties and number; a hidden mark does
the same. A table's rows are laid on one grid: what a merged cell covers is marked, columns in which no row has a cell of its
own are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from xiangxu.importer.read.content import Block, Grid, GridCell, Inline, Paragraph
from xiangxu.importer.read.docx.markup import MC, W, number, switch, value
from xiangxu.importer.read.docx.numbering import Numbering
from xiangxu.importer.read.docx.runs import Runs, chosen
from xiangxu.importer.read.docx.styles import Styles, over
from xiangxu.importer.read.limits import MAX_CELLS, hostile
from xiangxu.importer.source import Covered
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# No table of an office is wider; a broken one must not ask for a million cells.
MAX_COLUMNS = 128
_CENTRED = frozenset({"center", "centre"})
_GONE = frozenset({W + "del", W + "moveFrom", W + "sdtPr", W + "sdtEndPr"})


class Blocks:
    """Reads the blocks of one document; the counters of its lists run on from call to call."""

    def __init__(self, styles: Styles, numbering: Numbering, name: str) -> None:
        self._name = name
        self._cells = 0
        self._styles = styles
        self._numbering = numbering
        self._runs = Runs(styles)
        self.embedded_files = 0
        self.contents_left_out = False

    def read(self, parent: etree._Element) -> tuple[Block, ...]:
        """The blocks inside `w:body`, `w:tc` or `w:txbxContent`."""
        found: list[Block] = []
        carried: list[Inline] = []
        for element in self._flat(parent, frozenset({W + "p", W + "tbl", W + "altChunk"})):
            if element.tag == W + "p":
                self._paragraph(element, carried, found)
            elif element.tag == W + "tbl":
                grid = self._grid(element)
                if grid.rows:
                    found.append(grid)
            else:
                self.embedded_files += 1
        rest = Inline.joined(carried)
        if not rest.is_blank:
            found.append(Paragraph(rest))
        return tuple(found)

    def _flat(self, parent: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
        """The wanted elements below `parent`, also those wrapped in content controls, insertions or alternatives."""
        for child in parent:
            if child.tag in wanted:
                yield child
            elif child.tag in _GONE:
                continue
            elif child.tag == MC + "AlternateContent":
                inner = chosen(child)
                if inner is not None:
                    yield from self._flat(inner, wanted)
            elif child.tag == W + "sdt" and _is_contents(child):
                self.contents_left_out = True
            elif child.tag in (W + "p", W + "tbl", W + "tr", W + "tc"):
                continue
            else:
                yield from self._flat(child, wanted)

    def _paragraph(self, element: etree._Element, carried: list[Inline], found: list[Block]) -> None:
        """Appends the paragraph and its text boxes to `found`; `carried` is what paragraphs without a mark hand on."""
        properties = element.find(W + "pPr")
        look = over(self._styles.look(value(properties, "pStyle")), properties, None)
        inline, boxes = self._runs.read(element, look)
        if look.contents:
            self.contents_left_out = True
            return
        carried.append(inline)
        mark = None if properties is None else properties.find(W + "rPr")
        if not (_is_gone(mark) or switch(mark, "vanish")):
            whole = Inline.joined(carried)
            carried.clear()
            label = self._numbering.number_of(look)
            whole = _labelled(whole, label.rstrip() if whole.is_blank else label)
            found.append(Paragraph(whole, look.heading, look.alignment in _CENTRED, look.indent))
        for box in boxes:
            found.extend(self._box(box))

    def _box(self, box: etree._Element) -> tuple[Block, ...]:
        """The blocks of a text box, read with runs of their own: a field around the box is not over yet."""
        around, self._runs = self._runs, Runs(self._styles)
        try:
            return self.read(box)
        finally:
            self._runs = around

    def _grid(self, table: etree._Element) -> Grid:
        rows: list[list[GridCell]] = []
        merging: frozenset[int] = frozenset()
        for row in self._flat(table, frozenset({W + "tr"})):
            properties = row.find(W + "trPr")
            if _is_gone(properties) or switch(properties, "hidden"):
                continue
            cells, merging = self._row(row, properties, merging)
            if cells:
                rows.append(cells)
            self._count(len(cells))
        width = max((len(row) for row in rows), default=0)
        self._count(sum(width - len(row) for row in rows))
        for cells in rows:
            cells.extend(GridCell() for _ in range(width - len(cells)))
        own = [c for c in range(width) if any(row[c].covered is not Covered.BY_LEFT for row in rows)]
        return Grid(tuple(tuple(row[c] for c in own) for row in rows))

    def _count(self, cells: int) -> None:
        """Counts cells of the grid, covered ones too: a few merged cells can claim very many."""
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise hostile(self._name, Reason(_("表格超过 %(most)s 个单元格"), most=MAX_CELLS))

    def _row(
        self, row: etree._Element, properties: etree._Element | None, merging: frozenset[int]
    ) -> tuple[list[GridCell], frozenset[int]]:
        """The cells of a row, and the columns at which a cell stands that the next row may continue."""
        before = min(max(number(value(properties, "gridBefore")) or 0, 0), MAX_COLUMNS)
        cells = [GridCell() for _ in range(before)]
        open_below: set[int] = set()
        for cell in self._flat(row, frozenset({W + "tc"})):
            own = cell.find(W + "tcPr")
            if own is not None and own.find(W + "cellDel") is not None:
                continue
            column = len(cells)
            span = min(max(number(value(own, "gridSpan")) or 1, 1), MAX_COLUMNS - column)
            if span < 1:
                break
            down, across = value(own, "vMerge"), value(own, "hMerge")
            if across is not None and across != "restart" and cells:
                cells.append(GridCell(covered=Covered.BY_LEFT))
            elif down is not None and down != "restart" and column in merging:
                cells.append(GridCell(covered=Covered.BY_ABOVE))
                open_below.add(column)
            else:
                cells.append(GridCell(self.read(cell)))
                if down is not None:
                    open_below.add(column)
            cells.extend(GridCell(covered=Covered.BY_LEFT) for _ in range(span - 1))
        return cells, frozenset(open_below)


def _labelled(inline: Inline, label: str) -> Inline:
    """The text with its number before it; a page that begins with the text begins with the number."""
    return replace(inline, text=label + inline.text, breaks=tuple(b + len(label) if b else 0 for b in inline.breaks))


def _is_gone(properties: etree._Element | None) -> bool:
    """Whether a tracked change has removed the mark or row that these properties belong to."""
    return properties is not None and any(properties.find(W + name) is not None for name in ("del", "moveFrom"))


def _is_contents(control: etree._Element) -> bool:
    """Whether a content control is a table of contents, which only repeats the headings."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"
