"""How a plan stands on a day: all that a bulletin is written from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.task import Missing, missing_of

# Stands in place of the unit where it is not settled who answers for a task.
NOBODY = "未定牵头单位"
# What is no lamp: for a task that nobody reported, for a target that data or its way of reckoning are missing.
WAITING = (Status.WAITING_DATA, Status.WAITING_BINDING)


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task with the unit that answers for it (`NOBODY`: it is not settled which). `due` is in the normal form of deadlines (`2025-12`); `line`: what it last reported.

    `good`: why somebody marked it as a good example, in words for print; without a mark it is none. `parts`: the units over which it was
    split; `silent`, `partly` and `parts_in_review`: which of these have reported nothing, which are split themselves and not fully
    reported, and whose report the office has not looked at yet. `in_review`: a report on the task itself waits for the office.
    `wording`: the task in full where `name` is cut short. `past`: the deadline has passed on the bulletin's day.
    `entered`: what it last reported was entered for the unit by another (代录). `lagging`: which of the parts report that they are behind
    or are not done past their deadline; `answering`: which have objected to their part, or got it so lately that they need not have
    answered: they are among the `silent` and are not called so.
    """

    key: str
    name: str
    unit: str
    verdict: Verdict
    due: str | None = None
    line: str = ""
    obstacles: str = ""
    good: str = ""
    parts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    parts_in_review: tuple[str, ...] = ()
    in_review: bool = False
    wording: str = ""
    past: bool = False
    entered: bool = False
    lagging: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The task in the office's own words, none of them cut off."""
        return self.wording or self.name

    @property
    def reported(self) -> tuple[str, ...]:
        """The units whose report on their part was accepted."""
        waiting = {*self.silent, *self.partly, *self.parts_in_review}
        return tuple(unit for unit in self.parts if unit not in waiting)

    @property
    def waits(self) -> bool:
        """Whether nothing can be said of how it stands, because reports are missing."""
        return self.verdict.status in WAITING

    @property
    def missing(self) -> Missing | None:
        """What is missing before it can be told how it stands; None where it can."""
        return missing_of(len(self.parts), len(self.silent), len(self.parts_in_review), self.in_review) if self.waits else None

    @property
    def in_part(self) -> bool:
        """Whether it waits for the rest of its parts only: some have reported. Such a task is not 未报."""
        return self.missing is Missing.PARTS

    @property
    def unreviewed(self) -> bool:
        """Whether all that is missing is the office's own look at what was handed in (已报待审核)."""
        return self.missing is Missing.REVIEW

    @property
    def unheard(self) -> bool:
        """Whether nobody has reported anything on it (未报)."""
        return self.missing is Missing.REPORT


@dataclass(frozen=True, slots=True)
class TargetState:
    """A target: what it asks for in words, and its verdict."""

    key: str
    name: str
    requirement: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Retold:
    """A task or target that is one thing with another, by whose name (`told_by`) it is reported and counted."""

    key: str
    name: str
    told_by: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A promise that not every unit keeps: which lack it, which have not answered, and of how many units in scope; `units`: which these are,
    in bulletins of before it nobody.

    Where a paper of the unit's own answers it (一镇一案): whose paper waits for the office (`in_review`), and how many units nobody has
    asked for one yet (`unasked`), which is nothing that they could be reproached with.
    """

    key: str
    name: str
    missing: tuple[str, ...]
    unanswered: tuple[str, ...]
    of: int
    in_review: tuple[str, ...] = ()
    unasked: int = 0
    units: tuple[str, ...] = ()


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
    which day units have to answer; None leaves it to the next bulletin. `form`: the head of a brief (简报) or a red-headed document. `new`:
    the plan was published so short a while ago that nobody need have reported; that reports are missing is no problem yet.
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
    # What the document tells a second time, counted with the task or target that it is.
    tasks_retold: tuple[Retold, ...] = ()
    targets_retold: tuple[Retold, ...] = ()
    new: bool = False
