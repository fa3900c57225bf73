"""Setting a document's text: readers of formats that have no text of their own put it together here, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from xiangxu.importer.passage import Passage
from xiangxu.importer.read import ocr
from xiangxu.importer.read.content import Block, Grid, GridCell, Paragraph, Picture, flattened, pictures_of
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Cell, Line, Source, Table
from xiangxu.model.place import Doubt
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

_UNREAD = _("第%(number)s处图片没有读出。图片里若有表格或文字，请改为可编辑的文字，或安装文字识别组件（ocr）后再读。")
_NO_TEXT = _("第%(number)s处图片里没有识别出文字，请看原件。")
_TOO_MANY = _("图片太多，第%(number)s处起没有识别。请把含有表格或文字的图片改为可编辑的文字。")

# Text recognition takes some seconds a picture.
MAX_PICTURES = 60

# Gives the bytes of a picture by the name that its file has for it; None where the file does not hold it.
PictureFile = Callable[[str], bytes | None]


class Setting:
    """The growing text of a `Source`, its lines and tables, and where its pages begin.

    >>> from xiangxu.importer.read.content import Inline
    >>> setting = Setting()
    >>> setting.put([Paragraph(Inline("一、总体要求")), Paragraph(Inline("二、主要任务"))])
    >>> source = setting.source("方案.docx", "docx")
    >>> source.text, source.blocks[1].text.at[0]
    ('一、总体要求\\n二、主要任务\\n', 7)
    """

    def __init__(self, paged: bool = False, picture_file: PictureFile | None = None) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._page_starts: list[int] = [0] if paged else []
        self._blocks: list[Line | Table] = []
        self._notes: list[Reason] = []
        self._picture_file = picture_file
        self._pictures = 0
        self._unread = 0

    def put(self, content: Iterable[Block]) -> None:
        """Sets these blocks after what was set before; a table that only frames other things is taken apart."""
        for block in content:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif block.is_frame:
                for row in block.rows:
                    for cell in row:
                        self.put(cell.content)
            else:
                self._table(block)

    def note(self, sentence: Reason) -> None:
        """Something that was not read, for `Source.notes`."""
        self._notes.append(sentence)

    def source(self, name: str, form: str) -> Source:
        """All that was set. Refuses a document without a word."""
        if not self._blocks:
            found = Reason(_("只有图片，没有可读的文字") if self._unread else _("没有可读的文字"))
            raise Unreadable(
                Reason(
                    _("《%(name)s》里%(found)s。请检查是否选错了文件；若是扫描件，请上传 PDF 或照片。"), name=name, found=found
                )
            )
        return Source(
            name=name,
            format=form,
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            page_starts=tuple(self._page_starts),
            notes=tuple(self._notes),
            doubts=(Doubt.PICTURE_UNREAD,) if self._unread else (),
        )

    def _add(self, text: str, breaks: tuple[int, ...]) -> Passage:
        """A text on lines of its own; a blank one takes none and its passage is empty, but page breaks in it count."""
        start = self._length
        if self._page_starts:
            self._page_starts.extend(start + offset for offset in breaks)
        if not text.strip():
            return Passage("", ())
        self._pieces.append(text + "\n")
        self._length += len(text) + 1
        return Passage.of(text, start)

    @property
    def _page(self) -> int | None:
        return len(self._page_starts) or None

    def _paragraph(self, paragraph: Paragraph) -> None:
        inline = paragraph.inline
        passage = self._add(inline.text, inline.breaks)
        if passage:
            # Breaks after the first character lead on to pages on which the paragraph does not begin.
            page = None if self._page is None else self._page - sum(1 for offset in inline.breaks if offset > 0)
            self._blocks.append(
                Line(
                    text=passage,
                    page=page,
                    whole=True,
                    heading=paragraph.heading,
                    centred=paragraph.centred,
                    bold=inline.bold,
                    indent=paragraph.indent,
                )
            )
        self._read_pictures(inline.pictures)

    def _table(self, grid: Grid) -> None:
        page = self._page
        rows = tuple(self._row(row) for row in grid.rows)
        if any(cell.text for row in rows for cell in row):
            self._blocks.append(Table(rows, ruled=True, page=page))
        self._read_pictures(pictures_of([grid]))

    def _row(self, row: tuple[GridCell, ...]) -> tuple[Cell, ...]:
        """Each cell of a row that a page break cuts tells of the break; it counts once."""
        cells: list[Cell] = []
        breaks_told = 0
        for cell in row:
            inline = flattened(cell.content)
            cells.append(Cell(self._add(inline.text, inline.breaks[breaks_told:]), covered=cell.covered))
            breaks_told = max(breaks_told, len(inline.breaks))
        return tuple(cells)

    def _read_pictures(self, pictures: Iterable[Picture]) -> None:
        """Pictures with text in them by text recognition, after the paragraph or table that they stand in."""
        for picture in pictures:
            if not picture.is_worth_reading:
                continue
            self._pictures += 1
            data = self._picture_file(picture.name) if self._picture_file and self._pictures <= MAX_PICTURES else None
            if data is None or not ocr.available():
                self._unread += 1
                if self._pictures <= MAX_PICTURES:
                    self.note(Reason(_UNREAD, number=self._pictures))
                elif self._pictures == MAX_PICTURES + 1:
                    self.note(Reason(_TOO_MANY, number=self._pictures))
                continue
            text, blocks = ocr.blocks_of_picture(data, self._length)
            if not blocks:
                self._unread += 1
                self.note(Reason(_NO_TEXT, number=self._pictures))
                continue
            self._pieces.append(text if text.endswith("\n") else text + "\n")
            self._length += len(self._pieces[-1])
            self._blocks.extend(replace(block, page=self._page) for block in blocks)
