"""How the walk reads an answer: everything a visitor could make out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import openpyxl
from django.contrib.messages import get_messages
from django.http import HttpResponse
from lxml import etree

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Where a Word document carries words: its text, what stands above and below each page, the notes under it.
_WRITTEN = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_PASSING = re.compile(r'(csrfmiddlewaretoken" value|nonce|data-request)="[^"]*"')
_SCRIPT, _BLANKS = re.compile(r"<script.*?</script>", re.S), re.compile(r"\s+")


def text(answer: HttpResponse) -> str:
    """Everything readable in an answer: a page's source, every cell of a workbook, every paragraph of a Word document, the names it is
    offered under, and what it leaves to be told on the next page, as refusals are."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    about = "\n".join((answer.get("Content-Disposition", ""), answer.get("Location", ""), *_left(answer)))
    if answer.get("Content-Type", "") == EXCEL:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        return "\n".join((about, *book.sheetnames, *cells))
    if answer.get("Content-Type", "") == WORD:
        return "\n".join((about, *_paragraphs(content)))
    return f"{about}\n{content.decode(errors='replace')}"


def _left(answer: HttpResponse) -> Iterator[str]:
    """What is still to be told to whoever asked."""
    yield from (str(message) for message in get_messages(answer.wsgi_request))  # type: ignore[attr-defined]


def _paragraphs(document: bytes) -> Iterator[str]:
    """The paragraphs of a Word document, each with its runs joined."""
    with ZipFile(BytesIO(document)) as parts:
        for part in filter(_WRITTEN.fullmatch, parts.namelist()):
            for paragraph in etree.fromstring(parts.read(part)).iter("{*}p"):
                yield "".join(run.text or "" for run in paragraph.iter("{*}t"))


def main_text(page: str) -> str:
    """The words of a page without what changes from one showing to the next."""
    inner = page[page.find("<main") : page.rfind("</main>")] if "<main" in page else page
    return _BLANKS.sub(" ", _SCRIPT.sub("", _PASSING.sub("", inner)))
