"""The kinds of cards, each a model; `KINDS` is the closed list."""

from __future__ import annotations

from xiangxu.cards.kinds.dictionary import Fields, PlaceCard, Scope, SourceCard, Standard, Terms, ThemeCard
from xiangxu.cards.kinds.evaluator import Coverage, Duty, Evaluator, Indicator, Milestone, Registry
from xiangxu.cards.kinds.head import Head
from xiangxu.cards.kinds.official_document import OfficialLayout
from xiangxu.cards.kinds.plan_check import PlanCheck
from xiangxu.cards.kinds.plan_pack import PlanCard, TargetsCard, TasksCard, UnitsCard
from xiangxu.model.reason import gettext_noop as _

# The kinds of a plan's pack; each has one file of a fixed name in the folder of its place: kind → file name.
PLAN_FILES = {"plan": "document.yaml", "units": "units.yaml", "tasks": "tasks.yaml", "targets": "targets.yaml"}

# The card of a layer itself.
PLACE_FILE = "place.yaml"

KINDS: dict[str, type[Head]] = {
    "indicator": Indicator,
    "registry": Registry,
    "coverage": Coverage,
    "duty": Duty,
    "milestone": Milestone,
    "fields": Fields,
    "scope": Scope,
    "theme": ThemeCard,
    "terms": Terms,
    "source": SourceCard,
    "standard": Standard,
    "place": PlaceCard,
    "plan-check": PlanCheck,
    "official-document": OfficialLayout,
    "plan": PlanCard,
    "units": UnitsCard,
    "tasks": TasksCard,
    "targets": TargetsCard,
}

# What a kind is called in messages and explanations.
KIND_NAMES = {
    "indicator": _("指标"),
    "registry": _("名册"),
    "coverage": _("覆盖"),
    "duty": _("例行职责"),
    "milestone": _("里程碑"),
    "fields": _("字段字典"),
    "scope": _("范围"),
    "theme": _("主题"),
    "terms": _("词汇"),
    "source": _("来源"),
    "standard": _("标准"),
    "place": _("地区"),
    "plan-check": _("方案检查"),
    "official-document": _("公文格式"),
    "plan": _("方案"),
    "units": _("单位"),
    "tasks": _("任务"),
    "targets": _("目标"),
}

__all__ = [
    "KINDS",
    "KIND_NAMES",
    "PLACE_FILE",
    "PLAN_FILES",
    "Coverage",
    "Duty",
    "Evaluator",
    "Fields",
    "Head",
    "Indicator",
    "Milestone",
    "OfficialLayout",
    "PlaceCard",
    "PlanCard",
    "PlanCheck",
    "Registry",
    "Scope",
    "SourceCard",
    "Standard",
    "TargetsCard",
    "TasksCard",
    "Terms",
    "ThemeCard",
    "UnitsCard",
]
