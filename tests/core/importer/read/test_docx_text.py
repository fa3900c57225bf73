"""The running text of Word files, as offices leave it: revised, with boxes, fields and hidden remarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.importer.read.word import abstract, consistent, lines, listed, num, para, read, row, run, table, word_file
from xiangxu.importer.read.docx import read_docx
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Line

BOX = "<w:txbxContent>{}</w:txbxContent>"


def choice_and_fallback(inner: str) -> str:
    """A text box as Word writes it: once for itself, once for its predecessors."""
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{BOX.format(inner)}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX.format(inner)}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_every_paragraph_is_a_line(tmp_path: Path) -> None:
    """Paragraphs stand on lines of their own, whole; blank ones are left out; passages point into the text."""
    source = read(tmp_path, para("总体要求") + para() + para("　　到2025年，办好乡村学校。"))
    assert source.text == "总体要求\n　　到2025年，办好乡村学校。\n"
    assert all(isinstance(block, Line) and block.whole for block in source.blocks)
    assert consistent(source)
    assert source.place(source.blocks[1].text).line == 2 if isinstance(source.blocks[1], Line) else False


def test_text_box_once_at_its_anchor(tmp_path: Path) -> None:
    """A box is told twice in the file and read once, after the paragraph that anchors it."""
    body = para("前") + para(run("锚") + choice_and_fallback(para("云岭县人民政府文件"))) + para("后")
    assert lines(read(tmp_path, body)) == ["前", "锚", "云岭县人民政府文件", "后"]


def test_text_box_of_old_word(tmp_path: Path) -> None:
    """A box that is only VML, and a choice that is empty: the fall-back is read."""
    old = f"<w:r><w:pict><v:shape><v:textbox>{BOX.format(para('旧框'))}</v:textbox></v:shape></w:pict></w:r>"
    empty = f"<w:r><mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>{run('退路')[5:-6]}</mc:Fallback></mc:AlternateContent></w:r>"
    assert lines(read(tmp_path, para(old) + para(empty))) == ["旧框", "退路"]


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    """Insertions and what was moved here stay; deletions and what was moved away go."""
    body = para(
        run("到")
        + f"<w:ins>{run('2027')}</w:ins><w:del><w:r><w:delText>2025</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('年')}</w:moveTo>"
        + run("底")
    )
    assert lines(read(tmp_path, body)) == ["到2027年底"]


def test_deleted_paragraph_mark_joins_the_next(tmp_path: Path) -> None:
    """The joined paragraph is the next one: its number, its alignment; the deleted one takes no number."""
    gone = '<w:rPr><w:del w:id="1"/></w:rPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = listed("甲", 1) + para("改善", gone) + listed("办学条件", 1) + para("末", '<w:rPr><w:del w:id="2"/></w:rPr>')
    assert lines(read(tmp_path, body, abstract(0, ("decimal", "%1.")) + num(1, 0))) == ["1.甲", "2.改善办学条件", "末"]


def test_wholly_deleted_paragraph_vanishes(tmp_path: Path) -> None:
    """A paragraph whose text and mark were deleted leaves no trace, not even in the numbering."""
    gone = '<w:rPr><w:del w:id="1"/></w:rPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = listed("甲", 1) + para("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", gone) + listed("乙", 1)
    assert lines(read(tmp_path, body, abstract(0, ("decimal", "%1.")) + num(1, 0))) == ["1.甲", "2.乙"]


def test_content_controls_hyperlinks_and_smart_tags(tmp_path: Path) -> None:
    """Whatever wraps runs or paragraphs, the text inside is read; a prompt that was never filled in is not."""
    body = (
        f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{para('块')}</w:sdtContent></w:sdt>"
        + para(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>"
            f"<w:hyperlink>{run('乙')}</w:hyperlink><w:smartTag><w:smartTag>{run('丙')}</w:smartTag></w:smartTag>"
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入文字')}</w:sdtContent></w:sdt>"
            f"<m:oMath><m:r><m:t>丁</m:t></m:r></m:oMath>"
        )
        + f"<w:customXml>{para('戊')}</w:customXml>"
    )
    assert lines(read(tmp_path, body)) == ["块", "甲乙丙丁", "戊"]


def test_fields_by_their_result(tmp_path: Path) -> None:
    """The instruction goes, nested ones too, and even where a field ends in another paragraph."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> DATE </w:instrText></w:r>"
    body = (
        para(run("于") + mark("begin") + code + mark("begin") + run("内") + mark("end") + mark("separate") + run("2023年"))
        + para(run("11月") + mark("end") + run("印发"))
        + para(f'<w:fldSimple w:instr="TITLE">{run("方案")}</w:fldSimple>')
    )
    assert lines(read(tmp_path, body)) == ["于2023年", "11月印发", "方案"]


def test_breaks_tabs_hyphens_and_symbols(tmp_path: Path) -> None:
    """A soft break is a line end inside the paragraph; page breaks, soft hyphens and footnote marks leave nothing."""
    body = para(
        '<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丁</w:t><w:br w:type="page"/>'
        '<w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/><w:commentReference w:id="1"/><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:sym w:font="Wingdings" w:char="F081"/><w:sym w:font="宋体" w:char="2460"/><w:sym w:char="zz"/></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>yun</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>云</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert lines(read(tmp_path, body)) == ["甲\n乙\t丙-丁☑①①云"]


def test_hidden_text_is_dropped(tmp_path: Path) -> None:
    """Hidden directly, by a character style, or shown again against its paragraph's style."""
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = para(
        run("甲") + run("隐", "<w:vanish/>") + run("藏", '<w:rStyle w:val="h"/>') + run("乙", '<w:vanish w:val="0"/>')
    ) + para(run("隐") + run("丙", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="p"/>')
    assert lines(read(tmp_path, body, styles=styles)) == ["甲乙", "丙"]


def test_hints(tmp_path: Path) -> None:
    """Heading level by outline level or style name, centring and bold also through styles, indent in characters."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="大标题"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="22"><w:name w:val="我的"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="环"/><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="环二"/><w:basedOn w:val="x"/></w:style>'
    )
    body = (
        para("方案", '<w:pStyle w:val="t"/>')
        + para(run("部分", "<w:b/>") + run("加粗"), '<w:pStyle w:val="22"/>')
        + para("级", '<w:outlineLvl w:val="0"/><w:ind w:firstLineChars="200" w:firstLine="640"/>')
        + para("正文", '<w:outlineLvl w:val="9"/><w:pStyle w:val="x"/>')
        + para("缩", '<w:pStyle w:val="t"/><w:ind w:left="640" w:hanging="320"/>')
    )
    hints = [(b.heading, b.centred, b.bold, b.indent) for b in read(tmp_path, body, styles=styles).blocks if isinstance(b, Line)]
    assert hints == [
        (None, True, True, None),
        (2, False, False, None),
        (1, False, False, 2.0),
        (None, False, False, None),
        (None, True, True, 1.0),
    ]


def test_pages_by_words_own_marks(tmp_path: Path) -> None:
    """Word leaves a mark where it last began a page; a row cut by the page end has one in each cell."""
    mark = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        para("首页")
        + para(mark + run("次页"))
        + para(run("跨") + mark + run("页"))
        + table(row(f"<w:tc>{para(run('甲') + mark + run('一'))}</w:tc>", f"<w:tc>{para(run('乙') + mark + run('二'))}</w:tc>"))
        + para("末")
    )
    source = read(tmp_path, body)
    assert [block.page for block in source.blocks] == [1, 2, 2, 3, 4]
    assert [source.text[start] for start in source.page_starts] == ["首", "次", "页", "一"]


def test_no_pages_where_word_left_no_marks(tmp_path: Path) -> None:
    """Files of WPS and LibreOffice carry no page marks: the page is unknown, not 1."""
    source = read(tmp_path, para("甲") + para('<w:r><w:br w:type="page"/></w:r>') + para("乙"))
    assert source.page_starts == ()
    assert [block.page for block in source.blocks] == [None, None]


def test_table_of_contents_and_embedded_files_are_noted(tmp_path: Path) -> None:
    """A table of contents would double every heading; an embedded file cannot be read: both are said."""
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('一、总体要求 1')}</w:sdtContent></w:sdt>"
        + para("二、主要任务 2", '<w:pStyle w:val="11"/>')
        + para("一、总体要求")
        + '<w:altChunk r:id="x"/>'
    )
    source = read(tmp_path, body, styles=styles)
    assert lines(source) == ["一、总体要求"]
    assert len(source.notes) == 2
    assert "目录" in source.notes[0]
    assert "1 个其他文件" in source.notes[1]


def test_strict_files_and_other_part_names(tmp_path: Path) -> None:
    """Word's strict flavour and main parts of another name are read alike."""
    path = word_file(tmp_path / "a.docx", para("甲"), main="document2.xml")
    assert lines(read_docx(path, "a.docx")) == ["甲"]
    source = read(tmp_path, '<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:r><x:t>乙</x:t></x:r></x:p>')
    assert lines(source) == ["乙"]


def test_nothing_to_read(tmp_path: Path) -> None:
    """A document without a word is refused with advice."""
    with pytest.raises(Unreadable, match="里没有可读的文字"):
        read(tmp_path, para())
