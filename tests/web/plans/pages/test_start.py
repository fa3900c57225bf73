"""The start page opens on what matters: red first for a leader, and never on an empty list while another holds something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.start import Line
from xiangxu_web.workspaces.plans.models import Plan, Report, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in

SignIn = Callable[[str], Client]
As = Callable[[str], Actor]


def _titles(client: Client) -> list[tuple[str, list[tuple[str, int]]]]:
    """The questions in their order with their panels."""
    answer = client.get("/")
    return [
        (str(title), [(str(s.title), s.count) for s in sections]) for title, sections, _nothing in answer.context["questions"]
    ]


def _said(plan: Plan, word: str, due: date | None) -> None:
    """Every task of the document was reported with this word on, and is due on this day."""
    Task.objects.filter(plan=plan).update(word=word, reported_on=date(2026, 11, 2), due_on=due, ongoing=False)


def test_a_leader_opens_on_what_is_red(plan: Plan, signed_in: SignIn) -> None:
    """With something late the first panel is that; what is due soon stands behind it, under the same question."""
    _said(plan, "normal", None)
    late, soon = plan.tasks.order_by("order")[:2]
    Task.objects.filter(pk=late.pk).update(due_on=date(2026, 6, 30))
    Task.objects.filter(pk=soon.pk).update(due_on=date(2026, 12, 1))
    first, panels = _titles(signed_in("county-leader"))[0]
    assert first == "要盯的"
    assert panels[0] == ("逾期", 1)
    assert ("30 天内到期", 1) in panels


def test_with_nothing_red_it_says_so_and_opens_on_what_there_is(plan: Plan, signed_in: SignIn) -> None:
    """All on course, nothing due: the sentence at the head says that nothing is late, and no empty panel stands before one with rows."""
    _said(plan, "normal", date(2027, 12, 31))
    for who in ("county-leader", "inspector", "bureau-leader"):
        client = signed_in(who)
        assert "没有逾期或滞后的" in client.get("/").context["standing"], who
        counts = [count for _question, panels in _titles(client) for _title, count in panels]
        assert counts == sorted(counts, key=lambda count: not count), who


def test_a_panel_due_soon_is_first_where_it_alone_holds_rows(plan: Plan, signed_in: SignIn) -> None:
    """Nothing red, one task due in ten days: that is what the leader meets first."""
    _said(plan, "normal", date(2027, 12, 31))
    Task.objects.filter(pk=plan.tasks.order_by("order")[0].pk).update(due_on=date(2026, 11, 30))
    assert _titles(signed_in("county-leader"))[0][1][0] == ("30 天内到期", 1)


def test_silence_is_not_praised(plan: Plan, signed_in: SignIn) -> None:
    """Where nobody has reported the sentence does not say that nothing is late."""
    assert "没有逾期或滞后的" not in signed_in("county-leader").get("/").context["standing"]


def test_whoever_works_begins_with_what_is_to_be_done(plan: Plan, signed_in: SignIn) -> None:
    """The clerk's page opens on the tasks of the clerk, also where something is late."""
    _said(plan, "normal", date(2026, 6, 30))
    assert _titles(signed_in("clerk"))[0][0] == "要办的"


def _told(client: Client) -> dict[str, dict[str, list[Line]]]:
    """Question → panel → its lines."""
    questions = client.get("/").context["questions"]
    return {str(q): {str(s.title): list(s.lines) for s in sections} for q, sections, _nothing in questions}


def _names(lines: list[Line]) -> list[str]:
    return [str(line.title) for line in lines]


def test_the_supervisor_is_told_where_to_look(plan: Plan, signed_in: SignIn) -> None:
    """A county with something late stands under what is red; one without a plan and one that has been silent, under what to ask after;
    what was published and accepted carries its county and its day."""
    first = plan.tasks.order_by("order")[0]
    Task.objects.filter(pk=first.pk).update(word="normal", reported_on=date(2026, 1, 5), due_on=date(2026, 6, 30), ongoing=False)
    plan.versions.update(published=clock.now())
    page = _told(signed_in("supervisor"))
    (late,) = page["要盯的"]["有逾期或滞后的县"]
    assert (str(late.title).split(" · ")[0], "逾期 1 项" in str(late.why)) == ("砚溪县", True)
    assert "state=missed" in late.url
    assert _names(page["要办的"]["还没有发布方案的县"]) == ["墨池县"]
    assert str(page["要办的"]["一个月没有新进展的方案"][0].why) == "还没有接收过进展"
    (published,) = page["新变化"]["近 30 天发布和印发的"]
    assert published.at is not None
    assert "砚溪县" in str(published.why)
    report = Report.objects.create(
        task=first, unit=first.answerable, word="normal", day=date(2026, 9, 1), line="已开工。", made=clock.now(), token="t",
        state=Report.State.ACCEPTED, decided=None,
    )  # fmt: skip
    assert "9月1日" in str(_told(signed_in("supervisor"))["要办的"]["一个月没有新进展的方案"][0].why), "from before the system"
    Report.objects.filter(pk=report.pk).update(decided=clock.now())
    page = _told(signed_in("supervisor"))
    assert "一个月没有新进展的方案" not in page["要办的"]
    assert page["新变化"]["近 30 天接收的进展"][0].at is not None


def test_one_thing_is_told_once_where_something_is_to_be_done_about_it(plan: Plan, signed_in: SignIn, actor: As) -> None:
    """A part that is past its deadline and unreported: first it asks for an answer, then for a report, each time in that one line; never
    red, for silence has no lamp. What was entered for a unit says so among what was accepted."""
    head, clerk = signed_in("headteacher"), actor("clerk")
    whole = plan.tasks.filter(parent=None, same_as=None).order_by("order")[0]
    late = {"due_on": date(2026, 6, 30), "ongoing": False, "answerable_id": actor("headteacher").unit_id}
    part = Task.objects.create(
        plan=plan, parent=whole, kind=Task.Kind.PART, title="校舍改造", order=1, sent=Task.Sent.SENT, **late
    )
    for state, panel in ((Task.Sent.SENT, "待确认的分解任务"), (Task.Sent.ACCEPTED, "等您报进展")):
        Task.objects.filter(pk=part.pk).update(sent=state)
        told = {title: lines for panels in _told(head).values() for title, lines in panels.items()}
        assert [title for title, lines in told.items() if part.title in _names(lines)] == [panel]
        (line,) = told[panel]
        assert (line.due, str(line.lamp)) == (None, "未报，时限已过 143 天")
    decide(clerk, hand_in(clerk, part.pk, {"word": "normal", "line": "已开工", "source": "电话"}, "t").pk, accept=True)
    told = _told(head)
    (accepted,) = told["新变化"]["近 30 天接收的进展"]
    assert str(accepted.why).endswith("正常 · 已开工（代录）")
    assert _names(told["要盯的"]["逾期"]) == [part.title]
