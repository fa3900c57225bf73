"""Corrections as pure data: whatever valid sequence is made, its replay gives what is stored; what is refused changes nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from xiangxu_web.workspaces.plans.drafting.correcting import UNDO, Step, apply, named, replay, standing, undo
from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection
from xiangxu_web.workspaces.plans.pages.draft_forms import split_parts

Json = dict[str, Any]


def _task(ref: str, **more: Any) -> Json:
    return {
        "ref": ref, "kind": "row", "number": ref, "theme": "", "title": f"任务{ref}", "goal": "", "measure": f"{ref}的措施", "due": "",
        "due_words": "", "due_on": "", "ongoing": False, "lead": ["教体局"], "proposed": [], "participants": ["各镇、街、区"],
        "answerable": "", "others": {}, "same_as": None, "place": {"start": 0, "end": 4, "line": 1, "page": None},
        "doubts": ["有疑问"], "seen": False, "dropped": False, **more,
    }  # fmt: skip


def _promise(ref: str, task: str) -> Json:
    evaluator: Json = {"kind": "milestone", "id": "deed", "parameters": {}, "scope": None, "score": 0.4, "words": []}
    return {
        "ref": ref, "task": task, "quote": f"{ref}原文", "where": "list 1", "metric": f"目标{ref}", "scope": "", "op": "ge", "value": 3.0,
        "value2": None, "uom": "所", "baseline": None, "due": "", "due_words": "", "due_on": "", "per": "", "level": "county",
        "same_as": None, "place": {"start": 1, "end": 3, "line": 1, "page": None}, "doubts": [], "seen": False, "dropped": False,
        "proposals": [evaluator], "kind": "milestone", "binding": "proposed", "evaluator": evaluator,
    }  # fmt: skip


READ: Json = {
    "doc": {"title": "方案", "doc_number": "", "issuer": "", "issued_on": "", "short_title": "", "runs_until": ""},
    "tasks": [_task(f"t{n}") for n in range(1, 5)],
    "promises": [_promise(f"p{n}", f"t{n}") for n in range(1, 4)],
    "units": {"教体局": {"unit": 1, "how": "match"}, "各镇、街、区": {"unit": None, "how": "towns"}},
    "mapping": {"u1": {"kind": "task", "to": ["t1"], "confirmed": False}},
}

_REFS = st.sampled_from(["t1", "t2", "t3", "t4", "p1", "p2", "p3", "n2", "n3", "n4-1", "none"])
_TEXT = st.sampled_from(["", "甲", "甲、乙", "各镇、街、区、人社局", "2025年底", "2026年2月30日", "3", "不是数"])
_FIELDS = st.dictionaries(
    st.sampled_from(
        ["title", "measure", "due_words", "lead", "participants", "metric", "value", "op", "per", "task", "same_as", "bad"]
    ),
    st.one_of(_TEXT, _REFS, st.none(), st.sampled_from(["ge", "year"])),
    max_size=3,
)
_CORRECTIONS = st.one_of(
    st.tuples(st.just("set"), _REFS, _FIELDS),
    st.tuples(st.just("add"), st.sampled_from(["task", "promise", "unit"]), _FIELDS),
    st.tuples(st.just("merge"), _REFS, st.fixed_dictionaries({"with": st.lists(_REFS, max_size=3)})),
    st.tuples(st.just("split"), _REFS, st.fixed_dictionaries({"parts": st.lists(_FIELDS, max_size=3)})),
    st.tuples(st.sampled_from(["drop", "restore", "seen", "bind", "later"]), _REFS, st.just({})),
    st.tuples(st.just("seen"), st.just(""), st.fixed_dictionaries({"refs": st.lists(_REFS, min_size=1, max_size=3)})),
    st.tuples(
        st.just("unit"), st.sampled_from(["教体局", "甲", "无"]), st.fixed_dictionaries({"unit": st.sampled_from([None, 7])})
    ),
    st.tuples(st.just("doc"), st.just(""), st.dictionaries(st.sampled_from(["title", "issued_on", "bad"]), _TEXT, max_size=2)),
    st.tuples(st.just("map"), st.sampled_from(["u1", "u2"]), st.fixed_dictionaries({"to": st.lists(_REFS, max_size=2)})),
    st.tuples(st.just(UNDO), st.sampled_from([str(n) for n in range(1, 9)]), st.just({})),
)


# Nothing at all in place of units: once in some thousand sequences chance finds it, and it broke the page instead of being refused.
@example([("set", "t1", {"lead": None})])
@example([("add", "task", {"title": "甲", "participants": ["甲", None]})])
@given(st.lists(_CORRECTIONS, max_size=10))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_replay_of_what_was_accepted_is_what_is_stored(corrections: list[tuple[str, str, Json]]) -> None:
    """Each is applied as the site does it, the state going through JSON like a database; refused ones leave everything as it was."""
    now, number = deepcopy(READ), 1
    steps: list[Step] = []
    for kind, on, typed in corrections:
        before = deepcopy(now)
        typed = named(kind, typed, number + 1)
        try:
            after = undo(READ, steps, int(on)) if kind == UNDO else apply(now, kind, on, typed)
        except WrongCorrection:
            assert now == before
            continue
        assert now == before, "a correction never changes what it was given"
        number += 1
        steps.append(Step(number, kind, on, json.loads(json.dumps(typed))))
        now = json.loads(json.dumps(after))
    assert replay(READ, steps) == now
    refs = [row["ref"] for row in (*now["tasks"], *now["promises"])]
    assert len(refs) == len(set(refs))


def test_an_undone_correction_counts_as_never_made_and_can_be_made_again() -> None:
    """Undoing the first of two additions leaves the second with its own ref; undoing the undoing brings the first back."""
    steps = [Step(n, "add", "task", named("add", {"title": f"新{n}"}, n)) for n in (2, 3)]
    steps.append(Step(4, "set", "n3", {"title": "改过"}))
    after = undo(READ, steps, 2)
    assert find(after, "n3")["title"] == "改过"
    with pytest.raises(WrongCorrection):
        find(after, "n2")
    steps.append(Step(5, UNDO, "2", {}))
    assert find(undo(READ, steps, 5), "n2")["title"] == "新2"
    with pytest.raises(WrongCorrection, match="已经撤销"):
        undo(READ, steps, 2)


def test_what_later_corrections_build_on_cannot_be_undone_first() -> None:
    """A row that was added and then merged cannot vanish under the merge; the words say what to do."""
    steps = [
        Step(2, "add", "task", named("add", {"title": "新"}, 2)),
        Step(3, "merge", "t1", {"with": ["n2"]}),
    ]
    with pytest.raises(WrongCorrection, match="先撤销后面的"):
        undo(READ, steps, 2)
    assert len(standing(steps)) == 2


def test_a_unit_whose_name_holds_the_mark_stays_whole() -> None:
    """各镇、街、区 is one name in this document: typing another unit behind it does not tear it apart."""
    after = apply(READ, "set", "t1", {"participants": "各镇、街、区、人社局"})
    assert find(after, "t1")["participants"] == ["各镇、街、区", "人社局"]
    assert after["units"]["人社局"] == {"unit": None, "how": ""}


def test_a_merge_loses_no_words_and_takes_the_promises_along() -> None:
    """The measures of both stand in the first; promises of the second belong to the first; the second is marked, not gone."""
    after = apply(READ, "merge", "t1", {"with": ["t2"]})
    assert find(after, "t1")["measure"] == "t1的措施\nt2的措施"
    assert find(after, "p2")["task"] == "t1"
    assert find(after, "t2")["dropped"]
    assert find(after, "t2")["merged_into"] == "t1"


def test_a_split_is_made_where_an_empty_line_stands() -> None:
    """Two paragraphs become two rows; the first keeps its name, the second is named by its own words."""
    parts = split_parts(find(READ, "t1"), "新建幼儿园。\r\n\r\n改造厕所。共20处。")
    after = apply(READ, "split", "t1", named("split", {"parts": parts}, 2))
    assert (find(after, "t1")["title"], find(after, "t1")["measure"]) == ("任务t1", "新建幼儿园。")
    assert (find(after, "n2-1")["title"], find(after, "n2-1")["measure"]) == ("改造厕所", "改造厕所。共20处。")
    with pytest.raises(WrongCorrection, match="空一行"):
        apply(READ, "split", "t1", {"parts": split_parts(find(READ, "t1"), "只有一段")})
