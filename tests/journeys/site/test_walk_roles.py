"""Every other role on its first morning: signed in with a password, the start page says what to do, and the first thing opens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable

import pytest

from tests.journeys.site.conftest import DESK, PASSWORD, PHONE, Visit
from xiangxu.world.county import county

Opens = Callable[..., Visit]
QUESTIONS = ["要办的", "要盯的", "新变化"]
# Who → words that the start page must hold, and where the first thing leads.
MORNINGS: dict[str, tuple[str, str]] = {
    "office": ("请您审核：专干替本局报的进展", "/tasks/"),
    "lead-department": ("教师补充配备", "/tasks/"),
    "education-office": ("教育数字化建设", "/tasks/"),
    "inspector": ("逾期", "/tasks/"),
    "supervisor": ("还没有发布方案的县", "/areas/"),
    "system-admin": ("系统运行", "/system/"),
    "audit-admin": ("核验审计链", "/audit/"),
    "security-admin": ("可查看儿童个案", "/people/"),
}
FACTOR = ("system-admin", "audit-admin", "security-admin")


def _sign_in(visit: Visit, who: str) -> None:
    """By password, then in the post of the cast; an administrator sets up the second factor first, as the site asks."""
    login, held = county().cast[who]
    page = visit.page
    visit.go("/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_selector(".post-now")
    if who in FACTOR:
        # The password was typed a moment ago: it is not asked once more.
        page.wait_for_selector(".factor-secret")
        visit.look(f"morning-{who}-factor")
        secret = page.inner_text(".factor-secret").strip()
        # On a busy machine a code that is about to change comes too late.
        if (left := 30 - time.time() % 30) < 8:
            page.wait_for_timeout(left * 1000)
        page.fill("input[name=code]", _six_digits(secret))
        page.get_by_role("button", name="启用").click()
        page.wait_for_selector("input[name=code]", state="detached")
        visit.go("/")
    title = held.title or ""
    if title and title not in page.inner_text(".post-now"):
        page.locator("summary.post-now").click()
        page.locator("button[name=post]", has_text=title).click()
        page.wait_for_selector(f".post-now:has-text('{title}')")


def _six_digits(secret: str) -> str:
    """What the app on the telephone shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(time.time() // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.mark.parametrize("who", MORNINGS)
def test_the_morning(at_work_as: Opens, who: str) -> None:
    """What must I do, what is red, what changed: each is answered for every role, in words; the first thing named opens."""
    words, leads = MORNINGS[who]
    visit = at_work_as(None, DESK)
    page = visit.page
    _sign_in(visit, who)
    visit.go("/")
    visit.look(f"morning-{who}")
    asked = [each.get_attribute("aria-label") for each in page.locator("section.question").all()]
    assert sorted(asked) == sorted(QUESTIONS)
    assert words in page.inner_text("main")
    first = page.locator("section.question .rows a").first
    address = first.get_attribute("href") or ""
    assert address.startswith(leads)
    answer = page.goto(visit.site.address + address)
    assert answer.status == 200
    assert page.inner_text("h1").strip()
    visit.look(f"morning-{who}-first", whole=False)
    phone = at_work_as(who, PHONE)
    phone.go("/")
    phone.look(f"morning-{who}")
