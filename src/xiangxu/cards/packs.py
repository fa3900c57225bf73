"""Packs of cards: read once, then looked up for a place and a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from xiangxu.cards import file_rules, layers, strict_yaml
from xiangxu.cards.faults import Fault, FaultyCards, did_you_mean, dotted
from xiangxu.cards.kinds import KINDS, Head, InForce
from xiangxu.cards.layers import Layer
from xiangxu.cards.merge import Origin, Written, forbidden, merged, origins
from xiangxu.cards.wording import worded

Card = TypeVar("Card", bound=Head)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a card came about at a place: the files of its layers, highest first, and each field with its layer."""

    card: Head
    written: tuple[Written, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class View:
    """The cards as they hold at one place, by id; `layers` are its layers, highest first."""

    layers: tuple[Layer, ...]
    cards: Mapping[str, Head]
    former: Mapping[str, str]

    def get(self, id: str) -> Head | None:
        """The card of that id, or that had it formerly."""
        return self.cards.get(self.former.get(id, id))

    def of(self, kind: type[Card]) -> Iterator[Card]:
        """The cards of one kind, in the order of their ids."""
        return (card for _, card in sorted(self.cards.items()) if isinstance(card, kind))


@dataclass
class Packs:
    """All cards of some folders. `faults`: what is wrong with them; cards with a fault are left out."""

    layers: tuple[Layer, ...]
    written: tuple[Written, ...]
    faults: tuple[Fault, ...]
    _built: dict[tuple[Path, ...], tuple[Head | None, tuple[Fault, ...]]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, roots: Sequence[Path] = ()) -> Packs:
        """The packs of these folders, by default of the shipped one; every mistake is in `faults`, in the order of the files."""
        found = [layer for root in roots or (layers.shipped(),) for layer in layers.folders_of(root)]
        faults: list[Fault] = []
        named: list[Layer] = []
        written: list[Written] = []
        for layer in found:
            sheets = [strict_yaml.read(path) for path in layers.card_files(layer)]
            layer = _placed(layer, sheets)
            faults += [fault for sheet in sheets for fault in sheet.faults]
            cards = [Written(layer, sheet) for sheet in sheets if sheet.data]
            sound = [card for card in cards if not (wrong := list(file_rules.head_faults(card))) or faults.extend(wrong)]
            named.append(layer)
            written += sound
        packs = cls(tuple(named), tuple(written), ())
        faults += packs._all_faults()
        packs.faults = tuple(sorted(faults, key=lambda fault: (str(fault.file), fault.line, fault.field)))
        return packs

    def layer(self, place: str) -> Layer:
        """The layer of a place, by the name of its folder, by its region code or its title."""
        for known in self.layers:
            if place in (known.name, known.code, known.title):
                return known
        names = [layer.name for layer in self.layers] + [layer.title for layer in self.layers if layer.title]
        raise LookupError(f"没有“{place}”这个地方的政策包。{did_you_mean(place, names, '地方')}")

    def at(self, place: str = layers.NATION, on: date | None = None) -> View:
        """The cards as they hold at a place, on a day if one is given; a lower layer counts before a higher one."""
        line = layers.chain(self.layer(place), self.layers)
        cards: dict[str, Head] = {}
        for id, chain in self._chains(line).items():
            in_force = _in_force(chain, on)
            card = self._build(in_force)[0] if in_force else None
            if card is not None:
                cards[id] = card
        former = {old: id for id, card in cards.items() for old in card.formerly}
        return View(line, cards, former)

    def explain(self, id: str, place: str = layers.NATION, on: date | None = None) -> Explanation:
        """Where each field of a card comes from at a place; refused where there is no such card there or it is faulty."""
        line = layers.chain(self.layer(place), self.layers)
        chains = self._chains(line)
        if id not in chains:
            id = self.at(place, on).former.get(id, id)
        chain = _in_force(chains.get(id, ()), on)
        if not chain:
            raise LookupError(f"“{line[-1].name}”没有“{id}”这张卡片。{did_you_mean(id, chains, '卡片')}")
        card, faults = self._build(chain)
        if card is None:
            raise FaultyCards(faults)
        return Explanation(card, chain, tuple(origins(chain)))

    def where(self, written: Written) -> str:
        """The file of a card as seen from its pack's root."""
        return str(written.sheet.path)

    def _chains(self, line: Sequence[Layer]) -> dict[str, tuple[Written, ...]]:
        order = {layer.name: position for position, layer in enumerate(line)}
        chains: dict[str, tuple[Written, ...]] = {}
        for written in sorted((w for w in self.written if w.layer.name in order), key=lambda w: order[w.layer.name]):
            chains[written.id] = (*chains.get(written.id, ()), written)
        return chains
