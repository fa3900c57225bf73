"""Cards that others refer to: field dictionaries, scopes, themes, terms, sources, standards, places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from xiangxu.cards.kinds.evaluator import ParamValue
from xiangxu.cards.kinds.head import Head, Sources
from xiangxu.cards.kinds.parts import (
    Code,
    Day,
    FieldType,
    Id,
    Operator,
    Part,
    Period,
    RegionCode,
    RegionLevel,
    Some,
    TableOf,
    Text,
    Tier,
    Uom,
    figures_fit,
    wrong,
)


class FieldOfTable(Part):
    """A field: code, Chinese name, what it holds and means. A number has a uom, a choice its choices.

    Choices stand in their order, the lowest first, where they have one: `级别 >= "市级"` goes by it.
    """

    code: Code
    name: Text
    type: FieldType
    uom: Uom | None = None
    choices: Some[Text] | None = None
    meaning: Text

    @model_validator(mode="after")
    def _type_fits(self) -> Self:
        if self.type == "number" and self.uom is None:
            raise wrong(f"数“{self.name}”没有计量单位", "写上 uom；纯数写 uom: 比")
        if self.type != "number" and self.uom is not None:
            raise wrong(f"“{self.name}”不是数，却有计量单位", "删去 uom，或把 type 改成 number")
        if self.type == "choice" and self.choices is None:
            raise wrong(f"选项字段“{self.name}”没有选项", "写上 choices")
        if self.type != "choice" and self.choices is not None:
            raise wrong(f"“{self.name}”不是选项字段，却有 choices", "删去 choices，或把 type 改成 choice")
        return self


class Fields(Head):
    """The field dictionary of one form or registry. A row is about one `unit_tier` and one period."""

    FIXED: ClassVar[frozenset[str]] = frozenset({"kind", "table", "of", "per", "unit_tier", "fields"})

    kind: Literal["fields"]
    table: Id
    of: TableOf
    per: Period
    unit_tier: Tier
    fields: Some[FieldOfTable]

    @model_validator(mode="after")
    def _names_are_one(self) -> Self:
        if self.id != f"fields-{self.table}":
            raise wrong(f"标识“{self.id}”与表“{self.table}”不合", f"标识写成 fields-{self.table}", "id")
        seen: set[str] = set()
        for position, field in enumerate(self.fields):
            for word in (field.code, field.name):
                if word in seen:
                    raise wrong(f"字段“{word}”在这张表里有两个", "一个代码、一个名称只能指一个字段", "fields", position)
                seen.add(word)
        return self


class Scope(Head):
    """Who or what a promise speaks of. `filter`: a formula over the attributes of the units; none means all of the tier."""

    FIXED: ClassVar[frozenset[str]] = frozenset({"kind", "tier"})

    kind: Literal["scope"]
    tier: Tier
    filter: Text | None = None

    @model_validator(mode="after")
    def _id_says_scope(self) -> Self:
        if not self.id.startswith("scope-"):
            raise wrong(f"范围的标识“{self.id}”要以 scope- 开头", f"改成 scope-{self.id}", "id")
        return self


class ThemeCard(Head):
    """A theme: what evaluators and promises are grouped by. `covers`: what belongs to it; `order`: its place in lists."""

    kind: Literal["theme"]
    covers: Text
    order: int


class Term(Part):
    """A word of policy, its English, its one meaning, and its home: the folder or module that deals with it."""

    term: Text
    english: Text
    meaning: Text
    home: Some[Text]


class Terms(Head):
    """A glossary."""

    kind: Literal["terms"]
    terms: Some[Term]


class SourceCard(Head):
    """A document that cards refer to."""

    kind: Literal["source"]
    number: Text | None = None
    issuer: Text
    issued_on: Day | None = None
    checked: bool


class StandardRow(Part):
    """One bar of a standard: for which evaluator, under which parameters, which figure."""

    evaluator: Id
    params: Mapping[str, ParamValue] = Field(default_factory=dict)
    op: Operator
    value: float | None = None
    value2: float | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _figures(self) -> Self:
        figures_fit(self.op, self.value, self.value2)
        return self


class Standard(Head):
    """A table of bars that one document sets (办学条件标准): data, so that a place brings its own."""

    kind: Literal["standard"]
    source: Sources
    rows: Some[StandardRow]


class PlaceCard(Head):
    """The place of a layer: its code tells under which prefecture, province and nation its cards are looked up."""

    kind: Literal["place"]
    region_code: RegionCode
    region_level: RegionLevel
