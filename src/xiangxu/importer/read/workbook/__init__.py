"""Excel workbooks that hold task lists: .xlsx from its own markup, .xls and .ods through calamine.

`markup` and `old` give sheets as they are stored, `display` writes values as Excel shows them, `sheet` makes lines and tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xiangxu.importer.read.setting import Setting
from xiangxu.importer.read.workbook.markup import sheets_of
from xiangxu.importer.read.workbook.old import old_sheets_of
from xiangxu.importer.read.workbook.sheet import Sheet
from xiangxu.importer.source import Source
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

_FORMULA_NOTE = _("工作表“%(sheet)s”里有 %(count)s 个公式没有保存计算结果，这些单元格按空白读入。请在 Excel 中打开、保存后再读。")


def read_workbook(path: Path, name: str) -> Source:
    """The visible sheets of an .xlsx. Refuses what is broken, locked, hostile, too large or empty."""
    return _source(sheets_of(path, name), name, "xlsx")


def read_old_workbook(path: Path, name: str) -> Source:
    """The visible sheets of an .xls or .ods; percentages come out as fractions, since number formats are not at hand."""
    return _source(old_sheets_of(path, name), name, "xls")


def _source(sheets: Iterable[Sheet], name: str, form: str) -> Source:
    setting = Setting()
    for sheet in sheets:
        setting.put(sheet.content(name))
        if sheet.uncomputed:
            setting.note(Reason(_FORMULA_NOTE, sheet=sheet.title, count=sheet.uncomputed))
    return setting.source(name, form)
