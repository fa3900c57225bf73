"""Scope, parameters and bar of an evaluator (范围和参数) are set before confirming and after publishing, by one form and one function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from xiangxu.model.reason import Reason, kept
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.api import correct, publish_draft
from xiangxu_web.workspaces.plans.covered import choice_of
from xiangxu_web.workspaces.plans.covering import choose_units
from xiangxu_web.workspaces.plans.drafting.checked import remarks_of
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.hows import likely
from xiangxu_web.workspaces.plans.models import Draft, Plan, Target
from xiangxu_web.workspaces.plans.pages.how_form import HowForm

Sign = Callable[[str], Client]
# Entries of a registry, counted: of which kind, from which level up, how far on.
EVALUATOR = "placement-count"
RURAL = "scope-rural-public-kindergartens"


@pytest.fixture
def promise(draft: Draft) -> str:
    """A promise of the draft that nobody has settled."""
    return next(str(row["ref"]) for row in draft.current["promises"] if row["binding"] == "proposed")


def _words(page: Any) -> str:
    return str(page.content.decode().split('class="how-fitted"')[1].split("</form>")[0].split("draft-buttons")[0])


@pytest.mark.parametrize(("scope", "sure"), [("scope-rural-schools", True), ("scope-students", False), (None, True)])
def test_what_cannot_be_asked_of_units_is_not_sure(scope: str | None, sure: bool) -> None:
    """A promise asked of units one by one, with a scope that names none (中小学生): not among those confirmed with one click."""
    assert likely({"kind": "coverage", "id": "closed-campus-share", "scope": scope, "sure": "high"}) is sure


def test_what_is_set_in_the_wizard_is_seen_confirmed_and_published(
    draft: Draft, promise: str, signed_in: Sign, actor: Callable[[str], Actor], correction: Callable[..., Any]
) -> None:
    """The changed words stand there before anything is confirmed; what was seen is what the target is computed by."""
    client, address = signed_in("clerk"), f"/drafts/{draft.pk}/rows/{promise}/"
    before = find(draft.current, promise)
    opened = client.get(address, {"mode": "fit", "evaluator": EVALUATOR}, headers={"HX-Request": "true"})
    assert "乡村公办幼儿园（" in opened.content.decode()  # with how many units it has
    assert "范围：乡村公办幼儿园" not in _words(opened)
    given = {"fit": EVALUATOR, "evaluator": EVALUATOR, "scope": RURAL, "param-kind": "挂职锻炼"}
    words = _words(client.get(address, {"mode": "fit"} | given, headers={"HX-Request": "true"}))
    assert "范围：乡村公办幼儿园" in words
    assert "挂职锻炼" in words
    draft.refresh_from_db()
    assert find(draft.current, promise) == before
    assert "范围：乡村公办幼儿园" in correction(client, "bind", promise, **given).content.decode()
    draft.refresh_from_db()
    settled = find(draft.current, promise)
    assert settled["binding"] == "confirmed"
    assert "范围：乡村公办幼儿园" in client.get(f"/drafts/{draft.pk}/history/").content.decode()
    published = publish_draft(actor("clerk"), draft)
    target = published.targets.get(quote=settled["quote"], metric=settled["metric"])
    assert (target.evaluator, target.evaluator_scope, target.parameters["kind"]) == (EVALUATOR, RURAL, "挂职锻炼")
    assert target.bound is not None


def test_setting_up_an_evaluator_is_undone_like_any_correction(
    draft: Draft, promise: str, signed_in: Sign, correction: Callable[..., Any]
) -> None:
    """Undone, the proposal stands again as it was read."""
    client, before = signed_in("clerk"), find(draft.current, promise)
    correction(client, "bind", promise, fit=EVALUATOR, evaluator=EVALUATOR, scope=RURAL)
    correction(client, "undo", str(draft.edition + 1))
    draft.refresh_from_db()
    assert find(draft.current, promise) == before


def test_what_cannot_be_set_comes_back_as_it_was_typed(
    draft: Draft, promise: str, signed_in: Sign, correction: Callable[..., Any]
) -> None:
    """A scope that no card has: nothing is confirmed, and the form comes back with the rest as it was filled in."""
    given = {"fit": EVALUATOR, "evaluator": EVALUATOR, "scope": "scope-nobody", "param-kind": "挂职锻炼"}
    page = correction(signed_in("clerk"), "bind", promise, **given).content.decode()
    assert "没有保存" in page
    assert '<option value="挂职锻炼" selected' in page
    draft.refresh_from_db()
    assert find(draft.current, promise)["binding"] == "proposed"


def test_a_bar_for_other_parameters_is_refused(plan: Plan) -> None:
    """The bar for primary schools does not judge junior ones."""
    candidate = {"kind": "indicator", "id": "myopia-rate", "parameters": {}, "scope": None}

    def form(stage: str) -> HowForm:
        return HowForm(candidate, plan.area, "", {"scope": "", "param-stage": stage, "threshold": "national-2030-primary"})

    assert form("小学").is_valid()
    assert "threshold" in form("初中").errors


def test_single_units_are_ticked_in_the_wizard(
    draft: Draft, promise: str, signed_in: Sign, actor: Callable[[str], Actor], correction: Callable[..., Any]
) -> None:
    """Of a promise that units are asked about one by one: none ticked is refused; those that were ticked are what the published promise
    means, and its pages say who chose them. A unit of another county cannot be ticked."""
    client, card = signed_in("clerk"), "closed-campus-share"
    given = {"fit": card, "evaluator": card, "scope": "keys"}
    assert "请勾选要算的单位" in correction(client, "bind", promise, **given).content.decode()
    elsewhere = actor("other-clerk").unit_id
    assert "没有保存" in correction(client, "bind", promise, **given, unit=[elsewhere]).content.decode()
    school = actor("headteacher").unit_id
    assert "逐个勾选的 1 个单位" in correction(client, "bind", promise, **given, unit=[school]).content.decode()
    draft.refresh_from_db()
    row = find(draft.current, promise)
    target = publish_draft(actor("clerk"), draft).targets.get(quote=row["quote"], metric=row["metric"])
    assert (target.units, choice_of(target).code) == ({"keys": [school]}, "keys")
    for address in (f"/targets/{target.pk}/", f"/plans/{target.plan_id}/coverage/promises/{target.pk}/"):
        page = client.get(address)
        assert page.context["chosen_by"], address
        assert f"{page.context['chosen_by']} · " in page.content.decode(), address


def test_after_publishing_the_same_form_ends_an_earlier_choice_of_units(
    plan: Plan, signed_in: Sign, actor: Callable[[str], Actor]
) -> None:
    """A scope that is set on the target's page is what counts, also where a group of units was chosen before. The page then says who set
    it, and no longer that it was inferred."""
    target = plan.targets.filter(evaluator="contact-coverage-share", same_as=None).first()
    assert target is not None
    choose_units(actor("clerk"), target.pk, "kindergartens")
    client, address = signed_in("clerk"), f"/targets/{target.pk}/"
    given = {"fit": target.evaluator, "evaluator": target.evaluator, "scope": RURAL}
    assert "group:kindergartens" in client.get(address, {"fit": target.evaluator}).content.decode()
    assert "范围：乡村公办幼儿园" in _words(client.get(address, given))
    assert "范围：各镇街" in _words(client.get(address, given | {"scope": "group:towns"}))
    assert client.post(f"{address}bind/", given).status_code == 302
    now = Target.objects.get(pk=target.pk)
    assert (now.evaluator_scope, now.units, now.binding) == (RURAL, {"scope": RURAL}, Target.Binding.CONFIRMED)
    units = client.get(address).content.decode().split("算哪些单位")[1].split("</p>")[0]
    assert "系统按文件推断" not in units
    assert "乡村教育振兴专班专干 · " in units
    assert "选定" in units
    assert client.post(f"{address}bind/", given | {"scope": "scope-nobody"}).status_code == 200
    assert Target.objects.get(pk=target.pk).evaluator_scope == RURAL
    assert signed_in("other-clerk").post(f"{address}bind/", given).status_code == 404


def test_the_check_knows_what_was_bound(draft: Draft, promise: str, actor: Callable[[str], Actor]) -> None:
    """A promise of which it was not recognised what judges it is no longer told once a person has settled it."""
    row = find(draft.current, promise)
    spot = {"place": row["place"], "other": None, "name": "一", "quote": row["quote"], "note": ""}
    said = kept(Reason("%(title)s：%(more)s", title="没有认出", more=Reason("%(all)s 个目标中 %(n)s 个", all=9, n=1)))
    remark = {"kind": "not-computable", "grade": "notice", "message": said, "why": "", "mend": "", "spots": [spot]}
    for ref in (p["ref"] for p in draft.current["promises"] if (p["same_as"] or p["ref"]) == (row["same_as"] or promise)):
        find(draft.current, ref)["evaluator"] = None
    draft.current = draft.current | {"check": [remark], "contradictions": []}
    draft.save()
    assert [now["spots"] for _made, now in remarks_of(draft.current)] == [[spot]]
    after = correct(actor("clerk"), draft, "later", promise, {})
    assert not list(remarks_of(after.current))
