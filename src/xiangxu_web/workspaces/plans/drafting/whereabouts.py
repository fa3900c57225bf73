"""Where a place stands in a document that has no pages before it is printed: under which heading, which paragraph, which row of a table.

A Word file has no lines that a person could count: the line of the text that was read means nothing to whoever opens the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from xiangxu.importer.source import Line, Source, Table
from xiangxu.model.plan import Section

Json = dict[str, Any]
_PLACE = {"start", "end", "line", "page"}


def tell_whereabouts(read: Json, source: Source, sections: Sequence[Section]) -> None:
    """Writes ``near`` into every place of what was read: heading and paragraph, or table and row. Pages and the lines of a plain text
    can be counted and stay as they are."""
    if source.sheets:
        return
    found = sorted(_near(source, sections), key=lambda each: each[0])
    starts = [start for start, _end, _near in found]
    for place in _places(read):
        at = bisect_right(starts, place["start"]) - 1
        if at >= 0 and place["start"] < found[at][1]:
            place["near"] = found[at][2]


def place_of_words(words: str, text: str, pages: Iterable[Json], around: Iterable[Json]) -> Json | None:
    """Where words stand in a document's text, however its lines are broken; none where they do not. ``around``: rows of the document, by
    which a person calls the place."""
    signs = "".join(words.split())
    found = re.search(r"\s*".join(map(re.escape, signs)), text) if signs else None
    if found is None:
        return None
    start, end = found.span()
    page = next(
        (p["number"] for p in pages if p["kind"] == "picture" and any(s <= start < e for s, e, *_box in p["lines"])), None
    )
    place = {"start": start, "end": end, "line": text.count("\n", 0, start) + 1, "page": page}
    beside = [each["place"] for each in around if each["place"]]
    near = next((at["near"] for at in beside if "near" in at and at["start"] <= start < at["end"]), None)
    return place | ({"near": near} if near else {})


def _near(source: Source, sections: Sequence[Section]) -> Iterator[tuple[int, int, Json]]:
    """Each paragraph and each row of a table, from where to where it reaches, and what a person calls it."""
    headings = {
        section.place.start: f"{section.no}{'' if section.no.endswith('）') else ' '}{section.title}".strip()
        for section in sections
    }
    heading, paragraph, tables = "", 0, 0
    for block in source.blocks:
        if isinstance(block, Table):
            tables += 1
            for number, cells in enumerate(block.rows, 1):
                at = [offset for cell in cells if cell.covered is None for offset in cell.text.at]
                if at:
                    yield min(at), max(at) + 1, {"table": tables, "row": number}
        elif isinstance(block, Line) and block.whole and block.text.at:
            start, end = min(block.text.at), max(block.text.at) + 1
            named = next((words for begin, words in headings.items() if start <= begin < end), None)
            heading, paragraph = (heading, paragraph + 1) if named is None else (named, 0)
            yield start, end, {"heading": heading, "paragraph": paragraph}


def _places(read: Any) -> Iterator[Json]:
    if isinstance(read, dict):
        if read.keys() >= _PLACE:
            yield read
            return
        read = list(read.values())
    if isinstance(read, list):
        for each in read:
            yield from _places(each)
