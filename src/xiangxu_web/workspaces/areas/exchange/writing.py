"""Writes workbooks: the template to fill in, the export in the same shape, wrong rows with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.exchange.columns import AREAS, SHEETS, Cell, area_values, sheet_of, unit_values
from xiangxu_web.workspaces.areas.exchange.comparing import Finding, State
from xiangxu_web.workspaces.areas.exchange.reading import HINT, MOST_ROWS, Book

_HINT_ROWS = 1


def template() -> bytes:
    """The three sheets without rows: header, a row of hints (passed over by the import), lists to choose from."""
    return _book({sheet: [] for sheet in SHEETS}, hints=True)


def export(actor: Actor) -> bytes:
    """All areas and units that the post sees, in the shape of the import."""
    areas = list(rows("area.see", actor).order_by("path"))
    units = list(rows("unit.see", actor).select_related("area").prefetch_related("aliases").order_by("path"))
    area_codes = {area.pk: area.code for area in areas}
    unit_codes = {unit.pk: unit.code for unit in units}
    told: dict[str, list[Mapping[str, Any]]] = {sheet: [] for sheet in SHEETS}
    told[AREAS] = [area_values(area, area_codes) for area in areas]
    for unit in units:
        told[sheet_of(unit)].append(unit_values(unit, unit_codes))
    return _book({sheet: [[c.write(v[c.field]) for c in SHEETS[sheet]] for v in found] for sheet, found in told.items()})


def wrong_rows(book: Book, findings: Iterable[Finding]) -> bytes:
    """The wrong rows as they came, each with what is wrong and what to do in a last column; mended, it can be uploaded as it is."""
    wrong = [f for f in findings if f.state is State.WRONG]
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True})
    head = made.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1})
    text = made.add_format({"num_format": "@"})
    red = made.add_format({"font_color": "#B42318", "text_wrap": True})
    for sheet in (s for s in SHEETS if any(f.row.sheet == s for f in wrong)):
        page = made.add_worksheet(_(sheet))
        headers = book.headers[sheet]
        page.write_row(0, 0, [*headers, _("哪里不对，怎么改")], head)
        page.set_column(0, len(headers) - 1, 16, text)
        page.set_column(len(headers), len(headers), 70)
        page.freeze_panes(1, 0)
        for n, found in enumerate((f for f in wrong if f.row.sheet == sheet), 1):
            for place, cell in enumerate(found.row.raw[: len(headers)]):
                _write(page, n, place, cell if isinstance(cell, int | float | date) else str(cell), text)
            page.write_string(n, len(headers), _in_words(found), red)
    made.close()
    return out.getvalue()


def _in_words(found: Finding) -> str:
    lines = [
        (f"{problem.title}：" if problem.field else "") + f"{problem.what}{_('。')}{problem.remedy}" for problem in found.problems
    ]
    return _("原第 %(row)s 行　") % {"row": found.row.number} + "　".join(lines)


def _book(told: Mapping[str, Sequence[Sequence[Cell]]], *, hints: bool = False) -> bytes:
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    head = made.add_format({"num_format": "@", "bold": True, "bg_color": "#E7E6E6", "border": 1})
    quiet = made.add_format({"italic": True, "font_color": "#667085", "text_wrap": True, "valign": "top"})
    text = made.add_format({"num_format": "@"})
    for name, found in told.items():
        page = made.add_worksheet(_(name))
        page.freeze_panes(1 + hints * _HINT_ROWS, 2)
        for place, column in enumerate(SHEETS[name]):
            page.set_column(place, place, column.width, text)
            page.write_string(0, place, column.title, head)
            if hints:
                hint = _(column.hint)
                page.write_string(1, place, f"{_(HINT)}：{hint}" if place == 0 else hint, quiet)
            if offered := column.choices():
                page.data_validation(
                    1 + hints * _HINT_ROWS,
                    place,
                    MOST_ROWS,
                    place,
                    {
                        "validate": "list",
                        "source": list(offered),
                        "error_title": _("请从列表中选"),
                        "error_message": _("请从下拉列表中选一个词。"),
                    },
                )
        for n, row in enumerate(found, 1):
            for place, cell in enumerate(row):
                _write(page, n, place, cell, text)
    made.close()
    return out.getvalue()


def _write(page: Any, row: int, place: int, cell: Any, text: Any) -> None:
    """Codes and names stay text, whatever they look like: never a number, a formula or a link."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row, place, cell, text)
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell)
    else:
        page.write_number(row, place, cell)
