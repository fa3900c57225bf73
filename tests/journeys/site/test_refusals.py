"""What one meets where something does not go: told in words, with the way on, as calm as any other page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.site.conftest import DESK, PASSWORD, WIDTHS, Visit
from tests.journeys.site.pages_in_full import REFUSALS
from xiangxu.world.county import county

Opens = Callable[..., Visit]
# Each answer of 400 and above is noted by the browser, and a request that found no network by htmx.
NOTED = ("Failed to load resource", "htmx:")
# So often a minute one may try to change one's password (settings: ACCOUNT_RATE_LIMITS).
TRIES = 5
TRY = """async (times) => {
  const form = document.querySelector("main form");
  let status = 0;
  for (let n = 0; n < times; n += 1) status = (await fetch(form.action, { method: "POST", body: new FormData(form) })).status;
  return status;
}"""


@pytest.fixture(params=WIDTHS)
def visit_as(in_full_as: Opens, request: pytest.FixtureRequest) -> Callable[[str | None], Visit]:
    """A window of the width in turn, in the county in full."""
    return lambda who: in_full_as(who, request.param, scale=1)


def _look(visit: Visit, name: str) -> None:
    """axe reads the page once, where most is seen of it."""
    visit.look(name, also=NOTED, axe=visit.width == DESK)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("who", "address", "name", "status"), REFUSALS, ids=[each[2] for each in REFUSALS])
def test_refused(
    looking_in_full: Opens, filled: dict[str, str], who: str | None, address: str, name: str, status: int, width: int
) -> None:
    """The status is told to the browser, what happened and what next to the reader."""
    visit = looking_in_full(who, width)
    assert visit.go(address.format(**filled)).status == status
    assert visit.page.locator(".wrong").is_visible()
    _look(visit, name)


def test_too_many_tries(visit_as: Callable[[str | None], Visit]) -> None:
    """Who has tried too often is told so, and for how long."""
    visit = visit_as("lead-department")
    visit.go("/account/password/change/")
    visit.page.evaluate(TRY, TRIES)
    with visit.page.expect_response(lambda answer: answer.status == 429):
        visit.page.evaluate("() => document.querySelector('main form').submit()")
    visit.page.wait_for_selector(".wrong")
    _look(visit, "full-too-many-tries")


def test_the_password_is_changed_first(visit_as: Callable[[str | None], Visit]) -> None:
    """Whoever has to change it is led there from any page, and told why."""
    visit = visit_as("must-change")
    visit.go("/tasks/")
    assert visit.page.url.endswith("/account/password/change/")
    assert visit.page.locator("#messages .message-warning").is_visible()
    _look(visit, "full-password-first")


def test_the_second_step_of_signing_in(visit_as: Callable[[str | None], Visit]) -> None:
    """After the password the code is asked for; a wrong one is told in its place."""
    visit = visit_as(None)
    visit.go("/account/login/")
    visit.page.fill("input[name=login]", county().cast["security-admin"][0])
    visit.page.fill("input[name=password]", PASSWORD)
    visit.page.press("input[name=password]", "Enter")
    visit.page.wait_for_url("**/2fa/authenticate/")
    _look(visit, "full-second-step")


def test_no_network(visit_as: Callable[[str | None], Visit]) -> None:
    """What was tapped without a network is told on the page, which stays."""
    visit = visit_as("clerk")
    visit.go("/tasks/")
    visit.context.set_offline(True)
    visit.page.evaluate("() => { htmx.ajax('GET', '/tasks/?sort=due', {target: '#list'}).catch(() => 0); }")
    visit.page.wait_for_selector("#messages [role=alert]")
    visit.look("full-no-network", also=NOTED, whole=False, axe=visit.width == DESK)
