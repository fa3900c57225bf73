"""The clerk's first hour begins: from the file to the published plan, by keyboard, by mouse, and on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.site.conftest import PHONE, Site, Visit
from xiangxu.world import documents

OPEN = Callable[..., Visit]


@pytest.fixture
def imported(page_as: OPEN, site: Site) -> Callable[[Path], Visit]:
    """A document uploaded by the clerk and read, its page open."""

    def upload(path: Path) -> Visit:
        visit = page_as("clerk")
        visit.go("/drafts/new/")
        visit.page.set_input_files("input[type=file]", path)
        visit.page.click("text=上传并读取")
        visit.page.wait_for_selector("#course")
        site.work_off()
        visit.page.wait_for_selector("#draft", timeout=30_000)
        # The pages of a Word file have come, or none will.
        visit.page.wait_for_selector("#doc-inside:not([hx-get])")
        visit.page.wait_for_load_state("networkidle")
        return visit

    return upload


def test_a_refused_upload_keeps_the_files(page_as: OPEN) -> None:
    """Two documents at once are refused with the reason; both are still chosen, and the page has told how far the upload was."""
    visit = page_as("clerk")
    visit.go("/drafts/new/")
    page, files = visit.page, [each for each in documents() if each.suffix in (".docx", ".pdf")][:2]
    page.set_input_files("#upload input[type=file]", files)
    page.evaluate("""() => document.addEventListener("htmx:xhr:progress", (event) => {
        window.told = event.target.querySelector(".uploading b").textContent })""")
    page.click("text=上传并读取")
    page.wait_for_selector("#upload .message-error, #upload .invalid-feedback")
    assert page.evaluate("() => [...document.querySelector('#upload input[type=file]').files].map(file => file.name)") == [
        each.name for each in files
    ]
    assert page.evaluate("() => window.told").endswith("%")


def _left(page: Any) -> str:
    """The words of the tabs, counts included."""
    return " ".join(str(page.inner_text("#draft-tabs")).split())


def test_from_the_file_to_the_published_plan(imported: Callable[[Path], Visit], page_as: OPEN) -> None:
    """Uploaded, looked through by keyboard, one deadline mended after a refusal, one task split, bound, published with one click."""
    visit = imported(next(each for each in documents() if each.suffix == ".docx"))
    page = visit.page
    address = page.url.split("?")[0].removeprefix(visit.site.address)
    visit.look("import-tasks")

    # The document answers to the row, the row to the document.
    page.keyboard.press("j")
    lit = page.locator("#doc .at, #doc .mark").first
    assert lit.is_visible()
    page.keyboard.press("e")
    page.wait_for_selector(".draft-row.current input[name=due_words]")
    page.fill(".draft-row.current input[name=due_words]", "等通知")
    page.keyboard.press("Enter")
    page.wait_for_selector(".draft-row.current .message-error")
    assert page.input_value(".draft-row.current input[name=due_words]") == "等通知"
    page.fill(".draft-row.current input[name=due_words]", "2027年6月")
    page.keyboard.press("Enter")
    page.wait_for_selector(".draft-row.current:has-text('2027年6月')")

    visit.go(f"{address}?tab=targets&binding=1")
    before = page.locator("#panel .tag:has-text('已确认')").count()
    bind = page.locator("#panel [data-key=Enter]").first
    bind.locator("xpath=ancestor::article").locator("h3").click()
    page.keyboard.press("Enter")
    page.wait_for_function("n => document.querySelectorAll('#panel .tag-blue').length > n", arg=before)
    visit.look("import-targets")
    for tab in ("units", "check", "doc"):
        visit.go(f"{address}?tab={tab}")
        visit.look(f"import-{tab}")

    phone = page_as("clerk", PHONE)
    phone.go(f"{address}?tab=tasks")
    phone.look("import-tasks")
    phone.page.click(".draft-switch >> text=原文")
    assert phone.page.locator(".draft-rows").is_hidden()
    phone.look("import-document")
    phone.go(f"{address}?tab=targets&only=1")
    phone.look("import-targets")

    visit.go(address)
    page.click("text=发布…")
    page.wait_for_selector("#drawer >> text=任务")
    visit.look("import-publish")
    page.click("#drawer button:has-text('发布')")
    page.wait_for_url("**/plans/*/")
    assert "方案已发布" in page.inner_text("#messages")


def test_the_import_works_without_script(imported: Callable[[Path], Visit], page_as: OPEN) -> None:
    """Every correction is a plain form: seen, mended, split, published, without a line of script."""
    visit = imported(next(each for each in documents() if each.suffix == ".docx"))
    address = visit.page.url.split("?")[0].removeprefix(visit.site.address)
    plain = page_as("clerk", script=False)
    plain.go(f"{address}?tab=tasks&at=t1&mode=edit")
    plain.page.fill("#r-t1 input[name=title]", "没有脚本也能改")
    plain.page.click("#r-t1 button:has-text('保存')")
    assert "没有脚本也能改" in plain.page.inner_text("#r-t1")
    left = _left(plain.page)
    plain.page.click("#r-t2 button:has-text('删去')")
    assert _left(plain.page) != left
    plain.go(f"{address}publish/")
    plain.page.click("button:has-text('发布')")
    assert "方案已发布" in plain.page.inner_text("#messages")
