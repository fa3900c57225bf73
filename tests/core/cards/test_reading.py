"""How a card's file is read: text stays text, and every kind has its schema."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from tests.core.cards.invented import PASS_SHARE, written
from xiangxu.cards import Packs
from xiangxu.cards.kinds import KIND_NAMES, KINDS
from xiangxu.cards.schema import schema_of
from xiangxu.cards.strict_yaml import parse

FILE = Path("card.yaml")


def test_what_looks_like_text_stays_text() -> None:
    """YAML's surprises do not happen: no, on, dates, times, octal and grouped numbers are text."""
    sheet = parse("no: off\nday: 2014-07-01\ntime: 1:30\ncode: 0755\ngrouped: 1_000\nyes: ~\nnumber: -1.50\nwhole: 12\n", FILE)
    assert sheet.faults == ()
    assert sheet.data == {
        "no": "off", "day": "2014-07-01", "time": "1:30", "code": "0755", "grouped": "1_000", "yes": None, "number": -1.5, "whole": 12,
    }  # fmt: skip


def test_every_field_knows_its_line() -> None:
    """A field that is not written has the line of what is around it."""
    lines = parse("a: 1\nb:\n  - {c: 2}\n  - {c: 3}\n", FILE).lines
    assert [lines.of(way) for way in (("a",), ("b", 1, "c"), ("b", 1, "d"), ("x",))] == [1, 4, 4, 1]


def test_an_endless_anchor_is_refused() -> None:
    """A list that holds itself does not hang the reader."""
    assert [fault.wrong for fault in parse("a: &x [*x]\n", FILE).faults] == ["引用了锚点（*）"]


@given(st.text(max_size=60))
def test_whatever_stands_in_a_file_is_read_or_refused(text: str) -> None:
    """No text breaks the reader: there is data, or a fault with its remedy."""
    sheet = parse(text, FILE)
    assert isinstance(sheet.data, dict)
    assert sheet.data or sheet.faults or text.strip() == "{}"
    assert all(fault.wrong and fault.remedy for fault in sheet.faults)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """A card saved by an old editor says so instead of showing signs that nobody wrote."""
    root = written(tmp_path)
    (root / "national" / "wellbeing.yaml").write_bytes("kind: theme\nid: 主题".encode("gbk"))
    assert [fault.remedy for fault in Packs.load([root]).faults] == ["请另存为 UTF-8"]


def test_every_kind_has_a_schema() -> None:
    """Each is JSON, refuses unknown fields, and lists the words of closed vocabularies."""
    assert set(KINDS) == set(KIND_NAMES)
    for kind in KINDS:
        schema = json.loads(json.dumps(schema_of(kind)))
        assert schema["additionalProperties"] is False
        assert {"kind", "id", "title"} <= set(schema["required"])
    assert "个百分点" in schema_of("indicator")["properties"]["uom"]["enum"]


def test_seven_hundred_cards_are_read_in_two_seconds(tmp_path: Path) -> None:
    """Checking must not be a thing one puts off."""
    more = {f"national/many/card-{n}.yaml": PASS_SHARE.replace("id: pass-share", f"id: card-{n}") for n in range(700)}
    root = written(tmp_path, more)
    began = process_time()
    packs = Packs.load([root])
    assert process_time() - began < 2
    assert (len(packs.at("yanxi").cards), packs.faults) == (711, ())
