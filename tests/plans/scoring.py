"""The scorer of the exchange form, and the bars that each kind of document must reach."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.paths import PLANS
from xiangxu.model.exchange import to_exchange
from xiangxu.model.plan import PlanReading

Figures = dict[str, Any]

needs_scorer = pytest.mark.skipif(
    not (PLANS / "score_plan.py").is_file(),
    reason="the scorer of the exchange form is not part of the project; put it into ../shared/plans to run this test",
)


@cache
def scorer() -> ModuleType:
    """`score_plan.py` as a module; it is not part of the project."""
    spec = importlib.util.spec_from_file_location("score_plan", PLANS / "score_plan.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(gold: Path, reading: PlanReading) -> tuple[Figures, Figures]:
    """The scorer's figures and misses for a reading against an annotation."""
    annotated = json.loads(gold.read_text(encoding="utf-8"))
    return scorer().score(annotated, to_exchange(reading))


@dataclass(frozen=True)
class Bars:
    """The least that a document must reach; `allowance` is taken off each (the same text in another format)."""

    sections: float = 0.98
    tasks: float = 1.00
    task_fields: float = 0.97
    actions: float = 1.00
    departments: float = 0.97
    numeric: float = 0.93
    hard: float = 0.90

    def less(self, allowance: float) -> Bars:
        """Each bar lower by `allowance`."""
        return Bars(*(getattr(self, name) - allowance for name in self.__dataclass_fields__))

    def missed(self, figures: Figures) -> list[str]:
        """What the figures fall short of, in words."""
        tasks = figures["tasks"]
        rows = [
            ("sections F1", figures["sections"]["f1"], self.sections),
            ("tasks F1", tasks["f1"], self.tasks),
            *((f"tasks {name}", tasks[name], self.task_fields) for name in ("project", "due", "lead", "participants")),
            ("body actions F1", figures["body_actions"]["f1"], self.actions),
            ("body actions' departments", figures["body_actions"]["departments"], self.departments),
            ("numeric targets F1", figures["numeric_targets"]["f1"], self.numeric),
            ("hard targets F1", figures["hard_targets"]["f1"], self.hard),
        ]
        return [f"{name} {got} < {bar:.2f}" for name, got, bar in rows if got is not None and got < bar - 1e-9]


def line(name: str, figures: Figures) -> str:
    """One line of figures for the report that the tests print."""
    tasks, actions = figures["tasks"], figures["body_actions"]
    return (
        f"{name:<28} sections {figures['sections']['f1']:.3f}  tasks {tasks['f1']:.3f} "
        f"(project {tasks['project']}, text {tasks['text']}, due {tasks['due']}, lead {tasks['lead']}, part {tasks['participants']})  "
        f"actions {actions['f1']:.3f} (dep {actions['departments']})  "
        f"numeric {figures['numeric_targets']['f1']:.3f} (due {figures['numeric_targets']['due_in_lists']}, "
        f"per {figures['numeric_targets']['per']}, base {figures['numeric_targets']['baseline']})  hard {figures['hard_targets']['f1']:.3f}"
    )
