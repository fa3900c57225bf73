"""What is frozen: storage without loss, edits, and figures that no longer agree."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.monthly.invented import a_month_ago, state
from xiangxu.monthly import (
    Block,
    BulletinContent,
    Figure,
    PlanState,
    Span,
    UnreadableContent,
    added,
    compose,
    disagreements,
    dropped,
    edited,
    fingerprint,
    keeping_edits,
    of_data,
    restored,
    to_data,
)

NUMBERS = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def contents(draw: st.DrawFn) -> BulletinContent:
    """Any content: every field at random."""
    plan = draw(st.builds(PlanState))
    blocks = tuple(draw(st.lists(st.builds(Block), max_size=3)))
    figures = tuple(draw(st.lists(st.builds(Figure, value=st.none() | NUMBERS), max_size=3)))
    number = draw(st.none() | st.integers(1, 99))
    return BulletinContent(draw(st.text()), plan, blocks, figures, number)


@settings(max_examples=60, deadline=None)
@given(contents())
def test_storage_loses_nothing(content: BulletinContent) -> None:
    """Through JSON text and back: an equal content, with the same fingerprint."""
    back = of_data(json.loads(json.dumps(to_data(content))))
    assert back == content
    assert fingerprint(back) == fingerprint(content)


def test_a_whole_bulletin_comes_back() -> None:
    """Also after sorting of the fields, as databases do; an edit changes the fingerprint."""
    content = compose(replace(state(), ranking=True), compose(a_month_ago()))
    back = of_data(json.loads(json.dumps(to_data(content), sort_keys=True)))
    assert back == content
    assert fingerprint(back) == fingerprint(content) != fingerprint(edited(content, "opening", "现通报如下。"))


@pytest.mark.parametrize("data", [None, {}, {"format": 2}, {"format": 1, "title": "甲"}])
def test_what_is_no_content_is_refused(data: object) -> None:
    """With what to do."""
    with pytest.raises(UnreadableContent, match="从备份恢复"):
        of_data(data)


def test_a_person_edits_drops_restores_and_adds() -> None:
    """The generated text stays beside the person's; text as generated is no edit."""
    content = compose(state())
    block = {b.id: b for b in edited(content, "opening", "现通报如下。").blocks}["opening"]
    assert (block.text, block.generated) == ("现通报如下。", content.blocks[1].generated)
    assert edited(content, "opening", content.blocks[1].generated) == content
    assert restored(dropped(edited(content, "opening", "甲"), "opening"), "opening") == content
    longer = added(content, "opening", "added:1", "特此说明。")
    assert [b.id for b in longer.blocks][1:3] == ["opening", "added:1"]
    with pytest.raises(ValueError, match="added:1"):
        added(longer, "opening", "added:1", "又")
    with pytest.raises(KeyError):
        edited(content, "nowhere", "甲")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("共有任务12项，已报9项（75%），未报3项。", []),
        ("共有任务 12 项，其中22.2%已完成，或22.22%。", []),
        ("共有任务13项，未报3项。", ["13项"]),
        ("共有任务１３项，完成２３％。", ["１３项", "２３％"]),
        ("近3个月来，第8项任务用了5个工作日，提高2个百分点，涉及4所单位。", []),
        ("1,200项中的9项", ["1,200项"]),
        ("完成0.5%", ["0.5%"]),
    ],
)
def test_figures_in_edited_sentences_must_agree(text: str, wrong: list[str]) -> None:
    """Numbers before 项, 个, 所, % agree with a figure of the block, shares when rounded; orders and durations are no counts."""
    content = edited(compose(state()), "overall:tasks", text)
    found = disagreements(content)
    assert [one.number for one in found] == wrong
    assert all(text[one.start :].startswith(one.number) for one in found)
    assert all("任务总数12项" in one.sentence for one in found)


def test_generated_dropped_and_leaders_sentences_are_not_disputed() -> None:
    """Only what a person wrote, and only where it is printed."""
    content = compose(state())
    assert disagreements(content) == ()
    assert disagreements(dropped(edited(content, "overdue", "逾期99项。"), "overdue")) == ()
    assert disagreements(edited(content, "instruction:i1", "王副县长批示：“30项任务要抓紧。”")) == ()


def test_an_added_paragraph_may_use_any_frozen_figure() -> None:
    """What is frozen nowhere is pointed out."""
    content = added(compose(state()), "opening", "added:1", "全县12项任务中有77项需要关注。")
    (found,) = disagreements(content)
    assert found.number == "77项"
    assert found.sentence == "“77项”在冻结的数里没有。请核对，或删去这个数。"


def test_edits_survive_a_new_draft_and_its_new_figures_are_noticed() -> None:
    """Sentences by id, added ones behind their neighbour, what has no place any more is handed back, not thrown away."""
    old = edited(compose(state()), "overdue", "逾期任务仍有2项，须高度重视。")
    old = edited(old, "overdue:县住房和城乡建设局", "县住房和城乡建设局1项，已约谈。")
    old = dropped(added(old, "overdue", "added:1", "特此提醒。"), "behind")
    old = replace(old, title="十一月通报")
    tasks = tuple(task for task in state().tasks if task.key != "t02")
    kept, lost = keeping_edits(compose(replace(state(), tasks=tasks)), old)
    texts = {block.id: block for block in kept.blocks}
    assert kept.title == "十一月通报"
    assert texts["behind"].dropped
    assert [block.id for block in kept.blocks].index("added:1") == [block.id for block in kept.blocks].index("overdue") + 1
    assert [block.text for block in lost] == ["县住房和城乡建设局1项，已约谈。"]
    assert [one.number for one in disagreements(kept)] == ["2项"]
    again, nothing = keeping_edits(kept, kept)
    assert (again.blocks, nothing) == (kept.blocks, ())


def test_nothing_is_a_dash() -> None:
    """A figure of which nothing is known agrees with no number."""
    figure = Figure("a", "完成率", None, "%")
    assert figure.text == "—"
    content = replace(
        compose(state()), figures=(figure,), blocks=(Block("x", compose(state()).blocks[1].kind, (Span("—", "a"),)),)
    )
    assert [one.number for one in disagreements(edited(content, "x", "完成0%"))] == ["0%"]
