"""The packs that come with the program."""

from __future__ import annotations

import re

import pytest

from tests.paths import REPOSITORY
from xiangxu.cards import Packs
from xiangxu.cards.kinds import Terms, ThemeCard
from xiangxu.cards.vocabulary import THEMES
from xiangxu.review.pack_check import strict_faults


@pytest.fixture(scope="module")
def packs() -> Packs:
    """The shipped packs, read once."""
    return Packs.load()


def test_every_card_is_sound(packs: Packs) -> None:
    """No card has a fault."""
    assert [f"{fault.file} {fault}" for fault in packs.faults] == []


def test_every_reference_formula_and_example_holds(packs: Packs) -> None:
    """`pack check --strict` finds nothing: every example gives its value in the reference meaning."""
    assert [f"{fault.file} {fault}" for fault in strict_faults(packs)] == []


def test_the_theme_cards_are_the_themes(packs: Packs) -> None:
    """The closed vocabulary and the cards name the same themes in the same words and order."""
    cards = sorted(packs.at().of(ThemeCard), key=lambda card: card.order)
    assert [(card.id, card.title.zh) for card in cards] == list(THEMES.words.items())
    assert [card.order for card in cards] == list(range(1, len(cards) + 1))


def test_every_place_is_under_its_province(packs: Packs) -> None:
    """Each place with a plan finds the nation and a province above it."""
    places = [layer for layer in packs.layers if layer.within not in ("", "national")]
    for place in places:
        assert [layer.tier for layer in packs.at(place.name).layers[:2]] == ["nation", "province"]


def test_the_vocabulary_has_every_word_of_the_design(packs: Packs) -> None:
    """Design §3 and the glossary of the packs speak of the same terms; homes that exist are named rightly."""
    design = (REPOSITORY / "docs" / "why" / "design.md").read_text(encoding="utf-8")
    section = design[design.index("## 3. Vocabulary") : design.index("## 4. Layout")]
    words = {word for row in re.findall(r"^\| ([^|]*[一-鿿][^|]*) \|", section, re.M) for word in row.split("、")}
    terms = [term for card in packs.at().of(Terms) for term in card.terms]
    assert words <= {word for term in terms for word in term.term.split("、")}
    folders = {home.split("/")[0] for term in terms for home in term.home}
    assert folders == {"src"}
