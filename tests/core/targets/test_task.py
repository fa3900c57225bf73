"""How a task stands: only from what was reported, by nodes, never worse for more done; a split task by its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangxu.targets.status import Status
from xiangxu.targets.task import Step, TaskFacts, Word, done_of, rolled, task_verdict

ON = date(2026, 11, 20)
# From worst to best; what waits for data is outside.
ORDER = [Status.MISSED, Status.BEHIND, Status.ON_COURSE, Status.MET]
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
amounts = st.integers(0, 40).map(float)
steps = st.lists(st.builds(Step, days, amounts), max_size=4)


def facts(word: st.SearchStrategy[Word | None], done: st.SearchStrategy[float | None]) -> st.SearchStrategy[TaskFacts]:
    """Tasks of all kinds, without parts."""
    return st.builds(
        TaskFacts, word, days, st.none() | days, st.booleans(), steps, done, st.none() | amounts, st.just("所"), st.just("甲镇")
    )


silent = facts(st.none(), st.none())
speaking = facts(st.sampled_from(list(Word)), st.none() | amounts)


@given(silent, st.lists(silent, max_size=4))
def test_no_facts_no_lamp(task: TaskFacts, parts: list[TaskFacts]) -> None:
    """Without an accepted report there is no lamp, whatever deadline and nodes say, and however many parts are silent."""
    assert task_verdict(replace(task, parts=parts), ON).status is Status.WAITING_DATA


@given(speaking, amounts, amounts)
def test_monotone_in_done(task: TaskFacts, one: float, other: float) -> None:
    """More done never makes a task stand worse."""
    less, more = sorted((one, other))
    before, after = (task_verdict(replace(task, done=done), ON).status for done in (less, more))
    assert ORDER.index(after) >= ORDER.index(before)


@given(speaking, st.lists(speaking, min_size=1, max_size=4), st.integers(0, 3), amounts, amounts)
def test_a_whole_is_monotone_in_a_part(task: TaskFacts, parts: list[TaskFacts], n: int, one: float, other: float) -> None:
    """More done by one part never makes the whole stand worse."""
    less, more = sorted((one, other))
    n %= len(parts)
    known = [replace(part, done=part.done or 0.0) for part in parts]
    before, after = (
        task_verdict(replace(task, parts=[*known[:n], replace(known[n], done=done), *known[n + 1 :]]), ON).status
        for done in (less, more)
    )
    assert ORDER.index(after) >= ORDER.index(before)


@given(speaking)
def test_a_missed_node_is_named(task: TaskFacts) -> None:
    """Whoever is behind for a node reads its day and how much was to be done."""
    verdict = task_verdict(task, ON)
    if "节点" in verdict.why:
        late = min((s for s in task.steps if s.due_on < ON and (task.done or 0) < (s.quantity or 0)), key=lambda s: s.due_on)
        assert f"{late.due_on.year}年{late.due_on.month}月{late.due_on.day}日" in verdict.why
        assert f"{late.quantity:g} 所" in verdict.why


@given(st.lists(speaking, min_size=1, max_size=4), st.lists(silent, min_size=1, max_size=3), days)
def test_silent_parts_are_never_red(parts: list[TaskFacts], quiet: list[TaskFacts], due: date) -> None:
    """A whole whose speaking parts are all met is not red, amber or green because others have not reported yet."""
    met = [part for part in parts if task_verdict(part, ON).status is Status.MET]
    assert task_verdict(TaskFacts(due_on=due, parts=[*met, *quiet]), ON).status is Status.WAITING_DATA


@given(st.lists(speaking | silent, max_size=6))
def test_rolled_up(parts: list[TaskFacts]) -> None:
    """Each part is met, silent, behind or on course, once; what nobody reported is unknown, not nought."""
    whole = rolled(TaskFacts(parts=parts), ON)
    course = sum(task_verdict(part, ON).status is Status.ON_COURSE for part in parts)
    assert whole.parts == whole.met + len(whole.silent) + len(whole.partly) + len(whole.behind) + course
    assert (whole.done is None) == all(done_of(part) is None for part in parts)


def test_a_unit_whose_own_parts_report_is_not_silent() -> None:
    """A town of whose schools one has reported is not told as 未报 but as not fully reported; only who said nothing at all is silent."""
    half = replace(part(None), owner="甲镇", parts=[part(Word.NORMAL, 1), part(None)])
    whole = rolled(TaskFacts(parts=[half, replace(part(None), owner="乙镇"), part(Word.DONE)]), ON)
    assert (whole.partly, whole.silent, whole.met) == (("甲镇",), ("乙镇",), 1)


def part(word: Word | None, done: float | None = None, quantity: float | None = 5, steps: list[Step] | None = None) -> TaskFacts:
    """A part of five schools."""
    return TaskFacts(word, ON - timedelta(9), None, False, steps or [], done, quantity, "所", "甲镇")


NODE = Step(date(2026, 6, 30), 3.0)


@pytest.mark.parametrize(
    ("task", "status", "words"),
    [
        (part(Word.NORMAL, 2, steps=[NODE]), Status.BEHIND, "2026年6月30日 的节点“3 所”未达到，现报 2 所。"),
        (part(Word.NORMAL, 3, steps=[NODE]), Status.ON_COURSE, "报正常，已完成 3 所，应完成 5 所。"),
        (part(Word.NORMAL, None, steps=[NODE]), Status.ON_COURSE, "报正常。"),
        (part(Word.NORMAL, 5), Status.MET, "已完成 5 所，应完成 5 所。"),
        (part(Word.DONE, 4), Status.BEHIND, "报完成，但已完成 4 所，应完成 5 所。"),
        (part(Word.DONE), Status.MET, "报完成。"),
        (replace(part(Word.DONE, quantity=None), ongoing=True), Status.ON_COURSE, "长期任务继续"),
        (TaskFacts(parts=[part(Word.DONE), part(Word.DONE)]), Status.MET, "2 个承担单位全部完成。"),
        (TaskFacts(parts=[part(Word.DONE), part(None)]), Status.WAITING_DATA, "2 个承担单位中 1 个未报。"),
        (TaskFacts(parts=[part(None), part(None)]), Status.WAITING_DATA, "2 个承担单位都还没有接收到进展。"),
        (
            TaskFacts(parts=[TaskFacts(parts=[part(Word.NORMAL, 1), part(None)]), part(None)]),
            Status.WAITING_DATA,
            "2 个承担单位都还没有报齐。",
        ),
        (TaskFacts(Word.NORMAL, ON, parts=[part(None)]), Status.ON_COURSE, "报正常"),
        (
            TaskFacts(due_on=date(2026, 6, 30), parts=[part(Word.DONE), part(Word.NORMAL, 1)]),
            Status.MISSED,
            "2 个承担单位中 1 个未完成。",
        ),
        (
            TaskFacts(due_on=date(2026, 6, 30), parts=[part(Word.DONE), part(Word.NORMAL, 1), part(None), part(None)]),
            Status.MISSED,
            "4 个承担单位中 1 个完成，1 个未完成，2 个未报。",
        ),
        (TaskFacts(due_on=date(2026, 6, 30), parts=[part(Word.DONE), part(None)]), Status.WAITING_DATA, "未报"),
        # What was reported on the whole and is late does not get better because one part is done.
        (
            TaskFacts(Word.NORMAL, ON, date(2026, 6, 30), parts=[part(Word.DONE), part(None)]),
            Status.MISSED,
            "2 个承担单位中 1 个完成，1 个未报。",
        ),
        # Nor what was behind by the figure of the whole, or short of what it was called done with, until the parts' figures say otherwise.
        (
            TaskFacts(Word.NORMAL, ON, None, steps=[NODE], done=2, parts=[part(Word.DONE, quantity=None), part(None)]),
            Status.BEHIND,
            "节点“3”未达到，现报 2。",
        ),
        (
            TaskFacts(Word.NORMAL, ON, None, steps=[NODE], done=2, parts=[part(Word.DONE, 5), part(None)]),
            Status.WAITING_DATA,
            "2 个承担单位中 1 个未报。",
        ),
        (
            TaskFacts(Word.DONE, ON, done=4, quantity=20, parts=[part(Word.DONE, 5), part(None)]),
            Status.BEHIND,
            "报完成，但已完成 5，应完成 20。",
        ),
        (TaskFacts(parts=[part(Word.NORMAL, 2, steps=[NODE]), part(None)]), Status.BEHIND, "节点“3 所”未达到"),
        # The silent part may have done its five: the node of eight is not known to be missed until it cannot be reached.
        (TaskFacts(steps=[Step(date(2026, 6, 30), 8.0)], parts=[part(Word.NORMAL, 3), part(None)]), Status.WAITING_DATA, "未报"),
        (
            TaskFacts(steps=[Step(date(2026, 6, 30), 9.0)], parts=[part(Word.NORMAL, 3), part(None)]),
            Status.BEHIND,
            "节点“9”未达到",
        ),
    ],
)
def test_cases(task: TaskFacts, status: Status, words: str) -> None:
    """The cases of an office, each with its sentence."""
    verdict = task_verdict(task, ON)
    assert (verdict.status, words in verdict.why) == (status, True), verdict
