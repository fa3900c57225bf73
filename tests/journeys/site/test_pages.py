"""Every page in the list is opened by whom it is for, looked at and photographed.

A part of the site lists its pages in ``pages_<part>.py`` beside this file: ``PAGES = [(who, address, name), …]``; ``who`` is a member
of the cast, or None for a visitor. They are opened in a county that has only just begun; those of pages_in_full.py where everything is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.journeys.site.conftest import DESK, PHONE, WIDTHS, Visit
from tests.journeys.site.pages_in_full import (
    BEHIND_FORMS,
    IN_ENGLISH,
    IN_FULL,
    NO_PAGES,
    ON_THE_PHONE_ONLY,
    ON_THE_PHONE_TOO,
    REFUSALS,
)
from tests.web.duties.table import lines

PAGES: list[tuple[str | None, str, str]] = [
    page
    for path in sorted(Path(__file__).parent.glob("pages_*.py"))
    if path.stem != "pages_in_full"
    for page in import_module(f"tests.journeys.site.{path.stem}").PAGES
]

# What the table of duties says where somebody sees a page: at once, as a refusal, after the password, or when it is their turn.
SHOWN = {"200", "401", "pw", "on"}


@pytest.mark.parametrize(("who", "address", "name"), PAGES, ids=[page[2] for page in PAGES])
def test_page(looking: Callable[..., Visit], who: str | None, address: str, name: str) -> None:
    """On the telephone the page opens, complains of nothing, asks nothing elsewhere, fits, and axe finds nothing serious."""
    visit = looking(who, PHONE)
    _opened(visit, address)
    visit.look(name)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("who", "address", "name"), IN_FULL, ids=[page[2] for page in IN_FULL])
def test_page_in_full(
    looking_in_full: Callable[..., Visit], filled: dict[str, str], who: str | None, address: str, name: str, width: int
) -> None:
    """As above at both widths, where the page has something to show; axe is asked at the width that makes the page another one."""
    visit = looking_in_full(who, width)
    _opened(visit, address.format(**filled))
    at_desk, on_phone = name not in ON_THE_PHONE_ONLY, name in ON_THE_PHONE_ONLY | ON_THE_PHONE_TOO
    visit.look(name, axe=at_desk if width == DESK else on_phone)


@pytest.mark.parametrize(("who", "names"), IN_ENGLISH, ids=[who for who, _names in IN_ENGLISH])
def test_in_english(in_full_as: Callable[..., Visit], filled: dict[str, str], who: str, names: tuple[str, ...]) -> None:
    """Nothing hangs over or is too small to touch on a telephone where the words are English, and the longest."""
    address_of = {name: address for _who, address, name in IN_FULL}
    visit = in_full_as(who, PHONE, scale=1)
    visit.context.add_cookies([{"name": "django_language", "value": "en", "url": visit.site.address}])
    for name in names:
        visit.go(address_of[f"full-{name}"].format(**filled))
        assert visit.page.locator("html").get_attribute("lang") == "en"
        visit.look(f"english-{name}", axe=False)


def _opened(visit: Visit, address: str) -> None:
    """The page itself answers, not one to which somebody is sent who has something else to do first. (What is asked of it may be added to
    by the page: the place in a draft where one stands.)"""
    assert visit.go(address).status == 200
    assert unquote(visit.page.url).partition("?")[0] == visit.site.address + address.partition("?")[0]


def test_every_page_is_looked_at() -> None:
    """Each address at which the table of duties lets somebody see a page, be it only before or after another, is in a list here, or
    excused there; nothing is excused that is looked at, or gone. Each kind of refusal is looked at too."""
    looked_at = [page[1].partition("?")[0] for page in (*PAGES, *IN_FULL, *REFUSALS)]
    known = {
        line.address: re.compile(re.sub("<[^>]+>", r"(\\{[a-z-]+}|\\d+)", line.address))
        for line in lines()
        if line.method == "GET" and not SHOWN.isdisjoint(line.expected.values())
    }
    photographed = {page for page, shape in known.items() if any(shape.fullmatch(each) for each in looked_at)}
    excused = {page for page, shape in known.items() if any(shape.fullmatch(each) for each in NO_PAGES | BEHIND_FORMS)}
    assert sorted(known.keys() - photographed - excused) == [], "pages that nobody looks at"
    assert sorted(photographed & excused) == [], "excused, and looked at"
    assert len(excused) == len(NO_PAGES | BEHIND_FORMS), "excused, and gone"
    assert {page[3] for page in REFUSALS} >= {403, 404, 500}


def test_names_are_unique() -> None:
    """Two pages of one name would photograph over each other."""
    names = [page[2] for page in (*PAGES, *IN_FULL, *REFUSALS)]
    assert len(names) == len(set(names))
    assert set(names) >= ON_THE_PHONE_ONLY | ON_THE_PHONE_TOO
