"""The packs that come with the program."""

from __future__ import annotations

import re

import pytest

from tests.paths import REPOSITORY
from xiangxu.cards import Packs
from xiangxu.cards.kinds import Coverage, Evaluator, Fields, Terms, ThemeCard
from xiangxu.cards.vocabulary import THEMES
from xiangxu.formula import evaluate, names, parse
from xiangxu.formula.quotients import set_against
from xiangxu.formula.tree import Arithmetic, Call, Field, Tree, walk
from xiangxu.review.card_formulas import field_words
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


def test_what_a_tick_means_is_told_in_english_too(packs: Packs) -> None:
    """Whoever answers √ or × reads in the own language what it says and what shows it."""
    silent = [card.id for card in packs.at().of(Coverage) if not (card.statement.en and card.evidence.en)]
    assert silent == []


def _wholes(tree: Tree, first: str) -> set[str]:
    """The fields below the line of the formula's ratios; none where a sum stands outside a ratio too."""
    ratios = [node for _, node in walk(tree) if isinstance(node, Arithmetic) and set_against(node, first)]
    within = {id(each) for ratio in ratios for sides in set_against(ratio, first).values() for side in sides for each in side}
    sums = [node for _, node in walk(tree) if isinstance(node, Call) and node.function == "sum"]
    below = [node for ratio in ratios for _, node in walk(ratio.right) if isinstance(node, Call) and node.function == "sum"]
    if any(id(each) not in within for each in sums):
        return set()
    return {node.name for each in below for _, node in walk(each.arguments[0]) if isinstance(node, Field)}


def test_who_reports_no_whole_changes_no_ratio(packs: Packs) -> None:
    """Of every card that is a ratio of sums: a second return that tells the part and leaves the whole blank changes no example."""
    view, ratios = packs.at(), 0
    for card in view.of(Evaluator):
        tree, words = parse(card.formula), field_words(view, card.tables)
        blank = dict.fromkeys(_wholes(tree, card.tables[0]))
        ratios += bool(blank)
        for example in card.examples if blank else ():
            tables = {table: [*rows, *({**row, **blank} for row in rows)] for table, rows in example.tables.items()}
            given = {name: example.params.get(name, param.default) for name, param in card.params.items()}
            found = evaluate(tree, tables, given, units=example.units, previous=example.previous, fields=words).value
            assert found == (example.gives if example.gives is None else pytest.approx(example.gives, abs=1e-4)), card.id
    assert ratios > 40


def test_stocks_of_monthly_returns_say_so(packs: Packs) -> None:
    """What stands in a monthly return is a flow that is named here, or is taken from each unit's latest return."""
    view = packs.at()
    flows = {"报警测试", "报警测试成功", "发现隐患", "按期销号隐患", "溺亡人数"}
    monthly = {card.table for card in view.of(Fields) if card.per == "month"}
    for card in view.of(Evaluator):
        if monthly & set(card.tables):
            used = {name for _, name in names(parse(card.formula)).fields}
            assert ("期间" in used) is not (used <= flows), card.id


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
