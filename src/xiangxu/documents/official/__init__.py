"""Official documents (公文) in Word, laid out as the card `official-document` says (GB/T 9704-2012).

`OfficialDocument` is what an office writes; `official_docx` sets it. The same document under the same card gives the same bytes.
"""

from xiangxu.documents.official.document import (
    Annex,
    Block,
    Brief,
    Column,
    Heading,
    Imprint,
    Note,
    OfficialDocument,
    Paragraph,
    RedHead,
    Table,
)
from xiangxu.documents.official.layout import NoLayout, layout_of
from xiangxu.documents.official.writer import official_docx

__all__ = [
    "Annex",
    "Block",
    "Brief",
    "Column",
    "Heading",
    "Imprint",
    "NoLayout",
    "Note",
    "OfficialDocument",
    "Paragraph",
    "RedHead",
    "Table",
    "layout_of",
    "official_docx",
]
