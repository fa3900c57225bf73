"""The parameters that the words of a promise give to a card; what they leave open is left to the card's defaults or a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xiangxu.cards.kinds import Evaluator
from xiangxu.cards.kinds.evaluator import Param, ParamValue
from xiangxu.importer.bind.evidence import Evidence
from xiangxu.importer.bind.index import CardIndex
from xiangxu.importer.bind.naming import honour_in, matter_in
from xiangxu.importer.bind.wording import bare, pieces
from xiangxu.model.plan import Promise

# The words by which documents call the choices of parameters, besides the choices' own names.
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "国家级": ("全国", "国家"),
    "省级": ("省定", "省市级", "省、市", "全省"),
    "市级": ("省市级", "省、市级", "省市"),
    "县级": ("区级", "市县级"),
    "学前": ("幼儿园", "幼儿"),
    "高中": ("高中阶段", "普通高中"),
    "中职": ("中等职业",),
    "特教": ("特殊教育",),
    "公办园": ("公办",),
    "普惠性民办园": ("普惠性民办",),
    # How far an honour or a project has to come: what is striven for counts when it is applied for.
    "已申报": ("争创", "申报", "申请", "争取"),
    "已推荐": ("推荐", "推介"),
    "已开工": ("启动", "开工"),
}

# Which field of a registry a parameter chooses from.
_FIELDS: Final[Mapping[str, str]] = {
    "kind": "类别",
    "level": "级别",
    "status": "状态",
    "stage": "学段",
    "role": "身份",
}

# Parameters that a promise's words do not decide alone: who holds an honour is its scope; a second kind beside the first and the
# post of a head are for a person to say.
_LEFT = ("holder_type", "partner_type", "post", "or_", "also_")
_AGE = re.compile(r"(\d{2})周?岁以下")
_HOURS = {"课时", "学时", "小时"}


class Parameters:
    """Reads parameters; a registry's kinds come from its field dictionary."""

    def __init__(self, index: CardIndex) -> None:
        self._index = index

    def of(self, card: Evaluator, promise: Promise, evidence: Evidence) -> dict[str, ParamValue]:
        """The parameters of a binding to this card, by name; only such as the words decide and the card does not hold anyway."""
        found: dict[str, ParamValue] = {}
        for name, param in card.params.items():
            value = None if name.startswith(_LEFT) else self._value(name, param, card, promise, evidence)
            if value is not None and value != param.default:
                found[name] = value
        return found

    def _value(self, name: str, param: Param, card: Evaluator, promise: Promise, evidence: Evidence) -> ParamValue | None:
        if name == "per":
            return promise.per.value if promise.per is not None else None
        if name in ("times", "hours"):
            meant = "hours" if "hours" in card.params and promise.uom in _HOURS else "times"
            return _whole(promise.value) if card.kind == "duty" and name == meant else None
        if name == "max_age":
            match = _AGE.search(promise.quote)
            return int(match[1]) if match else None
        choices = self._choices(name, param, card)
        if choices:
            return _chosen(name, choices, evidence)
        if name == "kind":
            return honour_in(promise)
        return matter_in(promise) if name == "topic" else None

    def _choices(self, name: str, param: Param, card: Evaluator) -> Sequence[str]:
        if param.choices:
            return [choice for choice in param.choices if isinstance(choice, str)]
        field = _FIELDS.get(name)
        return [c for c in self._index.field_choices(card, field) if c != "其他"] if field else ()


def _whole(value: float | None) -> ParamValue | None:
    if value is None:
        return None
    return int(value) if value == int(value) else value


def _chosen(name: str, choices: Sequence[str], evidence: Evidence) -> str | None:
    if name == "level":
        # 省、市级 asks for the lower of the two; levels stand in their order, the lowest first.
        return next((choice for choice in choices if _called(choice, evidence.text)), None)
    if name == "stage":
        # 小学、初中 together are no single stage, and 中小学 is neither.
        said = [choice for choice in choices if _called(choice, evidence.text.replace("中小学", ""))]
        return said[0] if len(said) == 1 else None
    if name != "kind":
        return named(choices, evidence.text)
    return named(choices, evidence.text) or named(choices, evidence.heading) or nearest(choices, evidence.text)


def _called(choice: str, text: str) -> bool:
    return any(bare(word) in text for word in (choice, *_CALLED.get(choice, ())))


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


def nearest(choices: Sequence[str], text: str) -> str | None:
    """The one choice of whose pieces a text has the most, a third at least (研学基地: 研学旅行); none where two are as near.

    >>> nearest(["研学旅行", "劳动教育", "劳动实践"], "遴选研学基地")
    '研学旅行'
    >>> nearest(["研学旅行", "劳动教育", "劳动实践"], "建设劳动基地")
    """
    said = pieces(text)
    shares = sorted(((len(cut & said) / len(cut), choice) for choice in choices if (cut := pieces(choice))), reverse=True)
    if not shares or shares[0][0] < 0.33 or (len(shares) > 1 and shares[1][0] == shares[0][0]):
        return None
    return shares[0][1]
