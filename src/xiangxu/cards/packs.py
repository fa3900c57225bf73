"""Packs of cards: read once, then looked up for a place and a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from xiangxu.cards import strict_yaml
from xiangxu.cards.building import Built, build, in_force
from xiangxu.cards.faults import Fault, FaultyCards, did_you_mean
from xiangxu.cards.file_rules import head_faults
from xiangxu.cards.identity import identity_faults
from xiangxu.cards.kinds import Head
from xiangxu.cards.layers import NATION, Layer, card_files, chain_of, folders_of, shipped
from xiangxu.cards.merge import Origin, Written, origins
from xiangxu.cards.plan_checks import plan_faults, uid_faults
from xiangxu.cards.strict_yaml import Sheet

Card = TypeVar("Card", bound=Head)
# The level with which a place's name ends, and which people leave out.
_LEVEL = re.compile(r"(?<=..)[省市县区旗盟州]$")


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a card came about at a place: the files of its layers, highest first, and each field with its layer."""

    card: Head
    written: tuple[Written, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class View:
    """The cards as they hold at one place, by id; `layers` are its layers, highest first.

    `files`: of each card the file that says the last word, for messages.
    """

    layers: tuple[Layer, ...]
    cards: Mapping[str, Head]
    former: Mapping[str, str]
    files: Mapping[str, Written]

    def get(self, id: str) -> Head | None:
        """The card of that id, or that had it formerly."""
        return self.cards.get(self.former.get(id, id))

    def of(self, kind: type[Card]) -> Iterator[Card]:
        """The cards of one kind, in the order of their ids."""
        return (card for _, card in sorted(self.cards.items()) if isinstance(card, kind))


@dataclass
class Packs:
    """All cards of some folders. `faults`: what is wrong with them; cards with a fault are left out of every view."""

    layers: tuple[Layer, ...]
    written: tuple[Written, ...]
    faults: tuple[Fault, ...] = ()
    _built: dict[tuple[Path, ...], Built] = field(default_factory=dict, repr=False)
    _lines: dict[Layer, tuple[Layer, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, roots: Sequence[Path] = ()) -> Packs:
        """The packs of these folders, by default of the shipped one; every mistake is in `faults`, in the order of the files."""
        faults: list[Fault] = []
        placed: list[Layer] = []
        written: list[Written] = []
        for folder in [layer for root in roots or (shipped(),) for layer in folders_of(root)]:
            sheets = [strict_yaml.read(path) for path in card_files(folder)]
            layer = _placed(folder, sheets)
            placed.append(layer)
            for sheet in sheets:
                card = Written(layer, sheet)
                found = [*sheet.faults, *(head_faults(card) if sheet.data else ())]
                faults += found
                if not found:
                    written.append(card)
        packs = cls(tuple(placed), tuple(written))
        faults += identity_faults(written, packs.line)
        faults += [
            fault for layer in placed for chain in packs._chains(layer).values() for fault in packs._own_faults(layer, chain)
        ]
        faults += [fault for layer in placed for fault in plan_faults(packs.own(layer))]
        faults += uid_faults(card for layer in placed for card in packs.own(layer))
        packs.faults = tuple(sorted(set(faults), key=lambda fault: (str(fault.file), fault.line, fault.field)))
        return packs

    def layer(self, place: str) -> Layer:
        """The layer of a place, by the name of its folder, by its region code or its title, with or without its level (市, 县 …)."""
        for known in self.layers:
            if place in (known.name, known.code, known.title):
                return known
        short = [known for known in self.layers if place and place == _LEVEL.sub("", known.title)]
        if len(short) == 1:
            return short[0]
        names = [name for layer in self.layers for name in (layer.name, layer.title) if name]
        raise LookupError(f"没有“{place}”这个地方的政策包。{did_you_mean(place, names, '地方')}。")

    def line(self, layer: Layer) -> tuple[Layer, ...]:
        """The layers that count at a layer's place, highest first."""
        if layer not in self._lines:
            self._lines[layer] = chain_of(layer, self.layers)
        return self._lines[layer]

    def at(self, place: str = NATION, on: date | None = None) -> View:
        """The cards as they hold at a place, on a day if one is given; a lower layer counts before a higher one."""
        layer = self.layer(place)
        cards: dict[str, Head] = {}
        files: dict[str, Written] = {}
        for id, chain in self._chains(layer).items():
            counting = in_force(chain, on)
            card = self._build(counting)[0] if counting else None
            if card is not None:
                cards[id], files[id] = card, counting[-1]
        former = {old: id for id, card in cards.items() for old in card.formerly}
        return View(self.line(layer), cards, former, files)

    def explain(self, id: str, place: str = NATION, on: date | None = None) -> Explanation:
        """Where each field of a card comes from at a place; refused where there is no such card there, or a faulty one."""
        layer = self.layer(place)
        chains = self._chains(layer)
        if id not in chains:
            id = self.at(place, on).former.get(id, id)
        chain = in_force(chains.get(id, ()), on)
        if not chain:
            raise LookupError(f"“{place}”没有“{id}”这张卡片。{did_you_mean(id, chains, '卡片')}。")
        card = self._build(chain)[0]
        if card is None:
            raise FaultyCards(fault for fault in self.faults if fault.file in {written.sheet.path for written in chain})
        return Explanation(card, chain, tuple(origins(chain)))

    def _chains(self, layer: Layer) -> dict[str, tuple[Written, ...]]:
        """Of every id the files that make its card at a layer's place, highest first."""
        order = {known: position for position, known in enumerate(self.line(layer))}
        chains: dict[str, tuple[Written, ...]] = {}
        for written in sorted((w for w in self.written if w.layer in order), key=lambda w: order[w.layer]):
            chains[written.id] = (*chains.get(written.id, ()), written)
        return chains

    def _build(self, chain: tuple[Written, ...]) -> Built:
        key = tuple(written.sheet.path for written in chain)
        if key not in self._built:
            self._built[key] = build(chain, self._build(chain[:-1])[0] if len(chain) > 1 else None)
        return self._built[key]

    def _own_faults(self, layer: Layer, chain: tuple[Written, ...]) -> tuple[Fault, ...]:
        return self._build(chain)[1] if chain[-1].layer == layer else ()

    def own(self, layer: Layer) -> list[tuple[Written, Head]]:
        """The sound cards that a layer itself writes."""
        chains = [chain for chain in self._chains(layer).values() if chain[-1].layer == layer]
        return [(chain[-1], card) for chain in chains if (card := self._build(chain)[0]) is not None]


def _placed(layer: Layer, sheets: Sequence[Sheet]) -> Layer:
    """The layer with the code, tier and title that its `place.yaml` or the document of its plan gives."""
    by_kind = {str(sheet.data.get("kind")): sheet.data for sheet in sheets}
    for kind in ("place", "plan"):
        data = by_kind.get(kind, {})
        code, tier = data.get("region_code"), data.get("region_level")
        if isinstance(code, str) and tier in ("nation", "province", "prefecture", "county"):
            title = data.get("region") or (data.get("title") or {}).get("zh") or ""
            return replace(layer, code=code, tier=tier, title=str(title))
    return layer
