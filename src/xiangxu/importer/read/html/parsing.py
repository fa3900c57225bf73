"""From the bytes of a web page to its tree."""

from __future__ import annotations

import email
import email.policy
import re

from lxml import etree

from xiangxu.importer.read.limits import MAX_PAGE_ELEMENTS, MEBIBYTE, broken, hostile, refuse_more, too_large
from xiangxu.importer.read.plain import decode
from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

MAX_PAGE = 12 * MEBIBYTE
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)
# GB 2312 and GBK are parts of GB 18030, and pages that declare the smaller often use the larger.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}


def tree_of(data: bytes, name: str) -> etree._Element:
    """The root of the page. libxml2 stops at 256 levels of nesting and would drop the rest unsaid: such a page is refused."""
    if len(data) > MAX_PAGE:
        raise too_large(name, len(data) / MEBIBYTE, MAX_PAGE / MEBIBYTE)
    text = _text(data, name)
    if not text.strip():
        raise Unreadable(Reason(_("《%(name)s》里没有文字。请检查是否选错了文件。"), name=name))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise broken(name) from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise hostile(name, Reason(_("层层嵌套过深")))
    if root is None:
        raise broken(name)
    refuse_more(MAX_PAGE_ELEMENTS, root, name)
    return root


def page_of(data: bytes, name: str) -> bytes:
    """The first page of a web archive, in the encoding that the archive states, as UTF-8."""
    if len(data) > MAX_PAGE:
        raise too_large(name, len(data) / MEBIBYTE, MAX_PAGE / MEBIBYTE)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for piece in message.walk():
        if piece.get_content_type() == "text/html":
            content = piece.get_payload(decode=True)
            if isinstance(content, bytes):
                return _text(content, name, piece.get_content_charset()).encode("utf-8", "replace")
    raise broken(name)


def _text(data: bytes, name: str, declared: str | None = None) -> str:
    """The text in the encoding that the page declares, if it is true to that; else as plain text is read."""
    found = _DECLARED.search(data[:4096])
    encoding = (declared or (found[1].decode("ascii") if found else "")).lower()
    try:
        return data.decode(_WIDER.get(encoding, encoding)) if encoding else decode(data, name)
    except (UnicodeDecodeError, LookupError):
        return decode(data, name)
