"""Word files as pages that can be looked at and measured: LibreOffice makes a PDF, pypdfium2 reads and paints it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from xiangxu.importer.read.office import program

needs_office = pytest.mark.skipif(
    program() is None, reason="LibreOffice (soffice) is not installed; rendered pages are not looked at"
)

# The faces that official documents name are seldom installed; without a rule all of them would fall to one sans.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{}</fontconfig>"""
_ALIAS = '<alias binding="strong"><family>{}</family><prefer><family>{}</family></prefer></alias>'
_FACES = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "Noto Serif CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A character on a page: its box in millimetres from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def pdf_of(word: bytes, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a Word file; with a profile of its own, since two runs on one profile fail silently."""
    source = folder / "document.docx"
    source.write_bytes(word)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format("".join(_ALIAS.format(*pair) for pair in _FACES.items())), encoding="utf-8")
    soffice = program()
    assert soffice is not None
    command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=180)
    made = folder / "document.pdf"
    assert made.is_file(), "LibreOffice made no file"
    return made


def signs(pdf: Path) -> list[list[Sign]]:
    """Of every page its characters, without blanks."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_signs(page) for page in document]


def _signs(page: pypdfium2.PdfPage) -> list[Sign]:
    height = page.get_height()
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        sign = text.get_text_range(index, 1)
        if not sign.strip():
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        scale = 25.4 / 72
        found.append(Sign(sign, left * scale, (height - top) * scale, right * scale, (height - bottom) * scale))
    return found


def lines(page: list[Sign]) -> list[list[Sign]]:
    """A page's characters line by line, from the top; those of one line have their middles within two millimetres."""
    rows: list[list[Sign]] = []
    for sign in sorted(page, key=_middle):
        if rows and _middle(sign) - _middle(rows[-1][0]) < 2:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [sorted(row, key=lambda sign: sign.left) for row in rows]


def _middle(sign: Sign) -> float:
    return (sign.top + sign.bottom) / 2


def words(line: list[Sign]) -> str:
    """The text of a line."""
    return "".join(sign.text for sign in line)


def paint(pdf: Path, folder: Path) -> list[Path]:
    """Every page as a picture."""
    made = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            picture = folder / f"page-{number}.png"
            page.render(scale=1.3).to_pil().save(picture)
            made.append(picture)
    return made
