"""PDF files: text and rules of each page by pdfium; pages that are pictures by text recognition, where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from pypdfium2 import raw as pdfium

from xiangxu.importer.read import limits, ocr
from xiangxu.importer.read.pdf.page import Contents, contents_of
from xiangxu.importer.read.sheets.lines import lines_of
from xiangxu.importer.read.sheets.rules import grids, table_of
from xiangxu.importer.read.sheets.setting import source_of
from xiangxu.importer.read.sheets.sheet import PrintedLine, PrintedTable, Sheet
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Source
from xiangxu.model.place import Doubt
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

Progress = Callable[[int, int, str], None]

# In points: how far apart rules may stand that are one, and how wide a gap in a rule may be.
_SLACK = 2.5
_GAP = 4.0
_SCAN_DPI = 200
# In pixels: a page may claim to be as large as a house.
_LARGEST_PICTURE = 3600
_MAX_PAGES = 3000


def read_pdf(path: Path, name: str, on_progress: Progress | None = None) -> Source:
    """The document of a PDF file, page by page, so that memory does not grow with pictures and drawings.

    A page without readable text is a scan: it is drawn and its text recognised if the extra `ocr` is installed; otherwise the
    notes say which pages were not read. Refused: files with a password, broken files, scans without `ocr`.
    """
    sheets, scans = [], []
    with _opened(path, name) as document:
        pages = len(document)
        if pages > _MAX_PAGES:
            raise Unreadable(
                Reason(
                    _("《%(name)s》有 %(pages)s 页，超过 %(most)s 页，没有读。请只上传方案本身的那几页。"),
                    name=name,
                    pages=pages,
                    most=_MAX_PAGES,
                )
            )
        for number in range(1, pages + 1):
            sheet = _sheet(document, number, name)
            if sheet is None:
                scans.append(number)
            sheets.append(sheet or Sheet(number, 1.0, 1.0, ()))
            if on_progress is not None:
                on_progress(number, pages, Reason(_("已读第 %(number)s 页，共 %(pages)s 页"), number=number, pages=pages))
    if not any(sheet.items for sheet in sheets):
        raise _no_text(name, bool(scans))
    note = () if not scans else (_unread(scans),)
    return source_of(sheets, name, "pdf", note, (Doubt.PICTURE_UNREAD,) if scans else ())


def _no_text(name: str, scanned: bool) -> Unreadable:
    if not scanned:
        return Unreadable(Reason(_("《%(name)s》的各页都没有文字。请检查是否选错了文件。"), name=name))
    if ocr.available():
        return Unreadable(
            Reason(
                _("《%(name)s》是扫描件，但图像里没有识别出文字。请换一份更清晰的扫描件（300 dpi，端正），再上传。"), name=name
            )
        )
    return Unreadable(
        Reason(
            _("《%(name)s》是扫描件，页面只有图像，没有文字。请上传原来的 Word 文件；若没有，%(install)s后重新上传。"),
            name=name,
            install=Reason(ocr.HOW_TO_INSTALL),
        )
    )


def _unread(scans: list[int]) -> Reason:
    pages = "、".join(str(number) for number in scans[:20]) + ("……" if len(scans) > 20 else "")
    kind = _("第 %(pages)s 页（共 %(count)s 页）是扫描的图像，没有读出。请上传 Word 原件，或%(install)s后重新上传。")
    return Reason(kind, pages=pages, count=len(scans), install=Reason(ocr.HOW_TO_INSTALL))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[pypdfium2.PdfDocument]:
    size = path.stat().st_size
    if size > limits.MAX_FILE:
        raise limits.too_large(name, size / limits.MEBIBYTE, limits.MAX_FILE / limits.MEBIBYTE)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise limits.encrypted(name) from error
        raise limits.broken(name) from error
    try:
        if len(document) == 0:
            raise limits.broken(name)
        yield document
    finally:
        document.close()


def _sheet(document: pypdfium2.PdfDocument, number: int, name: str) -> Sheet | None:
    """What stands on a page; None for one that only text recognition could read, where that is not installed."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise limits.broken(name) from error
    try:
        contents = contents_of(page)
        if not contents.needs_eyes:
            return sheet_of(contents, number)
        if not ocr.available():
            return None
        scale = min(_SCAN_DPI / 72, _LARGEST_PICTURE / max(contents.width, contents.height))
        return ocr.sheet_of(page.render(scale=scale).to_numpy()[:, :, :3], number)
    finally:
        page.close()


def sheet_of(contents: Contents, number: int) -> Sheet:
    """Lines and ruled tables of a page, from top to bottom."""
    tables: list[PrintedTable] = []
    rest = contents.glyphs
    for grid in grids(contents.across, contents.down, _SLACK, _GAP):
        inside = [g for g in rest if grid.holds(g.x, g.y)]
        if inside:
            rest = [g for g in rest if not grid.holds(g.x, g.y)]
            tables.append(table_of(grid, inside))
    items: list[PrintedLine | PrintedTable] = [*lines_of(rest), *tables]
    doubts = (Doubt.OCR,) if contents.recognised else ()
    return Sheet(number, contents.width, contents.height, tuple(sorted(items, key=lambda i: i.top)), doubts)
