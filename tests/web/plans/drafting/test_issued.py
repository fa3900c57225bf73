"""A text put up for comment is not published as the plan; the same paper uploaded twice is told; drafts stand on the list of plans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.test import Client

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.api import CannotPublish, correct, publish_draft
from xiangxu_web.workspaces.plans.importing import as_version, known_as
from xiangxu_web.workspaces.plans.models import Draft, Plan, Task

Sign = Callable[[str], Client]
Who = Callable[[str], Actor]


@pytest.fixture
def comment(draft: Draft) -> Draft:
    """A draft of a text that is put up for comment."""
    Draft.objects.filter(pk=draft.pk).update(is_draft=True)
    draft.refresh_from_db()
    return draft


class TestForComment:
    """征求意见稿: its findings are to be answered, and only once it is issued does it become the plan."""

    def test_it_is_not_published(self, comment: Draft, signed_in: Sign, actor: Who) -> None:
        """Neither by the button nor past the page, until somebody says that it was issued, and when."""
        client = signed_in("clerk")
        page = client.get(f"/drafts/{comment.pk}/publish/").content.decode()
        assert "这是征求意见稿" in page
        assert "条意见没有处理" in page
        for sent in ({}, {"issued": "on"}, {"issued_on": "2026-10-08"}):
            assert client.post(f"/drafts/{comment.pk}/publish/", sent).status_code == 422, sent
        with pytest.raises(CannotPublish, match="征求意见稿"):
            publish_draft(actor("clerk"), comment)
        comment.refresh_from_db()
        assert comment.state == Draft.State.OPEN

    def test_issued_since(self, comment: Draft, signed_in: Sign) -> None:
        """With the explicit word it is the plan, under the number and the day that were given."""
        sent = {"issued": "on", "doc_number": "砚政办发〔2026〕8号", "issued_on": "2026-10-08"}
        assert signed_in("clerk").post(f"/drafts/{comment.pk}/publish/", sent).status_code == 302
        comment.refresh_from_db()
        plan = comment.plan
        assert plan is not None
        assert (plan.doc_number, plan.issued_on) == ("砚政办发〔2026〕8号", date(2026, 10, 8))
        assert (comment.state, comment.is_draft) == (Draft.State.PUBLISHED, False)

    def test_the_page_says_what_it_is(self, comment: Draft, signed_in: Sign) -> None:
        """At the head of the wizard, and on the list of plans."""
        client = signed_in("clerk")
        assert "征求意见稿" in client.get(f"/drafts/{comment.pk}/").content.decode()
        assert "征求意见稿" in client.get("/plans/").content.decode()


class TestTwice:
    """The same paper again: told before a second plan is made of it."""

    def test_told_and_made_a_new_version(self, draft: Draft, plan: Plan, signed_in: Sign, actor: Who) -> None:
        """One button makes it the new version: what was corrected stays, each old task has its place, and there is one plan."""
        client, clerk = signed_in("clerk"), actor("clerk")
        correct(clerk, draft, "set", "t1", {"title": "改过的名称"})
        for address in (f"/drafts/{draft.pk}/", f"/drafts/{draft.pk}/publish/"):
            page = client.get(address).content.decode()
            assert "本县已有方案" in page, address
            assert f"/plans/{plan.pk}/" in page, address
        assert client.post(f"/drafts/{draft.pk}/version/", {"plan": plan.pk}).status_code == 302
        draft.refresh_from_db()
        assert draft.plan == plan
        assert draft.current["tasks"][0]["title"] == "改过的名称"
        assert {was["to"][0] for was in draft.current["mapping"].values() if was["kind"] == "task"} >= {"t2", "t3"}
        assert known_as(draft) is None
        waiting = [uid for uid, was in draft.current["mapping"].items() if was["kind"] == "task" and not was["confirmed"]]
        correct(clerk, draft, "map", "", {"uids": waiting})
        before = Task.objects.filter(plan=plan, dropped=None).count()
        publish_draft(clerk, draft)
        assert plan.versions.count() == 2
        assert Task.objects.filter(plan=plan, dropped=None).count() == before

    def test_and_back(self, draft: Draft, plan: Plan, actor: Who) -> None:
        """Chosen by mistake it becomes a new plan again, without a mapping."""
        clerk = actor("clerk")
        as_version(clerk, draft, plan)
        found = as_version(clerk, draft, None)
        assert found.plan is None
        assert "mapping" not in found.current
        assert "mapping" not in found.as_read

    def test_another_paper_is_not_told(self, draft: Draft, actor: Who) -> None:
        """By title and number, as they are corrected; another county's plan is nobody's to continue."""
        clerk = actor("clerk")
        found = correct(clerk, draft, "doc", "doc", {"title": "另一份方案", "doc_number": ""})
        assert known_as(found) is None
        other = Plan.objects.create(area_id=_county_of(actor("other-clerk")), title="另一份方案", made=draft.made)
        assert known_as(found) is None
        with pytest.raises(Http404):
            as_version(clerk, found, other)


def _county_of(actor: Actor) -> int:
    return int(Plan._meta.get_field("area").related_model.objects.get(path=actor.county_path).pk)


def test_drafts_stand_on_the_list_of_plans(draft: Draft, signed_in: Sign) -> None:
    """For whoever may edit them, and for nobody else; by the title that was read, on the start page too."""
    draft.name = "最终稿（3）.docx"
    draft.save(update_fields=["name"])
    for page in ("/plans/", "/"):
        link = signed_in("clerk").get(page).content.decode().split(f'href="/drafts/{draft.pk}/"')[1].split("</a>")[0]
        assert draft.current["doc"]["title"] in link, page
        assert draft.name not in link, page
    for who in ("bureau-leader", "town", "headteacher", "supervisor", "other-clerk"):
        assert f"/drafts/{draft.pk}/" not in signed_in(who).get("/plans/").content.decode(), who
