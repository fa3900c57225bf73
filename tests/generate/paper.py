"""What a generated document is: the model that is printed in every layout and format, and that must be read back.

A `Paper` knows nothing of its printing: lines, blanks, fonts and grids are the business of `layouts` and `files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

HAN = "零一二三四五六七八九十"


def han(number: int) -> str:
    """A number up to 99 in Han figures."""
    tens, ones = divmod(number, 10)
    return ((HAN[tens] if tens > 1 else "") + "十" if tens else "") + (HAN[ones] if ones or not tens else "")


@dataclass(frozen=True)
class Owners:
    """Who leads and who takes part; `printed` is the bracket or the line that says so, `own_line` whether it stands alone."""

    lead: tuple[str, ...]
    participants: tuple[str, ...]
    printed: str
    own_line: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading with its text and what stands under it.

    `style` is the kind of its number: han 一、, bracket （一）, task 任务一：, digit 1., digit_bracket （1）. `mark` is what stands
    between the number and the title. `run_in`: the text follows on the same line behind 。.
    """

    style: str
    ordinal: int
    mark: str
    title: str
    text: tuple[str, ...] = ()
    run_in: bool = False
    owners: Owners | None = None
    children: tuple[Heading, ...] = ()
    is_action: bool = False

    @property
    def no(self) -> str:
        """The number as FORMAT writes it."""
        number = str(self.ordinal) if self.style in ("digit", "digit_bracket") else han(self.ordinal)
        return {"task": f"任务{number}", "bracket": f"（{number}）", "digit_bracket": f"（{number}）"}.get(self.style, number)

    @property
    def label(self) -> str:
        """The number as printed."""
        return self.no + self.mark

    def walk(self, level: int = 1) -> Iterator[tuple[Heading, int]]:
        """The heading and all under it, in order, with their level."""
        yield self, level
        for child in self.children:
            yield from child.walk(level + 1)


@dataclass(frozen=True)
class Row:
    """A row of the task list: what must be read, and the cells of texts as printed."""

    no: str
    project: str
    action: str | None
    goal: str | None
    measure: str | None
    due_printed: str
    due: str
    lead: tuple[str, ...]
    participants: tuple[str, ...]


@dataclass(frozen=True)
class TaskList:
    """A list: its title, its columns from left to right as (field, printed name), its rows.

    `glue` stands between units of a cell: 、 or a line end. A header is printed again before the rows of `repeat_before`.
    `merged`: the project of several rows stands in one merged cell, else in each row again.
    """

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    glue: str
    repeat_before: frozenset[int] = frozenset()
    merged: bool = True

    def header(self) -> list[str]:
        """The names of the columns."""
        return [name for _, name in self.columns]

    def merges_with_above(self, row: int, column: int) -> bool:
        """Whether a merged cell reaches into this one from the row above."""
        if not self.merged or not row or self.columns[column][0] != "project" or row in self.repeat_before:
            return False
        return self.rows[row].project == self.rows[row - 1].project

    def cell(self, row: int, column: int) -> str:
        """What is printed in a cell that is not covered."""
        name, values = self.columns[column][0], self.rows[row]
        if name == "lead":
            return self.glue.join(values.lead)
        if name == "participants":
            return self.glue.join(values.participants)
        if name == "due":
            return values.due_printed
        return getattr(values, name) or ""


@dataclass(frozen=True)
class Facts:
    """What head and foot say of the document."""

    title: str
    issuer: str
    issued_on: date
    date_printed: str
    number: str | None
    number_printed: str
    region: str
    region_level: str
    public: bool
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A whole document. `notice`: the lines of the notice that forwards it, its title first, its one sentence last.

    With a notice the signature stands before the plan, else at its end.
    """

    facts: Facts
    notice: tuple[str, ...]
    recipients: str
    preamble: str
    chapters: tuple[Heading, ...]
    tasks: TaskList | None = None

    def headings(self) -> list[tuple[Heading, int]]:
        """Every heading with its level, in order."""
        return [pair for chapter in self.chapters for pair in chapter.walk()]

    def outline(self) -> list[tuple[str, int, str]]:
        """Number, level and title of every heading, as they must be read back."""
        return [(h.no, level, h.title) for h, level in self.headings()]

    def actions(self) -> list[Heading]:
        """The headings that are actions."""
        return [h for h, _ in self.headings() if h.is_action]
