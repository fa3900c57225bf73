"""A town head and the head of a village school on a telephone: what is due, yes or no to it, a report with a photograph in a minute."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.site.conftest import DESK, PHONE, Visit
from tests.journeys.site.hand import Hand, photograph

Opens = Callable[..., Visit]
# A report with a photograph, from the start page to the word that it has been handed in.
MINUTE, MOST_TAPS = 60, 9
TOWN_TASK, DISPUTED, REPORTED = "教师安居保障", "特色学校创建", "教育数字化建设"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph as a telephone takes it."""
    return photograph(tmp_path)


def _open(visit: Visit, hand: Hand, title: str) -> None:
    """From the start page to the task, by the link that names it."""
    visit.go("/")
    hand.tap(visit.page.locator("main").get_by_role("link", name=title, exact=True).first)
    visit.page.wait_for_selector(f"h1:has-text('{title}')")


def _report(visit: Visit, hand: Hand, line: str, photo: Path, quantity: str = "") -> None:
    """The form filled, with the fewest taps, and handed in."""
    page = visit.page
    page.wait_for_selector("#id_line, main a:has-text('报进展')")
    if not page.locator("#id_line").count():
        hand.tap(page.locator("main").get_by_role("link", name="报进展").first)
        page.wait_for_selector("#id_line")
    hand.tap(page.locator("label.word-normal"))
    if quantity:
        hand.write(page.locator("#id_quantity"), quantity)
    hand.write(page.locator("#id_line"), line)
    hand.photograph(page.locator("#id_evidence"), photo)
    hand.tap(page.get_by_role("button", name="报送"))
    page.wait_for_selector("#messages >> text=已报送")


class Waited:
    """The seconds that a person waits for the machine, all together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> None:
        self.since = time.monotonic()

    def __exit__(self, *problem: object) -> None:
        self.seconds += time.monotonic() - self.since


def _in_time(hand: Hand, what: str, waited: float = 0) -> None:
    person = f"{hand.taps} taps, {hand.characters} characters, {hand.seconds:.0f} s for the person"
    print(f"{what}: {person}, {waited:.1f} s of waiting")
    assert hand.taps <= MOST_TAPS
    assert hand.seconds + waited < MINUTE


def _refused_by_the_net(visit: Visit, photo: Path) -> None:
    """Sent where there is no net: the page stays, says so, and has everything still; a form that is refused keeps the photograph too."""
    page = visit.page
    chosen = "() => [...document.querySelector('#id_evidence').files].map(file => file.name)"
    page.set_input_files("#id_evidence", photo)
    page.get_by_role("button", name="报送").tap()
    page.wait_for_selector(".report .wrong-here")
    assert page.evaluate(chosen) == [photo.name]
    page.fill("#id_line", "写到一半。")
    visit.context.set_offline(True)
    page.get_by_role("button", name="报送").tap()
    page.wait_for_selector(".unsent:visible")
    assert page.input_value("#id_line") == "写到一半。"
    assert page.evaluate(chosen) == [photo.name]
    visit.look("phone-link-no-net", also=("ERR_INTERNET_DISCONNECTED", "422"), whole=False)
    visit.complaints.clear()
    visit.context.set_offline(False)
    page.fill("#id_line", "")


def test_the_town_head(at_work_as: Opens, photo: Path) -> None:
    """The start page names the part that waits; it is accepted with two taps; the report with a photograph takes less than a minute."""
    visit = at_work_as("town", PHONE)
    page, hand = visit.page, Hand(visit.page)
    visit.go("/")
    assert "待确认的分解任务" in page.inner_text("main")
    visit.look("phone-town-start")
    _open(visit, hand, TOWN_TASK)
    hand.tap(page.get_by_role("button", name="接受", exact=True))
    page.wait_for_selector("#messages >> text=已接受")
    assert hand.taps == 2
    visit.look("phone-town-part")

    hand = Hand(page)
    _open(visit, hand, TOWN_TASK)
    _report(visit, hand, "已竣工8套，其余在装修。", photo, "8")
    _in_time(hand, "town head")
    assert "已竣工8套" in page.inner_text("main")
    assert photo.name in page.inner_text("main")


def test_the_village_head(at_work_as: Opens, photo: Path) -> None:
    """Of two parts one is disputed with a reason, which the clerk sees; on the other the report takes less than a minute; what was
    said last time is there the next time."""
    visit = at_work_as("headteacher", PHONE)
    page, hand = visit.page, Hand(visit.page)
    visit.go("/")
    visit.look("phone-village-start")
    _open(visit, hand, DISPUTED)
    visit.look("phone-village-part")
    reason = "我校只有28名学生，申请与中心校合办。"
    page.get_by_role("button", name="提出异议").tap()
    page.wait_for_selector("#messages [role=alert], #messages .message-error")
    page.get_by_label("有异议的，写明理由").fill(reason)
    page.get_by_role("button", name="提出异议").tap()
    page.wait_for_selector(f"main >> text={reason}")

    hand = Hand(page)
    _open(visit, hand, REPORTED)
    _report(visit, hand, "2间教室已装好。", photo, "2")
    _in_time(hand, "village head")
    visit.go(f"{page.url.removeprefix(visit.site.address)}report/")
    assert page.locator("label.word-normal input").is_checked()
    assert page.input_value("#id_quantity") == "2"
    visit.look("phone-village-report")

    clerk = at_work_as("clerk", DESK)
    clerk.go("/")
    assert reason in clerk.page.inner_text("main")


def _link(clerk: Visit, unit: str) -> str:
    """The address in the clerk's text for chasing a unit."""
    clerk.go("/chase/")
    clerk.page.locator(".chase-shared label", has_text=re.compile(unit)).locator("input[name=task]").first.check()
    clerk.page.get_by_role("button", name="生成文字").click()
    clerk.page.wait_for_selector("textarea.chase-text")
    found = re.search(r"https?://[^/]+(/link/\S+/)", clerk.page.input_value("textarea.chase-text"))
    assert found is not None
    return found[1]


def test_by_a_signed_link(at_work_as: Opens, tmp_path: Path) -> None:
    """The clerk's text for chasing holds a link; whoever opens it, signed in nowhere, sees that unit's rows only, says yes to its part,
    states its step and reports with a photograph in less than a minute, waiting included; where the net fails nothing that was typed or
    chosen is lost, and the report is sent once, its photograph made smaller on the way; the clerk sees it."""
    clerk, photo = at_work_as("clerk", DESK), photograph(tmp_path, grain=True)
    address = _link(clerk, "雀舌乡.*政府")

    visit = at_work_as(None, PHONE)
    page, hand = visit.page, Hand(visit.page)
    assert visit.go(address).status == 200
    assert page.inner_text("h1") == "雀舌乡政府"
    assert TOWN_TASK in page.inner_text("main")
    assert "眉纹镇" not in page.content()
    visit.look("phone-link")
    part = page.locator("li", has_text=TOWN_TASK)
    hand.tap(part.get_by_role("button", name="接受", exact=True))
    page.wait_for_selector("#messages >> text=已接受")
    hand.tap(part.get_by_role("button", name="已完成"))
    page.wait_for_selector("#messages >> text=已记下")
    assert "（凭链接）" in part.inner_text()
    visit.look("phone-link-step")
    hand, waited = Hand(page), Waited()
    with waited:
        visit.go(address)
    hand.tap(part.get_by_role("link", name="报进展"))
    with waited:
        page.wait_for_selector("#id_line")
    visit.look("phone-link-report")
    _refused_by_the_net(visit, photo)
    posts: list[Any] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    with waited:
        _report(visit, hand, "5套已交付。", photo, "5")
    _in_time(hand, "by link", waited.seconds)
    # The telephone makes it as small as it will be kept, before it goes over a village's net.
    assert posts[-1].sizes()["requestBodySize"] < photo.stat().st_size / 2
    assert "累计 5 套" in " ".join(part.inner_text().split())
    visit.look("phone-link-sent")
    assert visit.go("/tasks/").url.startswith(f"{visit.site.address}/account/login/")

    clerk.go("/reports/?state=handed-in")
    assert "5套已交付。" in clerk.page.inner_text("main")


def test_a_dispute_by_a_signed_link(at_work_as: Opens) -> None:
    """Another town does not take its part: without a reason the page says what is missing, with one it stands at the part, and the clerk
    finds it on the start page."""
    clerk = at_work_as("clerk", DESK)
    visit = at_work_as(None, PHONE)
    page = visit.page
    assert visit.go(_link(clerk, "旗枪乡.*政府")).status == 200
    part, reason = page.locator("li", has_text=TOWN_TASK), "我镇没有空余用地，请核减。"
    part.get_by_text("有异议", exact=True).tap()
    part.get_by_role("button", name="提出异议").tap()
    page.wait_for_selector("#messages [role=alert], #messages .message-error")
    assert "理由" in page.inner_text("#messages")
    part.get_by_text("有异议", exact=True).tap()
    part.get_by_label("有异议的，写明理由").fill(reason)
    part.get_by_role("button", name="提出异议").tap()
    page.wait_for_selector(f"main >> text={reason}")
    assert "有异议" in part.inner_text()
    visit.look("phone-link-disputed")
    clerk.go("/")
    assert reason in clerk.page.inner_text("main")
