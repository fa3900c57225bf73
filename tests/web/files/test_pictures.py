"""Pictures: upright, scaled, without what the camera noted."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime

import pytest
from PIL import Image

from tests.web.files import made
from xiangxu_web.kernel.files.kinds import FileRefused
from xiangxu_web.kernel.files.pictures import Taken
from xiangxu_web.kernel.files.store import path_of, store, store_picture, thumbnail_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "name", "kept"),
    [("JPEG", "照片.jpg", "image/jpeg"), ("WEBP", "照片.webp", "image/jpeg"), ("PNG", "截图.png", "image/png")],
)
def test_nothing_that_the_camera_noted_stays(form: str, name: str, kept: str) -> None:
    """Neither place nor time nor the owner's name is in the kept bytes, whatever the format; the picture stands upright."""
    blob = store(made.photo(form=form), name)
    assert blob.media_type == kept
    content = path_of(blob.sha256).read_bytes()
    assert made.MARK.encode() not in content
    assert b"Exif" not in content
    assert b"2026:11:18" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        assert picture.size == (480, 640)
        upper, lower = picture.convert("RGB").getpixel((240, 60)), picture.convert("RGB").getpixel((240, 580))
    assert isinstance(upper, tuple)
    assert isinstance(lower, tuple)
    assert upper[0] > 200 > 60 > upper[2]
    assert lower[2] > 200 > 60 > lower[0]


def test_place_and_time_come_back_as_data_only_where_asked_for() -> None:
    """A ledger card that keeps place and time gets them as data; the file never holds them."""
    blob, taken = store_picture(made.photo(), "现场.jpg", keep_place=True)
    assert taken == Taken(datetime(2026, 11, 18, 9, 30), 118.16, 36.185)
    assert made.MARK.encode() not in path_of(blob.sha256).read_bytes()
    assert store_picture(made.photo(), "现场.jpg")[1] == Taken()


def test_large_pictures_are_scaled_and_have_a_thumbnail() -> None:
    """At most 2,560 points long; the thumbnail at most 320, made once."""
    blob = store(made.photo((4000, 3000)), "大.jpg")
    with Image.open(path_of(blob.sha256)) as picture:
        assert picture.size == (1920, 2560)
    small = thumbnail_of(blob)
    with Image.open(small) as picture:
        assert picture.size == (240, 320)
    made_at = small.stat().st_mtime_ns
    assert thumbnail_of(blob).stat().st_mtime_ns == made_at


def test_clear_parts_stay_clear_and_become_white_when_small() -> None:
    """A seal on a clear ground keeps its ground as PNG; the thumbnail lays it on white, not on black."""
    buffer = io.BytesIO()
    Image.new("RGBA", (100, 100), (255, 0, 0, 0)).save(buffer, "PNG")
    blob = store(buffer.getvalue(), "章.png")
    with Image.open(path_of(blob.sha256)) as picture:
        assert picture.mode == "RGBA"
    with Image.open(thumbnail_of(blob)) as picture:
        assert picture.getpixel((50, 50)) == (255, 255, 255)


def test_a_picture_bomb_is_refused_in_words() -> None:
    """A PNG of a few kilobytes that claims 50,000 × 50,000 points is refused before it is decoded."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(FileRefused, match="太大，无法安全打开"):
        store(bomb, "炸弹.png")
    smaller = b"\x89PNG\r\n\x1a\n" + head.replace(head, chunk(b"IHDR", struct.pack(">IIBBBBB", 9000, 9000, 8, 2, 0, 0, 0)))
    with pytest.raises(FileRefused, match="9000 × 9000 点"):
        store(smaller + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""), "炸弹.png")
