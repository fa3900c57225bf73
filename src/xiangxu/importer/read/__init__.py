"""From a file to a `Source`: what kind of file it is shows its content, and each kind has its reader.

`kind` tells what it is; `docx`, `html`, `workbook`, `pdf`, `plain` read; `ocr` reads pictures; `office` has LibreOffice turn old
and rare formats into .docx. Every reader either gives a `Source` or raises `Unreadable`, whose message is for the clerk. The
bounds on size, depth and swelling are in `limits`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from xiangxu.importer.read import limits, ocr
from xiangxu.importer.read.docx import read_docx
from xiangxu.importer.read.html import read_html, read_web_archive
from xiangxu.importer.read.kind import Kind, kind_of
from xiangxu.importer.read.office import THROUGH_OFFICE, as_docx
from xiangxu.importer.read.pdf import read_pdf
from xiangxu.importer.read.plain import read_plain
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.read.workbook import read_old_workbook, read_workbook
from xiangxu.importer.source import Source
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

__all__ = ["Progress", "Unreadable", "read", "read_pages"]

Progress = Callable[[int, int, str], None]

_PICTURE_NAMES = frozenset([".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp", ""])
_FROM_BYTES: dict[Kind, Callable[[bytes, str], Source]] = {
    Kind.WEB_PAGE: read_html,
    Kind.WEB_ARCHIVE: read_web_archive,
    Kind.TEXT: read_plain,
}
_FROM_PATH: dict[Kind, Callable[[Path, str], Source]] = {
    Kind.WORKBOOK: read_workbook,
    Kind.OLD_WORKBOOK: read_old_workbook,
    Kind.OPEN_WORKBOOK: read_old_workbook,
}
_REFUSED = {
    Kind.SLIDES: _("《%(name)s》是演示文稿，不是正式文件的文本。请上传印发的 Word 或 PDF 文件。"),
    Kind.ARCHIVE: _("《%(name)s》是压缩包。请先解压，再上传其中的文件。"),
    Kind.UNKNOWN: _("《%(name)s》不是能读的文件（认不出格式，可能已损坏）。请用 WPS 或 Word 打开后另存为 .docx，再上传。"),
}


def read(path: Path, on_progress: Progress | None = None) -> Source:
    """The document at `path`, whatever its name says it is.

    `on_progress(done, of, what)` is called by the slow readers (PDF, pictures). Refuses with `Unreadable` what is missing, empty,
    locked, broken, too large or hostile, and kinds that hold no document.
    """
    name = path.name
    try:
        if path.is_dir():
            raise Unreadable(Reason(_("“%(name)s”是文件夹。请选择其中的文件。"), name=name))
        size = path.stat().st_size
        if size == 0:
            raise Unreadable(Reason(_("《%(name)s》是空文件（0 字节），可能没有传完。请重新下载或复制一份，再上传。"), name=name))
        if size > limits.MAX_FILE:
            raise limits.too_large(name, size / limits.MEBIBYTE, limits.MAX_FILE / limits.MEBIBYTE)
        return _read(path, name, size, on_progress)
    except RecursionError as error:
        raise limits.hostile(name, Reason(_("层层嵌套过深"))) from error
    except FileNotFoundError as error:
        raise Unreadable(
            Reason(_("找不到文件《%(name)s》。请检查文件名和所在的文件夹（%(folder)s）。"), name=name, folder=str(path.parent))
        ) from error
    except PermissionError as error:
        raise Unreadable(
            Reason(_("没有权限打开《%(name)s》，或它正被别的程序占用。请关闭后再试，或复制一份再读。"), name=name)
        ) from error


def read_pages(paths: Sequence[Path], on_progress: Progress | None = None) -> Source:
    """The document of one file, or of several photographs that are its pages, in the order given.

    Several files that are not all pictures are refused: which of them would be the document?
    """
    if len(paths) == 1:
        return read(paths[0], on_progress)
    other = next((path for path in paths if kind_of(path, path.name) is not Kind.PICTURE), None)
    if other is not None:
        raise Unreadable(
            Reason(
                _("《%(name)s》不是照片。几个文件一起上传时，只能都是同一份文件各页的照片；其他文件请单独上传。"), name=other.name
            )
        )
    return ocr.read_pictures(paths, paths[0].name, on_progress)


def _read(path: Path, name: str, size: int, on_progress: Progress | None) -> Source:
    kind = kind_of(path, name)
    if kind is Kind.PDF:
        return read_pdf(path, name, on_progress)
    if kind is Kind.PICTURE:
        return _read_picture(path, name, on_progress)
    if kind is Kind.LOCKED:
        raise limits.encrypted(name)
    if kind in _REFUSED:
        raise Unreadable(Reason(_REFUSED[kind], name=name))
    if kind is Kind.WORD:
        return read_docx(path, name, on_progress)
    if kind in THROUGH_OFFICE:
        with as_docx(path, name, THROUGH_OFFICE[kind], Reason(kind.value)) as made:
            return read_docx(made, name, on_progress)
    if kind in _FROM_PATH:
        return _FROM_PATH[kind](path, name)
    if size > limits.MAX_TEXT_FILE:
        raise limits.too_large(name, size / limits.MEBIBYTE, limits.MAX_TEXT_FILE / limits.MEBIBYTE)
    return _FROM_BYTES[kind](path.read_bytes(), name)


def _read_picture(path: Path, name: str, on_progress: Progress | None) -> Source:
    """A picture by text recognition. One that calls itself a document is more likely a slip than meant."""
    if path.suffix.lower() not in _PICTURE_NAMES:
        raise Unreadable(
            Reason(
                _(
                    "《%(name)s》名为 %(suffix)s，内容却是一张图片，Word 也打不开。请找原来的文件上传；若只有图片，请把扩展名改为 .png 或 .jpg 再上传，将用文字识别来读。"
                ),
                name=name,
                suffix=path.suffix,
            )
        )
    return ocr.read_picture(path, name, on_progress)
