"""Sets an official document and gives it as a .docx file."""

from __future__ import annotations

import docx
from docx.oxml import parse_xml

from xiangxu.cards.kinds import OfficialLayout
from xiangxu.documents.official import styles
from xiangxu.documents.official.closing import closing
from xiangxu.documents.official.document import Annex, Block, Heading, Note, OfficialDocument, Paragraph
from xiangxu.documents.official.heads import head, imprint
from xiangxu.documents.official.layout import Measures
from xiangxu.documents.official.markup import paragraph, table
from xiangxu.documents.official.numbering import HeadingNumbers
from xiangxu.documents.official.packing import describe, packed, settle
from xiangxu.documents.official.pages import lay_pages
from xiangxu.documents.official.titles import title_lines
from xiangxu.documents.texts import fit


def official_docx(document: OfficialDocument, layout: OfficialLayout) -> bytes:
    """The document as a Word file, laid out as the card says; the same document and card give the same bytes.

    Typefaces are named, not embedded: where a computer lacks them it takes others, and a line may then break elsewhere.
    """
    measures = Measures(layout)
    word = docx.Document()
    settle(word)
    old = word.styles.element
    new = parse_xml(styles.styles_xml(measures))
    for child in list(old):
        old.remove(child)
    old.extend(list(new))
    lay_pages(word, measures)
    body = word.element.body
    section = body[-1]
    for element in parse_xml(f"<w:body {styles.W}>{_content(measures, document)}</w:body>"):
        section.addprevious(element)
    describe(word, fit(document.title.replace("\n", "")), fit(document.signature), document.day)
    return packed(word)


def _content(measures: Measures, document: OfficialDocument) -> str:
    plain_number = paragraph(styles.NUMBER, document.number) if document.number and document.head is None else ""
    parts = [
        head(measures, document),
        paragraph(styles.TITLE, "\n".join(title_lines(document.title, measures.title_room))),
        plain_number,
        paragraph(styles.EMPTY, ""),
        paragraph(styles.TO, document.to.rstrip("：:") + "：") if document.to else "",
        _blocks(measures, document.blocks, kept=document.signed or bool(document.annexes)),
        closing(measures, document),
    ]
    several = len(document.annexes) > 1
    parts += [_annex(measures, annex, number if several else 0) for number, annex in enumerate(document.annexes, 1)]
    if document.imprint is not None:
        parts.append(imprint(measures, document.imprint))
    parts.append(paragraph(styles.END, ""))
    return "".join(parts)


def _blocks(measures: Measures, blocks: tuple[Block, ...], *, kept: bool) -> str:
    """The blocks in their order; `kept`: the last paragraph stays with what follows, signature or 附件说明."""
    numbers = HeadingNumbers()
    # Some programs move a kept paragraph as a whole: one of more than half a page would leave a gap worse than a lonely seal.
    longest = measures.card.page.lines * measures.card.page.characters // 2
    parts = []
    for position, block in enumerate(blocks):
        if isinstance(block, Heading):
            parts.append(paragraph(styles.HEADINGS[block.level - 1], numbers.next(block.level) + block.text))
        elif isinstance(block, Paragraph):
            keep = kept and position == len(blocks) - 1 and len(block.text) <= longest
            parts.append(paragraph(styles.QUOTED if block.quoted else styles.BODY, block.text, keep=keep))
        elif isinstance(block, Note):
            parts.append(paragraph(styles.NOTE, block.text))
        else:
            caption = paragraph(styles.CAPTION, block.title) if block.title else ""
            noted = position + 1 < len(blocks) and isinstance(blocks[position + 1], Note)
            # Two tables that touch would become one.
            parts.append(caption + table(measures, block, keep=noted) + ("" if noted else paragraph(styles.END, "")))
    return "".join(parts)


def _annex(measures: Measures, annex: Annex, number: int) -> str:
    """An annex: its mark flush left on a new page, an empty line, its title, an empty line, its blocks."""
    return (
        paragraph(styles.ANNEX_MARK, f"附件{number or ''}", "<w:pageBreakBefore/>")
        + paragraph(styles.EMPTY, "", keep=True)
        + paragraph(styles.ANNEX_TITLE, "\n".join(title_lines(annex.title, measures.title_room)))
        + paragraph(styles.EMPTY, "", keep=True)
        + _blocks(measures, annex.blocks, kept=False)
    )
