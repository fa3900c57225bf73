"""The bulletin as a document, and its pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.documents.official.papers import layout, opened
from tests.core.documents.official.rendering import lines, needs_office, pdf_of, signs, words
from tests.core.monthly.invented import a_month_ago, state
from xiangxu.documents.official import Brief, Heading, Paragraph, RedHead, official_docx
from xiangxu.monthly import compose, dropped, edited, to_official


def test_a_brief_names_issuer_and_day_at_its_head() -> None:
    """And has neither signature nor a second date; the lists are annexes, the leader's words are set apart."""
    document = to_official(compose(state()))
    assert document.head == Brief("云溪县乡村教育振兴工作通报", "第3期", "云溪县乡村教育振兴工作领导小组办公室")
    assert not document.signed
    assert [annex.title for annex in document.annexes] == [
        "逾期和滞后任务清单",
        "未报进展任务清单",
        "近期到期任务清单",
        "未达成、滞后目标清单",
    ]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.quoted


def test_a_red_headed_bulletin_is_signed() -> None:
    """With room for the seal, and a gap for the number, which is not ours to give."""
    document = to_official(compose(replace(state(), form="red")))
    assert isinstance(document.head, RedHead)
    assert document.signature == state().issuer
    assert "〔2026〕" in "".join(paragraph.text for paragraph in opened(document).paragraphs)


def test_edits_are_printed_and_what_is_left_out_is_not() -> None:
    """A heading that has lost all its text goes with it; line ends in an edit make paragraphs."""
    content = edited(compose(state()), "opening", "一。\n\n二。")
    content = dropped(dropped(content, "good:t03"), "annex:silent")
    document = to_official(content)
    assert [block.text for block in document.blocks[1:3] if isinstance(block, Paragraph)] == ["一。", "二。"]
    assert "好的做法" not in [block.text for block in document.blocks if isinstance(block, Heading)]
    assert len(document.annexes) == 3
    for id in ("overdue", "overdue:县教育和体育局", "overdue:县住房和城乡建设局"):
        content = dropped(content, id)
    headings = [block.text for block in to_official(content).blocks if isinstance(block, Heading)]
    assert "逾期任务" not in headings
    assert "滞后任务" in headings


def test_the_same_content_gives_the_same_bytes() -> None:
    """An issued bulletin can be made again from what was frozen."""
    content = compose(replace(state(), ranking=True), compose(a_month_ago()))
    assert official_docx(to_official(content), layout()) == official_docx(to_official(content), layout())


@pytest.mark.parametrize(("printed_by", "told"), [("", "云溪县乡村教育振兴工作领导小组办公室"), ("县府办", "县府办")])
def test_the_imprint_stands_without_copies(printed_by: str, told: str) -> None:
    """Read back from the file: 印发机关 and 印发日期 end it, and no empty 抄送 stands there, where nobody gets copies."""
    lines = [
        p.text for p in opened(to_official(compose(replace(state(), copies="", printed_by=printed_by)))).paragraphs if p.text
    ]
    assert lines[-1].replace("\t", "") == f"{told}2026年11月20日印发"
    assert not [line for line in lines if "抄送" in line]


@needs_office
def test_the_pages_of_a_bulletin(tmp_path: Path) -> None:
    """Head, leader's sentence before the text, an annex on each of its own pages, 版记 at the very end."""
    content = compose(replace(state(), ranking=True), compose(a_month_ago()))
    pages = [
        [words(line) for line in lines(page)] for page in signs(pdf_of(official_docx(to_official(content), layout()), tmp_path))
    ]
    assert pages[0][:2] == ["云溪县乡村教育振兴工作通报", "第3期"]
    joined = "".join(pages[0])
    assert joined.index("王副县长批示") < joined.index("现将《云溪县")
    assert [page[0] for page in pages if page[0].startswith("附件")] == ["附件1", "附件2", "附件3", "附件4"]
    assert pages[-1][-2] == "云溪县教育和体育局办公室2026年11月20日印发"
