"""What is wrong, by unit: overdue, behind, unreported, gaps of coverage. Each is told apart; none is inferred from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xiangxu.monthly.content import Block
from xiangxu.monthly.figures import Figures, listed, sentence
from xiangxu.monthly.state import WAITING, PlanState, TaskState
from xiangxu.monthly.wording import by_unit, heading, task_names, text_block
from xiangxu.targets.status import Status

# Of one gap so many units are named; a gap that wide is told by its number and its annex on the page.
_UNITS_NAMED = 10


def problems(state: PlanState, figures: Figures) -> Iterator[Block]:
    """The section 存在问题, or one sentence where nothing is wrong with what was reported."""
    overdue = [task for task in state.tasks if task.verdict.status is Status.MISSED]
    behind = [task for task in state.tasks if task.verdict.status is Status.BEHIND]
    silent = [task for task in state.tasks if task.verdict.status in WAITING]
    gaps = [gap for gap in state.gaps if gap.missing or gap.unanswered]
    reported = len(state.tasks) - len(silent)
    if not (reported or silent or gaps):
        return
    yield heading("problems", "存在问题" if overdue or behind or silent or gaps else "问题排查")
    if reported and not overdue and not behind:
        yield text_block("problems:none", "已报进展的任务中没有滞后和逾期的。")
    yield from _lagging("overdue", "逾期", overdue, figures)
    yield from _lagging("behind", "滞后", behind, figures)
    if silent:
        yield heading("silent", "未报进展", 2)
        yield _silent(silent, figures)
    if gaps:
        yield heading("gaps", "覆盖缺口", 2)
        yield from _gaps(state, figures)


def _lagging(key: str, word: str, tasks: Sequence[TaskState], figures: Figures) -> Iterator[Block]:
    if not tasks:
        return
    units = by_unit(tasks)
    yield heading(key, f"{word}任务", 2)
    total = figures.count(f"{key}.tasks", f"{word}任务", [task.key for task in tasks])
    in_units = figures.count(f"{key}.units", f"有{word}任务的单位", units, "个", "units")
    yield text_block(key, f"{word}任务", total, "，涉及", in_units, "单位。")
    for unit, own in units.items():
        count = figures.count(f"{key}:{unit}", f"{unit}的{word}任务", [task.key for task in own])
        yield text_block(f"{key}:{unit}", unit, count, f"：{task_names(own, why=True)}。")


def _silent(tasks: Sequence[TaskState], figures: Figures) -> Block:
    units = by_unit(tasks)
    parts = [
        sentence(unit, figures.count(f"silent:{unit}", f"{unit}未报进展的任务", [task.key for task in own]))
        for unit, own in units.items()
    ]
    return text_block(
        "silent",
        "未报进展的任务",
        figures.count("silent.tasks", "未报进展的任务", [task.key for task in tasks]),
        "，涉及",
        figures.count("silent.units", "未报进展的单位", units, "个", "units"),
        "单位：",
        listed(parts, "，"),
        "。未报只表示没有收到进展，不按滞后对待。",
    )


def _gaps(state: PlanState, figures: Figures) -> Iterator[Block]:
    """Each gap with its denominator; who lacks it and who has not answered are two different things."""
    for gap in state.gaps:
        if not gap.missing and not gap.unanswered:
            continue
        scope = figures.known(f"gap:{gap.key}", f"“{gap.name}”应覆盖的单位", gap.of, "个", gap.key)
        parts = [sentence(f"“{gap.name}”应覆盖", scope, "单位")]
        for end, word, units in (("missing", "尚缺", gap.missing), ("unanswered", "未填报", gap.unanswered)):
            if units:
                count = figures.count(f"gap:{gap.key}.{end}", f"“{gap.name}”{word}的单位", units, "个", "units", gap.of)
                names = "、".join(units[:_UNITS_NAMED]) + ("等" if len(units) > _UNITS_NAMED else "")
                parts.append(sentence(word, count, f"（{names}）"))
        yield text_block(f"gap:{gap.key}", listed(parts, "，"), "。")
