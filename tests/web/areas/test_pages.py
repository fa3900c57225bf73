"""Pages of areas, units and schools: who sees what, how many queries, what a form refuses."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiangxu.world.county.world import World
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.accounts.posts import actor_of
from xiangxu_web.workspaces.areas.exchange.writing import template
from xiangxu_web.workspaces.areas.models import ClusterMember, Unit, UnitAlias
from xiangxu_web.workspaces.areas.panels import PANELS, Panel, unit_panel

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
As = Callable[[str], Actor]
LISTS = ("units", "schools", "changes", "clusters", "areas")
# Who may open the lists, and who keeps the units: written from the duties of the roles.
READERS = [
    "county-leader",
    "bureau-leader",
    "clerk",
    "office",
    "lead-department",
    "town",
    "education-office",
    "headteacher",
    "inspector",
    "supervisor",
    "system-admin",
    "security-admin",
    "other-leader",
    "other-clerk",
    "other-head",
]
KEEPERS = ("clerk", "system-admin", "other-clerk")
# Words of the other county's units and areas.
MARKERS = ("墨池", "洗笔", "飞白", "临帖", "蒿屿")


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("page", LISTS)
def test_lists_open_and_show_nothing_of_the_other_county(signed_in: SignedIn, who: str, page: str) -> None:
    """Each reader gets each list; the other county's names stand in none of them, nor in its workbook. The supervisor sees both."""
    client = signed_in(who)
    answer = client.get(reverse(page))
    assert answer.status_code == 200
    text = answer.content.decode()
    if page in ("units", "schools", "changes"):
        book = client.get(reverse(page), {"as": "xlsx"})
        sheets = openpyxl.load_workbook(BytesIO(b"".join(book)))
        text += str([list(sheet.values) for sheet in sheets])
    if who == "supervisor":
        return
    foreign = ("砚溪", "眉纹", "鱼脑") if who.startswith("other") else MARKERS
    assert [word for word in foreign if word in text] == []


def test_supervisor_sees_the_units_of_all_counties(signed_in: SignedIn) -> None:
    """The prefecture's supervisor finds schools of both counties, and can change none."""
    client = signed_in("supervisor")
    assert "砚溪" in client.get(reverse("schools"), {"q": "砚溪"}).content.decode()
    assert "墨池" in client.get(reverse("schools"), {"q": "墨池"}).content.decode()
    assert client.get(reverse("exchange")).status_code == 403


def test_the_day_of_closing_is_told_where_one_was_closed(signed_in: SignedIn, actor: As) -> None:
    """A list in which nobody was closed has no column of dashes."""
    client = signed_in("clerk")
    Unit.objects.update(closed=None)
    assert "撤销日期" not in [str(c.title) for c in client.get(reverse("schools")).context["columns"]]
    Unit.objects.filter(pk=rows("unit.see", actor("clerk")).filter(kind="school").latest("pk").pk).update(closed="2026-09-01")
    assert "撤销日期" in [str(c.title) for c in client.get(reverse("schools")).context["columns"]]


@pytest.mark.parametrize("page", LISTS)
def test_audit_administrator_sees_no_units(signed_in: SignedIn, page: str) -> None:
    """Who watches the audit has no business with units."""
    assert signed_in("audit-admin").get(reverse(page)).status_code == 403


def seen(actor: Actor) -> set[str]:
    """Codes of the units that the rule gives."""
    return set(rows("unit.see", actor).values_list("code", flat=True))


def test_what_each_role_sees(actor: As, world: World) -> None:
    """School: itself and its line; office: its schools; town: its town; department: the county's offices; inspector: all schools."""
    head = seen(actor("headteacher"))
    own = world.cast["headteacher"][1].unit
    schools = {u.code for u in world.units if u.kind in ("school", "kindergarten") and u.code.startswith(("1", "2", "3"))}
    assert own in head
    assert "990721200-edu-office" in head
    assert "990721-office-basic" in head
    assert head & schools == {own}
    office = seen(actor("education-office"))
    under = {u.code for u in world.units if u.parent == "990721100-edu-office"}
    assert under <= office
    assert not {u.code for u in world.units if u.parent == "990721101-edu-office"} & office
    assert "990721100-government" in office
    town = seen(actor("town"))
    assert {u.code for u in world.units if u.area.startswith("990721100")} <= town
    assert not {u.code for u in world.units if u.area.startswith("990721101")} & town
    department = seen(actor("lead-department"))
    assert not department & schools
    assert "990721-edu-bureau" in department
    inspected = {u.code for u in world.schools("990721000000")}
    assert inspected <= seen(actor("inspector"))
    assert not {u.code for u in world.units_in("990722000000")} & seen(actor("inspector"))


def test_leading_school_sees_its_clusters_schools(post: Any, world: World) -> None:
    """The head of a cluster's leading school sees the cluster's schools; the head of another member sees only the cluster."""
    leader = ClusterMember.objects.filter(leads=True).select_related("school").first()
    assert leader is not None
    held = leader.school.posts.filter(role="school").select_related("unit__area", "person").first()
    others = ClusterMember.objects.filter(cluster=leader.cluster, leads=False).select_related("school")
    assert {member.school.code for member in others} <= seen(actor_of(held))
    member = others[0]
    its = seen(actor_of(member.school.posts.filter(role="school").select_related("unit__area", "person").first()))
    assert leader.cluster.code in its
    own = {each.school.code for each in others if each.school.path.startswith(member.school.path)}
    assert its & {each.school.code for each in others} == own


@pytest.mark.parametrize("who", [who for who in READERS if who != "supervisor"])
def test_other_countys_unit_is_not_found(signed_in: SignedIn, world: World, who: str) -> None:
    """A unit of the other county is as if it did not exist: page, area, forms."""
    county = "990721" if who.startswith("other") else "990722"
    code = next(u.code for u in world.units if u.kind == "school" and u.area.startswith(county))
    key = Unit.objects.get(code=code).pk
    client = signed_in(who)
    assert client.get(reverse("unit", args=[key])).status_code == 404
    assert client.get(reverse("area", args=[f"{county}001000"])).status_code == 404
    for name in ("unit-edit", "unit-rename", "unit-close", "unit-reopen", "school-type", "school-merge", "school-split"):
        status = client.get(reverse(name, args=[key])).status_code
        assert status == (404 if who in KEEPERS else 403), name


@pytest.mark.parametrize("who", [who for who in READERS if who not in KEEPERS])
@pytest.mark.parametrize("page", ["unit-new", "school-new", "exchange", "exchange-template", "exchange-export"])
def test_only_keepers_change(signed_in: SignedIn, who: str, page: str) -> None:
    """New units, import and export are for the bureau's clerk and the system administrator."""
    assert signed_in(who).get(reverse(page)).status_code == 403
    assert signed_in(who).post(reverse(page)).status_code == 403


def queries(client: Client, address: str) -> int:
    """How many queries a page takes, signing in and post included."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["clerk", "town", "headteacher", "supervisor"])
def test_queries_are_bounded(signed_in: SignedIn, world: World, who: str) -> None:
    """A list takes at most 13 queries however many rows it has, a unit's page 26 with the panels of the other workspaces (tasks, promises,
    sub-plans, people)."""
    client = signed_in(who)
    for page in LISTS:
        assert queries(client, reverse(page)) <= 13, page
    bureau = Unit.objects.get(code="990700-edu-bureau" if who == "supervisor" else "990721-edu-bureau")
    assert queries(client, reverse("unit", args=[bureau.pk])) <= 30
    if who == "clerk":
        # A central school: campus, points, cluster, history.
        assert queries(client, reverse("unit", args=[Unit.objects.get(code="2199721013").pk])) <= 30
    if who != "supervisor":
        school = Unit.objects.get(code=world.cast["headteacher"][1].unit)
        if who != "town":
            assert queries(client, reverse("unit", args=[school.pk])) <= 30


def test_search_finds_name_alias_and_code(signed_in: SignedIn) -> None:
    """The box finds a unit by a part of its name, by an alias and by its code, once each."""
    client = signed_in("clerk")
    unit = Unit.objects.get(code="990721-edu-bureau")
    UnitAlias.objects.create(unit=unit, words="老文教局")
    for words in ("老文教", "990721-edu-bur"):
        text = client.get(reverse("units"), {"q": words}).content.decode()
        assert text.count(reverse("unit", args=[unit.pk]) + '"') in (1, 2)
        assert "共" in text


def test_filters_narrow(signed_in: SignedIn) -> None:
    """Town, type, runner and state narrow the list; closed schools are found by their state."""
    client = signed_in("clerk")
    closed = client.get(reverse("schools"), {"state": "closed", "as": "xlsx"})
    rows_of = list(openpyxl.load_workbook(BytesIO(b"".join(closed))).active.values)
    assert len(rows_of) > 10
    town = client.get(reverse("schools"), {"town": "990721100000", "as": "xlsx"})
    names = str(list(openpyxl.load_workbook(BytesIO(b"".join(town))).active.values))
    assert "眉纹镇" in names
    assert "鱼脑镇" not in names


def test_branch_is_loaded_when_opened(signed_in: SignedIn) -> None:
    """Opening a town asks for its villages only: a part, not a page."""
    text = signed_in("clerk").get(reverse("area", args=["990721100000"]), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text
    assert "990721100001" in text


def test_panels_of_other_workspaces(signed_in: SignedIn, world: World) -> None:
    """A panel that another workspace registers stands on the unit's page, and is left out where it has nothing for the post."""
    panel = Panel(50, "probe", "试验栏目", "areas/tabs.html", lambda actor, unit: {} if actor.role == "clerk" else None)
    unit_panel(panel)
    try:
        address = reverse("unit", args=[Unit.objects.get(code=world.cast["headteacher"][1].unit).pk])
        assert "试验栏目" in signed_in("clerk").get(address).content.decode()
        assert "试验栏目" not in signed_in("headteacher").get(address).content.decode()
    finally:
        PANELS.remove(panel)


def test_upload_preview_confirm(signed_in: SignedIn) -> None:
    """Upload, dry run, confirmation; a wrong row is told on the page and comes back as a workbook; another post cannot open it."""
    made = openpyxl.load_workbook(BytesIO(template()))
    sheet = made["学校"]
    heads = [cell.value for cell in sheet[1]]
    right = {"学校标识码": "2199721555", "名称": "砚溪县试行小学", "类别": "学校", "区划代码": "990721100000", "办学类型": "小学"}
    sheet.append([right.get(head) for head in heads])
    sheet.append([{**right, "学校标识码": "2199721556", "办学类型": "大学"}.get(head) for head in heads])
    out = BytesIO()
    made.save(out)
    client = signed_in("clerk")
    answer = client.post(reverse("exchange"), {"file": SimpleUploadedFile("a.xlsx", out.getvalue())})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    text = page.content.decode()
    assert "大学" in text
    assert "只导入正确的 1 行" in text
    assert signed_in("system-admin").get(answer["Location"]).status_code == 302
    assert openpyxl.load_workbook(BytesIO(client.get(answer["Location"] + "wrong/").content))["学校"].max_row == 2
    assert not Unit.objects.filter(code="2199721555").exists()
    client.post(answer["Location"], {"shown": page.context["shown"]})
    assert Unit.objects.filter(code="2199721555").exists()
    assert not Unit.objects.filter(code="2199721556").exists()


def test_upload_of_something_else_says_what_to_do(signed_in: SignedIn) -> None:
    """A file that is no workbook is refused on the page."""
    answer = signed_in("clerk").post(reverse("exchange"), {"file": SimpleUploadedFile("a.xlsx", b"hello")})
    assert answer.status_code == 422
    assert "另存一次" in answer.content.decode()
