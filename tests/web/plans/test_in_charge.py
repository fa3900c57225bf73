"""What a document's own columns say of 责任领导、责任科室、联系人、联系电话 is the task's from the start; telephones stay in the county."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit, UnitAlias
from xiangxu_web.workspaces.plans.api import publish_draft
from xiangxu_web.workspaces.plans.in_charge import bureau_of, whom_to_ask
from xiangxu_web.workspaces.plans.models import Draft, Plan
from xiangxu_web.workspaces.plans.reading import read_into

HEADS = ("序号", "工作任务", "工作措施", "完成时限", "责任单位", "责任领导", "责任科室", "联系人", "联系电话")
ROWS = (
    ("1", "新建幼儿园", "新建幼儿园3所。", "2026年12月", "县教体局", "砚一", "{name}", "砚二", "0099-0100001"),
    ("2", "改造厕所", "改造农村厕所20处。", "2026年12月", "县教体局", "砚三", "幼教口", "砚四", "0099-0100002、19900700001"),
    ("3", "培训教师", "培训教师200人次。", "2026年12月", "县教体局", "砚五", "{name}、人事科", "砚六", "见通讯录"),
    ("4", "配备校医", "每校配备校医1名。", "2026年12月", "县教体局", "", "天外科", "", ""),
)


@pytest.fixture
def office(actor: Callable[[str], Actor]) -> Unit:
    """A 科室 of the bureau, which has a further name."""
    found = Unit.objects.get(pk=actor("office").unit_id)
    UnitAlias.objects.create(unit=found, words="幼教口")
    return found


@pytest.fixture
def own_plan(plan: Plan, office: Unit, actor: Callable[[str], Actor], tmp_path: Path) -> Plan:
    """A list with columns for who is in charge, read and published as it stands."""
    table = "".join(
        "<tr>" + "".join(f"<td>{cell.format(name=office.name)}</td>" for cell in line) + "</tr>" for line in (HEADS, *ROWS)
    )
    path = tmp_path / "list.html"
    path.write_text(f"<html><body><h1>砚溪县学前教育重点任务清单</h1><table>{table}</table></body></html>", encoding="utf-8")
    draft = Draft.objects.create(area=plan.area, name=path.name, made=clock.now())
    read_into(draft, path)
    draft.refresh_from_db()
    return publish_draft(actor("clerk"), draft)


def test_taken_over_where_it_is_clear(own_plan: Plan, office: Unit) -> None:
    """A 科室 is found by its name or alias; two at once, or one that is none of ours, and what is no number stay in their column."""
    first, second, third, fourth = own_plan.tasks.order_by("order")
    assert [(t.leader, t.office, t.contact, t.contact_phone) for t in (first, second, third, fourth)] == [
        ("砚一", office, "砚二", "0099-0100001"),
        ("砚三", office, "砚四", "0099-0100002、19900700001"),
        ("砚五", None, "砚六", ""),
        ("", None, "", ""),
    ]
    assert (third.others["联系电话"], fourth.others["责任科室"]) == ("见通讯录", "天外科")


def test_telephones_stay_in_the_county(own_plan: Plan, signed_in: Callable[[str], Client]) -> None:
    """The county's posts read the number and what could not be matched; above the county no page, list, workbook or search has the number."""
    second, fourth = own_plan.tasks.order_by("order")[1], own_plan.tasks.order_by("order")[3]
    number = "0099-0100002"
    assert number in signed_in("clerk").get(f"/tasks/{second.pk}/").content.decode()
    assert "天外科" in signed_in("clerk").get(f"/tasks/{fourth.pk}/").content.decode()
    above = signed_in("supervisor")
    listed = "&".join(f"column={key}" for key in ("title", "contact", "contact_phone"))
    for address in (f"/tasks/{second.pk}/", f"/tasks/?plan={own_plan.pk}&{listed}", f"/tasks/?plan={own_plan.pk}&as=print"):
        page = above.get(address)
        assert page.status_code == 200
        assert number not in page.content.decode(), address
    assert second.title not in above.get("/search/", {"q": "19900700001"}).content.decode()


def test_whom_a_unit_asks(plan: Plan, office: Unit, actor: Callable[[str], Actor]) -> None:
    """The 科室 and person of what it is a part of, else the bureau; not where the task names somebody itself, not the bureau's own people,
    nobody outside the county."""
    whole, part = plan.tasks.filter(parent=None, same_as=None).order_by("order")[:2]
    part.parent, part.office, part.contact = whole, None, ""
    whole.office = None
    whole.contact, whole.contact_phone = "砚二", "0099-0100001"
    asked = [words for _title, words in whom_to_ask(actor("town"), part)]
    bureau = bureau_of(plan.area)
    assert bureau is not None
    assert asked == [f"{bureau.name} 砚二 0099-0100001"]
    assert [whom_to_ask(actor(who), part) for who in ("clerk", "office", "supervisor")] == [[]] * 3
    assert whom_to_ask(actor("town"), whole) == []
    whole.contact = ""
    assert whom_to_ask(actor("town"), part)[0][1].startswith(bureau.name)
