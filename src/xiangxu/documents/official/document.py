"""What an official document consists of, before anything is set in type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its number, which the writer gives: 一、 （一） 1. （1） by level 1 to 4."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"标题只有一至四级，没有第 {self.level} 级：{self.text}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text. `quoted`: a leader's sentence or other quotation, set in 楷体."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type under a table."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` is its width in proportion to the others."""

    title: str
    share: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table in small type as wide as the text; its header is repeated on every page.

    A cell that is None is printed as “—”: nothing is not zero. `ruled`: all lines, or the three lines of a statistical table.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | None, ...], ...]
    title: str = ""
    ruled: Literal["grid", "three"] = "grid"

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"表“{self.title}”第 {number} 行有 {len(row)} 格，表头有 {len(self.columns)} 格")


Block = Heading | Paragraph | Table | Note


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: on a page of its own after the text, numbered where there are several, named beneath the text."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class RedHead:
    """版头 of a red-headed document: 发文机关标志 as printed (…文件), number and red line."""

    mark: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The head of a brief (通报、简报): its name, which issue it is, and above the red line who issues it and the day."""

    mark: str
    issue: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page: who gets copies, which office printed it, when."""

    copies: str
    printed_by: str
    printed_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document.

    `title`: a line end in it is a line end in print; without one long titles are broken by themselves. `number`: 发文字号; nothing is
    made up: under a red head without a number a gap is left for the office. `to`: 主送机关. `signature` and `day`: 发文机关署名 and
    成文日期; `sealed` leaves room for the seal. `remark`: 附注, printed in brackets.
    """

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    to: str = ""
    signature: str = ""
    day: date | None = None
    sealed: bool = True
    remark: str = ""
    annexes: tuple[Annex, ...] = ()
    head: RedHead | Brief | None = None
    imprint: Imprint | None = None

    @property
    def signed(self) -> bool:
        """Whether anything stands beneath the text; a brief tells its day at the head already."""
        return bool(self.signature) or (self.day is not None and not isinstance(self.head, Brief))
