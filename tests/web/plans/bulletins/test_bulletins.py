"""From the draft to the issued bulletin, which never changes; and its correction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from docx import Document
from docx.shared import Mm, Pt

from tests.web.plans.conftest import MARKERS
from xiangxu import clock
from xiangxu.documents.official import layout_of, official_docx
from xiangxu.monthly import disagreements, to_official
from xiangxu_web.commands.bulletin import bulletin as command
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.attach import attach
from xiangxu_web.kernel.files.store import path_of
from xiangxu_web.kernel.models import Attachment
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans import bulletins, guards
from xiangxu_web.workspaces.plans.bulletins import CannotIssue, begin, content_of, correct, issue, leave_out, word_file, write
from xiangxu_web.workspaces.plans.cards import national
from xiangxu_web.workspaces.plans.models import Bulletin, Plan, Report, Task
from xiangxu_web.workspaces.plans.reporting import decide, hand_in

SignedIn = Callable[[str], Client]
Actors = Callable[[str], Actor]


@pytest.fixture
def behind(plan: Plan, actor: Actors) -> Task:
    """A task that a department leads and of which the clerk entered: 滞后."""
    clerk = actor("clerk")
    task = (
        Task.objects.filter(plan=plan, parent=None, answerable__isnull=False)
        .exclude(answerable__kind=Unit.Kind.BUREAU)
        .order_by("order")[0]
    )
    Task.objects.filter(pk=task.pk).update(due_on=None, ongoing=False, same_as=None)
    made = hand_in(clerk, task.pk, {"word": "behind", "line": "资金未到位", "source": "电话"}, "b-1")
    decide(clerk, made.pk, accept=True)
    return Task.objects.get(pk=task.pk)


@pytest.fixture
def draft(plan: Plan, behind: Task, actor: Actors) -> Bulletin:
    """The draft of the plan's first bulletin."""
    return begin(actor("clerk"), plan.pk)


def _text(docx: bytes) -> str:
    document = Document(BytesIO(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_draft_says_how_the_plan_stands(plan: Plan, behind: Task, draft: Bulletin, actor: Actors) -> None:
    """Number one, today, counted from what was accepted: one behind, the others 未报 and never 滞后; what was entered for its unit says so
    in the annex. A second start gives the same draft."""
    content = content_of(draft)
    assert "资金未到位（代录）" in str(next(block.table for block in content.blocks if block.id == "annex:lagging"))
    tasks = Task.objects.filter(plan=plan, dropped=None, parent=None, same_as=None).count()
    assert (draft.number, draft.edition, str(draft.day)) == (1, 1, "2026-11-20")
    assert content.figure("tasks").value == tasks
    assert content.figure("behind.tasks").rows == (str(behind.uid),)
    assert content.figure("tasks.silent").value == tasks - 1
    assert begin(actor("clerk"), plan.pk).pk == draft.pk
    assert not any(marker in str(draft.content) for marker in MARKERS)


def test_only_the_countys_clerk_drafts(plan: Plan, draft: Bulletin, actor: Actors, signed_in: SignedIn) -> None:
    """Others cannot begin, change, issue or even read a draft; the leader reads it."""
    for who in ("bureau-leader", "town", "headteacher", "supervisor"):
        with pytest.raises(Refused):
            begin(actor(who), plan.pk)
    page = reverse("bulletin", args=[draft.pk])
    for who in ("headteacher", "town", "supervisor", "other-clerk"):
        assert signed_in(who).get(page).status_code == 404, who
        assert signed_in(who).get(reverse("bulletin-preview", args=[draft.pk])).status_code == 404, who
    assert signed_in("bureau-leader").get(page).status_code == 200
    assert signed_in("bureau-leader").post(reverse("bulletin-issue", args=[draft.pk])).status_code == 403
    assert signed_in("other-clerk").post(reverse("bulletin-issue", args=[draft.pk])).status_code == 404
    assert signed_in("other-clerk").post(reverse("bulletin-begin", args=[plan.pk])).status_code == 404


def test_a_changed_figure_is_told_and_holds_the_issue(draft: Bulletin, actor: Actors, signed_in: SignedIn) -> None:
    """A sentence may be written anew; a number in it that the frozen ones do not bear out is shown, and issuing wants a word for it."""
    clerk = actor("clerk")
    block = next(b for b in content_of(draft).blocks if b.id == "behind")
    changed = write(clerk, draft.pk, draft.revision, block.id, block.generated.replace("1项", "7项"))
    assert [d.number for d in disagreements(content_of(changed))] == ["7项"]
    client = signed_in("clerk")
    assert "“7项”与冻结的数不一致" in client.get(reverse("bulletin", args=[draft.pk])).content.decode()
    with pytest.raises(CannotIssue):
        issue(clerk, draft.pk, changed.revision)
    client.post(reverse("bulletin-issue", args=[draft.pk]), {"revision": str(changed.revision)})
    assert Bulletin.objects.get(pk=draft.pk).issued is None
    client.post(reverse("bulletin-issue", args=[draft.pk]), {"revision": str(changed.revision), "in_spite": "on"})
    assert Bulletin.objects.get(pk=draft.pk).issued is not None


def test_two_who_write_at_once_lose_nothing(draft: Bulletin, actor: Actors) -> None:
    """A change on an older page is refused, and the first one stays."""
    first = write(actor("clerk"), draft.pk, draft.revision, "opening", "开头甲。")
    with pytest.raises(CannotIssue):
        write(actor("clerk"), draft.pk, draft.revision, "opening", "开头乙。")
    assert "开头甲。" in str(Bulletin.objects.get(pk=first.pk).content)


@pytest.mark.parametrize("do", ["write", "after"])
def test_what_could_not_be_saved_stands_in_its_form(draft: Bulletin, actor: Actors, signed_in: SignedIn, do: str) -> None:
    """Sent from an older page it is not saved, but its form is open again with it, once, beside what stands there now; where its place
    is gone it is told."""
    client, page, send = signed_in("clerk"), reverse("bulletin", args=[draft.pk]), reverse("bulletin-edit", args=[draft.pk])
    write(actor("clerk"), draft.pk, draft.revision, "opening", "开头甲。")
    sent = {"do": do, "block": "opening", "text": "开头乙。", "revision": str(draft.revision)}
    answer = client.post(send, sent, follow=True)
    said = answer.content.decode()
    assert "autofocus>开头乙。</textarea>" in said
    assert "开头甲。" in said
    assert [(each.block.id, each.typed) for each in answer.context["sentences"] if each.editing or each.adding] == [
        ("opening", "开头乙。")
    ]
    assert "开头乙。" not in client.get(page).content.decode()
    assert (
        "没有位置了，请自行决定是否补写：开头乙。" in client.post(send, {**sent, "block": "gone"}, follow=True).content.decode()
    )


def _head(bulletin: Bulletin, **changed: str) -> dict[str, str]:
    names = ("number", "day", "mark", "issuer", "form", "doc_number", "to", "copies")
    state = content_of(bulletin).state
    return {"title": bulletin.title, **{name: str(getattr(state, name)) for name in names}, **changed}


def test_it_bears_the_day_of_its_figures(
    behind: Task, draft: Bulletin, actor: Actors, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """截至 stays, and with it the figures; or it is today, and they are taken anew. Of another day nobody knows them."""
    client, address, began = signed_in("clerk"), reverse("bulletin-head", args=[draft.pk]), draft.day
    made = hand_in(actor("clerk"), behind.pk, {"word": "done", "line": "已完成", "source": "电话"}, "b-4")
    decide(actor("clerk"), made.pk, accept=True)
    monkeypatch.setattr(clock, "today", lambda: began + timedelta(days=2))
    for other in ("2026-11-01", "2026-11-21", "2026-12-31"):
        answer = client.post(address, _head(draft, day=other))
        assert answer.status_code == 422
        assert "截至日只能是今天" in str(answer.context["form"].errors["day"])
    for day, told in ((began, "behind.tasks"), (began + timedelta(days=2), "tasks.met")):
        assert client.post(address, _head(draft, day=str(day), mark="工作专报")).status_code == 302
        draft.refresh_from_db()
        content = content_of(draft)
        assert (draft.day, content.state.day, content.state.mark) == (day, day, "工作专报")
        assert {figure.key for figure in content.figures} & {"behind.tasks", "tasks.met"} == {told}


def test_counting_anew_is_of_today(draft: Bulletin, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of today never stand under the day on which the draft was begun."""
    today = draft.day + timedelta(days=2)
    monkeypatch.setattr(clock, "today", lambda: today)
    signed_in("clerk").post(reverse("bulletin-refresh", args=[draft.pk]), {"revision": str(draft.revision)})
    draft.refresh_from_db()
    assert draft.day == content_of(draft).state.day == today


def test_counting_anew_keeps_what_people_wrote(behind: Task, draft: Bulletin, actor: Actors, signed_in: SignedIn) -> None:
    """After another report the figures are new, the changed sentence and the left-out one stay as people had them."""
    clerk = actor("clerk")
    now = write(clerk, draft.pk, draft.revision, "opening", "按照县领导要求，通报如下。")
    now = leave_out(clerk, draft.pk, now.revision, "heading:coming")
    made = hand_in(clerk, behind.pk, {"word": "done", "line": "已完成", "source": "电话"}, "b-2")
    decide(clerk, made.pk, accept=True)
    signed_in("clerk").post(reverse("bulletin-refresh", args=[draft.pk]), {"revision": str(now.revision)})
    content = content_of(Bulletin.objects.get(pk=draft.pk))
    blocks = {block.id: block for block in content.blocks}
    assert content.figure("tasks.met").value == 1
    assert "behind" not in blocks
    assert blocks["opening"].text == "按照县领导要求，通报如下。"
    assert blocks["heading:coming"].dropped


def test_the_issued_file_is_ours_by_layout_and_content(draft: Bulletin, actor: Actors) -> None:
    """The stored file is what the core's official layout makes of the frozen content, read back: title, sentences, A4, margins."""
    clerk = actor("clerk")
    now = write(clerk, draft.pk, draft.revision, "opening", "按照县领导要求，通报如下。")
    done = issue(clerk, draft.pk, now.revision)
    file = Attachment.objects.get(table="bulletin", row_key=str(done.pk))
    stored = path_of(file.blob_id).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == file.blob_id == done.sha256
    content = content_of(done)
    assert stored == official_docx(to_official(content), layout_of(national()))
    told = _text(stored).replace("\n", "")
    assert "按照县领导要求，通报如下。" in told
    assert "推进情况的通报" in told
    assert "滞后任务1项" in told
    section = Document(BytesIO(stored)).sections[0]
    for length, wanted in (
        (section.page_width, 210),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.right_margin, 26),
    ):
        assert length is not None
        assert abs(length - Mm(wanted)) < Mm(1)
    body = next(p for p in Document(BytesIO(stored)).paragraphs if "通报如下" in p.text)
    assert {run.font.size for run in body.runs} <= {Pt(16), None}


def test_an_issued_bulletin_never_changes(plan: Plan, behind: Task, draft: Bulletin, actor: Actors, signed_in: SignedIn) -> None:
    """Neither by our own doors, nor by the database, nor because the plan goes on: bytes, content and figures stay."""
    clerk = actor("clerk")
    done = issue(clerk, draft.pk, draft.revision)
    before = Bulletin.objects.filter(pk=done.pk).values().get()
    stored = path_of(done.sha256).read_bytes()
    client = signed_in("clerk")
    for name in ("bulletin-refresh", "bulletin-issue", "bulletin-give-up", "bulletin-head"):
        answer = client.post(
            reverse(name, args=[done.pk]), {"do": "write", "block": "opening", "text": "改", "revision": str(done.revision)}
        )
        assert answer.status_code == 404, name
    for change in (
        lambda: Bulletin.objects.filter(pk=done.pk).update(title="改"),
        lambda: Bulletin.objects.filter(pk=done.pk).update(issued=None),
        lambda: Bulletin.objects.filter(pk=done.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="已印发的通报不能修改或删除"), transaction.atomic():
            change()
    with pytest.raises(Refused):
        attach(Attachment.objects.get(table="bulletin").blob, "又一份.docx", to=done, actor=clerk)
    made = hand_in(clerk, behind.pk, {"word": "done", "line": "已完成", "source": "电话"}, "b-3")
    decide(clerk, made.pk, accept=True)
    assert Report.objects.filter(task=behind).count() == 2
    assert Bulletin.objects.filter(pk=done.pk).values().get() == before
    assert path_of(done.sha256).read_bytes() == stored == word_file(content_of(Bulletin.objects.get(pk=done.pk)))
    told = client.get(f"{reverse('bulletin-figure', args=[done.pk])}?key=behind.tasks").content.decode()
    # The figure still opens its row as it stood.
    assert behind.title in told
    assert "滞后" in told


def test_the_database_itself_guards(db: None) -> None:
    """The triggers stand after all migrations; a migration that makes the table anew must put them again."""
    assert guards.GUARDS.in_place(connection)


def test_a_correction_is_a_new_edition_that_names_the_old(
    plan: Plan, draft: Bulletin, actor: Actors, signed_in: SignedIn
) -> None:
    """Same number, next edition; it says what it corrects and why, cannot be issued without saying so; the old one points to it."""
    clerk = actor("clerk")
    old = issue(clerk, draft.pk, draft.revision)
    with pytest.raises(CannotIssue):
        correct(clerk, old.pk, "  ")
    new = correct(clerk, old.pk, "误将两个镇的任务数对调")
    assert (new.number, new.edition, new.corrects_id) == (1, 2, old.pk)
    with pytest.raises(CannotIssue):
        correct(clerk, old.pk, "再来一次")
    silent = leave_out(clerk, new.pk, new.revision, bulletins.CORRECTION)
    with pytest.raises(CannotIssue, match="更正"):
        issue(clerk, new.pk, silent.revision)
    said = bulletins.bring_back(clerk, new.pk, silent.revision, bulletins.CORRECTION)
    done = issue(clerk, new.pk, said.revision)
    assert old.issued is not None
    day = localtime(old.issued)
    assert f"本期更正{day.year}年{day.month}月{day.day}日印发的第1期：误将两个镇的任务数对调" in _text(
        path_of(done.sha256).read_bytes()
    )
    assert "这一版已经更正" in signed_in("headteacher").get(reverse("bulletin", args=[old.pk])).content.decode()
    assert begin(clerk, plan.pk).number == 2
    assert content_of(Bulletin.objects.get(plan=plan, number=2)).compared_with == 1


def test_every_figure_opens_its_rows(draft: Bulletin, signed_in: SignedIn) -> None:
    """Each figure of the draft leads to as many rows as it says; a key that is not there is not found."""
    client = signed_in("clerk")
    content = content_of(draft)
    for figure in content.figures:
        answer = client.get(reverse("bulletin-figure", args=[draft.pk]), {"key": figure.key})
        assert answer.status_code == 200, figure.key
        assert len(answer.context["lines"]) == len(figure.rows), figure.key
    assert client.get(reverse("bulletin-figure", args=[draft.pk]), {"key": "nothing"}).status_code == 404


def test_the_command_writes_the_same(plan: Plan, behind: Task, draft: Bulletin, actor: Actors, tmp_path: Path) -> None:
    """``bulletin PLAN --out FILE`` writes the draft without keeping anything; ``--number`` gives the issued file byte by byte."""
    done = issue(actor("clerk"), draft.pk, draft.revision)
    first, second = tmp_path / "a.docx", tmp_path / "b.docx"
    said = CliRunner().invoke(command, [plan.title[:6], "--out", str(first)])
    assert said.exit_code == 0, said.output
    assert "第2期" in _text(first.read_bytes())
    assert Bulletin.objects.count() == 1
    said = CliRunner().invoke(command, [str(plan.pk), "--out", str(second), "--number", "1"])
    assert said.exit_code == 0
    assert second.read_bytes() == path_of(done.sha256).read_bytes()
    assert CliRunner().invoke(command, ["没有这个方案", "--out", str(first)]).exit_code == 1
    said = CliRunner().invoke(command, [plan.title[:6], "--out", str(tmp_path / "没有" / "a.docx")])
    assert said.exit_code == 1
    assert "请先建好它" in said.output


def test_where_there_is_none_the_clerk_is_led_to_the_first(plan: Plan, signed_in: SignedIn) -> None:
    """An empty list has a button to the plan on which a bulletin is begun, for whoever may begin one."""
    step = f'class="btn btn-primary" href="{reverse("plan", args=[plan.pk])}"'
    assert step in signed_in("clerk").get(reverse("bulletins")).content.decode()
    assert step not in signed_in("headteacher").get(reverse("bulletins")).content.decode()


@pytest.mark.parametrize("became", ["issued", "given up"])
def test_what_came_too_late_comes_back(draft: Bulletin, actor: Actors, signed_in: SignedIn, became: str) -> None:
    """A sentence sent to a draft that a colleague issued or gave up meanwhile is told again with what became of the draft; to whoever does
    not draft the county's bulletins nothing is said."""
    send = reverse("bulletin-edit", args=[draft.pk])
    sent = {"do": "write", "block": "opening", "text": "开头乙。", "revision": str(draft.revision)}
    if became == "issued":
        issue(actor("clerk"), draft.pk, draft.revision)
    else:
        bulletins.give_up(actor("clerk"), draft.pk)
    said = signed_in("clerk").post(send, sent, follow=True).content.decode()
    assert "请自行决定是否补写：开头乙。" in said
    assert ("印发，内容不再改" if became == "issued" else "放弃，这一次没有保存") in said
    assert signed_in("other-clerk").post(send, sent).status_code == 404
    assert signed_in("office").post(send, sent).status_code == 403
