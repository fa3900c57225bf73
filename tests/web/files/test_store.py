"""What is taken in, what is refused, and that bytes are kept once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.web.files import made
from xiangxu import clock
from xiangxu_web.kernel.files import sweep as sweeping
from xiangxu_web.kernel.files.kinds import SHEETS, FileRefused
from xiangxu_web.kernel.files.store import path_of, plain_name, root, store
from xiangxu_web.kernel.models import Blob

pytestmark = pytest.mark.django_db


def stored_files(home: Path) -> list[str]:
    """The names of all bytes that are kept."""
    return sorted(p.name for p in (home / "files").glob("??/??/*"))


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("方案.docx", made.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("老方案.doc", made.ole("WordDocument"), "application/msword"),
        ("金山.wps", made.ole("WordDocument"), "application/msword"),
        ("报表.xls", made.ole("Workbook"), "application/vnd.ms-excel"),
        ("方案.PDF", made.PDF, "application/pdf"),
        ("公文.ofd", made.package({"OFD.xml": "<ofd/>"}), "application/ofd"),
        ("说明.txt", "各学校：\r\n请核对。".encode("gb18030"), "text/plain"),
        ("名单.csv", "\ufeff学校,人数\n育才,90\n".encode(), "text/csv"),
    ],
)
def test_the_office_s_own_kinds_are_taken_byte_for_byte(home: Path, name: str, content: bytes, media_type: str) -> None:
    """Documents, sheets and texts are kept as they came, under their hash, with the type that the content has."""
    blob = store(content, name)
    assert (blob.media_type, blob.size, blob.sha256) == (media_type, len(content), hashlib.sha256(content).hexdigest())
    assert path_of(blob.sha256).read_bytes() == content
    assert path_of(blob.sha256) == home / "files" / blob.sha256[:2] / blob.sha256[2:4] / blob.sha256


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("图标.svg", made.SVG, "类型（.svg）不能上传"),
        ("图标.png", made.SVG, "网页或带标记的文本"),
        ("说明.txt", b"<!doctype html><script>alert(1)</script>", "网页或带标记的文本"),
        ("通知.pdf", made.EXE, "可执行程序"),
        ("通知.exe", made.EXE, "类型（.exe）不能上传"),
        ("资料.zip", made.package({"a.txt": "a"}), "类型（.zip）不能上传"),
        ("资料.docx", made.package({"a.txt": "a"}), "内容不是 .docx"),
        ("表.xlsx", made.docx(), "而是Word 文档"),
        ("方案.docx", made.docx()[:200], "内容不是 .docx"),
        ("方案", made.docx(), "没有扩展名"),
        ("空.pdf", b"", "是空的（0 字节）"),
        ("照片.heic", b"\x00\x00\x00\x18ftypheic" + bytes(50), "HEIC"),
        ("照片.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(50), "兼容性最佳"),
        ("照片.jpg", made.photo()[:3000], "已损坏或没有传完"),
        ("加密.docx", made.ole("EncryptedPackage"), "设了打开密码"),
        ("宏.docx", made.package({"[Content_Types].xml": "document.macroEnabled.main+xml", "word/document.xml": ""}), "带有宏"),
        ("二进制.txt", bytes(range(256)), "无法识别的内容"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_its_name(home: Path, name: str, content: bytes, words: str) -> None:
    """A refusal names the file and says what is wrong; nothing is kept, no row and no byte."""
    with pytest.raises(FileRefused, match="“" + name) as refused:
        store(content, name)
    assert words in str(refused.value)
    assert not Blob.objects.exists()
    assert not stored_files(home)
    assert not list((home / "files" / "incoming").iterdir())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A Word file of a few hundred kilobytes that unpacks to 400 MB is refused by its table of contents."""
    content = made.bomb()
    assert len(content) < 1024 * 1024
    with pytest.raises(FileRefused, match="大得不正常"):
        store(content, "方案.docx")


def test_too_large_says_file_size_and_limit(home: Path) -> None:
    """The message names the file, its size and the limit; the limit holds for what comes, not for what was announced."""
    upload = SimpleUploadedFile("大表.csv", b"1,2,3\n" * 500_000)
    upload.size = 10
    with pytest.raises(FileRefused) as refused:
        store(upload)
    assert "“大表.csv”" in str(refused.value)
    assert "上限 2 MB" in str(refused.value)
    assert not stored_files(home)


def test_a_place_for_sheets_takes_no_pictures() -> None:
    """A caller may narrow the kinds; the refusal then lists those."""
    with pytest.raises(FileRefused, match=r"可以上传：\.xlsx、\.xls、\.et、\.csv"):
        store(made.photo(), "照片.jpg", kinds=SHEETS)


def test_the_same_bytes_twice_are_one_file_made_fresh(home: Path) -> None:
    """One row, one file; its age starts anew, so that no sweep takes it from under whoever is about to attach it."""
    first = store(made.PDF, "一.pdf")
    old = clock.ticking() - timedelta(days=3)
    os.utime(path_of(first.sha256), (old.timestamp(), old.timestamp()))
    Blob.objects.update(stored=old)
    second = store(made.PDF, "二.pdf")
    assert (first.sha256, Blob.objects.count(), len(stored_files(home))) == (second.sha256, 1, 1)
    swept = sweeping.sweep()
    assert (swept.rows, swept.files) == (0, 0)
    assert path_of(first.sha256).exists()


def test_the_bytes_are_on_the_disk_before_there_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loss of power leaves bytes without a row at worst, never a row without bytes: bytes and the name in the folder are synced first."""
    done: list[str] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        done.append("folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "bytes")
        sync(handle)

    def told(execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        if sql.startswith("INSERT") and "blob" in sql:
            done.append("row")
        return execute(sql, *others)

    monkeypatch.setattr(os, "fsync", noted)
    with connection.execute_wrapper(told):
        store(made.PDF, "一.pdf")
    assert (done[0], done[-2:], done.count("row")) == ("bytes", ["folder", "row"], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="the tests' SQLite lives in memory, in one connection")
def test_the_same_bytes_at_the_same_moment() -> None:
    """Eight who store the same bytes at once all succeed; there is one row and one file."""

    def one(_n: int) -> str:
        try:
            return store(made.PDF, "同.pdf").sha256
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        (sha256,) = set(pool.map(one, range(8)))
    assert path_of(sha256).read_bytes() == made.PDF
    assert Blob.objects.filter(pk=sha256).delete()[0] == 1


def test_the_sweep_takes_only_what_is_old_and_unneeded(home: Path) -> None:
    """Bytes without a row, rows never attached and remains of broken uploads go after a day; fresh ones and needed ones stay."""
    kept, loose = store(made.PDF, "留.pdf"), store(made.docx("散"), "散.docx")
    orphan = path_of("ab" * 32)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"x")
    (root() / "incoming" / "tmpbroken").mkdir()
    kept.attachments.create(name="留.pdf", table="unit", row_key="1", made=clock.now())
    fresh = sweeping.sweep()
    assert (fresh.rows, fresh.files, fresh.remains) == (0, 0, 0)
    old = (clock.ticking() - timedelta(days=2)).timestamp()
    Blob.objects.update(stored=clock.ticking() - timedelta(days=2))
    for path in (orphan, path_of(kept.sha256), path_of(loose.sha256), root() / "incoming" / "tmpbroken"):
        os.utime(path, (old, old))
    swept = sweeping.sweep()
    assert (swept.rows, swept.files, swept.remains) == (1, 2, 1)
    assert stored_files(home) == [kept.sha256]


def test_missing_bytes_are_found() -> None:
    """A row whose bytes are gone, or shorter than they were, is told."""
    one, two = store(made.PDF, "一.pdf"), store(made.docx(), "二.docx")
    assert sweeping.missing(10) == []
    path_of(one.sha256).unlink()
    path_of(two.sha256).chmod(0o600)
    path_of(two.sha256).write_bytes(b"short")
    assert sweeping.missing(10) == sorted([one.sha256, two.sha256])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\桌面\\方案.docx", "方案.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("坏\u202e名\n字.pdf", "坏名字.pdf"),
        ("<b>x</b>.pdf", "b.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_names_lose_folders_and_marks(given: str, kept: str) -> None:
    """No folder, no mark that turns a name round, no mark of a web page; the ending stays."""
    assert plain_name(given) == kept
