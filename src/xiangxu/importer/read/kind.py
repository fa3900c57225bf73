"""What kind of file it is, by its content: names lie (a .doc from a web system is often a web page, a .docx a .doc)."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from xiangxu.importer.read.limits import opened_zip
from xiangxu.importer.read.relations import main_part
from xiangxu.model.reason import gettext_noop as _

HEAD = 16_384


class Kind(Enum):
    """The kinds that are told apart; the value is how a clerk calls it."""

    WORD = _("Word 文档（.docx）")
    WORKBOOK = _("Excel 工作簿（.xlsx）")
    OLD_WORD = _("旧版 Word 文档（.doc）")
    OLD_WORKBOOK = _("旧版 Excel 工作簿（.xls）")
    RICH_TEXT = _("RTF 文档")
    WORD_XML = _("Word XML 文档")
    OPEN_TEXT = _("OpenDocument 文档（.odt）")
    OPEN_WORKBOOK = _("OpenDocument 工作簿（.ods）")
    OFD = _("OFD 版式文件")
    PDF = _("PDF 文件")
    PICTURE = _("图片")
    WEB_PAGE = _("网页")
    WEB_ARCHIVE = _("单个文件网页（.mht）")
    SLIDES = _("演示文稿")
    ARCHIVE = _("压缩包")
    LOCKED = _("加密文件")
    TEXT = _("文本")
    UNKNOWN = _("认不出的文件")


_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.OPEN_WORKBOOK,
}
# The streams of an OLE file that tell what it is; an embedded object may bring another, so the order matters.
_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.OLD_WORKBOOK),
    ("Book", Kind.OLD_WORKBOOK),
    ("PowerPoint Document", Kind.SLIDES),
)
# Where a .doc begins, the mark of its header; the bit 8 of the word at 10 says that it has a password.
_WORD_HEADER = b"\xec\xa5"
_WEB_PAGE = re.compile(
    rb"\A[\s\xef\xbb\xbf]*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|center)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(rb"\A\s*(?:From:[^\n]*\n|[A-Za-z-]{2,40}:[^\n]*\n|[ \t][^\n]*\n){0,20}?MIME-Version:", re.IGNORECASE)
_WORD_XML = (b"<w:wordDocument", b"<pkg:package", b'progid="Word.Document"')
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path, name: str) -> Kind:
    """The kind of the file at `path`. Refuses zip files that are broken, hostile or locked."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(_ZIP):
        return _kind_of_zip(path, name)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.startswith(b"{\\rtf"):
        return Kind.RICH_TEXT
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.PICTURE
    if head.startswith(_ARCHIVES):
        return Kind.ARCHIVE
    return _kind_of_text(head)


def _kind_of_zip(path: Path, name: str) -> Kind:
    with opened_zip(path, name) as archive:
        names = set(archive.namelist())
        if "mimetype" in names:
            with archive.open("mimetype") as stream:
                declared = _OPEN_DOCUMENT.get(stream.read(200).strip())
            if declared is not None:
                return declared
        if "OFD.xml" in names:
            return Kind.OFD
        main = main_part(archive, name) or ""
        for folder, kind in (("word/", Kind.WORD), ("xl/", Kind.WORKBOOK), ("ppt/", Kind.SLIDES)):
            if main.startswith(folder) or (not main and any(n.startswith(folder) for n in names)):
                return kind
    return Kind.ARCHIVE


def _kind_of_ole(path: Path) -> Kind:
    data = path.read_bytes()
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in data:
            header = data.find(_WORD_HEADER, 512, 520) if kind is Kind.OLD_WORD else -1
            locked = header >= 0 and data[header + 11] & 1
            return Kind.LOCKED if locked else kind
    return Kind.UNKNOWN


def _kind_of_text(head: bytes) -> Kind:
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "ignore").encode()
    if any(mark in head for mark in _WORD_XML):
        return Kind.WORD_XML
    if _WEB_PAGE.match(head):
        return Kind.WEB_PAGE
    if _WEB_ARCHIVE.match(head):
        return Kind.WEB_ARCHIVE
    # Control characters are rare in any text, and zero bytes occur in none.
    if b"\0" in head:
        return Kind.UNKNOWN
    control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\v\x07\x1b")
    return Kind.UNKNOWN if control * 50 > len(head) else Kind.TEXT
