"""A county leader's start page: what is red, into it, one sentence; whom it concerns sees it, and nobody else."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.site.conftest import DESK, PHONE, WIDTHS, Visit

Opens = Callable[..., Visit]
SENTENCE = "请教体局、财政局月底前解决。"


def test_the_leader(at_work_as: Opens) -> None:
    """The start page opens on figures and on what is late; the first late task is one click away; the sentence stands at its head, on
    the bureau's start page with the leader's name, and on no other town's; a report that is accepted answers it."""
    for width in WIDTHS:
        start = at_work_as("county-leader", width)
        start.go("/")
        start.look("leader-start", whole=False)
    visit = at_work_as("county-leader", DESK)
    page = visit.page
    visit.go("/")
    assert "逾期" in page.inner_text(".standing")
    red = page.locator("section.question[aria-label=要盯的] .rows li", has_text="县教体局").locator("a").first
    title = red.inner_text()
    red.click()
    page.wait_for_selector("h1")
    assert page.inner_text("h1").strip() == title.strip()
    assert page.locator(".standing .lamp-red").count() == 1
    address = page.url.removeprefix(visit.site.address)
    assert page.get_by_role("link", name="报进展").count() == 0, "a leader changes no data"
    page.get_by_label("作一句批示").fill(SENTENCE)
    page.get_by_role("button", name="批示", exact=True).click()
    page.wait_for_selector(f".instruction >> text={SENTENCE}")
    visit.look("leader-task", whole=False)
    phone = at_work_as("county-leader", PHONE)
    phone.go(address)
    phone.look("leader-task", whole=False)

    clerk = at_work_as("clerk", DESK)
    clerk.go("/")
    first = clerk.page.locator("section.question").first
    assert "领导批示" in first.inner_text()
    first.get_by_role("link", name=SENTENCE).click()
    clerk.page.wait_for_selector(f".instruction >> text={SENTENCE}")
    assert "砚望葵" in clerk.page.inner_text(".instruction")
    for who in ("town", "lead-department", "headteacher", "other-clerk"):
        other = at_work_as(who, DESK)
        other.go("/")
        assert SENTENCE not in other.page.content(), who
