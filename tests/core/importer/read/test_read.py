"""The door of the reading stage: each file by what it is, and a clear word for each that cannot be read."""

from __future__ import annotations

import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.core.importer.read.word import NAMES, lines, para, word_file
from tests.core.importer.read.word import read as read_markup
from xiangxu.importer.read import Unreadable, limits, ocr, office, read
from xiangxu.importer.read.kind import Kind, kind_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def ole(*streams: str, header: bytes = b"") -> bytes:
    """The beginning of an OLE file whose directory names these streams."""
    return (OLE.ljust(512, b"\0") + header.ljust(512, b"\0")) + b"".join(s.encode("utf-16-le").ljust(128, b"\0") for s in streams)


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """The file is refused within five seconds, in a sentence with these words that says what to do."""
    begun = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        yield
    message = str(caught.value)
    assert time.monotonic() - begun < 5
    assert all(word in message for word in (*words, "请")), message


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(folder: Path, name: str, **entries: bytes) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries.items():
            archive.writestr(entry.replace("__", "/").replace("_xml", ".xml"), data)
    return folder / name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\n\n%PDF-1.4", Kind.PDF),
        (PNG, Kind.PICTURE),
        (b"\xff\xd8\xff\xe0JFIF", Kind.PICTURE),
        (b"{\\rtf1\\ansi", Kind.RICH_TEXT),
        (ole("Root Entry", "WordDocument", "Workbook"), Kind.OLD_WORD),
        (ole("Root Entry", "WordDocument", header=b"\xec\xa5" + bytes(9) + b"\x01"), Kind.LOCKED),
        (ole("Root Entry", "Workbook"), Kind.OLD_WORKBOOK),
        (ole("EncryptionInfo", "EncryptedPackage"), Kind.LOCKED),
        (ole("PowerPoint Document"), Kind.SLIDES),
        (ole("Root Entry"), Kind.UNKNOWN),
        (b"Rar!\x1a\x07\x00", Kind.ARCHIVE),
        (b"<!DOCTYPE html>\n<html>", Kind.WEB_PAGE),
        (b'\xef\xbb\xbf <?xml version="1.0"?><!-- x --><html xmlns="a">', Kind.WEB_PAGE),
        ("<html>甲".encode("utf-16"), Kind.WEB_PAGE),
        (b"<table><tr>", Kind.WEB_PAGE),
        (b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", Kind.WEB_ARCHIVE),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', Kind.WORD_XML),
        ("一、总体要求".encode("gb18030"), Kind.TEXT),
        ("一、总体要求".encode("utf-16"), Kind.TEXT),
        (bytes(range(256)) * 4, Kind.UNKNOWN),
    ],
)
def test_kinds_by_content(tmp_path: Path, data: bytes, kind: Kind) -> None:
    """The content decides, whatever the name says."""
    assert kind_of(file(tmp_path, "文件.docx", data), "文件.docx") is kind


def test_kinds_of_zip_files(tmp_path: Path) -> None:
    """Office formats are told apart by their parts; any other zip is an archive."""
    assert kind_of(word_file(tmp_path / "a.wps", para("甲")), "a.wps") is Kind.WORD
    assert kind_of(zipped(tmp_path, "b.docx", word__document_xml=b"<a/>"), "b.docx") is Kind.WORD
    assert kind_of(zipped(tmp_path, "c.zip", OFD_xml=b"<a/>"), "c.zip") is Kind.OFD
    assert kind_of(zipped(tmp_path, "d.zip", mimetype=b"application/vnd.oasis.opendocument.text"), "d.zip") is Kind.OPEN_TEXT
    assert kind_of(zipped(tmp_path, "e.docx", readme=b"x"), "e.docx") is Kind.ARCHIVE
    assert kind_of(zipped(tmp_path, "f.zip", xl__workbook_xml=b"<a/>"), "f.zip") is Kind.WORKBOOK


def test_text_under_a_wrong_name(tmp_path: Path) -> None:
    """A .doc that is plain text is read as text, a .txt that is a Word file as a Word file."""
    assert lines(read(file(tmp_path, "a.doc", "一、总体要求\n".encode("gb18030"))))[0] == "一、总体要求"
    assert read(word_file(tmp_path / "b.txt", para("甲"))).format == "docx"


def test_files_that_are_no_documents(tmp_path: Path) -> None:
    """Missing, a folder, empty, unknown, an archive, slides: each is named and answered."""
    with refused("找不到", "无.docx"):
        read(tmp_path / "无.docx")
    with refused("文件夹"):
        read(tmp_path)
    with refused("空文件", "空.docx"):
        read(file(tmp_path, "空.docx", b""))
    with refused("认不出格式"):
        read(file(tmp_path, "乱.docx", bytes(range(256)) * 9))
    with refused("压缩包"):
        read(zipped(tmp_path, "包.docx", readme=b"x"))
    with refused("演示文稿"):
        read(file(tmp_path, "片.doc", ole("PowerPoint Document")))


def test_far_too_large(tmp_path: Path) -> None:
    """A file above the bound is refused before it is opened (a sparse file: it takes no room)."""
    path = tmp_path / "大.docx"
    with path.open("wb") as out:
        out.truncate(limits.MAX_FILE + 1)
    with refused("太大", "大.docx"):
        read(path)


def test_locked_files(tmp_path: Path) -> None:
    """Office files with a password are OLE files with an encrypted package; zip files mark their entries."""
    with refused("密码", "密.docx"):
        read(file(tmp_path, "密.docx", ole("EncryptionInfo", "EncryptedPackage")))
    path = word_file(tmp_path / "锁.docx", para("甲"))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    with refused("密码"):
        read(file(tmp_path, "锁.docx", bytes(data)))


def test_picture_that_calls_itself_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused with the way out; a picture under its own name goes to text recognition."""
    with refused("内容却是一张图片", ".docx"):
        read(file(tmp_path, "图.docx", PNG))
    monkeypatch.setattr(ocr, "read_picture", lambda path, name, on_progress: (path, name))
    picture = file(tmp_path, "图.png", PNG)
    assert read(picture) == (picture, "图.png")


def test_truncated_and_damaged(tmp_path: Path) -> None:
    """Cut off anywhere, or with bytes changed, a Word file is refused or read, never a crash."""
    data = word_file(tmp_path / "a.docx", "".join(para(f"第{i}条") for i in range(300))).read_bytes()
    for keep in (10, 100, len(data) // 2, len(data) - 10):
        with refused("已损坏"):
            read(file(tmp_path, "断.docx", data[:keep]))
    for at in range(40, len(data), 97):
        damaged = bytearray(data)
        damaged[at] ^= 0xFF
        with suppress(Unreadable):
            read(file(tmp_path, "坏.docx", bytes(damaged)))
    with refused("已损坏"):
        read(zipped(tmp_path, "假.docx", word__document_xml=b"no markup"))
    with refused("没有可读的文字"):
        read(zipped(tmp_path, "空.docx", word__document_xml=f"<w:document {NAMES}/>".encode()))


def test_zip_bombs(tmp_path: Path) -> None:
    """Swelling beyond reason is refused by the table of contents, or where that lies, by what comes out."""
    path = tmp_path / "弹.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as out,
    ):
        for _ in range(40):
            out.write(bytes(limits.MEBIBYTE))
    with refused("内部结构不正常", "40 MB"):
        read(path)

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join([*(packer.compress(b" " * limits.MEBIBYTE) for _ in range(40)), packer.flush()])
    name, claimed = b"word/document.xml", 1000
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), claimed, len(name), 0) + name + packed
    central = (
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), claimed, len(name), 0, 0, 0, 0, 0, 0)
        + name
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)
    with refused("弹二.docx"):
        read(file(tmp_path, "弹二.docx", local + central + end))

    with zipfile.ZipFile(path, "w") as archive:
        for i in range(limits.MAX_ENTRIES + 1):
            archive.writestr(str(i), b"")
    with refused("个文件"):
        read(path)


def test_part_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an honest part has a bound."""
    monkeypatch.setattr(limits.part, "__defaults__", (1000,))
    with refused("太大"):
        read(word_file(tmp_path / "a.docx", para("甲" * 1000)))


def test_swarms_of_elements(tmp_path: Path) -> None:
    """Small enough in characters, but with more paragraphs than can be read in time."""
    with refused("段落或标记"):
        read_markup(tmp_path, "<w:p/>" * 101_000)


def test_entities(tmp_path: Path) -> None:
    """Entities, which could swell or fetch files, are refused unread."""
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "&a;"}">' for i in range(9))
        + f"]><w:document {NAMES}><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
    )
    with refused("实体"):
        read(zipped(tmp_path, "实.docx", word__document_xml=bomb.encode()))
    with refused("实体"):
        read(zipped(tmp_path, "实.docx", word__document_xml=bomb.encode("utf-16")))


def test_deep_nesting(tmp_path: Path) -> None:
    """A hundred thousand tags in one another, or tables as deep as the bound lets pass: refused or read, never a crash."""
    with refused("嵌套过深"):
        read_markup(tmp_path, "<w:p>" + "<w:ins>" * 100_000 + "</w:ins>" * 100_000 + "</w:p>")
    deep = para("底")
    for _ in range(60):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert lines(read_markup(tmp_path, deep)) == ["底"]
    wrapped = "<w:p>" + "<w:smartTag>" * 240 + "<w:r><w:t>底</w:t></w:r>" + "</w:smartTag>" * 240 + "</w:p>"
    assert lines(read_markup(tmp_path, wrapped)) == ["底"]


def test_office_formats_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is missing, the message says what to install or how to do without."""
    monkeypatch.setattr(office, "program", lambda: None)
    for name, data in (("a.doc", ole("WordDocument")), ("a.wps", ole("WordDocument")), ("a.docx", b"{\\rtf1 x}")):
        with refused("LibreOffice", "另存为 .docx", name):
            read(file(tmp_path, name, data))
    with refused("OFD", "LibreOffice"):
        read(zipped(tmp_path, "a.ofd", OFD_xml=b"<a/>"))


def fake_office(folder: Path, script: str) -> str:
    """A program in LibreOffice's place."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The converted file is read under the name of the original; each run has a profile of its own."""
    made = word_file(tmp_path / "made.docx", para("旧文"))
    script = f'echo "$1" >> "{tmp_path}/calls"; mkdir -p "$7"; cp "{made}" "$7/document.docx"'
    monkeypatch.setattr(office, "program", lambda: fake_office(tmp_path, script))
    path = file(tmp_path, "旧 文件.doc", ole("WordDocument"))
    for _ in range(2):
        source = read(path)
    assert (source.name, lines(source)) == ("旧 文件.doc", ["旧文"])
    profiles = (tmp_path / "calls").read_text().split()
    assert len(set(profiles)) == 2
    assert all(profile.startswith("-env:UserInstallation=file:///") for profile in profiles)


def test_libreoffice_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file made, no end in sight, no start: each is told, and a run out of time is ended with all it started."""
    path = file(tmp_path, "旧.doc", ole("WordDocument"))
    monkeypatch.setattr(office, "program", lambda: fake_office(tmp_path, "exit 0"))
    with refused("打不开《旧.doc》"):
        read(path)
    monkeypatch.setattr(office, "TIME_OUT", 0.3)
    monkeypatch.setattr(office, "program", lambda: fake_office(tmp_path, f'(sleep 1; touch "{tmp_path}/late") & wait'))
    with refused("还没有完成"):
        read(path)
    time.sleep(1)
    assert not (tmp_path / "late").exists()
    monkeypatch.setattr(office, "program", lambda: str(tmp_path / "nothing"))
    with refused("启动不了"):
        read(path)


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_real_libreoffice(tmp_path: Path) -> None:
    """With LibreOffice, a rich text file is read."""
    path = file(tmp_path, "a.rtf", rb"{\rtf1\ansi\deff0{\fonttbl{\f0 SimSun;}}\f0 \u19968?\u12289?\par}")
    assert lines(read(path)) == ["一、"]
