"""The components under the hand: filters, drawer, dialog, keyboard, no script, paper, weight."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.site.conftest import PHONE, WIDTHS, Visit

Opens = Callable[..., Visit]
# What may come over the wire for one page, compressed, with all that it asks for.
HTML_MOST, ASSETS_MOST = 50_000, 250_000
# What stands on the components' page. Form, question, detail and drawer have pages of their own, photographed with these.
SHOWN = ("table", "lamp", "figures", "timeline", "progress", "empty", "marks", "matrix", "document", "icons")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_photographed_whole(page_as: Opens, width: int) -> None:
    """Each by itself, and all of it: in a window as high as the page nothing scrolls away or hides below an edge."""
    visit = page_as("clerk", width, scale=1)
    visit.go("/components/?town=河湾镇")
    page = visit.page
    for _twice in range(2):
        # Lists that end at the window's edge grow with it.
        page.set_viewport_size({"width": width, "height": page.evaluate("() => document.documentElement.scrollHeight")})
    for name in SHOWN:
        visit.photograph("#list" if name == "table" else f"[data-component={name}]", f"component-{name}")
    assert page.locator("[data-component]").count() == len(SHOWN) - 1
    assert visit.complaints == []


def test_filters_live_in_the_address(page_as: Opens) -> None:
    """htmx replaces the table only; the address follows; back leads back to what stood there before; a filter keeps the sort."""
    visit = page_as("clerk")
    visit.go("/components/")
    page = visit.page
    page.evaluate("() => { window.same = true }")
    page.get_by_role("link", name="在校生").click()
    page.wait_for_url("**/components/?sort=pupils")
    page.select_option("#filter-town", "河湾镇")
    page.wait_for_url(re.compile(r"town=.*sort=pupils|sort=pupils.*town="))
    assert "q=" not in page.url
    page.wait_for_function("() => document.querySelector('.list-count').textContent.includes('共 20 条')")
    assert page.evaluate("() => window.same") is True
    page.go_back()
    page.wait_for_function("() => document.querySelector('.list-count').textContent.includes('共 60 条')")
    assert page.locator("th[aria-sort]").inner_text().startswith("在校生")
    page.go_back()
    page.wait_for_url("**/components/")
    # The page is fetched anew, not taken from a copy in the browser.
    page.wait_for_function("() => document.querySelector('table.list') && !document.querySelector('th[aria-sort]')")
    assert visit.complaints == []


def test_typing_searches_and_keeps_the_cursor(page_as: Opens) -> None:
    """The list follows the typing; the field keeps what is typed and the focus."""
    visit = page_as("clerk")
    visit.go("/components/")
    visit.page.locator("#filter-words").press_sequentially("柳溪", delay=30)
    visit.page.wait_for_function("() => document.querySelector('.list-count').textContent.includes('共 3 条')")
    assert visit.page.evaluate("() => document.activeElement.id") == "filter-words"
    assert visit.page.input_value("#filter-words") == "柳溪"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_drawer_opens_beside_the_list(page_as: Opens, width: int) -> None:
    """It has an address of its own, takes the focus, closes on Escape and gives the list's address back."""
    visit = page_as("clerk", width)
    visit.go("/components/?town=河湾镇")
    page = visit.page
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/components/detail/1/")
    page.wait_for_selector("#drawer .facts")
    assert page.evaluate("() => document.activeElement.dataset.close") == "drawer"
    visit.look("drawer", whole=False)
    page.keyboard.press("Escape")
    assert "town=" in page.url
    assert page.locator("#drawer > *").count() == 0
    page.locator("tbody th a").first.click()
    page.wait_for_selector("#drawer .facts")
    page.reload()
    assert page.locator("h1").inner_text() == "河湾镇青石小学"
    page.go_back()
    page.wait_for_selector("table.list")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_question_is_a_dialog(page_as: Opens, width: int) -> None:
    """The button asks first; going back changes nothing; saying yes does it."""
    visit = page_as("clerk", width)
    visit.go("/components/")
    page = visit.page
    page.get_by_role("link", name="撤销学校").click()
    page.wait_for_selector("dialog[open] form")
    visit.look("dialog", whole=False)
    page.get_by_role("link", name="不办了，返回").click()
    assert page.locator("dialog[open]").count() == 0
    page.get_by_role("link", name="撤销学校").click()
    page.locator("dialog[open]").get_by_role("button", name="撤销学校").click()
    page.wait_for_selector(".message-success")


def test_without_script_everything_still_goes(page_as: Opens) -> None:
    """Filter, sort, detail and question are plain links and forms."""
    visit = page_as("clerk", script=False)
    visit.go("/components/")
    page = visit.page
    page.select_option("#filter-town", "云台乡")
    page.get_by_role("button", name="筛选").click()
    assert "共 20 条" in page.locator(".list-count").inner_text()
    page.locator("tbody th a").first.click()
    assert "云台乡" in page.locator("h1").inner_text()
    visit.go("/components/")
    page.get_by_role("link", name="撤销学校").click()
    assert page.locator("h1").inner_text() == "撤销青石小学？"


def test_the_keyboard_reaches_the_content(page_as: Opens) -> None:
    """The first Tab offers to skip the navigation; a menu opens by Enter and closes by Escape, which gives the focus back."""
    visit = page_as("clerk")
    visit.go("/components/")
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.locator("summary.post-now").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="退出登录").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="退出登录").is_visible()
    assert page.evaluate("() => document.activeElement.classList.contains('post-now')")


@pytest.mark.parametrize("width", WIDTHS)
def test_wrong_form_and_english(page_as: Opens, width: int) -> None:
    """A form with errors, and the same page in English, look as they should."""
    visit = page_as("clerk", width)
    visit.go("/components/form/")
    visit.page.get_by_role("button", name="保存").click()
    visit.page.wait_for_selector(".wrong-here")
    visit.look("form-wrong", also=("422",))
    visit.page.get_by_role("button", name="English").click()
    visit.page.wait_for_url("**/components/form/")
    visit.go("/components/")
    assert visit.page.locator("html").get_attribute("lang") == "en"
    visit.look("components-english", also=("422",), whole=False)
    # The choice goes with the person: the next walk is in Chinese again.
    visit.page.get_by_role("button", name="中文").click()
    visit.page.wait_for_function("() => document.documentElement.lang === 'zh-CN'")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_not_there(page_as: Opens, width: int) -> None:
    """The page of an error says what, and where to go."""
    visit = page_as("clerk", width)
    assert visit.go("/nothing-here/").status == 404
    visit.look("not-found", also=("404",))


def test_a_lost_connection_is_told(page_as: Opens) -> None:
    """A request that fails is not passed over in silence."""
    visit = page_as("clerk")
    visit.go("/components/")
    visit.context.set_offline(True)
    visit.page.get_by_role("link", name="在校生").click()
    visit.page.wait_for_selector("#messages [role=alert]")
    assert "没有完成" in visit.page.locator("#messages").inner_text()


def test_paper_shows_the_content_alone(page_as: Opens) -> None:
    """On paper: no navigation, no buttons, the whole table, the day of the figures; heads of tables repeat."""
    visit = page_as("clerk")
    visit.go("/components/")
    page = visit.page
    page.emulate_media(media="print")
    for part in (".top", ".side", ".filters", ".list-tools", ".pages"):
        assert not page.locator(part).first.is_visible(), part
    assert "2026年11月20日" in page.locator(".print-foot").inner_text()
    shown = "node => [getComputedStyle(node.querySelector('thead')).display, node.parentElement.scrollHeight - node.parentElement.clientHeight]"
    assert page.locator("table.list").evaluate(shown) == ["table-header-group", 0]


@pytest.mark.parametrize("address", ["/", "/components/"])
def test_weight(page_as: Opens, address: str) -> None:
    """The first visit on a telephone: page and everything it asks for, as it comes over the wire."""
    visit = page_as("clerk", PHONE)
    answers = []
    visit.page.on("requestfinished", lambda request: answers.append((request.url, request.sizes()["responseBodySize"])))
    visit.go(address)
    page = next(size for url, size in answers if url == visit.site.address + address)
    assets = sum(size for url, size in answers if "/static/" in url)
    print(f"{address}: HTML {page} bytes, assets {assets} bytes in {len(answers) - 1} requests")
    assert page < HTML_MOST
    assert 0 < assets < ASSETS_MOST
