"""Of whom or what a promise speaks, by the names that scope cards give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from xiangxu.cards.kinds import Scope
from xiangxu.cards.vocabulary import OF_UNITS
from xiangxu.importer.bind.evidence import Evidence
from xiangxu.importer.bind.wording import bare
from xiangxu.model.plan import Promise


class ScopeFinder:
    """The names of scopes, found by their first two characters, so that a text is read once whatever their number."""

    def __init__(self, scopes: Iterable[Scope]) -> None:
        self._units: set[str] = set()
        self._names: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for scope in scopes:
            if scope.tier in OF_UNITS:
                self._units.add(scope.id)
            for name in {bare(word) for word in (scope.title.zh, *scope.aliases)}:
                if len(name) > 1:
                    self._names[name[:2]].append((name, scope.id))

    def of(self, promise: Promise, evidence: Evidence, *, put_to_units: bool = False) -> str | None:
        """The scope that the promise's own words name, else the one that its heading names; the longest name counts.

        Of names of one length the first in the text: it is the subject of the sentence. `put_to_units`: a √ is asked of units and of nobody
        else, so where the words name pupils, teachers or classes it is the units that they name beside them, and none where they name none.
        """
        said = bare(promise.scope or "")
        # A scope that the sentence itself names stands in the quote; otherwise the reader gives the heading as scope.
        texts = (
            (said, evidence.text, evidence.heading) if said and said in bare(promise.quote) else (evidence.text, evidence.heading)
        )
        for text in texts:
            found = self._longest(text)
            if found is not None:
                return found if not put_to_units or found in self._units else self._longest(text, self._units)
        return None

    def _longest(self, text: str, among: Set[str] | None = None) -> str | None:
        best: tuple[int, int, str] | None = None
        for start in range(len(text) - 1):
            for name, scope in self._names.get(text[start : start + 2], ()):
                if text.startswith(name, start) and (among is None or scope in among):
                    key = (-len(name), start, scope)
                    if best is None or key < best:
                        best = key
        return best[2] if best else None

    @property
    def all_names(self) -> list[str]:
        """Every name of every scope."""
        return sorted({name for names in self._names.values() for name, _ in names})
