"""What nobody has looked at since it was read is marked after publishing, for whoever can look, until somebody does."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from xiangxu.targets.status import Status
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.workspaces.plans.api import correct, publish_draft
from xiangxu_web.workspaces.plans.binding import confirm
from xiangxu_web.workspaces.plans.drafting.rows import to_bind
from xiangxu_web.workspaces.plans.drafting.succession import propose_succession
from xiangxu_web.workspaces.plans.judging import verdicts
from xiangxu_web.workspaces.plans.looking import DOUBTFUL, look
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target, Task
from xiangxu_web.workspaces.plans.succession import in_force

Who = Callable[[str], Actor]
Sign = Callable[[str], Client]
MARK = "有疑问，没有人看过"


@pytest.fixture
def doubtful(plan: Plan) -> Target:
    """A promise of which the reader was not sure, with nobody's eyes on it."""
    return plan.targets.filter(DOUBTFUL, same_as=None).earliest("order")


def _short(draft: Draft) -> Draft:
    """The draft with few of its rows: what holds of them holds of all, and to compare two versions takes its time."""
    tasks, promises = draft.as_read["tasks"][:3], draft.as_read["promises"][:8]
    draft.current = draft.as_read = deepcopy(draft.as_read) | {"tasks": tasks, "promises": [r | {"task": None} for r in promises]}
    draft.save()
    return draft


def _next(plan: Plan, draft: Draft, changed: str) -> Draft:
    """The next version, read from the same document; of one promise another figure was read, with a doubt."""
    version = plan.versions.latest("number")
    as_read = deepcopy(draft.as_read)
    row = next(row for row in as_read["promises"] if row["ref"] == changed)
    row |= {"value": row["value"] + 1, "doubts": ["复核数字"]}
    as_read["mapping"] = propose_succession(in_force(version), version.draft.text, as_read, draft.text)
    made = {"plan": plan, "as_read": as_read, "current": as_read, "state": Draft.State.OPEN, "name": "第二版.docx", "edition": 1}
    return Draft.objects.create(area=plan.area, text=draft.text, made=draft.made, **made)


def test_doubts_survive_publishing(draft: Draft, actor: Who) -> None:
    """Each task and target keeps the reader's reasons, and whether somebody looked while it was a draft."""
    clerk = actor("clerk")
    rows = draft.as_read["promises"]
    looked, left = (next(row for row in part if row["doubts"]) for part in (rows, rows[::-1]))
    assert looked["ref"] != left["ref"]
    correct(clerk, draft, "seen", looked["ref"], {})
    plan = publish_draft(clerk, draft)
    stand = {target.quote: (target.doubts, target.seen) for target in plan.targets.all()}
    assert stand[looked["quote"]] == (looked["doubts"], True)
    assert stand[left["quote"]] == (left["doubts"], False)
    assert [task.doubts for task in plan.tasks.order_by("order")] == [row["doubts"] for row in draft.as_read["tasks"]]


def test_a_next_version_asks_only_what_reads_otherwise(draft: Draft, actor: Who) -> None:
    """What somebody looked at and stands unchanged in the next version stays looked at; what reads otherwise wants eyes again, and is
    not judged before, though how it is computed is settled."""
    clerk = actor("clerk")
    plan = publish_draft(clerk, _short(draft))
    changed = next(row for row in draft.current["promises"] if row["value"] and row["evaluator"] and not row["same_as"])
    confirm(clerk, [plan.targets.get(quote=changed["quote"], metric=changed["metric"]).pk])
    look(clerk, Target, list(plan.targets.values_list("pk", flat=True)))
    look(clerk, Task, list(plan.tasks.values_list("pk", flat=True)))
    publish_draft(clerk, _next(plan, draft, changed["ref"]))
    assert plan.versions.count() == 2
    target = plan.targets.get(dropped=None, seen=False)
    assert (target.value, target.binding, target.edition) == (changed["value"] + 1, Target.Binding.CONFIRMED, 3)
    assert not plan.tasks.filter(dropped=None, seen=False).exists()
    assert verdicts([target])[target.pk].status is Status.WAITING_BINDING
    look(clerk, Target, [target.pk])
    target.refresh_from_db()
    assert "没有人看过" not in str(verdicts([target])[target.pk].why)


@pytest.mark.parametrize("kind", ["target", "task"])
def test_marked_in_list_and_page_until_looked_at(plan: Plan, doubtful: Target, kind: str, signed_in: Sign) -> None:
    """The list shows the mark with the reader's reason and can be narrowed to such rows; one touch on the page, or a tick in the list,
    and it is gone; the history tells who looked."""
    client = signed_in("clerk")
    table = plan.targets if kind == "target" else plan.tasks
    waiting = list(table.filter(DOUBTFUL, same_as=None, dropped=None).order_by("order"))
    answer = client.get(f"/{kind}s/", {"look": "doubtful"})
    assert answer.context["page"].paginator.count == len(waiting) > 1
    assert MARK in answer.content.decode()
    page = client.get(f"/{kind}s/{waiting[0].pk}/").content.decode()
    assert MARK in page
    assert client.post(f"/{kind}s/seen/", {kind: [waiting[0].pk], "page": "1"})["Location"] == f"/{kind}s/{waiting[0].pk}/"
    page = client.get(f"/{kind}s/{waiting[0].pk}/").content.decode()
    assert MARK not in page
    assert "看过读出的内容，无误" in page
    client.post(f"/{kind}s/seen/", {kind: [each.pk for each in waiting]})
    assert client.get(f"/{kind}s/", {"look": "doubtful"}).context["page"].paginator.count == 0
    assert AuditRow.objects.filter(verb="reading.look", table=kind).count() == len(waiting)
    book = load_workbook(BytesIO(b"".join(client.get(f"/{kind}s/", {"as": "xlsx"}).streaming_content)))
    assert {"核对", "读取时的疑问"} <= {cell.value for row in book.active.iter_rows(max_row=8) for cell in row}


@pytest.mark.parametrize("who", ["headteacher", "town", "bureau-leader", "supervisor"])
def test_no_noise_for_those_who_cannot_look(plan: Plan, doubtful: Target, who: str, signed_in: Sign) -> None:
    """Neither mark, nor reason, nor filter for posts that do not keep the plan."""
    client = signed_in(who)
    lists = ("/targets/", "/targets/?look=doubtful", "/tasks/?look=doubtful")
    for address in (*lists, f"/targets/{doubtful.pk}/", f"/plans/{plan.pk}/"):
        page = client.get(address).content.decode()
        for words in (MARK, "没有人看过", "还没有人看过", "看过，无误"):
            assert words not in page, (address, words)


def test_before_publishing_the_page_says_what_goes_along(draft: Draft, signed_in: Sign) -> None:
    """How many go along doubtful, unlooked-at and unbound, and where they are found afterwards."""
    page = signed_in("clerk").get(f"/drafts/{draft.pk}/publish/").content.decode()
    promises = draft.current["promises"]
    doubtful = sum(bool(row["doubts"]) for row in promises)
    assert f"：目标 {doubtful} 条，任务" in page
    assert f"另有 {len(promises) - doubtful} 条目标没有疑问，也没有人看过" in page
    assert f"待确认 {len(to_bind(promises))} 条" in page
    assert "接下来" in page
