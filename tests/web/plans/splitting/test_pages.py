"""The grid in the browser: nothing is kept before it is saved; paste and Excel in one shape; who sees the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.plans.conftest import MARKERS
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.models import AuditRow, SearchEntry
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import split_sheets
from xiangxu_web.workspaces.plans.models import Plan, Task
from xiangxu_web.workspaces.plans.pages import split as split_page

SignIn = Callable[[str], Client]


def grid(task: Task, lines: dict[Unit, tuple[str, ...]], days: tuple[str, ...] = (), **more: object) -> dict[str, object]:
    """The form of the grid as a browser sends it."""
    fields: dict[str, object] = {
        "edition": task.edition,
        "total": "5",
        "uom": "所",
        "day": days,
        "unit": [u.pk for u in lines],
        **more,
    }
    for unit, (quantity, *nodes) in lines.items():
        fields |= {f"q{unit.pk}": quantity, f"n{unit.pk}": nodes}
    return fields


def test_add_towns_and_deal_out(task: Task, signed_in: SignIn, plan: Plan) -> None:
    """All towns come into the grid, the total is dealt out evenly, and still nothing is kept; then it is saved and sent in one go."""
    clerk, url = signed_in("clerk"), reverse("task-split", args=[task.pk])
    towns = list(Unit.objects.filter(kind="town", area__path__startswith=plan.area.path, closed=None))
    page = clerk.post(url, {"edition": task.edition, "total": "20", "uom": "所", "do": "add", "group": "towns"})
    assert [line.unit.pk for line in page.context["grid"].lines]
    assert len(page.context["grid"].lines) == len(towns)
    page = clerk.post(url, grid(task, dict.fromkeys(towns, ("",)), total="20", do="equal"))
    dealt = [float(line.quantity) for line in page.context["grid"].lines]
    assert sum(dealt) == 20
    assert set(dealt) == {1, 2}
    assert not task.parts.exists()
    typed = {line.unit: (line.quantity,) for line in page.context["grid"].lines}
    answer = clerk.post(url, grid(task, typed, total="20", do="send"), follow=True)
    assert f"已下达给 {len(towns)} 个单位" in answer.content.decode()
    assert task.parts.filter(sent=Task.Sent.SENT).count() == len(towns)


def test_what_does_not_add_up_is_asked_about(task: Task, town: Unit, other_town: Unit, signed_in: SignIn) -> None:
    """Shares that are not the total are not told to anybody before somebody has said that it is meant so; then the page of the task says
    it. Keeping a draft asks nothing."""
    clerk, url = signed_in("clerk"), reverse("task-split", args=[task.pk])
    typed = {town: ("3",), other_town: ("",)}
    asked = clerk.post(url, grid(task, typed, total="10", do="send"))
    assert asked.status_code == 422
    assert "总数 10，比总数少 7" in asked.context["uneven"]
    assert "1 个单位没有填数量" in asked.context["uneven"]
    assert not task.parts.exists()
    assert clerk.post(url, grid(task, typed, total="10", do="save")).status_code == 302
    assert set(task.parts.values_list("sent", flat=True)) == {"draft"}
    task.refresh_from_db()
    page = clerk.post(url, grid(task, typed, total="10", edition=task.edition, though="send"), follow=True)
    assert set(task.parts.values_list("sent", flat=True)) == {"sent"}
    assert "总数 10，分下去的比总数少 7" in page.content.decode()
    task.refresh_from_db()
    again = clerk.post(url, grid(task, {town: ("4",), other_town: ("",)}, total="10", edition=task.edition, do="save"))
    assert again.status_code == 422, "a changed share goes down at once"


def test_pasted_from_excel(task: Task, town: Unit, other_town: Unit, signed_in: SignIn) -> None:
    """Tabs and a header with days, as copied from a sheet; an unknown name is told with its row; nothing is kept."""
    text = (
        f"单位\t数量（所）\t2026年6月\t2026-12-31\n{town.short_name or town.name}\t3\t1\t3\n{other_town.name}\t2\t\t2\n无名镇\t1"
    )
    url = reverse("task-split", args=[task.pk])
    page = signed_in("clerk").post(url, {"edition": task.edition, "total": "5", "do": "paste", "pasted": text})
    found = page.context["grid"]
    assert found.days == [date(2026, 6, 30), date(2026, 12, 31)]
    assert found.uom == "所"
    assert [(line.unit, line.quantity, line.nodes) for line in found.lines] == [
        (town, "3", ["1", "3"]),
        (other_town, "2", ["", "2"]),
    ]
    words = page.content.decode()
    assert "第 4 行“无名镇”：没有这个单位" in words
    assert "与总数一致" in words
    assert not task.parts.exists()


def test_excel_there_and_back(task: Task, parts: dict[int, Task], town: Unit, signed_in: SignIn) -> None:
    """What was exported is read again as unchanged; a changed figure is marked with the old one; a damaged file is refused in words."""
    clerk, url = signed_in("clerk"), reverse("task-split", args=[task.pk])
    book = openpyxl.load_workbook(BytesIO(b"".join(clerk.get(url + "?as=xlsx").streaming_content)))
    sheet = book.worksheets[0]
    now = clerk.get(url).context["grid"]
    typed = {line.unit: (line.quantity, *line.nodes) for line in now.lines}
    days = tuple(f"{day}" for day in now.days)

    def back() -> object:
        file = BytesIO()
        book.save(file)
        upload = SimpleUploadedFile("分解.xlsx", file.getvalue())
        return clerk.post(url, grid(task, typed, days, edition=now.edition, do="file", file=upload)).context["grid"]

    assert [(line.quantity, line.nodes, line.mark) for line in back().lines] == [
        (line.quantity, line.nodes, "") for line in now.lines
    ]  # type: ignore[attr-defined]
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == town.name)
    sheet.cell(row, 2).value = 4
    changed = next(line for line in back().lines if line.unit == town)  # type: ignore[attr-defined]
    assert (changed.quantity, changed.mark) == ("4", "原为 3")
    bad = clerk.post(url, grid(task, typed, days, do="file", file=SimpleUploadedFile("坏.xlsx", b"PK nothing")))
    assert "打不开这个文件" in bad.content.decode()


@pytest.mark.parametrize("text", ["", "甲", "\t\t\t", "单位\t数量\n", "a" * 5000, "=1+1\t9", "甲镇 三所"])
def test_odd_pastes_never_break(task: Task, signed_in: SignIn, text: str) -> None:
    """Whatever is pasted, the page comes back with words."""
    assert (
        signed_in("clerk").post(reverse("task-split", args=[task.pk]), {"edition": 1, "do": "paste", "pasted": text}).status_code
        == 200
    )


def test_no_number(task: Task, town: Unit, signed_in: SignIn) -> None:
    """A quantity that is no number keeps what was typed, says which, and nothing is kept."""
    answer = signed_in("clerk").post(reverse("task-split", args=[task.pk]), grid(task, {town: ("三所",)}, do="save"))
    assert answer.status_code == 422
    assert "“三所”不是数字" in answer.content.decode()
    assert 'value="三所"' in answer.content.decode()
    assert not task.parts.exists()


def test_what_is_wrong_is_told_once(task: Task, town: Unit, signed_in: SignIn) -> None:
    """A node greater than the unit's share stands in the way and is told in one line."""
    address, wrong = reverse("task-split", args=[task.pk]), grid(task, {town: ("1", "3")}, ("2026-12-31",), total="1", do="send")
    page = signed_in("clerk").post(address, wrong)
    assert (page.status_code, task.parts.exists()) == (422, False)
    assert page.content.decode().count("的节点 3 超过应完成的 1") == 1


def test_an_old_grid_leads_to_the_newest(task: Task, parts: dict[int, Task], town: Unit, signed_in: SignIn) -> None:
    """Whoever saves a grid that was saved meanwhile keeps what was typed, and is led to the newest in a window of its own."""
    address = reverse("task-split", args=[task.pk])
    page = signed_in("clerk").post(address, grid(task, {town: ("9",)}, total="9", do="save"))
    assert page.status_code == 422
    assert f'href="{address}" target="_blank"' in page.content.decode()
    assert f'name="q{town.pk}" inputmode="decimal" value="9"' in page.content.decode()


def test_the_head_of_the_list_counts_its_rows(parts: dict[int, Task], town: Unit, signed_in: SignIn) -> None:
    """Of the disputed parts the head tells how many are past their day and not reported, and its link lists just these."""
    Task.objects.filter(pk__in=[part.pk for part in parts.values()]).update(due_on=date(2026, 1, 31))
    Task.objects.filter(pk=parts[town.pk].pk).update(sent=Task.Sent.DISPUTED)
    clerk = signed_in("clerk")
    assert '时限已过、未报进展 <span class="figure">1</span> 项' in clerk.get("/tasks/?sent=disputed").content.decode()
    assert clerk.get("/tasks/?sent=disputed&state=silent-past").context["page"].paginator.count == 1


def test_the_units_page(parts: dict[int, Task], town: Unit, other_town: Unit, signed_in: SignIn) -> None:
    """The town finds its part on the start page and on the task's page accepts it; of the other town's part it reads nothing."""
    browser = signed_in("town")
    part = parts[town.pk]
    assert "待确认的分解任务" in browser.get("/").content.decode()
    page = browser.get(reverse("task", args=[part.pk])).content.decode()
    assert "提出异议" in page
    assert reverse("task", args=[parts[other_town.pk].pk]) not in page
    parent = browser.get(reverse("task", args=[part.parent_id])).content.decode()
    assert other_town.name not in parent.split("配合单位")[0]
    assert str(part.pk) in parent
    browser.post(reverse("part-answer", args=[part.pk]), {"accept": "1", "edition": part.edition})
    part.refresh_from_db()
    assert part.sent == Task.Sent.ACCEPTED
    assert browser.get(reverse("task", args=[parts[other_town.pk].pk])).status_code == 404


def test_the_words_of_a_dispute(parts: dict[int, Task], town: Unit, signed_in: SignIn) -> None:
    """The county and the unit read why; whoever supervises from above reads that the part is in dispute."""
    part = parts[town.pk]
    signed_in("town").post(reverse("part-answer", args=[part.pk]), {"reason": "没有用地指标", "edition": part.edition})
    for who, told in (("town", True), ("clerk", True), ("supervisor", False)):
        for key in (part.pk, part.parent_id):
            page = signed_in(who).get(reverse("task", args=[key])).content.decode()
            assert "有异议" in page, who
            assert ("没有用地指标" in page) is told, who


@pytest.mark.parametrize("where", ["part", "grid"])
def test_the_figure_is_kept(task: Task, parts: dict[int, Task], town: Unit, where: str, signed_in: SignIn) -> None:
    """On the disputed part, in the grid and in the list the clerk reads why; from either of the first two the figure is changed or kept.
    The unit reads the reason where it is asked again; in what happened it stays also when the unit has accepted."""
    part, clerk, unit = parts[town.pk], signed_in("clerk"), signed_in("town")
    unit.post(reverse("part-answer", args=[part.pk]), {"reason": "没有用地指标", "edition": part.edition})
    page, grid_page, address = (
        reverse(name, args=[key]) for name, key in (("task", part.pk), ("task-split", task.pk), ("part-uphold", part.pk))
    )
    assert "没有用地指标" in clerk.get("/tasks/?sent=disputed").content.decode()
    assert f'href="{grid_page}"' in clerk.get(page).content.decode()
    here, sent = (grid_page, {"grid": task.pk}) if where == "grid" else (page, {})
    assert f'action="{address}"' in clerk.get(here).content.decode()
    assert f'action="{address}"' not in unit.get(page).content.decode()
    assert "须写明理由" in clerk.post(address, {"edition": part.edition, **sent}, follow=True).content.decode()
    assert clerk.post(address, {"edition": part.edition, "reason": "按在校生数分的", **sent})["Location"] == here
    for told in (unit.get("/"), unit.get(page), clerk.get(reverse("task", args=[task.pk]))):
        assert "按在校生数分的" in told.content.decode()
    assert "没有用地指标" not in clerk.get("/tasks/?sent=sent").content.decode()
    unit.post(reverse("part-answer", args=[part.pk]), {"accept": "1", "edition": part.edition + 1})
    events = clerk.get(page).context["events"]
    assert [each.words for each in events if "维持" in each.title] == ["理由：按在校生数分的"]
    assert not [each for each in signed_in("supervisor").get(page).context["events"] if "按在校生" in each.words]


def test_the_other_countys_clerk_finds_nothing(task: Task, parts: dict[int, Task], other_plan: Plan, signed_in: SignIn) -> None:
    """Neither grid nor answer; and no marker of theirs stands on our pages."""
    stranger = signed_in("other-clerk")
    assert stranger.get(reverse("task-split", args=[task.pk])).status_code == 404
    assert stranger.post(reverse("part-answer", args=[next(iter(parts.values())).pk]), {"accept": "1"}).status_code == 404
    page = signed_in("clerk").get(reverse("task-split", args=[task.pk])).content.decode()
    assert not [marker for marker in MARKERS if marker in page]


def test_bounds(
    task: Task, plan: Plan, signed_in: SignIn, django_assert_max_num_queries: Callable[..., object], actor: Callable[..., object]
) -> None:
    """Grid and page of a task with a part for every school need as many queries as with two."""
    clerk = signed_in("clerk")
    schools = Unit.objects.filter(kind="school", area__path__startswith=plan.area.path, closed=None)
    url = reverse("task-split", args=[task.pk])
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        clerk.post(url, grid(task, dict.fromkeys(schools, ("1", "1")), ("2026-12-31",), total=str(len(schools)), do="send"))
    assert task.parts.count() == len(schools) > 50
    again = grid(task, dict.fromkeys(schools, ("2", "2")), ("2026-12-31",), total=str(2 * len(schools)), edition=2, do="send")
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        clerk.post(url, again)
    assert set(task.parts.values_list("quantity", "edition", "nodes__quantity")) == {(2, 2, 2)}
    parts = task.parts.all()
    assert {part.path for part in parts} == {f"{task.path}{part.pk}/" for part in parts}
    assert SearchEntry.objects.filter(table="task", row_id__in=parts.values("pk")).count() == len(schools)
    assert AuditRow.objects.filter(verb="task.split", row_key__in=[str(part.pk) for part in parts]).count() == 2 * len(schools)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        clerk.get(url)
    with django_assert_max_num_queries(50):  # type: ignore[attr-defined]
        clerk.get(reverse("task", args=[task.pk]))


def test_days_of_headers() -> None:
    """What offices write above a column."""
    assert [
        split_sheets.day_of(words)
        for words in ("2026-06-30", "2026/6/30", "2026年6月30日", "2026年6月", "2026.2", "六月", "2026-13-01")
    ] == [
        *[date(2026, 6, 30)] * 4,
        date(2026, 2, 28),
        None,
        None,
    ]


def test_parts_that_stand_the_same_are_one_line() -> None:
    """Fourteen equal rows push the document's words off the screen: whoever stands apart has a line, all others one together at the end;
    a dispute's words are each unit's own, but not above the county, where they are not told."""

    def part(sent: str = "accepted", dispute: str = "", done: float | None = None) -> tuple[Task, Lamp]:
        made = Task(sent=sent, dispute=dispute, done=done, quantity=2)
        made.entered = None  # type: ignore[attr-defined]
        return made, Lamp("waiting-data", "未报", "还没有报。")

    same, done = [part() for _n in range(5)], part(done=1)
    against = [part("disputed", f"理由{n}") for n in range(4)]

    def lines(*parts: tuple[Task, Lamp], told: bool = True) -> list[int]:
        return [len(tasks) for tasks, _lamp in split_page._alike(list(parts), told=told)]

    assert lines(*same[:2], done, *same[2:]) == [1, 5]
    assert lines(*same[:3], done) == [1, 1, 1, 1]
    assert lines(*against) == [1, 1, 1, 1]
    assert lines(*against, told=False) == [4]
