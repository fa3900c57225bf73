"""Of whom or what a promise speaks, by the names that scope cards give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from xiangxu.cards.kinds import Scope
from xiangxu.importer.bind.evidence import Evidence
from xiangxu.importer.bind.wording import bare
from xiangxu.model.plan import Promise


class ScopeFinder:
    """The names of scopes, found by their first two characters, so that a text is read once whatever their number."""

    def __init__(self, scopes: Iterable[Scope]) -> None:
        self._names: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for scope in scopes:
            for name in {bare(word) for word in (scope.title.zh, *scope.aliases)}:
                if len(name) > 1:
                    self._names[name[:2]].append((name, scope.id))

    def of(self, promise: Promise, evidence: Evidence) -> str | None:
        """The scope that the promise's own words name, else the one that its heading names; the longest name counts.

        Of names of one length the first in the text: it is the subject of the sentence.
        """
        said = bare(promise.scope or "")
        # A scope that the sentence itself names stands in the quote; otherwise the reader gives the heading as scope.
        texts = (
            (said, evidence.text, evidence.heading) if said and said in bare(promise.quote) else (evidence.text, evidence.heading)
        )
        for text in texts:
            found = self._longest(text)
            if found is not None:
                return found
        return None

    def _longest(self, text: str) -> str | None:
        best: tuple[int, int, str] | None = None
        for start in range(len(text) - 1):
            for name, scope in self._names.get(text[start : start + 2], ()):
                if text.startswith(name, start):
                    key = (-len(name), start, scope)
                    if best is None or key < best:
                        best = key
        return best[2] if best else None

    @property
    def all_names(self) -> list[str]:
        """Every name of every scope."""
        return sorted({name for names in self._names.values() for name, _ in names})
