"""The left side of a draft: the document as the office knows it, and the picture of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
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
from xiangxu_web.workspaces.plans.page_pictures import picture_of, shown_as_pages
from xiangxu_web.workspaces.plans.typesetting import Pages, course_of

Json = dict[str, Any]
# The drawing over a page counts in thousandths of its width.
_WIDE = 1000
# A mark's frame stands so far from the words.
_AROUND = 3
# In shares of its width: how far apart pieces of one line may stand.
_BESIDE = 0.03


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
    """The document: its pages, or its blocks. ``lines`` is what the script needs to light a place on a page. ``other``: what else a Word
    file whose pages are set can be shown as, ``text`` or ``pages``."""

    pages: list[Page]
    blocks: list[Block]
    lines: Json
    other: str = ""

    @cached_property
    def _begins(self) -> list[tuple[int, str]]:
        """Where in the text each page or block begins, with its key."""
        if self.pages:
            return sorted((line[0], f"page-{number}") for number, lines in self.lines.items() for line in lines)
        return [(block.start, block.key) for block in self.blocks]

    def anchor(self, place: Json) -> str:
        """Where on the left side a place stands: the page or the block that a link leads to. What was not found on a page is on that
        of what stands before it."""
        if not place or not self._begins:
            return f"page-{self.pages[0].number}" if place and self.pages else ""
        at = bisect_right(self._begins, place["start"], key=lambda begin: begin[0]) - 1
        return self._begins[max(at, 0)][1]


def document_of(draft: Draft, lit: Json | None, plan: int | None = None, *, as_text: bool = False) -> Shown:
    """The document of a draft, with one place of it lit; as the document of a published ``plan``, its pages go by the plan's rule.

    ``as_text``: a Word file's paragraphs even where there are pages, to be searched, copied and read aloud.
    """
    span = (lit["start"], lit["end"]) if lit else (0, 0)
    sheets = draft.pages or [{"kind": "text", "blocks": blocks_of_text(draft.text)}]
    as_pages = shown_as_pages(draft)
    if not as_pages or (as_text and sheets[-1]["kind"] == "text"):
        blocks = [_block(f"b{n}", block, draft.text, span) for n, block in enumerate(sheets[-1]["blocks"])]
        return Shown([], blocks, {}, "pages" if as_pages else "")
    pages = [page for page in sheets if page["kind"] == "picture"]
    shown = [_page(page, span, _address(draft, page["number"], plan)) for page in pages]
    return Shown(shown, [], {str(page["number"]): page["lines"] for page in pages}, "text" if "set" in pages[0] else "")


def _address(draft: Draft, number: int, plan: int | None) -> str:
    return reverse("draft-page", args=[draft.pk, number]) if plan is None else reverse("plan-page", args=[plan, number])


def _page(page: Json, span: tuple[int, int], address: str) -> Page:
    high = round(_WIDE * page["height"] / page["width"])
    marks = [
        {
            "x": round(left * _WIDE) - _AROUND,
            "y": round(top * high) - _AROUND,
            "width": round((right - left) * _WIDE) + 2 * _AROUND,
            "height": round((bottom - top) * high) + 2 * _AROUND,
        }
        for left, top, right, bottom in _boxes(page["lines"], span)
    ]
    return Page(page["number"], address, _WIDE, high, marks)


def _boxes(lines: Sequence[Sequence[float]], span: tuple[int, int]) -> list[list[float]]:
    """The boxes of the span, about so far along each piece of a line as its characters say; pieces side by side are one box."""
    boxes: list[list[float]] = []
    for start, end, left, top, right, bottom in lines:
        if start >= span[1] or end <= span[0]:
            continue
        each = (right - left) / max(end - start, 1)
        box = [left + each * (max(start, span[0]) - start), top, left + each * (min(end, span[1]) - start), bottom]
        last = boxes[-1] if boxes else None
        if last and last[1::2] == box[1::2] and abs(box[0] - last[2]) < _BESIDE:
            last[2] = box[2]
        else:
            boxes.append(box)
    return boxes


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
def draft_document(request: Request, key: int) -> HttpResponse:
    """The document's side of the page, asked for while the pages of a Word file are being set: nothing new until they are there."""
    draft: Draft = row("draft.see", request.actor, pk=key)
    course = course_of(draft)
    if course is Pages.UNDER_WAY:
        return HttpResponse(status=204)
    return render(request, "plans/draft_pages.html", {"draft": draft, "document": document_of(draft, None), "course": course})


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
    # Pages that were set anew have the same name and another look.
    name, etag = f"{draft.pk}-{number}.webp", f"{target.stem[:28]}-{number}-{target.stat().st_mtime_ns:x}"
    return sent(request, target, media_type="image/webp", name=name, etag=etag, shown=True, kept=True)
