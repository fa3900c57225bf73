"""How a plan stands on a day: all that a bulletin is written from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xiangxu.targets.status import Status, Verdict

# What is no lamp: for a task that nobody reported, for a target that data or its way of reckoning are missing.
WAITING = (Status.WAITING_DATA, Status.WAITING_BINDING)


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task with the unit that answers for it. `due` is in the normal form of deadlines (`2025-12`); `line`: what it last reported.

    `good`: why somebody marked it as a good example, in words for print; without a mark it is none.
    """

    key: str
    name: str
    unit: str
    verdict: Verdict
    due: str | None = None
    line: str = ""
    obstacles: str = ""
    good: str = ""


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target: what it asks for in words, and its verdict."""

    key: str
    name: str
    requirement: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Gap:
    """A promise that not every unit keeps: which lack it, which have not answered, and of how many units in scope."""

    key: str
    name: str
    missing: tuple[str, ...]
    unanswered: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """A leader's sentence (批示), in the leader's own words."""

    key: str
    who: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A town in the order: how many of its tasks are done; None where nothing is known."""

    unit: str
    done: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan on a day, and the office that tells of it.

    `mark`: what the bulletin is called at its head. `ranking`: towns are put in order only where the county said so. `answer_by`: by
    which day units have to answer; None leaves it to the next bulletin. `form`: the head of a brief (简报) or a red-headed document.
    """

    plan_title: str
    number: int
    day: date
    issuer: str
    mark: str
    to: str = ""
    doc_number: str = ""
    copies: str = ""
    printed_by: str = ""
    form: Literal["brief", "red"] = "brief"
    answer_by: date | None = None
    tasks: tuple[TaskState, ...] = ()
    targets: tuple[TargetState, ...] = ()
    gaps: tuple[Gap, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    standings: tuple[Standing, ...] = ()
    ranking: bool = False
