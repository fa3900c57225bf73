"""The styles of the document: all type and spacing is in them, so that an office changes a style, not three hundred paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from xiangxu.cards.kinds.official_document import Type
from xiangxu.documents.official.layout import Measures, pt

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

BODY, TO, TITLE, QUOTED, EMPTY = "公文正文", "主送机关", "公文标题", "批示", "空行"
HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")
MARK, NUMBER, BRIEF_ISSUE, BRIEF_LINE = "发文机关标志", "发文字号", "期号", "简报行"
SIGNATURE, DAY, ANNEX_LIST, REMARK = "发文机关署名", "成文日期", "附件说明", "附注"
ANNEX_MARK, ANNEX_TITLE, CAPTION = "附件标记", "附件标题", "表题"
TABLE_HEAD, TABLE_CELL, NOTE = "表头", "表内文字", "表注"
PAGE_NUMBER, IMPRINT, END = "页码", "版记", "文末"


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style: its type and what its paragraphs look like, as properties of Word."""

    name: str
    type: Type
    paragraph: str
    text: str = ""
    based_on: str = "Normal"


def styles_xml(measures: Measures) -> str:
    """The whole of styles.xml."""
    body = measures.card.types.body
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(measures, body)}"
        f'<w:kern w:val="0"/>{_size(measures, body)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )
    # Text is not kept together at the cost of the 22 lines; Latin letters and digits get no gaps beside Han characters.
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{measures.pitch}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr>{_fonts(measures, body)}<w:spacing w:val="{measures.narrowing}"/>{_size(measures, body)}</w:rPr></w:style>'
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    styles = "".join(_xml(measures, style) for style in _styles(measures))
    return f"<w:styles {W}>{defaults}{normal}{table}{styles}</w:styles>"


def style_id(name: str) -> str:
    """The id that paragraphs use: built-in headings keep Word's own, so that its outline pane finds them; others in plain letters.

    >>> style_id("heading 1"), style_id("附注")
    ('Heading1', 'x9644-6ce8')
    """
    if name in HEADINGS:
        return name.replace("heading ", "Heading")
    return "x" + "-".join(f"{ord(sign):x}" for sign in name)


def _styles(measures: Measures) -> list[_Style]:
    card, types = measures.card, measures.card.types
    character = measures.character
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * character}"/>'
    small = f'<w:snapToGrid w:val="0"/><w:spacing w:line="{pt(card.annex.table_pitch_pt)}" w:lineRule="exact"/>'
    # A larger type on the grid of lines would take two of them.
    off_grid = '<w:snapToGrid w:val="0"/>'
    centred, left, right = (f'<w:jc w:val="{way}"/>' for way in ("center", "left", "right"))
    plain = '<w:spacing w:val="0"/>'
    red = f'<w:color w:val="{card.head_look.colour}"/>'
    levels = (types.level1, types.level2, types.level3, types.level4)
    return [
        _Style(BODY, types.body, indent),
        _Style(QUOTED, types.level2, indent),
        _Style(TO, types.body, left),
        _Style(EMPTY, types.body, left),
        _Style(TITLE, types.title, f"<w:keepNext/><w:keepLines/>{off_grid}{centred}", plain),
        *(
            _Style(name, type_, f'<w:keepNext/>{indent}<w:outlineLvl w:val="{level}"/>')
            for level, (name, type_) in enumerate(zip(HEADINGS, levels, strict=True))
        ),
        _Style(MARK, Type(font=card.head.mark_font, size=types.title.size), f"<w:keepNext/>{centred}", red + plain),
        _Style(NUMBER, types.body, centred),
        _Style(BRIEF_ISSUE, types.body, centred),
        _Style(BRIEF_LINE, types.body, f'<w:tabs><w:tab w:val="right" w:pos="{measures.text_width}"/></w:tabs>{left}'),
        _Style(SIGNATURE, types.body, f"<w:keepNext/><w:keepLines/>{right}"),
        _Style(DAY, types.body, right),
        _Style(ANNEX_LIST, types.body, left),
        _Style(REMARK, types.body, indent),
        _Style(ANNEX_MARK, card.annex.mark, f"<w:keepNext/>{left}"),
        _Style(ANNEX_TITLE, types.title, f"<w:keepNext/><w:keepLines/>{off_grid}{centred}", plain),
        _Style(CAPTION, types.level1, f"<w:keepNext/>{centred}"),
        _Style(TABLE_HEAD, card.annex.table_head, f"{small}{centred}", plain),
        _Style(TABLE_CELL, card.annex.table_cell, f"{small}{left}", plain),
        _Style(NOTE, card.annex.note, f"{small}{left}", plain),
        _Style(PAGE_NUMBER, types.page_number, '<w:snapToGrid w:val="0"/><w:spacing w:line="400" w:lineRule="exact"/>', plain),
        _Style(IMPRINT, types.imprint, f'<w:spacing w:after="60"/>{left}', plain),
        # Word wants a paragraph behind a table and behind the 版记: as low as can be.
        _Style(
            END,
            types.body,
            f'<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/>{left}',
            '<w:spacing w:val="0"/>',
        ),
    ]


def _xml(measures: Measures, style: _Style) -> str:
    return (
        f'<w:style w:type="paragraph"{"" if style.name in HEADINGS else " w:customStyle=" + quoteattr("1")} '
        f"w:styleId={quoteattr(style_id(style.name))}><w:name w:val={quoteattr(style.name)}/>"
        f'<w:basedOn w:val="{style.based_on}"/><w:qFormat/><w:pPr>{style.paragraph}</w:pPr>'
        f"<w:rPr>{_fonts(measures, style.type)}{style.text}{_size(measures, style.type)}</w:rPr></w:style>"
    )


def _fonts(measures: Measures, type_: Type) -> str:
    """One face for Han characters, letters and digits, as the standard wants; quotation marks count as Han."""
    name = quoteattr(measures.font(type_))
    return f'<w:rFonts w:hint="eastAsia" w:ascii={name} w:eastAsia={name} w:hAnsi={name} w:cs={name}/>'


def _size(measures: Measures, type_: Type) -> str:
    half_points = round(2 * measures.points(type_))
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
