"""What is typed and not saved yet stays in the browser: in the wizard, in a sub-plan, in the grid; and is nobody else's to read."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.site.conftest import Visit
from xiangxu.world import documents

Opens = Callable[..., Visit]
TYPED = "由县教育局会同财政局逐校核定，年底前完成。"
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('xiangxu:')).length"


def uploaded(visit: Visit) -> str:
    """The address of the invented county's plan on its way, uploaded and read, its page open."""
    page = visit.page
    visit.go("/drafts/new/")
    page.set_input_files("input[type=file]", next(each for each in documents() if each.suffix == ".docx"))
    page.click("text=上传并读取")
    page.wait_for_selector("#course")
    visit.site.work_off()
    page.wait_for_selector("#draft", timeout=60_000)
    page.wait_for_load_state("networkidle")
    return str(page.url).split("?")[0].removeprefix(visit.site.address)


def test_the_wizard_loses_nothing(page_as: Opens) -> None:
    """Words typed into a row are there again after Esc, after another list, after leaving; they can be thrown away; saving forgets them."""
    visit = page_as(None)
    visit.sign_in("clerk")
    address = uploaded(visit)
    page = visit.page
    field = ".draft-row textarea[name=measure]"

    def edit() -> None:
        page.keyboard.press("e")
        page.wait_for_selector(field)

    edit()
    page.fill(field, TYPED)
    page.keyboard.press("Escape")
    page.wait_for_selector(".draft-row .kept-here")
    page.click("text=只看待核对")
    page.wait_for_selector("text=看全部")
    visit.go("/plans/")
    visit.go(address)
    page.wait_for_selector(".draft-row .kept-here")
    page.click(".kept-here button")
    page.wait_for_selector(field)
    assert page.input_value(field) == TYPED
    assert "上次没有保存的内容已放回" in page.inner_text(".draft-row .kept-back")
    visit.look("kept-back", whole=False)
    page.click(".kept-back button")
    assert page.input_value(field) != TYPED
    assert page.evaluate(KEPT) == 0
    page.fill(field, TYPED)
    page.click(".draft-row.current .draft-form .draft-buttons .btn >> nth=0")
    page.wait_for_selector(field, state="detached")
    assert page.evaluate(KEPT) == 0
    assert page.locator(".kept-here").count() == 0

    # A new one by keyboard, left halfway.
    page.keyboard.press("n")
    page.wait_for_selector("#draft-new input[name=title]")
    page.fill("#draft-new input[name=title]", "新增的一项")
    page.keyboard.press("Escape")
    page.wait_for_selector("#draft-new", state="detached")
    page.wait_for_selector(".draft-bar .kept-here")
    page.keyboard.press("n")
    page.wait_for_selector("#draft-new input[name=title]")
    assert page.input_value("#draft-new input[name=title]") == "新增的一项"

    # Whoever signs out leaves nothing behind.
    visit.go("/account/logout/")
    page.click("main button:has-text('退出登录')")
    page.wait_for_load_state()
    assert page.evaluate(KEPT) == 0


def test_another_person_does_not_read_it(page_as: Opens) -> None:
    """Without signing out, another person at the same machine gets the form as it stands, not the words of the first."""
    visit = page_as("clerk")
    address = uploaded(visit)
    page = visit.page
    page.keyboard.press("e")
    page.wait_for_selector(".draft-row textarea[name=measure]")
    page.fill(".draft-row textarea[name=measure]", TYPED)
    assert page.evaluate(KEPT) == 1
    page.evaluate(
        "() => { const key = Object.keys(localStorage).find(k => k.startsWith('xiangxu:')); localStorage.setItem(key.replace(/^xiangxu:[^:]+/, 'xiangxu:999-999'), localStorage.getItem(key)); localStorage.removeItem(key); }"
    )
    visit.go(address)
    page.wait_for_load_state("networkidle")
    assert page.locator(".kept-here").count() == 0
    page.keyboard.press("e")
    page.wait_for_selector(".draft-row textarea[name=measure]")
    assert page.input_value(".draft-row textarea[name=measure]") != TYPED


def test_the_grid_keeps_what_was_not_saved(in_full_as: Opens, filled: dict[str, str]) -> None:
    """A quantity typed into the grid of a splitting is there again, with the line that says so."""
    visit = in_full_as("clerk")
    address = f"/tasks/{filled['task']}/split/"
    visit.go(address)
    visit.page.fill("#total", "4321")
    visit.go("/tasks/")
    visit.go(address)
    assert visit.page.input_value("#total") == "4321"
    assert visit.page.locator("#split .kept-back").is_visible()
