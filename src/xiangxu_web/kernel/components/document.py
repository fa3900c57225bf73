"""The document viewer: the office's own wording at the left, what was read from it at the right, each row leading to its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.components.lamp import Lamp

Words = str | LazyText


@dataclass(frozen=True)
class PlaceMark:
    """A place on the picture of a page, in the picture's own measure."""

    key: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Part:
    """A passage of the text, or the picture of a page (``image``) with the places marked on it."""

    key: str
    words: Words
    heading: bool = False
    image: str = ""
    width: int = 0
    height: int = 0
    marks: Sequence[PlaceMark] = ()


@dataclass(frozen=True)
class Linked:
    """What was read at a place: ``passage`` is the key of a part or of a mark, ``place`` its words (第 3 页, 附件 1 第 12 行)."""

    passage: str
    place: str
    title: Words
    words: Words = ""
    url: str = ""
    state: str | Lamp = ""


@dataclass(frozen=True)
class Document:
    """An issued document and what was read from it. ``at`` is the passage that is lit when the page opens."""

    title: Words
    parts: Sequence[Part]
    rows: Sequence[Linked]
    at: str = ""
