"""Plain text: what Word-to-text converters, PDF copies and chat windows leave behind."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from xiangxu.importer.passage import Passage
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.importer.source import Line, Source
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# In the order tried: a byte order mark decides; then UTF-8, which hardly ever fits by chance; then the Chinese national code.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = ("utf-8", "gb18030")

# What converters leave behind: control characters (the tab, the line end and the form feed mean something), Word's bookmarks.
_NOISE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\ufeff\ufffe]|\[bookmark: [^\]\n]{0,60}\]")


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB 18030, with line ends made plain.

    >>> decode("方案".encode("gb18030"), "a.txt")
    '方案'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _plain(data.decode(encoding, errors="replace"))
    for encoding in _ENCODINGS:
        try:
            return _plain(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    guess = from_bytes(data[:100_000]).best()
    if guess is None:
        raise Unreadable(
            Reason(_("《%(name)s》不是文本文件，认不出其中的文字编码。请用 WPS 或 Word 打开后另存为 .docx，再上传。"), name=name)
        )
    return _plain(data.decode(guess.encoding, errors="replace"))


def _plain(text: str) -> str:
    return _NOISE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_plain(data: bytes, name: str) -> Source:
    """Each line of the text as a `Line`; a form feed begins a new page."""
    text = decode(data, name)
    if not text.strip():
        raise Unreadable(Reason(_("《%(name)s》里没有文字。请检查是否选错了文件。"), name=name))
    paged = "\f" in text
    page_starts = (0, *(i + 1 for i, c in enumerate(text) if c == "\f")) if paged else ()
    lines, offset, page = [], 0, 1
    for piece in re.split("([\n\f])", text):
        if piece == "\f":
            page += 1
        elif piece != "\n":
            lines.append(Line(Passage.of(piece, offset), page if paged else None))
        offset += len(piece)
    return Source(name=name, format="txt", text=text, blocks=tuple(lines), page_starts=page_starts)
