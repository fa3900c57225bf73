"""Where the attachments of a document begin.

附件 stands twice in a paper: as a mention under the text (附件：1.… 2.…), and at the head of the attachment itself, alone or with
the title. Only the second begins one. An attachment that is the plan itself, behind a notice, is the document and no attachment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiangxu.importer.layout.marks import ATTACHMENT, begins_something
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Paragraph, Table

# A title of an attachment is at most this long, over at most three lines.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: its number as printed, its title, and the blocks it covers, `first` being the one after the title."""

    no: str
    title: Passage
    mark: Passage
    start: int
    first: int
    stop: int


def find_attachments(blocks: Sequence[Paragraph | Table], body_from: int) -> tuple[list[Attachment], set[int]]:
    """The attachments behind the body, and the indices of the blocks that only mention them."""
    marks = [
        (i, m)
        for i, b in enumerate(blocks)
        if i >= body_from and isinstance(b, Paragraph) and len(b.text) <= 120 and (m := ATTACHMENT.match(b.text.text))
    ]
    begun: list[tuple[int, int, str, Passage, Passage]] = []
    mentions: set[int] = set()
    for position, (i, match) in enumerate(marks):
        block = blocks[i]
        assert isinstance(block, Paragraph)
        rest = block.text[match.end() :].stripped()
        if rest:
            later = position + 1 < len(marks)
            # With its title behind it, 附件 begins the attachment only where a table follows at once or nothing else can.
            if later or not _table_follows(blocks, i + 1):
                mentions.update(_mention(blocks, i, rest.text))
                continue
            title, first = rest, i + 1
        else:
            title, first = _title_after(blocks, i + 1)
            if not title:
                continue
        no = re.sub(r"[\s:：]", "", match.group())
        begun.append((i, first, no, title.squeezed(), block.text[: match.end()]))
    stops = [*(b[0] for b in begun[1:]), len(blocks)][: len(begun)]
    return [
        Attachment(no, title, mark, start, first, stop)
        for (start, first, no, title, mark), stop in zip(begun, stops, strict=True)
    ], mentions


def _table_follows(blocks: Sequence[Paragraph | Table], start: int) -> bool:
    return any(isinstance(b, Table) for b in blocks[start : start + 3])


def _title_after(blocks: Sequence[Paragraph | Table], start: int) -> tuple[Passage, int]:
    """The lines of the title below 附件."""
    pieces: list[Passage] = []
    i = start
    while i < len(blocks) and len(pieces) < 3:
        block = blocks[i]
        if isinstance(block, Table) or re.search("[。；]", block.text.text) or (pieces and begins_something(block.text.text)):
            break
        if sum(map(len, pieces)) + len(block.text.squeezed()) > _LONGEST or re.search("[：:]$", block.text.text):
            break
        if pieces and re.match(r"[（(]", block.text.text):
            break
        pieces.append(block.text)
        i += 1
        if i < len(blocks) and isinstance(blocks[i], Table):
            break
    return Passage.join(pieces), start + len(pieces)


def _mention(blocks: Sequence[Paragraph | Table], i: int, rest: str) -> list[int]:
    """The block that mentions an attachment, with the numbered lines of further ones below it."""
    found = [i]
    for j in range(i + 1, len(blocks)):
        block = blocks[j]
        if isinstance(block, Table) or len(block.text) > _LONGEST:
            break
        numbered = re.match(r"\s*\d{1,2}[.．、]", block.text.text)
        # The mention's own title may have been broken over two lines.
        tail = (
            j == i + 1
            and not numbered
            and not re.search("[。：]", block.text.text)
            and len(block.text) <= 12
            and rest[-1:] not in "单案表"
        )
        if not numbered and not tail:
            break
        found.append(j)
    return found
