"""Tables that are no task lists: nothing is invented from them, and the clerk is told why."""

from __future__ import annotations

import pytest

from tests.core.importer.lists.tables import read

TABLES = {
    "附件2 联络员名单": [["序号", "姓名", "工作单位", "职务", "联系电话"], ["1", "王五", "县教体局", "科员", "0530-1"]],
    "培训日程": [
        ["时间", "内容", "地点", "主讲人"],
        ["3月5日", "开班式", "县教师进修学校", "李老师"],
        ["3月6日", "班主任工作", "同上", "王老师"],
    ],
    "表1 基本情况": [["年度", "学校数", "在校生"], ["2022", "58", "23400"], ["2023", "56", "22000"]],
    "考核评分细则": [["一级指标", "二级指标", "评分标准", "分值"], ["组织领导", "机制健全", "成立专班得5分", "5"]],
    "废止文件目录": [["序号", "名称", "文号"], ["1", "关于加强管理的通知", "教〔2020〕1号"]],
    "经费预算表": [["项目", "2025年", "2026年", "合计"], ["校舍改造", "300", "400", "700"]],
    "": [["主送：各学校", "抄送：县委办"], ["签发人：王五", "2025年3月"]],
}


@pytest.mark.parametrize("caption", TABLES)
def test_refused(caption: str) -> None:
    """Rosters, timetables, statistics, score sheets, directories, budgets, tables for layout."""
    reading = read(TABLES[caption], caption=caption)
    assert not reading.rows
    assert not reading.promises
    assert len(reading.remarks) == 1
    assert reading.remarks[0].message.startswith("第1个表：")


def test_a_refused_table_ends_the_list_before_it() -> None:
    """What follows a roster is not taken for the rest of the list above it."""
    tasks = [["序号", "任务", "责任单位", "完成时限"], ["1", "改厕", "县教体局", "2026年"]]
    roster = [["姓名", "职务", "电话", "单位"], ["王五", "科员", "1", "县教体局"]]
    reading = read(tasks, roster, [["赵六", "科长", "2", "县财政局"]])
    assert len(reading.rows) == 1
    assert len(reading.remarks) == 2


def test_empty_tables() -> None:
    """Tables without rows or with a single column are passed over."""
    assert not read([], [["一列"]], [["", ""]]).rows
