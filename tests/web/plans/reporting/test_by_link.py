"""A signed link: the unit's own rows and nobody else's, no account, logged, ended at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.web.plans.reporting.test_pages import photo
from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import Attachment, AuditRow
from xiangxu_web.workspaces.accounts.api import Post, make_link
from xiangxu_web.workspaces.accounts.models import LinkUse, SignedLink
from xiangxu_web.workspaces.plans import nodes
from xiangxu_web.workspaces.plans.models import Node, Plan, Report, Task
from xiangxu_web.workspaces.plans.reporting import hand_in
from xiangxu_web.workspaces.plans.rules import REPORT_LINK

As = Callable[[str], Actor]


@pytest.fixture
def link(task: Task, actor: As, post: Callable[[str], Post]) -> str:
    """A link that the clerk gave to the finance bureau."""
    return make_link(actor("clerk"), post("lead-department").unit, REPORT_LINK, {}, 30)


def test_reports_without_an_account(link: str, task: Task, form: Callable[..., dict[str, Any]]) -> None:
    """The list, the form, a photo, the sending, twice: one report of that unit by that link, and a row in the audit."""
    visitor = Client()
    assert task.title in visitor.get(link).content.decode()
    assert 'name="line"' in visitor.get(f"{link}?task={task.pk}").content.decode()
    for _n in range(2):
        answer = visitor.post(f"{link}?task={task.pk}", form(evidence=photo()), follow=True)
        assert "已报送" in answer.content.decode()
        assert "待审核" in answer.content.decode()
    report = Report.objects.get(task=task)
    assert (report.unit_id, report.post_id, report.link_id, report.entered_for) == (
        task.answerable_id,
        None,
        SignedLink.objects.get().pk,
        False,
    )
    assert Attachment.objects.filter(table="report", row_key=str(report.pk)).count() == 1
    assert AuditRow.objects.get(verb="report.hand-in").link_id == report.link_id
    assert LinkUse.objects.filter(outcome="opened").count() >= 4


def test_no_other_units_word(link: str, task: Task, part: Task, other_plan: Plan, actor: As) -> None:
    """Neither list nor form show a word of another unit's report or part; another unit's task does not open, in GET or POST."""
    hand_in(actor("headteacher"), part.pk, {"word": "behind", "line": "别校的话", "quantity": 1.0}, "z")
    visitor = Client()
    pages = visitor.get(link).content.decode() + visitor.get(f"{link}?task={task.pk}").content.decode()
    assert "别校的话" not in pages
    assert str(part.answerable) not in pages
    for key in (part.pk, other_plan.tasks.get().pk, 10**9):
        assert visitor.get(f"{link}?task={key}").status_code == 404
        assert visitor.post(f"{link}?task={key}", {"word": "done", "line": "x", "token": "y"}).status_code == 404
    assert Report.objects.count() == 1


def test_narrowed(task: Task, rows_of_plan: list[Task], actor: As, post: Callable[[str], Post]) -> None:
    """A link about one task opens that one alone, and never one of another unit, whatever it is about."""
    second = rows_of_plan[2]
    second.answerable = task.answerable
    second.save()
    foreign = rows_of_plan[3]
    foreign.answerable = post("town").unit
    foreign.save()
    link = make_link(actor("clerk"), post("lead-department").unit, REPORT_LINK, {"tasks": [task.pk, foreign.pk]}, 30)
    page = Client().get(link)
    assert [row[0].pk for row in page.context["rows"]] == [task.pk]
    assert Client().get(f"{link}?task={second.pk}").status_code == 404
    assert Client().get(f"{link}?task={foreign.pk}").status_code == 404


@pytest.mark.parametrize("how", ["expired", "revoked"])
def test_ended(link: str, task: Task, how: str, form: Callable[..., dict[str, Any]]) -> None:
    """After its day, or revoked, the link opens nothing and takes nothing."""
    past = clock.now() - timedelta(1)
    SignedLink.objects.update(**({"expires": past} if how == "expired" else {"revoked": past}))
    for call in (lambda: Client().get(link), lambda: Client().post(f"{link}?task={task.pk}", form())):
        answer = call()
        assert answer.status_code == 404
        assert task.title not in answer.content.decode()
    assert not Report.objects.exists()


def test_no_frame(link: str) -> None:
    """The visitor has no navigation into the site and no search, and no other page opens."""
    page = Client().get(link).content.decode()
    assert 'role="search"' not in page
    assert 'href="/tasks/' not in page
    assert 'href="/plans/' not in page
    assert Client().get("/tasks/").status_code == 302


@pytest.fixture
def school_link(part: Task, actor: As) -> str:
    """A link that the clerk gave to the village school, which has a part that waits for its word."""
    assert part.answerable is not None
    return make_link(actor("clerk"), part.answerable, REPORT_LINK, {}, 30)


def test_a_part_is_accepted_by_the_link(school_link: str, part: Task, signed_in: Callable[[str], Client]) -> None:
    """The school that has no account says yes; whoever splits sees the answer, its day, and that it came by the link."""
    visitor = Client()
    assert f"?part={part.pk}" in visitor.get(school_link).content.decode()
    answer = visitor.post(f"{school_link}?part={part.pk}", {"accept": "1", "edition": part.edition}, follow=True)
    assert "已接受" in answer.content.decode()
    assert f"?part={part.pk}" not in answer.content.decode()
    part.refresh_from_db()
    assert (part.sent, part.answered_by_post, part.answered_for) == (Task.Sent.ACCEPTED, None, False)
    assert AuditRow.objects.get(verb="part.accept").link_id == SignedLink.objects.get().pk
    assert "凭链接" in signed_in("clerk").get(f"/tasks/{part.pk}/").content.decode()


def test_a_part_is_disputed_by_the_link_with_a_reason(school_link: str, part: Task) -> None:
    """Without a reason nothing happens and the page says why; with one it stands at the part."""
    visitor = Client()
    assert "理由" in visitor.post(f"{school_link}?part={part.pk}", {"edition": part.edition}, follow=True).content.decode()
    stale = {"reason": "旧页面上的理由", "edition": part.edition + 1}
    assert 'value="旧页面上的理由"' in visitor.post(f"{school_link}?part={part.pk}", stale, follow=True).content.decode()
    part.refresh_from_db()
    assert part.sent == Task.Sent.SENT
    visitor.post(f"{school_link}?part={part.pk}", {"reason": "我校只有两间旧教室", "edition": part.edition})
    part.refresh_from_db()
    assert (part.sent, part.dispute) == (Task.Sent.DISPUTED, "我校只有两间旧教室")


def test_the_link_answers_its_own_units_part_alone(
    link: str, school_link: str, part: Task, rows_of_plan: list[Task], actor: As
) -> None:
    """Another unit's link, a link about another task, and an older page do not answer it; nor does a task that was never handed over."""
    assert part.answerable is not None
    narrow = make_link(actor("clerk"), part.answerable, REPORT_LINK, {"tasks": [rows_of_plan[2].pk]}, 30)
    for address in (link, narrow):
        assert Client().post(f"{address}?part={part.pk}", {"accept": "1"}).status_code == 404
    assert Client().post(f"{link}?part={rows_of_plan[0].pk}", {"accept": "1"}).status_code == 404
    stale = Client().post(f"{school_link}?part={part.pk}", {"accept": "1", "edition": part.edition + 1}, follow=True)
    assert "刚刚改动过" in stale.content.decode()
    part.refresh_from_db()
    assert part.sent == Task.Sent.SENT


@pytest.fixture
def step(task: Task, actor: As) -> Node:
    """A step in words of the finance bureau's task."""
    return nodes.add(actor("clerk"), task, date(2026, 10, 31), "完成立项批复")


def test_a_step_is_stated_by_the_link(link: str, step: Node, signed_in: Callable[[str], Client]) -> None:
    """The unit that has no account presses the step's button; it is reached today, the audit and the clerk's page name the link; it can be
    taken back. Another ground for what is stated already is told as not kept."""
    visitor = Client()
    Node.objects.create(task=step.task, due_on=date(2026, 10, 31), quantity=2)
    first = visitor.get(link).content.decode()
    assert f"?node={step.pk}" in first
    assert "点一下" in first
    answer = visitor.post(f"{link}?node={step.pk}", {"do": "reach", "note": "发改〔2026〕9号"}, follow=True)
    assert "发改〔2026〕9号" in answer.content.decode()
    assert "点一下" not in answer.content.decode(), "there is nothing left to tap"
    step.refresh_from_db()
    given = SignedLink.objects.get()
    assert (step.reached_on, step.link_id, step.stated_by_post, step.entered_for) == (clock.today(), given.pk, None, False)
    assert AuditRow.objects.get(verb="node.reach").link_id == given.pk
    assert "凭链接" in signed_in("clerk").get(f"/tasks/{step.task_id}/").content.decode()
    late = visitor.post(f"{link}?node={step.pk}", {"do": "reach", "note": "另一份文件"}, follow=True)
    assert "“另一份文件”没有记上" in late.content.decode()
    visitor.post(f"{link}?node={step.pk}", {"do": "undo"})
    step.refresh_from_db()
    assert (step.reached_on, step.link_id) == (None, None)


def test_the_link_states_its_own_steps_alone(
    link: str, step: Node, part: Task, rows_of_plan: list[Task], actor: As, post: Callable[[str], Post]
) -> None:
    """Another unit's step, a step outside what the link is about, and one in figures do not answer; nor can a visitor take a step out."""
    foreign = nodes.add(actor("clerk"), part, date(2026, 10, 31), "完成招标")
    figure = Node.objects.create(task=step.task, due_on=date(2026, 10, 31), quantity=2)
    narrow = make_link(actor("clerk"), post("lead-department").unit, REPORT_LINK, {"tasks": [rows_of_plan[2].pk]}, 30)
    for address, key in ((link, foreign.pk), (link, figure.pk), (narrow, step.pk)):
        assert Client().post(f"{address}?node={key}", {"do": "reach", "note": "x"}).status_code == 404
    Client().post(f"{link}?node={step.pk}", {"do": "remove"})
    assert Node.objects.filter(pk=step.pk).exists()
    assert not Node.objects.filter(pk__in=[foreign.pk, figure.pk]).exclude(stated=None).exists()
    assert "完成招标" not in Client().get(link).content.decode()


def test_many_rows_with_steps_ask_no_more(
    link: str, step: Node, rows_of_plan: list[Task], actor: As, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """The page asks for the steps of all rows together."""

    def asked() -> int:
        with django_assert_max_num_queries(60) as told:
            Client().get(link)
        return len(told)

    before = asked()
    assert step.task is not None
    for row in rows_of_plan[2:]:
        row.answerable = step.task.answerable
        row.save()
        nodes.add(actor("clerk"), row, date(2026, 10, 31), "完成招标")
    assert asked() <= before
