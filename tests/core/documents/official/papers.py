"""Official documents of an invented county, for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph as WordParagraph

from xiangxu.cards import Packs
from xiangxu.cards.kinds import OfficialLayout
from xiangxu.documents.official import (
    Annex,
    Brief,
    Column,
    Heading,
    Imprint,
    Note,
    OfficialDocument,
    Paragraph,
    RedHead,
    Table,
    layout_of,
    official_docx,
)

# Forty-one characters without punctuation: a line is full wherever it is broken.
LONG = "乡村教育振兴事关农村孩子的前途和乡村的未来各镇各部门要把它放在心上抓在手上落到实处"


@cache
def layout() -> OfficialLayout:
    """The shipped card."""
    return layout_of(Packs.load().at())


def table(rows: int = 3) -> Table:
    """A list of tasks; every second one has nothing in its last cell."""
    columns = (Column("序号", 11, "center"), Column("任务", 70), Column("时限", 31, "center"), Column("情况", 44))
    cells = tuple((str(n), "新建改扩建公办幼儿园", "2025年12月31日", None if n % 2 else "逾期") for n in range(1, rows + 1))
    return Table(columns, cells)


def notice() -> OfficialDocument:
    """A red-headed notice with every element."""
    return OfficialDocument(
        title="关于印发《云溪县乡村教育振兴行动方案》的通知",
        number="云政发〔2026〕7号",
        to="各乡镇人民政府",
        blocks=(
            Paragraph("现将方案印发给你们。"),
            Heading("总体要求"),
            Heading("主要目标", 2),
            Heading("近期", 3),
            Heading("教师", 4),
            Paragraph("请王副县长阅示。", quoted=True),
            Heading("工作要求"),
            Paragraph("请认真贯彻执行。"),
        ),
        signature="云溪县人民政府",
        day=date(2026, 3, 5),
        remark="此件公开发布",
        annexes=(
            Annex("任务清单", (table(60), Note("注：“—”为没有数据。"))),
            Annex("目标清单", (replace(table(), ruled="three"),)),
        ),
        head=RedHead("云溪县人民政府文件"),
        imprint=Imprint("县委办公室，县人大常委会办公室", "云溪县人民政府办公室", date(2026, 3, 6)),
    )


def full_pages() -> OfficialDocument:
    """Three pages of nothing but characters, signed without a seal."""
    return OfficialDocument("整页", (Paragraph(LONG * 45),), signature="云溪县教育和体育局", day=date(2026, 12, 31), sealed=False)


def brief() -> OfficialDocument:
    """The notice as a brief."""
    head = Brief("云溪县乡村教育振兴工作通报", "第3期", "云溪县乡村教育振兴工作领导小组办公室")
    return replace(notice(), head=head, number="", signature="")


def opened(document: OfficialDocument) -> Document:
    """The document written and read back."""
    return docx.Document(BytesIO(official_docx(document, layout())))


def said(word: Document, text: str) -> WordParagraph:
    """The first paragraph with that text in it."""
    return next(paragraph for paragraph in word.paragraphs if text in paragraph.text)
