"""Paper, grid and page numbers."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Twips

from xiangxu.documents.official import styles
from xiangxu.documents.official.layout import Measures, mm, pt

# The line of the page number; the dash stands in its middle.
NUMBER_LINE_PT = 20


def lay_pages(word: Document, measures: Measures) -> None:
    """Sets paper, margins and grid, and page numbers: — 1 — outside, right on odd and left on even pages."""
    section = word.sections[0]
    page = measures.card.page
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.left_margin = Mm(page.top_mm), Mm(page.binding_mm)
    section.right_margin = Mm(page.width_mm - page.binding_mm - page.text_width_mm)
    bottom = page.height_mm - page.top_mm - page.text_height_mm
    section.bottom_margin = Mm(bottom)
    section.header_distance = Mm(page.top_mm / 2)
    below = measures.card.page_number.below_text_mm
    section.footer_distance = Twips(mm(bottom - below) - pt(NUMBER_LINE_PT) // 2)
    _grid(section, measures)
    word.settings.odd_and_even_pages_header_footer = True
    edge = measures.card.page_number.from_edge * pt(measures.points(measures.card.types.page_number))
    _number(section.footer, "right", edge)
    _number(section.even_page_footer, "left", edge)


def _grid(section: Section, measures: Measures) -> None:
    """A grid of lines only. One of characters too makes LibreOffice give each character two cells; the narrowing does its work."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(measures.pitch))


def _number(footer: _Footer, side: str, edge: int) -> None:
    footer.is_linked_to_previous = False
    body = footer._element
    for old in list(body):
        body.remove(old)
    ends = {"right": f'<w:ind w:right="{edge}"/>', "left": f'<w:ind w:left="{edge}"/>'}
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    properties = f'<w:pStyle w:val="{styles.style_id(styles.PAGE_NUMBER)}"/>{ends[side]}<w:jc w:val="{side}"/>'
    body.append(parse_xml(f"<w:p {styles.W}><w:pPr>{properties}</w:pPr>{field}</w:p>"))
