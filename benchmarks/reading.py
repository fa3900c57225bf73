"""How long reading a plan takes, beside named peers, in one run.

The documents are the five real plans where they are at hand, else the invented ones of the tests; Word files and PDFs are made
from the same text. A figure is the best of three calls in one process unless it says otherwise.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pdfplumber
from markitdown import MarkItDown
from tests.paths import PLANS, REPOSITORY
from tests.render import docx_of_flattened
from tests.render_pdf import render_pdf

from xiangxu.importer.plan import read_plan

FIXTURES = REPOSITORY / "tests" / "plans" / "documents"


def best_of(times: int, call: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    found = []
    for _ in range(times):
        began = perf_counter()
        call()
        found.append(perf_counter() - began)
    return min(found)


def plain_text(path: Path) -> int:
    """What pdfplumber's plain text of a whole file amounts to."""
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_text() or "") for page in pdf.pages)


def whole_process(*arguments: str) -> float:
    """Best of five: the command line as a process of its own."""
    command = [sys.executable, "-m", "xiangxu.cli.main", *arguments]
    return best_of(5, lambda: subprocess.run(command, check=True, capture_output=True))


def peak_memory(path: Path) -> tuple[float, float]:
    """Seconds and the peak of memory in MB that reading a file takes, in a process of its own."""
    code = (
        "import resource, sys, time; from pathlib import Path; from xiangxu.importer.plan import read_plan; "
        "t = time.perf_counter(); read_plan(Path(sys.argv[1])); "
        "print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    printed = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True).stdout
    seconds, megabytes = printed.split()
    return float(seconds), float(megabytes)


def texts() -> list[Path]:
    """The documents to read."""
    return sorted(PLANS.glob("*.txt")) or sorted(FIXTURES.glob("*.txt"))


def run(quick: bool) -> list[str]:
    """Prints every figure; gives those that are over their bar. ``quick``: without the PDF of 300 pages."""
    over: list[str] = []
    peer = MarkItDown()

    def check(name: str, value: float, bar: float) -> str:
        if value > bar:
            over.append(f"{name}: {value:.2f} > {bar}")
        return "" if value <= bar else "  ✕"

    with tempfile.TemporaryDirectory() as folder:
        print(
            f"{'document':<16}{'.txt s':>9}{'.docx s':>9}{'markitdown s':>14}{'ratio':>7}{'.pdf s':>9}{'pdfplumber s':>14}{'ratio':>7}"
        )
        for path in texts():
            word, pdf = Path(folder) / f"{path.stem}.docx", Path(folder) / f"{path.stem}.pdf"
            docx_of_flattened(path.read_text(encoding="utf-8"), word)
            render_pdf(path, pdf)
            text_s = best_of(3, lambda p=path: read_plan(p))  # type: ignore[misc]
            word_s = best_of(3, lambda p=word: read_plan(p))  # type: ignore[misc]
            peer_s = best_of(3, lambda p=word: peer.convert(str(p)))  # type: ignore[misc]
            pdf_s = best_of(3, lambda p=pdf: read_plan(p))  # type: ignore[misc]
            plain_s = best_of(3, lambda p=pdf: plain_text(p))  # type: ignore[misc]
            marks = check(f"{path.stem}.txt", text_s, 0.5) + check(f"{path.stem}.docx", word_s, 1.5)
            marks += check(f"{path.stem}.pdf ratio", pdf_s / plain_s, 2.0)
            print(
                f"{path.stem:<16}{text_s:>9.3f}{word_s:>9.3f}{peer_s:>14.3f}{word_s / peer_s:>7.2f}"
                f"{pdf_s:>9.3f}{plain_s:>14.3f}{pdf_s / plain_s:>7.2f}{marks}"
            )

        print("\nlength    .txt s   s per 10,000 characters")
        base = texts()[0].read_text(encoding="utf-8")
        for times in (1, 2, 4, 8):
            longer = Path(folder) / f"long{times}.txt"
            longer.write_text(base * times, encoding="utf-8")
            seconds = best_of(2, lambda p=longer: read_plan(p))  # type: ignore[misc]
            print(f"×{times:<6}{seconds:>9.3f}{seconds / (len(base) * times) * 10_000:>14.4f}")

        help_s = whole_process("--help")
        print(f"\nxiangxu --help, a whole process: {help_s:.3f} s{check('--help', help_s, 0.4)}")

        if not quick:
            big = Path(folder) / "big.pdf"
            pages = 0
            for times in range(12, 60, 4):
                render_pdf(base * times, big)
                with pdfplumber.open(big) as pdf:
                    pages = len(pdf.pages)
                if pages >= 300:
                    break
            seconds, megabytes = peak_memory(big)
            print(
                f"PDF of {pages} pages: {seconds:.1f} s, peak memory {megabytes:.0f} MB{check('300-page PDF, MB', megabytes, 500)}"
            )
    return over
