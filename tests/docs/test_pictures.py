"""The pictures of the tutorial and of the READMEs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docs.pictures import FIRST_HOUR, FIRST_HOUR_FOLDER, LARGEST, README
from PIL import Image

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")))


def _pictures(page: Path) -> list[Path]:
    return [(page.parent / name).resolve() for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_shows_and_leads_to_is_there(page: Path) -> None:
    """Every picture and every file that a page of the documentation leads to exists."""
    led_to = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [name for name in led_to if not (page.parent / name).exists()]
    assert not missing


def test_the_walk_takes_every_picture_of_the_tutorial() -> None:
    """The tutorial shows what the walk of the first hour photographs, all of it, in the order of the walk; fewer than ten, none large."""
    shown = [path.stem for path in _pictures(ROOT / "docs" / "tutorial" / "first-hour.md")]
    assert shown == list(FIRST_HOUR)
    assert sorted(path.stem for path in FIRST_HOUR_FOLDER.glob("*.png")) == sorted(FIRST_HOUR)
    assert len(shown) < 10
    for path in (*FIRST_HOUR_FOLDER.glob("*.png"), README[2]):
        assert path.stat().st_size < LARGEST, path.name
        with Image.open(path) as picture:
            assert picture.mode == "P", path.name
