"""A page as its picture, for people to compare with what was read: a page of a PDF file drawn, a photograph made smaller."""

from __future__ import annotations

import io
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

# In pixels: enough to read 仿宋 of size 3 on A4, small enough for a telephone.
WIDTH = 1240
_LARGEST = 2600
_QUALITY = 60
# pdfium keeps state of its own: two threads must not be in it at once.
_PDFIUM = Lock()


class NoPicture(LookupError):
    """The file has no such page, or none that can be drawn."""


def page_picture(path: Path, number: int, upright: tuple[float, float] | None = None) -> bytes:
    """Page ``number`` (from 1) of a PDF file or of a picture with pages, as WebP of the usual width.

    ``upright`` is the page's width and height as it was read: a page that was read lying is drawn turned. Refuses with
    ``NoPicture`` what has no such page.
    """
    with path.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    picture = _drawn(path, number) if is_pdf else _frame(path, number)
    if upright is not None and (picture.width > picture.height) != (upright[0] > upright[1]):
        picture = picture.transpose(Image.Transpose.ROTATE_90)
    scale = min(WIDTH / picture.width, _LARGEST / picture.height, 1.0)
    if scale < 1:
        picture = picture.resize((max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)))
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=_QUALITY, method=2)
    return out.getvalue()


def _drawn(path: Path, number: int) -> Image.Image:
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as problem:
            raise NoPicture(path.name) from problem
        try:
            if not 1 <= number <= len(document):
                raise NoPicture(f"{path.name}: {number}")
            page = document[number - 1]
            scale = min(WIDTH / page.get_width(), _LARGEST / page.get_height())
            drawn: Image.Image = page.render(scale=scale).to_pil().copy()
            return drawn
        except pypdfium2.PdfiumError as problem:
            raise NoPicture(f"{path.name}: {number}") from problem
        finally:
            document.close()


def _frame(path: Path, number: int) -> Image.Image:
    try:
        with Image.open(path) as opened:
            opened.seek(number - 1)
            return ImageOps.exif_transpose(opened).convert("RGB")
    except (EOFError, OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise NoPicture(f"{path.name}: {number}") from problem
