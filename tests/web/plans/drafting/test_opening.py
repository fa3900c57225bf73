"""The first state of a draft: which tasks it has, and which promises lie under them."""

from __future__ import annotations

from pathlib import Path

from tests.plans.test_invented_plans import DOCUMENTS
from xiangxu.documents.belonging import told_by
from xiangxu.importer.plan import read_plan
from xiangxu.world import documents
from xiangxu_web.workspaces.plans.drafting.opening import open_draft


def test_an_action_is_a_task_where_no_row_tells_what_it_promises() -> None:
    """In a plan whose actions are told by several rows each, an action that promises more than its rows is a task of its own and the
    same as none of them; who leads all of its rows is proposed, marked as such. Other unowned actions are carried by their rows."""
    reading = read_plan(DOCUMENTS / "h5.txt")
    draft = open_draft(reading, [])
    telling = told_by(reading)
    actions = {row["ref"]: row for row in draft["tasks"] if row["kind"] == "action"}
    assert actions
    for ref, row in actions.items():
        rows = telling[int(ref[1:]) - 1]
        assert len(rows) > 1
        assert row["same_as"] is None
        assert [p for p in draft["promises"] if p["task"] == ref]
        assert all(set(row["proposed"]) <= set(reading.tasks[n].lead) for n in rows)
        assert bool(row["proposed"]) == bool(row["doubts"])


def test_every_promise_of_an_action_or_row_has_its_task() -> None:
    """Nothing that stands under a numbered action or in a row is left without a task; no scope is the name of a chapter."""
    reading = read_plan(DOCUMENTS / "h5.txt")
    draft = open_draft(reading, [])
    actions = {action.where for action in reading.body_actions}
    for row in draft["promises"]:
        assert row["task"] is not None or row["where"] not in actions
        assert row["scope"] not in {section.title for section in reading.sections}


def test_a_doubt_quotes_the_row_of_which_it_speaks() -> None:
    """A date taken over from before is told with the words that state it, a cell read by its neighbour with that row's words, both cut
    short; nothing is quoted of the row itself."""
    reading = read_plan(Path(next(p for p in documents() if p.suffix == ".docx")))
    draft = open_draft(reading, [])
    text = "".join(reading.text.split())
    told = [(row, reason) for row in (*draft["tasks"], *draft["promises"]) for reason in row["doubts"]]
    quoted = {reason.partition("“")[0]: reason.partition("“")[2].partition("”")[0] for _row, reason in told}
    assert quoted.keys() == {"这一格没有字或跨了几行，按相邻的", "这一条没有写时限，按前面"}
    for row, reason in told:
        words = reason.partition("“")[2].partition("”")[0].removesuffix("…")
        assert words in text
        assert len(words) <= 24
        assert not row.get("quote", "").startswith(words)
    by_quote = {row["quote"]: row["doubts"] for row in draft["promises"]}
    assert any("“三年内新建、改扩建乡村寄宿制学校6所”" in reason for reason in by_quote["D级危房动态清零"])
