"""Writes the pictures of the tutorial and of the README from the photographs that the walks take, small.

python -m pytest tests/journeys/site -k "first_hour or leader" && python -m docs.pictures
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
SCREENS = HERE.parent / "build" / "screens"
FIRST_HOUR_FOLDER = HERE / "tutorial" / "first-hour"
# The tutorial's pictures in its order → the width of the screen. The walk of the first hour takes them.
FIRST_HOUR = {
    "start": 1280,
    "upload": 1280,
    "read": 1280,
    "binding": 1280,
    "publish": 1280,
    "split": 1280,
    "report": 390,
    "decide": 1280,
    "bulletin": 1280,
}
# The README's picture: a leader's start page. The walk of the leader takes it.
README = ("leader-start", 1280, HERE / "tutorial" / "site.png")
LARGEST = 120_000
_COLOURS = 128


def small(photograph: Path, picture: Path) -> int:
    """Writes the photograph with few colours, at the width of a page of text. Gives the picture's bytes."""
    with Image.open(photograph) as opened:
        shot = opened.convert("RGB")
    # A telephone's screen has several dots to one of ours.
    if "-390" in photograph.stem:
        shot = shot.resize((390, shot.height * 390 // shot.width), Image.Resampling.LANCZOS)
    picture.parent.mkdir(parents=True, exist_ok=True)
    # The few dots of a lamp keep their colour too.
    shot.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(picture, optimize=True)
    return picture.stat().st_size


def main() -> int:
    """Writes all; 1 where a photograph is missing or a picture is too large."""
    wanted = [(f"first-hour-{name}-{width}", FIRST_HOUR_FOLDER / f"{name}.png") for name, width in FIRST_HOUR.items()]
    wanted.append((f"{README[0]}-{README[1]}", README[2]))
    wrong = 0
    for name, picture in wanted:
        photograph = SCREENS / f"{name}.png"
        if not photograph.is_file():
            print(f"没有 {photograph}：先走一遍 / take the walk first", file=sys.stderr)
            wrong = 1
            continue
        size = small(photograph, picture)
        print(f"{picture.relative_to(HERE)}  {size:,}")
        wrong |= size > LARGEST
    return wrong


if __name__ == "__main__":
    sys.exit(main())
