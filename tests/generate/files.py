"""Prints a generated document as a file: Word with and without automatic numbering, a web page, a workbook, PDF pages."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from openpyxl import Workbook

from tests.generate.layouts import paragraphs, pieces
from tests.generate.paper import Heading, Paper, TaskList
from tests.render_pdf import render_pdf


def merged_stretches(tasks: TaskList, column: int) -> list[tuple[int, int]]:
    """The first and last row of every merged cell of a column."""
    firsts = [k for k in range(len(tasks.rows)) if not tasks.merges_with_above(k, column)]
    return [(a, b - 1) for a, b in zip(firsts, [*firsts[1:], len(tasks.rows)], strict=True) if b - a > 1]


# Word


def word(paper: Paper, out: Path, numbered: bool) -> Path:
    """A Word file. `numbered`: Word makes the numbers of headings, so that the text does not hold them."""
    document = docx.Document()
    numbering = _Numbering(document, paper) if numbered else None
    for piece in pieces(paper):
        if isinstance(piece, TaskList):
            _word_table(document, piece)
            continue
        by_word = numbering is not None and piece.heading is not None
        paragraph = document.add_paragraph(piece.text if by_word else piece.printed)
        if piece.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif piece.kind == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif piece.kind == "body":
            paragraph.paragraph_format.first_line_indent = Pt(32)
        if numbering is not None and piece.heading is not None:
            number, level = numbering.of(piece.heading)
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = level
            properties.get_or_add_numId().val = number
    document.save(str(out))
    return out


def _word_table(document: Document, tasks: TaskList) -> None:
    table = document.add_table(rows=1 + len(tasks.rows), cols=len(tasks.columns), style="Table Grid")
    for column, name in enumerate(tasks.header()):
        table.cell(0, column).text = name
    for column in range(len(tasks.columns)):
        for row in range(len(tasks.rows)):
            if not tasks.merges_with_above(row, column):
                table.cell(row + 1, column).text = tasks.cell(row, column)
        for first, last in merged_stretches(tasks, column):
            table.cell(first + 1, column).merge(table.cell(last + 1, column))


class _Numbering:
    """Word's numbering for the headings of a paper: one list for each run of siblings, begun at the number of the first."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self.root = document.part.numbering_part.element
        self.numbers: dict[int, tuple[int, int]] = {}
        self.next_id = 100
        self._add(paper.chapters, 0)

    def of(self, heading: Heading) -> tuple[int, int]:
        """The list and the level of a heading."""
        return self.numbers[id(heading)]

    def _add(self, siblings: tuple[Heading, ...], level: int) -> None:
        if not siblings:
            return
        first = siblings[0]
        self.next_id += 1
        pattern = {"task": "任务%N", "bracket": "（%N）", "digit_bracket": "（%N）"}.get(first.style, "%N") + first.mark
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.next_id}"><w:multiLevelType w:val="multilevel"/>'
            f'<w:lvl w:ilvl="{level}"><w:start w:val="{first.ordinal}"/>'
            f'<w:numFmt w:val="{"decimal" if first.style.startswith("digit") else "chineseCounting"}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern.replace("%N", f"%{level + 1}")}"/></w:lvl></w:abstractNum>'
        )
        # Word wants every abstractNum before the first num.
        self.root.insert(0, abstract)
        self.root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.next_id}"><w:abstractNumId w:val="{self.next_id}"/></w:num>')
        )
        number = self.next_id
        for heading in siblings:
            self.numbers[id(heading)] = (number, level)
            self._add(heading.children, level + 1)


# Web page, workbook, PDF


def web_page(paper: Paper) -> str:
    """A page as a government's site shows it: a paragraph in each <p>, the list as a table with rowspan."""
    body: list[str] = []
    for piece in pieces(paper):
        if isinstance(piece, TaskList):
            body.append(_web_table(piece))
        elif piece.kind != "break":
            align = {"title": "center", "right": "right"}.get(piece.kind, "left")
            blanks = "&emsp;&emsp;" if piece.kind == "body" else ""
            body.append(f'<p style="text-align:{align}">{blanks}{escape(piece.printed)}</p>')
    return f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>公文</title></head><body>{"".join(body)}</body></html>'


def _web_table(tasks: TaskList) -> str:
    spans = {(a, c): b - a + 1 for c in range(len(tasks.columns)) for a, b in merged_stretches(tasks, c)}
    rows = ["".join(f"<th>{escape(name)}</th>" for name in tasks.header())]
    for row in range(len(tasks.rows)):
        cells = ""
        for column in range(len(tasks.columns)):
            if not tasks.merges_with_above(row, column):
                text = escape(tasks.cell(row, column)).replace("\n", "<br>")
                cells += f'<td rowspan="{spans.get((row, column), 1)}">{text}</td>'
        rows.append(cells)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def workbook(tasks: TaskList, out: Path) -> Path:
    """The list alone, its title merged over all columns, merged cells merged."""
    book = Workbook()
    sheet = book.active
    sheet.title = "清单"
    sheet.append([tasks.title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(tasks.columns))
    sheet.append(tasks.header())
    for row in range(len(tasks.rows)):
        columns = range(len(tasks.columns))
        sheet.append([None if tasks.merges_with_above(row, c) else tasks.cell(row, c) for c in columns])
    for column in range(len(tasks.columns)):
        for first, last in merged_stretches(tasks, column):
            sheet.merge_cells(start_row=first + 3, end_row=last + 3, start_column=column + 1, end_column=column + 1)
    book.save(out)
    return out


def pdf(paper: Paper, out: Path) -> Path:
    """PDF pages with page numbers, the list ruled and broken over pages.

    Each row has its own project: on paper a merged cell that a page break cuts begins anew, empty, and what is empty may as
    well be a cell that was left empty.
    """
    if paper.tasks:
        paper = replace(paper, tasks=replace(paper.tasks, merged=False))
    return render_pdf(paragraphs(paper, indent="　　"), out)
