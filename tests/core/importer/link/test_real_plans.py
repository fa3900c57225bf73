"""The linker on the annotated plans: their own targets given as promises, compared with the groups that people made."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import combinations
from typing import Any

import pytest

from tests.paths import PLANS, needs_plans
from xiangxu.importer.link import link
from xiangxu.model.place import Place
from xiangxu.model.plan import DocumentFacts, Level, Op, Per, PlanReading, Promise, Task

ANNOTATED = ("qingzhou", "dongchangfu", "yiyuan")
Pairs = set[tuple[int, int]]


def _read(key: str) -> tuple[PlanReading, list[dict[str, Any]]]:
    """The annotation as a reading; every quote at a place where the text has it, those of lists behind those of the body."""
    gold = json.loads((PLANS / "gold" / f"{key}.json").read_text(encoding="utf-8"))
    text = re.sub(r"\s+", "", (PLANS / f"{key}.txt").read_text(encoding="utf-8"))
    rows, starts = [], []
    at = 0
    for task in gold["tasks"]:
        words = next(re.sub(r"\s+", "", task[field])[:20] for field in ("measure", "goal") if task[field])
        at = text.rindex(words) if not rows else text.index(words, at + 1)
        starts.append(at)
        rows.append(task)
    places = [Place(a, b, 1) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    tasks = tuple(
        Task(t["no"], t["project"], t["action"], t["goal"], t["measure"], t["due"], (), (), p, row=i)
        for i, (t, p) in enumerate(zip(rows, places, strict=True))
    )
    promises = []
    for target in gold["targets"]:
        quote, where = re.sub(r"\s+", "", target["quote"]), target["where"]
        first = starts[[t["no"] for t in rows].index(where.split()[1])] if where.startswith("list") else 0
        start = max(text.find(quote, first), text.find(quote))
        start = start if where.startswith("list") or bisect_right(starts, start) == 0 else text.find(quote)
        promises.append(
            Promise(
                quote,
                where,
                target["metric"],
                target["scope"],
                Op(target["op"]),
                Place(start, start + len(quote), 1),
                target["value"],
                target["value2"],
                target["unit"],
                target["baseline"],
                target["due"],
                Per(target["per"]) if target["per"] else None,
                Level(target["level"]),
            )
        )
    return PlanReading(DocumentFacts(key, None), text, tasks=tasks, promises=tuple(promises)), gold["targets"]


def _pairs(names: list[str | None]) -> Pairs:
    return {(i, j) for i, j in combinations(range(len(names)), 2) if names[i] and names[i] == names[j]}


@needs_plans
@pytest.mark.parametrize("key", ANNOTATED)
def test_tellings_that_are_linked_are_tellings_of_one_promise(key: str) -> None:
    """Nine of ten pairs that the linker makes are pairs that people made, and it finds six of ten of theirs."""
    reading, targets = _read(key)
    wanted = _pairs([target["same_as"] for target in targets])
    found = _pairs([promise.same_as for promise in link(reading, None).promises])
    assert len(found & wanted) >= 0.9 * len(found)
    assert len(found & wanted) >= 0.6 * len(wanted)
