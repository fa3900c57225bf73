"""Word's automatic numbering: the numbers that the page shows and the text does not hold.

A paragraph names a list (`w:num`) and a level. Lists that share an abstract list (`w:abstractNum`) go on counting where the
other stopped, unless they say where to start; a level begins anew after every paragraph of a higher level, unless it says
otherwise. What is shown is the level's pattern, such as （%2） or %1.%2, with the counters put in, each in its own format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from xiangxu.importer.read.docx.markup import VAL, W, number, switch, value
from xiangxu.importer.read.docx.styles import Look, Styles
from xiangxu.importer.read.numerals import written

LEVELS = 9
_COUNTER = re.compile(r"%([1-9])")
# Bullets are mostly drawn in symbol fonts, whose characters mean nothing outside of them.
_BULLET = "•"
_SUFFIX = {"nothing": "", "space": " ", "tab": " "}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `restart` is `w:lvlRestart`: 0 never, k after a paragraph of level k or above, None after any above."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    abstract: int
    levels: tuple[Level, ...]
    starts: dict[int, int]


class Numbering:
    """The lists of one document with their counters; `number_of` has to be asked in reading order, once for each paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[int, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._counters: dict[int, list[int | None]] = {}
        self._begun: set[int] = set()
        if root is None:
            return
        for element in root.iterchildren(W + "abstractNum"):
            self._abstracts[number(element.get(W + "abstractNumId")) or 0] = element
        for element in root.iterchildren(W + "num"):
            self._nums[number(element.get(W + "numId")) or 0] = element

    def number_of(self, look: Look) -> str:
        """The number of the next paragraph with this look, with what follows it (a blank or nothing); "" where it has none."""
        if not look.list_id:
            return ""
        found = self._list(look.list_id)
        if found is None:
            return ""
        at = self._level(found, look)
        counters = self._counted(look.list_id, found, at)
        level = found.levels[at]
        if not level.shown:
            return ""
        label = _BULLET if level.number_format == "bullet" else self._label(found, level, counters)
        return label + level.suffix if label.strip() else ""

    def _level(self, found: _List, look: Look) -> int:
        """The paragraph's level; a list that came with a style has the level that names this style."""
        if look.list_style is not None:
            for index, level in enumerate(found.levels):
                if level.style == look.list_style:
                    return index
        return min(max(look.list_level or 0, 0), LEVELS - 1)

    def _counted(self, list_id: int, found: _List, at: int) -> list[int | None]:
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for index in found.starts:
                counters[index] = None
        before = counters[at]
        counters[at] = found.starts.get(at, found.levels[at].start) if before is None else before + 1
        for index in range(at + 1, LEVELS):
            restart = found.levels[index].restart
            if restart is None or at < restart:
                counters[index] = None
        return counters

    def _label(self, found: _List, level: Level, counters: list[int | None]) -> str:
        def put_in(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            count = counters[index]
            if count is None:
                count = found.starts.get(index, found.levels[index].start)
            return written(count, "decimal" if level.legal else found.levels[index].number_format)

        return _COUNTER.sub(put_in, level.pattern)

    def _list(self, list_id: int) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read_list(list_id)
        return self._lists[list_id]

    def _read_list(self, list_id: int) -> _List | None:
        num = self._nums.get(list_id)
        abstract_id = number(value(num, "abstractNumId"))
        if num is None or abstract_id is None:
            return None
        abstract_id = self._linked(abstract_id)
        abstract = self._abstracts.get(abstract_id)
        if abstract is None:
            return None
        levels = [Level()] * LEVELS
        for element in abstract.iterchildren(W + "lvl"):
            levels[_index(element)] = _read_level(element)
        starts: dict[int, int] = {}
        for override in num.iterchildren(W + "lvlOverride"):
            own = override.find(W + "lvl")
            if own is not None:
                levels[_index(override)] = replace(_read_level(own), style=levels[_index(override)].style)
            start = number(value(override, "startOverride"))
            if start is not None:
                starts[_index(override)] = start
        return _List(abstract_id, tuple(levels), starts)

    def _linked(self, abstract_id: int) -> int:
        """Follows the links of list styles; a ring of them ends where it began."""
        seen: set[int] = set()
        while abstract_id not in seen:
            seen.add(abstract_id)
            style = value(self._abstracts.get(abstract_id), "numStyleLink")
            list_id = self._styles.numbering(style) if style else None
            target = number(value(self._nums.get(list_id or 0), "abstractNumId"))
            if target is None:
                break
            abstract_id = target
        return abstract_id


def _index(element: etree._Element) -> int:
    return min(max(number(element.get(W + "ilvl")) or 0, 0), LEVELS - 1)


def _read_level(element: etree._Element) -> Level:
    start = number(value(element, "start"))
    suffix = value(element, "suff")
    return Level(
        start=1 if start is None else start,
        number_format=_number_format(element),
        pattern=value(element, "lvlText") or "",
        suffix=_SUFFIX.get(suffix or "tab", " "),
        restart=number(value(element, "lvlRestart")),
        legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle"),
        shown=not switch(element.find(W + "rPr"), "vanish"),
    )


def _number_format(level: etree._Element) -> str:
    """The level's format; of a custom one ("01, 02, 03, ...") the plain fall-back that Word writes beside it."""
    formats = [found.get(VAL, "") for found in level.iter(W + "numFmt")]
    return next((name for name in formats if name != "custom"), "decimal")
