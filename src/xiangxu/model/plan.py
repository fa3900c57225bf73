"""A plan as it was read: the transcription of FORMAT, and beside it what the reader concluded.

The transcription keeps names, owners and figures as printed. What the reader adds stands in fields of its own: the place of
each object, its doubts, resolved units, links, contradictions, proposed owners.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xiangxu.model.place import Doubt, Place


class Op(StrEnum):
    """How a promise compares: the closed vocabulary of the exchange form."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    BETWEEN = "between"
    ALL = "all"
    ZERO = "zero"
    INCREASE = "increase"
    DECREASE = "decrease"
    DONE = "done"


class Per(StrEnum):
    """The stretch of time in which a recurring promise falls due again."""

    YEAR = "year"
    TERM = "term"
    MONTH = "month"
    WEEK = "week"


class Level(StrEnum):
    """At whom a promise is checked."""

    COUNTY = "county"
    TOWN = "town"
    SCHOOL = "school"
    TEACHER = "teacher"
    STUDENT = "student"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class RunsUntil:
    """Until when a plan runs, as its words are understood: a person confirms it. `due` is a normal form (2027, 2027-12-31); `words` say it
    and stand at `place`; `of_list`: nothing says it, it is the last deadline of the task list, in the row that `words` name."""

    due: str
    words: str
    place: Place
    of_list: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the head and foot of the document say of itself. `basis`: numbers of the documents it cites as its ground. `runs_until`: what
    its title, goals and list say of its end, for a person to confirm."""

    key: str
    title: str | None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    region: str | None = None
    region_level: str | None = None
    basis: tuple[str, ...] = ()
    public: bool = False
    doubts: tuple[Doubt, ...] = ()
    runs_until: RunsUntil | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: `no` is the number's text (一, （一）, 1, 任务一, 附件), `level` the depth of nesting, from 1."""

    no: str
    level: int
    title: str
    place: Place
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit as printed, and the unit of the place that the name resolves to (None: no unit known by it)."""

    printed: str
    unit: str | None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """The innermost row of an attached list, or, in a plan without a list, one numbered action.

    `lead` and `participants` are as printed. `proposed` names the units that a linked action or, failing that, the issuer
    gives where the row names none; `answerable` is the one unit that is asked, of those that the row names.
    `linked_action` is the index of the body action that tells the same. `others` holds further columns of the list (责任领导,
    责任科室, 备注) by their header.
    """

    no: str
    project: str | None
    action: str | None
    goal: str | None
    measure: str | None
    due: str | None
    lead: tuple[str, ...]
    participants: tuple[str, ...]
    place: Place
    table: int = 0
    row: int = 0
    units: tuple[UnitMention, ...] = ()
    answerable: str | None = None
    proposed: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    linked_action: int | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyAction:
    """A numbered action of the chapters of tasks, with the departments printed at its end. `where` names it uniquely."""

    no: str
    title: str
    lead: tuple[str, ...]
    participants: tuple[str, ...]
    place: Place
    where: str
    units: tuple[UnitMention, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A quantified or checkable promise, as the text says it (form of FORMAT; `uom` is its `unit`).

    `quote` is an exact run of the text without white space. `value` is in `uom`, multiplied out; `value2` only with
    `between`. `due` is `2025`, `2025-12`, `2025-12-31`, `ongoing` or None.
    """

    quote: str
    where: str
    metric: str
    scope: str | None
    op: Op
    place: Place
    value: float | None = None
    value2: float | None = None
    uom: str | None = None
    baseline: float | None = None
    due: str | None = None
    per: Per | None = None
    level: Level = Level.COUNTY
    id: str = ""
    same_as: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of one document that tell the same with another figure, date or department name."""

    kind: str
    first: Place
    second: Place
    message: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person must know about the reading as a whole: pictures not read, a list whose header was repeated."""

    doubt: Doubt
    message: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PlanReading:
    """All that was read of one document."""

    doc: DocumentFacts
    text: str
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    body_actions: tuple[BodyAction, ...] = ()
    promises: tuple[Promise, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
