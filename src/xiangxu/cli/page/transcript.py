"""The document's side of the page: its text line by line, with the places of what was read marked in it.

The text is cut at every place's start and end, so that the script can light up any place by its offsets without touching the
text; promises and headings are links to their entries, tasks and actions stand in the margin with a rule along their lines.
Lines are gathered in blocks that a browser lays out only when they come into view: a document of 500 pages opens at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from xiangxu.cli.page.catalogue import Catalogue, Entry, Kind
from xiangxu.cli.page.markup import Html, Words, element, joined

BLOCK_LINES = 60
BLOCK_CHARACTERS = 2400

# Which of several places over one stretch of text its link leads to: the narrowest thing said there first.
_LINKED = (Kind.PROMISE, Kind.ACTION, Kind.SECTION)
_IN_MARGIN = (Kind.TASK, Kind.ACTION, Kind.CONTRADICTION, Kind.REMARK)
_RULED = (Kind.TASK, Kind.ACTION)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text between two cuts, and the marks that cover it."""

    start: int
    end: int
    marks: tuple[_Mark, ...]


def transcript(catalogue: Catalogue) -> Html:
    """The lines of a document as blocks."""
    text = catalogue.reading.text
    marks = _marks(catalogue)
    stretches = _stretches(len(text), marks)
    noted = deque(mark for mark in marks if mark.entry.kind in _IN_MARGIN)
    blocks: list[Html] = []
    lines: list[Html] = []
    held = 0
    for number, inside in _lines(text, stretches):
        blank = not any(text[stretch.start : stretch.end].strip() for stretch in inside)
        begun = []
        # What begins on a blank line is noted beside the next line with text.
        while not blank and noted and noted[0].start < inside[-1].end:
            begun.append(noted.popleft())
        names: dict[str, str | int] = {"id": f"{catalogue.key}L{number}", "data_line": number}
        lines.append(_blank(inside, names) if blank else _line(text, inside, begun, names))
        held += sum(stretch.end - stretch.start for stretch in inside)
        if len(lines) >= BLOCK_LINES or held >= BLOCK_CHARACTERS:
            blocks.append(element("div", *lines, class_="block"))
            lines, held = [], 0
    blocks.append(element("div", *lines, class_="block"))
    return joined(blocks, "\n")


def _marks(catalogue: Catalogue) -> list[_Mark]:
    length = len(catalogue.reading.text)
    marks = []
    for entry in (*catalogue.entries, *catalogue.contradictions, *catalogue.remarks):
        for place in entry.places:
            start, end = max(place.start, 0), min(place.end, length)
            if start < end:
                marks.append(_Mark(start, end, entry))
    return sorted(marks, key=lambda mark: mark.start)


def _stretches(length: int, marks: list[_Mark]) -> Iterator[_Stretch]:
    """The whole text in order, cut wherever a mark begins or ends."""
    cuts = sorted({0, length, *(mark.start for mark in marks), *(mark.end for mark in marks)})
    waiting = iter([*marks, None])
    following = next(waiting)
    active: list[_Mark] = []
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.end > start]
        while following is not None and following.start <= start:
            active.append(following)
            following = next(waiting)
        yield _Stretch(start, end, tuple(active))


def _lines(text: str, stretches: Iterator[_Stretch]) -> Iterator[tuple[int, list[_Stretch]]]:
    """Each line with its number and the stretches in it, cut at the line's ends."""
    inside: list[_Stretch] = []
    number = 1
    for stretch in stretches:
        start = stretch.start
        while (stop := text.find("\n", start, stretch.end)) >= 0:
            if start < stop:
                inside.append(_Stretch(start, stop, stretch.marks))
            yield number, inside
            inside, number, start = [], number + 1, stop + 1
        if start < stretch.end:
            inside.append(_Stretch(start, stretch.end, stretch.marks))
    if inside:
        yield number, inside


def _blank(inside: list[_Stretch], names: dict[str, str | int]) -> Html:
    return element("div", class_="line blank" + _rule(inside), **names)


def _line(text: str, inside: list[_Stretch], begun: list[_Mark], names: dict[str, str | int]) -> Html:
    pieces = [_piece(stretch, text[stretch.start : stretch.end]) for stretch in inside]
    ruled = _innermost(inside, _RULED)
    return element(
        "div",
        element("span", *map(_margin_link, begun), class_="margin") if begun else None,
        element("span", *pieces, class_="said"),
        class_="line" + _rule(inside),
        data_of=ruled.entry.id if ruled else None,
        **names,
    )


def _rule(inside: list[_Stretch]) -> str:
    return " ruled" if _innermost(inside, _RULED) else ""


def _innermost(inside: list[_Stretch], kinds: tuple[Kind, ...]) -> _Mark | None:
    covering = (mark for stretch in inside for mark in stretch.marks if mark.entry.kind in kinds)
    return min(covering, key=lambda mark: mark.end - mark.start, default=None)


def _margin_link(mark: _Mark) -> Html:
    entry = mark.entry
    warns = entry.kind in (Kind.CONTRADICTION, Kind.REMARK)
    sign = "▲ " if warns or entry.doubts else ""
    label = Words(f"{sign}{entry.kind.word.zh} {entry.no}", f"{sign}{entry.kind.word.en} {entry.no}")
    return element("a", label, href=f"#{entry.id}", class_="chip warning" if sign else "chip")


def _piece(stretch: _Stretch, said: str) -> Html:
    """A stretch of a line: a link where a promise, an action or a heading stands, else plain text that knows its offset."""
    heading = any(mark.entry.kind is Kind.SECTION for mark in stretch.marks)
    linked = next((m for kind in _LINKED for m in _narrowest_first(stretch) if m.entry.kind is kind and _links(m, heading)), None)
    classes = ["heading"] if heading else []
    if linked is None:
        return element("span", said, data_at=stretch.start, class_=" ".join(classes) or None)
    if linked.entry.kind is Kind.PROMISE:
        classes.append("promise")
    if linked.entry.doubts:
        classes.append("doubtful")
    return element(
        "a",
        said,
        href=f"#{linked.entry.id}",
        data_at=stretch.start,
        class_=" ".join(classes) or None,
        # A promise that runs over a line's end is one stop for the keyboard, not two.
        tabindex=None if linked.start == stretch.start else -1,
    )


def _narrowest_first(stretch: _Stretch) -> list[_Mark]:
    return sorted(stretch.marks, key=lambda mark: mark.end - mark.start)


def _links(mark: _Mark, heading: bool) -> bool:
    """An action's text is a link only where it is a heading: the rest of it belongs to the promises and the reader's eye."""
    return heading or mark.entry.kind is not Kind.ACTION
