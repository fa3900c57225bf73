"""An office's shared computer: who has signed out leaves nothing behind; who holds two posts changes them with one click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.browser import CHROMIUM, QUIET
from tests.journeys.site.conftest import DESK, WIDTHS, Site, Visit, windows
from xiangxu.world.county import county

Opens = Callable[..., Visit]


@pytest.fixture
def remembering(browser: Any, site: Site) -> Iterator[Opens]:
    """As ``page_as``, in a browser that keeps pages to go back to, as everybody's does; Playwright switches that off."""
    running = browser.browser_type.launch(
        executable_path=CHROMIUM, args=list(QUIET), ignore_default_args=["--disable-back-forward-cache"]
    )
    with windows(running, site) as opened:
        yield opened
    running.close()


def test_nobody_goes_back_to_a_page_of_who_signed_out(remembering: Opens) -> None:
    """The list of people, signed out, "back" twice: no name and no telephone is on the screen."""
    world = county()
    name = world.person(world.cast["headteacher"][0]).name
    visit = remembering(None, DESK)
    page = visit.page
    visit.sign_in("clerk")
    visit.go(f"/people/?q={name}")
    assert name in page.inner_text("main")
    page.locator(".post-now").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/account/login/**")
    for _step in range(2):
        page.go_back()
        page.wait_for_load_state("networkidle")
        assert name not in page.content()
        assert "0099-" not in page.content()


def test_two_posts_are_one_click_apart(page_as: Opens) -> None:
    """The inspector, who is a headteacher too, sees both posts in the open at both widths, and one click changes them."""
    for width in WIDTHS:
        visit = page_as("inspector", width)
        visit.go("/")
        visit.look("two-posts", whole=False)
    page = visit.page
    other = page.locator(".posts button:not([aria-current])")
    words = other.inner_text()
    other.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".posts [aria-current]").inner_text() == words
    page.locator(".posts button:not([aria-current])").click()
    page.wait_for_load_state("networkidle")
