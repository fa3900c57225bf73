"""The form on a telephone, the list where the clerk decides, and what the pages tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.web.plans.reporting.conftest import SAID
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.timeline import Event
from xiangxu_web.kernel.models import Attachment
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in, instruct

SignIn = Callable[[str], Client]
As = Callable[[str], Actor]
Form = Callable[..., dict[str, Any]]


def photo(name: str = "现场.jpg") -> SimpleUploadedFile:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_a_report_with_a_photo(part: Task, form: Form, signed_in: SignIn) -> None:
    """Word, figure, line and a photo that shows children: one report, the file at it marked; sent again it stays one with one file."""
    url = reverse("new-report", args=[part.pk])
    head = signed_in("headteacher")
    for _n in range(2):
        answer = head.post(url, form(quantity="2", evidence=photo(), children="on"), follow=True)
        assert "已报送" in answer.content.decode()
    report = Report.objects.get(task=part)
    assert (report.quantity, report.line) == (2, "已完成前期摸底")
    assert Attachment.objects.get(table="report", row_key=str(report.pk)).shows_children


def test_starts_from_the_last(part: Task, actor: As, signed_in: SignIn) -> None:
    """Word, figure, obstacles and next step stand there already; the line is new, the last one beside it with its day."""
    hand_in(
        actor("headteacher"),
        part.pk,
        {"word": "behind", "line": "等施工队", "quantity": 2.0, "obstacles": "缺工人", "next_step": "另请"},
        "x",
    )
    page = signed_in("headteacher").get(reverse("new-report", args=[part.pk]))
    html = page.content.decode()
    assert 'value="behind" checked' in html
    assert "缺工人" in html
    assert "另请" in html
    assert 'value="2"' in html
    assert "等施工队" in html
    assert not page.context["form"]["line"].value()


def test_mistakes_stay_in_place(part: Task, form: Form, signed_in: SignIn) -> None:
    """Nothing chosen, no line, 完成 with too few: told in words, what was typed stays, nothing is kept."""
    head, url = signed_in("headteacher"), reverse("new-report", args=[part.pk])
    answer = head.post(url, {"token": "q", "quantity": "2"})
    assert answer.status_code == 422
    assert "请选“正常”" in answer.content.decode()
    assert "请写一句话" in answer.content.decode()
    answer = head.post(url, form(word="done", quantity="2"))
    assert "应完成 4，您填了 2" in answer.content.decode()
    assert not Report.objects.exists()


def test_entered_for_another_is_marked(task: Task, form: Form, signed_in: SignIn) -> None:
    """The clerk's form asks for the source; the task's page and the list say 代录."""
    clerk, url = signed_in("clerk"), reverse("new-report", args=[task.pk])
    assert "代录进展" in clerk.get(url).content.decode()
    assert "代录须写明来源" in clerk.post(url, form()).content.decode()
    clerk.post(url, form(source="盖章材料", evidence=photo("盖章.jpg")))
    assert "盖章材料" in clerk.get(reverse("reports")).content.decode()
    assert "代录" in signed_in("lead-department").get(reverse("task", args=[task.pk])).content.decode()


def test_decided_from_the_list(task: Task, part: Task, actor: As, signed_in: SignIn) -> None:
    """The clerk ticks two and returns them with one reason; the units see it at once; whoever does not decide has no boxes."""
    keys = [hand_in(actor("lead-department"), task.pk, {"word": "normal", "line": "甲"}, "1").pk]
    keys.append(hand_in(actor("headteacher"), part.pk, {"word": "normal", "line": "乙", "quantity": 1.0}, "2").pk)
    clerk = signed_in("clerk")
    page = clerk.get(reverse("reports")).content.decode()
    assert all(f'name="report" value="{key}">' in page for key in keys)
    # Refused for want of a reason: the ticks are still there, once.
    refused = clerk.post(reverse("decide-reports"), {"report": keys[:1], "return": "1"}, follow=True).content.decode()
    assert "写明理由" in refused
    assert f'value="{keys[0]}" checked>' in refused
    assert f'value="{keys[1]}">' in refused
    assert f'value="{keys[0]}">' in clerk.get(reverse("reports")).content.decode()
    answer = clerk.post(reverse("decide-reports"), {"report": keys, "return": "1", "reason": "请写数字"}, follow=True)
    assert "已退回 2 份" in answer.content.decode()
    assert "请写数字" in signed_in("headteacher").get("/").content.decode()
    assert 'name="report"' not in signed_in("lead-department").get(reverse("reports")).content.decode()
    assert signed_in("lead-department").post(reverse("decide-reports"), {"report": keys, "accept": "1"}).status_code == 403


def test_what_waits_stands_first_with_its_state(task: Task, part: Task, actor: As, signed_in: SignIn) -> None:
    """A report that waits stands before one that came later and was accepted; state and 代录 are told before a card is unfolded."""
    hand_in(actor("headteacher"), part.pk, {"word": "normal", "line": "甲", "quantity": 1.0}, "1")
    decide(actor("clerk"), hand_in(actor("clerk"), task.pk, {**SAID, "source": "电话"}, "2").pk, accept=True)
    answer = signed_in("clerk").get(reverse("reports"))
    assert [row.cells[0].value.title for row in answer.context["rows"]] == [part.title, task.title]
    unfolded = [{cell.column.key for cell in row.cells if not cell.folded} for row in answer.context["rows"]]
    assert all({"state", "entered"} <= keys for keys in unfolded)


@pytest.mark.parametrize(
    ("who", "address", "sent", "shown"),
    [
        ("clerk", "task-node", {"words": "完成招标", "due_on": ""}, 'value="完成招标"'),
        ("county-leader", "task-instruct", {"line": "", "due_on": "2026-11-30"}, 'value="2026-11-30"'),
    ],
)
def test_what_was_refused_is_still_typed(
    who: str, address: str, sent: dict[str, str], shown: str, task: Task, signed_in: SignIn
) -> None:
    """The page that tells of the refusal holds what was typed; the next one does not."""
    client = signed_in(who)
    assert shown in client.post(reverse(address, args=[task.pk]), sent, follow=True).content.decode()
    assert shown not in client.get(reverse("task", args=[task.pk])).content.decode()


def test_the_list_as_a_workbook(task: Task, actor: As, signed_in: SignIn) -> None:
    """The boxes leave nothing but an empty column in Excel."""
    hand_in(actor("lead-department"), task.pk, {"word": "normal", "line": "甲"}, "1")
    book = b"".join(signed_in("clerk").get(reverse("reports") + "?as=xlsx").streaming_content)
    assert b"checkbox" not in book
    assert book.startswith(b"PK")


def test_a_leaders_sentence_on_the_pages(task: Task, signed_in: SignIn) -> None:
    """The leader writes it on the task's page; it heads the page and the start pages of unit and clerk; a stranger's page has none."""
    leader = signed_in("county-leader")
    url = reverse("task", args=[task.pk])
    assert "作一句批示" in leader.get(url).content.decode()
    leader.post(reverse("task-instruct", args=[task.pk]), {"line": "请财政局月底前解决。", "due_on": "2026-11-30"})
    for who in ("lead-department", "clerk"):
        assert "请财政局月底前解决。" in signed_in(who).get("/").content.decode()
        assert "请财政局月底前解决。" in signed_in(who).get(url).content.decode()
    assert "请财政局月底前解决。" not in signed_in("headteacher").get(url).content.decode()
    assert "作一句批示" not in signed_in("clerk").get(url).content.decode()


def test_bounds(part: Task, actor: As, signed_in: SignIn, django_assert_max_num_queries: Any) -> None:
    """The form needs at most fifteen queries."""
    decide(
        actor("clerk"),
        hand_in(actor("headteacher"), part.pk, {"word": "normal", "line": "甲", "quantity": 1.0}, "1").pk,
        accept=True,
    )
    head = signed_in("headteacher")
    with django_assert_max_num_queries(15):
        assert head.get(reverse("new-report", args=[part.pk])).status_code == 200


@pytest.mark.parametrize("who", ["town", "inspector", "bureau-leader", "other-clerk", "supervisor"])
def test_not_found_for_others(part: Task, who: str, signed_in: SignIn) -> None:
    """Whoever may not report finds no form."""
    assert signed_in(who).get(reverse("new-report", args=[part.pk])).status_code == 404


def test_the_history_tells_the_leaders_sentence_and_its_answer(task: Task, actor: As, signed_in: SignIn) -> None:
    """Who said what and when, until when, and the accepted report that answered it; another unit reads nothing of it."""
    said = instruct(actor("county-leader"), task.pk, "请财政局月底前解决。", date(2026, 11, 30))
    told = _events(signed_in("clerk"), task)
    [event] = [each for each in told if each.title == "批示"]
    assert (event.at, event.words) == (said.made, "请财政局月底前解决。要求 2026年11月30日 前办结。")
    assert actor("county-leader").person_name in event.who
    assert not any("回应" in each.title for each in told)
    report = hand_in(actor("lead-department"), task.pk, {**SAID, "line": "资金已拨付"}, "answer")
    assert not any("回应" in each.title for each in _events(signed_in("clerk"), task))
    decide(actor("clerk"), report.pk, accept=True)
    for who in ("clerk", "lead-department", "county-leader"):
        [answer] = [each for each in _events(signed_in(who), task) if "回应" in each.title]
        assert "资金已拨付" in answer.words, who
    assert not any("批示" in each.title for each in _events(signed_in("headteacher"), task))


def test_an_answer_entered_for_the_unit_says_so(task: Task, part: Task, actor: As, signed_in: SignIn) -> None:
    """What the clerk entered is marked in what happened and in the table of parts; what the unit itself reported then is not."""
    clerk = actor("clerk")
    instruct(actor("county-leader"), task.pk, "请月底前解决。", date(2026, 11, 30))
    for key in (task.pk, part.pk):
        decide(clerk, hand_in(clerk, key, {**SAID, "source": "电话"}, f"entered-{key}").pk, accept=True)
    [answer] = [each for each in _events(signed_in("clerk"), task) if "回应" in each.title]
    assert "（代录）" in answer.words

    def told() -> list[bool]:
        page = signed_in("clerk").get(reverse("task", args=[part.parent_id]))
        return [bool(shown.entered) for alike, _lamp in page.context["parts_lines"] for shown in alike]

    assert told() == [True]
    decide(clerk, hand_in(actor("headteacher"), part.pk, {**SAID, "quantity": 1.0}, "own").pk, accept=True)
    assert told() == [False]


def _events(client: Client, task: Task) -> list[Event]:
    found: list[Event] = client.get(reverse("task", args=[task.pk])).context["events"]
    return found
