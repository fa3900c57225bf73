"""The outline of a whole document: facts, headings, actions, clauses of the body, attachments with their tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiangxu.importer.outline.attachments import Attachment, find_attachments
from xiangxu.importer.outline.facts import parse_date, read_head
from xiangxu.importer.outline.headings import Heading, Sectioned, section
from xiangxu.importer.outline.roles import actions, parents, where_of
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Manuscript, Paragraph, Table
from xiangxu.model.plan import DocumentFacts


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, the paragraph just above it, and the title of the heading or attachment under which it stands."""

    table: Table
    caption: str
    under: str


@dataclass(frozen=True)
class Outline:
    """The document's order. `headings` are those of the body and of attachments that are text; `where[i]` names the i-th.

    `actions` are indices of headings. `parent[i]` is the index of the heading above, -1 at the top. `notice` is what stands
    before the plan's title, `preamble` what stands between the title and the first heading.
    """

    facts: DocumentFacts
    title: Passage | None
    notice: tuple[Passage, ...]
    preamble: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    parent: tuple[int, ...]
    where: tuple[str, ...]
    actions: tuple[int, ...]
    attachments: tuple[Attachment, ...]
    tables: tuple[FoundTable, ...]


def outline(manuscript: Manuscript, key: str) -> Outline:
    """Read the order of a document; `key` is its short name in exports."""
    blocks = manuscript.blocks
    head = read_head(blocks, key)
    start = head.body_from
    attachments, mentions = find_attachments(blocks, start)
    stop = attachments[0].start if attachments else len(blocks)
    body = section([b for i, b in enumerate(blocks[:stop]) if i >= start and i not in mentions and not _is_foot(b)])
    headings = body.headings
    found = _tables(body, "")
    main_actions = actions(headings)
    where = where_of(headings, main_actions)
    for attachment in attachments:
        inner = section(blocks[attachment.first : attachment.stop])
        headings += tuple(inner.headings)
        where += [f"body {attachment.no} {w.removeprefix('body ')}" for w in where_of(inner.headings, [])]
        found += _tables(inner, attachment.title.text)
    return Outline(
        facts=head.facts,
        title=head.title,
        notice=tuple(b.text for b in blocks[:start] if isinstance(b, Paragraph)),
        preamble=body.preamble,
        headings=headings,
        parent=tuple(parents(headings)),
        where=tuple(where),
        actions=tuple(main_actions),
        attachments=tuple(attachments),
        tables=tuple(found),
    )


# The foot of a paper: signature, day of printing, whom it went to, whom to ask.
_FOOT = re.compile(r"^(?:抄送|主送|印发|联系人|联系电话|邮箱|分送|信息公开|[（(]?此件)|印发$|共印\d+份")


def _is_foot(block: Paragraph | Table) -> bool:
    if isinstance(block, Table):
        return False
    text = re.sub(r"\s", "", block.text.text)
    return len(text) < 80 and (bool(_FOOT.search(text)) or (parse_date(text) is not None and len(text) < 14))


def _tables(sectioned: Sectioned, under: str) -> list[FoundTable]:
    return [
        FoundTable(table, caption, under or (sectioned.headings[i].title.text if i >= 0 else ""))
        for table, i, caption in sectioned.tables
    ]
