"""The lists behind the text: overdue and lagging tasks, unreported ones, what falls due next, targets that are not on course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xiangxu.documents.dues import due_words
from xiangxu.monthly.content import Block, Kind, Span, TableColumn, TableRows
from xiangxu.monthly.outlook import falling_due
from xiangxu.monthly.state import PlanState, TaskState
from xiangxu.monthly.wording import ANSWERING, UNITS_NAMED, by_unit, missing_units, why_and_missing, why_words
from xiangxu.targets.status import Status

_NO = TableColumn("序号", 11, "center")
_UNIT, _DUE = TableColumn("责任单位", 25), TableColumn("时限", 34, "center")
_LAGGING = (_NO, TableColumn("任务", 32), _UNIT, _DUE, TableColumn("推进情况", 26), TableColumn("最近进展、困难", 28))
_SILENT = (_NO, TableColumn("任务", 70), _UNIT, _DUE, TableColumn("是否已过", 25, "center"))
_UNREVIEWED = (_NO, TableColumn("任务", 74), TableColumn("责任单位", 40), _DUE)
_IN_PART = (_NO, TableColumn("任务", 42), _UNIT, TableColumn("已报单位", 18, "center"), TableColumn("未报单位", 63))
_COMING = (_NO, TableColumn("任务", 50), _UNIT, _DUE, TableColumn("最近进展、困难", 39))
_GAPS = (_NO, TableColumn("要求", 40), TableColumn("尚缺单位", 57), TableColumn("未填报单位", 57))
_TARGETS = (_NO, TableColumn("目标", 52), TableColumn("要求", 38), TableColumn("评判", 53))


def annexes(state: PlanState) -> Iterator[Block]:
    """One annex for each list that has rows."""
    lagging = [task for task in state.tasks if task.verdict.status in (Status.MISSED, Status.BEHIND)]
    yield from _annex("lagging", "逾期和滞后任务清单", _LAGGING, [
        (task.key, (task.full, task.unit, due_words(task.due) or None, why_and_missing(task, annexed=True), _last_word(task)))
        for task in _grouped(lagging)
    ])  # fmt: skip
    yield from _annex("in-part", "部分上报任务清单", _IN_PART, [
        (task.key, (task.full, task.unit, f"{len(task.reported)}/{len(task.parts)}", "、".join(_not_in(task))))
        for task in _grouped([task for task in state.tasks if task.in_part and not state.new])
    ])  # fmt: skip
    yield from _annex("unreviewed", "已报待审核任务清单", _UNREVIEWED, [
        (task.key, (task.full, task.unit, due_words(task.due) or None))
        for task in _grouped([task for task in state.tasks if task.unreviewed])
    ])  # fmt: skip
    yield from _annex("silent", "未报进展任务清单", _SILENT, [
        (task.key, (task.full, task.unit, due_words(task.due) or None, "已过" if task.past else None))
        for task in _grouped([task for task in state.tasks if task.unheard and not state.new])
    ])  # fmt: skip
    yield from _annex("gaps", "覆盖缺口单位名单", _GAPS, [
        (gap.key, (gap.name, "、".join(gap.missing) or None, "、".join(gap.unanswered) or None))
        for gap in state.gaps
        if max(len(gap.missing), len(gap.unanswered)) > UNITS_NAMED
    ])  # fmt: skip
    yield from _annex("coming", "近期到期任务清单", _COMING, [
        (task.key, (task.full, task.unit, due_words(task.due) or None, _last_word(task))) for task in falling_due(state)
    ])  # fmt: skip
    yield from _annex("targets", "未达成、滞后目标清单", _TARGETS, [
        (target.key, (target.name, target.requirement or None, why_words(target.verdict.why)))
        for target in state.targets
        if target.verdict.status in (Status.MISSED, Status.BEHIND)
    ])  # fmt: skip


def _grouped(tasks: Sequence[TaskState]) -> list[TaskState]:
    """Unit by unit, as the text tells them."""
    return [task for own in by_unit(tasks).values() for task in own]


def _not_in(task: TaskState) -> tuple[str, ...]:
    """The units whose part is not counted yet, each with what it waits for."""
    return (
        *missing_units(task),
        *(f"{unit}（{ANSWERING}）" for unit in task.answering),
        *(f"{unit}（已报待审核）" for unit in task.parts_in_review),
    )


def _last_word(task: TaskState) -> str | None:
    said = task.line.strip().rstrip("。")
    parts = [
        f"{said}（代录）" if said and task.entered else said,
        f"困难：{task.obstacles.strip().rstrip('。')}" if task.obstacles.strip() else "",
    ]
    return "。".join(part for part in parts if part) or None


def _annex(
    id: str, title: str, columns: tuple[TableColumn, ...], rows: Sequence[tuple[str, tuple[str | None, ...]]]
) -> Iterator[Block]:
    if not rows:
        return
    numbered = tuple((str(number), *cells) for number, (_, cells) in enumerate(rows, 1))
    yield Block(f"annex:{id}", Kind.ANNEX, (Span(title),), table=TableRows(columns, numbered, tuple(key for key, _ in rows)))
