"""What goes out of an English page in Excel comes in again, on a page of either language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from xiangxu.documents.task_sheet import read_tasks_xlsx
from xiangxu.targets.shares import Share
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import chasing, coverage_sheets, editing, split_sheets
from xiangxu_web.workspaces.plans.covered import plan_promises
from xiangxu_web.workspaces.plans.covering import choose_units, state, verify
from xiangxu_web.workspaces.plans.models import Plan

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]


def test_the_matrix(plan: Plan, actor: As, signed_in: Callable[[str], Client]) -> None:
    """Headers and the words of the cells are English; read again nothing changes, and a returned cell is passed over."""
    clerk, head = actor("clerk"), actor("headteacher")
    stated, refused = plan_promises(clerk, plan)[:2]
    for promise in (stated, refused):
        choose_units(clerk, promise.pk, group="schools")
    state(head, stated.pk, head.unit_id, "na")
    verify(actor("office"), [state(head, refused.pk, head.unit_id, "yes").pk], accept=False, reason="请附照片")
    browser = signed_in("clerk")
    browser.cookies["django_language"] = "en"
    with translation.override(settings.LANGUAGE_CODE):
        answer = browser.get(reverse("coverage-sheet", args=[plan.pk]) + "?level=school")
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["Unit", "Unit code", "Town"]
    assert "(n/a)" in [cell.value for line in sheet for cell in line]
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found = coverage_sheets.read(clerk, plan, split_sheets.cells_of_file(content))
        assert (found.changes, found.refused, found.problems, found.same) == ([], [], [], 1)


def test_the_offices_table(plan: Plan, actor: As, signed_in: Callable[[str], Client]) -> None:
    """Headers, names of sheets and deadlines are English; read again nothing has changed, whatever the page speaks."""
    browser = signed_in("clerk")
    browser.cookies["django_language"] = "en"
    with translation.override(settings.LANGUAGE_CODE):
        content = browser.get(reverse("task-sheet")).content
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["Tasks", "Choices", "Keys (do not change)"]
    header = [cell.value for cell in book.worksheets[0][2]]
    assert header[0] == "No."
    assert {"Task", "Deadline", "Lead", "Telephone", "Task key (do not change)"} <= set(header)
    for language in ("en", "zh-hans"):
        with translation.override(language):
            read = read_tasks_xlsx(content, "tasks.xlsx")
            assert read.changes == ()
            assert {found.state for found in editing.compare(actor("clerk"), read)} == {editing.State.UNCHANGED}


def test_a_change_in_the_offices_table(plan: Plan, actor: As, signed_in: Callable[[str], Client]) -> None:
    """What a clerk fills into an English table is taken in, and told on an English page by English names of its columns."""
    browser = signed_in("clerk")
    browser.cookies["django_language"] = "en"
    with translation.override(settings.LANGUAGE_CODE):
        book = openpyxl.load_workbook(BytesIO(browser.get(reverse("task-sheet")).content))
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, column["Telephone"]).value = "01234567"
    sheet.cell(3, column["Deadline"]).value = "some day"
    out = BytesIO()
    book.save(out)
    with translation.override("en"):
        found = editing.compare(actor("clerk"), read_tasks_xlsx(out.getvalue(), "tasks.xlsx"))
    assert [each.changes for each in found if each.changes] == [(("Telephone", "", "01234567"),)]
    (note,) = found[0].notes
    assert "is no deadline" in note


def test_the_grid_of_a_splitting() -> None:
    """Unit, quantity and days come back as they went out."""
    unit = Unit.objects.filter(kind="town").earliest("pk")
    day = date(2026, 12, 31)
    with translation.override("en"):
        answer = split_sheets.workbook("任务", [(unit.name, Share(str(unit.pk), 5, {day: 5}))], [day], "所")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert openpyxl.load_workbook(BytesIO(content)).worksheets[0]["A1"].value == "Unit"
    read = split_sheets.read(split_sheets.cells_of_file(content), [unit], [])
    assert (read.rows, read.days, read.uom, read.problems) == ([(unit, "5", {day: "5"})], [day], "所", [])


def test_the_marks_of_a_wording() -> None:
    """A wording in English has English marks; they are filled in, and so are those of a wording that somebody kept in Chinese."""
    with translation.override("en"):
        wording = chasing.usual_wording()
    assert "单位" not in wording
    for words in (wording, chasing.usual_wording()):
        told = chasing.text(
            words,
            chasing.Owed(Unit.objects.earliest("pk"), []),
            link="https://x/1/",
            reply_by=date(2026, 11, 25),
            contact="甲",
            on=date(2026, 11, 20),
        )
        assert "【" not in told
