"""The photographs of a run on one sheet, with their names, so that all pages are looked at in one go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw

SCREENS = Path(__file__).parents[3] / "build" / "screens"
NAME = "contact-sheet.png"
_HIGH, _GAP, _CAPTION, _ACROSS = 520, 16, 22, 2600
# A long page is shown down to this many times its breadth.
_LONGEST = 2.2


def contact_sheet(since: float, folder: Path = SCREENS) -> Path | None:
    """Writes the sheet beside the photographs taken since this moment; None where there are none.

    Every run waits for it at its end: all cores make pictures small at once, and it is packed quickly rather than small.
    """
    found = sorted(p for p in folder.glob("*.png") if p.name != NAME and p.stat().st_mtime >= since)
    if not found:
        return None
    with ThreadPoolExecutor() as pool:
        shots = list(pool.map(_small, found))
    places, x, y = [], _GAP, _GAP
    for _name, picture in shots:
        if x + picture.width + _GAP > _ACROSS:
            x, y = _GAP, y + _HIGH + _CAPTION + _GAP
        places.append((x, y))
        x += max(picture.width, 200) + _GAP
    sheet = Image.new("RGB", (_ACROSS, y + _HIGH + _CAPTION + _GAP), "#c9d0d6")
    draw = ImageDraw.Draw(sheet)
    for (name, picture), (left, top) in zip(shots, places, strict=True):
        draw.text((left, top), name, fill="#1f2933", font_size=15)
        sheet.paste(picture, (left, top + _CAPTION))
    sheet.save(folder / NAME, compress_level=1)
    return folder / NAME


def _small(path: Path) -> tuple[str, Image.Image]:
    """A photograph's name, and its upper part in the size of the sheet."""
    with Image.open(path) as opened:
        picture = opened.crop((0, 0, opened.width, min(opened.height, int(opened.width * _LONGEST)))).convert("RGB")
    picture.thumbnail((820, _HIGH), Image.Resampling.BOX)
    return path.stem, picture
