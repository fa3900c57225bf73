"""The cards of a plan, one against the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cards.invented import COUNTY, TARGETS, changed, written
from xiangxu.cards import Packs

UNITS, TASKS, PROMISES = (f"{COUNTY}/{kind}.yaml" for kind in ("units", "tasks", "targets"))


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "wrong"),
    [
        (UNITS, "finance-bureau", "edu-bureau", "units[2].id", "标识“edu-bureau”用了两次"),
        (UNITS, "name: 县财政局", "name: 教育局", "units[2]", "“教育局”既指“edu-bureau”又指“finance-bureau”"),
        (UNITS, "name: 县财政局", "name: 县财政局, part_of: none", "units[2].part_of", "没有“none”这个上级单位"),
        (UNITS, "kind: department", "kind: bureau", "units[1].kind", "没有“bureau”这个单位类别"),
        (TASKS, "[finance-bureau]", "[finances-bureau]", "tasks[1].participants", "units.yaml 里没有“finances-bureau”这个单位"),
        (TASKS, "[finance-bureau]", "[edu-bureau]", "tasks[1]", "单位“edu-bureau”在任务“t01”里有两种角色"),
        (TASKS, "tells_same: [b01]", "tells_same: [t01]", "tasks[1].tells_same[1]", "没有“t01”这条正文措施"),
        (TASKS, "id: b01", "id: t01", "tasks[2].id", "标识“t01”用了两次"),
        (TASKS, 'due: "2025"', "due: 2025", "tasks[1].due", "“due”应是文字，现在是数 2025"),
        (TASKS, 'due: "2025"', 'due: "2025年底"', "tasks[1].due", "“2025年底”不是时限"),
        (PROMISES, "task: b01", "task: b02", "targets[2].task", "tasks.yaml 里没有“b02”这个任务"),
        (PROMISES, "id: yx-002", "id: yx-001", "targets[2].id", "标识“yx-001”用了两次"),
        (PROMISES, "    same_as: same-1\n    evaluator: {kind: indicator, id: pass-share, params: {stage: 小学}, threshold: standing}\n  - id: yx-002", "    evaluator: {kind: indicator, id: pass-share, params: {stage: 小学}, threshold: standing}\n  - id: yx-002", "targets[2].same_as", "same_as: same-1 只有这一条"),
        (PROMISES, "op: ge\n    value: 95\n    uom: \"%\"\n    level", "op: ge\n    value: 96\n    uom: \"%\"\n    level", "targets[2]", "“yx-002”与“yx-001”说的是同一件事，数或单位却不同"),
        (PROMISES, "task: b01\n    direction: at_least\n    same_as: same-1\n    evaluator: {kind: indicator, id: pass-share, params: {stage: 小学}", "task: b01\n    direction: at_least\n    same_as: same-1\n    evaluator: {kind: indicator, id: pass-share, params: {stage: 初中}", "targets[2].evaluator", "“yx-002”与“yx-001”说的是同一件事，评判却不同"),
        (PROMISES, "task: t01\n    direction: at_least", "task: t01\n    direction: at_most", "targets[1]", "op: ge 与 direction: at_most 不合"),
        (PROMISES, "value: 95\n    uom: \"%\"\n    due", "uom: \"%\"\n    due", "targets[1]", "ge 要有一个数"),
        (PROMISES, "value: 95\n    uom: \"%\"\n    due", "value: 95\n    due", "targets[1]", "有数而没有计量单位"),
        (PROMISES, "task: t01\n    direction: at_least", "task: t01\n    direction: at_least\n    tolerance: 0.1", "targets[1]", "只有 direction: within 才有误差 tolerance"),
    ],
)  # fmt: skip
def test_a_mistake_between_the_cards_of_a_plan(tmp_path: Path, file: str, old: str, new: str, field: str, wrong: str) -> None:
    """Each mistake is told at its entry."""
    packs = Packs.load([written(tmp_path, changed(file, old, new))])
    told = {(fault.field, fault.wrong) for fault in packs.faults if fault.file.name == Path(file).name}
    assert (field, wrong) in told


def test_a_note_explains_two_figures_of_one_promise(tmp_path: Path) -> None:
    """Documents do contradict themselves; the pack says so in a note."""
    figures = '    value: 95\n    uom: "%"\n    level'
    more = changed(PROMISES, figures, figures.replace("95", "96").replace("level", "note: 正文写 96\n    level"))
    assert Packs.load([written(tmp_path, more)]).faults == ()


def test_same_as_may_name_the_first_telling(tmp_path: Path) -> None:
    """The id of one telling, written on the others, is enough."""
    first, second = TARGETS.replace("same_as: same-1", "same_as: yx-001").split("  - id: yx-002")
    more = {PROMISES: first.replace("    same_as: yx-001\n", "") + "  - id: yx-002" + second}
    assert Packs.load([written(tmp_path, more)]).faults == ()


def test_a_target_s_id_is_its_own_over_all_plans(tmp_path: Path) -> None:
    """Reports hang on it, so no other plan may have it."""
    other = TARGETS.replace("yanxi", "other").replace("    task: t01\n", "").replace("    task: b01\n", "")
    packs = Packs.load([written(tmp_path, {"minghai/plans/other/targets.yaml": other})])
    assert [(fault.field, fault.wrong.split("：")[0]) for fault in packs.faults] == [
        ("targets[1].id", f"标识“yx-001”已用在 {tmp_path / 'minghai/plans/other/targets.yaml'}"),
        ("targets[2].id", f"标识“yx-002”已用在 {tmp_path / 'minghai/plans/other/targets.yaml'}"),
    ]


def test_the_cards_of_a_plan_have_fixed_names(tmp_path: Path) -> None:
    """The folder is the place; ids and files follow from it."""
    more = {f"{COUNTY}/units.yaml": "kind: units\nid: other-units\ntitle: {zh: 单位}\nunits: []\n"}
    [first, *_] = Packs.load([written(tmp_path, more)]).faults
    assert (first.field, first.remedy) == ("id", "标识写成 yanxi-units")


def test_a_plan_has_its_document(tmp_path: Path) -> None:
    """Tasks without the document they come from are refused."""
    root = written(tmp_path)
    (root / COUNTY / "document.yaml").unlink()
    assert [fault.wrong for fault in Packs.load([root]).faults] == ["这个文件夹里没有 document.yaml"]


def test_a_plan_is_not_national(tmp_path: Path) -> None:
    """The national pack holds policy, not plans of places."""
    card = "kind: units\nid: national-units\ntitle: {zh: 单位, en: Units}\nunits: [{id: a, name: 甲, kind: department}]\n"
    packs = Packs.load([written(tmp_path, {"national/units.yaml": card})])
    assert next(fault.wrong for fault in packs.faults) == "方案不能放在全国层"
