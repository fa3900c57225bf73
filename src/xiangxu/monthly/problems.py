"""What is wrong, by unit: overdue, behind, unreported, gaps of coverage. Each is told apart; none is inferred from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xiangxu.monthly.content import Block, Span
from xiangxu.monthly.figures import Figures, listed, sentence
from xiangxu.monthly.state import PlanState, TaskState
from xiangxu.monthly.wording import (
    ANSWERING,
    asked_units,
    by_unit,
    heading,
    missing_units,
    ours,
    task_names,
    text_block,
    unit_names,
)
from xiangxu.targets.status import Status


def problems(state: PlanState, figures: Figures) -> Iterator[Block]:
    """The section 存在问题, or one sentence where nothing is wrong with what was reported. Of a plan that is just published nothing is
    said of what nobody has reported yet."""
    overdue = [task for task in state.tasks if task.verdict.status is Status.MISSED]
    behind = [task for task in state.tasks if task.verdict.status is Status.BEHIND]
    silent = [task for task in state.tasks if task.unheard]
    in_part = [task for task in state.tasks if task.in_part]
    unreviewed = [task for task in state.tasks if task.unreviewed]
    gaps = [gap for gap in state.gaps if gap.missing or gap.unanswered]
    reported = len(state.tasks) - len(silent) - len(in_part) - len(unreviewed)
    if state.new:
        silent, in_part, gaps = [], [], [gap for gap in gaps if gap.missing]
    if not (reported or in_part or unreviewed or silent or gaps):
        return
    yield heading("problems", "存在问题" if overdue or behind or in_part or silent or gaps else "问题排查")
    if reported and not overdue and not behind:
        yield text_block("problems:none", "已报进展的任务中没有滞后和逾期的。")
    yield from _lagging("overdue", "逾期", overdue, figures)
    yield from _lagging("behind", "滞后", behind, figures)
    if in_part:
        yield heading("in-part", "部分上报", 2)
        yield from (_in_part(task, figures) for task in in_part)
    if unreviewed:
        yield heading("unreviewed", "已报待审核", 2)
        yield _unreviewed(unreviewed, state, figures)
    if silent:
        yield heading("silent", "未报进展", 2)
        yield _silent(silent, figures)
    if gaps:
        yield heading("gaps", "覆盖缺口", 2)
        yield from _gaps(state, figures)


def _lagging(key: str, word: str, tasks: Sequence[TaskState], figures: Figures) -> Iterator[Block]:
    if not tasks:
        return
    yield heading(key, f"{word}任务", 2)
    total = figures.count(f"{key}.tasks", f"{word}任务", [task.key for task in tasks])
    in_units = figures.count(f"{key}.units", f"有{word}任务的单位", asked_units(tasks), "个", "units")
    yield text_block(key, f"{word}任务", total, "，涉及", in_units, "单位。")
    for unit, own in by_unit(tasks).items():
        count = figures.count(f"{key}:{unit}", f"{unit}的{word}任务", [task.key for task in own])
        yield text_block(f"{key}:{unit}", unit, count, f"：{task_names(own, why=True)}。")


def _in_part(task: TaskState, figures: Figures) -> Block:
    """A split task of which some parts are reported: how many of how many, and by name whose report is missing."""
    missing, waiting = missing_units(task), task.parts_in_review
    word = "未报或未报齐" if task.partly else "未报"
    key, of = f"in-part:{task.key}", len(task.parts)
    lists = []
    if waiting:
        count = figures.count(f"{key}.unreviewed", f"“{task.name}”已报待审核的承担单位", waiting, "个", "units", of)
        lists.append(sentence("已报待审核", count, f"：{unit_names(waiting)}"))
    if task.answering:
        count = figures.count(f"{key}.answering", f"“{task.name}”{ANSWERING}的承担单位", task.answering, "个", "units", of)
        lists.append(sentence(ANSWERING, count, f"：{unit_names(task.answering)}"))
    if missing:
        count = figures.count(f"{key}.missing", f"“{task.name}”{word}的承担单位", missing, "个", "units", of)
        lists.append(sentence(word, count, f"：{unit_names(missing)}"))
    return text_block(
        key,
        f"{task.unit}“{task.name}”由",
        figures.count(f"{key}.parts", f"“{task.name}”的承担单位", task.parts, "个", "units"),
        "单位承担，已报",
        figures.count(f"{key}.reported", f"“{task.name}”已报的承担单位", task.reported, "个", "units", of),
        "，",
        listed(lists, "；"),
        "。",
    )


def _counted(key: str, what: str, tasks: Sequence[TaskState], figures: Figures) -> tuple[Span, ...]:
    """Unit by unit, how many."""
    return listed(
        [
            sentence(unit, figures.count(f"{key}:{unit}", f"{unit}{what}的任务", [task.key for task in own]))
            for unit, own in by_unit(tasks).items()
        ],
        "，",
    )


def _unreviewed(tasks: Sequence[TaskState], state: PlanState, figures: Figures) -> Block:
    """Who has handed in and is not 未报: the office has yet to look at it."""
    return text_block(
        "unreviewed",
        "已报进展、尚待审核的任务",
        figures.count("unreviewed.tasks", "已报待审核的任务", [task.key for task in tasks]),
        "：",
        _counted("unreviewed", "已报待审核", tasks, figures),
        f"。报送单位已按要求报送，由{ours(state.issuer)}审核后计入。",
    )


def _silent(tasks: Sequence[TaskState], figures: Figures) -> Block:
    """Who has sent nothing. That a deadline has passed meanwhile is said as the fact it is: silence is not the better choice."""
    past = [task.key for task in tasks if task.past]
    late = (
        sentence(
            "其中",
            figures.count("silent.past", "未报进展、时限已过的任务", past, of=len(tasks)),
            "的完成时限已过，是否完成尚不清楚。",
        )
        if past
        else ()
    )
    return text_block(
        "silent",
        "未报进展的任务",
        figures.count("silent.tasks", "未报进展的任务", [task.key for task in tasks]),
        "，涉及",
        figures.count("silent.units", "未报进展的单位", asked_units(tasks), "个", "units"),
        "单位：",
        _counted("silent", "未报进展", tasks, figures),
        "。",
        late,
        "未报只表示没有收到进展，不按滞后对待。",
    )


def _gaps(state: PlanState, figures: Figures) -> Iterator[Block]:
    """Each gap with its denominator; who lacks it and who has not answered are two different things."""
    for gap in state.gaps:
        if not gap.missing and not gap.unanswered:
            continue
        key, called = f"gap:{gap.key}", f"“{gap.name}”应覆盖的单位"
        if gap.units:
            scope = figures.count(key, called, gap.units, "个", "units")
        else:
            scope = figures.known(key, called, gap.of, "个", gap.key)
        parts = [sentence(f"“{gap.name}”应覆盖", scope, "单位")]
        ends = (
            ("missing", "尚缺", gap.missing),
            ("in-review", "已报待审核", gap.in_review),
            ("unanswered", "未填报", gap.unanswered),
        )
        for end, word, units in ends:
            if units:
                count = figures.count(f"gap:{gap.key}.{end}", f"“{gap.name}”{word}的单位", units, "个", "units", gap.of)
                parts.append(sentence(word, count, f"（{unit_names(units)}）"))
        if gap.unasked:
            asked = figures.known(f"gap:{gap.key}.unasked", f"“{gap.name}”还没有布置的单位", gap.unasked, "个", gap.key)
            parts.append(sentence("另有", asked, f"单位由{ours(state.issuer)}布置后再报"))
        yield text_block(f"gap:{gap.key}", listed(parts, "，"), "。")
