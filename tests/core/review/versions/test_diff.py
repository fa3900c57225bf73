"""What became of each task and promise of a plan in its next version: small cases that show the rules."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from xiangxu.review.versions import Change, Entry, Field, Verdict, diff, entries_of


def row(no: str, title: str, goal: str, **more: Any) -> dict[str, Any]:
    """A row of a list in the exchange form."""
    given = {"no": no, "project": title, "goal": goal, "due": "2026", "lead": ["教育局"], "participants": ["财政局"]}
    return {**given, **more}


def promise(id: str, quote: str, **more: Any) -> dict[str, Any]:
    """A promise in the exchange form."""
    given = {"id": id, "quote": quote, "where": "body 3", "metric": quote[:8], "op": "done", "due": "2026"}
    return {**given, **more}


ROWS = [
    row("1", "优化布局", "保留乡镇小学41所，撤并教学点16个。"),
    row("2", "改善条件", "改造食堂23处，新建教师周转宿舍120套；为寄宿生配备洗浴和取暖设备，配齐生活教师。"),
    row("3", "建强队伍", "每年招聘乡村教师60名，骨干教师到村小支教不少于两年。"),
    row("4", "关爱儿童", "建立留守儿童档案，教师结对帮扶。", lead=["教育局", "民政局"]),
]
OLD = entries_of({"tasks": ROWS})


def told(new: list[dict[str, Any]]) -> dict[str, Change]:
    """What became of each old row, and under its new uid what was added."""
    changes = diff(OLD, entries_of({"tasks": new}))
    return {uid: change for change in changes for uid in (change.old or change.new)}


def test_position_and_number_say_nothing() -> None:
    """Rows in another order with other numbers continue."""
    found = told([{**each, "no": str(9 - at)} for at, each in enumerate(reversed(ROWS))])
    assert [found[entry.uid].verdict for entry in OLD] == [Verdict.CONTINUES] * 4
    assert [found[entry.uid].new for entry in OLD] == [("task-04",), ("task-03",), ("task-02",), ("task-01",)]


def test_what_changed_is_named() -> None:
    """Each field that differs stands in the answer with its old and its new words, and a figure is no change of wording."""
    found = told(
        [
            {**ROWS[0], "goal": "保留乡镇小学38所，撤并教学点16个。"},
            {**ROWS[1], "due": "2027"},
            {**ROWS[2], "goal": "每年公开招聘乡村教师60名，骨干教师到村小支教不少于两年。"},
            {**ROWS[3], "lead": ["民政局"], "participants": ["教育局", "财政局"]},
        ]
    )
    differ = [[difference.field for difference in found[entry.uid].differences] for entry in OLD]
    assert differ == [[Field.FIGURE], [Field.DUE], [Field.WORDING], [Field.OWNER, Field.PARTICIPANTS]]
    assert found["task-01"].differences[0].old == ("41", "16")
    assert "时限由“2026”改为“2027”" in found["task-02"].reason


def test_a_row_in_two_is_split_and_two_in_one_are_merged() -> None:
    """The parts of a row are found by its words, wherever they stand; so are two rows in one."""
    whole = ROWS[1]["goal"]
    cut = whole.index("；")
    found = told(
        [
            row("1", "安居", whole[cut + 1 :]),
            row("2", "布局和队伍", ROWS[0]["goal"] + ROWS[2]["goal"]),
            row("3", "改善条件", whole[:cut]),
            ROWS[3],
        ]
    )
    assert (found["task-02"].verdict, found["task-02"].new) == (Verdict.SPLIT, ("task-01", "task-03"))
    assert found["task-01"] is found["task-03"]
    assert (found["task-01"].verdict, found["task-01"].new) == (Verdict.MERGED, ("task-02",))
    assert found["task-04"].verdict is Verdict.CONTINUES


def test_dropped_and_added_are_no_change_of_one_another() -> None:
    """A new row that speaks of something else does not take the place of one that is gone."""
    new = [*ROWS[:2], ROWS[3], row("3", "数字校园", "建设同步课堂教室35间，接入省级平台。")]
    found = told(new)
    assert found["task-03"].verdict is Verdict.DROPPED
    assert [change.new for change in found.values() if change.verdict is Verdict.ADDED] == [("task-04",)]


def test_every_entry_stands_in_one_change() -> None:
    """Whatever was done, no old and no new entry is left out or told twice."""
    new = [ROWS[0], {**ROWS[2], "goal": ROWS[2]["goal"] + ROWS[3]["goal"]}, row("7", "后勤", "食堂23处改造完成。")]
    entries = entries_of({"tasks": new})
    changes = diff(OLD, entries)
    assert sorted(uid for change in changes for uid in change.old) == sorted(entry.uid for entry in OLD)
    assert sorted(uid for change in changes for uid in change.new) == sorted(entry.uid for entry in entries)


def test_figures_decide_between_promises_of_one_wording() -> None:
    """Of promises that differ in a figure alone, each leads to the one with its own figure."""
    old = [promise(f"p{n}", f"乡村学校改造{n}所", op="eq", value=n, unit="所") for n in (12, 35, 60)]
    new = [replace(entry, uid=f"n-{entry.uid}") for entry in entries_of({"targets": old})]
    Random(1).shuffle(new)
    assert {change.old: change.new for change in diff(entries_of({"targets": old}), new)} == {
        (f"p{n}",): (f"n-p{n}",) for n in (12, 35, 60)
    }


def test_two_that_are_nearly_as_near_are_for_a_person() -> None:
    """Where another entry could be meant as well, or little is alike, the proposal says that it is unsure."""
    old = entries_of({"targets": [promise("p1", "心理健康教师配备到位")]})
    new = entries_of({"targets": [promise("n1", "心理健康教师基本配备到位"), promise("n2", "心理健康教师全部配备到位")]})
    [first] = [change for change in diff(old, new) if change.old]
    assert first.verdict is Verdict.CHANGED
    assert [change.unsure for change in diff(old, new) if change.verdict is Verdict.ADDED] == [True]


def test_plans_without_a_list_are_compared_by_their_actions() -> None:
    """An action that is a task is told once, with its own words from the document."""
    text = "1.优化布局。保留小学8所。（责任单位：教育局）"
    place = {"start": 0, "end": len(text)}
    action = {"no": "1", "title": "优化布局", "lead": ["教育局"], "participants": [], "place": place}
    task = {"no": "1", "project": "优化布局", "lead": ["教育局"], "participants": [], "place": place}
    [entry] = entries_of({"tasks": [task], "body_actions": [action]}, text)
    assert isinstance(entry, Entry)
    assert entry.facts[Field.FIGURE] == ("8",)
    assert "教育局" not in entry.text
