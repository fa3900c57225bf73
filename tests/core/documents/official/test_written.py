"""The Word file read back: what the standard measures is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.core.documents.official.papers import brief, full_pages, layout, notice, opened, said, table
from xiangxu.cards import View
from xiangxu.cards.kinds import OfficialLayout
from xiangxu.documents.official import Heading, NoLayout, OfficialDocument, Paragraph, Table, layout_of, official_docx

NEAR = Mm(0.05)


def test_paper_margins_and_grid() -> None:
    """A4; 37, 28, 35 and 26 mm; a grid of lines, 22 of which fill 225 mm."""
    section = opened(notice()).sections[0]
    for found, asked in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.bottom_margin, 35),
        (section.right_margin, 26),
    ):
        assert found is not None
        assert abs(found - Mm(asked)) <= NEAR
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert 22 * int(grid.get(qn("w:linePitch"))) * 635 <= Mm(225) < 22.1 * int(grid.get(qn("w:linePitch"))) * 635


@pytest.mark.parametrize(
    ("text", "font", "size"),
    [
        ("关于印发", "方正小标宋简体", 22),
        ("各乡镇人民政府：", "仿宋_GB2312", 16),
        ("现将方案", "仿宋_GB2312", 16),
        ("一、总体要求", "黑体", 16),
        ("（一）主要目标", "楷体_GB2312", 16),
        ("1. 近期", "仿宋_GB2312", 16),
        ("（1）教师", "仿宋_GB2312", 16),
        ("请王副县长阅示", "楷体_GB2312", 16),
        ("二、工作要求", "黑体", 16),
        ("云政发〔2026〕7号", "仿宋_GB2312", 16),
        ("抄送：", "仿宋_GB2312", 14),
        ("附件1", "黑体", 16),
    ],
)
def test_types(text: str, font: str, size: float) -> None:
    """Each element stands in its face and size; the face is named for Han characters, letters and digits alike."""
    style = said(opened(notice()), text).style
    assert style is not None
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{part}")) for part in ("eastAsia", "ascii", "hAnsi")} == {font}
    assert style.font.size == Pt(size)


def test_lines_and_indents() -> None:
    """Exact lines of 28.95 points; text begins two characters in, in both ways of saying so; characters are narrowed to 28 a line."""
    style = said(opened(notice()), "现将方案").style
    assert style is not None
    normal = style.base_style
    assert normal.paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    indent = style.element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")
    assert normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    to = said(opened(notice()), "各乡镇人民政府：").style
    assert to.element.pPr.find(qn("w:ind")) is None


def test_page_numbers() -> None:
    """— 1 — as a field: on odd pages right, on even pages left, one character from the edge, in 宋体 4号."""
    word = opened(notice())
    assert word.settings.odd_and_even_pages_header_footer
    section = word.sections[0]
    for footer, side, edge in ((section.footer, "right", "right"), (section.even_page_footer, "left", "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert "PAGE" in "".join(node.text for node in paragraph._p.iter(qn("w:instrText")))
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{edge}")) == "280"
        assert paragraph.style.font.size == Pt(14)


def test_tables() -> None:
    """The header row is repeated, no row is torn, the table is as wide as the text, nothing is a dash and not empty."""
    first, second = opened(notice()).tables
    rows = first._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows[:2]] == [True, False]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert sum(int(column.get(qn("w:w"))) for column in first._tbl.tblGrid) == 8844
    assert [cell.text for cell in first.rows[1].cells] == ["1", "新建改扩建公办幼儿园", "2025年12月31日", "—"]
    sides = {border.tag.split("}")[1] for border in second._tbl.tblPr.find(qn("w:tblBorders"))}
    assert sides == {"top", "bottom"}


def test_a_row_of_the_wrong_length_is_refused() -> None:
    """The message names table and row."""
    with pytest.raises(ValueError, match="表“甲”第 2 行有 1 格"):
        Table(table().columns, (("1", "2", "3", "4"), ("1",)), "甲")
    with pytest.raises(ValueError, match="没有第 5 级"):
        Heading("深", 5)


def test_the_seal_has_room_and_the_date_its_place() -> None:
    """With a seal: empty lines that stay with the text, the date four characters in, the signature centred above it."""
    word = opened(notice())
    paragraphs = word.paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p.text == "云溪县人民政府")
    assert [p.text for p in paragraphs[at - 4 : at + 3]] == [
        "2. 目标清单",
        "",
        "",
        "",
        "云溪县人民政府",
        "2026年3月5日",
        "（此件公开发布）",
    ]
    assert all(p.paragraph_format.keep_with_next for p in paragraphs[at - 4 : at])
    assert said(word, "请认真贯彻执行").paragraph_format.keep_with_next
    ends = [int(p._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"))) for p in paragraphs[at : at + 2]]
    assert ends == [350, 400]
    assert paragraphs[at + 1].style.paragraph_format.alignment is WD_ALIGN_PARAGRAPH.RIGHT


@pytest.mark.parametrize(
    ("signature", "sealed", "ends"),
    [
        ("云溪县教育和体育局", False, (200, 200)),
        ("云溪县乡村教育振兴工作领导小组办公室", False, (200, 1100)),
        ("县教育局", False, (700, 200)),
        ("云溪县乡村教育振兴工作领导小组办公室", True, (0, 550)),
    ],
)
def test_signatures_of_every_length(signature: str, sealed: bool, ends: tuple[int, int]) -> None:
    """Without a seal the date begins two characters right of the signature; neither leaves the text."""
    word = opened(replace(full_pages(), signature=signature, sealed=sealed))
    found = [said(word, text)._p.pPr.find(qn("w:ind")).get(qn("w:rightChars")) for text in (signature, "2026年12月31日")]
    assert tuple(map(int, found)) == ends


def test_annexes_are_named_beneath_the_text() -> None:
    """附件： two characters in, numbered, the names beneath one another, no punctuation; one annex has no number."""
    word = opened(notice())
    assert [said(word, text).text for text in ("附件：", "2. 目标")] == ["附件：1. 任务清单", "2. 目标清单"]
    first, second = (said(word, text)._p.pPr.find(qn("w:ind")) for text in ("附件：", "2. 目标"))
    assert first.get(qn("w:left")) == second.get(qn("w:left"))
    alone = opened(replace(notice(), annexes=notice().annexes[:1]))
    assert [p.text for p in alone.paragraphs if p.text.startswith("附件")] == ["附件：任务清单", "附件"]


def test_the_names_of_annexes_never_stand_alone_on_a_page() -> None:
    """Without a signature too the last paragraph stays with 附件： and the names with one another."""
    paper = replace(brief(), annexes=notice().annexes)
    assert not paper.signed
    paragraphs = opened(paper).paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p.text.startswith("附件："))
    assert paragraphs[at - 2].text
    assert [bool(p.paragraph_format.keep_with_next) for p in paragraphs[at - 2 : at + 2]] == [True, True, True, False]


def test_heads() -> None:
    """A red head leaves a gap where there is no number; a brief names issue, issuer and day; a plain document has neither."""
    assert said(opened(replace(notice(), number="")), "〔").text == "　　　〔2026〕　　号"
    texts = [p.text for p in opened(brief()).paragraphs]
    assert texts[:3] == ["云溪县乡村教育振兴工作通报", "第3期", "云溪县乡村教育振兴工作领导小组办公室\t2026年3月5日"]
    assert texts.count("2026年3月5日") == 0
    line = said(opened(notice()), "云政发")._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert line.get(qn("w:color")) == "FF0000"
    plain = opened(replace(notice(), head=None))
    assert [p.text for p in plain.paragraphs[:2]] == ["关于印发\n《云溪县乡村教育振兴行动方案》的通知", "云政发〔2026〕7号"]


def test_texts_are_only_text() -> None:
    """Markup in a text is text; what XML cannot hold is left out."""
    word = opened(OfficialDocument("甲<乙>&", (Paragraph("一\x00\ud800“二”</w:p>"),)))
    assert [p.text for p in word.paragraphs if p.text] == ["甲<乙>&", "一“二”</w:p>"]


@pytest.mark.parametrize("document", [notice(), brief(), full_pages()])
def test_the_same_document_gives_the_same_bytes(document: OfficialDocument) -> None:
    """No clock is in the file: its own dates are the document's, those of the archive fixed; the template left nothing behind."""
    written = official_docx(document, layout())
    assert written == official_docx(document, layout())
    with ZipFile(BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]
    properties = opened(document).core_properties
    assert document.day is not None
    assert properties.created is not None
    assert properties.created.date() == document.day
    assert properties.author == document.signature


def test_a_place_may_lay_out_differently() -> None:
    """The writer asks the card for every measure."""
    card = layout()
    changed = card.model_copy(update={"types": card.types.model_copy(update={"body": card.annex.table_cell})})
    written = official_docx(full_pages(), changed)
    assert written != official_docx(full_pages(), card)


def test_the_card_says_what_is_not_checked() -> None:
    """What was not compared with the standard is known as such."""
    assert {"line", "fonts", "sizes", "imprint", "annex"} <= set(layout().unchecked)
    assert not {"page", "types", "closing", "page_number"} & set(layout().unchecked)


def test_a_faulty_card_is_refused() -> None:
    """Types name known faces; the lines fit on the page; a place without a card gets told."""
    data = layout().model_dump(by_alias=True)
    data["types"]["body"]["font"] = "隶书"
    with pytest.raises(ValueError, match="没有“隶书”这种字体"):
        OfficialLayout.model_validate(data)
    data = layout().model_dump(by_alias=True)
    data["line"]["pitch_pt"] = 30.0
    with pytest.raises(ValueError, match="版心放不下"):
        OfficialLayout.model_validate(data)
    with pytest.raises(NoLayout, match="official-document"):
        layout_of(View((), {}, {}, {}))


def test_days_have_no_leading_zeros() -> None:
    """成文日期 in Arabic numbers."""
    assert said(opened(replace(notice(), day=date(2026, 1, 2))), "2026年1月2日")
