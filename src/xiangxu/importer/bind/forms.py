"""The form of a promise — how it is counted and how often — and which ways of judging go with it (design §6).

A share needs a card in per cent, a bare number one that counts, something done again and again a duty, a thing to be made a
milestone, something that each of a group shall have a coverage. The weights below say how well a form and a sort of card go
together: 1 is what the form asks for, what stands below 0.3 hardly ever happens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from xiangxu.cards.kinds import Evaluator
from xiangxu.importer.bind.proposal import Kind
from xiangxu.model.plan import Level, Op, Promise


class Form(Enum):
    """How a promise is put."""

    RECURRING = "so many times in a period"
    ROUTINE = "done again and again, without a number"
    SHARE = "a share in per cent"
    RATIO = "a pure number"
    COUNT = "a number of things"
    EACH_COUNT = "a number of things for each of a group"
    YEARLY_COUNT = "a number of things every year"
    MEASURE = "an amount with a physical or money unit"
    EACH = "each of a group"
    EACH_MAKES = "each of a group makes something"
    NONE_LEFT = "none left"
    CHANGE = "more or less than before"
    MADE = "a paper or a body that is made"
    FOUNDED = "things created, applied for or chosen, without a number"
    DONE = "done"


class Sort(Enum):
    """What a card computes, as far as it bears on the form."""

    INDICATOR_SHARE = "indicator share"
    INDICATOR_RATIO = "indicator ratio"
    INDICATOR_COUNT = "indicator count"
    INDICATOR_CHANGE = "indicator change"
    REGISTRY_SHARE = "registry share"
    REGISTRY_COUNT = "registry count"
    COVERAGE = "coverage"
    DUTY = "duty"
    MILESTONE = "milestone"

    @property
    def kind(self) -> Kind:
        """The kind of card."""
        return _KINDS[self]


_KINDS: Mapping[Sort, Kind] = {
    Sort.INDICATOR_SHARE: "indicator",
    Sort.INDICATOR_RATIO: "indicator",
    Sort.INDICATOR_COUNT: "indicator",
    Sort.INDICATOR_CHANGE: "indicator",
    Sort.REGISTRY_SHARE: "registry",
    Sort.REGISTRY_COUNT: "registry",
    Sort.COVERAGE: "coverage",
    Sort.DUTY: "duty",
    Sort.MILESTONE: "milestone",
}

# Units in which something done is counted, rather than something there is.
_DOINGS = {"次", "节", "课时", "学时", "天", "场", "场次", "小时", "分钟", "轮", "堂", "届", "期"}
# Units of amounts.
_AMOUNTS = {"元", "万元", "亿元", "平方米", "亩", "米", "公里", "兆", "M", "年", "个月", "岁", "分钟", "小时", "个工作日"}
# What is done again without saying how often.
_AGAIN = re.compile(r"定期|常态化|经常性|每年|每学期|每学年|每月|每季度|每半年|年度|制度化开展|月调度|季通报|日常")
# Papers, bodies, rules: what lies on the table when it is done.
_PAPER = re.compile(
    r"(?:机制|制度|体系|体制|办法|方案|规划|计划|清单|细则|指南|意见|标准|规范|报告|专班|领导小组|联盟|平台|中心|基金|热线|体|团队|部|专网|目录)"
    r"(?:.{0,6}(?:建立|健全|完善|制定|制订|编制|成立|出台|印发|设立|组建|搭建|建成|形成|建设|实行))?$"
)
_MAKING = re.compile(r"建立|健全|完善|制定|制订|编制|成立|出台|印发|设立|搭建|纳入|组建|形成|实行")
# Honours and the like: what is created, applied for, chosen.
_FOUNDING = re.compile(r"一批|创建|争创|申报|申请|遴选|评选|打造|培育|选树|认定|推荐|创成|争取|培养")
_GROUP = re.compile(r"每[个一所名位处校镇乡县班人]|各|所有|全部|均")

# One thing, said of several: each of them shall have it; and what is learnt, each learns.
_ONE_EACH = re.compile(r"掌握|至少(?:建[设有成])?一[处名所间个]|建[成设]一[处名所间个]")


@lru_cache(maxsize=8192)
def _form(op: Op, valued: bool, uom: str, per: bool, personal: bool, quote: str, metric: str, scope: str) -> Form:
    if op is Op.ZERO:
        return Form.NONE_LEFT
    if op in (Op.INCREASE, Op.DECREASE):
        return Form.CHANGE
    each = personal or bool(_GROUP.search(scope)) or "每" in metric or bool(_ONE_EACH.search(quote))
    if valued and uom == "%":
        return Form.SHARE
    if valued and uom in _DOINGS and (per or uom in ("次", "节", "课时", "轮", "堂", "场", "场次") or each):
        return Form.RECURRING
    if valued and uom in ("", "比"):
        return Form.RATIO
    if valued and uom in _AMOUNTS:
        return Form.MEASURE
    if valued:
        return Form.YEARLY_COUNT if per else Form.EACH_COUNT if each or op is Op.ALL else Form.COUNT
    if op is Op.ALL and re.search(r"常态化|定期", quote):
        return Form.ROUTINE
    if op is Op.ALL:
        return Form.EACH_MAKES if _MAKING.search(quote) and _PAPER.search(metric) else Form.EACH
    if op is not Op.DONE:
        return Form.RATIO
    if per or _AGAIN.search(quote):
        if _FOUNDING.search(quote):
            return Form.FOUNDED
        return Form.MADE if _MAKING.search(quote) and not per else Form.ROUTINE
    if _FOUNDING.search(quote) and not re.search(r"机制|制度|办法|方案|体系", quote):
        return Form.FOUNDED
    if _MAKING.search(quote) or _PAPER.search(metric):
        return Form.MADE
    return Form.DONE


def form_of(promise: Promise) -> Form:
    """The form of a promise, by its operator, unit, period and the words that say how it is done."""
    return _form(
        promise.op,
        promise.value is not None and promise.op is not Op.ZERO,
        promise.uom or "",
        promise.per is not None,
        promise.level in (Level.STUDENT, Level.TEACHER),
        promise.quote,
        promise.metric,
        promise.scope or "",
    )


def sort_of(card: Evaluator) -> Sort:
    """What a card computes."""
    if card.kind in ("coverage", "duty", "milestone"):
        return Sort[card.kind.upper()]
    if card.kind == "registry":
        return Sort.REGISTRY_SHARE if card.uom == "%" else Sort.REGISTRY_COUNT
    if "change(" in card.formula:
        return Sort.INDICATOR_CHANGE
    if card.uom == "%":
        return Sort.INDICATOR_SHARE
    return Sort.INDICATOR_RATIO if card.uom == "比" else Sort.INDICATOR_COUNT


# In the order of `Sort`: indicator share, ratio, count, change; registry share, count; coverage; duty; milestone.
_WEIGHTS: Mapping[Form, tuple[float, ...]] = {
    Form.RECURRING: (0.35, 0.1, 0.2, 0.1, 0.3, 0.4, 0.2, 1.0, 0.1),
    Form.ROUTINE: (0.4, 0.2, 0.3, 0.3, 0.4, 0.4, 0.3, 1.0, 0.4),
    Form.SHARE: (1.0, 0.25, 0.3, 0.4, 0.9, 0.2, 0.85, 0.15, 0.1),
    Form.RATIO: (0.4, 1.0, 0.4, 0.3, 0.4, 0.3, 0.1, 0.1, 0.1),
    Form.COUNT: (0.2, 0.1, 0.9, 0.3, 0.25, 1.0, 0.25, 0.15, 0.2),
    Form.EACH_COUNT: (0.85, 0.2, 0.45, 0.2, 0.9, 0.6, 1.0, 0.3, 0.1),
    Form.YEARLY_COUNT: (0.3, 0.1, 0.8, 0.3, 0.3, 1.0, 0.2, 0.4, 0.1),
    Form.MEASURE: (0.5, 0.4, 1.0, 0.4, 0.2, 0.3, 0.2, 0.4, 0.2),
    Form.EACH: (1.0, 0.3, 0.3, 0.3, 0.6, 0.4, 1.0, 0.4, 0.35),
    Form.EACH_MAKES: (0.7, 0.2, 0.2, 0.2, 0.7, 0.3, 1.0, 0.4, 0.6),
    Form.NONE_LEFT: (0.7, 0.3, 1.0, 0.6, 0.4, 0.7, 0.5, 0.15, 0.2),
    Form.CHANGE: (1.0, 0.8, 0.9, 1.0, 0.6, 0.8, 0.4, 0.15, 0.3),
    Form.MADE: (0.45, 0.2, 0.2, 0.2, 0.5, 0.4, 0.6, 0.55, 1.0),
    Form.FOUNDED: (0.4, 0.2, 0.4, 0.2, 0.5, 1.0, 0.3, 0.35, 0.5),
    Form.DONE: (0.8, 0.5, 0.5, 0.6, 0.7, 0.7, 0.7, 0.6, 1.0),
}


def fit(form: Form, sort: Sort) -> float:
    """How well a promise of that form goes with a card of that sort, up to 1."""
    return _WEIGHTS[form][_ORDER[sort]]


# Units that count the same: heads are heads, and 个 and 处 are said of anything.
_ALIKE = {"名": "人", "名次": "人", "所": "所", "园": "所"}
_ANYTHING = {"个", "处", "项", "家", "件", "批"}


def fit_of_units(card: Evaluator, promise: Promise) -> float:
    """How well the unit of a card that counts goes with the unit of the promise: the same, any, or that of something else."""
    if promise.value is None or not promise.uom or promise.uom == "%" or card.uom in ("%", "比", "个百分点"):
        return 1.0
    own, asked = _ALIKE.get(card.uom, card.uom), _ALIKE.get(promise.uom, promise.uom)
    if own == asked:
        return 1.0 if own in _ANYTHING else 1.6
    return 0.85 if own in _ANYTHING else 0.8 if asked in _ANYTHING else 0.65


_ORDER = {sort: position for position, sort in enumerate(Sort)}

# What the form alone makes of the kind, where no card is known.
_USUAL: Mapping[Form, Kind] = {
    Form.RECURRING: "duty",
    Form.ROUTINE: "duty",
    Form.SHARE: "indicator",
    Form.RATIO: "indicator",
    Form.COUNT: "registry",
    Form.EACH_COUNT: "registry",
    Form.YEARLY_COUNT: "registry",
    Form.MEASURE: "indicator",
    Form.EACH: "coverage",
    Form.EACH_MAKES: "coverage",
    Form.NONE_LEFT: "indicator",
    Form.CHANGE: "indicator",
    Form.MADE: "milestone",
    Form.FOUNDED: "registry",
    Form.DONE: "milestone",
}


def usual_kind(form: Form) -> Kind:
    """The kind by which a promise of that form is judged where no card is known."""
    return _USUAL[form]
