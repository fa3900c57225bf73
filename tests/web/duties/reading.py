"""How the walk reads an answer: everything a visitor could make out of it."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
from django.http import HttpResponse

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PASSING = re.compile(r'(csrfmiddlewaretoken" value|nonce|data-request)="[^"]*"')
_SCRIPT, _BLANKS = re.compile(r"<script.*?</script>", re.S), re.compile(r"\s+")


def text(answer: HttpResponse) -> str:
    """Everything readable in an answer: a page's source, every cell of a workbook, the names it is offered under."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    about = f"{answer.get('Content-Disposition', '')} {answer.get('Location', '')}"
    if answer.get("Content-Type", "") == EXCEL:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        return "\n".join((about, *book.sheetnames, *cells))
    return f"{about}\n{content.decode(errors='replace')}"


def main_text(page: str) -> str:
    """The words of a page without what changes from one showing to the next."""
    inner = page[page.find("<main") : page.rfind("</main>")] if "<main" in page else page
    return _BLANKS.sub(" ", _SCRIPT.sub("", _PASSING.sub("", inner)))
