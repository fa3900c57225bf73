"""Counts rows into frozen figures, and puts them into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from xiangxu.monthly.content import Figure, Span

Counts = Literal["tasks", "targets", "gaps", "units"]


class Figures:
    """The figures of one bulletin, by key, in the order in which they were first said."""

    def __init__(self) -> None:
        self._known: dict[str, Figure] = {}

    def all(self) -> tuple[Figure, ...]:
        """All figures."""
        return tuple(self._known.values())

    def count(
        self, key: str, name: str, rows: Iterable[str], uom: str = "项", counts: Counts = "tasks", of: int | None = None
    ) -> Span:
        """How many rows there are."""
        keys = tuple(rows)
        return self._said(Figure(key, name, len(keys), uom, of, counts, keys))

    def share(self, key: str, name: str, part: Sequence[str], whole: Sequence[str], counts: Counts = "tasks") -> Span:
        """The share of some rows in all; of nothing there is no share.

        >>> figures = Figures()
        >>> figures.share("a", "完成率", ["t1"], ["t1", "t2"]).text, figures.share("b", "完成率", [], []).text
        ('50.0%', '—')
        """
        value = 100 * len(part) / len(whole) if whole else None
        return self._said(Figure(key, name, value, "%", len(whole), counts, tuple(part)))

    def known(self, key: str, name: str, value: int, uom: str, gap: str) -> Span:
        """A number that a gap brings along: of how many units it is."""
        return self._said(Figure(key, name, value, uom, None, "gaps", (gap,)))

    def _said(self, figure: Figure) -> Span:
        self._known[figure.key] = figure
        return Span(figure.text, figure.key)


def sentence(*parts: str | Span | Sequence[Span]) -> tuple[Span, ...]:
    """Words and figures in a row; words that touch become one piece.

    >>> [span.text for span in sentence("共", Span("3项", "tasks"), "，", "其中")]
    ['共', '3项', '，其中']
    """
    spans: list[Span] = []
    for part in parts:
        for span in (Span(part),) if isinstance(part, str) else (part,) if isinstance(part, Span) else part:
            if spans and not span.figure and not spans[-1].figure:
                spans[-1] = Span(spans[-1].text + span.text)
            elif span.text:
                spans.append(span)
    return tuple(spans)


def listed(parts: Sequence[Sequence[Span]], between: str) -> tuple[Span, ...]:
    """Several pieces with a mark between them."""
    return sentence(*(piece for number, part in enumerate(parts) for piece in ((between if number else ""), part)))
