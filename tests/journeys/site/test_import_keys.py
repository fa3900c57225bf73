"""The import of a PDF and of a scan: the place marked on the picture of the page, every key of the table, the pen between two clerks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.journeys.site.conftest import Site, Visit
from xiangxu.world import documents

OPEN = Callable[..., Visit]
# What the waiting page says, kept past its own end: it loads itself anew when the reading is over.
HEARD = """() => new MutationObserver(() => {
  const said = document.querySelector('#course');
  if (said) sessionStorage.heard = (sessionStorage.heard || '') + said.innerText + '\\n';
}).observe(document.body, {childList: true, subtree: true})"""
# Where on the screen the middle of the words lies that are lit.
LIT = """() => { const box = document.querySelector('#doc svg .mark').getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2]; }"""


def _uploaded(page_as: OPEN, ending: str) -> Visit:
    """The invented county's document in this form, handed in; its page waits for the reading."""
    visit = page_as("clerk")
    visit.go("/drafts/new/")
    visit.page.set_input_files("input[type=file]", next(each for each in documents() if each.suffix == ending))
    visit.page.click("text=上传并读取")
    visit.page.wait_for_selector("#course")
    visit.page.evaluate(HEARD)
    return visit


def _read(visit: Visit) -> None:
    """The page has come to the end of the reading by itself."""
    visit.page.wait_for_selector("#draft", timeout=30_000)
    visit.page.wait_for_load_state("networkidle")
    assert "等待" in visit.page.evaluate("sessionStorage.heard") or "排队" in visit.page.evaluate("sessionStorage.heard")


def _at(page: Any) -> str:
    """The row that one is at."""
    return str(page.get_attribute(".draft-row.current", "data-ref"))


def _count(page: Any) -> int:
    """How many rows the open tab counts."""
    return int(page.inner_text("#draft-tabs [aria-current] .count"))


def test_a_pdf_and_a_scan_are_read_and_worked_through_by_keyboard(page_as: OPEN, site: Site) -> None:
    """Uploaded together and seen to the end; a row marks its place on the page's picture and the picture leads back to the row, by mouse
    and by keyboard; each key of the table does what it says; a colleague sees who is editing, takes over, and nothing is lost."""
    visit, scan = _uploaded(page_as, ".pdf"), _uploaded(page_as, ".jpg")
    site.work_off()
    _read(visit)
    _read(scan)
    assert scan.page.locator("#doc svg .mark").count() >= 1
    scan.look("import-scan")

    page = visit.page
    address = page.url.split("?")[0].removeprefix(site.address)
    _there_and_back(visit)
    _rows(page)
    visit.go(f"{address}?tab=targets&binding=1")
    _how(page)
    visit.look("import-pdf", axe=False)
    _pen(visit, page_as("colleague"), address)


def _there_and_back(visit: Visit) -> None:
    """Row to picture, picture to row."""
    page = visit.page
    key = page.keyboard.press
    first = _at(page)
    key("j")
    second = _at(page)
    assert second != first
    page.mouse.click(*page.evaluate(LIT))
    assert _at(page) == second
    key("o")
    assert page.evaluate("document.activeElement.id") == "doc"
    key("k")
    assert _at(page) == first
    key("o")
    key("Enter")
    assert _at(page) == first
    assert page.evaluate("document.activeElement.dataset.ref") == first


def _rows(page: Any) -> None:
    """The keys that change which rows there are, on the list of tasks."""
    key = page.keyboard.press
    tasks, at = _count(page), _at(page)
    for one in ("x", "j", "x", "m"):
        key(one)
    page.wait_for_function("n => +document.querySelector('#draft-tabs [aria-current] .count').innerText === n", arg=tasks - 1)
    page.wait_for_selector(f"#r-{at}.current:focus")
    key("s")
    page.wait_for_selector(f"#r-{at} [data-split]:focus")
    key("Escape")
    page.wait_for_selector(f"#r-{at} [data-split]", state="detached")
    key("s")
    words = page.input_value(f"#r-{at} [data-split]")
    page.fill(f"#r-{at} [data-split]", words[:8] + "\n\n" + words[8:])
    page.click(f"#r-{at} button:text-is('拆分')")
    page.wait_for_function("n => +document.querySelector('#draft-tabs [aria-current] .count').innerText === n", arg=tasks)
    page.wait_for_selector(f"#r-{at}.current")
    key("d")
    page.wait_for_selector(f"#r-{at}.dropped")
    assert _at(page) != at
    key("k")
    key("d")
    page.wait_for_selector(f"#r-{at}:not(.dropped)")
    key("n")
    page.wait_for_selector("#draft-new input[name=title]:focus")
    key("Escape")
    page.wait_for_selector("#draft-new", state="detached")
    key("?")
    page.wait_for_selector("#draft-help[open]")
    key("Escape")


def _how(page: Any) -> None:
    """The keys that settle how a promise is computed, on those that wait for it."""
    key = page.keyboard.press
    while not page.locator(".draft-row.current [data-key=Enter]").count():
        key("j")
    at = _at(page)
    key("h")
    page.wait_for_selector(f"#r-{at} .draft-choose input[type=search]:focus")
    key("Escape")
    page.wait_for_selector(f"#r-{at} .draft-choose", state="detached")
    key("f")
    page.wait_for_selector(f"#r-{at} select[name=scope]:focus")
    key("Escape")
    page.wait_for_selector(f"#r-{at} select[name=scope]", state="detached")
    for one, settled in (("1", "已确认"), ("l", "暂不计算"), ("Enter", "已确认")):
        while not page.locator(f".draft-row.current [data-key='{one}']").count():
            key("j")
        at = _at(page)
        key(one)
        page.wait_for_selector(f"#r-{at} .draft-how .tag:text-is('{settled}')")
        assert _at(page) != at
    while not page.locator(".draft-row.current [data-key=' ']").count():
        key("j")
    at = _at(page)
    key(" ")
    page.wait_for_selector(f"#r-{at} [data-key=' ']", state="detached")
    assert _at(page) != at


def _pen(visit: Visit, other: Visit, address: str) -> None:
    """The colleague sees who is editing and takes over; the first is told so and asked, and what was typed stands."""
    other.go(f"{address}?tab=tasks&at=t2")
    assert "正在校对" in other.page.inner_text("#pen")
    visit.go(f"{address}?tab=tasks&at=t2&mode=edit")
    visit.page.fill("#r-t2 input[name=title]", "先填的名称")
    other.page.click("#pen button:text-is('接手')")
    other.page.wait_for_selector("#pen:has-text('您正在校对')")
    visit.page.press("#r-t2 input[name=title]", "Enter")
    visit.page.wait_for_selector("#r-t2 .message-error:has-text('正在校对')")
    assert visit.page.input_value("#r-t2 input[name=title]") == "先填的名称"
    visit.page.click("#r-t2 button:text-is('接手并保存')")
    visit.page.wait_for_selector("#r-t2 h3:has-text('先填的名称')")
