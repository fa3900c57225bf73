"""The clerk of another county, on the same installation: nothing of this county is found, by whatever way."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.journeys.site.conftest import DESK, WIDTHS, Visit
from xiangxu.world.county import county

Opens = Callable[..., Visit]
# What the other county's own pages may lead to; more would not end.
MOST_PAGES = 40
_LEAVES = ("logout", "/static/", ".ics", "/components/", "/account/")


def _units(name: str) -> dict[str, str]:
    """Code → name of the units of a county."""
    world = county()
    code = next(area.code for area in world.areas if area.name == name)[:6]
    return {unit.code: unit.name for unit in world.units if unit.area.startswith(code)}


def _names() -> set[str]:
    """Names that are this county's alone: of units and of people."""
    world, mine, theirs = county(), _units("砚溪县"), _units("墨池县")
    names = {person.login: person.name for person in world.people}
    people = {names[post.person] for post in world.posts if post.unit in mine}
    elsewhere = {names[post.person] for post in world.posts if post.unit not in mine} | set(theirs.values())
    return {name for name in (*mine.values(), *people) if len(name) > 2 and not any(name in other for other in elsewhere)}


def _titles(clerk: Visit) -> set[str]:
    """What this county's clerk sees in the list of tasks."""
    clerk.go("/tasks/")
    return {each.inner_text().strip() for each in clerk.page.locator("table.list tbody th a").all()}


def test_markers_are_there() -> None:
    """A walk that looks for nothing would always pass."""
    assert len(_names()) > 200


def test_the_other_county_sees_nothing(at_work_as: Opens) -> None:
    """No page that its navigation leads to, no search, no export shows a name, a title or a person of this county; the addresses of
    this county's rows do not exist."""
    clerk = at_work_as("clerk", DESK)
    titles = _titles(clerk)
    assert len(titles) > 20
    markers = _names() | titles | {"砚溪", "眉纹", "雀舌"}
    hidden = _addresses(clerk)
    visit = at_work_as("other-clerk", DESK)
    page = visit.page

    def clean(where: str, words: str) -> None:
        seen = sorted(marker for marker in markers if marker in words)
        assert not seen, f"{where}: {seen[:5]}"

    # Everything that can be reached.
    waiting, opened = ["/"], dict[str, int]()
    while waiting and len(opened) < MOST_PAGES:
        address = waiting.pop(0)
        answer = page.goto(visit.site.address + address, wait_until="domcontentloaded")
        opened[address] = answer.status
        clean(address, page.content())
        links = page.eval_on_selector_all("a[href]", "links => links.filter(a => !a.download).map(a => a.getAttribute('href'))")
        for link in links:
            target = link.split("#")[0]
            if target.startswith("/") and target not in opened and target not in waiting and not _leaves(target):
                waiting.append(target)
    assert len(opened) > 12
    assert set(opened.values()) == {200}, {a: s for a, s in opened.items() if s != 200}

    for words in ("砚溪", "教师", "眉纹", "提质强基", "周转宿舍"):
        visit.go(f"/search/?q={words}")
        # The words that were typed stand in the field and above the answer.
        clean(f"search {words}", page.content().replace(words, ""))
        assert page.locator(".found").filter(has_text="任务").count() == 0
    for address in hidden:
        assert page.goto(visit.site.address + address).status == 404, address
        clean(address, page.content())
    book = page.context.request.get(f"{visit.site.address}/tasks/sheet/")
    clean("tasks sheet", _cells(book.body()))
    for address in ("/tasks/", "/targets/", "/units/", "/schools/", "/people/", "/plans/", "/reports/"):
        visit.go(address)
        with page.expect_download() as download:
            page.get_by_role("link", name="Excel").first.click()
        clean(f"{address} Excel", _cells(Path(download.value.path()).read_bytes()))
    for width in WIDTHS:
        start = at_work_as("other-clerk", width)
        start.go("/")
        start.look("other-county-start", whole=False)


def _leaves(target: str) -> bool:
    return any(part in target for part in _LEAVES) or bool(
        re.search(r"[?&]as=|\.(xlsx|docx|pdf|webp)$|/export/|/template/|/sheet/$", target)
    )


def _addresses(clerk: Visit) -> list[str]:
    """Addresses of rows of this county, as its clerk finds them."""
    found = []
    for address, pattern in (
        ("/tasks/", r"^/tasks/\d+/$"),
        ("/targets/", r"^/targets/\d+/$"),
        ("/plans/", r"^/plans/\d+/$"),
        ("/units/", r"^/units/\d+/$"),
        ("/people/", r"^/people/\d+/$"),
    ):
        clerk.go(address)
        links = clerk.page.eval_on_selector_all("main a[href]", "links => links.map(a => a.getAttribute('href'))")
        rows = [link for link in dict.fromkeys(links) if re.match(pattern, link)]
        assert rows, address
        found += rows[:2]
    return found


def _cells(file: bytes) -> str:
    book = load_workbook(BytesIO(file), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
