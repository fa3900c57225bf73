"""Prints a generated document as text: one paragraph a line, or wrapped by hand as a copy from a PDF is.

`pieces` puts the document into the order of its paper; the functions after it, and those of `files`, only print pieces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tests.generate.paper import Heading, Paper, TaskList


@dataclass(frozen=True)
class Piece:
    """A paragraph of the paper. `kind`: title, plain (to the margin), body (indented), right, break (an empty stretch).

    `label` is the number of a heading, kept apart for formats that number by themselves; `heading` whose number it is.
    """

    kind: str
    text: str
    label: str = ""
    heading: Heading | None = None

    @property
    def printed(self) -> str:
        """The paragraph with its number."""
        return self.label + self.text


def pieces(paper: Paper) -> list[Piece | TaskList]:
    """Paragraphs and list in the order of the paper."""
    facts = paper.facts
    signature = [Piece("right", facts.issuer), Piece("right", facts.date_printed)]
    number = [Piece("title", facts.number_printed)] if facts.number else []
    public = [Piece("body", "（此件公开发布）")] if facts.public else []
    found: list[Piece | TaskList] = []
    if paper.notice:
        *heads, sentence = paper.notice
        found += [Piece("title", line) for line in heads]
        found += [*number, Piece("break", ""), Piece("plain", paper.recipients), Piece("body", sentence)]
        found += [Piece("break", ""), *signature, *public, Piece("break", ""), Piece("title", facts.title), Piece("break", "")]
    else:
        found += [Piece("title", facts.title), *number, Piece("break", "")]
    found.append(Piece("body", paper.preamble))
    for heading, _ in paper.headings():
        found += _heading(heading)
    if not paper.notice:
        found += [Piece("break", ""), *signature, *public]
    if paper.tasks:
        found += [Piece("break", ""), Piece("plain", "附件"), Piece("title", paper.tasks.title), paper.tasks]
    return found


def _heading(heading: Heading) -> list[Piece]:
    texts = list(heading.text)
    owners = heading.owners
    if owners and not owners.own_line:
        texts[-1] += owners.printed
    first = heading.title
    if heading.run_in and texts:
        first += "。" + texts.pop(0)
    found = [Piece("body", first, heading.label, heading), *(Piece("body", text) for text in texts)]
    if owners and owners.own_line:
        found.append(Piece("body", owners.printed))
    return found


def paragraphs(paper: Paper, indent: str = "", blank_lines: bool = False) -> str:
    """One paragraph a line; the list flattened, a cell a line that begins with a tab."""
    lines: list[str] = []
    for piece in pieces(paper):
        if isinstance(piece, TaskList):
            lines += ["", *flattened(piece)]
        elif piece.kind == "break":
            lines.append("")
        else:
            lines.append((indent if piece.kind == "body" else "") + piece.printed)
            lines += [""] if blank_lines else []
    return "\n".join(lines) + "\n"


def flattened(tasks: TaskList) -> list[str]:
    """The lines of a list as converters flatten it: a row after an empty line, covered cells with nothing but the tab."""
    lines: list[str] = []
    for row in [None, *range(len(tasks.rows))]:
        if row is None or row in tasks.repeat_before:
            lines += ["\t" + name for name in tasks.header()] + [""]
        if row is None:
            continue
        for column in range(len(tasks.columns)):
            lines.append("\t" + ("" if tasks.merges_with_above(row, column) else tasks.cell(row, column)))
        lines.append("")
    return lines


# What no line may begin with, and of what no line may end.
_NO_START = "，。；：、！？）〕】》”%"
_NO_END = "（〔【《“"


def wrapped(
    paper: Paper, width: int, indent: bool = False, blank_lines: bool = False, page_lines: int = 0, page_mark: str = "— {} —"
) -> str:
    """Lines of at most `width` Han characters; with `blank_lines` an empty line after each, as some copies have.

    `indent`: paragraphs begin with two blanks; `page_lines`: after so many lines stands a page number (0: never). The list is
    left out: a copy of a PDF keeps no grid.
    """
    lines: list[str] = []
    printed = page = 0
    for piece in pieces(paper):
        if isinstance(piece, TaskList) or (piece.kind in ("plain", "title") and _of_attachment(piece, paper)):
            continue
        if piece.kind == "break":
            lines.append("")
            continue
        lead = "　　" if indent and piece.kind == "body" else ""
        for line in wrap(piece.printed, width, lead):
            lines.append(" " * (width - len(line)) + line if piece.kind == "title" and indent else line)
            printed += 1
            lines += [""] if blank_lines else []
            if page_lines and printed % page_lines == 0:
                page += 1
                lines.append(page_mark.format(page))
                lines += [""] if blank_lines else []
    return "\n".join(lines) + "\n"


def _of_attachment(piece: Piece, paper: Paper) -> bool:
    return piece.text == "附件" or (paper.tasks is not None and piece.text == paper.tasks.title)


def wrap(text: str, width: int, lead: str = "") -> list[str]:
    """The lines of a paragraph; marks that no line begins with hang over, numbers are not torn."""
    lines, line = [], lead
    for index, char in enumerate(text):
        following = text[index + 1 : index + 2]
        line += char
        full = columns(line) >= 2 * width - (1 if following and columns(following) == 2 else 0)
        torn = _in_number(char) and _in_number(following)
        if full and following and following not in _NO_START and char not in _NO_END and not torn:
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines


def _in_number(char: str) -> bool:
    return bool(char) and (char.isascii() and (char.isalnum() or char in ".:+%"))


def columns(text: str) -> int:
    """Width in columns: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def joined(texts: Sequence[str]) -> str:
    """Texts one after another without white space, for comparing what two layouts may part differently."""
    return "".join("".join(texts).split())
