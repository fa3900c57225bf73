"""How a task stands: by what its owner reported, its nodes and the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiangxu.targets.status import Status, Verdict


class Word(StrEnum):
    """What an accepted report says."""

    NORMAL = "normal"
    BEHIND = "behind"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """A node of the expected course: by this day, so much (or this step); when it was reached."""

    due_on: date
    quantity: float | None = None
    reached_on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What is known of a task: the last accepted word with its day, the deadline, nodes, and of a quantity how much is done."""

    word: Word | None = None
    reported_on: date | None = None
    due_on: date | None = None
    ongoing: bool = False
    steps: Sequence[Step] = ()
    done: float | None = None


def task_verdict(facts: TaskFacts, on: date) -> Verdict:
    """The status of a task on a day.

    No accepted report means no lamp, whatever the calendar says: silence is asked after (催办), not coloured. A report 完成 is met,
    except for continuing work, which is on course as long as it is reported well. A task whose deadline has passed without 完成 is
    missed. Before that it is behind where its owner says so or where a node that has passed is not reached; nothing is interpolated
    between nodes.

    >>> task_verdict(TaskFacts(Word.NORMAL, date(2026, 11, 1), date(2026, 12, 31)), date(2026, 11, 20)).status.value
    'on-course'
    >>> task_verdict(TaskFacts(None, None, date(2026, 1, 1)), date(2026, 11, 20)).status.value
    'waiting-data'
    >>> task_verdict(TaskFacts(Word.NORMAL, date(2025, 12, 1), date(2025, 12, 31)), date(2026, 11, 20)).why
    '应于 2025年12月31日 完成，逾期 324 天。'
    """
    if facts.word is None:
        return Verdict(Status.WAITING_DATA, "还没有接收到进展。")
    if facts.word is Word.DONE and not facts.ongoing:
        return Verdict(Status.MET, f"{_day(facts.reported_on)}报完成。")
    if facts.due_on is not None and facts.due_on < on and not facts.ongoing:
        return Verdict(Status.MISSED, f"应于 {_day(facts.due_on)} 完成，逾期 {(on - facts.due_on).days} 天。")
    late = [step for step in facts.steps if step.due_on < on and not _reached(step, facts.done)]
    if late:
        first = min(late, key=lambda step: step.due_on)
        return Verdict(Status.BEHIND, f"{_day(first.due_on)} 的节点“{first.words or _amount(first.quantity)}”未达到。")
    if facts.word is Word.BEHIND:
        return Verdict(Status.BEHIND, f"{_day(facts.reported_on)}报滞后。")
    return Verdict(Status.ON_COURSE, f"{_day(facts.reported_on)}报正常。")


def _reached(step: Step, done: float | None) -> bool:
    return step.reached_on is not None or (step.quantity is not None and done is not None and done >= step.quantity)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _amount(quantity: float | None) -> str:
    return f"{quantity:g}" if quantity is not None else ""
