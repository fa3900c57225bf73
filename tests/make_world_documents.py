"""Makes the invented county's plan as Word file, PDF and scanned page out of its text. Run when the text changes:

python -m tests.make_world_documents
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.paths import REPOSITORY
from tests.render import docx_of_flattened
from tests.render_pdf import render_pdf, scanned_pages

FOLDER = REPOSITORY / "src" / "xiangxu" / "world" / "documents"
TEXT = FOLDER / "yanxi.txt"
# The page of the scan that holds the beginning of the list.
LIST_PAGE = 9


def make() -> None:
    """Write the files beside the text."""
    docx_of_flattened(TEXT.read_text(encoding="utf-8"), FOLDER / "yanxi.docx")
    render_pdf(TEXT, FOLDER / "yanxi.pdf")
    with tempfile.TemporaryDirectory() as folder:
        pdf = render_pdf(TEXT, Path(folder) / "yanxi.pdf")
        pages = list(scanned_pages(pdf, dpi=150, skew=0.8, quality=45))
        page = next(p for k, p in enumerate(pages, 1) if k == LIST_PAGE)
        (FOLDER / "yanxi-list-page.jpg").write_bytes(page)


if __name__ == "__main__":
    make()
