"""What a workspace shows on the start page: what must I do, what is red, what changed.

A workspace registers a function with ``on_start``; it gives its sections for an actor, and none where the post has no business there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from django.db.models import Count, Model, QuerySet, Window
from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.lamp import Lamp

Words = str | LazyText
M = TypeVar("M", bound=Model)

# So many lines a panel shows, and so far back goes what is told as new.
FEW = 6
LATELY = timedelta(days=30)


def few(found: QuerySet[M]) -> tuple[int, list[M]]:
    """How many rows there are, and the first few; in one query."""
    rows = list(found.annotate(in_all=Window(Count("pk")))[:FEW])
    return (rows[0].in_all if rows else 0), rows  # type: ignore[attr-defined]


class Question(StrEnum):
    """The three questions of the start page."""

    TO_DO = "to-do"
    RED = "red"
    CHANGED = "changed"


@dataclass(frozen=True)
class Line:
    """One line: what, where it leads, why it stands here; ``due``: it says how much time is left; ``at``: when it happened."""

    title: Words
    url: str
    why: Words = ""
    due: date | None = None
    lamp: Lamp | None = None
    at: date | datetime | None = None


@dataclass(frozen=True)
class Section:
    """One panel under a question. ``count`` is the whole number; ``lines`` are the first few, ``url`` leads to all."""

    question: Question
    title: Words
    count: int
    lines: Sequence[Line] = ()
    url: str = ""
    # Said where the count is nought and the panel is still worth a look: what will stand there. Other empty panels are left out.
    nothing: Words = ""
    # What to do, where there are no lines to show but a list to go to.
    hint: Words = ""

    @property
    def to_all(self) -> str:
        """Where all of it is; nowhere while there is none."""
        return self.url if self.count else ""


@dataclass(frozen=True)
class Start:
    """What a workspace has for the start page: one sentence with the figures that matter, and its sections."""

    sentence: str = ""
    sections: Sequence[Section] = field(default=())


Given = Callable[[Actor], Start]
_GIVEN: list[tuple[int, Given]] = []


def on_start(order: int) -> Callable[[Given], Given]:
    """Registers a workspace's function; lower orders come first."""

    def register(given: Given) -> Given:
        _GIVEN.append((order, given))
        _GIVEN.sort(key=lambda pair: pair[0])
        return given

    return register


def gathered(actor: Actor) -> list[Start]:
    """What all workspaces have for this actor, in order."""
    return [given(actor) for _, given in _GIVEN]
