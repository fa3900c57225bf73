"""Scans and photographs: text and ruled lists are recognised well enough to be used, and all of it is doubted."""

from __future__ import annotations

import difflib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.core.importer.read.test_pdf import PLAN, printed_rows, printed_text, rows_of, running_text
from tests.render_pdf import render_pdf, render_scan, scan_font, scanned_pages
from xiangxu.importer.read import ocr
from xiangxu.importer.read.pdf import read_pdf
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Line, Table
from xiangxu.model.place import Doubt

needs_extra = pytest.mark.skipif(
    not (ocr.available() and scan_font()), reason="needs the extra `ocr`, and a Chinese font (fonts-noto-cjk) to make scans with"
)
# Two pages: a letter with its seal, and a list.
LETTER = "\n".join(PLAN.split("\n")[:8])
LIST = """附件
云溪县任务清单

\t工程\n\t措施\n\t时限\n\t牵头\n\t参与

\t办学条件改善工程\n\t新建寄宿制学校3所，改造食堂25处，生均图书达到30册以上。\n\t2025年\n\t教育局\n\t财政局\n住建局

\t\n\t更新教学仪器设备，达标率达到96.5%。\n\t2026年\n\t教育局\n\t

\t教师队伍建设工程\n\t每年交流轮岗教师不少于120人，其中骨干教师占20%。\n\t2027年\n\t人社局\n\t编办
"""


def likeness(wanted: str, got: str) -> float:
    """The share of characters that came back right."""
    return difflib.SequenceMatcher(None, wanted, got, autojunk=False).ratio()


@needs_extra
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_skewed_noisy_sealed_scan_is_readable(tmp_path: Path, seed: int) -> None:
    """Text comes back but for a few characters, every row with its cells and merges, and everything is doubted."""
    plan = LETTER + "\n" + LIST
    pdf = render_pdf(plan, tmp_path / "a.pdf")
    source = read_pdf(render_scan(pdf, tmp_path / "scan.pdf", skew=2.0, seed=seed), "scan.pdf")
    assert likeness(printed_text(plan), running_text(source)) > 0.97
    wanted, got = printed_rows(plan), rows_of(source)
    assert len(got) == len(wanted)
    assert likeness("|".join(map(str, wanted)), "|".join(map(str, got))) > 0.97
    assert Doubt.OCR in source.doubts
    for block in source.blocks:
        assert Doubt.OCR in block.doubts
        if isinstance(block, Table):
            assert all(Doubt.OCR in cell.doubts for row in block.rows for cell in row)


@needs_extra
@pytest.mark.slow
def test_a_photograph_and_a_pasted_picture(tmp_path: Path) -> None:
    """A picture file reads like a page, also on its side; a picture inside a document gives blocks from the offset given."""
    pdf = render_pdf(LIST, tmp_path / "a.pdf")
    data = next(scanned_pages(pdf, skew=1.0, seed=3))
    path = tmp_path / "照片.jpg"
    path.write_bytes(data)
    upright = ocr.read_picture(path, path.name)
    assert len(rows_of(upright)) == 4
    with Image.open(path) as picture:
        picture.rotate(90, expand=True).save(tmp_path / "side.png")
    turned = ocr.read_picture(tmp_path / "side.png", "side.png")
    assert likeness(upright.text, turned.text) > 0.95
    text, blocks = ocr.blocks_of_picture(data, 1000)
    assert text == upright.text
    first = blocks[0]
    assert isinstance(first, Line)
    assert first.text.at[0] == 1000
    assert text[: len(first.text)] == first.text.text


@needs_extra
def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    """A broken picture and an empty one give a clerk's message; inside a document they give nothing."""
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 broken")
    with pytest.raises(Unreadable, match="图片"):
        ocr.read_picture(tmp_path / "a.jpg", "a.jpg")
    Image.fromarray(np.full((400, 400, 3), 255, np.uint8)).save(tmp_path / "b.png")
    with pytest.raises(Unreadable, match="没有识别出文字"):
        ocr.read_picture(tmp_path / "b.png", "b.png")
    assert ocr.blocks_of_picture(b"nothing", 0) == ("", ())


def test_without_the_extra_a_picture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Unreadable, match="安装图像识别组件"):
        ocr.read_picture(tmp_path / "a.jpg", "a.jpg")
    assert ocr.blocks_of_picture(b"", 0) == ("", ())
