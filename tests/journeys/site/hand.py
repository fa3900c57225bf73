"""What a person does with a page, counted: taps, and keys on the keyboard of a telephone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

# How long a person of fifty, who does it for the first time, takes on a telephone: to find a thing and tap it; to write a character by
# its sound and pick it; to open the album, pick the last photograph and come back.
A_TAP, A_CHARACTER, A_PHOTOGRAPH = 3.0, 1.2, 10.0


class Hand:
    """Works on a page with fingers only, and counts."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.taps = self.characters = self.photographs = 0

    @property
    def seconds(self) -> float:
        """How long the person takes, beside the seconds of the machine."""
        return self.taps * A_TAP + self.characters * A_CHARACTER + self.photographs * A_PHOTOGRAPH

    def tap(self, what: Any) -> None:
        """A tap on something that can be seen."""
        what.tap()
        self.taps += 1

    def write(self, field: Any, words: str) -> None:
        """A tap into the field, then a character after the other."""
        self.tap(field)
        field.press_sequentially(words)
        self.characters += len(words)

    def photograph(self, field: Any, path: Path) -> None:
        """A tap on the button of files, then the album."""
        field.set_input_files(path)
        self.taps += 1
        self.photographs += 1


def photograph(folder: Path, *, grain: bool = False) -> Path:
    """A photograph as a telephone takes it: large, with the place and the camera in it; with its ``grain`` of some megabytes."""
    picture = Image.new("RGB", (4000, 3000), "#8fb3d9")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 2000, 4000, 3000), fill="#7c8a5a")
    draw.rectangle((800, 900, 3200, 2300), fill="#c9b18b")
    if grain:
        picture = Image.blend(picture, Image.effect_noise(picture.size, 60).convert("RGB"), 0.3)
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[1] = "N"
    path = folder / "photo.jpg"
    picture.save(path, quality=85, exif=exif)
    return path
