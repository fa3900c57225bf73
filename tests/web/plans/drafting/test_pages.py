"""The import as the clerk meets it: the page, one correction a POST, the pen, refusals that keep what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from tests.web.plans.conftest import MARKERS
from xiangxu import clock
from xiangxu.model.place import Doubt
from xiangxu.model.reason import kept
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.models import Unit, UnitAlias
from xiangxu_web.workspaces.plans.api import correct, take
from xiangxu_web.workspaces.plans.drafting.correcting import Step, apply, replay
from xiangxu_web.workspaces.plans.drafting.rows import doubtful, find, unbound
from xiangxu_web.workspaces.plans.models import Draft, Finding, Plan
from xiangxu_web.workspaces.plans.pages import draft_rows
from xiangxu_web.workspaces.plans.pages.draft_rows import ordered

Sign = Callable[[str], Client]
TABS = ("tasks", "targets", "units", "check", "doc")


def _form_of(row: dict[str, Any], **typed: str) -> dict[str, str]:
    """What a browser sends of a task's form: every field, some changed."""
    fields = {name: row[name] for name in ("title", "number", "theme", "goal", "measure", "due_words")}
    return fields | {name: "、".join(row[name]) for name in ("lead", "participants")} | typed


def _bound(draft: Draft) -> str:
    """A promise for which the reader proposes an evaluator."""
    return str(next(row["ref"] for row in draft.current["promises"] if row["evaluator"]))


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_shows_what_was_read_in_few_queries(
    draft: Draft, signed_in: Sign, django_assert_max_num_queries: DjangoAssertNumQueries, tab: str
) -> None:
    """The page costs the same few queries however many rows it has."""
    client = signed_in("clerk")
    with django_assert_max_num_queries(20):
        page = client.get(f"/drafts/{draft.pk}/", {"tab": tab})
    assert page.status_code == 200
    if tab == "tasks":
        assert all(row["title"] in page.content.decode() for row in draft.current["tasks"])


def test_only_the_countys_clerks_see_a_draft(draft: Draft, signed_in: Sign) -> None:
    """The other county's clerk, a town, a school, a leader and the supervisor find nothing at any of its addresses."""
    places = ("", "publish/", "pen/", "history/", "progress/", "rows/t1/", "search/?q=校", "pages/1.webp")
    for who in ("other-clerk", "town", "headteacher", "bureau-leader", "supervisor", "system-admin"):
        client = signed_in(who)
        for place in places:
            assert client.get(f"/drafts/{draft.pk}/{place}").status_code in (403, 404), (who, place)
        answer = client.post(f"/drafts/{draft.pk}/correct/", {"kind": "drop", "on": "t1"})
        assert answer.status_code in (403, 404)
    draft.refresh_from_db()
    assert not find(draft.current, "t1")["dropped"]


def test_a_correction_answers_with_its_row_and_the_counts(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """Saved at once, kept as a row of its own; the answer holds the row as it stands and the tabs with their counts."""
    row = find(draft.current, "t1")
    answer = correction(signed_in("clerk"), "set", "t1", **_form_of(row, title="改过的任务", due_words="2026年6月"))
    draft.refresh_from_db()
    after = find(draft.current, "t1")
    assert (after["title"], after["due_on"]) == ("改过的任务", "2026-06-30")
    assert draft.corrections.get().typed == {"title": "改过的任务", "due_words": "2026年6月"}, "only what differs is kept"
    body = answer.content.decode()
    assert "改过的任务" in body
    assert 'id="draft-tabs"' in body


def test_without_script_the_same_form_leads_back_to_the_row(
    draft: Draft, signed_in: Sign, correction: Callable[..., Any]
) -> None:
    """A plain POST is answered with the page, at the row."""
    answer = correction(signed_in("clerk"), "seen", "t1", htmx=False)
    assert answer.status_code == 302
    assert answer["Location"].endswith("?tab=tasks&at=t1#r-t1")


@pytest.mark.parametrize("htmx", [True, False])
def test_a_refused_correction_changes_nothing_and_comes_back_as_it_was_typed(
    draft: Draft, signed_in: Sign, correction: Callable[..., Any], htmx: bool
) -> None:
    """A deadline that means nothing: the words say what to write, every field still holds what was typed, nothing is stored. Likewise a
    text that was not cut, and rows that were picked and do not go together."""
    client, row, before = signed_in("clerk"), find(draft.current, "t1"), draft.current
    typed = _form_of(row, title="写了一半的名称", due_words="等通知")
    body = correction(client, "set", "t1", htmx=htmx, **typed).content.decode()
    assert "没有读懂" in body
    assert "写了一半的名称" in body
    assert "等通知" in body
    assert "还没有断开的一段" in correction(client, "split", "t1", htmx=htmx, words="还没有断开的一段").content.decode()
    body = correction(client, "merge", "", htmx=htmx, refs=["t3", "p1"]).content.decode()
    assert "合并至少要选两条" in body
    assert 'value="t3" form="bulk" checked' in body
    draft.refresh_from_db()
    assert draft.current == before
    assert not draft.corrections.exists()


def test_who_lost_the_pen_is_told_and_loses_nothing(
    draft: Draft, signed_in: Sign, actor: Callable[[str], Actor], colleague: Actor, correction: Callable[..., Any]
) -> None:
    """The colleague took over: the clerk's form comes back filled, with who and until when; one click takes over and saves it."""
    client, row = signed_in("clerk"), find(draft.current, "t1")
    correct(actor("clerk"), draft, "seen", "t2", {})
    take(colleague, draft, over=True)
    typed = _form_of(row, title="还没有保存的名称")
    body = correction(client, "set", "t1", **typed).content.decode()
    assert colleague.person_name in body
    assert "还没有保存的名称" in body
    assert "接手并保存" in body
    draft.refresh_from_db()
    assert find(draft.current, "t1")["title"] == row["title"]
    correction(client, "set", "t1", over="1", **typed)
    draft.refresh_from_db()
    assert find(draft.current, "t1")["title"] == "还没有保存的名称"


def test_the_pen_is_renewed_by_each_correction_and_falls_after_ten_minutes(
    draft: Draft, actor: Callable[[str], Actor], colleague: Actor, colleague_browser: Client
) -> None:
    """Others see who edits; when the ten minutes are over they correct without taking over."""
    correct(actor("clerk"), draft, "seen", "t1", {})
    pen = colleague_browser.get(f"/drafts/{draft.pk}/pen/").content.decode()
    assert actor("clerk").person_name in pen
    assert "接手" in pen
    Draft.objects.filter(pk=draft.pk).update(editor_until=clock.now() - timedelta(seconds=1))
    after = correct(colleague, draft, "seen", "t2", {})
    assert after.editor_person == colleague.person_id
    assert after.editor_until is not None
    assert timedelta(minutes=9) < after.editor_until - clock.now() <= timedelta(minutes=10)


def test_a_form_opened_before_a_colleagues_change_is_shown_beside_it_first(
    draft: Draft, signed_in: Sign, actor: Callable[[str], Actor], colleague: Actor, correction: Callable[..., Any]
) -> None:
    """A stale form does not silently overwrite what a colleague changed meanwhile; sent again it is saved."""
    row = find(draft.current, "t1")
    correct(colleague, draft, "set", "t1", {"title": "同事改的"})
    typed = _form_of(row, title="我改的") | {"over": "1"}
    body = correction(signed_in("clerk"), "set", "t1", edition="1", **typed).content.decode()
    assert "已经改过它" in body
    draft.refresh_from_db()
    assert find(draft.current, "t1")["title"] == "同事改的"
    correction(signed_in("clerk"), "set", "t1", edition=str(draft.edition), **typed)
    draft.refresh_from_db()
    assert find(draft.current, "t1")["title"] == "我改的"


def test_many_bindings_are_confirmed_at_once(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """All that were picked, in one correction; each then says who confirmed it."""
    refs = [row["ref"] for row in draft.current["promises"] if row["evaluator"]][:5]
    client = signed_in("clerk")
    correction(client, "bind", "", refs=refs)
    draft.refresh_from_db()
    assert {find(draft.current, ref)["binding"] for ref in refs} == {"confirmed"}
    assert draft.corrections.count() == 1
    row = client.get(f"/drafts/{draft.pk}/rows/{refs[0]}/", headers={"HX-Request": "true"}).content.decode()
    assert "乡村教育振兴专班专干 · " in row.split("已确认")[1]


def test_an_evaluator_is_found_by_its_words_and_chosen(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """The search goes over all evaluators, not over the proposals alone; each says how it computes in the office's sentence first and
    exactly below, and so does the row of whatever was chosen; an unknown one is refused."""
    client = signed_in("clerk")
    answer = client.get(f"/drafts/{draft.pk}/search/", {"q": "校车", "ref": "p1"})
    found = answer.context["found"]
    assert found
    row = client.get(f"/drafts/{draft.pk}/rows/{_bound(draft)}/", headers={"HX-Request": "true"})
    for page, how in ((answer, found[0]), (row, row.context["shape"].how)):
        told = page.content.decode()
        exact = told.index("精确算法")
        assert 0 < told.index(escape(how.plain)) < exact < told.index(escape(how.sentence), exact)
    correction(client, "bind", "p1", evaluator=found[0].id)
    draft.refresh_from_db()
    assert find(draft.current, "p1")["evaluator"]["id"] == found[0].id
    assert "没有这个算法" in correction(client, "bind", "p1", evaluator="no-such-card").content.decode()


def test_a_unit_is_remembered_for_the_next_document(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """The printed name becomes an alias of the unit that was chosen, once; a unit of another county cannot be chosen."""
    printed = next(iter(draft.current["units"]))
    unit = Unit.objects.filter(kind="department", area__path=draft.area.path).first()
    assert unit is not None
    client = signed_in("clerk")
    correction(client, "unit", printed, unit=unit.pk, remember="1")
    draft.refresh_from_db()
    assert draft.current["units"][printed] == {"unit": unit.pk, "how": "person"}
    stranger = Unit.objects.exclude(area__path__startswith=draft.area.path).first()
    assert stranger is not None
    assert correction(client, "unit", printed, unit=stranger.pk).status_code == 404
    draft.refresh_from_db()
    assert draft.current["units"][printed]["unit"] == unit.pk
    known = {unit.name, unit.short_name, *UnitAlias.objects.filter(unit=unit).values_list("words", flat=True)}
    taken = (
        Unit.objects.filter(short_name=printed).exists() or UnitAlias.objects.filter(words=printed).exclude(unit=unit).exists()
    )
    assert printed in known or taken


def test_a_unit_is_found_by_what_it_is_called(draft: Draft, signed_in: Sign) -> None:
    """By name, short name or alias; where nobody keeps one, by what documents mean, and that one first. No unit of another county, nothing
    for no words."""
    client = signed_in("clerk")
    bureau = Unit.objects.get(kind="bureau", area__path=draft.area.path)

    def found(words: str) -> list[Unit]:
        return list(client.get(f"/drafts/{draft.pk}/search/", {"q": words, "printed": "某局"}).context["found"])

    for words in ("教育和体育", "教体局", "县教体局"):
        assert found(words)[0] == bureau, words
        assert found(words).count(bureau) == 1, words
    bureau.aliases.all().delete()
    Unit.objects.filter(pk=bureau.pk).update(short_name="")
    assert found("教体局")[0] == bureau
    assert found("墨池") == found("没有这个单位") == found(" ") == []


def test_names_that_are_no_units_of_the_place_are_settled_together(
    draft: Draft, signed_in: Sign, correction: Callable[..., Any]
) -> None:
    """The button names all that were not found; one correction settles them, stands in the history, and can be undone; a name that the
    document has not is refused, and nothing is half done."""
    client = signed_in("clerk")
    first, second = list(draft.current["units"])[:2]
    for printed in (first, second):
        draft.as_read["units"][printed] = draft.current["units"][printed] = {"unit": None, "how": ""}
    draft.save()
    page = client.get(f"/drafts/{draft.pk}/", {"tab": "units"}).content.decode()
    assert all(f'name="names" value="{escape(printed)}"' in page for printed in (first, second))
    correction(client, "unit", first, names=[first, "没有这个单位"], unit="")
    draft.refresh_from_db()
    assert draft.current["units"][first]["how"] == ""
    correction(client, "unit", first, names=[first, second], unit="")
    draft.refresh_from_db()
    assert [draft.current["units"][printed]["how"] for printed in (first, second)] == ["person", "person"]
    assert second in client.get(f"/drafts/{draft.pk}/history/").content.decode()
    correction(client, "undo", str(draft.edition))
    draft.refresh_from_db()
    assert [draft.current["units"][printed]["how"] for printed in (first, second)] == ["", ""]


def test_the_facts_of_the_document_are_saved_with_a_word(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """Whoever saves the title is told so, meets it at the head of the page, and finds in the history what stood there before."""
    client, was = signed_in("clerk"), draft.current["doc"]
    facts = {**was, "title": "砚溪县提质强基方案"}
    answer = correction(client, "doc", "", tab="doc", **facts).content.decode()
    assert "已保存" in answer
    assert '<span id="draft-title" hx-swap-oob="true">砚溪县提质强基方案</span>' in answer
    history = client.get(f"/drafts/{draft.pk}/history/").content.decode()
    assert f"方案标题：砚溪县提质强基方案（原为 {was['title']}）" in history


@pytest.mark.parametrize(("typed", "kept"), [("2028-12-31", "2028-12-31"), ("", "")])
def test_until_when_it_runs_is_proposed_and_saved_by_a_person(
    draft: Draft, signed_in: Sign, correction: Callable[..., Any], typed: str, kept: str
) -> None:
    """What the goals say of its end is filled in with their words and marked, and holds only once it was saved, as it is or emptied; the
    undoing brings the proposal back."""
    client = signed_in("clerk")
    page, publish = f"/drafts/{draft.pk}/?tab=doc", f"/drafts/{draft.pk}/publish/"
    shown = client.get(page).content.decode()
    assert 'value="2028-12-31"' in shown
    assert "按文件里的“到2028年，义务教育学校标准化率达到100%" in shown
    assert "建议，还没有人确认" in client.get(publish).content.decode()
    assert draft.current["doc"]["runs_until"] == ""
    correction(client, "doc", "", tab="doc", **{**draft.current["doc"], "runs_until": typed})
    draft.refresh_from_db()
    assert draft.current["doc"]["runs_until"] == kept
    for address in (page, publish):
        assert "建议，还没有人确认" not in client.get(address).content.decode()
    correction(client, "undo", str(draft.corrections.get().number), tab="doc")
    assert "建议，还没有人确认" in client.get(page).content.decode()


def test_a_place_in_a_word_file_is_one_that_a_person_can_find(draft: Draft, signed_in: Sign) -> None:
    """No line numbers, which Word does not show: the row of the table, and the paragraph under its heading."""
    tasks = signed_in("clerk").get(f"/drafts/{draft.pk}/?tab=tasks").content.decode()
    targets = signed_in("clerk").get(f"/drafts/{draft.pk}/?tab=targets").content.decode()
    assert "表格 1 第 2 行" in tasks
    assert "“（三）行动目标”" in targets


def test_the_history_undoes_any_correction(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """What was undone stands as before; the undoing is a correction of its own, and the replay gives what is stored."""
    client, before = signed_in("clerk"), draft.current
    correction(client, "drop", "t1")
    number = draft.corrections.get().number
    told = client.get(f"/drafts/{draft.pk}/history/").content.decode()
    assert "撤销" in told
    assert "第 1 号" in told, "the first is told as the first"
    correction(client, "undo", str(number), htmx=False)
    draft.refresh_from_db()
    assert draft.current == before
    steps = [Step(*each) for each in draft.corrections.values_list("number", "kind", "on", "typed")]
    assert len(steps) == 2
    assert replay(draft.as_read, steps) == draft.current


def test_coming_back_finds_the_place_that_was_left(draft: Draft, signed_in: Sign, correction: Callable[..., Any]) -> None:
    """The tab and the row of the last correction, without anything in the address."""
    client = signed_in("clerk")
    correction(client, "later", "p3")
    page = client.get(f"/drafts/{draft.pk}/")
    assert (page.context["tab"], page.context["at"]) == ("targets", "p3")


def _with_contradiction(draft: Draft) -> None:
    """The reader found two places of the document that contradict; the check does not tell of it."""
    places = [{"start": start, "end": start + 9, "line": 1, "page": None} for start in (100, 900)]
    found = [{"words": "同一目标数字不一致", "first": places[0], "second": places[1]}]
    for state in (draft.as_read, draft.current):
        state["contradictions"] = found
    draft.save(update_fields=["as_read", "current"])


def _unanswered(client: Client, draft: Draft) -> int:
    """What the tab says of the check."""
    tabs = client.get(f"/drafts/{draft.pk}/", {"tab": "check"}).context["tabs"]
    return int(next(each.left for each in tabs if each.key == "check"))


def test_every_finding_on_a_draft_document_is_answered(draft: Draft, signed_in: Sign) -> None:
    """Contradictions within the document like the check's remarks: 不修改 wants its reason, the answer stays with who gave it, and the tab
    counts what nobody answered. For an issued document nothing is asked."""
    client = signed_in("clerk")
    _with_contradiction(draft)
    page = client.get(f"/drafts/{draft.pk}/", {"tab": "check"}).content.decode()
    assert "不影响发布" in page
    assert "同一目标数字不一致" in page
    assert _unanswered(client, draft) == 0
    Draft.objects.filter(pk=draft.pk).update(is_draft=True)
    remarks = client.get(f"/drafts/{draft.pk}/", {"tab": "check"}).context["remarks"]
    assert len({each["key"] for each in remarks}) == len(remarks) == _unanswered(client, draft)
    finding = next(each for each in remarks if each["message"] == "同一目标数字不一致")
    assert [each["start"] for each in finding["spots"][0]["places"]] == [100, 900]
    sent = {"key": finding["key"], "answer": "kept"}
    client.post(f"/drafts/{draft.pk}/answer/", sent | {"reason": " "})
    assert _unanswered(client, draft) == len(remarks)
    client.post(f"/drafts/{draft.pk}/answer/", sent | {"reason": "上级文件如此规定"})
    assert Finding.objects.get(draft=draft, key=finding["key"]).reason == "上级文件如此规定"
    assert _unanswered(client, draft) == len(remarks) - 1
    told = next(e for e in client.get(f"/drafts/{draft.pk}/?tab=check").context["remarks"] if e["key"] == finding["key"])
    assert told["who"]


def test_the_summary_tells_what_remains_and_one_click_publishes_once(draft: Draft, signed_in: Sign) -> None:
    """Promises that nobody looked at stand in nobody's way; the second click leads to the same plan."""
    client = signed_in("clerk")
    summary = client.get(f"/drafts/{draft.pk}/publish/").content.decode()
    assert "没有看过" in summary
    plans = Plan.objects.count()
    first = client.post(f"/drafts/{draft.pk}/publish/")
    second = client.post(f"/drafts/{draft.pk}/publish/")
    assert first["Location"] == second["Location"]
    assert Plan.objects.count() == plans + 1


def test_while_somebody_edits_nobody_else_publishes(
    draft: Draft, actor: Callable[[str], Actor], colleague_browser: Client
) -> None:
    """The colleague is told who edits; nothing is published under the editor's hands."""
    correct(actor("clerk"), draft, "seen", "t1", {})
    body = colleague_browser.post(f"/drafts/{draft.pk}/publish/").content.decode()
    assert actor("clerk").person_name in body
    draft.refresh_from_db()
    assert draft.state == Draft.State.OPEN


def test_a_published_draft_can_be_looked_at_and_no_more_changed(
    draft: Draft, signed_in: Sign, correction: Callable[..., Any]
) -> None:
    """Its page stays, without buttons; a late correction is refused with the reason."""
    client = signed_in("clerk")
    client.post(f"/drafts/{draft.pk}/publish/")
    body = correction(client, "drop", "t1").content.decode()
    assert "不能再改" in body
    draft.refresh_from_db()
    assert not find(draft.current, "t1")["dropped"]


def test_no_words_of_the_other_county_on_any_tab(draft: Draft, other_plan: Plan, signed_in: Sign) -> None:
    """Neither its plan nor its tasks, the choice of plans for a new version included."""
    client = signed_in("clerk")
    pages = [client.get(f"/drafts/{draft.pk}/", {"tab": tab}) for tab in TABS] + [client.get("/drafts/new/")]
    for page in pages:
        assert not any(marker in page.content.decode() for marker in MARKERS)


def test_the_rows_are_leafed_through_and_what_is_settled_moves_behind(
    draft: Draft, signed_in: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row stands on one page, what still wants a look first. The next page begins with the row that was named as its first, also
    when rows before it were settled meanwhile; a row in the address and a place in the document open the page on which the row is."""
    monkeypatch.setattr(draft_rows, "_PAGE", 4)
    clerk, address = signed_in("clerk"), f"/drafts/{draft.pk}/"
    seen, page = [], clerk.get(address, {"tab": "targets"})
    while True:
        refs = [shape.ref for shape in (*page.context["first"], *page.context["rest"])]
        assert 0 < len(refs) <= 4
        seen += refs
        if not page.context["following"]:
            break
        page = clerk.get(address, {"tab": "targets", "from": page.context["following"]})
    first, rest = ordered(draft.current["promises"], False)
    assert seen == [row["ref"] for row in (*first, *rest)]
    middle = find(draft.current, seen[len(seen) // 2])
    for asked in ({"at": middle["ref"]}, {"place": str(middle["place"]["start"])}):
        page = clerk.get(address, {"tab": "targets", **asked})
        assert page.context["at"] in [shape.ref for shape in (*page.context["first"], *page.context["rest"])]
    following = clerk.get(address, {"tab": "targets", "from": seen[0]}).context["following"]
    clerk.post(f"{address}correct/", {"kind": "later", "on": "", "refs": seen[:4], "tab": "targets"})
    clerk.post(f"{address}correct/", {"kind": "seen", "on": "", "refs": seen[:4], "tab": "targets"})
    page = clerk.get(address, {"tab": "targets", "from": following})
    assert (*page.context["first"], *page.context["rest"])[0].ref == following


def test_likely_algorithms_are_picked_on_every_page(draft: Draft, signed_in: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    """选中把握大的 picks them all: those of this page by their boxes, the others by fields of the form; confirmed at once."""
    monkeypatch.setattr(draft_rows, "_PAGE", 4)
    page = signed_in("clerk").get(f"/drafts/{draft.pk}/", {"tab": "targets", "binding": "1", "sure": "1"})
    here = [shape.ref for shape in (*page.context["first"], *page.context["rest"]) if shape.picked]
    assert page.context["elsewhere"]
    assert len(here) + len(page.context["elsewhere"]) == page.context["sure"]
    for ref in page.context["elsewhere"]:
        assert f'<input type="hidden" name="refs" value="{ref}">' in page.content.decode()


def test_what_is_picked_is_looked_at_together(draft: Draft, signed_in: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    """只看选中的 shows these rows and no others, all of them ticked and on one page; confirming then confirms what is seen."""
    monkeypatch.setattr(draft_rows, "_PAGE", 2)
    refs = [row["ref"] for row in draft.current["promises"] if not row["same_as"]][::5][:4]
    client, address = signed_in("clerk"), f"/drafts/{draft.pk}/"
    sent = client.post(f"{address}correct/", {"kind": "chosen", "tab": "targets", "refs": refs})
    page = client.get(sent["Location"])
    seen = [*page.context["first"], *page.context["rest"]]
    assert {shape.ref for shape in seen} == set(refs)
    assert len(refs) > 2
    assert all(shape.picked for shape in seen)
    assert not page.context["elsewhere"]


def test_likely_is_said_of_the_computing_and_not_of_the_reading(draft: Draft, correction: Callable[..., Any]) -> None:
    """A row with a doubt is not among the likely ones, however sure its algorithm; confirmed by hand it still wants a look."""
    row = next(row for row in draft.current["promises"] if row["evaluator"] and unbound(row))
    row["evaluator"]["sure"], row["evaluator"]["kind"], row["doubts"] = "high", "indicator", []
    before = draft_rows.panel(draft, draft_rows.TARGETS, None, {})["sure"]
    row["doubts"] = [kept(Doubt.DUE_CARRIED.reason)]
    assert draft_rows.panel(draft, draft_rows.TARGETS, None, {})["sure"] == before - 1
    after = find(apply(draft.current, "bind", row["ref"], {}), row["ref"])
    assert (after["binding"], doubtful(after)) == ("confirmed", True)


def test_one_touch_confirms_what_the_pack_proposes_and_one_takes_it_back(
    draft: Draft, signed_in: Sign, correction: Callable[..., Any]
) -> None:
    """The button names how many it confirms, and sends these and no others; what was done is said, with the way back beside it."""
    waiting = [row for row in draft.current["promises"] if row["evaluator"] and unbound(row)]
    known, other = [row["ref"] for row in waiting[:3]], waiting[3]["ref"]
    for ref in known:
        find(draft.current, ref)["evaluator"]["source"] = "pack"
    draft.current["pack"] = {"title": "某方案", "proposed": len(known), "not_read": 0}
    draft.save()
    client = signed_in("clerk")
    page = client.get(f"/drafts/{draft.pk}/", {"tab": "targets"}).content.decode()
    form = page.split("按方案包的建议全部确认（3 条）")[0].rsplit("<form", 1)[1]
    assert re.findall(r'name="refs" value="(\w+)"', form) == known
    answer = correction(client, "bind", "", refs=known).content.decode()
    assert "已确认 3 条的算法" in answer
    draft.refresh_from_db()
    assert [find(draft.current, ref)["binding"] for ref in (*known, other)] == ["confirmed"] * 3 + ["proposed"]
    back = re.search(r'name="on" value="(\d+)"', answer.split("已确认 3 条的算法")[0].rsplit("<form", 1)[1])
    assert back is not None
    correction(client, "undo", back.group(1))
    draft.refresh_from_db()
    assert {find(draft.current, ref)["binding"] for ref in known} == {"proposed"}


def test_what_holds_for_the_whole_document_stands_above_its_rows(draft: Draft, signed_in: Sign) -> None:
    """That all was read from a picture is no doubt of one row: it is said where the rows are checked, not on another tab alone."""
    draft.current["doubts"] = ["由图像识别得到，请对照原件"]
    draft.save()
    for tab in ("tasks", "targets"):
        assert "由图像识别得到，请对照原件" in signed_in("clerk").get(f"/drafts/{draft.pk}/", {"tab": tab}).content.decode(), tab
