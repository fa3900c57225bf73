"""A clerk's first hour in a county that has nothing yet: from the issued document to the issued bulletin.

The photographs of the tutorial are taken on the way (``python -m docs.pictures`` lays them beside it).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docs.pictures import FIRST_HOUR
from docx import Document

from tests.journeys.site.conftest import PASSWORD, PHONE, SCREENS, Visit, served, windows
from tests.journeys.site.hand import photograph
from xiangxu.world import documents
from xiangxu.world.county import county

Opens = Callable[..., Visit]
TASK, TOTAL, TOWN, OTHER_TOWN = "教师安居保障", "260", "眉纹镇", "雀舌乡"
FIRST_LINE, SECOND_LINE, WHY_BACK = "正在推进。", "12套已竣工，8套正在装修。", "请写明已建成多少套。"


@pytest.fixture(scope="module")
def empty_county(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opens]:
    """Windows on a site on which the county stands with its units and people, and no plan."""
    with served(tmp_path_factory.mktemp("first-hour")) as ready, windows(browser, ready) as opened:
        yield opened


def taken(visit: Visit, name: str) -> None:
    """A photograph for the tutorial, of what stands on the screen; looked at like every page."""
    visit.look(f"first-hour-{name}", whole=False)


def narrow(visit: Visit, phone: Visit, name: str) -> None:
    """The same page on a telephone."""
    phone.go(visit.page.url.removeprefix(visit.site.address))
    phone.look(f"first-hour-{name}", whole=False)


def test_the_first_hour(empty_county: Opens, tmp_path: Path) -> None:
    """Signed in with a password; the start page says what comes first; the plan is read, corrected, bound, published, one row of it
    dealt out to the towns and sent down; a town accepts and reports, the report is returned, then accepted; a text for chasing; the
    bulletin is changed, issued, and its Word file says what the page says."""
    visit, phone = empty_county(None), empty_county("clerk", PHONE)
    page = visit.page
    _sign_in(visit)
    assert "第一步" in page.inner_text("main")
    taken(visit, "start")
    narrow(visit, phone, "start")

    _import(visit, phone)
    _publish(visit, phone)
    task = _deal_out(visit, phone)
    _report_and_decide(empty_county, visit, task, photograph(tmp_path))
    _chase(visit, phone)
    _bulletin(visit, phone)
    for picture, width in FIRST_HOUR.items():
        assert (SCREENS / f"first-hour-{picture}-{width}.png").is_file(), f"the walk did not take {picture}"


def _sign_in(visit: Visit) -> None:
    visit.go("/")
    visit.page.fill("input[name=login]", county().cast["clerk"][0])
    visit.page.fill("input[name=password]", PASSWORD)
    visit.page.get_by_role("button", name="登录", exact=True).click()
    visit.page.wait_for_selector("h1:has-text('首页')")


def _import(visit: Visit, phone: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="导入本县的方案").click()
    page.set_input_files("input[type=file]", next(each for each in documents() if each.suffix == ".docx"))
    taken(visit, "upload")
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_selector("#course")
    visit.site.work_off()
    page.wait_for_selector("#draft", timeout=30_000)
    # The pages of a Word file have come, or none will.
    page.wait_for_selector("#doc-inside:not([hx-get])")

    # By mouse: the doubtful ones come first. One is right, of the other the deadline is mended.
    page.wait_for_selector(".draft-row.current")
    first = page.locator(".draft-row.current")
    seen = str(first.get_attribute("id"))
    taken(visit, "read")
    narrow(visit, phone, "read")
    first.get_by_role("button", name="看过").click()
    page.wait_for_selector(f"#{seen} .settled")
    assert page.locator(".message-error").count() == 0
    page.locator(".draft-row.current").get_by_role("link", name="改", exact=True).click()
    page.fill(".draft-row.current input[name=due_words]", "2027年6月")
    page.locator(".draft-row.current").get_by_role("button", name="保存").click()
    page.wait_for_selector(".draft-row.current:has-text('2027年6月')")
    page.wait_for_selector("#draft-tabs a:first-of-type:not(:has-text('▲'))")

    # What the program is sure of is confirmed at once; the rest may wait.
    page.locator("#draft-tabs").get_by_text("目标与算法").click()
    page.wait_for_selector("#panel[data-tab=targets]", timeout=30_000)
    page.get_by_text("选中把握大的").click()
    page.wait_for_selector("[data-bulk]:enabled")
    taken(visit, "binding")
    # As many as the page says, on all its pages together.
    sure, waiting = int(page.inner_text("#picked")), _waiting(visit)
    assert sure > page.locator("#panel input[type=checkbox][name=refs]:checked").count() > 0
    page.locator("[data-bulk][value=bind]").click()
    page.wait_for_selector(f"text=算法待确认 {waiting - sure} 条")


def _waiting(visit: Visit) -> int:
    found = re.search(r"算法待确认 (\d+) 条", visit.page.inner_text("main"))
    assert found is not None
    return int(found[1])


def _publish(visit: Visit, phone: Visit) -> None:
    page = visit.page
    page.get_by_text("发布…").click()
    page.wait_for_selector("#drawer button:has-text('发布')")
    taken(visit, "publish")
    page.locator("#drawer").get_by_role("button", name="发布", exact=True).click()
    page.wait_for_url("**/plans/*/")
    assert "方案已发布" in page.inner_text("#messages")
    visit.look("first-hour-plan", whole=False)
    narrow(visit, phone, "plan")


def _deal_out(visit: Visit, phone: Visit) -> str:
    """The address of the task that was dealt out to all towns."""
    page = visit.page
    visit.go(f"/tasks/?q={TASK}")
    page.locator("table.list tbody th a", has_text=TASK).click()
    page.wait_for_selector("h1:has-text('教师安居保障'), #drawer >> text=教师安居保障")
    task = page.url.split("?")[0].removeprefix(visit.site.address)
    visit.go(f"{task}split/")
    assert page.input_value("#total") == TOTAL, "the total comes from the task's target"
    page.select_option("select[name=group]", "towns")
    page.get_by_role("button", name="加进表里").click()
    page.wait_for_selector("table.split-grid")
    page.get_by_role("button", name="平均分").click()
    page.wait_for_selector("#difference:has-text('与总数一致')")
    assert page.locator("table.split-grid tbody tr").count() == 13
    taken(visit, "split")
    page.get_by_role("button", name=re.compile("保存并下达")).click()
    page.wait_for_selector("#messages >> text=已下达给 13 个单位")
    narrow(visit, phone, "parts")
    return task


def _report_and_decide(opened: Opens, visit: Visit, task: str, photo: Path) -> None:
    page, town = visit.page, opened("town", PHONE)
    town.go("/")
    town.page.get_by_role("link", name=TASK).first.tap()
    town.page.get_by_role("button", name="接受", exact=True).tap()
    town.page.wait_for_selector("#messages >> text=已接受")
    _hand_in(town, FIRST_LINE, "10", photo)

    visit.go("/")
    page.get_by_role("link", name=TASK).first.click()
    page.wait_for_selector(f"main >> text={FIRST_LINE}")
    page.get_by_label("退回理由").fill(WHY_BACK)
    page.get_by_role("button", name="退回", exact=True).click()
    page.wait_for_selector(f"main >> text={WHY_BACK}")

    town.go("/")
    assert "被退回的进展" in town.page.inner_text("main")
    assert WHY_BACK in town.page.inner_text("main")
    town.page.get_by_role("link", name=TASK).first.tap()
    _hand_in(town, SECOND_LINE, "12", photo, name="report")

    visit.go("/")
    page.get_by_role("link", name=TASK).first.click()
    page.wait_for_selector(f"main >> text={SECOND_LINE}")
    assert page.locator(".reports li", has_text=SECOND_LINE).get_by_role("link", name=photo.name).count() == 1
    page.get_by_role("button", name="接收", exact=True).scroll_into_view_if_needed()
    taken(visit, "decide")
    page.get_by_role("button", name="接收", exact=True).click()
    page.wait_for_selector("main >> text=已接收")
    visit.go(task)
    assert "已完成 12 / 应完成 260 套" in " ".join(str(page.inner_text("main")).split())
    visit.look("first-hour-parts", whole=False)


def _hand_in(town: Visit, line: str, done: str, photo: Path, name: str = "") -> None:
    page = town.page
    page.wait_for_selector("#id_line")
    page.locator("label.word-normal").tap()
    page.fill("#id_quantity", done)
    page.fill("#id_line", line)
    page.set_input_files("#id_evidence", photo)
    if name:
        page.locator("#report").evaluate("form => scrollTo(0, form.offsetTop - 60)")
        taken(town, name)
    page.get_by_role("button", name="报送").tap()
    page.wait_for_selector("#messages >> text=已报送")
    assert "待审核" in page.inner_text(".page-name")


def _chase(visit: Visit, phone: Visit) -> None:
    """A text for the unit that is asked, with its name and a link; nobody is chased on the day for what was handed down just now, and the
    bureau's own comes last."""
    page = visit.page
    visit.go("/chase/")
    narrow(visit, phone, "chase")
    assert OTHER_TOWN not in page.inner_text("main")
    names = page.locator(".chase-unit h3")
    first = names.first.inner_text()
    assert names.last.inner_text().startswith("局内")
    page.locator(".chase-rows input[name=task]").first.check()
    page.get_by_role("button", name="生成文字").click()
    page.wait_for_selector("textarea.chase-text")
    texts = [each.input_value() for each in page.locator("textarea.chase-text").all()]
    assert len(texts) == 1
    assert texts[0].startswith(first)
    assert re.search(rf"{re.escape(visit.site.address)}/link/\S+/", texts[0])
    taken(visit, "chase")


def _bulletin(visit: Visit, phone: Visit) -> None:
    page = visit.page
    visit.go("/plans/")
    page.locator("table.list tbody th a").first.click()
    page.wait_for_url("**/plans/*/")
    page.get_by_role("button", name="起草通报").click()
    page.wait_for_selector(".bulletin .sentence")
    # A figure opens the rows that it counts.
    figure = page.locator(".bulletin .keyed").first
    counted = re.search(r"\d+", figure.inner_text())
    assert counted is not None
    figure.click()
    page.wait_for_selector("main ul.rows li")
    assert page.locator("main ul.rows li").count() == int(counted[0])
    page.go_back()
    page.wait_for_selector(".bulletin .sentence")
    own = "请各镇街于11月底前报送周转宿舍建设情况。"
    page.get_by_role("link", name="在后面加一段").first.click()
    page.fill("textarea[name=text]", own)
    page.get_by_role("button", name="加上").click()
    page.wait_for_selector(f".bulletin >> text={own}")
    page.evaluate("() => scrollTo(0, 0)")
    taken(visit, "bulletin")
    narrow(visit, phone, "bulletin")
    page.get_by_role("link", name="印发", exact=True).click()
    page.get_by_role("button", name="印发", exact=True).click()
    page.wait_for_selector("#messages >> text=已印发")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Word").click()
    file = Path(download.value.path())
    assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] in page.inner_text("main")
    words = "".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    shown = [each.inner_text() for each in page.locator(".bulletin .sentence-text").all()]
    assert own in words
    for sentence in shown:
        assert "".join(sentence.split()) in "".join(words.split()), sentence
