"""The lists behind the text: overdue and lagging tasks, unreported ones, what falls due next, targets that are not on course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xiangxu.documents.dues import due_words
from xiangxu.monthly.content import Block, Kind, Span, TableColumn, TableRows
from xiangxu.monthly.outlook import falling_due
from xiangxu.monthly.state import WAITING, PlanState, TaskState
from xiangxu.monthly.wording import by_unit, why_words
from xiangxu.targets.status import Status

_NO = TableColumn("序号", 11, "center")
_UNIT, _DUE = TableColumn("责任单位", 25), TableColumn("时限", 34, "center")
_LAGGING = (_NO, TableColumn("任务", 32), _UNIT, _DUE, TableColumn("推进情况", 26), TableColumn("最近进展、困难", 28))
_SILENT = (_NO, TableColumn("任务", 74), TableColumn("责任单位", 40), _DUE)
_COMING = (_NO, TableColumn("任务", 50), _UNIT, _DUE, TableColumn("最近进展、困难", 39))
_TARGETS = (_NO, TableColumn("目标", 52), TableColumn("要求", 38), TableColumn("评判", 53))


def annexes(state: PlanState) -> Iterator[Block]:
    """One annex for each list that has rows."""
    lagging = [task for task in state.tasks if task.verdict.status in (Status.MISSED, Status.BEHIND)]
    silent = [task for task in state.tasks if task.verdict.status in WAITING]
    yield from _annex("lagging", "逾期和滞后任务清单", _LAGGING, [
        (task.key, (task.name, task.unit, due_words(task.due) or None, why_words(task.verdict.why), _last_word(task)))
        for task in _grouped(lagging)
    ])  # fmt: skip
    yield from _annex("silent", "未报进展任务清单", _SILENT, [
        (task.key, (task.name, task.unit, due_words(task.due) or None)) for task in _grouped(silent)
    ])  # fmt: skip
    yield from _annex("coming", "近期到期任务清单", _COMING, [
        (task.key, (task.name, task.unit, due_words(task.due) or None, _last_word(task))) for task in falling_due(state)
    ])  # fmt: skip
    yield from _annex("targets", "未达成、滞后目标清单", _TARGETS, [
        (target.key, (target.name, target.requirement or None, why_words(target.verdict.why)))
        for target in state.targets
        if target.verdict.status in (Status.MISSED, Status.BEHIND)
    ])  # fmt: skip


def _grouped(tasks: Sequence[TaskState]) -> list[TaskState]:
    """Unit by unit, as the text tells them."""
    return [task for own in by_unit(tasks).values() for task in own]


def _last_word(task: TaskState) -> str | None:
    parts = [task.line.strip().rstrip("。"), f"困难：{task.obstacles.strip().rstrip('。')}" if task.obstacles.strip() else ""]
    return "。".join(part for part in parts if part) or None


def _annex(
    id: str, title: str, columns: tuple[TableColumn, ...], rows: Sequence[tuple[str, tuple[str | None, ...]]]
) -> Iterator[Block]:
    if not rows:
        return
    numbered = tuple((str(number), *cells) for number, (_, cells) in enumerate(rows, 1))
    yield Block(f"annex:{id}", Kind.ANNEX, (Span(title),), table=TableRows(columns, numbered, tuple(key for key, _ in rows)))
