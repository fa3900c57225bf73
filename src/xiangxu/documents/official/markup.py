"""Paragraphs and tables as the XML of Word files."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from xiangxu.documents.official import styles
from xiangxu.documents.official.document import Column, Table
from xiangxu.documents.official.layout import Measures, rule
from xiangxu.documents.texts import fit

NOTHING = "—"


def paragraph(style: str, text: str, properties: str = "", run: str = "", *, keep: bool = False) -> str:
    """A paragraph in a style. Line feeds break the line, tabs go to the next stop; what XML cannot hold is left out.

    `properties` and `run` are further properties of the paragraph and of its text, in the order that Word asks for; `keep`: on one
    page with what follows.
    """
    kept = "<w:keepNext/>" if keep else ""
    runs = f"<w:r>{f'<w:rPr>{run}</w:rPr>' if run else ''}{_texts(text)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{styles.style_id(style)}"/>{kept}{properties}</w:pPr>{runs}</w:p>'


def _texts(text: str) -> str:
    lines = ["<w:tab/>".join(map(_text, line.split("\t"))) for line in text.split("\n")]
    return "<w:br/>".join(lines)


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(fit(text))}</w:t>' if text else ""


def table(measures: Measures, table: Table, *, keep: bool = False) -> str:
    """A table as wide as the text. The header row is repeated on each page; no row is torn by a page's end.

    `keep`: the last row stays with what follows.
    """
    last = len(table.rows) - 1
    widths = _widths(table.columns, measures.text_width)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    titles = [(column.title, styles.TABLE_HEAD, "") for column in table.columns]
    head = _row(titles, widths, "<w:tblHeader/>", _head_rule(measures, table), keep=True)
    aligned = [f'<w:jc w:val="{column.align}"/>' for column in table.columns]
    rows = "".join(
        _row(
            [
                (NOTHING if cell is None else cell, styles.TABLE_CELL, '<w:jc w:val="center"/>' if cell is None else way)
                for cell, way in zip(row, aligned, strict=True)
            ],
            widths,
            keep=keep and number == last,
        )
        for number, row in enumerate(table.rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{measures.text_width}" w:type="dxa"/><w:jc w:val="center"/>{_borders(measures, table)}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """The columns' widths in proportion to their shares; the last takes what rounding leaves."""
    total = sum(column.share for column in columns)
    widths = [int(room * column.share / total) for column in columns]
    return [*widths[:-1], room - sum(widths[:-1])]


def _row(
    cells: Sequence[tuple[str, str, str]], widths: Sequence[int], head: str = "", borders: str = "", *, keep: bool = False
) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, text, properties, keep=keep)}</w:tc>"
        for (text, style, properties), width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inner}</w:tr>"


def _borders(measures: Measures, table: Table) -> str:
    outer, inner = rule(measures.card.annex.outer_rule_mm), rule(measures.card.annex.inner_rule_mm)
    sides = {"top": outer, "bottom": outer}
    if table.ruled == "grid":
        sides = {"top": outer, "left": outer, "bottom": outer, "right": outer, "insideH": inner, "insideV": inner}
    return f"<w:tblBorders>{''.join(border(side, weight) for side, weight in sides.items())}</w:tblBorders>"


def _head_rule(measures: Measures, table: Table) -> str:
    if table.ruled == "grid":
        return ""
    return f"<w:tcBorders>{border('bottom', rule(measures.card.annex.inner_rule_mm))}</w:tcBorders>"


def border(side: str, weight: int, colour: str = "000000", gap: int = 0) -> str:
    """One line of a border: its side, weight in eighths of a point, colour, and distance from the text in points."""
    return f'<w:{side} w:val="single" w:sz="{weight}" w:space="{gap}" w:color="{colour}"/>'
