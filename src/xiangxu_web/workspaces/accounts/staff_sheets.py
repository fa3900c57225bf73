"""Reads the sheets 人员 and 岗位 of a workbook into plain rows of text, and writes an empty one to fill in.

The empty one is in the language of the page; names of sheets, headers and roles are read in every language of the site.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from python_calamine import CalamineError, CalamineWorkbook

from xiangxu.model.unit import Role
from xiangxu.world.sheets import ROLES
from xiangxu_web.kernel.languages import meant
from xiangxu_web.workspaces.accounts.models import Post

PEOPLE, POSTS = noop("人员"), noop("岗位")
LOGIN, NAME, PHONE, EMAIL = noop("登录名"), noop("姓名"), noop("电话"), noop("电子邮箱")
UNIT, ROLE, TITLE = noop("单位代码"), noop("角色"), noop("职务")
STARTS, ENDS = noop("任职日期"), noop("离任日期")
# Sheet → its headers; those that must be there first.
_HEADERS = {PEOPLE: ((LOGIN, NAME), (PHONE, EMAIL)), POSTS: ((LOGIN, UNIT, ROLE), (TITLE, STARTS, ENDS))}
MOST_BYTES, MOST_ROWS = 10 * 1024 * 1024, 20_000
# What a packed workbook may unpack to: a small file that unfolds into gigabytes is no list of people.
_MOST_UNPACKED = 200 * 1024 * 1024


class Unreadable(Exception):
    """The file cannot be taken as a list of people: why, and what to do."""


@dataclass(frozen=True)
class SheetRow:
    """One row as it stands in the sheet. ``number`` is the row's number in Excel."""

    number: int
    cells: dict[str, str]

    def get(self, header: str) -> str:
        """The words of a cell; empty where the column is missing."""
        return self.cells.get(header, "")


def read(data: bytes) -> tuple[list[SheetRow], list[SheetRow]]:
    """The rows of 人员 and of 岗位; rows without any word are passed over."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("文件超过 10 MB。请只保留“人员”“岗位”两张表，去掉图片后再上传。"))
    _check_unpacked(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = {sheet: name for name in reversed(book.sheet_names) if (sheet := meant(name, *_HEADERS))}
        found = {sheet: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for sheet, name in sheets.items()}
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        raise Unreadable(_("这个文件不是能读的 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx，再上传。")) from None
    if PEOPLE not in found and POSTS not in found:
        raise Unreadable(_("工作簿里没有“人员”或“岗位”表。请下载模板，把内容填进去，不要改表名。"))
    return _rows(PEOPLE, found.get(PEOPLE)), _rows(POSTS, found.get(POSTS))


def _check_unpacked(data: bytes) -> None:
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
            raise Unreadable(_("文件展开后过大。请只保留“人员”“岗位”两张表后再上传。"))


def _rows(sheet: str, found: Sequence[Sequence[Any]] | None) -> list[SheetRow]:
    if not found:
        return []
    needed, further = _HEADERS[sheet]
    headers = [meant(_words(cell), *needed, *further) for cell in found[0]]
    missing = [_(header) for header in needed if header not in headers]
    if missing:
        raise Unreadable(
            _("“%(sheet)s”表第 1 行缺少列：%(missing)s。请照模板的表头填写。")
            % {"sheet": _(sheet), "missing": "、".join(missing)}
        )
    places = {header: headers.index(header) for header in (*needed, *further) if header in headers}
    rows = []
    for number, cells in enumerate(found[1:], 2):
        read = {header: _words(cells[place]) if place < len(cells) else "" for header, place in places.items()}
        if any(read.values()):
            rows.append(SheetRow(number, read))
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            _("“%(sheet)s”表有 %(rows)s 行，一次最多 %(most)s 行。请分成几个文件导入。")
            % {"sheet": _(sheet), "rows": len(rows), "most": MOST_ROWS}
        )
    return rows


def _words(cell: Any) -> str:
    """A cell as text: a number typed into a column of codes without its point, a day as 2026-09-01."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell if cell is not None else "").strip()


def role_words() -> dict[Role, str]:
    """The roles as a workbook in the language of the page calls them: in Chinese by the short words that clerks use."""
    own = translation.get_language() in (None, settings.LANGUAGE_CODE)
    return {role: words if own else str(Post.Role(role).label) for role, words in ROLES.items()}


def role_meant(words: str) -> Role | None:
    """The role that a cell means, in any language of the site, by the short word or by that of the screens."""
    return _role_meanings().get(words.casefold())


@cache
def _role_meanings() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(role.label).casefold(): Role(role.value) for role in Post.Role}
    return found | {words.casefold(): role for role, words in ROLES.items()}


def template() -> bytes:
    """An empty workbook with the headers, the roles to choose from, and everything as text."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    text, head = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True, "bg_color": "#E7E6E6"})
    for name, (needed, further) in _HEADERS.items():
        sheet = book.add_worksheet(_(name))
        sheet.set_column(0, len(needed + further) - 1, 18, text)
        sheet.write_row(0, 0, [_(header) for header in (*needed, *further)], head)
        sheet.freeze_panes(1, 0)
        if ROLE in needed:
            place = needed.index(ROLE)
            sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": list(role_words().values())})
    book.close()
    return out.getvalue()
