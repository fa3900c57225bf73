"""The parameters that the words of a promise give to a card; what they leave open is left to the card's defaults or a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xiangxu.cards.kinds import Evaluator
from xiangxu.cards.kinds.evaluator import Param, ParamValue
from xiangxu.importer.bind.evidence import Evidence
from xiangxu.importer.bind.index import CardIndex
from xiangxu.importer.bind.wording import bare
from xiangxu.model.plan import Promise

# The words by which documents call the levels of honours and the stages of schooling, besides the choices' own names.
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "国家级": ("全国", "国家"),
    "省级": ("省定", "省市级", "省、市", "全省"),
    "市级": ("市级",),
    "县级": ("县区级", "区级", "区县级"),
    "学前": ("学前", "幼儿园", "幼儿"),
    "义务教育": ("义务教育", "中小学"),
    "高中": ("高中阶段", "普通高中", "高中"),
    "中职": ("中等职业", "中职"),
    "特教": ("特殊教育", "特教"),
    "公办园": ("公办",),
    "普惠性民办园": ("普惠性民办",),
}
# Of the years of planning that a promise names by birth: 85后, 45周岁以下.
_AGE = re.compile(r"(\d{2})周?岁以下")


class Parameters:
    """Reads parameters; a registry's kinds come from its field dictionary."""

    def __init__(self, index: CardIndex) -> None:
        self._index = index

    def of(self, card: Evaluator, promise: Promise, evidence: Evidence) -> dict[str, ParamValue]:
        """The parameters of a binding to this card, by name; only such as the words decide."""
        found: dict[str, ParamValue] = {}
        for name, param in card.params.items():
            value = self._value(name, param, card, promise, evidence)
            if value is not None and value != param.default:
                found[name] = value
        return found

    def _value(self, name: str, param: Param, card: Evaluator, promise: Promise, evidence: Evidence) -> ParamValue | None:
        # Who holds an honour is its scope; a second kind beside the first is for a person to say.
        if name == "holder_type" or name.startswith(("or_", "also_")):
            return None
        if name == "per":
            return promise.per.value if promise.per is not None else None
        if name == "times":
            return _whole(promise.value) if card.kind == "duty" else None
        if name in ("age", "max_age"):
            match = _AGE.search(promise.quote)
            return int(match[1]) if match else None
        choices = self._choices(name, param, card)
        if not choices:
            return None
        return named(choices, evidence.text) or (named(choices, evidence.heading) if name == "kind" else None)

    def _choices(self, name: str, param: Param, card: Evaluator) -> Sequence[str]:
        if param.choices:
            return [choice for choice in param.choices if isinstance(choice, str)]
        field = _FIELDS.get(name)
        return [c for c in self._index.field_choices(card, field) if c != "其他"] if field else ()


# Which field of a registry a parameter chooses from.
_FIELDS: Final[Mapping[str, str]] = {
    "kind": "类别",
    "level": "级别",
    "status": "状态",
    "stage": "学段",
    "partner": "合作方类型",
    "role": "身份",
    "post": "职务",
}


def _whole(value: float | None) -> ParamValue | None:
    if value is None:
        return None
    return int(value) if value == int(value) else value


def named(choices: Sequence[str], text: str) -> str | None:
    """The choice that a text names: the longest name found; of several of one length the one that stands first.

    >>> named(["小学", "初中", "高中"], "普通高中学位数")
    '高中'
    """
    best: tuple[int, int, int] | None = None
    for order, choice in enumerate(choices):
        for word in (choice, *_CALLED.get(choice, ())):
            at = text.find(bare(word))
            if at >= 0 and (best is None or (-len(word), at, order) < best):
                best = (-len(word), at, order)
    return choices[best[2]] if best else None
