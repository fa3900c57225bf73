"""Pictures are never kept as they came: decoded within a bound, turned upright, scaled, written anew without what the camera noted.

A phone notes in each picture where and when it was taken. Only a ledger card that asks for place and time gets them, as data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from xiangxu_web.kernel.files.kinds import GIF, JPEG, PNG, WEBP, FileRefused, Kind

LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 320
# A JPEG is read at a fraction of its size, so more points do no harm; every other format is unpacked whole: four bytes a point.
POINTS = 50_000_000
POINTS_JPEG = 120_000_000
# Pillow's own alarm would go off (as a mere warning) below our bound.
Image.MAX_IMAGE_PIXELS = POINTS_JPEG


@dataclass(frozen=True)
class Taken:
    """Where and when a picture was taken, as its camera noted: local time, degrees (WGS 84). None where it noted nothing."""

    at: datetime | None = None
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class Cleaned:
    """A picture written anew."""

    content: bytes
    kind: Kind
    taken: Taken


def cleaned(path: Path, name: str, kind: Kind) -> Cleaned:
    """The picture upright, at most 2,560 points long, without any note of the camera. Moving pictures become their first image.

    Refused: more points than can be decoded safely; a picture that is damaged.
    """
    try:
        with Image.open(path, formats=(kind.media_type.removeprefix("image/").upper(),)) as picture:
            points = picture.width * picture.height
            if points > (POINTS_JPEG if kind is JPEG else POINTS):
                raise FileRefused(_too_many_points(name, picture.width, picture.height))
            taken = _taken(picture)
            if kind is JPEG:
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            clear = upright.has_transparency_data
            kept = PNG if kind in (PNG, GIF) or (kind is WEBP and clear) else JPEG
            upright = upright.convert("RGBA" if clear and kept is PNG else "RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return Cleaned(_written(upright, kept), kept, taken)
    except Image.DecompressionBombError:
        raise FileRefused(_too_many_points(name, 0, 0)) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
        if isinstance(problem, FileRefused):
            raise
        raise FileRefused(
            _("图片“%(name)s”已损坏或没有传完，读不出来。请重新拍照，或从原来的手机、相机再导出一次。") % {"name": name}
        ) from None


def thumbnail(path: Path) -> bytes:
    """A small JPEG of one of our own stored pictures."""
    with Image.open(path, formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        small = picture.convert("RGBA")
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A"))
        return _written(ground, JPEG)


def _too_many_points(name: str, width: int, height: int) -> str:
    size = _("（%(width)s × %(height)s 点）") % {"width": width, "height": height} if width else ""
    return _("图片“%(name)s”%(size)s太大，无法安全打开。请在手机相机设置中降低分辨率后重拍，或缩小后再上传。") % {
        "name": name,
        "size": size,
    }


def _written(picture: Image.Image, kind: Kind) -> bytes:
    # Pillow writes what stands in ``info`` (notes, colour profile, comments) unless it is emptied.
    picture.info.clear()
    buffer = BytesIO()
    if kind is PNG:
        picture.save(buffer, "PNG", optimize=True)
    else:
        picture.save(buffer, "JPEG", quality=85, optimize=True, progressive=True)
    return buffer.getvalue()


def _taken(picture: Image.Image) -> Taken:
    """What the camera noted; a note that cannot be read counts as none."""
    notes = picture.getexif()
    try:
        words = str(notes.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, "")).strip("\x00 ")
        at = datetime.strptime(words, "%Y:%m:%d %H:%M:%S") if words else None
    except ValueError:
        at = None
    place = notes.get_ifd(ExifTags.IFD.GPSInfo)
    longitude = _degrees(place.get(ExifTags.GPS.GPSLongitude), place.get(ExifTags.GPS.GPSLongitudeRef), "W", 180)
    latitude = _degrees(place.get(ExifTags.GPS.GPSLatitude), place.get(ExifTags.GPS.GPSLatitudeRef), "S", 90)
    return Taken(at, longitude, latitude) if longitude is not None and latitude is not None else Taken(at)


def _degrees(parts: object, side: object, negative: str, most: float) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or abs(value) > most:
        return None
    return round(-value if side == negative else value, 6)
