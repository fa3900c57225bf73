"""Which kinds of file the office may hand in, and how the kind is told from the content. The name alone proves nothing.

The list is closed: documents, sheets, pictures, PDF and OFD, plain text. Programs, archives, web pages and drawings with scripts are
refused, whatever their name says.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import filetype
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class FileRefused(ValueError):
    """A file is not taken: which one, why, what to do instead. The words are meant for whoever handed it in."""


@dataclass(frozen=True)
class Kind:
    """One kind of file: the media type under which it is served, the endings it may have (the first is the usual one)."""

    media_type: str
    endings: tuple[str, ...]
    title: str | LazyText
    # May be shown in the browser's own viewer; everything else is only saved.
    shown: bool = False
    picture: bool = False


DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), gettext_lazy("Word 文档"))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), gettext_lazy("Excel 工作簿"))
DOC = Kind("application/msword", (".doc", ".wps"), gettext_lazy("旧版 Word 或 WPS 文档"))
XLS = Kind("application/vnd.ms-excel", (".xls", ".et"), gettext_lazy("旧版 Excel 或 WPS 表格"))
PDF = Kind("application/pdf", (".pdf",), "PDF", shown=True)
OFD = Kind("application/ofd", (".ofd",), gettext_lazy("OFD 版式文件"))
TEXT = Kind("text/plain", (".txt",), gettext_lazy("纯文本"))
CSV = Kind("text/csv", (".csv",), gettext_lazy("CSV 表格"))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), gettext_lazy("JPEG 图片"), shown=True, picture=True)
PNG = Kind("image/png", (".png",), gettext_lazy("PNG 图片"), shown=True, picture=True)
WEBP = Kind("image/webp", (".webp",), gettext_lazy("WebP 图片"), picture=True)
BMP = Kind("image/bmp", (".bmp",), gettext_lazy("BMP 图片"), picture=True)
GIF = Kind("image/gif", (".gif",), gettext_lazy("GIF 图片"), picture=True)

KINDS = (DOCX, DOC, XLSX, XLS, PDF, OFD, JPEG, PNG, WEBP, BMP, GIF, TEXT, CSV)
DOCUMENTS = (DOCX, DOC, PDF, OFD, TEXT)
SHEETS = (XLSX, XLS, CSV)
PICTURES = (JPEG, PNG, WEBP, BMP, GIF)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
# Packages of these may not unpack to more than this, nor hold more parts: a few kilobytes could else fill the memory.
UNPACKED_BYTES = 400 * 1024 * 1024
PARTS = 20_000
# A page in disguise: a browser might run what is in it.
_MARKUP = re.compile(r"\s*<\s*(!|\?|/?[A-Za-z])")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def endings(kinds: tuple[Kind, ...]) -> str:
    """The endings of these kinds, as a sentence names them."""
    return "、".join(ending for kind in kinds for ending in kind.endings)


def kind_of(path: Path, name: str, kinds: tuple[Kind, ...] = KINDS) -> Kind:
    """The kind of the file at ``path``, handed in as ``name``.

    Refused: an empty file; a kind that is not in the list; a content that is not what the ending says; a package that unpacks beyond
    all measure; a document under a password.
    """
    ending = Path(name).suffix.lower()
    with path.open("rb") as source:
        head = source.read(4096)
    if not head:
        raise FileRefused(_("文件“%(name)s”是空的（0 字节）。请确认文件已保存完整，再重新选择。") % {"name": name})
    if ending in (".heic", ".heif") or (
        head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")
    ):
        raise FileRefused(
            _(
                "图片“%(name)s”是苹果手机的 HEIC 格式，多数电脑打不开。"
                "请在手机“设置—相机—格式”中选“兼容性最佳”后重拍，或把图片另存为 JPG 再上传。"
            )
            % {"name": name}
        )
    wanted = next((kind for kind in kinds if ending in kind.endings), None)
    if wanted is None:
        raise FileRefused(
            _("文件“%(name)s”的类型（%(ending)s）不能上传。可以上传：%(endings)s。请另存为其中一种，再重新选择。")
            % {"name": name, "ending": ending or _("没有扩展名"), "endings": endings(kinds)}
        )
    found = _by_content(path, head, name)
    if wanted in (TEXT, CSV) and found is TEXT:
        return wanted
    if found is not wanted:
        raise FileRefused(
            _(
                "文件“%(name)s”的内容不是 %(ending)s，而是%(found)s，没有上传。"
                "可能只改了扩展名，或文件已损坏：请用原来的软件打开，另存为 %(ending)s 后再上传。"
            )
            % {"name": name, "ending": ending, "found": found.title if found else _foreign(head)}
        )
    return wanted


def _by_content(path: Path, head: bytes, name: str) -> Kind | None:
    if head.startswith(_OLE):
        return _ole(path, name)
    if head.startswith(b"PK\x03\x04"):
        return _package(path, name)
    guess = filetype.guess(head)
    if guess is not None:
        return BY_MEDIA_TYPE.get({"image/x-ms-bmp": "image/bmp"}.get(guess.mime, guess.mime))
    return TEXT if _is_text(path) else None


def _foreign(head: bytes) -> str:
    guess = filetype.guess(head)
    if guess is not None and guess.extension in ("exe", "elf", "dex", "sh"):
        return _("可执行程序")
    if _MARKUP.match(head.decode("utf-8", "ignore").lstrip("\ufeff")):
        return _("网页或带标记的文本")
    return f" .{guess.extension}" if guess is not None else _("无法识别的内容")


def _package(path: Path, name: str) -> Kind | None:
    """Word, Excel and OFD files are packages of parts; a part of a fixed name says which."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
                raise FileRefused(
                    _("文件“%(name)s”解开后大得不正常（超过 %(limit)s MB），没有上传。请删去其中不需要的内容，或拆成几份。")
                    % {"name": name, "limit": UNPACKED_BYTES // 1024 // 1024}
                )
            names = {part.filename for part in parts}
            if "OFD.xml" in names:
                return OFD
            if "[Content_Types].xml" not in names:
                return None
            types = package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError):
        return None
    # Documents with macros declare another type of their main part: they are not in the list.
    if b"macroEnabled" in types:
        raise FileRefused(_("文件“%(name)s”带有宏，没有上传。请另存为不带宏的 .docx 或 .xlsx，再重新选择。") % {"name": name})
    if "word/document.xml" in names and DOCX.media_type.encode() in types:
        return DOCX
    return XLSX if "xl/workbook.xml" in names and XLSX.media_type.encode() in types else None


def _ole(path: Path, name: str) -> Kind | None:
    """The old formats are told by the names of their streams, which stand in the file as UTF-16."""
    content = path.read_bytes()

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in content

    if has("EncryptedPackage"):
        raise FileRefused(_("文件“%(name)s”设了打开密码，系统读不了。请去掉密码后再上传。") % {"name": name})
    if has("WordDocument"):
        return DOC
    return XLS if has("Workbook") or has("Book") else None


def _is_text(path: Path) -> bool:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030") if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-16",):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not _NO_TEXT.search(words) and not _MARKUP.match(words)
    return False
