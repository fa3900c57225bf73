"""The lists and indicator tables of the annotated plans."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.paths import PLANS, needs_plans
from xiangxu.importer.clause import Context
from xiangxu.importer.layout import lay_out
from xiangxu.importer.lists import CaptionedTable, ListReading, read_lists
from xiangxu.importer.passage import Passage
from xiangxu.importer.read.plain import read_plain
from xiangxu.importer.source import Paragraph


def read_real(key: str, issued: str | None) -> ListReading:
    """The lists of one of the plans, each table under the paragraph just above it."""
    source = read_plain((PLANS / f"{key}.txt").read_bytes(), key)
    tables, above = [], ""
    for block in lay_out(source).blocks:
        if isinstance(block, Paragraph):
            above = block.text.text
        else:
            tables.append(CaptionedTable(block, above))
            above = ""
    return read_lists(tables, Context(date.fromisoformat(issued) if issued else None, None), source.place)


def text(passage: Passage | None) -> str | None:
    """The text of a passage that may be missing."""
    return passage.text if passage else None


@needs_plans
@pytest.mark.parametrize("key", ["qingzhou", "dongchangfu", "yiyuan"])
def test_tasks_as_annotated(key: str) -> None:
    """Every row, in order, with every field."""
    gold = json.loads((PLANS / "gold" / f"{key}.json").read_text(encoding="utf-8"))
    rows = read_real(key, gold["doc"]["issued_on"]).rows
    read = [
        {
            "no": r.no,
            "project": text(r.project),
            "action": text(r.action),
            "goal": text(r.goal),
            "measure": text(r.measure),
            "due": r.due,
            "lead": [n.text for n in r.lead],
            "participants": [n.text for n in r.participants],
        }
        for r in rows
    ]
    assert read == gold["tasks"]


@needs_plans
def test_indicators_as_annotated() -> None:
    """The five-year plan's table: value, unit, baseline and due of every indicator."""
    gold = json.loads((PLANS / "gold" / "yiyuan.json").read_text(encoding="utf-8"))
    wanted = [(t["value"], t["unit"], t["baseline"], t["due"]) for t in gold["targets"] if t["where"] == "table 1"]
    reading = read_real("yiyuan", gold["doc"]["issued_on"])
    assert [(p.value, p.uom, p.baseline, p.due) for p in reading.promises] == wanted
    assert set(reading.natures) == {"预期性"}
