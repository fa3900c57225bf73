"""Prints a plan's .txt as an office would: PDF pages after GB/T 9704, and scans of them.

The .txt holds flattened tables: a cell begins at a line with a leading tab, a row after an empty line. Leading empty cells are
merged with the cells above; a header with too few cells has a wide first cell. A header row that the text repeats begins a page.
Text that is already wrapped by hand (no line longer than 60 characters) is printed line by line as it stands.

The PDF names the font STSong-Light without holding it, so that making and reading it needs no font file. Scans are drawn by
pdfium, which needs a Chinese font on the machine: `scan_font()` tells whether there is one.
"""

from __future__ import annotations

import io
import math
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
FONT = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, WIDTH - 26 * MM, 37 * MM, HEIGHT - 35 * MM
SIZE, PITCH = 15.8, 28.95
CELL_SIZE, CELL_PITCH, CELL_PAD = 10.5, 14.5, 4.0
NO_LINE_START = "，。；：、！？）》」』】〕”’,.;:!?)%％"

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass
class PlanTable:
    """A flattened table of a .txt: rows of cells; None is a cell that the one above reaches into.

    `spans`: over how many columns the first cell of each row reaches; the columns that it reaches into are empty.
    """

    rows: list[list[str | None]]
    spans: list[int]

    def repeats_header(self, k: int) -> bool:
        """Whether row `k` is the first row once more."""
        return k > 0 and self.rows[k] == self.rows[0]


@dataclass
class Sheet:
    """What is to be printed on one page, measured from its top left corner."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def printed_blocks(text: str) -> list[str | PlanTable]:
    """The paragraphs and tables of a plan's text, in order; empty lines are left out."""
    blocks: list[str | PlanTable] = []
    rows: list[list[str]] = []
    after_blank = True
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("\t"):
            if after_blank or not rows:
                rows.append([])
            rows[-1].append(line[1:])
            after_blank = False
        elif not line.strip():
            if rows:
                rows[-1][-1] += "\n"
            after_blank = True
        elif rows and (not after_blank or _open_cell(rows) or _goes_on(lines, number)):
            rows[-1][-1] += "\n" + line
            after_blank = False
        else:
            if rows:
                blocks.append(_table(rows))
                rows = []
            blocks.append(line.rstrip())
            after_blank = False
    if rows:
        blocks.append(_table(rows))
    return blocks


def _open_cell(rows: list[list[str]]) -> bool:
    """After one empty line, text goes on in a cell while its row has fewer cells than the others."""
    return len(rows[-1]) < max(len(row) for row in rows) and not rows[-1][-1].endswith("\n\n")


def _goes_on(lines: list[str], number: int) -> bool:
    """Short lines after an empty one still belong to a row's last cell when the next row follows them."""
    for line in lines[number:]:
        if line.startswith("\t"):
            return True
        if len(line.strip()) > 8:
            return False
    return False


def _table(rows: list[list[str]]) -> PlanTable:
    width = max(len(row) for row in rows)
    laid: list[list[str | None]] = []
    for row in rows:
        cells: list[str | None] = [cell.strip("\n ") for cell in row]
        cells[1:1] = [""] * (width - len(cells))
        for k in range(width) if laid and len(row) == width else ():
            if cells[k]:
                break
            cells[k] = None
        laid.append(cells)
    return PlanTable(laid, [width - len(row) + 1 for row in rows])


def _wrap(text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    lines, line, used = [], "", indent
    for char in text:
        advance = pdfmetrics.stringWidth(char, FONT, size)
        if used + advance > width + 0.01 and line:
            keep = len(line)
            while keep > 1 and (char if keep == len(line) else line[keep]) in NO_LINE_START:
                keep -= 1
            lines.append(line[:keep])
            line = line[keep:]
            used = pdfmetrics.stringWidth(line, FONT, size)
        line += char
        used += advance
    return [*lines, line]


def _wrap_cell(text: str, width: float) -> list[str]:
    return [piece for line in text.split("\n") for piece in _wrap(line.strip(), CELL_SIZE, width)]


class _Printer:
    def __init__(self, close_cut_rows: bool) -> None:
        self.close_cut_rows = close_cut_rows
        self.sheets = [Sheet()]
        self.y = TOP

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn_page(self) -> None:
        self.sheets.append(Sheet())
        self.y = TOP

    def line(self, x: float, size: float, text: str) -> None:
        if self.y + PITCH > BOTTOM + 0.5:
            self.turn_page()
        self.sheet.texts.append((x, self.y + PITCH / 2 + size * 0.36, size, text))
        self.y += PITCH

    def paragraph(self, text: str) -> None:
        bare = text.strip()
        blanks = len(text) - len(text.lstrip())
        if _is_title(bare):
            for piece in _wrap(bare, 20, RIGHT - LEFT - 40):
                self.line((LEFT + RIGHT - pdfmetrics.stringWidth(piece, FONT, 20)) / 2, 20, piece)
        elif blanks > 4:
            self.line(max(LEFT, RIGHT - 4 * SIZE - pdfmetrics.stringWidth(bare, FONT, SIZE)), SIZE, bare)
        else:
            indent = 0.0 if bare.endswith("：") or blanks == 1 else 2 * SIZE
            for k, piece in enumerate(_wrap(bare, SIZE, RIGHT - LEFT, indent)):
                self.line(LEFT + (indent if k == 0 else 0.0), SIZE, piece)

    def table(self, table: PlanTable) -> None:
        xs = _columns(table)
        rows = table.rows
        for k, row in enumerate(rows):
            if table.repeats_header(k):
                self.turn_page()
            below = rows[k + 1] if k + 1 < len(rows) else [""] * len(row)
            span = table.spans[k]
            cells = []
            for c, cell in enumerate(row):
                right = xs[span] if c == 0 else xs[c + 1]
                cells.append(_wrap_cell(cell, right - xs[c] - 2 * CELL_PAD) if cell else [])
            self._row(cells, xs, span, [c is not None for c in row], [c is not None for c in below])

    def _row(self, cells: list[list[str]], xs: list[float], span: int, opens: list[bool], closes: list[bool]) -> None:
        """Prints a row over as many pages as it needs; `opens`, `closes`: which cells have a rule above and below.

        The first cell reaches over `span` columns.
        """
        rest = cells
        first = True
        while first or any(rest):
            room = int((BOTTOM - self.y - 2 * CELL_PAD) // CELL_PITCH)
            need = max((len(cell) for cell in rest), default=0)
            if room < min(need, 2):
                self.rule_across(xs, [True] * len(cells), self.y)
                self.turn_page()
                self.rule_across(xs, [True] * len(cells), self.y)
                room = int((BOTTOM - self.y - 2 * CELL_PAD) // CELL_PITCH)
            lines = min(room, max(need, 1))
            top, bottom = self.y, self.y + lines * CELL_PITCH + 2 * CELL_PAD
            for c, cell in enumerate(rest):
                for n, piece in enumerate(cell[:lines]):
                    if piece:
                        baseline = top + CELL_PAD + (n + 0.8) * CELL_PITCH
                        self.sheet.texts.append((xs[c] + CELL_PAD, baseline, CELL_SIZE, piece))
            for c, x in enumerate(xs):
                if not 0 < c < span:
                    self.sheet.rules.append((x, top, x, bottom))
            rest = [cell[lines:] for cell in rest]
            cut = any(rest)
            if first:
                self.rule_across(xs, opens, top)
            self.y = bottom
            if cut:
                if self.close_cut_rows:
                    self.rule_across(xs, [True] * len(cells), bottom)
                self.turn_page()
                if self.close_cut_rows:
                    self.rule_across(xs, [True] * len(cells), self.y)
            else:
                self.rule_across(xs, closes, bottom)
            first = False

    def rule_across(self, xs: list[float], where: list[bool], y: float) -> None:
        for c, ruled in enumerate(where):
            if ruled:
                self.sheet.rules.append((xs[c], y, xs[c + 1], y))


def _columns(table: PlanTable) -> list[float]:
    """Column edges: each at least as wide as its longest word, the rest shared out by how much text there is."""
    weights = []
    for c in range(len(table.rows[0])):
        texts = [row[c] or "" for row in table.rows]
        longest = max(len(line) for text in texts for line in text.split("\n"))
        weights.append(min(max(longest, 2.4), 6.0) + math.sqrt(sum(len(t) for t in texts) / len(texts)))
    xs = [LEFT]
    for weight in weights:
        xs.append(xs[-1] + (RIGHT - LEFT) * weight / sum(weights))
    return xs


def _is_title(text: str) -> bool:
    return len(text) <= 40 and bool(re.search(r"(方案|规划|计划|清单|意见|通知)$", text)) and not text.startswith("附件")


def plan_text(source: Path | str) -> str:
    """The text of a plan, given as its file or as the text itself."""
    return source.read_text(encoding="utf-8") if isinstance(source, Path) else source


def render_pdf(
    source: Path | str,
    out: Path,
    *,
    ruled_tables: bool = True,
    close_cut_rows: bool = True,
    page_numbers: bool = True,
    running_head: str = "",
    rects: bool = False,
) -> Path:
    """Prints a plan to `out`.

    `ruled_tables=False` leaves the rules out; `close_cut_rows`: whether a row that a page break cuts has rules at the cut (Word
    draws them, others do not); `running_head` stands at the top of every page; `rects` draws rules as thin filled boxes, as
    Word does.
    """
    text = plan_text(source)
    by_hand = max(len(line) for line in text.split("\n")) <= 60
    printer = _Printer(close_cut_rows)
    for block in printed_blocks(text):
        if isinstance(block, PlanTable):
            printer.table(block)
        elif by_hand:
            printer.line(LEFT, SIZE, block.strip())
        else:
            printer.paragraph(block)
    canvas = Canvas(str(out), pagesize=A4, invariant=True)
    for number, sheet in enumerate(printer.sheets, 1):
        _draw(canvas, sheet, ruled_tables, rects)
        if running_head:
            _write(canvas, LEFT, 22 * MM, 9, running_head)
        if page_numbers:
            label = f"— {number} —"
            x = RIGHT - 14 - pdfmetrics.stringWidth(label, FONT, 14) if number % 2 else LEFT + 14
            _write(canvas, x, HEIGHT - 26 * MM, 14, label)
        canvas.showPage()
    canvas.save()
    return out


def _write(canvas: Canvas, x: float, y: float, size: float, text: str) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - y, text)


def _draw(canvas: Canvas, sheet: Sheet, ruled: bool, rects: bool) -> None:
    for x, y, size, text in sheet.texts:
        _write(canvas, x, y, size, text)
    canvas.setLineWidth(0.5)
    for x0, y0, x1, y1 in sheet.rules if ruled else []:
        if rects:
            canvas.rect(x0 - 0.25, HEIGHT - y1 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
        else:
            canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)


def scan_font() -> bool:
    """Whether this machine has a Chinese font for pdfium to draw with."""
    lister = which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout.strip())


def scanned_pages(
    pdf: Path, *, dpi: int = 200, skew: float = 1.5, seed: int = 1, quality: int = 60, seal_text: str = "印发"
) -> Iterator[bytes]:
    """The pages of a PDF as a flat-bed scanner gives them: JPEG, turned by up to `skew` degrees, grey and noisy.

    A red seal covers the first date of signature, else the end of the first page. The same `seed` gives the same scan.
    """
    rng = np.random.default_rng(seed)
    with pypdfium2.PdfDocument(pdf) as document:
        sealed = _signature(document)
        for number in range(len(document)):
            page = document[number]
            image = page.render(scale=dpi / 72).to_numpy()[:, :, :3].copy()
            if sealed and sealed[0] == number:
                _stamp(image, int(sealed[1] * dpi / 72), int(sealed[2] * dpi / 72), dpi)
            page.close()
            yield _worn(image, rng, skew, quality)


def _signature(document: pypdfium2.PdfDocument) -> tuple[int, float, float] | None:
    for number in range(min(len(document), 3)):
        page = document[number]
        text = page.get_textpage()
        content = text.get_text_range()
        for match in re.finditer(r"^\s*20\d\d ?年 ?\d+ ?月 ?\d+ ?日\s*$", content, re.MULTILINE):
            left, bottom, right, top = text.get_charbox(content.index("年", match.start()))
            return number, (left + right) / 2, page.get_height() - (top + bottom) / 2 - 12
    return None


def _stamp(image: np.ndarray, x: int, y: int, dpi: int) -> None:
    """A round red seal, ink laid over what is printed: it darkens, and hides nothing."""
    ink = np.full_like(image, 255)
    radius = int(21 * dpi / 25.4)
    cv2.circle(ink, (x, y), radius, (40, 40, 220), max(3, dpi // 40), cv2.LINE_AA)
    points = [
        (x + int(r * math.sin(k * math.pi / 5)), y - int(r * math.cos(k * math.pi / 5)))
        for k in range(10)
        for r in [radius * (0.36 if k % 2 == 0 else 0.15)]
    ]
    cv2.fillPoly(ink, [np.array(points)], (40, 40, 220), cv2.LINE_AA)
    for k in range(14):
        angle = math.radians(-130 + k * 20)
        at = (x + int(radius * 0.78 * math.sin(angle)) - 10, y - int(radius * 0.78 * math.cos(angle)) + 10)
        cv2.putText(ink, "#", at, cv2.FONT_HERSHEY_SIMPLEX, dpi / 200, (40, 40, 220), 3, cv2.LINE_AA)
    np.minimum(image, ink, out=image)


def _worn(image: np.ndarray, rng: np.random.Generator, skew: float, quality: int) -> bytes:
    height, width = image.shape[:2]
    angle = float(rng.uniform(-skew, skew)) if skew else 0.0
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(250, 250, 250))
    blurred = cv2.GaussianBlur(turned, (3, 3), 0.6).astype(np.float32) * 0.92 + 16
    noisy = blurred + rng.normal(0, 7, size=(height, width, 1)).astype(np.float32)
    specks = rng.random((height, width)) < 0.00005
    noisy[specks] = 60
    picture = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)[:, :, ::-1])
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality)
    return data.getvalue()


def render_scan(pdf: Path, out: Path, *, dpi: int = 200, skew: float = 1.5, seed: int = 1, quality: int = 60) -> Path:
    """A PDF of nothing but pictures: the scan of `pdf` (see `scanned_pages`)."""
    canvas = Canvas(str(out), pagesize=A4, invariant=True)
    for data in scanned_pages(pdf, dpi=dpi, skew=skew, seed=seed, quality=quality):
        picture = ImageReader(io.BytesIO(data))
        width, height = (length * 72 / dpi for length in picture.getSize())
        canvas.setPageSize((width, height))
        canvas.drawImage(picture, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out
