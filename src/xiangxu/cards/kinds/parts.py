"""What the fields of cards are made of: words of closed vocabularies, ids, days, lists, and the base of every model.

Nothing is converted silently: text is not a number, a number is not text, one word is not a list. Messages are in `wording`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from xiangxu.cards import vocabulary
from xiangxu.cards.faults import did_you_mean
from xiangxu.cards.vocabulary import Vocabulary

T = TypeVar("T")


class Part(BaseModel):
    """The base of every card and every part of one: immutable, no unknown field, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def wrong(message: str, remedy: str, *way: str | int) -> PydanticCustomError:
    """A refusal in our own words, to be raised by a validator; `way` leads from what is validated to what is wrong with it."""
    return PydanticCustomError("card", "{wrong}", {"wrong": message, "remedy": remedy, "way": way})


def _from(words: Vocabulary) -> Any:
    """The two annotations of a closed vocabulary: the check, and the list in the JSON Schema."""

    def check(word: str) -> str:
        if word not in words:
            raise wrong(f"没有“{word}”这个{words.name}", did_you_mean(word, words.words, words.name))
        return word

    described = "；".join(f"{word}：{meaning}" for word, meaning in words.words.items())
    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(words.words), "description": described})


def _shaped(pattern: str, name: str, remedy: str) -> Any:
    """The two annotations of text in a fixed shape."""
    shape = re.compile(pattern)

    def check(text: str) -> str:
        if not shape.fullmatch(text):
            raise wrong(f"“{text}”不是{name}", remedy)
        return text

    return AfterValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "description": remedy})


def _written(text: str) -> str:
    if not text.strip():
        raise wrong("是空的", "写上内容，或删去这一行")
    return text


_ID = _shaped(r"[a-z0-9]+(?:-[a-z0-9]+)*", "标识", "用小写英文、数字和连字符，如 rural-school-share")
_CODE = _shaped(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", "字段代码", "用小写英文、数字和下划线，英文开头，如 rural_pupils")
_DUE = _shaped(
    r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?|ongoing",
    "时限",
    '写成 "2025"、"2025-12"、"2025-12-31" 或 ongoing',
)
_REGION = _shaped(r"\d{6}", "区划代码", '六位数字，加引号，如 "370000"')

Text = Annotated[str, AfterValidator(_written)]
Id = Annotated[str, *_ID]
Code = Annotated[str, *_CODE]
Due = Annotated[str, *_DUE]
RegionCode = Annotated[str, *_REGION]

Uom = Annotated[str, *_from(vocabulary.UOM)]
Level = Annotated[str, *_from(vocabulary.LEVELS)]
Tier = Annotated[str, *_from(vocabulary.TIERS)]
Per = Annotated[str, *_from(vocabulary.PER)]
Period = Annotated[str, *_from(vocabulary.PERIODS)]
Operator = Annotated[str, *_from(vocabulary.OPERATORS)]
Direction = Annotated[str, *_from(vocabulary.DIRECTIONS)]
Nature = Annotated[str, *_from(vocabulary.NATURES)]
Better = Annotated[str, *_from(vocabulary.BETTER)]
Empty = Annotated[str, *_from(vocabulary.EMPTY)]
Theme = Annotated[str, *_from(vocabulary.THEMES)]
TableOf = Annotated[str, *_from(vocabulary.TABLES)]
FieldType = Annotated[str, *_from(vocabulary.FIELD_TYPES)]
UnitKind = Annotated[str, *_from(vocabulary.UNIT_KINDS)]
Origin = Annotated[str, *_from(vocabulary.ORIGINS)]
RegionLevel = Annotated[str, *_from(vocabulary.REGION_LEVELS)]
EvaluatorKind = Annotated[str, *_from(vocabulary.EVALUATORS)]


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, date):
        return value
    raise wrong(f"“{value}”不是日期", "写成 2025-12-31 的样子")


Day = Annotated[date, BeforeValidator(_day)]


def _distinct(items: tuple[T, ...]) -> tuple[T, ...]:
    for position, item in enumerate(items):
        if isinstance(item, str | int | float) and item in items[:position]:
            raise wrong(f"“{item}”列了两次", "只留一个")
    return items


Many = Annotated[tuple[T, ...], Strict(False), AfterValidator(_distinct)]
"""A list; nothing stands in it twice."""
Some = Annotated[tuple[T, ...], Strict(False), Field(min_length=1), AfterValidator(_distinct)]
"""A list with at least one item."""

Scalar = str | bool | int | float | None
"""What a cell of a table may hold; null is nothing, not zero."""


class InForce(Part):
    """From when to when something holds; without a day it is open on that side."""

    since: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on that day; the first and the last day count."""
        return (self.since is None or self.since <= on) and (self.to is None or on <= self.to)


ALWAYS = InForce()


def figures_fit(op: str, value: float | None, value2: float | None) -> None:
    """Refuse an operator and figures that do not go together.

    eq, ge, gt, le, lt need one figure, between two in order, done none, zero none but 0; the others may have one.
    """
    if op == "between":
        if value is None or value2 is None:
            raise wrong("between 要有两个数", "写上 value 和 value2")
        if value >= value2:
            raise wrong(f"between 的两个数反了：{value:g} 不小于 {value2:g}", "小的写在 value，大的写在 value2")
        return
    if value2 is not None:
        raise wrong(f"{op} 只有一个数，却写了 value2", "两个数之间请用 op: between，否则删去 value2")
    if op in {"eq", "ge", "gt", "le", "lt"} and value is None:
        raise wrong(f"{op} 要有一个数", "写上 value；没有数的用 all、zero、increase、decrease 或 done")
    if op == "done" and value is not None:
        raise wrong("done 是做到没有，不带数", "删去 value，或改用 ge、eq")
    if op == "zero" and value not in (None, 0):
        raise wrong(f"zero 是一个也没有，却写了 {value:g}", "删去 value，或改用 le")
