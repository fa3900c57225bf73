"""Workbooks as offices still have them: .xls as Excel 97 wrote it, and the container of WPS; and imports too large to wait for.

The .et is an .xls under that name: both are the same container. No file that WPS or Excel itself wrote was tried.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.areas.test_exchange import SCHOOL_HEAD, book, counted, found, school
from xiangxu.world.county.world import World
from xiangxu.world.sheets import workbook
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.worker import run_waiting
from xiangxu_web.kernel.models import Job
from xiangxu_web.workspaces.accounts import staff_import
from xiangxu_web.workspaces.accounts.staff_sheets import read
from xiangxu_web.workspaces.areas.exchange import storing
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.areas.views import exchange

pytestmark = pytest.mark.django_db
YANXI = "990721000000"
As = Callable[[str], Actor]


@pytest.fixture(scope="module")
def xls(world: World) -> bytes:
    """The county's units and people as a file of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in openpyxl.load_workbook(BytesIO(workbook(world, YANXI))):
        page = book.add_sheet(sheet.title)
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is not None:
                    page.write(cell.row - 1, cell.column - 1, cell.value)
    out = BytesIO()
    book.save(out)
    assert out.getvalue().startswith(b"\xd0\xcf\x11\xe0"), "not the old container"
    return out.getvalue()


def test_units_and_people_of_an_old_file(actor: As, xls: bytes) -> None:
    """Units, schools and people of an .xls are those of the .xlsx: nothing new, nothing changed, nothing wrong; codes keep their zeros."""
    told = counted(found(actor("clerk"), xls))
    assert told.pop("unchanged") > 300
    assert told == {"new": 0, "changed": 0, "wrong": 0}
    plan = staff_import.check(actor("clerk"), *read(xls))
    assert {line.state.value for line in plan.lines} == {"same"}


@pytest.mark.parametrize("name", ["单位.xls", "单位.et"])
def test_uploaded_under_either_name(signed_in: Callable[[str], Client], xls: bytes, name: str) -> None:
    """The upload looks at what is in the file: .xls and .et lead to the dry run, for units and for people."""
    clerk = signed_in("clerk")
    answer = clerk.post(reverse("exchange"), {"file": SimpleUploadedFile(name, xls)})
    assert answer.status_code == 302
    assert "未变" in clerk.get(answer["Location"]).content.decode()
    look = clerk.post(reverse("people-import"), {"file": SimpleUploadedFile(name, xls)})
    assert "核对导入内容" in look.content.decode()


def test_a_large_import_is_a_job(signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the bound the confirmation leads to a job, which stores all of it and says what it did; done again it stores nothing."""
    monkeypatch.setattr(exchange, "MOST_AT_ONCE", 2)
    assert storing.MOST_AT_ONCE == 2000
    clerk = signed_in("clerk")
    codes = [f"21997219{n}" for n in range(90, 94)]
    content = book({"学校": [SCHOOL_HEAD, *(school(code, f"砚溪县试行第{code}小学") for code in codes)]})
    preview = clerk.post(reverse("exchange"), {"file": SimpleUploadedFile("学校.xlsx", content)})["Location"]
    shown = clerk.get(preview).context["shown"]
    answer = clerk.post(preview, {"shown": shown})
    assert not Unit.objects.filter(code__in=codes).exists()
    run_waiting()
    page = clerk.get(answer["Location"]).content.decode()
    assert "新增 4 行" in page
    units = Unit.objects.filter(code__in=codes).select_related("parent")
    assert len(units) == 4
    assert all(unit.parent and unit.path == f"{unit.parent.path}{unit.pk}/" for unit in units)
    clerk.post(preview, {"shown": shown})
    run_waiting()
    assert "重新核对" in Job.objects.filter(kind="units.import").latest("made").error
