"""What comes out where a shipped pack and an uploaded document are matched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiangxu.cards.kinds import PlanCard
from xiangxu.cards.kinds.plan_pack import TargetEntry, TaskEntry, UnitEntry
from xiangxu.model.place import Place
from xiangxu.model.plan import Promise


@dataclass(frozen=True, slots=True)
class PlanPack:
    """A plan as it is shipped. `place`: the name of its place's folder."""

    place: str
    document: PlanCard
    units: tuple[UnitEntry, ...]
    tasks: tuple[TaskEntry, ...]
    targets: tuple[TargetEntry, ...]


class Wording(StrEnum):
    """How the document's own words for a target were found; the value goes into exports."""

    PROMISE = "promise"
    SHARED = "shared"
    SENTENCE = "sentence"
    CLAUSE = "clause"
    NONE = "none"

    @property
    def reason(self) -> str:
        """As a clerk reads it."""
        return _REASONS[self]


_REASONS = {
    Wording.PROMISE: "与读出的一条目标对应",
    Wording.SHARED: "原文一句话里有几条目标，与另一条共用",
    Wording.SENTENCE: "没有作为目标读出，原文的这句话与它对应",
    Wording.CLAUSE: "只找到它所在的条款",
    Wording.NONE: "文件里没有它所在的条款",
}


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A pack's target and the document's own words for it.

    `promise` is what was read there, if anything was; `quote` the office's wording, empty where only the clause is known, whose
    `place` is given even so. `differs` names what the two state differently, as a clerk reads it: then a person must look, for
    the document may be another version. `score` is comparable within one matching only.
    """

    target: TargetEntry
    wording: Wording
    promise: Promise | None
    quote: str
    place: Place | None
    score: float
    reason: str
    differs: tuple[str, ...] = ()

    @property
    def bound(self) -> bool:
        """Whether a promise that was read has this target, so that the pack's evaluator computes it."""
        return self.promise is not None


@dataclass(frozen=True, slots=True)
class TaskMatch:
    """A pack's task and the task of the document (`task`, an index of its tasks) or its body action (`action`)."""

    entry: TaskEntry
    task: int | None
    action: int | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """A pack laid over a reading, in the order of the pack; what each side has alone is listed.

    `new_promises`: promises that the pack does not know; `new_tasks`, `new_actions`: indices of what the document has more.
    """

    pack: PlanPack
    tasks: tuple[TaskMatch, ...]
    targets: tuple[TargetMatch, ...]
    new_promises: tuple[Promise, ...]
    new_tasks: tuple[int, ...]
    new_actions: tuple[int, ...]

    @property
    def missing_tasks(self) -> tuple[TaskEntry, ...]:
        """The pack's tasks that the document does not have."""
        return tuple(match.entry for match in self.tasks if match.task is None and match.action is None)

    @property
    def missing_targets(self) -> tuple[TargetEntry, ...]:
        """The pack's targets for which no promise was read; their clause is kept where it is known."""
        return tuple(match.target for match in self.targets if match.promise is None)

    def of_promise(self) -> dict[str, list[TargetMatch]]:
        """For the id of each promise its targets: one sentence may hold several."""
        found: dict[str, list[TargetMatch]] = {}
        for match in self.targets:
            if match.promise is not None:
                found.setdefault(match.promise.id, []).append(match)
        return found
