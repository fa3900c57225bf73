"""The matrix: who has what. Rows × columns with √ × 不适用 —, shares at both edges, quick at sixty schools by forty promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.utils.functional import Promise as LazyText
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from xiangxu_web.kernel.components.figures import NO_DATA, Share

Words = str | LazyText


class Held(Enum):
    """What a cell says. ``WAITING`` is no data: neither yes nor no."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"
    WAITING = "waiting"


@dataclass(frozen=True)
class Edge:
    """The head of a row or a column."""

    key: str
    words: Words
    url: str = ""


@dataclass(frozen=True)
class Mark:
    """One cell: what it says, where it leads, and on hover the evidence or the date."""

    held: Held
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Matrix:
    """``cells`` by (row key, column key); a missing one is no data. The share counts √ among √ and ×: what does not apply and what is
    not known stay out of both its parts."""

    title: Words
    rows: Sequence[Edge]
    columns: Sequence[Edge]
    cells: Mapping[tuple[str, str], Mark]
    corner: Words = ""

    def share(self, marks: Sequence[Mark | None]) -> Share:
        """√ among √ and ×."""
        yes = sum(1 for m in marks if m is not None and m.held is Held.YES)
        no = sum(1 for m in marks if m is not None and m.held is Held.NO)
        return Share(yes, yes + no)

    @cached_property
    def lines(self) -> list[tuple[Edge, SafeString, Share]]:
        """Row by row: head, cells, share. Cells are written here and not by the template, which would take ten times as long."""
        shown = {
            Held.YES: ("m-yes", "√"),
            Held.NO: ("m-no", "×"),
            Held.NOT_APPLICABLE: ("m-out", pgettext("matrix", "不适用")),
            Held.WAITING: ("m-out", NO_DATA),
        }
        plain = {held: f'<td class="{kind}">{words}</td>' for held, (kind, words) in shown.items()}
        lines = []
        for row in self.rows:
            marks = [self.cells.get((row.key, column.key)) for column in self.columns]
            written = []
            for mark in marks:
                held = mark.held if mark is not None else Held.WAITING
                if mark is None or not (mark.url or mark.hint):
                    written.append(plain[held])
                    continue
                kind, words = shown[held]
                inner = format_html('<a href="{}">{}</a>', mark.url, words) if mark.url else words
                written.append(format_html('<td class="{}" title="{}">{}</td>', kind, mark.hint, inner))
            lines.append((row, mark_safe("".join(written)), self.share(marks)))
        return lines

    @cached_property
    def feet(self) -> list[Share]:
        """The share of each column."""
        return [self.share([self.cells.get((row.key, column.key)) for row in self.rows]) for column in self.columns]

    @cached_property
    def whole(self) -> Share:
        """The share of all cells."""
        return self.share(list(self.cells.values()))
