"""The grid of a splitting as a table: pasted from Excel, read from a workbook, written as one. One shape for all three.

The first line is the header: 单位, 数量, then one column a node, headed by its day; a cell is what is to be done in all by that day. A
table without a header is read by place: unit, quantity, then the nodes in the order of those that the grid has.
"""

from __future__ import annotations

import calendar
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from python_calamine import CalamineError, CalamineWorkbook

from xiangxu.targets.shares import Share
from xiangxu_web.kernel.components.table import Column
from xiangxu_web.kernel.components.workbook import workbook_answer
from xiangxu_web.kernel.languages import meant
from xiangxu_web.workspaces.areas.api import Unit

LARGEST = 5 * 1024 * 1024
_LARGEST_UNPACKED = 100 * 1024 * 1024
_MOST_ROWS = 2000
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})?\s*日?)?")
_UNIT_HEADS = (noop("单位"), "承担单位", "学校", "镇街", "乡镇", "科室", "名称", "单位名称", "学校名称")
_QUANTITY_HEADS = (noop("数量"), "任务数", "分解数", "任务量")


class Unreadable(ValueError):
    """The file or the pasted text cannot be taken: why, and what to do."""


@dataclass
class Pasted:
    """What a table holds: the days of its nodes, per unit what was written, and what could not be understood."""

    days: list[date] = field(default_factory=list)
    rows: list[tuple[Unit, str, dict[date, str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    uom: str = ""


def day_of(value: Any) -> date | None:
    """The day that a header means: a date, 2026-06-30, 2026年6月30日; a month means its last day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(str(value).strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, int(found[3]) if found[3] else calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def cells_of_text(text: str) -> list[list[Any]]:
    """Lines of what was copied from a table; columns are told by tabs, or where there is none by blanks or commas."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if any("\t" in line for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    return [re.split(r"[ 　,，]+", line.strip()) for line in lines]


def cells_of_file(content: bytes) -> list[list[Any]]:
    """The cells of the first sheet that holds something. Refused: no workbook, too large, empty."""
    if len(content) > LARGEST:
        raise Unreadable(_("文件超过 5 MB。请删去图片和无关的工作表后再上传。"))
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(content)) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_UNPACKED:
                    raise Unreadable(_("文件解开后太大。请删去无关的工作表和大片空白格式后再上传。"))
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > _MOST_ROWS:
                raise Unreadable(_("表格超过 %(most)s 行。请只留下分解表。") % {"most": _MOST_ROWS})
            cells = [line for line in sheet.to_python() if any(str(cell).strip() for cell in line)]
            if cells:
                return cells
    except (CalamineError, zipfile.BadZipFile, OSError, NotImplementedError) as problem:
        raise Unreadable(_("打不开这个文件。请确认是 Excel 或 WPS 表格，没有加密，另存一次后再上传。")) from problem
    raise Unreadable(_("表里没有内容。请下载模板，填好单位和数量后再上传。"))


def read(cells: Sequence[Sequence[Any]], units: Iterable[Unit], days: Sequence[date]) -> Pasted:
    """The table's rows with the units that they mean. A name that no unit or more than one has is a problem, told with its row."""
    known = _names(units)
    pasted = Pasted()
    head = cells[0] if cells else []
    bare = [re.sub(r"[\s*（(].*$", "", str(cell).strip()) for cell in head]
    headed = any(meant(words, *_UNIT_HEADS, *_QUANTITY_HEADS) for words in bare)
    unit_at = next((n for n, words in enumerate(bare) if meant(words, *_UNIT_HEADS)), 0) if headed else 0
    quantity_at = next((n for n, words in enumerate(bare) if meant(words, *_QUANTITY_HEADS)), 1) if headed else 1
    headed_days = {n: day for n, cell in enumerate(head) if (day := day_of(cell)) is not None}
    places = headed_days if headed else dict(enumerate(days, 2))
    if headed and (named := re.search(r"[（(](.{1,12})[）)]", str(head[quantity_at]) if quantity_at < len(head) else "")):
        pasted.uom = named[1]
    pasted.days = sorted(set(places.values()))
    for number, line in enumerate(cells[1:] if headed else cells, 2 if headed else 1):
        words = str(line[unit_at]).strip() if unit_at < len(line) else ""
        if not words or meant(words, "合计", "总计", "说明"):
            continue
        called = known.get(_plain(words), [])
        if len(called) != 1:
            what = _("没有这个单位") if not called else _("有 %(n)s 个单位叫这个名字") % {"n": len(called)}
            pasted.problems.append(
                _("第 %(row)s 行“%(words)s”：%(what)s。请写全称，或先用“加单位”加进来。")
                % {"row": number, "words": words, "what": what}
            )
            continue
        amount = _typed(line[quantity_at]) if quantity_at < len(line) else ""
        nodes = {day: typed for n, day in places.items() if n < len(line) and (typed := _typed(line[n]))}
        pasted.rows.append((called[0], amount, nodes))
    return pasted


def _names(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    known: dict[str, list[Unit]] = {}
    for unit in units:
        called = {unit.name, unit.short_name, unit.code, *(alias.words for alias in unit.aliases.all())}
        for words in {_plain(each) for each in called if each}:
            known.setdefault(words, []).append(unit)
    return known


def _plain(words: str) -> str:
    return re.sub(r"[\s　]", "", words).replace("(", "（").replace(")", "）")


def _typed(value: Any) -> str:
    """A cell as it would have been typed: 5.0 of a workbook is 5."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def number_of(typed: str) -> float | None:
    """The number that was typed, with or without grouping; None where nothing was typed. ValueError: it is no number."""
    plain = typed.replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,4})?", plain):
        raise ValueError(typed)
    return float(plain)


def workbook(title: str, shares: Sequence[tuple[str, Share]], days: Sequence[date], uom: str) -> HttpResponseBase:
    """The grid as a workbook, in the shape in which it is read again."""

    def node(day: date) -> Column:
        return Column(f"n{day}", f"{day:%Y-%m-%d}", value=lambda pair: pair[1].nodes.get(day), kind="number")

    columns = [
        Column("unit", _(_UNIT_HEADS[0]), value=lambda pair: pair[0]),
        Column("quantity", _(_QUANTITY_HEADS[0]), value=lambda pair: pair[1].quantity, kind="number", unit=uom),
        *(node(day) for day in days),
    ]
    hints: Mapping[str, str] = {
        _("怎么填"): _("“数量”是该单位应完成的总数；日期列是到该日应累计完成的数，表头的日期可以改，也可以加列。"),
    }
    answer, _count = workbook_answer(_("任务分解"), columns, shares, [(_("任务"), title), *hints.items()], "")
    return answer
