"""催办文字: who owes what, filled into the clerk's own wording; nothing is sent, nobody reads another's rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.web.plans.conftest import MARKERS
from tests.web.plans.reporting.conftest import SAID
from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.accounts.models import SignedLink
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import chasing
from xiangxu_web.workspaces.plans.calendars import calendar_of
from xiangxu_web.workspaces.plans.models import Plan, Task
from xiangxu_web.workspaces.plans.pages import chase
from xiangxu_web.workspaces.plans.reporting import decide, hand_in
from xiangxu_web.workspaces.plans.standing import GRACE

As = Callable[[str], Actor]
SignIn = Callable[[str], Client]


def why(actor: Actor, on: date | None = None) -> dict[int, str]:
    """Task → why it is asked after. What the start page counts is always as many."""
    found = {row.task.pk: row.why for each in chasing.owed(actor, on=on) for row in each.rows}
    assert on is not None or chasing.owed_count(actor) == len(found)
    return found


def test_reasons(task: Task, actor: As) -> None:
    """Due soon; not while a report waits, which is told apart; returned; not in the round in which it was accepted, then behind, late before
    all; done never."""
    clerk, owner, next_round = actor("clerk"), actor("lead-department"), date(2026, 12, 22)
    assert (why(clerk)[task.pk], chasing.in_review(clerk)) == ("soon", 0)
    report = hand_in(owner, task.pk, SAID, "1")
    assert task.pk not in why(clerk)
    assert (chasing.in_review(clerk), chasing.in_review(clerk, unit=clerk.unit_id)) == (1, 0)
    decide(clerk, report.pk, accept=False, reason="没有数")
    assert (why(clerk)[task.pk], chasing.in_review(clerk)) == ("returned", 0)
    decide(clerk, hand_in(owner, task.pk, {**SAID, "word": "behind"}, "2").pk, accept=True)
    Task.objects.filter(pk=task.pk).update(due_on=date(2027, 6, 30))
    assert task.pk not in why(clerk)
    assert why(clerk, next_round)[task.pk] == "behind"
    assert chasing.heard(clerk) == []
    Task.objects.filter(pk=task.pk).update(due_on=date(2026, 6, 30))
    assert task.pk not in why(clerk)
    assert chasing.heard(clerk) == [task], "past its day and not asked about is told, not passed over"
    assert why(clerk, next_round)[task.pk] == "late"
    decide(clerk, hand_in(owner, task.pk, {**SAID, "word": "done"}, "3").pk, accept=True)
    assert task.pk not in why(clerk, next_round)


def test_the_lamp_says_who_is_asked(task: Task, part: Task, actor: As, signed_in: SignIn) -> None:
    """Past its deadline and last heard of long ago, a figure that is reached and a task whose parts are done are asked after nowhere, nor
    stand in the list, on the start page or in the calendar as open; 完成 with a figure that falls short is, and a task is not called silent
    that its parts report."""
    clerk, owner = actor("clerk"), actor("lead-department")
    late = {"due_on": date(2026, 6, 30), "ongoing": False, "reported_on": date(2026, 9, 1), "answerable": task.answerable}
    whole = part.parent
    assert whole is not None
    both = {task.pk: task.title, whole.pk: whole.title}
    Task.objects.filter(pk=task.pk).update(**late, quantity=4, done=3, word="done")
    Task.objects.filter(pk=whole.pk).update(**{**late, "reported_on": None})
    Task.objects.filter(pk=part.pk).update(**late, done=3, word="normal", sent=Task.Sent.ACCEPTED)

    def told() -> list[set[int]]:
        """Which of the two are asked about, listed as late, to be reported on, in the calendar."""
        listed = {row.cells[0].value for row in signed_in("clerk").get("/tasks/?due=late").context["rows"]}
        questions = signed_in("lead-department").get("/").context["questions"]
        lines = {line.title for _q, found, _n in questions for s in found if str(s.title) == "等您报进展" for line in s.lines}
        dates = calendar_of(owner).decode().replace("\r\n ", "")
        calendar = {title for title in both.values() if title in dates}
        return [
            set(why(clerk)) & set(both),
            *({key for key in both if both[key] in found} for found in (listed, lines, calendar)),
        ]

    assert told() == [set(both)] * 4
    rows = {row.task.pk: row for each in chasing.owed(clerk) for row in each.rows}
    assert [rows[key].why for key in both] == ["late", "late"]
    assert not any("还没有报过" in rows[key].words for key in both)
    Task.objects.filter(pk=task.pk).update(done=4, word="normal")
    Task.objects.filter(pk=part.pk).update(done=4)
    assert told() == [set()] * 4


def test_whom_one_may_chase(task: Task, part: Task, other_plan: Plan, actor: As) -> None:
    """The clerk the whole county and not the other; a town and its office what lies in it and not themselves; others nobody."""
    clerk = why(actor("clerk"))
    assert {task.pk, part.pk} <= set(clerk)
    assert other_plan.tasks.get().pk not in clerk
    for who in ("town", "education-office"):
        asked = [Task.objects.get(pk=row.task.pk).answerable for each in chasing.owed(actor(who)) for row in each.rows]
        assert all(unit and unit.area.path.startswith(actor(who).area_path) and unit.pk != actor(who).unit_id for unit in asked)
    for who in ("headteacher", "lead-department", "bureau-leader", "supervisor"):
        with pytest.raises(Refused):
            chasing.owed(actor(who))


def test_nobody_is_chased_on_the_day(task: Task, part: Task, actor: As) -> None:
    """What was handed down just now is left to its unit for some days, unless its deadline has passed already."""
    clerk = actor("clerk")
    Task.objects.filter(pk=part.pk).update(sent_at=clock.now() - GRACE + timedelta(hours=1))
    assert part.pk not in why(clerk)
    Task.objects.filter(pk=part.pk).update(due_on=date(2026, 6, 30), ongoing=False)
    assert why(clerk)[part.pk] == "late"


def test_the_own_bureau_is_reminded(task: Task, actor: As) -> None:
    """The clerk's own bureau comes last, as what is to do inside: with the person who sees to each, without a key or a way to report."""
    clerk = actor("clerk")
    Task.objects.filter(answerable=clerk.unit_id).update(contact="内联系人")
    owing = chasing.owed(clerk)
    assert [each.own for each in owing] == [False] * (len(owing) - 1) + [True]
    texts = chasing.texts(clerk, chasing.usual_wording(), owing, site="http://a/", links=True, reply_by=date(2026, 11, 25))
    name, text = texts[-1]
    assert name == f"局内：{owing[-1].unit.name}"
    assert "（联系人：内联系人）" in text
    assert "http" not in text
    assert all("http://a/" in other for _name, other in texts[:-1])
    assert SignedLink.objects.count() == len(owing) - 1


def test_text_of_a_unit(task: Task, signed_in: SignIn) -> None:
    """Unit, row, date and a link that works without an account and shows that unit; each in its own text; the copy stands ready."""
    page = signed_in("clerk").post(
        "/chase/",
        {
            "task": [task.pk],
            "words": "【单位】【项数】项：\n【事项】\n【回复日期】前：【链接】 【联系人】",
            "links": "1",
            "reply_by": "2026-11-25",
        },
    )
    name, text, _high = page.context["texts"][0]
    assert name == str(task.answerable.name if task.answerable else "")
    assert text.startswith(f"{name}1项：\n1. {task.title}：")
    assert "2026年11月30日" in text
    assert "2026年11月25日前" in text
    assert "笺听荷" in text
    found = re.search(r"http://testserver(/\S+)", text)
    assert found
    assert task.title in Client().get(found[1]).content.decode()
    assert AuditRow.objects.get(verb="chase.write").facts == {"units": 1, "links": True}


def test_one_for_all_has_no_key(task: Task, part: Task, signed_in: SignIn) -> None:
    """One text for a group names the units and their rows and carries no unit's signed link."""
    page = signed_in("clerk").post(
        "/chase/", {"task": [task.pk, part.pk], "words": chasing.usual_wording(), "links": "1", "together": "1"}
    )
    ((_name, text, _high),) = page.context["texts"]
    assert str(task.answerable) in text
    assert str(part.answerable) in text
    assert "/tasks/?mine=1" in text
    assert not SignedLink.objects.exists()


def test_the_wording_is_kept_for_its_writer(task: Task, actor: As, signed_in: SignIn) -> None:
    """A changed wording is there the next time, for this clerk alone; emptied, the usual one is back. A mark inside a title stays."""
    Task.objects.filter(pk=task.pk).update(title="建设【链接】中心")
    page = signed_in("clerk").post("/chase/", {"task": [task.pk], "words": "请【单位】办：【事项】"})
    assert "建设【链接】中心" in page.context["texts"][0][1]
    assert signed_in("clerk").get("/chase/").context["words"] == "请【单位】办：【事项】"
    assert signed_in("education-office").get("/chase/").context["words"] == chasing.usual_wording()
    signed_in("clerk").post("/chase/", {"task": [task.pk], "words": ""})
    assert chasing.wording(actor("clerk")) == chasing.usual_wording()


def test_page(task: Task, other_plan: Plan, signed_in: SignIn, django_assert_max_num_queries: Callable[..., object]) -> None:
    """No marker of the other county; nothing ticked is told; bounded."""
    clerk = signed_in("clerk")
    with django_assert_max_num_queries(17):  # type: ignore[attr-defined]
        page = clerk.get("/chase/").content.decode()
    assert task.title in page
    assert not [marker for marker in MARKERS if marker in page]
    assert "请先勾选" in clerk.post("/chase/", {"words": "x"}).content.decode()
    assert task.title not in clerk.get("/chase/?why=behind").content.decode()
    assert signed_in("headteacher").get("/chase/").status_code == 403


def test_many_are_told_by_unit(task: Task, part: Task, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody would read them one by one, a unit is one line with its number; opened it shows its own tasks and nobody else's, ticked
    where the unit was; ticked as a whole it stands for all that it owes; what was ticked alone stays open."""
    monkeypatch.setattr(chase, "_READABLE", 1)
    clerk, unit = signed_in("clerk"), task.answerable_id
    page = clerk.get("/chase/").content.decode()
    assert f'name="whole" value="{unit}"' in page
    assert task.title not in page
    opened = clerk.get(f"/chase/?unit={unit}&whole={unit}", headers={"HX-Request": "true"}).content.decode()
    assert f'name="task" value="{task.pk}" checked' in opened
    assert f'value="{part.pk}"' not in opened
    assert "<html" not in opened
    answer = clerk.post("/chase/", {"whole": [unit], "words": "【单位】：【事项】"})
    ((name, text, _high),) = answer.context["texts"]
    assert name == str(task.answerable.name if task.answerable else "")
    assert task.title in text
    assert f'name="whole" value="{unit}" checked' in answer.content.decode()
    assert f'name="task" value="{task.pk}" checked' in clerk.post("/chase/", {"task": [task.pk]}).content.decode()


def test_the_office_in_charge_is_asked(task: Task, actor: As) -> None:
    """Where a 科室 is in charge of a task, the clerk asks the 科室; the 科室 itself asks the department, and never its own bureau."""
    office = actor("office")
    Task.objects.filter(pk=task.pk).update(office=office.unit_id)
    assert [each.unit.pk for each in chasing.owed(actor("clerk")) if task.pk in {row.task.pk for row in each.rows}] == [
        office.unit_id
    ]
    assert [each.unit.pk for each in chasing.owed(office)] == [task.answerable_id]
    Task.objects.filter(pk=task.pk).update(answerable=actor("clerk").unit_id)
    assert chasing.owed(office) == []


def test_what_falls_due_first_stands_first(plan: Plan, actor: As) -> None:
    """For each unit: the soonest first, what has no deadline last."""
    for each in chasing.owed(actor("clerk")):
        dues = [row.task.due_on or date.max for row in each.rows]
        assert dues == sorted(dues), each.unit
    bureau = [row.task.due_on for each in chasing.owed(actor("clerk"), unit=actor("clerk").unit_id) for row in each.rows]
    assert None in bureau
    assert bureau[0] is not None


def test_the_same_asked_of_many(actor: As) -> None:
    """One sentence, its units to tick; what else a unit is asked stays under its name, one told as a whole stays one line; and the text
    for all names the units together."""

    def owing(key: int, *titles: str) -> chasing.Owed:
        asked = [
            chasing.Asked(10 * key + n, "row", title, None, False, None, "", "", "", None, key, None, "")
            for n, title in enumerate(titles)
        ]
        return chasing.Owed(Unit(pk=key, name=f"第{key}镇"), [chasing.Row(each, "silent", date(2026, 11, 20)) for each in asked])

    many = [owing(1, "安居", "选址"), *(owing(key, "安居") for key in (2, 3, 4))]
    shown = [chase.Shown(each, open=True, whole=False) for each in many] + [
        chase.Shown(owing(5, "安居"), open=False, whole=False)
    ]
    shared, rest = chase._shared(shown)
    assert [(each.line, each.of) for each in shared] == [
        ("安居：还没有报过进展。", [("第1镇", 10), ("第2镇", 20), ("第3镇", 30), ("第4镇", 40)])
    ]
    assert [(each.owing.unit.pk, [row.task.title for row in each.owing.rows]) for each in rest] == [(1, ["选址"]), (5, ["安居"])]
    assert chase._shared(shown[1:4]) == ([], shown[1:4])
    text = chasing.text_for_all(actor("clerk"), "【事项】", many, site="http://a/", reply_by=date(2026, 11, 25))
    assert (
        text == "第1镇：\n1. 安居：还没有报过进展。\n2. 选址：还没有报过进展。\n第2镇、第3镇、第4镇：\n1. 安居：还没有报过进展。"
    )
