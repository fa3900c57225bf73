"""The pages as LibreOffice sets them, measured. Word itself is not at hand; its own view of the file is not tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.documents.official.papers import full_pages, layout, notice
from tests.core.documents.official.rendering import Sign, lines, needs_office, paint, pdf_of, signs, words
from xiangxu.documents.official import official_docx

pytestmark = needs_office

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> list[list[Sign]]:
    """The pages full of characters."""
    return signs(pdf_of(official_docx(full_pages(), layout()), tmp_path_factory.mktemp("full")))


@pytest.fixture(scope="module")
def notice_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notice as PDF."""
    return pdf_of(official_docx(notice(), layout()), tmp_path_factory.mktemp("notice"))


def test_a_full_page_has_22_lines_of_28_characters(full: list[list[Sign]]) -> None:
    """The standard's measure, within the text's edges; the page number stands below it."""
    *text, number = lines(full[1])
    assert [len(row) for row in text] == [28] * 22
    for row in text:
        assert row[0].left >= LEFT - 0.5
        assert row[-1].right <= RIGHT + 0.5
    assert text[0][0].top >= TOP - 1
    assert text[-1][0].bottom <= BOTTOM + 1
    assert words(number) == "—2—"


def test_page_numbers_stand_outside_below_the_text(full: list[list[Sign]]) -> None:
    """Right on odd, left on even pages, one character of 4号 (4.9 mm) from the edge; the dash about 7 mm beneath the text."""
    odd, even = lines(full[0])[-1], lines(full[1])[-1]
    assert abs(RIGHT - odd[-1].right - 4.9) < 1
    assert abs(even[0].left - LEFT - 4.9) < 1
    for row in (odd, even):
        assert abs((row[0].top + row[0].bottom) / 2 - BOTTOM - 7) < 1.5


def test_the_first_page_begins_with_the_title(full: list[list[Sign]]) -> None:
    """A title of one line, an empty line and twenty lines of text, the first of them two characters in."""
    title, *text, _ = lines(full[0])
    assert words(title) == "整页"
    assert abs((title[0].left + title[-1].right) / 2 - (LEFT + RIGHT) / 2) < 1
    assert [len(row) for row in text] == [26] + [28] * 19
    assert abs(text[0][0].left - LEFT - 2 * 16 / 72 * 25.4) < 1


def test_heads_tables_and_imprint_stand_where_they_must(notice_pdf: Path) -> None:
    """The mark 35 mm below the text's edge; the table's header on each of its pages; 版记 on the last line of the last page."""
    pages = [lines(page) for page in signs(notice_pdf)]
    mark = pages[0][0]
    assert words(mark) == "云溪县人民政府文件"
    assert abs(mark[0].top - TOP - 35) < 6, "the box of a character is higher than the character"
    listing = [page for page in pages if any("新建改扩建公办幼儿园" in words(row) for row in page)]
    assert len(listing) >= 3
    assert all(any(words(row) == "序号任务时限情况" for row in page) for page in listing)
    *_, copies, printed, number = pages[-1]
    assert words(copies) == "抄送：县委办公室，县人大常委会办公室。"
    assert words(printed) == "云溪县人民政府办公室2026年3月6日印发"
    assert 0 <= BOTTOM - printed[0].bottom < 4
    assert words(number).strip("—") == str(len(pages))


def test_pages_can_be_painted(notice_pdf: Path, tmp_path: Path) -> None:
    """A picture a page, for whoever wants to look."""
    pictures = paint(notice_pdf, tmp_path)
    assert len(pictures) == len(signs(notice_pdf))
    assert all(picture.stat().st_size > 1000 for picture in pictures)
