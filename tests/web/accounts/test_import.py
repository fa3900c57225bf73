"""People and posts from a workbook: told beforehand, stored whole or not at all, twice without a change."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from xiangxu.world.county.world import World
from xiangxu.world.sheets import workbook
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.staff_import import Plan, State, check, store
from xiangxu_web.workspaces.accounts.staff_sheets import SheetRow, Unreadable, read, template

pytestmark = pytest.mark.django_db
As = Callable[[str], Actor]
Find = Callable[[str], Post]
YANXI = "990721000000"
SCHOOL = "2199721053"


def people(*rows: tuple[str, ...]) -> list[SheetRow]:
    """Rows of 人员."""
    return [SheetRow(n, dict(zip(("登录名", "姓名", "电话"), row, strict=False))) for n, row in enumerate(rows, 2)]


def posts(*rows: tuple[str, ...]) -> list[SheetRow]:
    """Rows of 岗位."""
    heads = ("登录名", "单位代码", "角色", "职务", "任职日期", "离任日期")
    return [SheetRow(n, dict(zip(heads, row, strict=False))) for n, row in enumerate(rows, 2)]


def states(plan: Plan) -> list[str]:
    """What becomes of each row, people first."""
    return [line.state.value for line in plan.lines]


NEW = (people(("xin.ren", "新人", "0099-0300998")), posts(("xin.ren", SCHOOL, "学校", "副校长", "2026-09-01")))


def test_the_worlds_own_workbook_changes_nothing(actor: As, world: World) -> None:
    """What the world writes is read without a wrong row, and all of it is known already."""
    plan = check(actor("clerk"), *read(workbook(world, YANXI)))
    assert {line.words for line in plan.lines if line.state is State.WRONG} == set()
    assert set(states(plan)) == {"same"}
    assert len(plan.lines) > 450


def test_an_emptied_county_comes_back(actor: As, world: World, post: Find) -> None:
    """Without the schools' people, the workbook brings exactly them back: people, posts, days; nobody with a password."""
    keep = [post("clerk").person_id]
    gone = Post.objects.filter(role="school", unit__area__path__startswith=actor("clerk").county_path).exclude(person__in=keep)
    before = sorted(gone.values_list("person__login", "unit__code", "title", "starts", "ends"), key=str)
    persons = list(gone.values_list("person", flat=True))
    gone.delete()
    Person.objects.filter(pk__in=persons, posts__isnull=True).delete()
    rows = read(workbook(world, YANXI))
    plan = store(actor("clerk"), *rows, check(actor("clerk"), *rows).digest())
    assert plan is not None
    back = Post.objects.filter(role="school", unit__area__path__startswith=actor("clerk").county_path)
    assert sorted(back.values_list("person__login", "unit__code", "title", "starts", "ends"), key=str) == before
    assert set(states(check(actor("clerk"), *rows))) == {"same"}
    assert AuditRow.objects.filter(verb="person.import").count() == plan.counted()[State.NEW]


def test_new_then_same(actor: As) -> None:
    """A new person with a post is stored; the same rows a second time change nothing."""
    plan = check(actor("clerk"), *NEW)
    assert states(plan) == ["new", "new"]
    assert store(actor("clerk"), *NEW, plan.digest()) is not None
    assert not Person.objects.get(login="xin.ren").has_usable_password()
    again = check(actor("clerk"), *NEW)
    assert states(again) == ["same", "same"]
    assert store(actor("clerk"), *NEW, again.digest()) is None


def test_changes_are_told(actor: As, post: Find) -> None:
    """Another telephone and a day of leaving are changes of what is known, not new rows."""
    head = post("headteacher")
    rows = (
        people((head.person.login, head.person.name, "0099-0311111")),
        posts((head.person.login, head.unit.code, "学校", head.title, "2021-03-01", "2026-11-30")),
    )
    plan = check(actor("clerk"), *rows)
    assert states(plan) == ["changed", "changed"]
    store(actor("clerk"), *rows, plan.digest())
    head.refresh_from_db()
    assert (str(head.ends), head.person.phone) == ("2026-11-30", "0099-0311111")


@pytest.mark.parametrize(
    ("person", "post_row", "place"),
    [
        (("空 格", "新人"), ("空 格", SCHOOL, "学校"), "登录名"),
        (("xin.ren", ""), ("xin.ren", SCHOOL, "学校"), "姓名"),
        (("xin.ren", "新人", "打我电话"), ("xin.ren", SCHOOL, "学校"), "电话"),
        (("xin.ren", "新人"), ("xin.ren", "0000", "学校"), "单位代码"),
        (("xin.ren", "新人"), ("xin.ren", "2199722005", "学校"), "单位代码"),
        (("xin.ren", "新人"), ("xin.ren", SCHOOL, "校董"), "角色"),
        (("xin.ren", "新人"), ("xin.ren", SCHOOL, "部门"), "角色"),
        (("xin.ren", "新人"), ("xin.ren", SCHOOL, "学校", "", "去年"), "任职日期"),
        (("xin.ren", "新人"), ("xin.ren", SCHOOL, "学校", "", "2026-09-01", "2026-08-01"), "离任日期"),
        (("xin.ren", "新人"), ("wu.ci.ren", SCHOOL, "学校"), "登录名"),
    ],
)
def test_wrong_rows_name_the_column(actor: As, person: tuple[str, ...], post_row: tuple[str, ...], place: str) -> None:
    """Each mistake names its column and what to do; with one wrong row nothing of the file is stored."""
    rows = (people(person), posts(post_row))
    plan = check(actor("clerk"), *rows)
    assert place in {line.place for line in plan.lines if line.state is State.WRONG and line.words}
    before = Person.objects.count()
    assert store(actor("clerk"), *rows, plan.digest()) is None
    assert Person.objects.count() == before


def test_other_countys_people_are_not_touched(actor: As, post: Find) -> None:
    """A login name of the other county is taken, without a word on whose it is."""
    other = post("other-head").person
    plan = check(actor("clerk"), people((other.login, "改名")), posts((other.login, SCHOOL, "学校")))
    assert states(plan) == ["wrong", "wrong"]
    assert other.name not in str([line.words for line in plan.lines])


def test_guarded_posts_are_left_to_the_security_administrator(actor: As, post: Find) -> None:
    """One file for two: the clerk's import leaves out the row of a new clerk, the security administrator's takes it and enters nobody."""
    office = post("office").person
    rows = (
        [*people((office.login, office.name), ("xin.ren", "新人"))],
        posts((office.login, "990721-edu-bureau", "专干", "", "2026-09-01"), ("xin.ren", SCHOOL, "学校", "", "2026-09-01")),
    )
    assert states(check(actor("clerk"), *rows)) == ["same", "new", "left", "new"]
    plan = check(actor("security-admin"), *rows)
    assert states(plan) == ["same", "left", "new", "left"]
    store(actor("security-admin"), *rows, plan.digest())
    assert Post.objects.filter(person=office, role="clerk").exists()
    assert not Person.objects.filter(login="xin.ren").exists()


def test_nobody_imports_the_own_post(actor: As, post: Find) -> None:
    """A row that gives the importer a post is left out."""
    me = post("clerk").person
    plan = check(actor("clerk"), people((me.login, me.name)), posts((me.login, "990721-office-inspection", "责任督学")))
    assert states(plan) == ["same", "left"]


def test_moved_since_it_was_shown(actor: As) -> None:
    """If somebody entered the person in between, nothing is stored."""
    shown = check(actor("clerk"), *NEW).digest()
    Person.objects.create_user("xin.ren", "别人")
    assert store(actor("clerk"), *NEW, shown) is None
    assert Person.objects.get(login="xin.ren").name == "别人"


def test_only_those_who_may(actor: As) -> None:
    """A head, a 科室 and the audit administrator import nobody."""
    for who in ("headteacher", "office", "audit-admin", "supervisor"):
        with pytest.raises(Refused):
            check(actor(who), *NEW)


def test_unreadable_files_say_what_to_do() -> None:
    """What is no workbook, has no such sheet, lacks a column or is too long is refused with the remedy."""
    for data, words in (
        (b"PK\x03\x04 broken", "另存为"),
        (b"", "另存为"),
        (_book({"别的": [["a"]]}), "模板"),
        (_book({"人员": [["登录名"], ["a"]]}), "姓名"),
        (_book({"人员": [["登录名", "姓名"], *[[f"p{n}", "某"] for n in range(20_001)]]}), "20000"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ):
        with pytest.raises(Unreadable, match=words):
            read(data)


def test_the_template_is_read_as_empty() -> None:
    """The workbook to fill in has the right headers."""
    assert read(template()) == ([], [])


def test_look_and_confirm(signed_in: Callable[[str], Client]) -> None:
    """On the pages: upload shows the rows and stores nothing; confirming stores; another person cannot confirm it."""
    data = _book(
        {
            "人员": [["登录名", "姓名", "电话"], ["xin.ren", "新人", "0099-0300998"]],
            "岗位": [["登录名", "单位代码", "角色", "职务"], ["xin.ren", SCHOOL, "学校", "副校长"]],
        }
    )
    client = signed_in("clerk")
    look = client.post(reverse("people-import"), {"file": SimpleUploadedFile("人员.xlsx", data)})
    token = look.context["token"]
    assert not Person.objects.filter(login="xin.ren").exists()
    signed_in("other-clerk").post(reverse("people-import-confirm"), {"token": token})
    assert not Person.objects.filter(login="xin.ren").exists()
    client.post(reverse("people-import-confirm"), {"token": token})
    assert Person.objects.get(login="xin.ren").posts.get().title == "副校长"
    client.post(reverse("people-import-confirm"), {"token": token})
    assert Person.objects.filter(login="xin.ren").count() == 1


def _book(sheets: dict[str, list[list[str]]]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    book.close()
    return out.getvalue()


def test_a_workbook_in_english_is_read(actor: As) -> None:
    """The template of an English page has English sheets, headers and roles; filled in, it says the same as the Chinese one, whatever
    language the page then speaks."""
    with translation.override("en"):
        empty = openpyxl.load_workbook(BytesIO(template()))
    assert empty.sheetnames == ["People", "Post"]
    empty["People"].append(["xin.ren", "新人", "0099-0300998"])
    heads = [str(cell.value) for cell in empty["Post"][1]]
    told = {"Sign-in name": "xin.ren", "Unit code": SCHOOL, "Role": "School", "Position": "副校长"}
    empty["Post"].append([told.get(head, "2026-09-01" if n == 4 else "") for n, head in enumerate(heads)])
    out = BytesIO()
    empty.save(out)
    assert states(check(actor("clerk"), *read(out.getvalue()))) == states(check(actor("clerk"), *NEW)) == ["new", "new"]
