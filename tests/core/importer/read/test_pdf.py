"""PDF files: what was printed comes back, line by line and cell by cell."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pdfplumber
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.paths import PLANS, needs_plans
from tests.render_pdf import FONT, PlanTable, printed_blocks, render_pdf
from xiangxu.importer.read import ocr
from xiangxu.importer.read.pdf import read_pdf
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Covered, Line, Source, Table
from xiangxu.model.place import Doubt

MEASURE = "改善寄宿制学校的宿舍、食堂和浴室，到2026年全部达到省定办学条件标准，并建立每学期检查一次的制度，不合格的限期整改"
ROWS = "\n\n".join(
    f"\t{project}\n\t{k}.{title}\n\t第{k}项，{MEASURE}。\n\t202{k % 5 + 3}年\n\t教育局\n\t{others}"
    for k, (project, title, others) in enumerate(
        [
            ("办学条件改善工程", "改善寄宿条件。", "财政局\n住建局"),
            ("", "更新教学仪器。", ""),
            ("", "建设标准化食堂。", "市场监管局"),
            ("教师队伍建设工程", "交流轮岗。", "人社局\n编办"),
            ("", "学历提升。", ""),
            ("", "名师工作室。", "财政局"),
        ]
        * 3,
        1,
    )
)
PLAN = f"""云溪县人民政府办公室
关于印发云溪县乡村教育振兴行动方案的通知
各乡镇人民政府，县政府有关部门：
现将《云溪县乡村教育振兴行动方案》印发给你们，请认真贯彻执行。
                    云溪县人民政府办公室
                      2024年3月5日
云溪县乡村教育振兴行动方案
一、总体目标
{"到2027年，全县乡村学校布局更加合理，办学条件明显改善，教师队伍更加稳定，群众满意度达到95%以上。" * 12}
二、主要任务
1.优化布局。{"撤并不足30人的教学点8个，新建寄宿制学校3所。" * 20}
附件
云溪县乡村教育振兴任务清单

\t工程\n\t行动\n\t措施\n\t时限\n\t牵头\n\t参与

{ROWS}
"""


def squeezed(text: str | None) -> str:
    """Without white space."""
    return "".join((text or "").split())


def running_text(source: Source) -> str:
    """All lines outside tables."""
    return "".join(squeezed(block.text.text) for block in source.blocks if isinstance(block, Line))


def rows_of(source: Source) -> list[list[str]]:
    """The rows of all tables, as texts."""
    return [[squeezed(c.text.text) for c in row] for b in source.blocks if isinstance(b, Table) for row in b.rows]


def printed_text(plan: str) -> str:
    """What the plan's paragraphs say."""
    return "".join(squeezed(block) for block in printed_blocks(plan) if isinstance(block, str))


def printed_rows(plan: str) -> list[list[str]]:
    """What the plan's tables say."""
    return [[squeezed(c) for c in row] for b in printed_blocks(plan) if isinstance(b, PlanTable) for row in b.rows]


def assert_points_into_text(source: Source) -> None:
    """Every character of every passage stands in the source's text where the passage says, except line ends of joins."""
    for block in source.blocks:
        for passage in [block.text] if isinstance(block, Line) else [c.text for row in block.rows for c in row]:
            assert all(source.text[at] == char or char == "\n" for at, char in zip(passage.at, passage.text, strict=True))


@pytest.mark.parametrize(
    "manner",
    [
        {"close_cut_rows": True},
        {"close_cut_rows": False, "rects": True},
        {"running_head": "云溪县人民政府办公室文件"},
        {"page_numbers": False},
    ],
)
def test_what_was_printed_comes_back(tmp_path: Path, manner: dict[str, object]) -> None:
    """Text and cells are as printed, whatever the rules are drawn with; page numbers and running heads are gone."""
    source = read_pdf(render_pdf(PLAN, tmp_path / "a.pdf", **manner), "a.pdf")  # type: ignore[arg-type]
    assert running_text(source) == printed_text(PLAN)
    assert rows_of(source) == printed_rows(PLAN)
    assert_points_into_text(source)


def test_lines_know_page_and_layout(tmp_path: Path) -> None:
    """Titles are centred, first lines are indented by two characters, wrapped lines are not whole; pages rise."""
    source = read_pdf(render_pdf(PLAN, tmp_path / "a.pdf"), "a.pdf")
    lines = [block for block in source.blocks if isinstance(block, Line)]
    title = next(line for line in lines if line.text.text == "云溪县乡村教育振兴行动方案")
    heading = next(line for line in lines if line.text.text == "一、总体目标")
    assert title.centred
    assert not heading.centred
    assert heading.indent == pytest.approx(2, abs=0.2)
    assert not any(line.whole for line in lines)
    assert all(source.place(line.text).page == line.page for line in lines)
    assert len(source.page_starts) == max(block.page or 0 for block in source.blocks)


def test_merged_cells_are_marked_over_page_breaks(tmp_path: Path) -> None:
    """A cell under a merged one is covered, also where the table goes on at the top of a page."""
    source = read_pdf(render_pdf(PLAN, tmp_path / "a.pdf"), "a.pdf")
    tables = [block for block in source.blocks if isinstance(block, Table)]
    assert len(tables) > 1
    firsts = [row[0] for table in tables for row in table.rows]
    assert all(cell.covered is Covered.BY_ABOVE for cell in firsts if not cell.text)
    assert not any(cell.covered for table in tables for row in table.rows for cell in row[2:])


def test_a_wide_header_cell_covers_its_neighbour(tmp_path: Path) -> None:
    """A cell over two columns is one cell; the other is covered from the left, and the grid stays."""
    plan = "清单如下。\n\n\t任务名称\n\t时限\n\n\t一\n\t甲\n\t2025年\n\n\t二\n\t乙\n\t2026年\n"
    source = read_pdf(render_pdf(plan, tmp_path / "a.pdf"), "a.pdf")
    table = next(block for block in source.blocks if isinstance(block, Table))
    assert [cell.covered for cell in table.rows[0]] == [None, Covered.BY_LEFT, None]
    assert [[cell.text.text for cell in row] for row in table.rows[1:]] == [["一", "甲", "2025年"], ["二", "乙", "2026年"]]


def test_stacked_lines_in_a_cell_keep_their_ends(tmp_path: Path) -> None:
    """Figures stacked in one cell stay apart, and an empty line between them stays one."""
    plan = (
        "指标如下。\n\n\t指标\n\t2020年\n\t2025年\n\n\t在园人数\n\n毛入园率\n\t1.7\n99.0\n\t1.1\n99.0\n\n\t巩固率\n\t98\n\t99\n"
    )
    source = read_pdf(render_pdf(plan, tmp_path / "a.pdf"), "a.pdf")
    table = next(block for block in source.blocks if isinstance(block, Table))
    assert [cell.text.text for cell in table.rows[1]] == ["在园人数\n\n毛入园率", "1.7\n99.0", "1.1\n99.0"]


@pytest.mark.parametrize(("angle", "x", "y"), [(90, 100, -120), (180, -500, -700), (270, -700, 120)])
def test_a_page_on_its_side_reads_like_others(tmp_path: Path, angle: int, x: int, y: int) -> None:
    """Text printed along another edge of the sheet is turned before it is read."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.rotate(angle)
    canvas.setFont(FONT, 14)
    texts = ["云溪县任务清单", "到2025年建成3所", "由教育局牵头"]
    for k, text in enumerate(texts):
        canvas.drawString(x, y + 100 - 30 * k, text)
    canvas.save()
    source = read_pdf(tmp_path / "a.pdf", "a.pdf")
    assert [block.text.text for block in source.blocks if isinstance(block, Line)] == texts


def test_a_slanted_watermark_is_left_out(tmp_path: Path) -> None:
    """Slanted words over the page are no part of the document."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=landscape(A4))
    canvas.setFont(FONT, 16)
    canvas.drawString(100, 400, "到2025年，乡村学校全部达到标准。")
    canvas.rotate(30)
    canvas.setFont(FONT, 50)
    canvas.drawString(200, 100, "内部资料")
    canvas.save()
    assert running_text(read_pdf(tmp_path / "a.pdf", "a.pdf")) == "到2025年，乡村学校全部达到标准。"


def test_a_frame_is_no_table(tmp_path: Path) -> None:
    """Text in a single frame is running text."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont(FONT, 16)
    canvas.rect(90, 380, 300, 60)
    canvas.drawString(100, 400, "专栏一：重点工程")
    canvas.save()
    source = read_pdf(tmp_path / "a.pdf", "a.pdf")
    assert [type(block) for block in source.blocks] == [Line]


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    """The caller hears of every page, in order, with the total."""
    told: list[tuple[int, int]] = []
    read_pdf(render_pdf(PLAN, tmp_path / "a.pdf"), "a.pdf", lambda page, pages, _: told.append((page, pages)))
    assert told == [(k, len(told)) for k in range(1, len(told) + 1)]


@pytest.mark.parametrize(("user", "readable"), [("", True), ("secret", False)])
def test_passwords(tmp_path: Path, user: str, readable: bool) -> None:
    """A file that only forbids changes is read; one that asks for a password is refused with advice."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4, encrypt=StandardEncryption(user, ownerPassword="owner"))
    canvas.setFont(FONT, 16)
    canvas.drawString(100, 400, "到2025年建成3所")
    canvas.save()
    if readable:
        assert running_text(read_pdf(path, "a.pdf")) == "到2025年建成3所"
    else:
        with pytest.raises(Unreadable, match="密码"):
            read_pdf(path, "a.pdf")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4\n", b"%PDF-1.4\n%%EOF", b"\x00" * 5000], ids=["empty", "head", "hollow", "zeros"]
)
def test_broken_files_are_refused(tmp_path: Path, data: bytes) -> None:
    """A file that is cut off or no PDF at all gives a message, no stack trace."""
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(Unreadable, match=r"a\.pdf"):
        read_pdf(tmp_path / "a.pdf", "a.pdf")


def test_a_file_cut_in_the_middle_is_mended_or_refused(tmp_path: Path) -> None:
    """Half a file, whose table of objects is lost, ends in a message or in what could be saved, never in a stack trace."""
    whole = render_pdf(PLAN, tmp_path / "a.pdf").read_bytes()
    (tmp_path / "b.pdf").write_bytes(whole[: len(whole) // 2])
    with contextlib.suppress(Unreadable):
        assert read_pdf(tmp_path / "b.pdf", "b.pdf").text


def test_a_scan_without_recognition_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, scanned pages are named in the notes; a file of nothing else is refused with advice."""
    monkeypatch.setattr(ocr, "available", lambda: False)
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    picture = tmp_path / "grey.ppm"
    picture.write_bytes(b"P6 2 2 255 " + bytes([120] * 12))
    canvas.drawImage(str(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    with pytest.raises(Unreadable, match="扫描件"):
        read_pdf(tmp_path / "a.pdf", "a.pdf")
    canvas = Canvas(str(tmp_path / "b.pdf"), pagesize=A4)
    canvas.drawImage(str(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.setFont(FONT, 16)
    canvas.drawString(100, 400, "到2025年，乡村学校全部达到标准。")
    canvas.save()
    source = read_pdf(tmp_path / "b.pdf", "b.pdf")
    assert Doubt.PICTURE_UNREAD in source.doubts
    assert "第 1 页" in source.notes[0]
    assert [block.page for block in source.blocks] == [2]
    assert len(source.page_starts) == 2


@needs_plans
@pytest.mark.parametrize("key", ["qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan"])
@pytest.mark.parametrize("closed", [True, False])
def test_the_real_plans_come_back(tmp_path: Path, key: str, closed: bool) -> None:
    """Each real plan, printed over pages with cut rows, comes back character by character and cell by cell."""
    plan = (PLANS / f"{key}.txt").read_text(encoding="utf-8")
    source = read_pdf(render_pdf(plan, tmp_path / "a.pdf", close_cut_rows=closed), "a.pdf")
    assert running_text(source) == printed_text(plan)
    assert rows_of(source) == printed_rows(plan)
    assert_points_into_text(source)


def test_reading_is_not_slower_than_twice_plain_extraction(tmp_path: Path) -> None:
    """Lines, tables and places take at most twice the time of pdfplumber's plain text of the same file."""
    path = render_pdf(PLAN, tmp_path / "a.pdf")
    read_pdf(path, "a.pdf")
    began = time.process_time()
    read_pdf(path, "a.pdf")
    ours = time.process_time() - began
    began = time.process_time()
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.close()
    assert ours <= 2 * (time.process_time() - began)
