"""Opens what a person names: the pack of a place, or the document of a plan."""

from __future__ import annotations

from pathlib import Path

from xiangxu.cards import Packs
from xiangxu.cards.kinds import PlanCard
from xiangxu.importer.plan import Step, read_plan
from xiangxu.review.comparison.from_pack import side_of_pack
from xiangxu.review.comparison.from_reading import side_of_reading
from xiangxu.review.comparison.side import Side


class NoSuchPlan(LookupError):
    """Neither a file nor a place with a plan; the message says which places have one."""


def open_plan(name: str, packs: Packs, on_progress: Step | None = None) -> Side:
    """The plan of a place, by the name of its folder, its code or title; or else the document of that path.

    A document's promises are bound by the cards of the nation, and of its place where a pack of that name is known. Refuses with
    `NoSuchPlan`, or `Unreadable` for a document that cannot be read.
    """
    path = Path(name)
    if path.is_file():
        reading = read_plan(path, on_progress)
        region = reading.doc.region
        known = region is not None and any(region == layer.title for layer in packs.layers)
        return side_of_reading(reading, packs.at(region) if region and known else packs.at())
    try:
        layer = packs.layer(name)
    except LookupError:
        layer = None
    cards = [card for _, card in packs.own(layer)] if layer else []
    plan = next((card for card in cards if isinstance(card, PlanCard)), None)
    if layer is None or plan is None:
        places = [known.name for known in packs.layers if any(isinstance(card, PlanCard) for _, card in packs.own(known))]
        raise NoSuchPlan(f"没有“{name}”这个文件，也没有这个地方的方案包。写文件的路径，或下列地方之一：{'、'.join(places)}。")
    return side_of_pack(layer.name, plan, cards)
