"""One id, one card: unique over all kinds and layers, save where a lower layer overrides a higher one; never used again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from xiangxu.cards.faults import Fault
from xiangxu.cards.layers import Layer
from xiangxu.cards.merge import Written


def identity_faults(written: Iterable[Written], chain: Callable[[Layer], tuple[Layer, ...]]) -> Iterator[Fault]:
    """Ids that two cards share, and former ids that live again."""
    by_id: dict[str, list[Written]] = defaultdict(list)
    for card in written:
        by_id[card.id].append(card)
    for cards in by_id.values():
        yield from _shared(cards, chain)
    for id, cards in by_id.items():
        for card in cards:
            former = card.sheet.data.get("formerly")
            for old in former if isinstance(former, list) else ():
                if old in by_id and old != id:
                    lines = card.sheet.lines.of(("formerly",))
                    yield Fault(
                        card.sheet.path,
                        lines,
                        "formerly",
                        f"旧标识“{old}”还有卡片在用：{by_id[old][0].sheet.path}",
                        "用过的标识不再用；给那张卡片另取一个",
                    )


def _shared(cards: list[Written], chain: Callable[[Layer], tuple[Layer, ...]]) -> Iterator[Fault]:
    """One card defines, those of layers below it override: a second definition, or two files in one layer, is a fault."""
    layers = {card.layer for card in cards}
    definition: Written | None = None
    for position, card in enumerate(cards):
        twin = next((other for other in cards[:position] if other.layer == card.layer), None)
        if twin is not None:
            yield _taken(card, twin, "换一个标识，或合成一张")
        elif layers.isdisjoint(chain(card.layer)[:-1]):
            if definition is not None:
                yield _taken(card, definition, "两地各自的卡片，标识前加上地名拼音以示区别")
            definition = definition or card


def _taken(card: Written, other: Written, remedy: str) -> Fault:
    line = card.sheet.lines.of(("id",))
    return Fault(card.sheet.path, line, "id", f"标识“{card.id}”已被占用：{other.sheet.path}", remedy)
