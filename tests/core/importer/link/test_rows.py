"""Rows of a list and the actions of the body that tell the same."""

from __future__ import annotations

from dataclasses import replace

from tests.core.importer.link.plan import Draft
from xiangxu.importer.link import link
from xiangxu.model.plan import PlanReading


def _links(reading: PlanReading) -> list[int | None]:
    return [task.linked_action for task in link(reading, None).tasks]


def _body() -> Draft:
    return (
        Draft()
        .action("1", "办好规模适宜的村小", "保留的教学点逐一改善取暖、照明和厕所，校车按时接送走读学生。")
        .action("2", "建强校长教师队伍", "新聘教师先到乡村任教，骨干教师走教，校长任期满后交流。")
        .action("3", "推进智慧课堂", "录播室建到中心校，专递课堂天天开课，宽带按千兆接入。")
        .action("4", "关爱特殊儿童", "送教上门，资助困难学生，建立留守儿童档案。")
    )


def test_a_row_goes_to_the_action_that_shares_its_rare_words() -> None:
    """Wording decides, whatever the numbers say: rows that split one action go to it, in whatever order."""
    reading = (
        _body()
        .row("1", "教学点取暖改造工程", "保留的教学点全部清洁取暖。")
        .row("2", "校车接送工程", "走读学生乘校车上下学。")
        .row("3", "中心校录播室工程", "每所中心校建成录播室，专递课堂常态化。")
        .row("4", "送教上门计划", "为重度残疾儿童送教上门。")
        .row("5", "教师走教制度", "骨干教师走教到村小。")
        .reading()
    )
    assert _links(reading) == [0, 0, 2, 3, 1]


def test_a_row_that_resembles_nothing_has_no_action() -> None:
    """A list may hold what the body does not tell; such a row at the end of the list is not pressed into the last action."""
    reading = _body().row("1", "送教上门计划", "为残疾儿童送教上门。").row("2", "足球特色", "组建女子足球联赛。").reading()
    assert _links(reading) == [3, None]


def test_rows_numbered_like_the_actions_go_by_number() -> None:
    """Where titles repeat under the same numbers, the number decides, even for a row whose text speaks of something else."""
    reading = (
        _body()
        .row("1", "办好规模适宜的村小", "新建公办园2所。")
        .row("2", "建强校长教师队伍", "培训校长30名。")
        .row("2", "建强校长教师队伍", "录播室教师专递课堂培训。")
        .row("3", "推进智慧课堂", "宽带提速。")
        .row("4", "关爱特殊儿童", "建档。")
        .reading()
    )
    assert _links(reading) == [0, 1, 1, 2, 3]


def test_a_faint_row_between_two_rows_of_one_action_goes_with_them() -> None:
    """Order is a weak hint: it decides only where a row says little itself."""
    reading = (
        _body()
        .row("1", "教学点取暖改造工程", "保留的教学点全部清洁取暖。")
        .row("2", "饮水工程", "学生喝上热水，厕所另列。")
        .row("3", "校车接送工程", "走读学生乘校车上下学。")
        .reading()
    )
    assert _links(reading) == [0, 0, 0]


def test_an_action_that_is_the_task_is_its_own() -> None:
    """In a plan without a list the tasks are the actions; nothing is compared with itself."""
    draft = _body()
    reading = draft.reading()
    tasks = tuple(
        replace(Draft().row(a.no, a.title, "").rows[0], place=a.place, lead=(), participants=()) for a in reading.body_actions
    )
    linked = link(replace(reading, tasks=tasks), None)
    assert [task.linked_action for task in linked.tasks] == [0, 1, 2, 3]
    assert linked.contradictions == ()


def test_an_empty_reading_stays_empty() -> None:
    """A document without tasks and promises passes through."""
    empty = Draft().reading()
    assert link(empty, None) == empty
