"""Pictures inside Word files: read where text recognition is installed, told of where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.importer.read.word import cell, consistent, lines, para, read, row, run, table, word_file
from xiangxu.importer.passage import Passage
from xiangxu.importer.read import ocr
from xiangxu.importer.read import read as read_file
from xiangxu.importer.source import Line, Table
from xiangxu.model.place import Doubt


def picture(width: float, relation: str = "a.png") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{int(width * 360000)}" cy="1"/><a:graphic><a:graphicData>'
        f'<a:blip r:embed="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def recognised(data: bytes, base_offset: int) -> tuple[str, tuple[Line | Table, ...]]:
    """Stands in for text recognition: a picture shows what its bytes say."""
    text = data.decode()
    return (text + "\n", (Line(Passage.of(text, base_offset), doubts=(Doubt.OCR,)),)) if text else ("", ())


def test_told_of_where_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture that may hold text is counted and told of; seals and logos are not worth a word."""
    monkeypatch.setattr(ocr, "available", lambda: False)
    old = '<w:r><w:pict><v:shape style="width:415pt;height:20pt"><v:imagedata r:id="a.png"/></v:shape></w:pict></w:r>'
    source = read(tmp_path, para(run("任务清单") + picture(4.2) + picture(15)) + para(old), media={"a.png": "图".encode()})
    assert lines(source) == ["任务清单"]
    assert [note[:12] for note in source.notes] == ["第1处图片没有读出。图片", "第2处图片没有读出。图片"]
    assert source.doubts == (Doubt.PICTURE_UNREAD,)


def test_read_where_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is recognised stands after the paragraph or table of the picture, and its passages point into the text."""
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "blocks_of_picture", recognised)
    body = (
        para(run("任务清单") + picture(15))
        + table(row("甲", cell(para(picture(8, "b.png")))), row("乙", "丙"))
        + para(run("末") + picture(9, "c.png") + picture(9, "elsewhere"))
    )
    source = read(tmp_path, body, media={"a.png": "表一".encode(), "b.png": "表二".encode(), "c.png": b""})
    assert source.text.split() == ["任务清单", "表一", "甲", "乙", "丙", "表二", "末"]
    assert lines(source) == ["任务清单", "表一", "表二", "末"]
    assert consistent(source)
    assert [note[:9] for note in source.notes] == ["第3处图片里没有识", "第4处图片没有读出"]


def test_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition is slow, so each picture is announced."""
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "blocks_of_picture", recognised)
    told: list[tuple[int, int]] = []
    path = word_file(tmp_path / "a.docx", para(picture(15) + picture(16)), media={"a.png": "表".encode()})
    read_file(path, lambda done, of, what: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
