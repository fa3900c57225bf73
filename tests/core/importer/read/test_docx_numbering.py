"""Automatic numbering: what the page shows has to be in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.importer.read.word import abstract, grid, lines, listed, num, para, read, restart, table
from tests.core.importer.read.word import row as table_row
from xiangxu.importer.read.numerals import written

OUTLINE = abstract(0, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def test_levels_of_an_official_document(tmp_path: Path) -> None:
    """一、 （一） 1. are rendered, and lower levels begin anew below a higher one."""
    body = "".join(
        [
            listed("总体要求", 1),
            listed("指导思想", 1, 1),
            listed("工作目标", 1, 1),
            listed("主要任务", 1),
            listed("优化布局", 1, 1),
            listed("撤并。", 1, 2),
            listed("新建。", 1, 2),
            listed("配强师资", 1, 1),
            listed("补充。", 1, 2),
        ]
    )
    assert lines(read(tmp_path, body, OUTLINE + num(1, 0))) == [
        "一、总体要求", "（一）指导思想", "（二）工作目标", "二、主要任务", "（一）优化布局", "1.撤并。", "2.新建。", "（二）配强师资", "1.补充。",
    ]  # fmt: skip


def test_two_lists_of_one_abstract_list(tmp_path: Path) -> None:
    """They count on, unless the second says where to start; it says so once only."""
    body = listed("甲", 1) + listed("乙", 2) + listed("丙", 3) + listed("丁", 3) + listed("戊", 1)
    numbering = OUTLINE + num(1, 0) + num(2, 0) + num(3, 0, restart(0, 7))
    assert lines(read(tmp_path, body, numbering)) == ["一、甲", "二、乙", "七、丙", "八、丁", "九、戊"]


def test_a_level_that_never_begins_anew(tmp_path: Path) -> None:
    """lvlRestart 0: the actions of a plan are counted through all chapters."""
    numbering = abstract(0, ("chineseCounting", "%1、"), ("decimal", "%2.", '<w:lvlRestart w:val="0"/>')) + num(1, 0)
    body = listed("甲", 1) + listed("子", 1, 1) + listed("乙", 1) + listed("丑", 1, 1)
    assert lines(read(tmp_path, body, numbering)) == ["一、甲", "1.子", "二、乙", "2.丑"]


def test_compound_and_legal_numbers(tmp_path: Path) -> None:
    """1.1 takes the counters of the levels above; isLgl writes all of them in figures."""
    numbering = abstract(0, ("chineseCounting", "第%1章"), ("decimal", "%1.%2 ", "<w:isLgl/>"), ("decimal", "%1-%2-%3 ")) + num(
        1, 0
    )
    body = listed("甲", 1) + listed("乙", 1) + listed("子", 1, 1) + listed("寅", 1, 2)
    assert lines(read(tmp_path, body, numbering)) == ["第一章甲", "第二章乙", "2.1 子", "二-1-1 寅"]


def test_override_of_a_whole_level(tmp_path: Path) -> None:
    """A list may bring its own pattern for a level."""
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
    assert lines(read(tmp_path, listed("甲", 1), OUTLINE + num(1, 0, own))) == ["C) 甲"]


def test_numbers_from_styles(tmp_path: Path) -> None:
    """A style gives the list, the style based on it inherits, the level is the one that names the style; numId 0 takes it away."""
    numbering = abstract(
        0, ("chineseCounting", "%1、", '<w:pStyle w:val="a"/>'), ("decimal", "%2.", '<w:pStyle w:val="b"/>')
    ) + num(4, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="行动"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="行动加粗"/><w:basedOn w:val="b"/></w:style>'
    )
    body = (
        para("总体要求", '<w:pStyle w:val="a"/>')
        + para("撤并", '<w:pStyle w:val="b"/>')
        + para("新建", '<w:pStyle w:val="c"/>')
        + para("无号", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    source = read(tmp_path, body, numbering, styles)
    assert lines(source) == ["一、总体要求", "1.撤并", "2.新建", "无号"]
    assert [block.heading for block in source.blocks] == [1, None, None, 1]


def test_list_style_links(tmp_path: Path) -> None:
    """numStyleLink leads through a list style to the list that defines it."""
    numbering = (
        OUTLINE + '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="公文"/></w:abstractNum>' + num(1, 0) + num(2, 5)
    )
    styles = '<w:style w:type="numbering" w:styleId="公文"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(read(tmp_path, listed("甲", 2), numbering, styles)) == ["一、甲"]


@pytest.mark.parametrize(("suffix", "shown"), [("tab", "1. 甲"), ("space", "1. 甲"), ("nothing", "1.甲")])
def test_what_follows_the_number(tmp_path: Path, suffix: str, shown: str) -> None:
    """A tab or blank becomes one blank, so that 1. and 5G do not run together."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' + num(1, 0)
    )
    assert lines(read(tmp_path, listed("甲", 1), numbering)) == [shown]


def test_numbers_in_empty_cells(tmp_path: Path) -> None:
    """The column 序号 is mostly nothing but automatic numbers."""
    body = table(
        table_row("序号", "项目"),
        table_row(listed("", 1).join(["<w:tc>", "</w:tc>"]), "甲"),
        table_row(f"<w:tc>{listed('', 1)}</w:tc>", "乙"),
    )
    assert grid(read(tmp_path, body, abstract(0, ("decimal", "%1")) + num(1, 0))) == [["序号", "项目"], ["1", "甲"], ["2", "乙"]]


def test_bullets_and_broken_lists(tmp_path: Path) -> None:
    """Symbol fonts' bullets become •; a list that is not defined gives no number."""
    body = listed("甲", 1) + listed("乙", 9)
    assert lines(read(tmp_path, body, abstract(0, ("bullet", "\uf06c")) + num(1, 0))) == ["•甲", "乙"]


def test_custom_format_takes_the_plain_one_beside_it(tmp_path: Path) -> None:
    """Word writes 01, 02 as an alternative with a plain fall-back."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' + num(1, 0)
    )
    assert lines(read(tmp_path, listed("甲", 1), numbering)) == ["01.甲"]


@pytest.mark.parametrize(
    ("number_format", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 105, "一〇五"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("japaneseCounting", 99, "九十九"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 2, "乙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 3, "c"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 4, "iv"),
        ("decimalZero", 3, "03"),
        ("none", 3, ""),
        ("unknown", 3, "3"),
        ("chineseCounting", 0, "〇"),
        ("upperRoman", -5, "-5"),
        ("ideographDigital", -5, "-五"),
    ],
)
def test_formats(number_format: str, number: int, shown: str) -> None:
    """Each format writes the number as Word shows it; what is out of its range is written in figures."""
    assert written(number, number_format) == shown
