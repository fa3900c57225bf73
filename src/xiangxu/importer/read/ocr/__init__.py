"""Text recognition for scans and photographs: the extra `ocr`. Without it the core works, and says what to install.

Nothing is ever downloaded: the models are in the wheel of rapidocr. Everything that is read here is marked `Doubt.OCR`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from xiangxu.importer.read import limits
from xiangxu.importer.read.sheets.setting import blocks_of, source_of
from xiangxu.importer.read.sheets.sheet import Sheet
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Line, Source, Table
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

Progress = Callable[[int, int, str], None]

HOW_TO_INSTALL = _("安装图像识别组件（在服务器上运行 pip install 'xiangxu[ocr]'）")


@cache
def available() -> bool:
    """Whether the extra is installed, models included."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None or find_spec("onnxruntime") is None or find_spec("cv2") is None:
        return False
    return any((Path(spec.origin).parent / "models").glob("*.onnx"))


def _pictures() -> Any:
    """The module that does the work: it needs the extra, so it is loaded only when there is a picture to read."""
    return import_module("xiangxu.importer.read.ocr.picture")


def sheet_of(image: Any, number: int) -> Sheet:
    """The lines and ruled tables on a picture of a page, given as rows of pixels in blue, green, red."""
    sheet: Sheet = _pictures().sheet_of(image, number)
    return sheet


def read_picture(path: Path, name: str, on_progress: Progress | None = None) -> Source:
    """The document on one photograph or scan; see `read_pictures`."""
    return read_pictures([path], name, on_progress)


def read_pictures(paths: Sequence[Path], name: str, on_progress: Progress | None = None) -> Source:
    """The document on photographs or scans (JPEG, PNG, BMP, or TIFF of several pages), one page after another in the order given."""
    if not available():
        raise Unreadable(
            Reason(
                _("《%(name)s》是图片，要先%(install)s才能读。请改为上传 Word 原件，或安装后重新上传。"),
                name=name,
                install=Reason(HOW_TO_INSTALL),
            )
        )
    images = []
    for path in paths:
        size = path.stat().st_size
        if size > limits.MAX_FILE:
            raise limits.too_large(path.name, size / limits.MEBIBYTE, limits.MAX_FILE / limits.MEBIBYTE)
        found = _pictures().decoded(path.read_bytes())
        if not found:
            raise Unreadable(Reason(_("《%(name)s》不是能打开的图片，可能已损坏。请另存为 JPG 或 PNG，再上传。"), name=path.name))
        images += found
    sheets = []
    for number, image in enumerate(images, 1):
        sheets.append(sheet_of(image, number))
        if on_progress is not None:
            on_progress(number, len(images), Reason(_("已识别第 %(number)s 页，共 %(all)s 页"), number=number, all=len(images)))
    if not any(sheet.items for sheet in sheets):
        raise Unreadable(
            Reason(_("《%(name)s》里没有识别出文字。请换一张更清晰、端正的图片（扫描用 300 dpi），再上传。"), name=name)
        )
    return source_of(sheets, name, "picture")


def blocks_of_picture(data: bytes, base_offset: int) -> tuple[str, tuple[Line | Table, ...]]:
    """What stands on a picture inside a document: its text, and its blocks for when that text begins at `base_offset`.

    Empty where the extra is not installed, the picture cannot be opened, or nothing is written on it.
    """
    images = _pictures().decoded(data) if available() and len(data) <= limits.MAX_PICTURE else []
    return blocks_of(sheet_of(images[0], 1), base_offset) if images else ("", ())
