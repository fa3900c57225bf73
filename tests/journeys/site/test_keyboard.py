"""Without a mouse: every place that can be used is reached, shows that it is reached, and gives the focus back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.site.conftest import DESK, PHONE, Visit

Opens = Callable[..., Visit]
# Where the focus is, and whether it can be seen: a line round it, or round what stands for it (a card of three words, a cell).
FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const seen = (node) => { const look = getComputedStyle(node); return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 1.5) || look.boxShadow !== 'none'; };
  const box = here.getBoundingClientRect();
  return {
    what: here.outerHTML.slice(0, 100),
    seen: seen(here) || (here.nextElementSibling !== null && seen(here.nextElementSibling)),
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
ADDRESSES = (
    ("clerk", "/tasks/"),
    ("clerk", "/tasks/{task}/split/"),
    ("headteacher", "/calendar/"),
    ("clerk", "/chase/"),
    ("clerk", "/plans/{plan}/coverage/"),
    ("clerk", "/areas/"),
    ("clerk", "/people/{person}/"),
)


@pytest.mark.parametrize(("who", "address"), ADDRESSES, ids=[address for _who, address in ADDRESSES])
def test_each_stop_is_seen(in_full_as: Opens, filled: dict[str, str], who: str, address: str) -> None:
    """Of the first forty stops of Tab each is visible, on the screen and marked by a line."""
    visit = in_full_as(who, DESK)
    # The page rolls to a stop slowly unless the reader wants no motion.
    visit.page.emulate_media(reduced_motion="reduce")
    visit.go(address.format(**filled))
    found = []
    for _ in range(40):
        visit.page.keyboard.press("Tab")
        stop = visit.page.evaluate(FOCUS)
        if stop is None:
            break
        found.append(stop)
    assert len(found) >= 10
    assert [stop["what"] for stop in found if not (stop["seen"] and stop["inside"])] == []


def test_a_dialog_keeps_the_focus_and_gives_it_back(page_as: Opens) -> None:
    """However often Tab is pressed, the focus stays in the question; Escape leads back to the button that asked."""
    visit = page_as("clerk", DESK)
    visit.go("/components/")
    page = visit.page
    asked = page.locator("[hx-target='#dialog']").first
    asked.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog[open]")
    for _ in range(8):
        page.keyboard.press("Tab")
        # Between the last stop and the first lies the browser's own frame.
        assert page.evaluate("() => document.activeElement === document.body || !!document.activeElement.closest('#dialog')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#dialog:not([open])", state="attached")
    assert asked.evaluate("node => node === document.activeElement")


def test_a_card_unfolds(in_full_as: Opens) -> None:
    """On a telephone a row shows its name, its state and two telling fields; the rest comes by the corner's button, also by keyboard."""
    visit = in_full_as("clerk", PHONE)
    visit.go("/tasks/")
    row = visit.page.locator(".list tbody tr").filter(has=visit.page.locator("td.folded:not(.nothing)")).first
    folded = row.locator("td.folded:not(.nothing)").first
    assert row.locator("td.lit").first.is_visible()
    assert not folded.is_visible()
    row.locator(".rest summary").focus()
    visit.page.keyboard.press("Enter")
    assert folded.is_visible()
    visit.look("card-unfolded", whole=False)
