"""A plan as comparison sees it: its promises, each once, with what computes them, and its tasks with their departments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from xiangxu.cards.kinds.evaluator import ParamValue

# The generic milestone of promises with nothing to look at; two plans that hold one do not promise the same.
SLOGAN = "slogan"

_UNCOUNTED = ("done", "increase", "decrease")


@dataclass(frozen=True, slots=True)
class Aim:
    """A promise of a plan, all its tellings as one. `retold`: the uids of the others.

    `each`: every member of a group does it; `scope`: the id of a scope card, `scope_text` as the plan says it; `unit`: the
    department that answers for its task, by the name that it has in every place; `evaluator` is None where nothing is bound, and
    `proposed` where the binding is the program's and no person has confirmed it.
    """

    uid: str
    where: str
    metric: str
    op: str
    each: bool = False
    value: float | None = None
    value2: float | None = None
    uom: str | None = None
    baseline: float | None = None
    due: str | None = None
    per: str | None = None
    level: str = "county"
    nature: str = "promise"
    scope: str | None = None
    scope_text: str | None = None
    unit: str | None = None
    evaluator: str | None = None
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    proposed: bool = False
    retold: tuple[str, ...] = ()

    @property
    def hard(self) -> bool:
        """Whether it can be missed beyond dispute: a figure, every one of a group, or none at all."""
        return self.value is not None or self.op in ("all", "zero")


@dataclass(frozen=True, slots=True)
class Work:
    """A task with its departments by the names that they have in every place."""

    title: str
    lead: str | None
    co_leads: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the plans that are compared. `level`: that of its place; `tasks_of` the departments: `tasks` of government each does,
    by which 教育局 here and 教育和体育局 there are known to be one."""

    key: str
    title: str
    region: str
    level: str | None
    issued_on: str | None
    aims: tuple[Aim, ...]
    works: tuple[Work, ...]
    tasks_of: Mapping[str, frozenset[str]] = field(default_factory=dict)


def told_once(aims: Iterable[tuple[Aim, str | None]]) -> tuple[Aim, ...]:
    """Promises with the id of their group of tellings, each group as one promise.

    The first telling with a figure counts; what it leaves out (date, baseline, department) comes from the others.
    """
    groups: dict[str, list[Aim]] = {}
    for aim, group in aims:
        groups.setdefault(f"={group}" if group else aim.uid, []).append(aim)
    return tuple(_one(tellings) for tellings in groups.values())


def _one(tellings: list[Aim]) -> Aim:
    first = next((aim for aim in tellings if aim.op not in _UNCOUNTED), tellings[0])
    others = [aim for aim in tellings if aim is not first]

    def stated(name: str) -> str | None:
        return next((getattr(aim, name) for aim in (first, *others) if getattr(aim, name) is not None), None)

    baseline = next((aim.baseline for aim in (first, *others) if aim.baseline is not None), None)
    retold = tuple(aim.uid for aim in others)
    return replace(first, due=stated("due"), unit=stated("unit"), scope=stated("scope"), baseline=baseline, retold=retold)
