"""The table: filter, sort, paging, column choice, sums, Excel. Every list of the site is one.

A view says what the columns are and which rows the post may see; the table reads the rest from the address, so that a link shows the
same to a colleague::

    UNITS = Table("units", columns=[Column("name", _("名称"), sort=("name",), url=…), …], filters=[Filter("kind", _("类别"), …)])
    def units(request): return UNITS.respond(request, rows("unit.see", request.actor), title=_("单位"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, Count, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise as LazyText
from django.utils.html import escape
from django.utils.safestring import SafeString

from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.components.figures import NO_DATA
from xiangxu_web.kernel.components.preference import chosen_columns
from xiangxu_web.kernel.components.workbook import workbook_answer
from xiangxu_web.kernel.soonest import unknown_last

__all__ = ["NO_DATA", "Action", "Column", "Filter", "Table"]

Words = str | LazyText
# So many rows of a workbook are held at once.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Column:
    """One column. ``value`` takes a row and gives what is shown and exported (default: the attribute ``key``, dots allowed).

    ``sort`` names the fields to order by; empty: the column does not sort. ``kind``: text, number, date, lamp, tag. ``url`` makes a
    link; with ``drawer`` it opens beside the list (the page there extends ``page_frame``). ``unit`` stands in the header. ``total``
    takes all rows found and gives the sum at the foot. A column that is not ``chosen`` shows only to whoever chooses it.
    A ``Share`` as value shows its parts on hover and exports numerator and denominator beside it.
    """

    key: str
    title: Words
    value: Callable[[Any], Any] | None = None
    sort: tuple[str, ...] = ()
    kind: str = "text"
    url: Callable[[Any], str | None] | None = None
    chosen: bool = True
    total: Callable[[QuerySet[Any]], Any] | None = None
    unit: Words = ""
    drawer: bool = False
    # Where the value is a Share: the workbook gives numerator and denominator columns of their own.
    share: bool = False
    # As wide as its words: a number, a mark.
    narrow: bool = False
    # Stands on a telephone's card before it is unfolded, beside the name and the lamps.
    telling: bool = False
    # The words of a field with fixed values (``Unit.Kind.choices``); what is not among them is no value.
    choices: Sequence[tuple[str, Words]] = ()
    # What is nought or nothing where no row found has a value (``Max("contact")``): such a column then folds away, until somebody
    # chooses it.
    filled: Aggregate | None = None

    def of(self, row: Any) -> Any:
        """The value of this column in a row; None where there is none."""
        if self.value is not None:
            return self.value(row)
        for part in self.key.split("."):
            row = getattr(row, part, None)
            if callable(row):
                row = row()
        return self._words.get(row) if self.choices else row

    @cached_property
    def _words(self) -> Mapping[str, Words]:
        return dict(self.choices)

    @property
    def right(self) -> bool:
        """Figures stand at the right, so that their places stand below one another."""
        return self.kind == "number" or self.share


@dataclass(frozen=True)
class Filter:
    """One filter of the bar: ``choices`` gives (value, words) for this request; ``narrow`` applies a value."""

    key: str
    title: Words
    choices: Callable[[HttpRequest], Iterable[tuple[str, Words]]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True)
class Action:
    """What can be done with a row, shown at its end when the row is pointed at (always on a telephone)."""

    title: Words
    url: str
    icon: str
    drawer: bool = False


@dataclass(frozen=True)
class FilterShown:
    """A filter as the bar shows it now."""

    key: str
    title: Words
    choices: Sequence[tuple[str, Words]]
    value: str


@dataclass(frozen=True)
class Head:
    """The head of a column: what a touch of it sorts by, rising first, then falling; none where the column does not sort."""

    column: Column
    url: str
    # Whether the list is sorted by it now.
    lit: bool


@dataclass(frozen=True)
class Cell:
    """A value in its place; ``title`` is what the column is called, escaped once for all its cells."""

    column: Column
    value: Any
    url: str | None
    title: SafeString
    # On a telephone it is seen only when the row's card is unfolded.
    folded: bool = False
    # The classes that it wears as all cells of its column.
    worn: str = ""


@dataclass(frozen=True)
class RowShown:
    """A row of the page: its cells and what can be done with it."""

    cells: Sequence[Cell]
    actions: Sequence[Action]

    @property
    def folds(self) -> bool:
        """Whether a telephone's card of this row has something to unfold."""
        return bool(self.actions) or any(cell.folded and cell.value not in (None, "") for cell in self.cells)


class Bounded(Paginator):  # type: ignore[type-arg]
    """Pages of a list that may be very long: to count millions of rows takes seconds, and nobody leafs through them."""

    def __init__(self, found: QuerySet[Any], size: int, most: int | None, counted: int | None = None) -> None:
        super().__init__(found, size)
        self.most, self.counted = most, counted

    @cached_property
    def count(self) -> int:
        """How many rows can be leafed through."""
        if self.most is not None:
            return min(self._counted, self.most)
        return int(super().count) if self.counted is None else self.counted

    @property
    def more(self) -> bool:
        """Whether there are rows beyond the bound."""
        return self.most is not None and self._counted > self.most

    @cached_property
    def _counted(self) -> int:
        """How many rows there are, one more than the bound at most."""
        found: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return found.order_by().values("pk")[: (self.most or 0) + 1].count()


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
    # So many rows are counted and leafed through; a longer list says that there are more, and is narrowed by its filters.
    most: int | None = None
    # Said where there is nothing at all (not where a filter left nothing): why, and what to do.
    empty: Words = ""
    template: str = "components/list.html"
    extra: dict[str, Any] = field(default_factory=dict)
    actions: Callable[[Any], Sequence[Action]] | None = None
    search_hint: Words = ""
    # Brings what the cells read to all rows of a page at once.
    ready: Callable[[Sequence[Any]], None] | None = None

    def respond(self, request: HttpRequest, found: QuerySet[Any], *, title: Words, **context: Any) -> HttpResponseBase:
        """The page, the fragment that htmx asked for, or the workbook (``?as=xlsx``), whose taking is noted in the audit. An ``Action`` as
        ``first_step`` is the button where there is nothing yet."""
        found, filters = self.narrowed(request, found)
        if request.GET.get("as") == "xlsx":
            return self.workbook(request, found, str(title), filters)
        columns, folded, counted = self.shown(request, found)
        page = Bounded(found, self.page_size, self.most, counted).get_page(request.GET.get("page"))
        htmx = getattr(request, "htmx", None)
        fragment = bool(htmx) and htmx is not None and htmx.target == "list"
        sort = self.sorted_by(request)
        words = request.GET.get("q", "").strip()
        answer = render(
            request,
            "components/list-body.html" if fragment else self.template,
            {
                "table": self,
                "columns": columns,
                "folded": folded,
                "heads": _heads(request, columns, sort),
                "page": page,
                "rows": self.rows(page, columns),
                "totals": self.totals(found, columns) if page.paginator.count else [],
                "filters": filters,
                "narrowed": bool(words) or any(f.value for f in filters),
                "words": words,
                "sort": sort[0].key if sort else "",
                "falling": bool(sort and sort[1]),
                "title": title,
                **self.extra,
                **context,
            },
        )
        # One address gives the page and its part: a browser that goes back must not take one for the other.
        patch_vary_headers(answer, ("HX-Request", "HX-Target"))
        return answer

    def narrowed(self, request: HttpRequest, found: QuerySet[Any]) -> tuple[QuerySet[Any], list[FilterShown]]:
        """The rows after search, filters and order of the address. Words that name no column or choice are passed over."""
        words = request.GET.get("q", "").strip()
        if words and self.search:
            wanted = Q()
            for name in self.search:
                wanted |= Q(**{f"{name}__icontains": words})
            # A row of which several others hold the words is found once; to sort out doubles would compare every column of every row.
            several = any("__" in name for name in self.search)
            found = found.filter(pk__in=found.order_by().filter(wanted).values("pk")) if several else found.filter(wanted)
        shown = []
        for each in self.filters:
            choices = list(each.choices(request))
            value = request.GET.get(each.key, "")
            if value not in {key for key, _words in choices}:
                value = ""
            # What offers nothing to choose between only takes room.
            if len(choices) < 2 and not value:
                continue
            if value:
                found = each.narrow(found, value)
            shown.append(FilterShown(each.key, each.title, choices, value))
        order = self.order
        if (sort := self.sorted_by(request)) is not None:
            order = tuple(_turned(f) for f in sort[0].sort) if sort[1] else sort[0].sort
        return found.order_by(*(unknown_last(found.model, f) for f in order), "pk"), shown

    def sorted_by(self, request: HttpRequest) -> tuple[Column, bool] | None:
        """The column by which the address sorts, and whether it falls."""
        wanted = request.GET.get("sort", "")
        column = next((c for c in self.columns if c.sort and c.key == wanted.removeprefix("-")), None)
        return (column, wanted.startswith("-")) if column is not None else None

    def shown(self, request: HttpRequest, found: QuerySet[Any]) -> tuple[list[Column], list[Column], int | None]:
        """The columns that this person wants to see, of which the first always stands; those that fold away because no row found has
        a value there; and how many rows were found, where that was asked on the way.

        One query for all of them; none, and nothing folds, where the person has chosen columns.
        """
        wanted = chosen_columns(request.user.pk, self.name)
        columns = [c for n, c in enumerate(self.columns) if n == 0 or (c.chosen if wanted is None else c.key in wanted)]
        asked = {f"filled_{n}": c for n, c in enumerate(columns) if n and c.filled is not None}
        if not asked or wanted is not None:
            return columns, [], None
        # The rows are looked through once for all of it.
        counted = {} if self.most is not None else {"counted": Count("pk")}
        there = found.order_by().aggregate(**counted, **{name: c.filled for name, c in asked.items() if c.filled is not None})
        folded = [c for name, c in asked.items() if not there[name]]
        return [c for c in columns if c not in folded], folded, there.get("counted")

    def rows(self, page: Page[Any], columns: Sequence[Column]) -> list[RowShown]:
        """The page's rows with their cells."""
        if self.ready is not None:
            self.ready(list(page))
        telling = telling_columns(columns)
        # What is the same in all cells of a column is told once.
        alike = [
            (c, escape(f"{c.title}（{c.unit}）" if c.unit else str(c.title)), folds := c not in telling, _worn(c, folded=folds))
            for c in columns
        ]
        return [
            RowShown(
                [Cell(c, c.of(row), c.url(row) if c.url else None, title, folds, worn) for c, title, folds, worn in alike],
                self.actions(row) if self.actions else (),
            )
            for row in page
        ]

    def totals(self, found: QuerySet[Any], columns: Sequence[Column]) -> list[tuple[Column, Any]]:
        """The foot: the sum of each column that has one, over all rows found and not only the page's."""
        if not any(c.total for c in columns):
            return []
        unordered = found.order_by()
        return [(c, c.total(unordered) if c.total else None) for c in columns]

    def workbook(
        self, request: HttpRequest, found: QuerySet[Any], title: str, filters: Sequence[FilterShown]
    ) -> HttpResponseBase:
        """All rows found (not only the page) with all columns as an Excel file."""
        conditions = [(f.title, next(w for key, w in f.choices if key == f.value)) for f in filters if f.value]
        answer, count = workbook_answer(title, self.columns, self._all(found), conditions, request.GET.get("q", "").strip())
        with action(getattr(request, "actor", None), "list.export") as record:
            record.noted(None, list=self.name, rows=count)
        return answer

    def _all(self, found: QuerySet[Any]) -> Iterator[Any]:
        """All rows found, some at a time."""
        rows = found.iterator(chunk_size=_AT_ONCE)
        while some := list(islice(rows, _AT_ONCE)):
            if self.ready is not None:
                self.ready(some)
            yield from some


def _heads(request: HttpRequest, columns: Sequence[Column], sort: tuple[Column, bool] | None) -> list[Head]:
    wanted = request.GET.copy()
    wanted.pop("page", None)
    heads = []
    for column in columns:
        wanted["sort"] = f"-{column.key}" if sort == (column, False) else column.key
        url = f"{request.path}?{wanted.urlencode()}" if column.sort else ""
        heads.append(Head(column, url, sort is not None and sort[0] is column))
    return heads


def _worn(column: Column, *, folded: bool) -> str:
    marks = (("r", column.right), ("narrow", column.narrow), ("folded", folded), ("lit", column.kind == "lamp"))
    return " ".join(name for name, on in marks if on)


def telling_columns(columns: Sequence[Column]) -> list[Column]:
    """What a telephone's card shows of a row before it is unfolded: name, lamps, and the columns marked as telling; where none is
    marked, the first words or mark and the first day or figure."""
    others = [c for c in columns[1:] if c.kind != "lamp"]
    told = [c for c in others if c.telling]
    if not told:
        kinds = (("text", "tag"), ("date", "number"))
        told = [c for c in (next((o for o in others if o.kind in k and not o.narrow), None) for k in kinds) if c is not None]
    return [c for n, c in enumerate(columns) if n == 0 or c.kind == "lamp" or c in told]


def _turned(order: str) -> str:
    return order[1:] if order.startswith("-") else f"-{order}"
