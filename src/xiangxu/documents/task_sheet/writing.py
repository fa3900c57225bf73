"""Writes the office's table of tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from xiangxu.documents.dues import ONGOING
from xiangxu.documents.paper import PlanPaper, TaskLine
from xiangxu.documents.task_sheet.cell_text import PROPOSED, cell_text, in_either
from xiangxu.documents.task_sheet.columns import KEY_TITLE, Column, columns_for
from xiangxu.documents.task_sheet.originals import SHEET, rows_of
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

TASKS = _("任务")
_CHOICES = _("选项")
FIRST_ROW = 3
"""The sheet's row, counted from 1, in which the first task stands."""
# Rows below the last task that clerks may fill; lists to choose from reach so far.
_SPARE = 200
# A row is at most 409 points high: so many lines of the table's type. A Han character is two wide.
_MOST_LINES = 27
_WIDEST = 90.0
_CENTRED = {"no", "due", "leader", "office", "contact", "lead"}
# What people report, beside what they write in their own words.
_PROGRESS = (_("正常"), _("滞后"), _("完成"))
_HINTS = {
    "due": _("写成：2026年、2026年底、2026年6月底、2026年6月30日，或常抓不懈。"),
    "lead": _("几个单位用“、”隔开，排在最前的为第一责任单位。带“（建议）”的是建议，去掉这三个字即为认定。"),
    "participants": _("几个单位用“、”隔开。"),
    "progress": _("可选正常、滞后、完成，也可以直接写情况。"),
}
_EPOCH = datetime(2000, 1, 1)


def tasks_xlsx(paper: PlanPaper, say: Callable[[str], str] = str) -> bytes:
    """The table of a plan's tasks as an .xlsx file; the same paper gives the same bytes. `say` words it for another language.

    Every cell is text: neither a leading = nor @ becomes a formula, nor 2-1 a date. A row stands for one task; nothing is
    merged but the title, so that rows may be sorted, filtered and moved.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    created = datetime.combine(paper.issued_on, time()) if paper.issued_on else _EPOCH
    book.set_properties({"title": cell_text(paper.title)[:250], "created": created})
    columns = columns_for(paper.tasks)
    sheet = book.add_worksheet(say(Reason(TASKS)))
    choices = book.add_worksheet(say(Reason(_CHOICES)))
    hidden = book.add_worksheet(say(Reason(SHEET)))
    choices.hide()
    hidden.hide()
    _table(book, sheet, columns, paper, say)
    _page(sheet, columns, say)
    _choices(choices, sheet, columns, paper, say)
    for number, row in enumerate(rows_of(paper)):
        for position, text in enumerate(row):
            if text:
                hidden.write_string(number, position, text)
    book.close()
    return out.getvalue()


def _table(book: Any, sheet: Any, columns: tuple[Column, ...], paper: PlanPaper, say: Callable[[str], str]) -> None:
    cell = {"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@"}
    styles = {False: book.add_format(cell), True: book.add_format({**cell, "align": "center"})}
    head = book.add_format({**cell, "font_name": "黑体", "align": "center", "bg_color": "#E7E6E6"})
    title = book.add_format({**cell, "font_name": "黑体", "font_size": 16, "border": 0, "align": "center"})
    width = len(columns)
    sheet.merge_range(0, 0, 0, width - 1, "", title)
    sheet.write_string(0, 0, cell_text(say(Reason(_("%(title)s任务清单"), title=paper.title))), title)
    sheet.set_row(0, 36)
    sheet.set_row(1, 24)
    proposed = say(PROPOSED)
    texts = [[in_either(column.field, line, proposed) for column in columns] for line in paper.tasks]
    for position, column in enumerate(columns):
        sheet.set_column(position, position, _width(column, [len(row[position]) for row in texts]))
        sheet.write_string(1, position, cell_text(say(column.title)), head)
    sheet.set_column(width, width, 12, None, {"hidden": True})
    sheet.write_string(1, width, say(KEY_TITLE), head)
    of_column = [styles[column.field in _CENTRED] for column in columns]
    for row, (line, cells) in enumerate(zip(paper.tasks, texts, strict=True), FIRST_ROW - 1):
        for position, (text, style) in enumerate(zip(cells, of_column, strict=True)):
            _write(sheet, row, position, text, style)
        sheet.write_string(row, width, line.key)


def _width(column: Column, lengths: list[int]) -> float:
    """Wide enough that the longest text fits the highest row that Excel has, as far as a page bears it."""
    return max(column.width, min(_WIDEST, 2 * max(lengths, default=0) / _MOST_LINES))


def _write(sheet: Any, row: int, position: int, text: str, style: Any) -> None:
    if text:
        sheet.write_string(row, position, text, style)
    else:
        sheet.write_blank(row, position, None, style)


def _page(sheet: Any, columns: tuple[Column, ...], say: Callable[[str], str]) -> None:
    """A4 across, as wide as the page, the header on every page; on the screen the header and the task's name stay in sight."""
    name = next(position for position, column in enumerate(columns) if column.field == "name")
    sheet.freeze_panes(FIRST_ROW - 1, name + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(1)
    sheet.set_footer("&C" + say(Reason(_("第 %(page)s 页  共 %(pages)s 页"), page="&P", pages="&N")))


def _choices(choices: Any, sheet: Any, columns: tuple[Column, ...], paper: PlanPaper, say: Callable[[str], str]) -> None:
    """Lists to choose from. They help and forbid nothing: offices write what the list does not hold."""
    lines = paper.tasks
    units = dict.fromkeys(name for line in lines for name in (*line.units, *line.participants))
    dues = {in_either("due", line, say(PROPOSED)) for line in (*lines, TaskLine("", "", "", due=ONGOING)) if line.due}
    progress = [say(Reason(word)) for word in _PROGRESS]
    offered = {"due": sorted(dues), "lead": [*units], "participants": [*units], "progress": progress}
    last = FIRST_ROW - 1 + len(lines) + _SPARE
    for position, column in enumerate(columns):
        if column.field not in offered:
            continue
        texts = [text for text in offered[column.field] if len(text) <= 255]
        for row, text in enumerate(texts):
            choices.write_string(row, position, cell_text(text))
        hint = say(Reason(_HINTS[column.field]))
        rule: dict[str, Any] = {"input_title": say(column.title), "input_message": hint, "show_error": False}
        if texts:
            letter = chr(ord("A") + position)
            rule |= {"validate": "list", "source": f"='{choices.name}'!${letter}$1:${letter}${len(texts)}"}
        else:
            rule |= {"validate": "any"}
        sheet.data_validation(FIRST_ROW - 1, position, last, position, rule)
