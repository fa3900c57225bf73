"""One card from several layers: mappings merge, lists are replaced whole, what fixes the meaning of a figure cannot be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiangxu.cards.faults import Fault
from xiangxu.cards.kinds import KINDS, PLAN_FILES
from xiangxu.cards.layers import Layer
from xiangxu.cards.strict_yaml import Data, Sheet

# These belong to each file itself: from when an override holds says nothing about the card above it.
_OWN = {"in_force"}


@dataclass(frozen=True, slots=True)
class Written:
    """A card's file in its layer."""

    layer: Layer
    sheet: Sheet

    @property
    def id(self) -> str:
        """The card's id, as text."""
        return str(self.sheet.data.get("id", ""))

    @property
    def kind(self) -> str:
        """The card's kind, as text."""
        return str(self.sheet.data.get("kind", ""))


@dataclass(frozen=True, slots=True)
class Origin:
    """A field of a merged card, the value that counts and the layer that gives it.

    `replaced`: the values of higher layers that this one hides, nearest first.
    """

    field: str
    value: Any
    written: Written
    line: int
    replaced: tuple[tuple[str, Any], ...] = ()


def merged(chain: Sequence[Written]) -> Data:
    """The card's data, highest layer first.

    >>> _merge({"a": {"x": 1, "y": 2}, "b": [1, 2]}, {"a": {"y": 3}, "b": [4]})
    {'a': {'x': 1, 'y': 3}, 'b': [4]}
    """
    data = chain[0].sheet.data
    for written in chain[1:]:
        data = _merge(data, {key: value for key, value in written.sheet.data.items() if key not in _OWN})
    return data


def _merge(above: Mapping[str, Any], below: Mapping[str, Any]) -> Data:
    data = dict(above)
    for key, value in below.items():
        over = data.get(key)
        data[key] = _merge(over, value) if isinstance(over, dict) and isinstance(value, dict) else value
    return data


def forbidden(above: Written, below: Written) -> Iterator[Fault]:
    """What the lower card may not say over the higher one of the same id."""
    path, lines = below.sheet.path, below.sheet.lines
    home = f"上层的卡片在 {above.sheet.path}（{above.layer.name}）"
    if above.kind != below.kind:
        yield Fault(
            path, lines.of(("kind",)), "kind", f"标识“{below.id}”上层是 {above.kind}，这里是 {below.kind}", f"换一个标识；{home}"
        )
        return
    if below.kind in PLAN_FILES:
        yield Fault(path, lines.of(("id",)), "id", f"方案的卡片“{below.id}”已有一份", f"换一个文件夹名作标识；{home}")
        return
    for field in sorted(KINDS[below.kind].FIXED - {"kind"}):
        if field in below.sheet.data and below.sheet.data[field] != above.sheet.data.get(field):
            remedy = f"删去这一行；确要另算，请另建一张卡片，用新标识并写 compares_with: {below.id}。{home}"
            yield Fault(path, lines.of((field,)), field, f"“{field}”不能在下层改写：同一标识的数要能上下、左右比较", remedy)


def origins(chain: Sequence[Written]) -> list[Origin]:
    """Every field of the merged card with the layer that it comes from, in the order of the card."""
    found: list[Origin] = []
    for path, value in _leaves(merged(chain)):
        giving = [
            written for written in chain if _value(written.sheet.data, path) is not _MISSING and _counts(chain, written, path)
        ]
        giver = giving[-1]
        replaced = tuple((other.layer.name, _value(other.sheet.data, path)) for other in reversed(giving[:-1]))
        found.append(Origin(".".join(path), value, giver, giver.sheet.lines.of(path), replaced))
    return found


_MISSING = object()


def _counts(chain: Sequence[Written], written: Written, path: tuple[str, ...]) -> bool:
    return written is chain[0] or path[0] not in _OWN


def _leaves(data: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _value(data: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if not isinstance(data, dict) or step not in data:
            return _MISSING
        data = data[step]
    return data
