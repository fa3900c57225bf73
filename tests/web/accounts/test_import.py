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

from xiangxu import clock
from xiangxu.world.county.world import World
from xiangxu.world.sheets import workbook
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.work import HandedBack
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.accounts import staff_import
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import held_on
from xiangxu_web.workspaces.accounts.staff_import import Plan, Rest, State, Stopped, check, store, store_in_portions, told
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


def test_guarded_posts_wait_for_the_security_administrator(actor: As, post: Find) -> None:
    """The clerk's import names somebody for a key post, which gives nothing; the security administrator's import of the same file gives
    it and enters nobody."""
    office = post("office").person
    rows = (
        [*people((office.login, office.name), ("xin.ren", "新人"))],
        posts((office.login, "990721-edu-bureau", "专干", "", "2026-09-01"), ("xin.ren", SCHOOL, "学校", "", "2026-09-01")),
    )
    plan = check(actor("clerk"), *rows)
    assert states(plan) == ["same", "new", "new", "new"]
    assert store(actor("clerk"), *rows, plan.digest()) is not None
    assert "1 个重要岗位等安全管理员授予" in told(plan)
    assert not Post.objects.filter(held_on(clock.today()), person=office, role="clerk").exists()
    assert states(check(actor("clerk"), *rows)) == ["same", "same", "same", "same"]
    plan = check(actor("security-admin"), *rows)
    assert states(plan) == ["same", "same", "changed", "same"]
    store(actor("security-admin"), *rows, plan.digest())
    assert Post.objects.filter(held_on(clock.today()), person=office, role="clerk").exists()


def test_a_new_clerk_comes_in_by_the_import(actor: As, signed_in: Callable[[str], Client]) -> None:
    """A new person whose only post is a key post is entered all the same; the security administrator finds them on the start page, gives
    the post with one button and finds there whom to print a code for. Nobody else may."""
    rows = (people(("xin.ren", "新专干")), posts(("xin.ren", "990721-edu-bureau", "专干")))
    plan = check(actor("system-admin"), *rows)
    assert states(plan) == ["new", "new"]
    assert store(actor("system-admin"), *rows, plan.digest()) is not None
    person = Person.objects.get(login="xin.ren")
    client = signed_in("security-admin")
    assert "新专干" in client.get(reverse("start")).content.decode()
    page = client.get(reverse("people-awaited")).content.decode()
    assert f'value="{person.posts.get().pk}"' in page
    assert signed_in("system-admin").post(reverse("people-awaited"), {"post": person.posts.get().pk}).status_code == 403
    page = client.post(reverse("people-awaited"), {"post": person.posts.get().pk}, follow=True).content.decode()
    assert reverse("person-reset", args=[person.pk]) in page
    assert person.posts.get().ends is None
    person.refresh_from_db()
    assert person.last_post == person.posts.get()


def test_who_was_named_may_be_left_out(actor: As, signed_in: Callable[[str], Client]) -> None:
    """The security administrator takes a name off the list; the post is gone, the person stays."""
    rows = (people(("xin.ren", "新专干")), posts(("xin.ren", "990721-edu-bureau", "专干"), ("xin.ren", SCHOOL, "学校")))
    store(actor("clerk"), *rows, check(actor("clerk"), *rows).digest())
    named = Post.objects.get(person__login="xin.ren", role="clerk")
    signed_in("security-admin").post(reverse("people-awaited"), {"post": named.pk, "drop": "1"})
    assert [each.role for each in Person.objects.get(login="xin.ren").posts.all()] == ["school"]


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


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> tuple[list[SheetRow], list[SheetRow]]:
    """Three new people with their posts, the rows of the posts in another order; portions of one person, no pause."""
    monkeypatch.setattr(staff_import, "_PORTION", 1)
    monkeypatch.setattr(staff_import, "_BREATH", 0.0)
    names = ("jia.yi", "bing.ding", "wu.ji")
    return people(*((n, "新人") for n in names)), posts(*((n, SCHOOL, "学校", "教师") for n in reversed(names)))


def _nothing(*told: object) -> None:
    """Nobody listens."""


def test_a_long_upload_is_stored_a_person_with_all_posts_at_a_time(
    three: tuple[list[SheetRow], list[SheetRow]], actor: As
) -> None:
    """Each portion is an action of its own, so that others write between two; in the end it is what one action would have stored."""
    clerk, told = actor("clerk"), []
    shown = check(clerk, *three)
    before = AuditRow.objects.filter(verb="person.import").count()
    plan = store_in_portions(clerk, *three, shown.digest(), lambda done, total, rest: told.append((done, total, len(rest[0]))))
    assert plan is not None
    assert told == [(2, 6, 2), (4, 6, 1), (6, 6, 0)]
    assert set(states(check(clerk, *three))) == {"same"}
    assert AuditRow.objects.filter(verb="person.import").count() == before + 6


def test_what_was_shown_is_checked_before_the_first_row(three: tuple[list[SheetRow], list[SheetRow]], actor: As) -> None:
    """One wrong row anywhere, or another state of things than was shown, and nothing is stored."""
    clerk = actor("clerk")
    wrong = ([*three[0], *people(("x", ""))], three[1])
    assert store_in_portions(clerk, *wrong, check(clerk, *wrong).digest(), _nothing) is None
    assert store_in_portions(clerk, *three, "other", _nothing) is None
    assert not Person.objects.filter(name="新人").exists()


def test_stopped_in_between_it_goes_on_from_there(three: tuple[list[SheetRow], list[SheetRow]], actor: As) -> None:
    """A worker that is stopped after the first portion has kept what is left with its digest: the next one stores just that."""
    clerk = actor("clerk")
    kept: list[Rest] = []

    def stopped(_done: int, _total: int, rest: Rest) -> None:
        kept.append(rest)
        raise HandedBack

    with pytest.raises(HandedBack):
        store_in_portions(clerk, *three, check(clerk, *three).digest(), stopped)
    assert Person.objects.filter(name="新人").count() == 1
    assert store_in_portions(clerk, *kept[0], _nothing) is not None
    assert Person.objects.filter(name="新人").count() == 3


def test_a_change_in_between_stops_it_and_says_how_far(three: tuple[list[SheetRow], list[SheetRow]], actor: As) -> None:
    """Somebody enters the third person meanwhile: the first two are stored, the rest is not, and the number is told."""
    clerk = actor("clerk")

    def meanwhile(done: int, _total: int, _rest: Rest) -> None:
        if done == 4:
            Person.objects.create_user("wu.ji", "他人")

    with pytest.raises(Stopped) as told:
        store_in_portions(clerk, *three, check(clerk, *three).digest(), meanwhile)
    assert told.value.done == 4
    assert Person.objects.filter(name="新人").count() == 2


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
