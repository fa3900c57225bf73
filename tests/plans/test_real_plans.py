"""The real plans: what the reader must find in the documents that were annotated by hand."""

from __future__ import annotations

import pytest

from tests.paths import PLANS, needs_plans
from tests.plans.scoring import Bars, line, score
from xiangxu.importer.plan import read_plan

ANNOTATED = ("qingzhou", "dongchangfu", "yiyuan")


@needs_plans
@pytest.mark.parametrize("key", ANNOTATED)
def test_text_reaches_the_bars(key: str, record_property: pytest.RecordProperty) -> None:
    """Sections, tasks, actions and promises of the plain text agree with the annotation as far as promised."""
    figures, _ = score(PLANS / "gold" / f"{key}.json", read_plan(PLANS / f"{key}.txt"))
    print(line(key, figures))
    assert all(figures["doc_fields"].values()), figures["doc_fields"]
    assert not Bars().missed(figures)


@needs_plans
def test_a_list_without_delimiters_is_read_row_by_row() -> None:
    """安丘: thirteen rows whose cells follow one another without any delimiter; none lost, none invented."""
    reading = read_plan(PLANS / "anqiu.txt")
    assert [t.no for t in reading.tasks] == [str(n) for n in range(1, 14)]
    assert [t.due for t in reading.tasks] == ["2027", "2025", "2027", "2027", "2025", "2027", *["2025"] * 7]
    assert all(t.lead and t.goal and t.measure for t in reading.tasks)
    assert [a.no for a in reading.body_actions] == [str(n) for n in range(1, 25)]


@needs_plans
def test_actions_without_figures_are_tasks() -> None:
    """济南: ten actions numbered （一）to （十）, no list, no owners: ten tasks, owners proposed and marked as such."""
    reading = read_plan(PLANS / "jinan.txt")
    assert len(reading.tasks) == len(reading.body_actions) == 10
    assert all(t.proposed and not t.lead for t in reading.tasks)


@needs_plans
@pytest.mark.parametrize(
    ("key", "until"), [("qingzhou", "2027"), ("yiyuan", "2025"), ("anqiu", "2027"), ("dongchangfu", "2027"), ("jinan", "2025")]
)
def test_until_when_it_runs(key: str, until: str) -> None:
    """As its pack has it: by the title (沂源), the goals (东昌府: not 2035), “十四五”末 (济南), the list that goes on after them (青州)."""
    found = read_plan(PLANS / f"{key}.txt").doc.runs_until
    assert found is not None
    assert found.due == until
