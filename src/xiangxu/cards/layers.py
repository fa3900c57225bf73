"""The layers of packs: nation, province, prefecture, county, found from folders and from the codes of their places.

Under a root stand `national/`, one folder a province, and in a province `plans/<place>/`. Any other folder is one layer of its own
(a county's cards as they were exported). What is above a layer follows from the region codes of `place.yaml` or, for a place with
a plan, `document.yaml`: 370781 stands under 370700, 370000 and the nation. A folder without a code is under the province whose
folder holds it, if any, and the nation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

NATION = "national"
_TIERS = {"nation": 0, "province": 1, "prefecture": 2, "county": 3}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer. `within`: the name of the layer whose folder holds this one's; `title`: the name of the place."""

    name: str
    folder: Path
    tier: str
    code: str = ""
    within: str = ""
    title: str = ""


def shipped() -> Path:
    """The folder of the packs that come with the program."""
    return Path(str(files("xiangxu_packs")))


def folders_of(root: Path) -> list[Layer]:
    """The layers under a root, without their codes, highest first; their order is the same on every machine."""
    if not (root / NATION).is_dir():
        return [Layer(root.resolve().name, root, "county")]
    layers = [Layer(NATION, root / NATION, "nation")]
    for province in _folders(root):
        if province.name == NATION:
            continue
        layers.append(Layer(province.name, province, "province", within=NATION))
        plans = province / "plans"
        if plans.is_dir():
            layers += [Layer(place.name, place, "county", within=province.name) for place in _folders(plans)]
    return layers


def _folders(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))


def card_files(layer: Layer) -> list[Path]:
    """The layer's own files: a province's without those of the places in its `plans`."""
    plans = layer.folder / "plans"
    return sorted(p for p in layer.folder.rglob("*.y*ml") if layer.tier != "province" or plans not in p.parents)


def chain_of(layer: Layer, layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """The layers of which a place's cards are made, highest first, the place itself last."""
    above = [other for other in layers if other is not layer and _stands_above(other, layer)]
    return (*sorted(above, key=lambda other: (_TIERS[other.tier], other.name)), layer)


def _stands_above(other: Layer, layer: Layer) -> bool:
    if _TIERS[other.tier] >= _TIERS[layer.tier]:
        return False
    if other.tier == "nation":
        return True
    if layer.code and other.code:
        digits = 2 if other.tier == "province" else 4
        return other.code[:digits] == layer.code[:digits]
    return layer.within == other.name
