"""How a milestone stands: one deliverable, stated done by its owner and verified by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangxu.targets.status import Status, Verdict


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """What is known: whether its owner states it done (None: has said nothing), since when, and what the second person said."""

    stated: bool | None = None
    day: date | None = None
    verified_on: date | None = None
    refused: str = ""
    due_on: date | None = None


def milestone_verdict(facts: MilestoneFacts, on: date) -> Verdict:
    """The status of a milestone on a day.

    Met only when a second person has verified it. A statement that nobody has looked at yet is no lamp: the office owes the look. Stated
    as not done, or refused, it is missed once the date has passed; before that it is on course, and behind after a refusal. Without a
    statement, or not done and without a date, there is no lamp.

    >>> milestone_verdict(MilestoneFacts(True, date(2026, 6, 1), due_on=date(2026, 6, 30)), date(2026, 11, 20)).why
    '2026年6月1日 报完成，待另一人核验。'
    """
    if facts.stated is None:
        return Verdict(Status.WAITING_DATA, "责任单位还没有说明是否完成。")
    if facts.stated and facts.verified_on is not None:
        return Verdict(Status.MET, f"{_day(facts.day)} 完成，{_day(facts.verified_on)} 核验。")
    if facts.stated and not facts.refused:
        return Verdict(Status.WAITING_DATA, f"{_day(facts.day)} 报完成，待另一人核验。")
    said = f"核验未通过：{facts.refused}" if facts.refused else f"{_day(facts.day)} 报尚未完成"
    if facts.due_on is not None and facts.due_on < on:
        return Verdict(Status.MISSED, f"应于 {_day(facts.due_on)} 完成，逾期 {(on - facts.due_on).days} 天；{said}。")
    if facts.refused:
        return Verdict(Status.BEHIND, f"{said}。")
    if facts.due_on is None:
        return Verdict(Status.WAITING_DATA, f"{said}；文件没有写时限。")
    return Verdict(Status.ON_COURSE, f"{said}，{_day(facts.due_on)} 到期。")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
