"""The table: filter, sort, paging, column choice, sums, Excel. Every list of the site is one.

A view says what the columns are and which rows the post may see; the table reads the rest from the address, so that a link shows the
same to a colleague::

    UNITS = Table("units", columns=[Column("name", _("名称"), sort=("name",), url=…), …], filters=[Choice("kind", _("类别"), …)])
    def units(request): return UNITS.respond(request, rows("unit.see", request.actor), title=_("单位"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as LazyText

Words = str | LazyText
NO_DATA = "—"


@dataclass(frozen=True)
class Column:
    """One column. ``value`` takes a row and gives what is shown and exported (default: the attribute ``key``, dots allowed).

    ``sort`` names the fields to order by; empty: the column does not sort. ``kind``: text, number, date, lamp. ``url`` makes a link.
    """

    key: str
    title: Words
    value: Callable[[Any], Any] | None = None
    sort: tuple[str, ...] = ()
    kind: str = "text"
    url: Callable[[Any], str | None] | None = None
    chosen: bool = True
    total: Callable[[QuerySet[Any]], Any] | None = None

    def of(self, row: Any) -> Any:
        """The value of this column in a row; None where there is none."""
        if self.value is not None:
            return self.value(row)
        for part in self.key.split("."):
            row = getattr(row, part, None)
            if callable(row):
                row = row()
        return row


@dataclass(frozen=True)
class Filter:
    """One filter of the bar: ``choices`` gives (value, words) for this request; ``narrow`` applies a value."""

    key: str
    title: Words
    choices: Callable[[HttpRequest], Iterable[tuple[str, Words]]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True)
class Table:
    """One list of the site."""

    name: str
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    # Fields searched by the box (contains).
    search: tuple[str, ...] = ()
    order: tuple[str, ...] = ("pk",)
    page_size: int = 50
    empty: Words = ""
    template: str = "components/list.html"
    extra: dict[str, Any] = field(default_factory=dict)

    def respond(self, request: HttpRequest, found: QuerySet[Any], *, title: Words, **context: Any) -> HttpResponse:
        """The page, the fragment that htmx asked for, or the workbook (``?as=xlsx``)."""
        found = self.narrowed(request, found)
        if request.GET.get("as") == "xlsx":
            return self.workbook(found, str(title))
        page = Paginator(found, self.page_size).get_page(request.GET.get("page"))
        return render(
            request,
            self.template,
            {"table": self, "page": page, "rows": self.cells(page), "title": title, **self.extra, **context},
        )

    def narrowed(self, request: HttpRequest, found: QuerySet[Any]) -> QuerySet[Any]:
        """The rows after search, filters and order of the address. Words that name no column or choice are passed over."""
        words = request.GET.get("q", "").strip()
        if words and self.search:
            wanted = Q()
            for name in self.search:
                wanted |= Q(**{f"{name}__icontains": words})
            found = found.filter(wanted)
        for each in self.filters:
            value = request.GET.get(each.key, "")
            if value and value in {key for key, _ in each.choices(request)}:
                found = each.narrow(found, value)
        sort = request.GET.get("sort", "")
        column = next((c for c in self.columns if c.key == sort.lstrip("-") and c.sort), None)
        order = self.order
        if column is not None:
            order = tuple(f"-{f}" for f in column.sort) if sort.startswith("-") else column.sort
        return found.order_by(*order, "pk")

    def cells(self, page: Page[Any]) -> list[list[tuple[Column, Any, str | None]]]:
        """Row by row: column, value, link."""
        return [[(c, c.of(row), c.url(row) if c.url else None) for c in self.columns] for row in page]

    def workbook(self, found: QuerySet[Any], title: str) -> HttpResponse:
        """All rows (not only the page) as an Excel file, in the columns' order."""
        buffer = BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True})
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, [str(c.title) for c in self.columns], head)
        for n, row in enumerate(found.iterator(chunk_size=1000), 1):
            for m, column in enumerate(self.columns):
                value = column.of(row)
                sheet.write(n, m, value if isinstance(value, int | float | None) or hasattr(value, "year") else str(value))
        sheet.freeze_panes(1, 1)
        book.close()
        answer = HttpResponse(buffer.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        answer["Content-Disposition"] = f'attachment; filename="{self.name}.xlsx"'
        return answer
