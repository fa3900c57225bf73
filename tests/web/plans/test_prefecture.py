"""A prefecture runs its own plan as 市本级: from its document to the bulletin, with its counties' bureaus where a county has towns."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import urljoin

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document
from lxml import html

from tests.paths import PLANS, needs_plans
from tests.web.browsers import browser_of
from tests.web.plans.importing import newest, worked_off
from xiangxu_web.flows.beginning import Place, begin
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import Refused, rows
from xiangxu_web.workspaces.accounts.api import Post, actor_of, give_post, register
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.areas.own_level import bring_counties, here
from xiangxu_web.workspaces.plans.coverage_meaning import question
from xiangxu_web.workspaces.plans.models import Bulletin, Draft, Plan, Report, SubPlan, Target, Task

OWN = Place("990701", "岱宁省", "澜洲市", "", "澜洲市教育局")
# The prefecture's document names its counties' bureaus as such documents do.
TEXT = """澜洲市乡村教育提升方案

一、总体目标
到2026年，全市新建幼儿园6所。
二、主要任务
1.优化学校布局。新建幼儿园6所。（牵头单位：市教育局；配合单位：各区县教体局）
2.改善办学条件。改造农村厕所20处。（牵头单位：砚溪县教育和体育局；配合单位：各县（市、区））
"""
COUNTY, OTHER = "990701-990721", "990701-990722"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> Actor:
    """The clerk of the prefecture's own level, begun beside two counties."""
    begin(OWN, (("own.sys", "甲某"), ("own.sec", "乙某"), ("own.aud", "丙某")))
    bureau = Unit.objects.get(code="990701-bureau")
    system, security = (actor_of(Post.objects.get(unit=bureau, role=role)) for role in ("system-admin", "security-admin"))
    person = register(
        system, login="own.ck", name="丁某", phone="", email="", unit_id=bureau.pk, role="office", title="", starts=None
    )
    return actor_of(give_post(security, person.pk, unit_id=bureau.pk, role="clerk", title="", starts=None))


def _speaks_for_county(actor: Callable[[str], Actor]) -> Post:
    """The county itself names who speaks for it at the prefecture: its system administrator gives the clerk a second post."""
    unit = Unit.objects.get(code=COUNTY)
    return give_post(
        actor("system-admin"), actor("clerk").person_id, unit_id=unit.pk, role="lead-department", title="", starts=None
    )


def _published(clerk: Actor, name: str, content: bytes) -> Plan:
    """Uploaded, read and published through the addresses of the site; nobody corrects anything."""
    browser = browser_of(Post.objects.get(pk=clerk.post_id))
    address = browser.post("/drafts/new/", {"file": SimpleUploadedFile(name, content)})["Location"]
    draft = worked_off(newest())
    assert draft.state == Draft.State.OPEN, draft.failure
    for tab in ("units", "check"):
        assert browser.get(address, {"tab": tab}).status_code == 200
    browser.post(f"{address}publish/", {})
    made = Draft.objects.get(pk=draft.pk).plan
    assert made is not None
    return made


def _split_and_reported(clerk: Actor, task: Task, reporter: Post) -> Report:
    """All counties get a share on the page and it is sent down; the county accepts and reports in its second post, the clerk accepts."""
    browser = browser_of(Post.objects.get(pk=clerk.post_id))
    page = browser.post(f"/tasks/{task.pk}/split/", {"do": "add", "group": "counties", "edition": task.edition})
    grid = page.context["grid"]
    assert {line.unit.code for line in grid.lines} == {COUNTY, OTHER}
    typed = {"edition": task.edition, "unit": [line.unit.pk for line in grid.lines], "total": "6", "uom": "所"}
    typed |= {f"q{line.unit.pk}": "3" for line in grid.lines}
    browser.post(f"/tasks/{task.pk}/split/", {"do": "send", **typed})
    part = Task.objects.get(parent=task, answerable=reporter.unit)
    county = browser_of(reporter)
    county.post(f"/tasks/{part.pk}/answer/", {"accept": "1", "edition": part.edition})
    form = county.get(f"/tasks/{part.pk}/report/").context["form"]
    given = {"word": "behind", "quantity": "1", "line": "前期手续仍在办理", "token": form["token"].value()}
    county.post(f"/tasks/{part.pk}/report/", given)
    report = Report.objects.get(task=part)
    browser.post(f"/reports/{report.pk}/decide/", {"accept": "1"})
    report.refresh_from_db()
    return report


def _issued(clerk: Actor, plan: Plan) -> str:
    """The words of the plan's first bulletin as its Word file has them."""
    browser = browser_of(Post.objects.get(pk=clerk.post_id))
    made: Bulletin = browser.post(f"/plans/{plan.pk}/bulletin/", {}, follow=True).context["bulletin"]
    browser.post(f"/bulletins/{made.pk}/issue/", {"revision": str(made.revision)})
    (file,) = browser.get(f"/bulletins/{made.pk}/").context["files"]
    document = Document(BytesIO(b"".join(browser.get(reverse("file", args=[file.pk, file.name])))))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_from_the_document_to_the_bulletin(clerk: Actor, actor: Callable[[str], Actor]) -> None:
    """A prefecture's document means all counties' bureaus by 各区县教体局 and 各县（市、区）, one by its name, and itself by 市教育局; a county
    reports on its share in a second post, and the bulletin tells of it and of the county that is silent."""
    plan = _published(clerk, "市方案.txt", TEXT.encode())
    first, second = plan.tasks.filter(parent=None).order_by("order")
    assert first.answerable is not None
    assert second.answerable is not None
    assert (first.answerable.code, second.answerable.code) == ("990701-bureau", COUNTY)
    assert set(first.units.values_list("unit__code", flat=True)) == {COUNTY, OTHER}
    assert second.units.get().unit.code == OTHER
    assert _split_and_reported(clerk, first, _speaks_for_county(actor)).state == Report.State.ACCEPTED
    words = _issued(clerk, plan)
    assert plan.title in words
    assert "2个承担单位中1个滞后" in words
    assert "待确认：墨池县" in words


@needs_plans
def test_the_real_plan_of_a_prefecture(clerk: Actor, actor: Callable[[str], Actor]) -> None:
    """济南市's document of 2023, issued to 各区县教体局: published as it was read, its ten actions split over the counties, reported on by
    one, told of in the bulletin. (It names no county; those of the invented prefecture stand for them.)"""
    plan = _published(clerk, "jinan.txt", (PLANS / "jinan.txt").read_bytes())
    first, *others = plan.tasks.filter(parent=None).order_by("order")
    assert len(others) == 9
    assert _split_and_reported(clerk, first, _speaks_for_county(actor)).state == Report.State.ACCEPTED
    words = _issued(clerk, plan)
    assert plan.title in words
    assert "2个承担单位中1个滞后" in words


def test_what_a_county_sees_of_it(clerk: Actor, actor: Callable[[str], Actor], signed_in: Callable[[str], Client]) -> None:
    """Everybody who works in a county reads the prefecture's published plan; neither its tasks, parts, reports, drafts, bulletins nor its
    units. The prefecture's clerk sees nothing of a county but the one person who speaks for it, and cannot let that person in anew."""
    plan = _published(clerk, "市方案.txt", TEXT.encode())
    task = plan.tasks.order_by("order")[0]
    speaks = _speaks_for_county(actor)
    _split_and_reported(clerk, task, speaks)
    _issued(clerk, plan)
    for who in ("clerk", "bureau-leader", "office", "town", "headteacher", "other-clerk"):
        there = actor(who)
        assert rows("plan.see", there).filter(pk=plan.pk).exists(), who
        assert not _seen_in(there, "990701"), who
    for address, status in ((f"/plans/{plan.pk}/", 200), (f"/plans/{plan.pk}/document/", 200), (f"/tasks/{task.pk}/", 404)):
        assert signed_in("other-clerk").get(address).status_code == status, address
    assert not _seen_in(clerk, "990721")
    assert rows("person.see", clerk).filter(posts__unit__area__path__startswith=actor("clerk").county_path).get() == speaks.person
    assert not rows("post.see", clerk).filter(unit__area__path__startswith=actor("clerk").county_path).exists()
    for who in (clerk, *(actor_of(post) for post in Post.objects.filter(unit__code="990701-bureau"))):
        assert not rows("person.change", who).filter(pk=speaks.person_id).exists(), who.role
    assert rows("person.change", actor("security-admin")).filter(pk=speaks.person_id).exists()


def _seen_in(actor: Actor, county: str) -> set[str]:
    """By which rules the actor sees rows of a county."""
    places = {
        "draft.see": "area", "task.see": "plan__area", "target.see": "plan__area", "report.see": "task__plan__area",
        "mark.see": "target__plan__area", "sub-plan.see": "plan__area", "bulletin.see": "plan__area", "unit.see": "area",
        "coverage.see": "area", "link.see": "unit__area",
    }  # fmt: skip
    return {name for name, at in places.items() if rows(name, actor).filter(**{f"{at}__code__startswith": county}).exists()}


def test_the_county_alone_names_who_speaks_for_it(clerk: Actor, actor: Callable[[str], Actor]) -> None:
    """The county gives the ordinary post at its own unit there, no other role, at no other county's unit; a unit of that code elsewhere
    opens nothing."""
    own, other = Unit.objects.get(code=COUNTY), Unit.objects.get(code=OTHER)
    county, person = actor("system-admin"), actor("office").person_id
    assert not rows("unit.staff", county).filter(area=own.area).exclude(pk=own.pk).exists()
    assert _speaks_for_county(actor).title == "澜洲市任务联系人"
    with pytest.raises(Http404):
        give_post(county, person, unit_id=other.pk, role="lead-department", title="", starts=None)
    with pytest.raises(ValidationError):
        give_post(county, person, unit_id=own.pk, role="office", title="", starts=None)
    Unit.objects.filter(pk=own.pk).update(code="moved")
    Unit.objects.create(
        code=COUNTY, name="冒名", kind=Unit.Kind.COUNTY_BUREAU, area=Unit.objects.get(code="990722-edu-bureau").area
    )
    assert not rows("unit.staff", county).filter(code=COUNTY).exists()


def test_counties_that_come_later_are_brought_in_once(clerk: Actor, actor: Callable[[str], Actor]) -> None:
    """A county begun after the prefecture's own level becomes a unit there at the button, by its bureau's name, and only once; whoever
    does not keep that register is refused."""
    begin(Place("990781", "岱宁省", "澜洲市", "端溪市", "端溪市教育局"), (("n.s", "甲"), ("n.e", "乙"), ("n.a", "丙")))
    browser = browser_of(Post.objects.get(pk=clerk.post_id))
    assert "端溪市教育局" in browser.post(reverse("bring-counties"), follow=True).content.decode()
    assert Unit.objects.get(code="990701-990781").name == "端溪市教育局"
    assert bring_counties(clerk) == []
    with pytest.raises(Http404):
        bring_counties(actor("clerk"))
    with pytest.raises(Refused):
        bring_counties(actor("office"))


def test_matrix_sub_plans_links_and_entering_go_by_county(clerk: Actor, actor: Callable[[str], Actor]) -> None:
    """What a county does town by town the prefecture does county by county: its groups offer 各区县 and no 各镇街, the county's post finds on
    its start page what it is asked; a signed link opens for the county's unit, and the clerk may enter for it."""
    plan = _published(clerk, "市方案.txt", TEXT.encode())
    speaks = _speaks_for_county(actor)
    Post.objects.filter(pk=clerk.post_id).update(may_act_for_others=True)
    browser, county = browser_of(Post.objects.get(pk=clerk.post_id)), browser_of(speaks)
    target = plan.targets.order_by("order")[0]
    Target.objects.filter(pk=target.pk).update(evaluator_kind="coverage", binding=Target.Binding.CONFIRMED)
    browser.post(f"/plans/{plan.pk}/coverage/promises/{target.pk}/units/", {"group": "counties"})
    grid = browser.get(f"/plans/{plan.pk}/coverage/").context["grid"]
    assert [member.unit.code for member in grid.rows] == [COUNTY, OTHER]
    opening = f"/plans/{plan.pk}/sub-plans/open/"
    offered = dict(browser.get(opening).context["form"].fields["group"].choices)
    assert "counties" in offered
    assert "towns" not in offered
    browser.post(opening, {"group": "counties", "due_on": "2026-12-10"})
    assert set(SubPlan.objects.filter(plan=plan).values_list("unit__code", flat=True)) == {COUNTY, OTHER}
    start = county.get("/").content.decode()
    assert question(target) in start
    assert SubPlan.objects.get(unit=speaks.unit).title in start
    second = plan.tasks.order_by("order")[1]
    page = browser.post("/chase/", {"plan": str(plan.pk), "task": str(second.pk), "links": "1"}).content.decode()
    link = re.search(r"https?://[^/]+(/link/[^/]+/)", page)
    assert link is not None
    assert second.title in Client().get(link[1]).content.decode()
    assert browser.get(f"/tasks/{second.pk}/report/").status_code == 200


# What a county calls its own; a prefecture's own level has none of them.
_COUNTYS = re.compile("本县|全县|县直|镇街")
# Roles and the levels of promises are called alike everywhere, and other places' plans and the cards behind them speak for themselves.
_VOCABULARY = "//script|//style|//select[@name='role' or @name='level']"


def _pages(browser: Client) -> dict[str, str]:
    """Every kind of page to which links lead from the first one, each kind once: its address and its words."""
    seen: dict[str, str] = {}
    waiting, known = ["/"], {"/plans/compare/"}
    while waiting:
        address = waiting.pop(0)
        answer = browser.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = html.fromstring(answer.content)
        for part in page.xpath(_VOCABULARY):
            part.drop_tree()
        seen[address] = " ".join(page.text_content().split())
        for link in page.xpath("//a/@href"):
            there = urljoin(address, link).split("#")[0]
            kind = re.sub(r"\d+", "0", there.partition("?")[0]) + ("?fit" if "fit=" in there else "")
            if there.startswith("/") and kind not in known and not re.search("[?&](as|sort|page)=", there):
                known.add(kind)
                waiting.append(there)
    return seen


def test_a_prefecture_is_not_spoken_to_as_a_county(clerk: Actor, signed_in: Callable[[str], Client]) -> None:
    """No page of the own level's clerk says 本县, 全县, 县直 or 镇街; a county's page says them as ever, and in English either has its own."""
    plan = _published(clerk, "市方案.txt", TEXT.encode())
    browser = browser_of(Post.objects.get(pk=clerk.post_id))
    pages = _pages(browser)
    assert len(pages) > 45
    found = [
        (address, words[max(0, m.start() - 20) : m.end() + 9])
        for address, words in pages.items()
        for m in _COUNTYS.finditer(words)
    ]
    assert not found
    assert "没有分解到区县、学校、科室" in pages[f"/plans/{plan.pk}/"]
    assert "导出本县全部区划" in signed_in("clerk").get("/units/exchange/").content.decode()
    with translation.override("en"):
        told = [
            here("Split over towns of the county and the Town itself.", path) for path in (clerk.county_path, "990700000000/")
        ]
    assert told == [
        "Split over counties of the prefecture and the County itself.",
        "Split over towns of the county and the Town itself.",
    ]
