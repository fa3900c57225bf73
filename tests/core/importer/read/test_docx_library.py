"""Files of python-docx, whose template is Word's own: built-in styles, lists and merged cells as Word lays them down."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.core.importer.read.word import grid, lines
from xiangxu.importer.read import read
from xiangxu.importer.source import Line


def test_built_in_styles_and_tables(tmp_path: Path) -> None:
    """Headings have their level, the style List Number its numbers, merged cells are marked."""
    document = docx.Document()
    document.add_heading("云岭县方案", 0)
    document.add_heading("总体要求", 1)
    centred = document.add_paragraph("清单")
    centred.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("撤并", style="List Number")
    document.add_paragraph("新建", style="List Number")
    made = document.add_table(rows=3, cols=3)
    for row, texts in zip(made.rows, (["项目", "", "时限"], ["布局", "撤并", "2025年"], ["", "新建", "2027年"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.cell(0, 0).merge(made.cell(0, 1))
    made.cell(1, 0).merge(made.cell(2, 0))
    path = tmp_path / "a.docx"
    document.save(str(path))
    source = read(path)
    assert lines(source) == ["云岭县方案", "总体要求", "清单", "1. 撤并", "2. 新建"]
    assert [(b.heading, b.centred) for b in source.blocks if isinstance(b, Line)][1:3] == [(1, False), (None, True)]
    assert grid(source) == [["项目", "←", "时限"], ["布局", "撤并", "2025年"], ["↑", "新建", "2027年"]]
