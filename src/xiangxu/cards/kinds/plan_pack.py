"""A plan as a pack: the document, the place's units, its tasks, its targets. In our own words; names, figures, dates carry over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from xiangxu.cards.kinds.evaluator import ParamValue
from xiangxu.cards.kinds.head import Head
from xiangxu.cards.kinds.parts import (
    Day,
    Direction,
    Due,
    EvaluatorKind,
    Id,
    Level,
    Many,
    Nature,
    Operator,
    Origin,
    Part,
    Per,
    RegionCode,
    RegionLevel,
    Some,
    Text,
    UnitKind,
    Uom,
    figures_fit,
    wrong,
)
from xiangxu.model import plan as reading
from xiangxu.model.place import Place


class PlanPeriod(Part):
    """The years a plan spans."""

    since: Annotated[Due, Field(alias="from")]
    to: Due


class PlanCard(Head):
    """The document: what its head and foot say."""

    kind: Literal["plan"]
    doc_number: Text | None = None
    issuer: Text
    issued_on: Day
    region: Text
    region_code: RegionCode
    region_level: RegionLevel
    period: PlanPeriod
    basis: Many[Text] = ()


class UnitEntry(Part):
    """A unit of the place, with the names by which its documents call it. `part_of`: the unit that a section belongs to."""

    id: Id
    name: Text
    aliases: Many[Text] = ()
    kind: UnitKind
    part_of: Id | None = None


class UnitsCard(Head):
    """The units of the place."""

    kind: Literal["units"]
    units: Some[UnitEntry]


class TaskEntry(Part):
    """A list row or an owned action. `title`: our own short words. `tells_same`: the body actions that this row repeats.

    `proposed`: the document names no unit; the answerable one is our proposal.
    """

    id: Id
    no: Text
    origin: Origin
    row: int | None = None
    where: Text | None = None
    title: Text
    answerable: Id
    co_leads: Many[Id] = ()
    participants: Many[Id] = ()
    due: Due | None = None
    proposed: bool = False
    tells_same: Many[Id] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _one_role_each(self) -> Self:
        roles = [self.answerable, *self.co_leads, *self.participants]
        for unit in roles:
            if roles.count(unit) > 1:
                raise wrong(f"单位“{unit}”在任务“{self.id}”里有两种角色", "只留一种：answerable、co_leads 或 participants")
        return self


class TasksCard(Head):
    """The tasks of a plan, in its order."""

    kind: Literal["tasks"]
    tasks: Some[TaskEntry]


class Binding(Part):
    """What computes a target: kind and id of an evaluator, its parameters, and by name the threshold that it meets."""

    kind: EvaluatorKind
    id: Id
    params: Mapping[str, ParamValue] = Field(default_factory=dict)
    threshold: Id | None = None


# Which ways of judging go with which operator. A bare count reads eq and means at least (评选10个) or at most (缩减到41所).
_DIRECTIONS = {
    "eq": {"at_least", "at_most", "exactly", "within"},
    "ge": {"at_least", "all"},
    "gt": {"at_least", "more"},
    "le": {"at_most"},
    "lt": {"at_most", "less"},
    "between": {"within", "at_least", "at_most"},
    "all": {"all", "at_least", "done"},
    "zero": {"none", "at_most"},
    "increase": {"more"},
    "decrease": {"less"},
    "done": {"done", "all"},
}


class TargetEntry(Part):
    """A promise plus how success is judged. `metric`, `scope_text`: own short words; `scope`: id of a scope card.

    `same_as`: one id on all tellings of one promise. `tolerance`: share of the value, with direction within (0.1 is ±10 %).
    """

    id: Id
    where: Text
    metric: Text
    scope_text: Text | None = None
    scope: Id | None = None
    op: Operator
    value: float | None = None
    value2: float | None = None
    uom: Uom | None = None
    baseline: float | None = None
    due: Due | None = None
    per: Per | None = None
    level: Level
    same_as: Id | None = None
    task: Id | None = None
    direction: Direction
    tolerance: float | None = None
    nature: Nature = "promise"
    evaluator: Binding | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _judged_as_it_says(self) -> Self:
        figures_fit(self.op, self.value, self.value2)
        allowed = _DIRECTIONS[self.op]
        if self.direction not in allowed:
            raise wrong(f"op: {self.op} 与 direction: {self.direction} 不合", "direction 可以是 " + "、".join(sorted(allowed)))
        if self.tolerance is not None and self.direction != "within":
            raise wrong("只有 direction: within 才有误差 tolerance", "删去 tolerance，或把 direction 改成 within")
        if self.value is not None and self.uom is None and self.op not in {"all", "zero"}:
            raise wrong("有数而没有计量单位", "写上 uom；纯数写 uom: 比")
        return self

    def as_promise(self, place: Place, quote: str, same_as: str | None) -> reading.Promise:
        """The target as a reading of the document would hold it: what is promised, without how it is judged.

        ``quote`` is the text at ``place``; ``same_as`` the id of the first telling, None where this is the first.
        """
        return reading.Promise(
            quote=quote,
            where=self.where,
            metric=self.metric,
            scope=self.scope_text,
            op=reading.Op(self.op),
            place=place,
            value=self.value,
            value2=self.value2,
            uom=self.uom,
            baseline=self.baseline,
            due=self.due,
            per=reading.Per(self.per) if self.per else None,
            level=reading.Level(self.level),
            id=self.id,
            same_as=same_as,
        )


class TargetsCard(Head):
    """The targets of a plan, in its order."""

    kind: Literal["targets"]
    targets: Some[TargetEntry]
