"""Targets with their status and explanation, the timeline, the unit's panel, calendar, comparison, glossary."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from icalendar import Calendar

from tests.paths import REPOSITORY
from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.target import TargetFacts, target_verdict
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.areas.panels import affected
from xiangxu_web.workspaces.plans.calendars import actor_by, close_calendar, open_calendar
from xiangxu_web.workspaces.plans.cards import evaluator
from xiangxu_web.workspaces.plans.comparing import side_of_plan
from xiangxu_web.workspaces.plans.models import Node, Plan, Target, Task
from xiangxu_web.workspaces.plans.pages import timeline
from xiangxu_web.workspaces.plans.pages.timeline import _node_lamp
from xiangxu_web.workspaces.plans.pages.unit_tasks import of_unit

SignedIn = Callable[[str], Client]
Actors = Callable[[str], Actor]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (TargetFacts(bound=False), Status.WAITING_BINDING),
        (TargetFacts(bound=False, kind="coverage", found=Verdict(Status.MISSED, "")), Status.WAITING_BINDING),
        (TargetFacts(bound=True, later=True, kind="duty"), Status.WAITING_BINDING),
        (TargetFacts(bound=True, kind="indicator"), Status.WAITING_DATA),
        (TargetFacts(bound=True, kind="registry"), Status.WAITING_DATA),
        (TargetFacts(bound=True, kind="duty"), Status.WAITING_DATA),
        (TargetFacts(bound=True, kind="milestone", found=Verdict(Status.MISSED, "逾期。")), Status.MISSED),
        (TargetFacts(bound=True, kind="milestone", nature="expected", found=Verdict(Status.MISSED, "逾期。")), Status.ON_COURSE),
        (TargetFacts(bound=True, kind="coverage", nature="strive", found=Verdict(Status.MET, "全部。")), Status.MET),
    ],
)
def test_no_target_is_red_from_nothing(facts: TargetFacts, status: Status) -> None:
    """What is not bound waits for binding, what has no data for data; a hoped-for target is never red."""
    assert target_verdict(facts).status is status


def test_the_counts_of_targets_add_up(plan: Plan, signed_in: SignedIn) -> None:
    """The tally at the top is of the list's own rows: its parts give the sum, and each leads to so many rows."""
    client = signed_in("clerk")
    answer = client.get(reverse("targets"))
    counts = answer.context["counts"]
    once = plan.targets.filter(dropped=None, same_as=None).count()
    assert sum(count for _lamp, _state, count in counts) == answer.context["all"] == once > 20
    for _lamp, state, count in counts:
        assert client.get(reverse("targets"), {"state": state}).context["page"].paginator.count == count, state


def test_a_proposal_is_told_as_one_on_the_list(plan: Plan, signed_in: SignedIn) -> None:
    """What nobody has confirmed stands there as 建议，未确认; what was confirmed without. Each says in a sentence what is counted."""
    client = signed_in("clerk")
    for binding, marked in (("proposed", True), ("confirmed", False)):
        found = plan.targets.filter(binding=binding, dropped=None, same_as=None).exclude(evaluator="").first()
        assert found is not None
        card = evaluator(found.evaluator)
        assert card is not None
        assert card.plain is not None
        page = client.get(reverse("targets"), {"q": found.metric, "binding": binding}).content.decode()
        assert card.plain.zh in page
        assert (f"{card.title.zh}（建议，未确认）" in page) is marked


def test_a_target_explains_itself(plan: Plan, signed_in: SignedIn) -> None:
    """The document's words, how it is computed as an office says it before the exact formula, its ground with 待核实, and that nobody
    has confirmed it yet; in English in English."""
    target = next(t for t in plan.targets.exclude(evaluator="").order_by("order") if t.evaluator_kind == "indicator")
    answer = signed_in("headteacher").get(reverse("target", args=[target.pk]))
    told = answer.content.decode()
    shown = answer.context["shown"]
    assert target.quote[:12] in told
    card = evaluator(target.evaluator)
    assert card is not None
    assert card.plain is not None
    assert 0 < told.index(card.plain.zh) < told.index("精确算法") < told.index(shown.how.sentence[:6], told.index("精确算法"))
    assert "算法待定" in told
    assert "还没有人确认" in told
    assert any(ground.words in told for ground in shown.grounds)
    assert ("待核实" in told) == any(not ground.checked for ground in shown.grounds)
    Target.objects.filter(pk=target.pk).update(binding=Target.Binding.CONFIRMED)
    assert "等待相应报表的数据" in signed_in("clerk").get(reverse("target", args=[target.pk])).content.decode()
    Person.objects.update(language="en")
    english = signed_in("headteacher").get(reverse("target", args=[target.pk])).content.decode()
    assert escape(card.plain.en) in english
    assert card.plain.zh not in english


def test_the_timeline_holds_tasks_nodes_and_targets_by_month(plan: Plan, signed_in: SignedIn) -> None:
    """Each thing in the month in which it falls due, in the order of days; a year without anything says so."""
    task = Task.objects.filter(plan=plan, parent=None).order_by("order")[0]
    Task.objects.filter(pk=task.pk).update(due_on=date(2026, 12, 20))
    Node.objects.create(task=task, due_on=date(2026, 11, 5), words="完成招标")
    answer = signed_in("clerk").get(reverse("timeline"), {"year": "2026"})
    months = {month.name: [due.title for due in month.dues] for month in answer.context["months"]}
    assert "节点：完成招标" in months["2026年11月"]
    assert task.title in months["2026年12月"]
    shown = [due for month in answer.context["months"] for due in month.dues]
    assert sum(len(due.alike) or 1 for due in shown) == answer.context["count"]
    for month in answer.context["months"]:
        assert [due.day for due in month.dues] == sorted(due.day for due in month.dues)
    assert "已过，未登记达到" in answer.content.decode()


def test_a_node_with_a_figure_stands_by_what_is_reported() -> None:
    """Reached by as much as is reported done, missed by less; of a figure that nobody reported nothing is known."""
    today, node = date(2026, 11, 20), Node(due_on=date(2026, 6, 30), quantity=3)
    said = {done: _node_lamp(node, done, today) for done in (None, 2.0, 3.0)}
    assert [(lamp.state, str(lamp.words)) for lamp in said.values()] == [
        ("none", "已过，未报数"), ("behind", "未达到"), ("met", "已达到"),
    ]  # fmt: skip
    assert _node_lamp(Node(due_on=date(2026, 12, 31), quantity=3), 2.0, today).state == "none"


def test_what_is_asked_of_many_units_for_one_day_is_one_line(plan: Plan, signed_in: SignedIn) -> None:
    """The same step of thirteen towns is one line that leads to each of them; the one that has reached it stands apart, and all are counted."""
    whole = Task.objects.filter(plan=plan, parent=None).order_by("order")[0]
    common = {"plan": plan, "kind": Task.Kind.PART, "parent": whole, "title": "校舍改造", "order": 1, "sent": "sent", "uom": "所"}
    client, address = signed_in("clerk"), reverse("timeline")
    before = client.get(address, {"year": "2026"}).context["count"]
    parts = [
        Task.objects.create(**common, answerable=unit)
        for unit in Unit.objects.filter(area__path__startswith=plan.area.path, kind="town")
    ]
    for n, part in enumerate(parts):
        Node.objects.create(task=part, due_on=date(2026, 5, 9), words="完成选址", reached_on=None if n else date(2026, 5, 8))
    answer = client.get(address, {"year": "2026"})
    assert answer.context["count"] == before + len(parts)
    (may,) = (month for month in answer.context["months"] if month.number == 5)
    assert may.count == len(parts)
    first, others = may.dues
    assert (str(first.lamp), first.alike) == ("已达到", ())
    assert (others.title, others.of, others.whose) == ("节点：完成选址", "校舍改造", f"{len(parts) - 1} 个单位")
    assert {each.url for each in others.alike} == {reverse("task", args=[part.pk]) for part in parts[1:]}
    page = answer.content.decode()
    assert page.count("节点：完成选址") == 2
    assert all(each.url in page and each.whose in page for each in others.alike)


def test_a_units_page_tells_its_tasks(plan: Plan, other_plan: Plan, actor: Actors, signed_in: SignedIn) -> None:
    """State and last report of what the unit leads or joins in; of a town its schools' parts too; nothing of another county."""
    own = actor("lead-department")
    unit = Unit.objects.get(pk=own.unit_id)
    task = Task.objects.filter(plan=plan, parent=None).order_by("order")[0]
    Task.objects.filter(pk=task.pk).update(answerable=unit)
    assert task.title in signed_in("clerk").get(reverse("unit", args=[unit.pk])).content.decode()
    school = Unit.objects.get(pk=actor("headteacher").unit_id)
    part = Task.objects.create(
        plan=plan, kind=Task.Kind.PART, parent=task, order=1, title="墨池校内分解", answerable=school, sent="sent"
    )
    town = Unit.objects.get(pk=actor("town").unit_id)
    shown = of_unit(actor("clerk"), town)
    same_town = school.area.path.startswith(town.area.path)
    assert shown is not None
    assert (part.pk in {t.pk for t, _lamp, _left in shown["lines"]}) == same_town
    assert of_unit(actor("audit-admin"), school) is None
    hers = of_unit(actor("other-clerk"), school)
    assert hers is not None
    assert not hers["lines"]


def test_who_closes_a_unit_is_told_of_its_open_tasks(plan: Plan, actor: Actors) -> None:
    """Before the change is confirmed: which tasks want another owner. Finished ones do not count."""
    task = (
        Task.objects.filter(plan=plan, answerable__isnull=False).exclude(answerable__kind=Unit.Kind.BUREAU).order_by("order")[0]
    )
    assert task.answerable is not None
    Task.objects.filter(answerable=task.answerable).exclude(pk=task.pk).update(word="done")
    told = "".join(affected(actor("clerk"), [task.answerable], date(2026, 12, 1)))
    assert "另定由谁承担" in told
    assert task.title in told
    Task.objects.filter(answerable=task.answerable).update(word="done")
    assert "另定牵头单位" not in "".join(affected(actor("clerk"), [task.answerable], date(2026, 12, 1)))


def test_the_calendar_opens_by_its_address_alone(plan: Plan, actor: Actors, signed_in: SignedIn, client: Client) -> None:
    """Without a sign-in the post's open deadlines; a new address, a taken-back one, a forged one, an ended post open nothing."""
    own = actor("lead-department")
    tasks = list(Task.objects.filter(plan=plan, parent=None).order_by("order")[:2])
    Task.objects.filter(pk__in=[t.pk for t in tasks]).update(
        answerable_id=own.unit_id, due_on=date(2026, 12, 31), due_words="", ongoing=False
    )
    Task.objects.filter(pk=tasks[1].pk).update(word="done")
    page = signed_in("lead-department")
    page.post(reverse("calendar"), {"open": "1"})
    address = page.get(reverse("calendar")).context["address"]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    summaries = [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert any(tasks[0].title in words for words in summaries)
    assert not any(tasks[1].title in words for words in summaries)
    second = open_calendar(own)
    assert client.get(address).status_code == 404
    assert actor_by(second) is not None
    close_calendar(own)
    for token in (second, second[:-2] + "xx", "nothing", "a:b"):
        assert client.get(reverse("calendar-feed", args=[token])).status_code == 404
    third = open_calendar(own)
    Post.objects.filter(pk=own.post_id).update(ends=date(2026, 11, 1))
    assert client.get(reverse("calendar-feed", args=[third])).status_code == 404


def test_plans_are_compared_side_by_side(plan: Plan, signed_in: SignedIn) -> None:
    """The own plan beside shipped ones; with all rows there are more; a school may look too."""
    answer = signed_in("headteacher").get(reverse("compare"), {"plan": [f"plan-{plan.pk}", "青州市"]})
    assert answer.status_code == 200
    assert len(answer.context["heads"]) == 2
    assert answer.context["count"] > 3
    line = next(line for _theme, lines in answer.context["themes"] for line in lines if line.going_by)
    assert escape(line.plain) in answer.content.decode()
    # What is asked of units goes by what they say, not by the return that the sentence names.
    assert line.going_by in answer.content.decode()
    whole = signed_in("clerk").get(reverse("compare"), {"plan": [f"plan-{plan.pk}", "青州市"], "all": "1"})
    assert whole.context["count"] == answer.context["count"] + answer.context["more"]


def test_the_words_of_a_deadline_are_compared_as_its_day(plan: Plan, signed_in: SignedIn) -> None:
    """The office writes 2026年, or words that name no day: the comparison gets the normal form or none, and the page stands."""
    Target.objects.filter(plan=plan).update(due_on=None)
    for words, due in (("2026年", "2026"), ("2024年6月底", "2024-06"), ("视情况", None)):
        Target.objects.filter(plan=plan).update(due_words=words)
        assert {aim.due for aim in side_of_plan(plan).aims} == {due}
        answer = signed_in("clerk").get(reverse("compare"), {"plan": [f"plan-{plan.pk}", "青州市"], "all": "1"})
        assert answer.status_code == 200


def _visible(page: str) -> str:
    """What a reader of the page sees, without its frame."""
    return re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")])


def test_a_term_leads_to_its_homes(plan: Plan, signed_in: SignedIn) -> None:
    """Exact names first, with what it means, on which document it rests and where it is met, pages that this post has; no paths, no
    ids, no codes of fields. An unknown word says so."""
    client = signed_in("headteacher")
    told: Any = client.get(reverse("glossary"), {"term": "优质均衡"})
    assert told.context["count"] > 0
    for term, meaning, kept in (
        ("安全档案齐全率", "安全月报里", ("safety-file-share", "safety_file")),
        ("任务", "可以追问某个单位的一件事", ("src/", ".yaml")),
        ("封闭化管理", "安全月报", ("closed_campus", "school-month")),
    ):
        answer = client.get(reverse("glossary"), {"term": term})
        words = _visible(answer.content.decode())
        assert meaning in words
        assert not [code for code in (*kept, str(REPOSITORY), "第 14 行") if code in words]
    bound = Target.objects.filter(plan=plan, same_as=None, dropped=None).exclude(evaluator="").first()
    assert bound is not None
    card = evaluator(bound.evaluator)
    assert card is not None
    assert reverse("target", args=[bound.pk]) in client.get(reverse("glossary"), {"term": card.title.zh}).content.decode()
    assert reverse("tasks") in client.get(reverse("glossary"), {"term": "任务"}).content.decode()
    assert "没有找到这个用词" in client.get(reverse("glossary"), {"term": "不存在的词儿"}).content.decode()


def test_units_chosen_for_a_promise_are_no_matter_of_comparison(plan: Plan, signed_in: SignedIn) -> None:
    """A promise of which somebody chose the units is compared as before: the page opens, and the choice makes no row of its own."""
    address, asked = reverse("compare"), {"plan": [f"plan-{plan.pk}", "青州市"], "all": "1"}
    before = signed_in("clerk").get(address, asked).context["count"]
    assert Target.objects.filter(plan=plan, dropped=None).exclude(evaluator="").update(units={"group": "rural-schools"}) > 0
    assert signed_in("clerk").get(address, asked).context["count"] == before


def test_a_full_year_is_told_by_its_first_few_and_month_by_month(
    plan: Plan, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than anybody reads at once: of each month the number and the first few, and a way to the month, which is leafed through."""
    monkeypatch.setattr(timeline, "_WHOLE", 5)
    monkeypatch.setattr(timeline, "_FIRST", 2)
    monkeypatch.setattr(timeline, "_PAGE", 3)
    task = Task.objects.filter(plan=plan, parent=None).order_by("order")[0]
    for day in range(1, 8):
        Node.objects.create(task=task, due_on=date(2026, 5, day), words=f"第{day}步")
    client, address = signed_in("clerk"), reverse("timeline")
    page = client.get(address, {"year": "2026"})
    may = next(month for month in page.context["months"] if month.number == 5)
    assert may.count >= 7
    assert len(may.dues) == 2
    assert "?year=2026&amp;month=5" in page.content.decode()
    seen = []
    for number in range(1, 2 + (may.count - 1) // 3):
        one = client.get(address, {"year": "2026", "month": "5", "page": str(number)})
        (month,) = one.context["months"]
        seen += [(due.day, due.kind, due.title) for due in month.dues]
    assert len(seen) == may.count
    assert [day for day, _kind, _title in seen] == sorted(day for day, _kind, _title in seen)
    assert {f"节点：第{day}步" for day in range(1, 8)} <= {title for _day, _kind, title in seen}
