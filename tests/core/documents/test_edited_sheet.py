"""What comes back after a clerk worked in the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.core.documents.workbooks import LINES, column, edited, invented_paper, put, saved
from xiangxu.documents import NoTaskSheet, TasksRead, read_tasks_xlsx, tasks_xlsx


def read(change: Any) -> TasksRead:
    return read_tasks_xlsx(edited(change))


def told(result: TasksRead) -> list[tuple[str, int | None, str | None]]:
    return [(change.kind.value, change.row, change.column) for change in result.changes]


def test_a_changed_cell_is_told_with_row_column_before_and_after() -> None:
    """The message names the cell as the clerk sees it."""
    result = read(lambda sheet: put(sheet, 3, "时限", "2026年6月底前"))
    assert result.tasks == (replace(LINES[0], due="2026-06"), *LINES[1:])
    assert [change.message for change in result.changes] == ["第 3 行“时限”（F 列）：原为“2025年底”，现为“2026年6月底前”。"]


@pytest.mark.parametrize(
    ("value", "due"), [(datetime(2026, 6, 30), "2026-06-30"), (2027, "2027"), ("2027.9", "2027-09"), (None, None)]
)
def test_dates_are_read_as_clerks_type_them(value: object, due: str | None) -> None:
    """A cell that became a date or a number, a date with points, an emptied cell."""
    assert read(lambda sheet: put(sheet, 3, "时限", value)).tasks[0].due == due


def test_a_date_that_cannot_be_read_stays_and_is_told() -> None:
    """Nothing is guessed: the deadline stays as it was, and the message says what to write."""
    result = read(lambda sheet: put(sheet, 3, "时限", "尽快"))
    assert result.tasks == LINES
    assert told(result) == [("doubtful", 3, "时限")]
    assert "“尽快”读不成时限；先照原来的“2025年底”读入" in result.changes[0].message


def test_taking_the_mark_away_confirms_a_proposed_owner() -> None:
    """县教体局（建议） → 县教体局: from then on it leads."""
    result = read(lambda sheet: put(sheet, 4, "牵头", "县教体局"))
    assert (result.tasks[1].lead, result.tasks[1].proposed) == (("县教体局",), ())
    assert told(result) == [("changed", 4, "牵头")]


def test_units_keep_names_that_hold_the_mark_between_names() -> None:
    """各镇、街、区 stays one unit when another is added; a name that nobody knows is pointed out."""
    result = read(lambda sheet: put(sheet, 3, "配合", "各镇、街、区、县人社局，县教休局"))
    assert result.tasks[0].participants == ("各镇、街、区", "县人社局", "县教休局")
    assert told(result) == [("changed", 3, "配合"), ("doubtful", 3, "配合")]
    assert "“县教休局”在原来的清单里没有出现过" in result.changes[1].message


def test_sorted_rows_and_moved_columns_change_nothing() -> None:
    """Rows are known by their keys, columns by their titles; a title may be the one that offices use."""

    def shuffle(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(2, 5)]
        sheet.unmerge_cells("A1:M1")
        order = [0, *reversed(range(1, len(rows[0])))]
        for number, row in enumerate([rows[0], *reversed(rows[1:])], 2):
            for position, old in enumerate(order, 1):
                sheet.cell(number, position).value = row[old]
        put(sheet, 2, "牵头", "牵头单位（主）")
        put(sheet, 2, "时限", "完成 时限")

    result = read(shuffle)
    assert result.tasks == tuple(reversed(LINES))
    assert not result.changes


def test_inserted_copied_and_removed_rows_are_told() -> None:
    """A row without key is new, a copied row too; a row that is gone is told by its name and key."""

    def work(sheet: Any) -> None:
        for position in range(1, sheet.max_column + 1):
            sheet.cell(8, position).value = sheet.cell(3, position).value
        put(sheet, 8, "任务", "建好食堂")
        put(sheet, 9, "任务", "新的事")
        put(sheet, 9, "时限", "2027年")
        sheet.delete_rows(4)

    result = read(work)
    assert [(line.key, line.name) for line in result.tasks] == [
        ("t01", "建好宿舍"),
        ("t03", "长期坚持的事"),
        ("", "建好食堂"),
        ("", "新的事"),
    ]
    assert result.tasks[3].due == "2027"
    assert told(result) == [("doubtful", 7, None), ("added", 7, None), ("added", 8, None), ("removed", 4, None)]
    assert result.changes[-1].message == "原第 4 行的任务“配齐教师”（标识 t02）不在表里了。"


def test_an_emptied_row_is_a_removed_task() -> None:
    """A row that still bears its key but tells nothing any more."""

    def work(sheet: Any) -> None:
        for title in ("任务", "措施", "目标"):
            put(sheet, 4, title, None)

    result = read(work)
    assert [line.key for line in result.tasks] == ["t01", "t03"]
    assert told(result) == [("removed", 4, None)]


def test_notes_below_the_table_are_no_tasks() -> None:
    """A foot such as 填表人 is told and left out; empty rows are nothing."""
    result = read(lambda sheet: put(sheet, 9, "序号", "填表人：周海"))
    assert result.tasks == LINES
    assert "第 9 行没有任务、措施和目标" in result.changes[0].message


def test_a_column_that_is_gone_keeps_its_values_and_a_new_one_is_taken_over() -> None:
    """措施 deleted: every task keeps its own; 电话 added: it stands under its name."""

    def work(sheet: Any) -> None:
        sheet.unmerge_cells("A1:M1")
        sheet.cell(2, column(sheet, "措施")).value = "电话"
        for row in (3, 4):
            put(sheet, row, "电话", None)
        put(sheet, 5, "电话", "123456")

    result = read(work)
    assert [line.measure for line in result.tasks] == [line.measure for line in LINES]
    assert dict(result.tasks[2].others) == {"备注": "每年报告", "电话": "123456"}
    assert told(result) == [("doubtful", None, "措施"), ("changed", 5, "电话")]


def test_cells_that_a_clerk_merged_count_for_every_row() -> None:
    """类别 merged over two rows: both rows have it."""

    def work(sheet: Any) -> None:
        sheet.merge_cells("B4:B5")

    result = read(work)
    assert result.tasks == LINES
    assert not result.changes


def test_without_the_hidden_column_rows_are_known_by_what_they_say() -> None:
    """The keys deleted: number, name and measure tell which task it is."""
    result = read(lambda sheet: [put(sheet, row, "任务标识（勿改）", None) for row in (3, 4, 5)])
    assert result.tasks == LINES
    assert not result.changes


def test_a_table_copied_to_a_new_workbook_is_read_as_new() -> None:
    """Without the hidden sheet nobody can say what changed; the tasks are read, and the message says so."""

    def copied() -> bytes:
        old = openpyxl.load_workbook(BytesIO(tasks_xlsx(invented_paper())))["任务"]
        book = openpyxl.Workbook()
        for row in old.iter_rows(2, 5, 1, 12):
            book.active.append([cell.value for cell in row])
        return saved(book)

    result = read_tasks_xlsx(copied())
    assert [(line.name, line.due, line.lead) for line in result.tasks] == [(line.name, line.due, line.lead) for line in LINES]
    assert "隐藏的“键值（勿改）”表不在了" in result.changes[0].message


def test_a_spoiled_hidden_sheet_is_told_not_believed() -> None:
    """A row of the hidden sheet that somebody edited: its task is read as new, the others as usual."""
    book = openpyxl.load_workbook(BytesIO(tasks_xlsx(invented_paper())))
    book["键值（勿改）"]["B3"] = '{"key": 5}'
    result = read_tasks_xlsx(saved(book))
    assert [line.key for line in result.tasks] == ["t01", "", "t03"]
    assert "第 3 行被改坏了" in result.changes[0].message


def test_what_is_no_table_of_tasks_is_refused_with_a_remedy() -> None:
    """No workbook, a broken one, a workbook without the header: each message says what to do."""
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    for data, words in (
        (b"abc", "另存为 .xlsx"),
        (b"PK\x05\x06" + bytes(18), "另存为 .xlsx"),
        (saved(book), "没有找到任务清单的表头"),
    ):
        with pytest.raises(NoTaskSheet, match=words):
            read_tasks_xlsx(data, "表.xlsx")
