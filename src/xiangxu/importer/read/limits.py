"""What a file may cost: bounds that keep a hostile or broken file from taking the machine's memory or time.

A Word, Excel or OFD file is a zip of XML parts, and both can be made to swell: a zip bomb packs gigabytes into kilobytes, an
XML bomb does the same with entities or with nesting. Every reader of such a format opens it here. The bounds lie far above
what an office makes (the longest plans have some hundred pages, one to three million characters of XML).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from xiangxu.importer.read.unreadable import Unreadable
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

MEBIBYTE = 1024 * 1024

# A scan of 500 pages at 300 dpi has about 250 MiB; nothing that is read as text comes near.
MAX_FILE = 400 * MEBIBYTE
MAX_TEXT_FILE = 32 * MEBIBYTE

MAX_ENTRIES = 10_000
# Photographs do not shrink, so a big total is honest only where the file itself is big; XML shrinks some twenty times, and
# Excel's rows of one repeated value some hundred times.
MAX_UNPACKED = 1024 * MEBIBYTE
MAX_RATIO = 200
RATIO_MATTERS_FROM = 32 * MEBIBYTE

# One XML part: a Word document of 500 pages has about 15 MiB.
MAX_XML = 32 * MEBIBYTE
# Reading takes time by the element and most by the paragraph: 500 pages have some 15,000 paragraphs, a thousand cells each
# hundred pages, and ten to thirty elements for each of them.
MAX_ELEMENTS = 1_500_000
MAX_PARAGRAPHS = 100_000
MAX_PAGE_ELEMENTS = 250_000
# All tables of a document together; a return of all schools of a prefecture has some fifty thousand.
MAX_CELLS = 200_000
MAX_PICTURE = 40 * MEBIBYTE

_ENTITIES = _("XML 里定义了实体")
_ADVICE = _("请用 WPS 或 Word 打开后另存为 .docx，再上传。")


def too_large(name: str, megabytes: float, limit: float) -> Unreadable:
    """The message for a file above a bound."""
    return Unreadable(
        Reason(
            _("《%(name)s》太大（%(size)s MB，上限 %(most)s MB），没有读。请删去其中的照片或无关内容，或分成几个文件，再上传。"),
            name=name,
            size=f"{megabytes:.0f}",
            most=f"{limit:.0f}",
        )
    )


def broken(name: str) -> Unreadable:
    """The message for a file whose content cannot be taken apart."""
    return Unreadable(
        Reason(
            _("《%(name)s》已损坏或不完整，打不开（可能没有传完）。请重新下载或复制一份；若电脑上能打开，%(advice)s"),
            name=name,
            advice=Reason(_ADVICE),
        )
    )


def hostile(name: str, what: Reason) -> Unreadable:
    """The message for a file that is built as no office program builds it."""
    return Unreadable(
        Reason(
            _("《%(name)s》的内部结构不正常（%(what)s），为安全起见没有读。若确是正式文件，%(advice)s"),
            name=name,
            what=what,
            advice=Reason(_ADVICE),
        )
    )


def encrypted(name: str) -> Unreadable:
    """The message for a file that asks for a password."""
    return Unreadable(
        Reason(
            _("《%(name)s》设有打开密码，读不了。请打开文件，取消密码（文件 → 文档加密 → 删除密码）后保存，再上传。"), name=name
        )
    )


@contextmanager
def opened_zip(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The zip archive at `path`, after its table of contents was found to be within bounds; refuses bombs and passwords."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise broken(name) from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise hostile(name, Reason(_("压缩包里有 %(count)s 个文件"), count=len(entries)))
        if any(entry.flag_bits & 1 for entry in entries):
            raise encrypted(name)
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1)):
            raise hostile(name, Reason(_("解压后有 %(size)s MB"), size=unpacked // MEBIBYTE))
        yield archive


def part(archive: zipfile.ZipFile, entry: str, name: str, limit: int = MAX_XML) -> bytes | None:
    """One entry of the archive, None where there is none. The bound holds for what really comes out, not for what is claimed."""
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
        raise broken(name) from error
    if len(data) > limit:
        raise too_large(name, len(data) / MEBIBYTE, limit / MEBIBYTE)
    return data


def refuse_more(limit: int, root: etree._Element, name: str, tag: str = "*") -> None:
    """Refuses a tree with more elements of this name than its reader has time for."""
    found = root.xpath("count(//*)" if tag == "*" else f"count(//*[local-name()='{tag}'])")
    if isinstance(found, float) and found > limit:
        raise hostile(name, Reason(_("有 %(found)s 个段落或标记，上限 %(most)s"), found=f"{found:.0f}", most=limit))


def parsed_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML part. No entities, no network, at most libxml2's 256 levels of nesting.

    >>> parsed_xml(b"<a><b/></a>", "a.docx").tag
    'a'
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise hostile(name, Reason(_("层层嵌套过深"))) from error
        if "amplification" in str(error):
            raise hostile(name, Reason(_ENTITIES)) from error
        raise broken(name) from error
    # Office formats have no document type; one that is there can only mean harm.
    if root.getroottree().docinfo.internalDTD is not None:
        raise hostile(name, Reason(_ENTITIES))
    return root
