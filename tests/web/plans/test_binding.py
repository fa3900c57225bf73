"""How a target is computed is a person's word: after publishing, with a pack, through a new version, and on every page the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from xiangxu import clock
from xiangxu.cards.kinds import Evaluator
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.api import correct, publish_draft
from xiangxu_web.workspaces.plans.binding import choose, confirm, put_off, put_to_task, settled_before
from xiangxu_web.workspaces.plans.cards import national
from xiangxu_web.workspaces.plans.covered import choice_of, plan_promises
from xiangxu_web.workspaces.plans.covering import Wish, choose_units, state_many
from xiangxu_web.workspaces.plans.drafting.packed import PACK
from xiangxu_web.workspaces.plans.drafting.rows import unsettled
from xiangxu_web.workspaces.plans.drafting.succession import propose_succession
from xiangxu_web.workspaces.plans.hows import how
from xiangxu_web.workspaces.plans.judging import verdicts
from xiangxu_web.workspaces.plans.models import Draft, Mark, Plan, Target
from xiangxu_web.workspaces.plans.succession import in_force

Who = Callable[[str], Actor]
Browser = Callable[[str], Client]
CONFIRMED, LATER, PROPOSED = Target.Binding.CONFIRMED, Target.Binding.LATER, Target.Binding.PROPOSED


@pytest.fixture
def promise(plan: Plan) -> Target:
    """A promise that each rural school is asked about."""
    found = plan.targets.filter(evaluator="contact-coverage-share", same_as=None).first()
    assert found is not None
    assert found.binding == CONFIRMED
    return found


@pytest.fixture
def open_one(plan: Plan) -> Target:
    """A promise with a proposal that nobody has confirmed."""
    found = plan.targets.filter(evaluator="closed-campus-share").first()
    assert found is not None
    Target.objects.filter(pk=found.pk).update(binding=PROPOSED, bound_by_post=None, bound=None)
    return Target.objects.get(pk=found.pk)


def _again(plan: Plan, edit: Callable[[list[dict[str, Any]]], None] = lambda promises: None) -> Draft:
    """The next version, read from the same document, its promises changed by ``edit``."""
    version = plan.versions.order_by("number").last()
    assert version is not None
    first = version.draft
    as_read = deepcopy(first.as_read)
    edit(as_read["promises"])
    as_read["mapping"] = propose_succession(in_force(version), first.text, as_read, first.text)
    return Draft.objects.create(
        area=plan.area, plan=plan, name="第二版.docx", state=Draft.State.OPEN, text=first.text, as_read=as_read, current=as_read,
        edition=1, made=clock.now(),
    )  # fmt: skip


def _all_likely(promises: list[dict[str, Any]]) -> None:
    for row in promises:
        row["evaluator"] = row["evaluator"] and row["evaluator"] | {"sure": "high"}


def _published(clerk: Actor, draft: Draft) -> None:
    if waiting := unsettled(draft.current):
        draft = correct(clerk, draft, "map", "", {"uids": waiting})
    publish_draft(clerk, draft)


def _schools(plan: Plan) -> list[int]:
    found = Unit.objects.filter(area__path__startswith=plan.area.path, kind=Unit.Kind.SCHOOL, closed=None).order_by("pk")
    return list(found.values_list("pk", flat=True)[:3])


def test_a_new_version_leaves_the_chosen_units_and_what_they_said(plan: Plan, promise: Target, actor: Who) -> None:
    """The clerk chose three schools and they answered: after version 2 of the same document they are asked still, and their words count."""
    clerk, schools = actor("clerk"), _schools(plan)
    choose_units(clerk, promise.pk, keys=schools)
    state_many(clerk, promise.pk, [Wish(key, "yes") for key in schools], note="电话核实")
    _published(clerk, _again(plan))
    kept = Target.objects.get(pk=promise.pk)
    assert (kept.dropped, kept.units["keys"], choice_of(kept).code) == (None, sorted(schools), "keys")
    assert kept in plan_promises(clerk, plan)
    assert "3" in str(verdicts([kept])[kept.pk].why), "the three statements are counted"


def test_what_a_person_settled_wins_over_what_a_new_version_proposes(plan: Plan, promise: Target, actor: Who) -> None:
    """Put off stays put off and confirmed stays confirmed, though a pack proposes something else now; who settled it stays too."""
    clerk = actor("clerk")
    put_off(clerk, [promise.pk])
    other = plan.targets.filter(binding=CONFIRMED, same_as=None).order_by("order").first()
    assert other is not None

    def packed(promises: list[dict[str, object]]) -> None:
        for row in promises:
            row["evaluator"] = {"kind": "milestone", "id": "task-done", "parameters": {}, "scope": None, "score": 1.0, "words": [],
                                "source": PACK}  # fmt: skip
            row["kind"] = "milestone"

    _published(clerk, _again(plan, packed))
    assert Target.objects.get(pk=promise.pk).binding == LATER
    again = Target.objects.get(pk=other.pk)
    assert (again.binding, again.evaluator, again.bound_by_post) == (CONFIRMED, other.evaluator, other.bound_by_post)


def test_marks_of_a_promise_that_is_gone_are_told(plan: Plan, promise: Target, actor: Who, signed_in: Browser) -> None:
    """A new version without the promise: what was said is kept, and the coverage page says that so many cells wait without a promise."""
    clerk, schools = actor("clerk"), _schools(plan)
    choose_units(clerk, promise.pk, keys=schools)
    state_many(clerk, promise.pk, [Wish(key, "yes") for key in schools], note="电话核实")
    draft = _again(plan)
    correct(clerk, draft, "map", str(promise.uid), {"to": []})
    draft.refresh_from_db()
    _published(clerk, draft)
    assert Mark.objects.filter(target=promise, replaced=None).count() == 3
    assert Target.objects.get(pk=promise.pk).dropped is not None
    page = signed_in("clerk").get(f"/plans/{plan.pk}/coverage/").content.decode()
    assert "已填、现在不计入任何承诺的格" in page
    assert '<span class="figure">3</span> 格' in page


def test_scope_and_threshold_of_the_confirmed_evaluator_reach_the_target(draft: Draft, actor: Who) -> None:
    """What the wizard shows is what the matrix counts: the confirmed scope, whatever the other proposals say; the threshold is kept."""
    clerk = actor("clerk")
    ref = next(row["ref"] for row in draft.current["promises"] if (row["evaluator"] or {}).get("id") == "contact-coverage-share")
    chosen = {
        "kind": "coverage", "id": "closed-campus-share", "parameters": {}, "scope": "scope-towns", "threshold": "all", "score": 1.0,
        "words": [],
    }  # fmt: skip
    correct(clerk, draft, "bind", ref, {"evaluator": chosen})
    draft.refresh_from_db()
    quote = next(row["quote"] for row in draft.current["promises"] if row["ref"] == ref)
    target = publish_draft(clerk, draft).targets.filter(evaluator="closed-campus-share", quote=quote).get()
    assert (target.binding, target.evaluator_scope, target.threshold) == (CONFIRMED, "scope-towns", "all")
    assert choice_of(target).words == "镇街区"
    assert target.bound_by_post == clerk.post_id
    assert target.bound is not None


def test_nobody_is_asked_about_what_nobody_confirmed(plan: Plan, open_one: Target, actor: Who, signed_in: Browser) -> None:
    """An unconfirmed promise is in no matrix and takes no statement, has one state on both its pages, and is listed apart for the clerk."""
    clerk = actor("clerk")
    assert open_one not in plan_promises(clerk, plan)
    with pytest.raises(Refused, match="还没有确认怎么算"):
        state_many(clerk, open_one.pk, [Wish(_schools(plan)[0], "yes")], note="电话核实")
    browser = signed_in("clerk")
    for address in (f"/targets/{open_one.pk}/", f"/plans/{plan.pk}/coverage/promises/{open_one.pk}/"):
        assert "算法待定" in browser.get(address).content.decode(), address
    matrix = browser.get(f"/plans/{plan.pk}/coverage/").content.decode()
    assert "还没有确认怎么算的承诺" in matrix
    assert f'href="/targets/{open_one.pk}/"' in matrix


def test_the_clerk_confirms_on_the_targets_page(open_one: Target, actor: Who, signed_in: Browser) -> None:
    """The proposal is shown and confirmed with one button; the page says then who settled it, the audit too."""
    browser, address = signed_in("clerk"), f"/targets/{open_one.pk}/"
    before = browser.get(address).content.decode()
    assert "确认这样算" in before
    assert "已由教育局确认" not in before
    assert browser.post(f"{address}bind/", {"evaluator": open_one.evaluator}).status_code == 302
    assert "已由教育局确认" in browser.get(address).content.decode()
    now = Target.objects.get(pk=open_one.pk)
    assert (now.binding, now.bound_by_post) == (CONFIRMED, actor("clerk").post_id)
    assert AuditRow.objects.filter(verb="target.bind", row_key=str(now.pk)).exists()


def test_what_units_answer_says_that_it_goes_by_their_answers(open_one: Target, signed_in: Browser) -> None:
    """The card's sentence names a return; the site asks the units: that comes first, in English too, and of no other kind of evaluator."""
    browser, address = signed_in("clerk"), f"/targets/{open_one.pk}/"
    for language, from_return, by_answers in (
        ("zh-hans", "占已填报学校的百分比", "按各单位填报并经核验的√"),
        ("en", "latest monthly safety return", "each unit&#x27;s own √ once verified"),
    ):
        browser.cookies["django_language"] = language
        page = browser.get(address).content.decode()
        assert from_return in page
        assert by_answers in page.split(from_return)[0]
    one_of_each = {card.kind: card.id for card in national().of(Evaluator)}
    assert [kind for kind, id in one_of_each.items() if (found := how({"id": id})) and found.going_by] == ["coverage"]


def test_another_card_is_found_by_name_and_chosen(open_one: Target, signed_in: Browser) -> None:
    """The search over cards works without script; a card that was never proposed can be chosen; a name that is none is refused."""
    browser, address = signed_in("clerk"), f"/targets/{open_one.pk}/"
    page = browser.get(address, {"q": "生均建筑面积"}).content.decode()
    assert 'name="evaluator" value="floor-area' in page or "生均" in page
    browser.post(f"{address}bind/", {"evaluator": "contact-coverage-share"})
    assert Target.objects.get(pk=open_one.pk).evaluator == "contact-coverage-share"
    answer = browser.post(f"{address}bind/", {"evaluator": "no-such-card"}, follow=True).content.decode()
    assert "没有这个算法" in answer
    assert Target.objects.get(pk=open_one.pk).evaluator == "contact-coverage-share"


def test_confirming_the_computing_leaves_the_doubt_of_the_reading(open_one: Target, actor: Who) -> None:
    """Whoever confirms how it is computed has not said that he compared it with the text; without a doubt there is nothing to compare."""
    Target.objects.filter(pk=open_one.pk).update(doubts=[], seen=False)
    assert choose(actor("clerk"), open_one.pk, open_one.evaluator).seen
    Target.objects.filter(pk=open_one.pk).update(doubts=["？"], seen=False)
    assert not choose(actor("clerk"), open_one.pk, open_one.evaluator).seen


def test_put_off_and_taken_up_again(open_one: Target, actor: Who) -> None:
    """暂不计算 blanks the evaluator and keeps it among the proposals, so that it can be chosen again."""
    clerk, was = actor("clerk"), open_one.evaluator
    put_off(clerk, [open_one.pk])
    later = Target.objects.get(pk=open_one.pk)
    assert (later.binding, later.evaluator, later.proposals[0]["id"]) == (LATER, "", was)
    assert choose(clerk, open_one.pk, was).binding == CONFIRMED
    assert Target.objects.get(pk=open_one.pk).evaluator_scope == open_one.evaluator_scope


def test_many_at_once_and_all_sure_ones_of_the_filter(plan: Plan, actor: Who, signed_in: Browser) -> None:
    """Ticked ones are confirmed, the rest is not; “all sure ones” keeps to the filter of the address and to what is sure."""
    browser = signed_in("clerk")
    ticked = list(plan.targets.filter(binding=PROPOSED, same_as=None).exclude(evaluator="").values_list("pk", flat=True)[:2])
    browser.post("/targets/bind/", {"target": ticked, "confirm": "1"})
    assert set(Target.objects.filter(pk__in=ticked).values_list("binding", flat=True)) == {CONFIRMED}
    others = plan.targets.filter(binding=PROPOSED).exclude(evaluator="")
    registry = set(others.filter(evaluator_kind="registry").values_list("pk", flat=True))
    rest = others.exclude(evaluator_kind="registry").count()
    browser.post("/targets/bind/?kind=registry&binding=proposed", {"sure": "1"})
    assert others.exclude(evaluator_kind="registry").count() == rest, "other kinds are left alone"
    left = set(others.filter(evaluator_kind="registry").values_list("pk", flat=True))
    assert left
    assert left < registry, "sure ones are confirmed, the others wait"


def test_what_was_settled_is_not_confirmed_over(promise: Target, actor: Who) -> None:
    """A colleague put it off meanwhile: confirming “the proposals of the ticked” leaves it so."""
    clerk = actor("clerk")
    put_off(clerk, [promise.pk])
    assert confirm(clerk, [promise.pk]).done == 0
    assert Target.objects.get(pk=promise.pk).binding == LATER


def test_a_target_is_put_to_another_task_and_stays_there(plan: Plan, promise: Target, actor: Who) -> None:
    """The clerk moves it on its page; a new version of the same document leaves it there. A task of another plan is refused."""
    clerk = actor("clerk")
    task = plan.tasks.filter(parent=None, same_as=None).exclude(pk=promise.task_id).order_by("order").first()
    assert task is not None
    put_to_task(clerk, promise.pk, task.pk)
    _published(clerk, _again(plan))
    assert Target.objects.get(pk=promise.pk).task_id == task.pk
    with pytest.raises(ValueError, match="同一份方案"):
        put_to_task(clerk, promise.pk, 10**9)


@pytest.mark.parametrize("who", ["bureau-leader", "office", "town", "headteacher", "supervisor", "other-clerk", "system-admin"])
def test_nobody_else_settles_it(promise: Target, actor: Who, who: str) -> None:
    """Neither leader, section, town, school nor supervisor, nor another county's clerk: for them there is nothing to settle."""
    with pytest.raises((Http404, Refused)):
        choose(actor(who), promise.pk, promise.evaluator)
    with pytest.raises((Http404, Refused)):
        put_to_task(actor(who), promise.pk, None)
    assert confirm(actor(who), [promise.pk]).done == put_off(actor(who), [promise.pk]).done == 0


def test_the_wizard_of_a_new_version_shows_what_is_settled_and_picks_none_of_it(
    plan: Plan, promise: Target, actor: Who, signed_in: Browser
) -> None:
    """What the version in force has settled stands in the draft as it is computed now, with its scope; it is not among the likely ones
    that are picked at once, nor among those that wait."""
    fitted = {
        "kind": promise.evaluator_kind,
        "id": promise.evaluator,
        "parameters": {},
        "scope": "scope-rural-public-kindergartens",
    }
    choose(actor("clerk"), promise.pk, promise.evaluator, fitted)
    draft = _again(plan, _all_likely)
    kept = settled_before(draft)
    client = signed_in("clerk")
    ref = next(row["ref"] for row in draft.current["promises"] if row["quote"] == promise.quote and row["ref"] in kept)
    row = client.get(f"/drafts/{draft.pk}/rows/{ref}/", headers={"HX-Request": "true"}).content.decode()
    assert "上一版已定" in row
    assert "范围：乡村公办幼儿园" in row
    assert 'value="bind"' not in row
    page = client.get(f"/drafts/{draft.pk}/", {"tab": "targets", "sure": "1"}).content.decode()
    picked = re.findall(r'name="refs" value="(\w+)" form="bulk" checked', page)
    assert picked
    assert not kept.keys() & set(picked)
    waiting = client.get(f"/drafts/{draft.pk}/", {"tab": "targets", "binding": "1"}).content.decode()
    assert all(f'id="r-{each}"' not in waiting for each in kept)
