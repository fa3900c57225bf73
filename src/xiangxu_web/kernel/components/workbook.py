"""A list as an Excel file: written row by row in constant memory, figures as figures, days as days, words never as formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.components.figures import Share, day
from xiangxu_web.kernel.files.kinds import XLSX

if TYPE_CHECKING:
    from xiangxu_web.kernel.components.table import Column, Words

# Excel's own limits.
_SHEET_NAME = 31
_CELL_WORDS = 32767
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\'\"<>|\x00-\x1f]")


class _Sheet:
    """A worksheet with the formats of this book."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F3F5", "text_wrap": True, "valign": "vcenter"})
        self.days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
        self.share = book.add_format({"num_format": "0.0%"})

    def put(self, row: int, column: int, value: Any) -> None:
        """One value. Whatever is a word is written as a word: "=1+1" stays these four characters."""
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_string(row, column, _("是") if value else _("否"))
        elif isinstance(value, int | float | Decimal):
            self.sheet.write_number(row, column, value)
        elif isinstance(value, datetime):
            plain = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
            self.sheet.write_datetime(row, column, plain, self.moments)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.days)
        elif isinstance(value, Share):
            if value.value is not None:
                self.sheet.write_number(row, column, value.value, self.share)
        else:
            self.sheet.write_string(row, column, str(value)[:_CELL_WORDS])


def workbook_answer(
    title: str, columns: Sequence[Column], rows: Iterable[Any], conditions: Sequence[tuple[Words, Words]], words: str
) -> tuple[FileResponse, int]:
    """The file and the number of its rows. The second sheet says what was asked for and on which day."""
    # The response closes the file when it has been sent.
    file = TemporaryFile()  # noqa: SIM115
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    name = _FORBIDDEN_IN_NAMES.sub(" ", title).strip() or "Sheet"
    sheet = _Sheet(book, name[:_SHEET_NAME])
    heads = [words for column in columns for words in _heads(column)]
    for n, head in enumerate(heads):
        sheet.sheet.set_column(n, n, min(36, max(10, 2 * len(head) + 4)))
        sheet.sheet.write_string(0, n, head, sheet.head)
    sheet.sheet.freeze_panes(1, 1)
    count = 0
    for count, row in enumerate(rows, 1):
        place = 0
        for column in columns:
            value = column.of(row)
            sheet.put(count, place, value)
            place += 1
            if column.share:
                sheet.put(count, place, value.numerator if isinstance(value, Share) else None)
                sheet.put(count, place + 1, value.denominator if isinstance(value, Share) else None)
                place += 2
    if count:
        sheet.sheet.autofilter(0, 0, count, len(heads) - 1)
    _about(book, title, count, conditions, words)
    book.close()
    file.seek(0)
    called = f"{name} {clock.today()}.xlsx"
    return FileResponse(file, as_attachment=True, filename=called, content_type=XLSX.media_type), count


def _heads(column: Column) -> list[str]:
    title = f"{column.title}（{column.unit}）" if column.unit else str(column.title)
    if not column.share:
        return [title]
    return [title, _("%(title)s：分子") % {"title": column.title}, _("%(title)s：分母") % {"title": column.title}]


def _about(book: Any, title: str, count: int, conditions: Sequence[tuple[Words, Words]], words: str) -> None:
    about = _Sheet(book, _("说明"))
    about.sheet.set_column(0, 0, 14)
    about.sheet.set_column(1, 1, 40)
    lines: list[tuple[Any, Any]] = [(_("名称"), title), (_("数据截至"), day(clock.today())), (_("行数"), count)]
    lines += [(_("搜索"), words)] if words else []
    lines += conditions
    for n, (what, value) in enumerate(lines):
        about.put(n, 0, str(what))
        about.put(n, 1, value if isinstance(value, int) else str(value))
