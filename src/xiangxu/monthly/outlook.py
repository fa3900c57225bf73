"""What falls due until the end of the next month, and what is asked of whom."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from xiangxu.documents.dues import last_day
from xiangxu.monthly.content import Block
from xiangxu.monthly.figures import Figures, listed, sentence
from xiangxu.monthly.state import PlanState, TaskState
from xiangxu.monthly.wording import by_unit, day_words, heading, ours, stretch, text_block
from xiangxu.targets.status import Status


def end_of_next_month(day: date) -> date:
    """The last day of the month after.

    >>> end_of_next_month(date(2026, 11, 20)), end_of_next_month(date(2027, 12, 31))
    (datetime.date(2026, 12, 31), datetime.date(2028, 1, 31))
    """
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, monthrange(year, month)[1])


def falling_due(state: PlanState) -> list[TaskState]:
    """Tasks not yet done whose deadline comes after the bulletin's day and until the end of the next month, earliest first."""
    until = end_of_next_month(state.day)
    dated = [(day, task) for task in state.tasks if (day := last_day(task.due)) and state.day < day <= until]
    open_ = [(day, task) for day, task in dated if task.verdict.status is not Status.MET]
    return [task for _, task in sorted(open_, key=lambda pair: pair[0])]


def coming(state: PlanState, figures: Figures) -> Iterator[Block]:
    """The section on what falls due next; nothing where no tasks are followed."""
    if not state.tasks:
        return
    tasks = falling_due(state)
    span = stretch(state.day + timedelta(days=1), end_of_next_month(state.day))
    yield heading("coming", "近期到期任务")
    if not tasks:
        yield text_block("coming", f"{span}没有到期的任务。")
        return
    parts = [
        sentence(unit, figures.count(f"coming:{unit}", f"{unit}近期到期的任务", [task.key for task in own]))
        for unit, own in by_unit(tasks).items()
    ]
    total = figures.count("coming.tasks", "近期到期的任务", [task.key for task in tasks])
    yield text_block("coming", f"{span}到期、尚未完成的任务", total, "：", listed(parts, "，"), "。")


def requirements(state: PlanState) -> Iterator[Block]:
    """What is asked: of each kind of trouble only where it is there."""
    statuses = {task.verdict.status for task in state.tasks}
    by = f"{day_words(state.answer_by)}前" if state.answer_by else "下期通报前"
    office = ours(state.issuer)
    asked = []
    if Status.MISSED in statuses:
        # The office does not write to itself.
        own = {task.unit for task in state.tasks if task.verdict.status is Status.MISSED} == {state.issuer}
        asked.append(
            ("overdue", f"{office}牵头的逾期任务，由责任科室逐项说明原因，明确完成时限和责任人。")
            if own
            else ("overdue", f"有逾期任务的单位要逐项说明原因，明确完成时限和责任人，于{by}书面报{office}。")
        )
    if Status.BEHIND in statuses:
        asked.append(("behind", "有滞后任务的单位要对照节点查找差距，倒排工期，尽快赶上序时进度。"))
    if state.new:
        asked.append(("first", f"各单位要于{by}报送首次进展；报送有困难的，可由{office}代录，并附依据。"))
    elif any(task.unheard or task.in_part for task in state.tasks):
        asked.append(("silent", f"未报进展的单位要于{by}补报；报送有困难的，可由{office}代录，并附依据。"))
    if any(gap.missing or gap.unanswered for gap in state.gaps):
        asked.append(("gaps", f"尚缺的单位要逐一补齐，未填报的单位要于{by}填报并附佐证材料。"))
    if falling_due(state):
        asked.append(("coming", "近期有到期任务的单位要提前安排，确保按期完成；预计不能按期完成的，要在到期前说明。"))
    if not asked:
        return
    yield heading("asked", "下步要求")
    yield from (text_block(f"asked:{key}", text) for key, text in asked)
