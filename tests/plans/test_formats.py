"""The same plans as Word files, PDFs and scans: what the format does to the reading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.page_words import glyphs_of, words_at
from tests.paths import PLANS, needs_plans
from tests.plans.scoring import Bars, line, needs_scorer, score
from tests.plans.test_invented_plans import DOCUMENTS
from tests.render import docx_of_flattened
from tests.render_pdf import render_pdf, render_scan, scan_font
from xiangxu.importer.plan import read_plan
from xiangxu.importer.read import ocr, office
from xiangxu.importer.read.aligning import comparable
from xiangxu.importer.read.typeset import places_on, typeset
from xiangxu.model.place import Doubt

ANNOTATED = ("qingzhou", "dongchangfu", "yiyuan")
# How much lower than the plain text a file of another format may be read.
ALLOWANCE = 0.03
# What a scan must give at the least: promises with figures.
SCAN_NUMERIC = 0.80


@needs_plans
@pytest.mark.parametrize("key", ANNOTATED)
def test_word_file(key: str, tmp_path: Path) -> None:
    """With real tables, merged cells and automatic numbering nothing is lost against the plain text."""
    word = docx_of_flattened((PLANS / f"{key}.txt").read_text(encoding="utf-8"), tmp_path / f"{key}.docx")
    figures, _ = score(PLANS / "gold" / f"{key}.json", read_plan(word))
    print(line(f"{key}.docx", figures))
    assert not Bars().less(ALLOWANCE).missed(figures)


@needs_plans
@pytest.mark.slow
@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed: the pages of Word files are not set")
def test_pages_of_word_files(tmp_path: Path) -> None:
    """Of all tasks and promises of the real plans as Word files, nearly all stand on the set pages where they are marked, word for word:
    numbers that Word makes, cells that a page break cuts and headers that come again on each page notwithstanding."""
    held = []
    for text in sorted(PLANS.glob("*.txt")):
        word = docx_of_flattened(text.read_text(encoding="utf-8"), tmp_path / f"{text.stem}.docx")
        reading = read_plan(word)
        with typeset(word, word.name) as pdf:
            assert pdf is not None
            pages, glyphs = places_on(pdf, reading.text), glyphs_of(pdf)
        for place in [*(task.place for task in reading.tasks), *(promise.place for promise in reading.promises)]:
            wanted = comparable("".join(reading.text[place.start : place.end].split()))
            held.append(comparable(words_at(pages, glyphs, place.start, place.end)) == wanted)
    print(f"pages: {sum(held)} of {len(held)}")
    assert sum(held) >= 0.97 * len(held)


@needs_plans
@pytest.mark.parametrize("key", ANNOTATED)
def test_pdf(key: str, tmp_path: Path) -> None:
    """With pages, page numbers, wrapped lines, ruled tables and rows that a page break cuts nothing is lost."""
    pdf = render_pdf(PLANS / f"{key}.txt", tmp_path / f"{key}.pdf")
    figures, _ = score(PLANS / "gold" / f"{key}.json", read_plan(pdf))
    print(line(f"{key}.pdf", figures))
    assert not Bars().less(ALLOWANCE).missed(figures)


@needs_scorer
@pytest.mark.parametrize("key", ["d1", "d5", "h5"])
@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_invented_plans_in_other_formats(key: str, suffix: str, tmp_path: Path) -> None:
    """Our own plans, too, read as well from a Word file and a PDF."""
    text, path = DOCUMENTS / f"{key}.txt", tmp_path / f"{key}.{suffix}"
    if suffix == "docx":
        docx_of_flattened(text.read_text(encoding="utf-8"), path)
    else:
        render_pdf(text, path)
    figures, _ = score(DOCUMENTS / f"{key}.json", read_plan(path))
    print(line(path.name, figures))
    missed = Bars().less(ALLOWANCE).missed(figures)
    assert not [m for m in missed if not m.startswith("tasks project")]


@needs_plans
@pytest.mark.slow
@pytest.mark.skipif(
    bool(os.environ.get("CI")), reason="a whole plan as a scan takes both cores three minutes: run it at the desk"
)
@pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed")
@pytest.mark.skipif(not scan_font(), reason="no Chinese font to draw the scan with: install fonts-noto-cjk")
def test_scan(tmp_path: Path) -> None:
    """A scan (200 dpi, skewed, noisy, JPEG, a seal over the signature) gives outline, rows and figures, all marked doubtful."""
    key = "qingzhou"
    pdf = render_pdf(PLANS / f"{key}.txt", tmp_path / f"{key}.pdf")
    reading = read_plan(render_scan(pdf, tmp_path / "scan.pdf", skew=1.9, seed=3))
    figures, _ = score(PLANS / "gold" / f"{key}.json", reading)
    print(line(f"{key} scan", figures))
    assert figures["numeric_targets"]["f1"] >= SCAN_NUMERIC
    assert figures["sections"]["f1"] >= 0.90
    assert figures["tasks"]["f1"] >= 0.90
    everything = [*reading.sections, *reading.tasks, *reading.body_actions, *reading.promises]
    assert all(Doubt.OCR in item.doubts for item in everything)
