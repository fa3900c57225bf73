"""What the stage is given and what it hands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Table
from xiangxu.model.place import Doubt
from xiangxu.model.plan import Promise, Remark


@dataclass(frozen=True, slots=True)
class CaptionedTable:
    """A table with what stands above it: the paragraph just before (empty where another table or nothing does), and the
    nearest heading."""

    table: Table
    caption: str = ""
    after_heading: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """The innermost row of a task list. Texts are squeezed; merged cells are carried down.

    `lead` and `participants` are the names as printed. `undivided`: the list has one column of units, and its cell does not
    divide them either, so that all of them are in `lead`. `others` keeps every further column by its name. `span` is the part
    of the source that the row's own cells cover.
    """

    table: int
    row: int
    no: str
    project: Passage | None = None
    action: Passage | None = None
    goal: Passage | None = None
    measure: Passage | None = None
    due_text: Passage | None = None
    due: str | None = None
    lead: tuple[Passage, ...] = ()
    participants: tuple[Passage, ...] = ()
    undivided: bool = False
    others: dict[str, Passage] = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)
    doubts: tuple[Doubt, ...] = ()

    @property
    def where(self) -> str:
        """The row in the words of the exchange form."""
        return f"list {self.no}"


@dataclass(frozen=True, slots=True)
class ListReading:
    """All that the tables of a document order and promise.

    `natures`: the 属性 (预期性, 约束性) of each of `promises`, as printed. `remarks`: the tables that hold neither tasks nor
    indicators, and why they were taken so.
    """

    rows: tuple[TaskRow, ...] = ()
    promises: tuple[Promise, ...] = ()
    natures: tuple[str | None, ...] = ()
    remarks: tuple[Remark, ...] = ()
