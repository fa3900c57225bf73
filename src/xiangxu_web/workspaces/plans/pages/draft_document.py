"""The left side of a draft: the document as the office knows it, and the picture of a page."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiangxu.importer.read.picturing import NoPicture
from xiangxu_web.kernel.files.attach import attachments
from xiangxu_web.kernel.files.serve import sent
from xiangxu_web.kernel.permission import row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.drafting.sheets import blocks_of_text
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.page_pictures import picture_of

Json = dict[str, Any]
# The drawing over a page counts in thousandths of its width.
_WIDE = 1000


@dataclass(frozen=True)
class Cell:
    """A cell with its runs of text, each with the offset at which it begins."""

    runs: list[tuple[int, str]]
    across: int = 1
    down: int = 1
    lit: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, or a table as rows of cells."""

    key: str
    start: int
    looks: str = ""
    runs: list[tuple[int, str]] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A page as its picture; ``marks`` are the places lit on it without script."""

    number: int
    url: str
    width: int
    height: int
    marks: list[Json]


@dataclass(frozen=True)
class Shown:
    """The document: its pages, or its blocks. ``lines`` is what the script needs to light a place on a page."""

    pages: list[Page]
    blocks: list[Block]
    lines: Json

    def anchor(self, place: Json) -> str:
        """Where on the left side a place stands: the page or the block that a link leads to."""
        if not place:
            return ""
        if self.pages:
            return f"page-{place.get('page') or 1}"
        starts = [block.start for block in self.blocks]
        at = bisect_right(starts, place["start"]) - 1
        return self.blocks[max(at, 0)].key if self.blocks else ""


def document_of(draft: Draft, lit: Json | None, plan: int | None = None) -> Shown:
    """The document of a draft, with one place of it lit; as the document of a published ``plan``, its pages go by the plan's rule."""
    span = (lit["start"], lit["end"]) if lit else (0, 0)
    if draft.pages and draft.pages[0]["kind"] == "picture":
        pages = [_page(page, span, _address(draft, page["number"], plan)) for page in draft.pages]
        return Shown(pages, [], {str(page["number"]): page["lines"] for page in draft.pages})
    blocks = draft.pages[0]["blocks"] if draft.pages else blocks_of_text(draft.text)
    return Shown([], [_block(f"b{n}", block, draft.text, span) for n, block in enumerate(blocks)], {})


def _address(draft: Draft, number: int, plan: int | None) -> str:
    return reverse("draft-page", args=[draft.pk, number]) if plan is None else reverse("plan-page", args=[plan, number])


def _page(page: Json, span: tuple[int, int], address: str) -> Page:
    high = round(_WIDE * page["height"] / page["width"])
    marks = [
        {
            "x": round(left * _WIDE),
            "y": round(top * high),
            "width": round((right - left) * _WIDE),
            "height": round((bottom - top) * high),
        }
        for start, end, left, top, right, bottom in page["lines"]
        if start < span[1] and end > span[0]
    ]
    return Page(page["number"], address, _WIDE, high, marks)


def _block(key: str, block: Json, text: str, span: tuple[int, int]) -> Block:
    if "rows" in block:
        rows = [
            [
                Cell(runs := _runs(cell["runs"], text), cell["across"], cell["down"], _lit(cell["runs"], span) if runs else False)
                for cell in row
            ]
            for row in block["rows"]
        ]
        start = min((at for row in rows for cell in row for at, words in cell.runs), default=0)
        return Block(key, start, rows=rows)
    looks = [name for name in ("centred", "bold", "whole") if block.get(name)]
    looks += [f"heading-{min(block['heading'], 3)}"] if block.get("heading") else []
    looks += ["at"] if _lit(block["runs"], span) else []
    return Block(key, block["runs"][0][0] if block["runs"] else 0, " ".join(looks), _runs(block["runs"], text))


def _runs(runs: list[list[int]], text: str) -> list[tuple[int, str]]:
    return [(start, text[start:end]) for start, end in runs]


def _lit(runs: list[list[int]], span: tuple[int, int]) -> bool:
    return any(start < span[1] and end > span[0] for start, end in runs)


@require_safe
def page(request: Request, key: int, number: int) -> HttpResponseBase:
    """The picture of one page, for whoever sees the draft; drawn at the first asking and kept. It can be drawn again at any time."""
    draft: Draft = row("draft.see", request.actor, pk=key)
    return picture(request, draft, [file.blob_id for file in attachments(request.actor, draft)], number)


def picture(request: Request, draft: Draft, files: list[str], number: int) -> HttpResponseBase:
    """The picture of a page as an answer, for a reader who may see it: the caller has asked the rule."""
    try:
        target = picture_of(draft, files, number)
    except NoPicture as problem:
        raise Http404(_("这份文件没有这一页，或者这一页画不出来：原文件可能已损坏或不在服务器上。")) from problem
    name, etag = f"{draft.pk}-{number}.webp", f"{target.stem[:28]}-{number}"
    return sent(request, target, media_type="image/webp", name=name, etag=etag, shown=True, kept=True)
