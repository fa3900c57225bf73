"""The list of tasks, one task's page, who is in charge."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.web.plans.conftest import MARKERS
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.covered import plan_promises
from xiangxu_web.workspaces.plans.covering import choose_units
from xiangxu_web.workspaces.plans.editing import Changed, change_owners
from xiangxu_web.workspaces.plans.history import task_events
from xiangxu_web.workspaces.plans.models import Plan, Report, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in

SignedIn = Callable[[str], Client]
Actors = Callable[[str], Actor]


def _text(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def _report(actor: Actor, task: Task, word: str, accept_by: Actor | None = None, line: str = "按计划推进。") -> Report:
    made = hand_in(
        actor, task.pk, {"word": word, "line": line, "source": "电话核实"}, f"t-{task.pk}-{word}-{Report.objects.count()}"
    )
    return decide(accept_by, made.pk, accept=True) if accept_by else made


@pytest.fixture
def owned(plan: Plan, actor: Actors) -> Task:
    """A task that a department leads."""
    led = Task.objects.filter(plan=plan, parent=None, answerable__isnull=False)
    return led.exclude(answerable__kind=Unit.Kind.BUREAU).order_by("order")[0]


def test_nothing_of_another_county_is_on_any_page(plan: Plan, other_plan: Plan, signed_in: SignedIn) -> None:
    """Lists, timeline, targets, print, workbook, comparison: no marker word of the other county."""
    client = signed_in("clerk")
    for address in ("tasks", "targets", "timeline", "bulletins", "compare", "plans", "start"):
        told = _text(client, reverse(address))
        assert not any(marker in told for marker in MARKERS), address
    assert not any(marker in _text(client, reverse("tasks"), **{"as": "print"}) for marker in MARKERS)
    theirs = Task.objects.get(plan=other_plan)
    for address in (
        reverse("task", args=[theirs.pk]),
        reverse("task-owners", args=[theirs.pk]),
        reverse("plan-document", args=[other_plan.pk]),
    ):
        assert client.get(address).status_code == 404, address


def test_states_of_the_list_and_of_the_start_page_agree(plan: Plan, owned: Task, actor: Actors, signed_in: SignedIn) -> None:
    """What the start page and the plan's page count is what the list shows when one follows the number."""
    _report(actor("clerk"), owned, "behind", accept_by=actor("clerk"))
    client = signed_in("clerk")
    page = client.get(reverse("plan", args=[plan.pk]))
    for _lamp, state, number in page.context["by_state"]:
        shown = client.get(reverse("tasks"), {"state": state, "plan": str(plan.pk)})
        assert shown.context["page"].paginator.count == number, state
    assert sum(number for _lamp, _state, number in page.context["by_state"]) == page.context["tasks"]


def test_columns_that_are_empty_everywhere_fold_away(plan: Plan, owned: Task, signed_in: SignedIn) -> None:
    """A plan that names neither contacts nor 科室 is listed without these columns; with one contact the column is there for all rows;
    the print shows the same columns; the reader who chose the column sees it."""
    client, listed = signed_in("clerk"), reverse("tasks")
    Task.objects.filter(plan=plan).update(contact="", office=None, reported_on=None)

    def keys(**query: str) -> set[str]:
        return {column.key for column in client.get(listed, query).context["columns"]}

    assert not {"contact", "office", "reported_on"} & keys()
    assert {"title", "answerable", "lamp"} <= keys()
    assert "contact" not in keys(**{"as": "print"})
    Task.objects.filter(pk=owned.pk).update(contact="秋池")
    assert "contact" in keys()
    assert "contact" not in keys(unit="", state="met")
    client.post(reverse("choose-columns", args=["tasks"]), {"column": ["title", "office"], "next": listed})
    assert keys() == {"title", "office"}


def test_filters_narrow_and_leave_nothing_else(plan: Plan, owned: Task, signed_in: SignedIn) -> None:
    """By unit, theme, deadline, 科室, plan; a value that nobody offers is passed over."""
    office = Unit.objects.filter(kind=Unit.Kind.OFFICE, area__path__startswith=plan.area.path).order_by("pk")[0]
    Task.objects.filter(pk=owned.pk).update(office=office, theme="墨池专题甲")
    other = Task.objects.filter(plan=plan, parent=None).exclude(pk=owned.pk).order_by("order")[0]
    Task.objects.filter(pk=other.pk).update(
        theme="墨池专题乙", office=Unit.objects.filter(kind=Unit.Kind.OFFICE).exclude(pk=office.pk)[0]
    )
    client = signed_in("clerk")

    def keys(**query: str) -> set[str]:
        return {row.cells[0].url for row in client.get(reverse("tasks"), query).context["rows"]}

    mine = reverse("task", args=[owned.pk])
    assert keys(office=str(office.pk)) == {mine}
    assert keys(theme="墨池专题甲") == {mine}
    assert mine in keys(unit=str(owned.answerable_id))
    assert len(keys(office="999999")) == min(50, Task.objects.filter(plan=plan, parent=None, same_as=None).count())


def test_a_unit_finds_what_was_returned(plan: Plan, actor: Actors, signed_in: SignedIn) -> None:
    """Returned reports are a list of their own for whoever has to answer; not for another unit."""
    own = actor("lead-department")
    task = Task.objects.filter(plan=plan, parent=None).order_by("order")[0]
    Task.objects.filter(pk=task.pk).update(answerable_id=own.unit_id)
    made = hand_in(own, task.pk, {"word": "normal", "line": "推进中。"}, "tok-1")
    decide(actor("clerk"), made.pk, accept=False, reason="请写数量")
    client = signed_in("lead-department")
    found = client.get(reverse("tasks"), {"mine": "returned"}).context["page"].paginator.count
    assert found == 1
    assert signed_in("headteacher").get(reverse("tasks"), {"mine": "returned"}).context["page"].paginator.count == 0
    hand_in(own, task.pk, {"word": "normal", "line": "已完成 12 所。"}, "tok-2")
    assert client.get(reverse("tasks"), {"mine": "returned"}).context["page"].paginator.count == 0


def test_the_page_tells_wording_place_and_history(plan: Plan, owned: Task, actor: Actors, signed_in: SignedIn) -> None:
    """The office's own words, the place in the document, how each target is computed, who reported and who changed what."""
    clerk = actor("clerk")
    change_owners(clerk, owned.pk, owned.edition, {"leader": "王局长"})
    made = _report(clerk, owned, "normal", line="墨池专门的一句进展", accept_by=clerk)
    assert next((e.title, e.who) for e in task_events(owned, [made])) == (str(made.get_state_display()), clerk.person_name)
    told = _text(signed_in("clerk"), reverse("task", args=[owned.pk]))
    assert "王局长" in told
    assert "改了：责任领导" in told
    assert "墨池专门的一句进展" in told
    assert "（代录，来源：电话核实）" in told
    assert clerk.person_name in told
    assert "第 1 版发布" in told
    assert f"{reverse('plan-document', args=[plan.pk])}?at=" in told
    shown = _text(signed_in("headteacher"), reverse("task", args=[owned.pk]))
    assert "墨池专门的一句进展" not in shown, "what a unit reported is not told to a school that has no part in it"


def test_the_place_is_lit_in_the_document(plan: Plan, owned: Task, signed_in: SignedIn) -> None:
    """The link of a task opens the document with just its words lit, for a school too: the plan is a public paper."""
    address = f"{reverse('plan-document', args=[plan.pk])}?at={owned.place['start']}-{owned.place['end']}"
    for who in ("clerk", "headteacher"):
        told = _text(signed_in(who), address)
        assert 'class="at"' in told or ' at"' in told, who
    assert 'class="at"' not in _text(signed_in("clerk"), reverse("plan-document", args=[plan.pk]))


def test_only_the_clerk_changes_who_is_in_charge(plan: Plan, owned: Task, signed_in: SignedIn) -> None:
    """Others are refused or find nothing; a wrong telephone is told at its field; the change is in the audit without its words."""
    address = reverse("task-owners", args=[owned.pk])
    given = {"leader": "李副局长", "contact": "张三", "contact_phone": "0530-1234567、13800001111", "edition": "1"}
    for who in ("headteacher", "town", "bureau-leader", "supervisor"):
        assert signed_in(who).post(address, given).status_code in (403, 404), who
    assert signed_in("other-clerk").post(address, given).status_code == 404
    client = signed_in("clerk")
    assert client.post(address, {**given, "contact_phone": "打他手机"}).status_code == 422
    assert client.post(address, {**given, "answerable": str(owned.answerable_id)}).status_code == 302
    owned.refresh_from_db()
    assert (owned.leader, owned.contact, owned.contact_phone, owned.edition) == (
        "李副局长",
        "张三",
        "0530-1234567、13800001111",
        2,
    )
    noted = AuditRow.objects.get(verb="task.owners")
    assert set(noted.fields) == {"leader", "contact", "contact_phone", "edition"}
    assert "张三" not in str(noted.fields)


def test_an_older_page_is_refused(plan: Plan, owned: Task, actor: Actors) -> None:
    """Two who edit at once: the second is told, nothing is overwritten."""
    change_owners(actor("clerk"), owned.pk, 1, {"leader": "甲"})
    with pytest.raises(Changed):
        change_owners(actor("clerk"), owned.pk, 1, {"leader": "乙"})
    owned.refresh_from_db()
    assert owned.leader == "甲"


def _sheet(client: Client) -> tuple[Any, dict[str, int]]:
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("task-sheet")).content))
    page = book["任务"]
    return book, {str(cell.value): cell.column for cell in page[2]}


def _upload(client: Client, book: Any) -> Any:
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "表.xlsx"
    answer = client.post(reverse("task-sheet-import"), {"file": out})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    return answer.headers["Location"]


def test_what_the_table_lost_is_told(plan: Plan, owned: Task, signed_in: SignedIn) -> None:
    """A column under a name that is not known, and rows that are gone, are told before anything is stored; nothing is deleted by it."""
    client = signed_in("clerk")
    book, columns = _sheet(client)
    page = book["任务"]
    page.cell(2, columns["联系人"]).value = "经办"
    page.delete_rows(page.max_row)
    told = _text(client, _upload(client, book))
    assert "没有“联系人”这一列了" in told
    assert "表里少了 1 行任务" in told


def test_the_table_comes_back_with_a_dry_run(plan: Plan, owned: Task, signed_in: SignedIn) -> None:
    """Old beside new, wrong rows with what to do, the document's wording never taken; nothing is stored before it is confirmed."""
    client = signed_in("clerk")
    book, columns = _sheet(client)
    page = book["任务"]
    rows = {page.cell(n, columns["任务标识（勿改）"]).value: n for n in range(3, page.max_row + 1)}
    tasks = list(Task.objects.filter(plan=plan, parent=None).order_by("order")[:3])
    first, second, third = (rows[str(task.uid)] for task in tasks)
    office = Unit.objects.filter(kind=Unit.Kind.OFFICE, area__path__startswith=plan.area.path).order_by("pk")[0]
    page.cell(first, columns["责任领导"]).value = "王局长"
    page.cell(first, columns["责任科室"]).value = office.name
    page.cell(first, columns["联系电话"]).value = "0530-7654321"
    page.cell(first, columns["任务"]).value = "改了文件的话"
    page.cell(second, columns["责任科室"]).value = "不存在的科"
    page.cell(third, columns["联系人"]).value = "赵六"
    preview = _upload(client, book)
    told = _text(client, preview)
    assert "修改 2" in told
    assert "有误 1" in told
    assert "王局长" in told
    assert "没有叫“不存在的科”的科室" in told
    assert "文件的原文不能在这里改" in told
    assert Task.objects.get(pk=tasks[0].pk).leader == ""
    assert client.post(preview, {"shown": "stale"}).status_code == 200
    assert Task.objects.get(pk=tasks[0].pk).leader == ""
    shown = client.get(preview).context["shown"]
    assert client.post(preview, {"shown": shown}).status_code == 302
    now = Task.objects.get(pk=tasks[0].pk)
    assert (now.leader, now.office, now.contact_phone, now.title) == ("王局长", office, "0530-7654321", tasks[0].title)
    assert Task.objects.get(pk=tasks[1].pk).office is None
    assert Task.objects.get(pk=tasks[2].pk).contact == "赵六"
    assert AuditRow.objects.filter(verb="task.import").count() == 3


def test_another_countys_row_is_not_taken(plan: Plan, other_plan: Plan, signed_in: SignedIn) -> None:
    """A key of the other county's task is as unknown as one that never was, and tells nothing."""
    client = signed_in("clerk")
    book, columns = _sheet(client)
    theirs = Task.objects.get(plan=other_plan)
    book["任务"].cell(3, columns["任务标识（勿改）"]).value = str(theirs.uid)
    book["任务"].cell(3, columns["责任领导"]).value = "越界"
    preview = _upload(client, book)
    told = _text(client, preview)
    assert "有误" in told
    assert MARKERS[1] not in told
    client.post(preview, {"shown": client.get(preview).context["shown"]})
    theirs.refresh_from_db()
    assert theirs.leader == ""


def test_the_print_view_holds_every_row(plan: Plan, signed_in: SignedIn) -> None:
    """Paper shows all rows that were filtered, not a page of fifty, with whole titles, each under the number that the document gives it:
    none twice, though each chapter counts its actions anew."""
    assert Task.objects.filter(plan=plan, title__endswith="…").exists()
    answer = signed_in("clerk").get(reverse("tasks"), {"as": "print"})
    rows = [{cell.column.key: cell.value for cell in row.cells} for row in answer.context["rows"]]
    assert len(rows) == Task.objects.filter(plan=plan, parent=None, same_as=None).count()
    assert not [row["title"] for row in rows if row["title"].endswith("…")]
    assert len({row["number"] for row in rows}) == len(rows)
    assert {"1", "二（一）1", "二（二）1"} <= {row["number"] for row in rows}


def test_a_promise_counted_over_chosen_units_is_told(plan: Plan, signed_in: SignedIn, actor: Actors) -> None:
    """Once the units of a promise are chosen its parameters hold a table of their own: the task's page still opens, and says nothing
    in the program's words."""
    target = next(t for t in plan_promises(actor("clerk"), plan) if t.task_id)
    choose_units(actor("clerk"), target.pk, "rural-schools")
    assert "rural-schools" not in _text(signed_in("clerk"), reverse("task", args=[target.task_id]))
