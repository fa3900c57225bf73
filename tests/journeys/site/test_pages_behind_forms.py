"""Pages that one comes to only through a form: dry runs, the sheet of slips, the password once more and the codes behind it, the question
before something closes. As in test_pages.py each is photographed and read at both widths."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.journeys.site.conftest import DESK, PASSWORD, WIDTHS, Visit
from xiangxu.world.county import county

Opens = Callable[..., Visit]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(params=WIDTHS)
def visit_as(in_full_as: Opens, request: pytest.FixtureRequest) -> Callable[[str], Visit]:
    """A window of the width in turn, in the county in full."""
    return lambda who: in_full_as(who, request.param, scale=1)


def _taken(visit: Visit, path: str) -> Workbook:
    """The workbook that the site gives out at this address."""
    answer = visit.context.request.get(visit.site.address + path)
    assert answer.ok, answer.status
    return load_workbook(BytesIO(answer.body()))


def _look(visit: Visit, name: str) -> None:
    """axe reads the page once, where most is seen of it."""
    visit.look(name, axe=visit.width == DESK)


def _uploaded(visit: Visit, path: str, book: Workbook) -> Any:
    """The page after this workbook was chosen and sent."""
    kept = BytesIO()
    book.save(kept)
    visit.go(path)
    visit.page.set_input_files("main input[type=file]", {"name": "导入.xlsx", "mimeType": _XLSX, "buffer": kept.getvalue()})
    with visit.page.expect_navigation():
        visit.page.click("main form .btn-primary")
    return visit.page


def test_dry_run_of_units(visit_as: Callable[[str], Visit]) -> None:
    """What is new, changed and wrong stands apart, with the place in the workbook."""
    visit = visit_as("clerk")
    book = _taken(visit, "/units/exchange/export/")
    sheet = book["单位"]
    head = [cell.value for cell in sheet[1]]
    name, code, kind = (head.index(words) + 1 for words in ("名称", "单位代码", "类别"))
    last = sheet.max_row
    for column, value in enumerate([cell.value for cell in sheet[last]], start=1):
        sheet.cell(last + 1, column, value)
    sheet.cell(2, name, f"{sheet.cell(2, name).value}（新）")
    sheet.cell(3, kind, "未知的类别")
    sheet.cell(last + 1, code, "99-new")
    sheet.cell(last + 1, name, "新设的单位")
    page = _uploaded(visit, "/units/exchange/", book)
    assert "有误 1" in page.inner_text("main")
    _look(visit, "full-units-dry-run")


def test_dry_run_of_people(visit_as: Callable[[str], Visit]) -> None:
    """Each row says what would become of it, the wrong ones first."""
    visit = visit_as("clerk")
    book = _taken(visit, "/people/import/template/")
    people, posts = book["人员"], book["岗位"]
    for sheet in (people, posts):
        sheet.delete_rows(2, sheet.max_row)
    people.append(_row(people, 登录名="xinren", 姓名="新到任", 手机="13800000001"))
    people.append(_row(people, 登录名="qiangang", 姓名="接前岗", 手机="13800000002"))
    posts.append(_row(posts, 登录名="xinren", 单位代码="没有这个代码", 角色="学校"))
    posts.append(_row(posts, 登录名="qiangang", 单位代码=county().cast["headteacher"][1].unit, 角色="学校"))
    page = _uploaded(visit, "/people/import/", book)
    # The first has no post that would hold, so both their rows are wrong.
    assert "有误 2，新增 2" in page.inner_text("main")
    _look(visit, "full-people-dry-run")


def _row(sheet: Any, **cells: str) -> list[str]:
    return [next((value for words, value in cells.items() if str(cell.value).startswith(words)), "") for cell in sheet[1]]


def test_dry_run_of_tasks(visit_as: Callable[[str], Visit]) -> None:
    """The old stands beside the new."""
    visit = visit_as("clerk")
    book = _taken(visit, "/tasks/sheet/")
    sheet = book.worksheets[0]
    place = next(cell for row in sheet.iter_rows(max_row=6) for cell in row if str(cell.value).startswith("责任领导"))
    for row, leader in ((1, "张县长"), (2, "李县长")):
        sheet.cell(place.row + row, place.column, leader)
    page = _uploaded(visit, "/tasks/sheet/import/", book)
    assert "修改 2" in page.inner_text("main")
    _look(visit, "full-tasks-dry-run")


def test_texts_for_chasing(visit_as: Callable[[str], Visit]) -> None:
    """A sentence that many units are asked is ticked for all of them at once; the texts stand above, each with its button to copy it."""
    visit = visit_as("clerk")
    page = visit.go("/chase/") and visit.page
    shared = page.locator(".chase-shared").first
    shared.locator("[data-tick-within]").check()
    ticked = shared.locator("input[name=task]:checked").count()
    assert ticked > 3
    assert ticked == page.locator("input[name=task]:checked").count()
    with page.expect_navigation():
        page.locator(".report-send .btn-primary").click()
    assert page.locator(".chase-text").count() == ticked
    _look(visit, "full-chase-texts")


def test_sheet_of_slips(visit_as: Callable[[str], Visit]) -> None:
    """As it stands on the screen, and as it comes out of the printer: the slips alone."""
    visit = visit_as("clerk")
    page = visit.go("/people/slips/") and visit.page
    for box in page.locator("input[name=person]").all()[2:6]:
        box.check()
    with page.expect_navigation():
        page.click("main form .btn-primary")
    assert page.locator(".slip").count() == 4
    _look(visit, "full-slips-sheet")
    if visit.width == DESK:
        page.emulate_media(media="print")
        assert not page.locator(".page-head, .top, .side").first.is_visible()
        visit.look("full-slips-paper", axe=False)


def _once_more(visit: Visit, path: str) -> None:
    """The page behind the password, which is asked for where it was not given in the last minutes (at the other width)."""
    visit.go(f"/account/reauthenticate/?next={path}")
    visit.page.fill("input[name=password]", PASSWORD)
    visit.page.press("input[name=password]", "Enter")
    visit.page.wait_for_url(f"**{path}")


def test_the_second_factor(visit_as: Callable[[str], Visit]) -> None:
    """The password is asked for once more; then the question before codes are made, the codes, the question before it is switched off."""
    visit = visit_as("security-admin")
    visit.go("/account/reauthenticate/")
    _look(visit, "full-reauthenticate")
    _once_more(visit, "/account/2fa/recovery-codes/generate/")
    visit.look("full-codes-question", axe=False)
    visit.page.click("main form .btn-primary")
    visit.page.wait_for_url("**/2fa/recovery-codes/")
    assert visit.page.locator(".recovery-codes li").count() == 10
    _look(visit, "full-codes")
    visit.go("/account/2fa/totp/deactivate/")
    visit.look("full-factor-off", axe=False)


def test_setting_up_the_second_factor(visit_as: Callable[[str], Visit]) -> None:
    """Three steps with a square code."""
    visit = visit_as("headteacher")
    _once_more(visit, "/account/2fa/totp/activate/")
    assert visit.page.locator(".factor-code").is_visible()
    _look(visit, "full-factor-on")


def test_asked_before_a_school_closes(visit_as: Callable[[str], Visit], filled: dict[str, str]) -> None:
    """Before it closes, everything that hangs on it is told."""
    visit = visit_as("clerk")
    page = visit.go(f"/units/{filled['school']}/close/") and visit.page
    page.fill("input[name=note]", "砚教体发〔2026〕31号")
    with page.expect_navigation():
        page.click("main form .btn-primary")
    assert page.get_by_text("同时受影响").is_visible()
    _look(visit, "full-unit-close-sure")
