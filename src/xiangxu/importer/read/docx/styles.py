"""Styles: what a paragraph inherits through its style and the styles on which that is based."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from xiangxu.importer.read.docx.markup import W, number, switch, value

# The built-in heading styles carry these names whatever their id ("1" in Chinese Word, "Heading1" elsewhere).
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
# The lines of a table of contents: toc 1, 目录 2, and LibreOffice's contents 3.
_CONTENTS_NAME = re.compile(r"(?:toc|目录|contents)\s*[1-9]$", re.IGNORECASE)
_BODY_LEVEL = 9
_DEFAULT_SIZE = 21  # in half points: 五号, Word's default in Chinese


@dataclass(frozen=True, slots=True)
class Look:
    """What styles and direct formatting say of a paragraph; None where they say nothing.

    `list_id` and `list_level` are the numbering (`w:numId`, `w:ilvl`), `list_style` the style that brought it. `left` and `first`
    are indents in hundredths of a character, the latter negative where it hangs; `size` is in half points.
    """

    list_id: int | None = None
    list_level: int | None = None
    list_style: str | None = None
    heading: int | None = None
    contents: bool = False
    alignment: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    size: int | None = None
    left: int | None = None
    first: int | None = None

    @property
    def indent(self) -> float | None:
        """Where the first line begins, in characters."""
        if self.left is None and self.first is None:
            return None
        return max(0.0, ((self.left or 0) + (self.first or 0)) / 100)


def over(base: Look, properties: etree._Element | None, run: etree._Element | None, style: str | None = None) -> Look:
    """`base` with what `w:pPr` and `w:rPr` say put over it."""
    said: dict[str, Any] = {}
    if run is not None:
        said |= {"size": number(value(run, "sz")), "bold": switch(run, "b"), "hidden": switch(run, "vanish")}
        said = {key: what for key, what in said.items() if what is not None}
    if properties is not None:
        said |= _paragraph_properties(properties, said.get("size") or base.size, style)
    return replace(base, **said) if said else base


def _paragraph_properties(properties: etree._Element, size: int | None, style: str | None) -> dict[str, Any]:
    said: dict[str, Any] = {}
    alignment = value(properties, "jc")
    if alignment is not None:
        said["alignment"] = alignment
    level = number(value(properties, "outlineLvl"))
    if level is not None:
        said["heading"] = level + 1 if 0 <= level < _BODY_LEVEL else None
    listing = properties.find(W + "numPr")
    if listing is not None:
        numbered = {"list_id": number(value(listing, "numId")), "list_level": number(value(listing, "ilvl"))}
        said |= {key: what for key, what in numbered.items() if what is not None} | {"list_style": style}
    indent = properties.find(W + "ind")
    return said if indent is None else said | _indents(indent, size or _DEFAULT_SIZE)


def _indents(indent: etree._Element, size: int) -> dict[str, int]:
    def measured(*names: str) -> int | None:
        for name in names:
            characters, twips = number(indent.get(f"{W}{name}Chars")), number(indent.get(W + name))
            if characters:
                return characters
            if twips is not None:
                # A character is as wide as it is high: `size` half points, ten twentieths of a point each.
                return twips * 100 // (size * 10)
        return None

    left, first, hanging = measured("left", "start"), measured("firstLine"), measured("hanging")
    said = {"left": left, "first": -hanging if hanging else first}
    return {key: what for key, what in said.items() if what is not None}


class Styles:
    """The styles of one document, resolved along `w:basedOn`."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self._default: str | None = None
        self._base = Look()
        if root is None:
            return
        for element in root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId")
            if style_id is None:
                continue
            self._elements[style_id] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = style_id
        self._base = over(
            Look(), root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        )

    def look(self, style_id: str | None) -> Look:
        """What the style says; that of the default paragraph style where none, or an unknown one, is named."""
        if style_id is None or style_id not in self._elements:
            style_id = self._default
        if style_id is None:
            return self._base
        if style_id not in self._looks:
            self._looks[style_id] = self._resolved(style_id)
        return self._looks[style_id]

    def numbering(self, style_id: str) -> int | None:
        """The list that a list style stands for (`w:numStyleLink` points at it)."""
        element = self._elements.get(style_id)
        return None if element is None else number(value(element.find(f"{W}pPr/{W}numPr"), "numId"))

    def _resolved(self, style_id: str) -> Look:
        chain, seen = [], set()
        current: str | None = style_id
        while current is not None and current in self._elements and current not in seen:
            seen.add(current)
            chain.append(current)
            current = value(self._elements[current], "basedOn")
        look = self._base
        for ancestor in reversed(chain):
            element = self._elements[ancestor]
            look = over(look, element.find(W + "pPr"), element.find(W + "rPr"), style=ancestor)
            name = value(element, "name") or ""
            heading = _HEADING_NAME.match(name)
            if heading and look.heading is None:
                look = replace(look, heading=int(heading[1]))
            if _CONTENTS_NAME.match(name):
                look = replace(look, contents=True, heading=None)
        return look

    def character(self, style_id: str | None) -> tuple[bool | None, bool | None]:
        """Bold and hidden as a character style says."""
        element = self._elements.get(style_id) if style_id else None
        if element is None:
            return None, None
        look = self.look(style_id)
        return look.bold, look.hidden
