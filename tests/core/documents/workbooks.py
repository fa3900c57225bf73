"""Invented plans that go out, and what a clerk does to the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from xiangxu.documents import PlanPaper, PromiseLine, TaskLine, tasks_xlsx

LINES = (
    TaskLine("t01", "1", "建好宿舍", "办学条件", "逐校排查，\n改造宿舍", "12所", "2025-12", ("县教体局", "县财政局"), (), ("各镇、街、区",)),
    TaskLine("t02", "2", "配齐教师", "教师队伍", "公开招聘", "300名", "2026", (), ("县教体局",), ("县人社局",), leader="周海"),
    TaskLine("t03", "3", "长期坚持的事", "教师队伍", None, None, "ongoing", ("县教体局",), others=(("备注", "每年报告"),)),
)  # fmt: skip


def invented_paper(lines: tuple[TaskLine, ...] = LINES) -> PlanPaper:
    """A plan of an invented county, with three tasks and promises of every rhythm."""
    promises = (
        PromiseLine("p1", "list 1", "宿舍改造", "至少 12 所", "p1", due="2025-12", units=("县教体局",), task="t01"),
        PromiseLine("p2", "body 3", "宿舍改造", "至少 12 所", "p1", due="2025-12"),
        PromiseLine("p3", "body 4", "家访", "至少 2 次", "p3", per="term", due="2026", units=("县教体局", "县妇联")),
        PromiseLine("p4", "body 4", "调度", "完成", "p4", per="month"),
        PromiseLine("p5", "body 5", "巡课", "完成", "p5", per="week"),
        PromiseLine("p6", "body 5", "体检", "完成", "p6", per="year", due="ongoing"),
        PromiseLine("p7", "body 6", "没有期限的事", "完成", "p7", due="ongoing"),
        PromiseLine("p8", "body 6", "闰月的事", "全部", "p8", due="2028-02", quote="到2028年2月，全部完成", nature="争取"),
    )
    return PlanPaper(
        "yunxi", "云溪县乡村教育振兴行动方案", "云政发〔2024〕7号", "云溪县人民政府", date(2024, 3, 5), ends=date(2027, 12, 31),
        tasks=lines, promises=promises,
    )  # fmt: skip


def edited(change: Callable[[Any], None], paper: PlanPaper | None = None) -> bytes:
    """The workbook of a paper after somebody changed its sheet of tasks."""
    book = openpyxl.load_workbook(BytesIO(tasks_xlsx(paper or invented_paper())))
    change(book["任务"])
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet: Any, title: str) -> int:
    """The number of the column with this title."""
    return next(cell.column for cell in sheet[2] if cell.value == title)


def put(sheet: Any, row: int, title: str, value: object) -> None:
    """Writes a value into a cell that is named by its column's title."""
    sheet.cell(row, column(sheet, title)).value = value
