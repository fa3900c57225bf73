"""The pages of a Word document, for the eye: LibreOffice sets them after the reading, and until then its paragraphs are shown.

Nothing that was read changes. A place in the text is lit on the page where it was found.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pypdfium2
from django.db import transaction
from django.db.models import Q

from xiangxu.importer.read import Unreadable
from xiangxu.importer.read.office import sets_pages
from xiangxu.importer.read.typeset import places_on, typeset
from xiangxu_web.kernel.files.store import path_of
from xiangxu_web.kernel.jobs.queue import LIVE, enqueue
from xiangxu_web.kernel.models import Job
from xiangxu_web.workspaces.plans.drafting.sheets import pictures
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.page_pictures import AT_ONCE, draw_ahead, files_of, keep_set_pages, shown_as_pages

Json = dict[str, Any]
JOB = "plan.pages"


class Pages(StrEnum):
    """How it stands with the pages of a document that is a Word file; NONE for any other."""

    SET = "set"
    UNDER_WAY = "under-way"
    # LibreOffice is not installed, or no Chinese font.
    NO_OFFICE = "no-office"
    # LibreOffice could not set them.
    FAILED = "failed"
    NONE = ""


def ask_for_pages(draft: Draft) -> None:
    """Puts the setting of the pages in line, where they are wanting and can be had."""
    if _wanting(draft) and sets_pages():
        enqueue(JOB, {"draft": draft.pk}, only_one=f"{JOB}:{draft.pk}")


def course_of(draft: Draft) -> Pages:
    """How it stands with the pages, for whoever looks at the document meanwhile."""
    if not _wanting(draft):
        of_word = any(page.get("set") for page in draft.pages[:1])
        return Pages.SET if of_word else Pages.FAILED if _text(draft.pages).get("failed") else Pages.NONE
    if not sets_pages():
        return Pages.NO_OFFICE
    # While the reading is not quite over the pages have not been asked for yet.
    at_work = Job.objects.filter(Q(only_one=f"{JOB}:{draft.pk}") | Q(pk=draft.job_id), state__in=LIVE).exists()
    return Pages.UNDER_WAY if at_work else Pages.NONE


def set_pages(draft: Draft) -> None:
    """Sets the pages and keeps them with the places of the text. A file whose pages cannot be set keeps its paragraphs, and says so."""
    sha256 = files_of(draft)[0]
    try:
        with typeset(path_of(sha256), draft.name) as pdf:
            if pdf is None:
                return
            found = places_on(pdf, draft.text)
            keep_set_pages(sha256, pdf.read_bytes())
        sheets = pictures(found.sheets, found.printed, set=sha256)
        # The words give way to the pages when the first are drawn, so that nobody looks at blank paper.
        draft.pages = [*sheets, _text(draft.pages)]
        draw_ahead(draft, [sha256], AT_ONCE)
        _keep(draft, sheets)
    except (Unreadable, FileNotFoundError, pypdfium2.PdfiumError):
        _keep(draft, [], failed=True)
    draft.refresh_from_db()
    draw_ahead(draft, [sha256])


def set_wanting_pages() -> int:
    """Sets the pages of all documents that have none: of those that came before LibreOffice, and after a backup was restored. How many."""
    if not sets_pages():
        return 0
    states = (Draft.State.OPEN, Draft.State.PUBLISHED)
    wanting = [draft.pk for draft in Draft.objects.filter(state__in=states).only("pages").iterator() if _wanting(draft)]
    for key in wanting:
        set_pages(Draft.objects.get(pk=key))
    return len(wanting)


def _wanting(draft: Draft) -> bool:
    text = _text(draft.pages)
    return text.get("form") == "docx" and not text.get("failed") and not shown_as_pages(draft)


def _text(pages: list[Json]) -> Json:
    """The paragraphs of a Word document, with what is said of it; nothing for a PDF or a scan."""
    return pages[-1] if pages and pages[-1]["kind"] == "text" else {}


def _keep(draft: Draft, pages: list[Json], **more: bool) -> None:
    with transaction.atomic():
        fresh = Draft.objects.select_for_update().get(pk=draft.pk)
        # A document that was read anew meanwhile has other places.
        if fresh.text == draft.text:
            fresh.pages = [*pages, _text(fresh.pages) | more]
            fresh.save(update_fields=["pages"])
