"""The document's own text by place: of each clause its sentences, for what the pack holds and nobody read as a promise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from xiangxu.importer.link.parts import Parts, squeezed
from xiangxu.importer.passage import Passage
from xiangxu.model.place import Place
from xiangxu.model.plan import PlanReading, Task

_END = re.compile(r"(?<=[。；！？])")
# Less is a number or a mark, and says nothing.
_SHORTEST = 4
_BETWEEN_NUMBERS = re.compile(r"[\s()（）.．、]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed, without white space, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a clause holds: its sentences in their order, and the whole of it."""

    sentences: tuple[Sentence, ...]
    place: Place


class Clauses:
    """The clauses of a reading, by the `where` of the exchange form."""

    def __init__(self, reading: PlanReading) -> None:
        self._reading = reading
        self._parts = Parts(reading)
        self._stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        for row in self._parts.rows.values():
            self._stretches[same_where(f"list {row.no}")].append(self._row(row))
        for action in self._parts.actions:
            self._stretches[same_where(action.where)].append(self._running(action.place))
        for where, place in self._sections():
            self._stretches[same_where(where)].append(self._running(place))

    def at(self, where: str) -> list[Stretch]:
        """What stands at a place: one stretch, or several where rows share a number; none where there is no such place."""
        return self._stretches.get(same_where(where), [])

    def sentences(self, where: str) -> list[Sentence]:
        """The sentences at a place, in their order."""
        return [sentence for stretch in self.at(where) for sentence in stretch.sentences]

    def all_texts(self) -> set[str]:
        """Every sentence of the document that stands in a clause."""
        return {s.text for stretches in self._stretches.values() for stretch in stretches for s in stretch.sentences}

    def _sections(self) -> Iterator[tuple[str, Place]]:
        """The sections of the body that are no action, known by the promises in them, each up to the next heading."""
        starts = [section.place.start for section in self._reading.sections]
        known = set(self._stretches)
        for promise in self._reading.promises:
            where = same_where(promise.where)
            if where in known or not where.startswith("body"):
                continue
            known.add(where)
            before = bisect_right(starts, promise.place.start) - 1
            start = starts[before] if before >= 0 else 0
            end = starts[before + 1] if before + 1 < len(starts) else len(self._reading.text)
            yield promise.where, self._parts.place(start, max(end, promise.place.end), promise.place)

    def _running(self, place: Place) -> Stretch:
        text = Passage.of(self._reading.text[place.start : place.end], place.start).squeezed()
        found = [
            Sentence(part.text, self._parts.place(part.start, part.end, place))
            for part in text.split(_END)
            if len(part) >= _SHORTEST
        ]
        return Stretch(tuple(found), place)

    def _row(self, row: Task) -> Stretch:
        """A row's cells; in a list whose cells are not apart a cell's words may stand scattered, then the row is its place."""
        text = Passage.of(self._reading.text[row.place.start : row.place.end], row.place.start).squeezed()
        found = []
        for cell in filter(None, (row.project, row.action, row.goal, row.measure)):
            for part in _END.split(squeezed(cell)):
                at = text.text.find(part)
                span = text[at : at + len(part)] if at >= 0 else None
                place = self._parts.place(span.start, span.end, row.place) if span else row.place
                if len(part) >= _SHORTEST:
                    found.append(Sentence(part, place))
        return Stretch(tuple(found), row.place)


@cache
def same_where(where: str) -> str:
    """A place by one name, whoever wrote it: brackets, blanks and full stops do not count.

    >>> same_where("body 一(二) 4") == same_where("body 一（二）.4")
    True
    """
    kind, _, number = where.partition(" ")
    return f"{kind} {_BETWEEN_NUMBERS.sub('·', number).strip('·')}".strip()


def by_where(places: Iterable[str]) -> dict[str, list[int]]:
    """The indices of each place, in their order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, where in enumerate(places):
        found[same_where(where)].append(index)
    return dict(found)
