"""Every page in the list is opened by whom it is for, at both widths, looked at and photographed.

A part of the site lists its pages in ``pages_<part>.py`` beside this file: ``PAGES = [(who, address, name), …]``; ``who`` is a member
of the cast, or None for a visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.journeys.site.conftest import WIDTHS, Visit

PAGES: list[tuple[str | None, str, str]] = [
    page
    for path in sorted(Path(__file__).parent.glob("pages_*.py"))
    for page in import_module(f"tests.journeys.site.{path.stem}").PAGES
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("who", "address", "name"), PAGES, ids=[page[2] for page in PAGES])
def test_page(page_as: Callable[..., Visit], who: str | None, address: str, name: str, width: int) -> None:
    """The page opens, complains of nothing, asks nothing elsewhere, fits, and axe finds nothing serious."""
    visit = page_as(who, width)
    assert visit.go(address).status == 200
    visit.look(name)


def test_names_are_unique() -> None:
    """Two pages of one name would photograph over each other."""
    names = [page[2] for page in PAGES]
    assert len(names) == len(set(names))
