"""The owners of the annotated real plans, from their texts, against the annotation."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from tests.core.importer.departments.invented import texts
from tests.paths import PLANS, needs_plans
from xiangxu.importer.departments import UnitDirectory, cell_owners, cut_owners, find_owners, split_names
from xiangxu.importer.layout import lay_out
from xiangxu.importer.passage import Passage
from xiangxu.importer.read.plain import read_plain
from xiangxu.importer.source import Paragraph, Table

pytestmark = needs_plans
ANNOTATED = ("qingzhou", "dongchangfu", "yiyuan")
# In which columns the lists' owners stand (qingzhou's header is shifted by one against its columns).
COLUMNS = {"qingzhou": (4, 5), "dongchangfu": (4, 5)}


def blocks(key: str) -> tuple[Paragraph | Table, ...]:
    """The paragraphs and tables of a plan."""
    return lay_out(read_plain((PLANS / f"{key}.txt").read_bytes(), f"{key}.txt")).blocks


def gold(key: str) -> dict[str, Any]:
    """A plan's annotation."""
    found: dict[str, Any] = json.loads((PLANS / "gold" / f"{key}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("key", ANNOTATED)
def test_owners_of_body_actions(key: str) -> None:
    """Every numbered action has exactly the departments annotated; actions without any have none."""
    paragraphs = [block.text for block in blocks(key) if isinstance(block, Paragraph)]
    starts = Counter[str]()
    for action in gold(key)["body_actions"]:
        heading = f"{action['no']}.{action['title']}"
        matching = [p for p in paragraphs if p.squeezed().text.startswith(heading)]
        text = matching[starts[heading]]
        starts[heading] += 1
        following = paragraphs[paragraphs.index(text) + 1 :]
        while following and not re.match(
            r"\s*(\d|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|任务)", following[0].text
        ):
            text = Passage.join([text, following.pop(0)], "\n")
        found = find_owners(text)
        assert (sorted(texts(found.lead)) if found else []) == sorted(action["lead"]), heading
        assert (sorted(texts(found.participants)) if found else []) == sorted(action["participants"]), heading


@pytest.mark.parametrize("key", sorted(COLUMNS))
def test_owners_of_list_rows(key: str) -> None:
    """Every row's owner cells give exactly the names annotated."""
    lead, others = COLUMNS[key]
    rows: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for table in (block for block in blocks(key) if isinstance(block, Table)):
        for row in table.rows:
            if len(row) > others and "单位" not in row[lead].text.text and "部门" not in row[lead].text.text:
                names = texts(cell_owners(row[lead].text).lead), texts(split_names(row[others].text))
                rows[tuple(sorted(names[0])), tuple(sorted(names[1]))] += 1
    wanted = Counter((tuple(sorted(t["lead"])), tuple(sorted(t["participants"]))) for t in gold(key)["tasks"])
    assert not wanted - rows


@pytest.mark.parametrize("key", ANNOTATED)
def test_every_name_resolves(key: str) -> None:
    """Each owner printed in the plan is a unit of its place."""
    plan = gold(key)
    names = [n for task in (*plan["tasks"], *plan["body_actions"]) for n in (*task["lead"], *task["participants"])]
    text = (PLANS / f"{key}.txt").read_text(encoding="utf-8")
    directory = UnitDirectory.of_document(text, plan["doc"]["region"], plan["doc"]["region_level"], names)
    assert [name for name in names if directory.resolve(name) is None] == []


def test_wrapped_plan_has_its_twenty_brackets() -> None:
    """安丘: all twenty actions' brackets are found in the wrapped lines, each with the education bureau leading."""
    found = [o for block in blocks("anqiu") if isinstance(block, Paragraph) for o in cut_owners(block.text)[1]]
    assert len(found) == 20
    assert {tuple(texts(o.lead)) for o in found} == {("市教体局",)}


def test_plan_without_owners_has_none() -> None:
    """济南: no bracket of the ten actions names departments."""
    assert not [o for block in blocks("jinan") if isinstance(block, Paragraph) for o in cut_owners(block.text)[1]]
