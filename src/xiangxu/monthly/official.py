"""The document that is signed."""

from __future__ import annotations

from xiangxu.documents.official import Annex, Brief, Column, Heading, Imprint, OfficialDocument, Paragraph, RedHead, Table
from xiangxu.documents.official.document import Block as OfficialBlock
from xiangxu.monthly.content import Block, BulletinContent, Kind, TableRows


def to_official(content: BulletinContent) -> OfficialDocument:
    """The bulletin as an official document: what persons left out is not in it, nor a heading with nothing beneath it.

    A brief names issuer and day at its head; a red-headed document has them, with room for the seal, at its end.
    The 版记 says which office printed it and when, also where nobody gets copies (抄送).
    """
    state = content.state
    printed_by = state.printed_by or state.issuer
    printed = [block for block in content.blocks if not block.dropped and block.text.strip()]
    text = [block for block in printed if block.kind is not Kind.ANNEX]
    annexes = tuple(
        Annex(block.text.strip(), (_table(block.table, ""),))
        for block in printed
        if block.kind is Kind.ANNEX and block.table is not None
    )
    red = state.form == "red"
    return OfficialDocument(
        title=content.title,
        blocks=tuple(piece for block in _without_bare_headings(text) for piece in _pieces(block)),
        number=state.doc_number,
        to=state.to,
        signature=state.issuer if red else "",
        day=state.day,
        annexes=annexes,
        head=RedHead(state.mark) if red else Brief(state.mark, f"第{state.number}期", state.issuer),
        imprint=Imprint(state.copies, printed_by, state.day) if state.copies or printed_by else None,
    )


def _without_bare_headings(blocks: list[Block]) -> list[Block]:
    """Headings stay only where text follows before the next heading of their level or a higher one."""
    kept: list[Block] = []
    for block in reversed(blocks):
        if block.kind is Kind.HEADING and (not kept or (kept[-1].kind is Kind.HEADING and kept[-1].level <= block.level)):
            continue
        kept.append(block)
    return kept[::-1]


def _pieces(block: Block) -> list[OfficialBlock]:
    if block.table is not None:
        return [_table(block.table, block.text.strip())]
    lines = [line.strip() for line in block.text.splitlines() if line.strip()]
    if block.kind is Kind.HEADING:
        return [Heading("".join(lines), block.level)]
    return [Paragraph(line, quoted=block.kind is Kind.INSTRUCTION) for line in lines]


def _table(table: TableRows, title: str) -> Table:
    columns = tuple(Column(column.title, column.share, column.align) for column in table.columns)
    return Table(columns, table.rows, title)
