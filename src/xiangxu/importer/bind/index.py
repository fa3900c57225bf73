"""The words of all evaluator cards, laid out so that a promise finds in one pass the cards that share its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log

from xiangxu.cards.kinds import Coverage, Duty, Evaluator, Fields, Milestone
from xiangxu.importer.bind.forms import Sort, sort_of
from xiangxu.importer.bind.wording import bare, pieces

# How much a phrase of a card counts by where it stands on the card: what the card is called, what it says in its own sentence,
# what its registry calls its entries, the fields that it reads.
CALLED, TOLD, CHOICE, FIELD = 1.0, 0.4, 0.3, 0.25

# A piece of the name of a scope says of whom (义务教育学校, 留守儿童), and less of what.
WHOM = 0.9
# What many a promise makes, whatever it is about: the form says it already.
MADE = 0.5
_MADE = frozenset(
    (
        *("制度", "机制", "体系", "方案", "办法", "标准", "计划"),
        *("工作", "活动", "行动", "工程", "项目", "建设", "目标", "发展"),
        *("覆盖", "盖率", "全覆", "比例", "情况"),
    )
)

# A phrase of which most was cut out as saying nothing (全部改造) says less than its pieces make believe.
LIGHTENED = 0.6

# Parameters whose choices every matter has (省级, 小学, 已申报): they say nothing for one card.
_GENERAL = {"level", "status", "stage", "holder_type", "partner_type", "post", "or_post"}

_NAME = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words of one card: `card` is its position, `weight` by where it stands, `cut` its pieces."""

    card: int
    text: str
    weight: float
    cut: frozenset[str]


class CardIndex:
    """Evaluator cards by the pieces of their words; a piece weighs as much as it is rare over all cards.

    `scope_names`: the names of all scopes. `tables`: the field dictionaries, by whose choices a registry's cards are known
    (名师工作室 is a kind of studio).
    """

    def __init__(self, cards: Iterable[Evaluator], fields: Iterable[Fields], scope_names: Iterable[str] = ()) -> None:
        self.cards: tuple[Evaluator, ...] = tuple(sorted(cards, key=lambda card: card.id))
        self.sorts: tuple[Sort, ...] = tuple(sort_of(card) for card in self.cards)
        self.tables: Mapping[str, Fields] = {dictionary.table: dictionary for dictionary in fields}
        self.phrases: tuple[Phrase, ...] = tuple(
            Phrase(position, bare(text), weight * min(1.0, (len(cut) + 1) / len(bare(text))) ** LIGHTENED, cut)
            for position, card in enumerate(self.cards)
            for text, weight in self._words(card).items()
            if (cut := pieces(text))
        )
        quiet = frozenset(piece for name in scope_names for piece in pieces(name))
        held: defaultdict[str, set[int]] = defaultdict(set)
        said: list[set[str]] = [set() for _ in self.cards]
        for phrase in self.phrases:
            said[phrase.card] |= phrase.cut
            for piece in phrase.cut:
                held[piece].add(phrase.card)
        # Of every card the pieces of all its words.
        self.said: tuple[frozenset[str], ...] = tuple(map(frozenset, said))
        self.rarity: Mapping[str, float] = {
            piece: log(1 + len(self.cards) / len(own)) * (MADE if piece in _MADE else WHOM if piece in quiet else 1.0)
            for piece, own in held.items()
        }
        self.unseen = log(1 + len(self.cards))
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for position, phrase in enumerate(self.phrases):
            for piece in phrase.cut:
                holders[piece].append(position)
        self.holders: Mapping[str, Sequence[int]] = holders
        # Of every phrase the weight of all its pieces, and that of its rarest.
        self.lengths = tuple(self.weight(phrase.cut) for phrase in self.phrases)
        self.keenest = tuple(max(self.rarity[piece] for piece in phrase.cut) for phrase in self.phrases)
        readers: defaultdict[str, list[int]] = defaultdict(list)
        for position, card in enumerate(self.cards):
            for table in card.tables:
                readers[table].append(position)
        self.readers: Mapping[str, Sequence[int]] = readers

    def weight(self, cut: Iterable[str]) -> float:
        """The rarity of pieces added up; one that no card has is as rare as can be."""
        return sum(self.rarity.get(piece, self.unseen) for piece in cut)

    def strange(self, cut: Set[str]) -> float:
        """Of pieces the part that stands on no card."""
        return sum(piece not in self.rarity for piece in cut) / max(1, len(cut))

    def explained(self, cut: Set[str], card: int) -> float:
        """Of pieces the part, by rarity, that all the words of a card say together."""
        return self.weight(cut & self.said[card]) / (self.weight(cut) or 1.0)

    def _words(self, card: Evaluator) -> dict[str, float]:
        found: dict[str, float] = {}

        def add(text: str, weight: float) -> None:
            found[text] = max(weight, found.get(text, 0))

        for name in (card.title.zh, *card.aliases):
            add(name, CALLED)
        if isinstance(card, Coverage):
            add(card.statement.zh, TOLD)
        elif isinstance(card, Duty):
            add(card.does, TOLD)
        elif isinstance(card, Milestone):
            add(card.deliverable, TOLD)
        for choice in self.choices(card):
            add(choice, CHOICE)
        for param in (param for name, param in card.params.items() if name not in _GENERAL):
            for value in param.choices or ():
                if isinstance(value, str) and len(value) > 1:
                    add(value, CHOICE)
        for word in self._fields_read(card):
            add(word, FIELD)
        return found

    def choices(self, card: Evaluator) -> tuple[str, ...]:
        """The kinds of entries that the card may ask its registry for: its own choices, else those of the field 类别."""
        kind = card.params.get("kind")
        if kind is None or card.kind != "registry":
            return ()
        return tuple(str(choice) for choice in kind.choices or self.field_choices(card, "类别") if choice != "其他")

    def field_choices(self, card: Evaluator, name: str) -> tuple[str, ...]:
        """The choices of a field of the tables that the card reads."""
        for table in card.tables:
            if table in self.tables:
                for field in self.tables[table].fields:
                    if field.name == name and field.choices:
                        return field.choices
        return ()

    def _fields_read(self, card: Evaluator) -> list[str]:
        if card.kind not in ("indicator", "coverage"):
            return []
        names = set(_NAME.findall(card.formula))
        held = {field.name for table in card.tables if table in self.tables for field in self.tables[table].fields}
        # One field that many cards read (在校生) says little; its pieces are not rare, so it needs no list.
        return sorted(name for name in names & held if len(name) > 2)
