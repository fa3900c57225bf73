"""The five shipped plans and their documents: an office that uploads one reads its own words and has the pack's bindings."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.paths import PLANS, needs_plans
from tests.plans.scoring import needs_scorer, scorer
from tests.plans.test_invented_plans import DOCUMENTS
from tests.render import docx_of_flattened, docx_of_paragraphs, rows_of_tasks, unwrapped
from xiangxu.cards import Packs
from xiangxu.cli.main import main
from xiangxu.importer.plan import read_plan
from xiangxu.model.exchange import to_exchange
from xiangxu.model.plan import PlanReading
from xiangxu.review.matching import Matching, find_pack, match, plan_pack

ANNOTATED = ("qingzhou", "dongchangfu", "yiyuan")
KEYS = (*ANNOTATED, "anqiu", "jinan")
# Of the pack's targets: those that have words of the document, those whose words are the annotation's for the same target.
WORDED, RIGHT = 0.97, 0.97
# Of the targets that can be missed (a figure, each member, none): those that have a promise that was read.
HARD_BOUND = 0.90


@cache
def packs() -> Packs:
    """The shipped packs, read once."""
    return Packs.load()


def _word_file(key: str, folder: Path) -> Path:
    text, path = (PLANS / f"{key}.txt").read_text(encoding="utf-8"), folder / f"{key}.docx"
    if key != "anqiu":
        return docx_of_flattened(text, path)
    # The lines of this text are wrapped, and its list has lost its cells: they are made again from what is read of them.
    rows = rows_of_tasks(to_exchange(read_plan(PLANS / f"{key}.txt"))["tasks"])
    return docx_of_paragraphs(unwrapped(text), path, rows, "重点任务清单")


def _read(key: str, suffix: str, folder: Path) -> PlanReading:
    return read_plan(PLANS / f"{key}.txt" if suffix == "txt" else _word_file(key, folder))


def _matched(reading: PlanReading) -> Matching:
    place = find_pack(reading, packs())
    assert place
    return match(reading, plan_pack(place, packs()))


@needs_plans
@pytest.mark.parametrize("suffix", ["txt", "docx"])
@pytest.mark.parametrize("key", KEYS)
def test_a_pack_matches_its_own_document_only(key: str, suffix: str, tmp_path: Path) -> None:
    """Every document finds its pack, and laid over it every task finds its row or action, in their order."""
    reading = _read(key, suffix, tmp_path)
    assert find_pack(reading, packs()) == key
    found = _matched(reading)
    assert found.missing_tasks == ()
    rows = [each.task for each in found.tasks if each.entry.origin == "list"]
    assert rows == list(range(len(rows)))
    actions = [(each.entry.where or f"body {each.entry.no}", each.action) for each in found.tasks if each.entry.origin == "body"]
    assert all(action is not None and reading.body_actions[action].where == where for where, action in actions)


@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_document_of_another_place_has_no_pack(document: Path) -> None:
    """The plans of invented counties are none of the five."""
    assert find_pack(read_plan(document), packs()) is None


@needs_scorer
@pytest.mark.parametrize("suffix", ["txt", "docx"])
@pytest.mark.parametrize("key", ANNOTATED)
def test_targets_get_the_words_that_they_were_made_of(key: str, suffix: str, tmp_path: Path) -> None:
    """The words found for a target overlap those that the annotation quotes for it; a promise that is found is the right one."""
    gold = {t["id"]: t for t in json.loads((PLANS / "gold" / f"{key}.json").read_text(encoding="utf-8"))["targets"]}
    found = [each for each in _matched(_read(key, suffix, tmp_path)).targets if each.target.id in gold]
    worded, bound = [each for each in found if each.quote], [each for each in found if each.bound]
    right = [each for each in worded if scorer().quotes_overlap(gold[each.target.id]["quote"], each.quote)]
    hard = [each for each in found if each.target.value is not None or each.target.op in ("all", "zero")]
    hard_bound = [each for each in hard if each.bound]
    print(
        f"{key}.{suffix}: {len(found)} targets; with words {len(worded) / len(found):.3f}, of these right {len(right) / len(worded):.3f}; "
        f"with a promise {len(bound) / len(found):.3f}, of the hard ones {len(hard_bound) / len(hard):.3f}"
    )
    assert len(worded) / len(found) >= WORDED
    assert len(right) / len(worded) >= RIGHT
    assert len(hard_bound) / len(hard) >= HARD_BOUND
    assert all(each in right for each in bound)


@needs_plans
@pytest.mark.parametrize("key", ["anqiu", "jinan"])
def test_plans_without_annotation_find_words_for_all_but_few(key: str, tmp_path: Path) -> None:
    """Nearly every target has its words; figures that were read are the pack's."""
    found = _matched(_read(key, "txt", tmp_path)).targets
    assert sum(1 for each in found if each.quote) / len(found) >= WORDED
    figures = [(each.target.value, each.promise.value) for each in found if each.promise and each.target.value is not None]
    assert all(theirs is None or ours == theirs for ours, theirs in figures)


@needs_plans
def test_the_command_writes_the_pack_beside_the_reading(tmp_path: Path) -> None:
    """Each target with its pack's target and evaluator, each task with the pack's; the summary names the plan and counts."""
    out = tmp_path / "plan.json"
    result = CliRunner().invoke(main, ["plan", "read", str(PLANS / "qingzhou.txt"), "--pack", "--json", str(out)])
    assert result.exit_code == 0, result.output
    written = json.loads(out.read_text(encoding="utf-8"))
    known = [each for t in written["targets"] for each in (t["pack_target"], *t.get("pack_target_also", [])) if each]
    assert f"与内置方案“青州市乡村教育振兴专项工作实施方案”对应，{len(known)} 条目标已绑定" in result.output
    assert all(each["evaluator"]["id"] for each in known)
    assert all(task["pack_task"]["answerable"] for task in written["tasks"])
    assert written["pack"]["place"] == "qingzhou"
    assert len(known) + len(written["pack"]["targets_not_read"]) == 147
