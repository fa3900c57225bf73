"""The content of a bulletin: blocks that persons may edit, the figures in them, and the state that these were counted from.

This is what is frozen when a bulletin is issued: `to_data` and `of_data` keep all of it, `fingerprint` tells one content from another.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from xiangxu.monthly.state import PlanState
from xiangxu.targets.status import Status

FORMAT = 1


class UnreadableContent(ValueError):
    """Stored content that is not a bulletin's, or of a format that this version does not know."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A frozen figure: what it counts, its value (None: nothing is known), of how many, and the rows that it counts.

    `rows` are keys of the state's tasks, targets or gaps, as `counts` says. A share is kept unrounded.
    """

    key: str
    name: str
    value: int | float | None
    uom: str
    of: int | None = None
    counts: Literal["tasks", "targets", "gaps", "units"] = "tasks"
    rows: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The figure in print: shares with one decimal, nothing as a dash.

        >>> Figure("a", "完成率", 100 * 8 / 35, "%").text, Figure("b", "完成率", None, "%").text, Figure("c", "任务", 0, "项").text
        ('22.9%', '—', '0项')
        """
        if self.value is None:
            return "—"
        return f"{self.value:.1f}%" if self.uom == "%" else f"{self.value}{self.uom}"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a generated sentence; one with a `figure` shows that figure."""

    text: str
    figure: str = ""


class Kind(StrEnum):
    """What a block is."""

    INSTRUCTION = "instruction"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table with its width in proportion to the others."""

    title: str
    share: int
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table; a cell that is None is nothing and prints as a dash. `keys`: of each row what it is about."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str | None, ...], ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a sentence or a table, under an id that stays the same from draft to draft.

    `spans`: the generated text; empty in a block that a person added. `edited`: what a person wrote instead. `dropped`: left out.
    An annex is a table on pages of its own; its text is its title.
    """

    id: str
    kind: Kind
    spans: tuple[Span, ...] = ()
    level: int = 1
    table: TableRows | None = None
    edited: str | None = None
    dropped: bool = False

    @property
    def generated(self) -> str:
        """The text that the figures gave."""
        return "".join(span.text for span in self.spans)

    @property
    def text(self) -> str:
        """The text that counts: the person's, else the generated one."""
        return self.generated if self.edited is None else self.edited


@dataclass(frozen=True, slots=True)
class BulletinContent:
    """A bulletin's content. `compared_with`: number of the bulletin before, if its state was there to compare with."""

    title: str
    state: PlanState
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]
    compared_with: int | None = None
    format: int = FORMAT

    def figure(self, key: str) -> Figure:
        """The figure of a key; KeyError if there is none."""
        return {figure.key: figure for figure in self.figures}[key]

    def statuses(self) -> dict[str, Status]:
        """How each task stood, for the next bulletin to compare with."""
        return {task.key: task.verdict.status for task in self.state.tasks}


_CONTENT = TypeAdapter(BulletinContent)


def to_data(content: BulletinContent) -> dict[str, Any]:
    """The content as JSON values; `of_data` gives back an equal content."""
    data: dict[str, Any] = _CONTENT.dump_python(content, mode="json")
    return data


def of_data(data: Any) -> BulletinContent:
    """The content of JSON values that `to_data` made; refused, with `UnreadableContent`, where they are anything else."""
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        raise UnreadableContent(f"这份通报的存储格式是“{found}”，本程序只认得格式 {FORMAT}。请用新版程序打开，或从备份恢复。")
    try:
        return _CONTENT.validate_python(data)
    except ValidationError as problem:
        where = ".".join(str(step) for step in problem.errors()[0]["loc"])
        raise UnreadableContent(f"这份通报的存储内容不完整，读不出“{where}”这一处。请从备份恢复。") from problem


def fingerprint(content: BulletinContent) -> str:
    """SHA-256 over the content: equal for equal contents, whatever order the storage gives the fields."""
    text = json.dumps(to_data(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
