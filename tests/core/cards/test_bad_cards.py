"""One bad card a mistake; what must be said about it stands in its first line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xiangxu.cards import Packs

FOLDER = Path(__file__).parent / "bad"
CARDS = sorted(FOLDER.glob("*.yaml"))
EXPECTED = "# 应报："


@pytest.mark.parametrize("card", CARDS, ids=lambda p: p.stem)
def test_a_bad_card_is_refused_in_words(card: Path, tmp_path: Path) -> None:
    """The one mistake is told once, with its line, its field, what is wrong and what to write; the card is in no view."""
    folder = tmp_path / "somewhere"
    folder.mkdir()
    shutil.copy(card, folder)
    packs = Packs.load([folder])
    expected = card.read_text(encoding="utf-8").splitlines()[0]
    assert [EXPECTED + str(fault) for fault in packs.faults] == [expected]
    assert not packs.at("somewhere").cards


def test_no_message_speaks_english_or_of_the_library() -> None:
    """Messages are for clerks: words of cards may be English, sentences may not."""
    told = [card.read_text(encoding="utf-8").splitlines()[0] for card in CARDS]
    assert not [line for line in told if "Input should" in line or "pydantic" in line or "valid " in line]
