"""Where in the document a thing stands: in an action of the body, in a row of a list, or elsewhere; and in which words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from xiangxu.model.place import Place
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Task
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Without any white space."""
    return _SPACE.sub("", text)


class _Spans:
    """Finds the one of several spans, none reaching into the next, in which an offset lies."""

    def __init__(self, places: Sequence[tuple[int, Place]]) -> None:
        self._sorted = sorted(places, key=lambda p: p[1].start)
        self._starts = [place.start for _, place in self._sorted]

    def at(self, offset: int) -> int | None:
        before = bisect_right(self._starts, offset) - 1
        if before < 0:
            return None
        index, place = self._sorted[before]
        return index if offset < place.end else None


class Parts:
    """The actions and the rows of a reading, and what stands in them.

    In a plan without a list its actions are its tasks: such a task is no row, since nothing tells the same a second time.
    """

    def __init__(self, reading: PlanReading) -> None:
        self.reading = reading
        self.actions: Sequence[BodyAction] = reading.body_actions
        own = {(a.place.start, a.place.end): i for i, a in enumerate(self.actions)}
        self.same: dict[int, int] = {
            i: own[t.place.start, t.place.end] for i, t in enumerate(reading.tasks) if (t.place.start, t.place.end) in own
        }
        """The tasks that are an action of the body, by its index."""
        self.rows: dict[int, Task] = {i: t for i, t in enumerate(reading.tasks) if i not in self.same}
        self._rows = _Spans([(i, t.place) for i, t in self.rows.items()])
        self._actions = _Spans([(i, a.place) for i, a in enumerate(self.actions)])

    def row_at(self, offset: int) -> int | None:
        """The task in whose row an offset of the text lies."""
        return self._rows.at(offset)

    def action_at(self, offset: int) -> int | None:
        """The action in whose text an offset lies; rows are no part of it."""
        return None if self.row_at(offset) is not None else self._actions.at(offset)

    def text_of(self, action: BodyAction) -> str:
        """Number, title, text and departments of an action without white space."""
        return squeezed(self.reading.text[action.place.start : action.place.end])

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.reading.text))]

    def place(self, start: int, end: int, within: Place) -> Place:
        """A span of the text inside a known place. On which page it lies is known only where it begins on the same line."""
        line = bisect_right(self._line_starts, start)
        return Place(start, end, line, within.page)


def quoted(text: str) -> str:
    """In quotation marks, those inside it turned into single ones.

    >>> quoted("落实“强师”行动")
    '“落实‘强师’行动”'
    """
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"


def title_of(row: Task) -> str:
    """What a row calls itself: the action where the list has such a column, else the project."""
    return row.action or row.project or ""


def row_number(row: Task) -> Reason:
    """A row by its number."""
    return Reason(_("清单第%(no)s项"), no=row.no) if row.no else Reason(_("清单"))


def row_name(row: Task) -> Reason:
    """A row as a clerk calls it."""
    return named(row_number(row), title_of(row))


def action_number(action: BodyAction) -> Reason:
    """An action by its number."""
    return Reason(_("正文第%(no)s项"), no=action.no)


def action_name(action: BodyAction) -> Reason:
    """An action as a clerk calls it."""
    return named(action_number(action), action.title)


def named(number: Reason, title: str) -> Reason:
    """A row or action by its number and title."""
    return Reason(_("%(number)s%(title)s"), number=number, title=quoted(title)) if title else number


def where_name(promise: Promise) -> Reason:
    """The place of a promise as a clerk calls it."""
    return where_words(promise.where)


def where_words(where: str) -> Reason:
    """A place in the form of FORMAT as a clerk calls it.

    >>> where_words("body 二（一）4"), where_words("list 3")
    ('正文二（一）4', '清单第3项')
    """
    kind, _blank, number = where.partition(" ")
    if kind == "list":
        return Reason(_("清单第%(no)s项"), no=number)
    if not number:
        return Reason(_("正文"))
    return Reason(_("表%(no)s") if kind == "table" else _("正文%(no)s"), no=number)
