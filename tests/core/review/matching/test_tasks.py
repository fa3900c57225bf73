"""A pack's tasks and the rows of a document's list."""

from __future__ import annotations

from tests.core.importer.link.plan import Draft
from tests.core.review.matching.invented import pack, reading, task
from xiangxu.review.matching import match


def _list() -> Draft:
    made = Draft()
    made.row("1", "优化学校布局", "调整村小和教学点。", ["教育局"])
    made.row("2", "改善办学条件", "改造学校厕所。", ["教育局"])
    made.row("2", "改善办学条件", "更新学校饮水设备。", ["卫健局"])
    return made.row("3", "减轻教师负担", "清理进校园的检查事项。", ["教育局"])


def test_rows_that_share_a_number_are_told_apart_by_their_words() -> None:
    """Also where the pack has them in another order."""
    entries = (
        task("t01", "1", "list", "村小和教学点布局"),
        task("t02", "2", "list", "学校饮水设备", answerable="health-bureau"),
        task("t03", "2", "list", "学校厕所改造"),
        task("t04", "3", "list", "检查事项清理"),
    )
    found = match(reading(_list()), pack(tasks=entries))
    assert [each.task for each in found.tasks] == [0, 2, 1, 3]
    assert found.new_tasks == ()


def test_a_row_more_and_a_task_more() -> None:
    """What either side has alone is listed."""
    entries = (task("t01", "1", "list", "村小和教学点布局"), task("t05", "9", "list", "研学旅行基地"))
    found = match(reading(_list()), pack(tasks=entries))
    assert [each.task for each in found.tasks] == [0, None]
    assert [entry.id for entry in found.missing_tasks] == ["t05"]
    assert found.new_tasks == (1, 2, 3)
