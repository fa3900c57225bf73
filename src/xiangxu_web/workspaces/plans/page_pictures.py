"""The pages of a draft's document as pictures: drawn once, kept as files beside the others. They can be drawn again at any time."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db.models import QuerySet

from xiangxu.importer.read.picturing import NoPicture, page_picture
from xiangxu_web.kernel.files.store import path_of, root
from xiangxu_web.kernel.models import Attachment
from xiangxu_web.workspaces.plans.models import Draft

# Drawn ahead of the first look: what somebody sees in the first minutes. Further pages are drawn when they are looked at.
_AHEAD = 40
# Of these nobody waits for one: as many as a screen shows before anybody scrolls.
AT_ONCE = 4


def picture_of(draft: Draft, files: Sequence[str], number: int) -> Path:
    """The picture of page ``number``; ``files`` are the hashes of the draft's files in their order.

    Refuses with ``NoPicture`` a page that the document has not, or that cannot be drawn.
    """
    sheet = next((each for each in draft.pages if each["kind"] == "picture" and each["number"] == number), None)
    if sheet is None or not files:
        raise NoPicture(str(number))
    # Several photographs are a page each; one file has all its pages.
    sha256, frame = (files[number - 1], 1) if len(files) > 1 and number <= len(files) else (files[0], number)
    target = _folder(sha256) / f"{sha256}-{frame}.webp"
    if not target.exists():
        source = set_pages_of(sha256) if "set" in sheet else path_of(sha256)
        try:
            content = page_picture(source, frame, (sheet["width"], sheet["height"]))
        except FileNotFoundError as problem:
            raise NoPicture(str(number)) from problem
        _keep(content, target)
    return target


def set_pages_of(sha256: str) -> Path:
    """Where the pages lie that were set from the Word file of this hash."""
    return _folder(sha256) / f"{sha256}.pdf"


def keep_set_pages(sha256: str, pages: bytes) -> None:
    """Keeps the pages that were set from this Word file; pictures of earlier ones go."""
    _keep(pages, set_pages_of(sha256))
    for old in _folder(sha256).glob(f"{sha256}-*.webp"):
        old.unlink(missing_ok=True)


def shown_as_pages(draft: Draft) -> bool:
    """Whether the document is shown as pages: those of the file itself, or those that were set from it and are at hand."""
    first = draft.pages[0] if draft.pages else {"kind": "text"}
    return first["kind"] == "picture" and ("set" not in first or set_pages_of(first["set"]).exists())


def _folder(sha256: str) -> Path:
    return root() / "page-pictures" / sha256[:2]


def _keep(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=root() / "incoming", delete=False) as made:
        made.write(content)
    Path(made.name).rename(target)


def files_of(draft: Draft) -> list[str]:
    """The hashes of a document's files in their order. For readers of the published plan, who may see its pages and not its draft."""
    return list(originals(draft).values_list("blob_id", flat=True))


def draft_files() -> QuerySet[Attachment]:
    """The files of all documents that were uploaded to be read."""
    return Attachment.objects.filter(table="draft", withdrawn__isnull=True)


def originals(draft: Draft) -> QuerySet[Attachment]:
    """The document's files as they were uploaded, in their order: one, or the photographs of its pages."""
    found = draft_files().filter(row_key=str(draft.pk))
    return found.select_related("blob").order_by("made", "pk")


def draw_ahead(draft: Draft, files: Sequence[str], many: int = _AHEAD) -> None:
    """Draws the first pages, so that nobody waits for them."""
    for page in draft.pages[:many]:
        if page["kind"] == "picture":
            try:
                picture_of(draft, files, page["number"])
            except NoPicture:
                return
