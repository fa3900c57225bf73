"""The page beside the document, used as a clerk uses it, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.cli.invented import TEXT, bare_plan, invented_plan, long_plan
from tests.journeys.browser import CHROMIUM, QUIET
from xiangxu.cli.page import write_page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed; the page is not tried in a browser")


pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install it to try the page in a browser")

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}

# What is lit in the document, in order; and whether the first of it can be seen.
LIT = "() => [...document.querySelectorAll('.plan.shown .lit')].map(node => node.textContent).join('|')"
LIT_IS_SEEN = """() => {
  const box = document.querySelector('.plan.shown .lit').getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + 4, box.top + box.height / 2);
  return hit !== null && hit.closest('.lit') !== null;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('button, select, input[type=search], label.only, td.no a')]
  .filter(node => node.offsetParent !== null && node.getBoundingClientRect().height < 44)
  .map(node => node.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("page") / "对照.html"
    write_page([invented_plan(), bare_plan()], out)
    return out


class Visit:
    """A page that was opened from the disk, with what it complained of and asked for."""

    def __init__(self, browser: playwright.Browser, path: Path, manner: dict[str, object], address: str = "") -> None:
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.page = browser.new_context(**manner).new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: request.url.startswith("file:") or self.foreign.append(request.url))
        self.page.goto(path.as_uri() + address)

    def close(self) -> None:
        """Ends the visit; a page that complained or asked anyone for anything has failed."""
        self.page.context.close()
        assert self.complaints == []
        assert self.foreign == []


@pytest.fixture
def desk(browser: playwright.Browser, written: Path) -> Iterator[playwright.Page]:
    visit = Visit(browser, written, DESK)
    yield visit.page
    visit.close()


@pytest.fixture
def phone(browser: playwright.Browser, written: Path) -> Iterator[playwright.Page]:
    visit = Visit(browser, written, PHONE)
    yield visit.page
    visit.close()


def test_from_a_promise_to_its_words_and_back(desk: playwright.Page) -> None:
    """Choosing a promise lights its words, over a line's end too; clicking marked words opens the promise."""
    desk.click("#r0-tab-promises")
    desk.click("#r0p2")
    assert desk.evaluate(LIT) == "每学期至少开展2次|家访"
    assert desk.evaluate(LIT_IS_SEEN)
    assert desk.url.endswith("#r0p2")
    desk.click("#r0-tab-outline")
    desk.click(".said a.promise:text('辍学学生动态清零')")
    assert desk.is_visible("#r0p3.chosen")
    assert desk.evaluate(LIT) == "辍学学生动态清零"


def test_margin_and_rows_of_tasks(desk: playwright.Page) -> None:
    """The task's name in the margin and any plain word along its rule open the task; its row shows the linked action."""
    desk.click(".margin a:text('任务 1')")
    assert desk.is_visible("#r0t0.chosen")
    assert "所有寄宿制学校配备热水设施" in desk.evaluate(LIT)
    assert desk.is_visible("#r0t0 .more")
    desk.click("#r0t0 .more a")
    assert desk.is_visible("#r0a0.chosen")
    desk.click("#r0-tab-outline")
    desk.click(".line[data-of=r0a0] .said span:text('到2025年')")
    assert desk.is_visible("#r0a0.chosen")


def test_both_places_of_a_contradiction(desk: playwright.Page) -> None:
    """The sentence on top leads to what is doubtful; a contradiction lights both of its places."""
    desk.click(".plan.shown .summary a")
    desk.click("#r0c0 .go >> nth=1")
    assert desk.evaluate(LIT) == "教师轮训率达到50%以上|教师轮训率不低于60%。"


def test_filters(desk: playwright.Page) -> None:
    """Words filter a list, the box keeps the doubtful ones, the count says how many, and a link to a hidden entry still shows it."""
    desk.click("#r0-tab-promises")
    shown = "#r0-promises tbody tr:visible"
    desk.fill("#r0-promises input[type=search]", "热水 2026")
    assert desk.locator(shown).count() == 1
    assert desk.text_content("#r0-promises .found") == "1 / 5 条"
    desk.fill("#r0-promises input[type=search]", "没有这个词")
    assert desk.is_visible("#r0-promises .empty")
    desk.click("#r0-promises .empty button")
    assert desk.locator(shown).count() == 5
    desk.check("#r0-promises input[type=checkbox]")
    assert desk.locator(shown).count() == 1
    assert desk.is_visible("#r0p1")
    desk.click(".said a.promise:text('辍学学生动态清零')")
    assert desk.is_visible("#r0p3.chosen")


def test_addresses_show_the_same_again(browser: playwright.Browser, written: Path) -> None:
    """An entry and a filtered list have addresses of their own."""
    entry = Visit(browser, written, DESK, "#r0p4")
    assert entry.page.is_visible("#r0p4.chosen")
    assert entry.page.evaluate(LIT_IS_SEEN)
    entry.close()
    filtered = Visit(browser, written, DESK, "#r0-promises?q=轮训&doubtful=1")
    assert filtered.page.locator("#r0-promises tbody tr:visible").count() == 1
    assert filtered.page.is_checked("#r0-promises input[type=checkbox]")
    filtered.close()


def test_language(desk: playwright.Page) -> None:
    """English reaches every word of the interface, attributes too; what was read stays; Chinese comes back unchanged."""
    before = desk.inner_text("main")
    desk.click("button[data-language=en]")
    assert desk.evaluate("document.documentElement.lang") == "en"
    assert desk.inner_text("#r0-tab-promises") == "Targets 5"
    assert desk.get_attribute("#r0-promises input[type=search]", "placeholder") == "Filter this list"
    left = desk.evaluate(
        "() => [...document.querySelectorAll('button:not([data-language=zh]), th, label.only, .found, .empty, .requirement, .due, .level')]"
        ".map(node => node.innerText).filter(text => /[\\u4e00-\\u9fa5]/.test(text.replace(/[次所]/g, '')))"
    )
    assert left == []
    desk.click("#r0-tab-promises")
    assert desk.inner_text("#r0p1 .requirement") == "at least 50%"
    assert desk.inner_text("#r0p1 .quote") == "教师轮训率达到50%以上"
    desk.click("button[data-language=zh]")
    desk.click("#r0-tab-outline")
    assert desk.inner_text("main") == before


def test_choice_of_document(desk: playwright.Page) -> None:
    """The chooser shows one document at a time; an empty reading says why."""
    desk.select_option("#chooser", "r1")
    assert not desk.is_visible("#r0")
    assert "请按时参加。" in desk.inner_text("#r1-document")
    desk.click("#r1-tab-promises")
    assert desk.is_visible("#r1-promises .empty")


def test_keyboard(desk: playwright.Page) -> None:
    """Tabs move with the arrows, and a row opens with Enter."""
    desk.focus("#r0-tab-outline")
    desk.keyboard.press("ArrowLeft")
    assert desk.get_attribute("#r0-tab-doubts", "aria-selected") == "true"
    desk.keyboard.press("ArrowLeft")
    desk.focus("#r0p0 .go")
    desk.keyboard.press("Enter")
    assert desk.get_attribute("#r0p0", "aria-current") == "true"
    assert desk.evaluate(LIT) == "寄宿制学校全部配备热水设施"


def test_phone(phone: playwright.Page) -> None:
    """One side at a time, nothing wider than the screen, thumb-sized targets; a place is shown, and the way back is kept."""
    for name in ("outline", "tasks", "actions", "promises", "doubts"):
        phone.tap(f"#r0-tab-{name}")
        assert phone.evaluate("document.documentElement.scrollWidth") == 390
        assert phone.evaluate(SMALL_TARGETS) == []
    phone.tap("#r0-tab-promises")
    assert not phone.is_visible("#r0-document")
    phone.tap("#r0p4 .quote")
    assert phone.is_visible("#r0-document")
    assert not phone.is_visible("#r0-promises")
    assert phone.evaluate(LIT_IS_SEEN)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.tap("button[data-view=reading]")
    assert phone.is_visible("#r0p4.chosen")
    phone.tap("button[data-view=document]")
    phone.tap(".margin a:text('任务 2')")
    assert phone.is_visible("#r0t1.chosen")


def test_text_is_never_run(desk: playwright.Page) -> None:
    """Script in the document's text is text; a dialog would be a complaint."""
    assert TEXT.split("\n")[5] in desk.inner_text("#r0-document")


def test_far_places_of_long_documents(browser: playwright.Browser, tmp_path: Path) -> None:
    """In a text of hundreds of pages, the last line is met exactly, though most of the pages were never laid out."""
    out = tmp_path / "long.html"
    write_page([long_plan(8_000)], out)
    visit = Visit(browser, out, DESK)
    visit.page.click("#r0-tab-promises")
    visit.page.click("#r0p0 .go")
    visit.page.wait_for_function(LIT_IS_SEEN)
    visit.close()
