"""The five evaluators: indicator, registry, coverage, duty, milestone. Each says how one figure comes about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from xiangxu.cards.kinds.head import Head, InWords, Source, Sources
from xiangxu.cards.kinds.parts import (
    ALWAYS,
    Better,
    Empty,
    Id,
    InForce,
    Level,
    Many,
    Operator,
    Part,
    Per,
    Scalar,
    Some,
    Text,
    Theme,
    Uom,
    figures_fit,
    wrong,
)

ParamValue = str | bool | int | float

# Behind these the meaning of a parameter says how to fill it in.
_HINTS = re.compile("[；，]|（true")


class Param(Part):
    """A parameter that a binding gives. With `choices` the value is one of them; `optional`: the binding may leave it out.

    `default` is what holds where the binding says nothing.
    """

    meaning: Text
    choices: Some[ParamValue] | None = None
    optional: bool = False
    default: ParamValue | None = None
    uom: Uom | None = None

    @property
    def short(self) -> str:
        """The meaning up to its first comma: the name without the hints of how to fill it in.

        >>> Param(meaning="站点种类；不给就全部合计").short
        '站点种类'
        """
        return _HINTS.split(self.meaning, maxsplit=1)[0]

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> Self:
        if self.choices and self.default is not None and self.default not in self.choices:
            raise wrong(f"默认值“{self.default}”不在选项里", "从 choices 里选一个，或把它加进 choices", "default")
        return self


class Threshold(Part):
    """A dated bar by name, to which a binding may refer. `params`: for which parameters it holds (a bar by stage)."""

    name: Id
    op: Operator
    value: float | None = None
    value2: float | None = None
    params: Mapping[str, ParamValue] = Field(default_factory=dict)
    in_force: InForce = ALWAYS
    source: Sources
    note: Text | None = None

    @model_validator(mode="after")
    def _figures(self) -> Self:
        figures_fit(self.op, self.value, self.value2)
        return self


Row = Mapping[Text, Scalar]


class Example(Part):
    """A tiny case and the value it gives; run as a test. `units`: the units in scope, where the formula asks for them.

    `previous`: the same tables one period earlier, where the formula asks for a change.
    """

    tables: Mapping[Id, Many[Row]]
    previous: Mapping[Id, Many[Row]] | None = None
    units: Many[Row | Text] | None = None
    params: Mapping[str, ParamValue] = Field(default_factory=dict)
    gives: float | None
    note: Text | None = None


class Plain(InWords):
    """How the figure is computed, in one sentence that an education office would write: what is counted over what, and when it is met."""


def _in_chinese(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


Said = Annotated[InWords, BeforeValidator(_in_chinese)]
"""Words for whoever answers; a county's own card may write them in Chinese alone."""


class Evaluator(Head):
    """What the five share: unit, levels, tables, formula, parameters, what empty means, thresholds, examples.

    `plain` says the formula as an office would; the formula is what counts. `pack check --strict` demands it.
    """

    FIXED: ClassVar[frozenset[str]] = frozenset({"kind", "formula", "uom", "levels", "reads"})
    # The table that is read where the card names none.
    USUAL: ClassVar[tuple[str, ...]] = ()

    plain: Plain | None = None
    source: Sources
    theme: Theme
    uom: Uom
    levels: Some[Level]
    reads: Many[Id] = ()
    formula: Text
    params: Mapping[str, Param] = Field(default_factory=dict)
    when_empty: Empty | None = None
    better: Better = "higher"
    thresholds: Many[Threshold] = ()
    examples: Some[Example]
    compares_with: Id | None = None

    @model_validator(mode="after")
    def _thresholds_fit(self) -> Self:
        names = [threshold.name for threshold in self.thresholds]
        for position, threshold in enumerate(self.thresholds):
            if threshold.name in names[:position]:
                raise wrong(f"两个界限值都叫“{threshold.name}”", "按年份或适用对象另取一个名字", "thresholds", position, "name")
            for param in threshold.params:
                if param not in self.params:
                    raise wrong(
                        f"没有定义“{param}”这个参数", "先在卡片的 params 里写上它", "thresholds", position, "params", param
                    )
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        """The card's own sources and those of its thresholds, each once."""
        named = [*self.source, *(source for threshold in self.thresholds for source in threshold.source)]
        return tuple(dict.fromkeys(named))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the formula reads, the one of fields without a table first."""
        return self.reads or self.USUAL


class Indicator(Evaluator):
    """A quantity computed from the figures of one or two tables."""

    kind: Literal["indicator"]
    better: Better
    reads: Some[Id]


class Registry(Evaluator):
    """Entries of a registry, counted, or the share of units that have one."""

    kind: Literal["registry"]
    reads: Some[Id]


class Coverage(Evaluator):
    """Each unit in scope: yes, no or not applicable. `statement`: what yes means; `evidence`: what to look at."""

    USUAL: ClassVar[tuple[str, ...]] = ("coverage-answers",)

    kind: Literal["coverage"]
    statement: Said
    evidence: Said


class Duty(Evaluator):
    """Who must do what how often. `per` is the default period; times default to one."""

    USUAL: ClassVar[tuple[str, ...]] = ("duty-log",)

    kind: Literal["duty"]
    who: Text
    does: Text
    per: Per


class Milestone(Evaluator):
    """One deliverable, verified by a second person. `deliverable`: what must exist."""

    USUAL: ClassVar[tuple[str, ...]] = ("milestone-file",)

    kind: Literal["milestone"]
    deliverable: Text
