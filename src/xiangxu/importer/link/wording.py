"""How alike two texts of one document, or of two versions of it, are worded: the pieces that they share, each weighing as much
as it is rare there.

Offices say the same again in other words and another order, so that whole sentences seldom agree while their rare words do. In
a plan for village schools 乡村 and 学校 say nothing; 录播 or 捆绑 says which promise is meant. What is rare is therefore counted
in the document itself, and no list of stop words is needed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log, sqrt

# A year says when, not what: it never counts as shared wording.
_YEAR = re.compile(r"(?:19|20)\d\d年?")
# A figure with the character after it (45岁), or a run of words without figures and punctuation.
_RUN = re.compile(r"\d+(?:\.\d+)?[^\W\d_]?|[^\W\d_]+")

_COMMON = 40


def pieces(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text, and its figures with the character that follows; years do not count.

    >>> sorted(pieces("2027年45岁以下校长"))
    ['45岁', '下校', '以下', '校长']
    """
    found: Counter[str] = Counter()
    for run in _RUN.findall(_YEAR.sub(" ", text)):
        found.update([run] if run[0].isdigit() or len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return found


class Wordings:
    """The texts of one document, to be compared with one another.

    A piece that stands in more than forty of them is no likeness at all; this also keeps the time near linear.

    >>> words = Wordings(["建设录播室", "建设食堂", "录播室全覆盖"])
    >>> alike = words.alike("建设录播室")
    >>> alike["录播室全覆盖"] > alike["建设食堂"]
    True
    """

    def __init__(self, texts: Iterable[str]) -> None:
        counted = {text: pieces(text) for text in texts}
        held = Counter(piece for own in counted.values() for piece in own)
        rarity = {piece: log(1 + len(counted) / n) for piece, n in held.items() if n <= _COMMON}
        # A word said ten times in a text is not ten times its subject: the logarithm of the count.
        self._weights = {
            text: {piece: rarity[piece] * (1 + log(n)) for piece, n in own.items() if piece in rarity}
            for text, own in counted.items()
        }
        self._lengths = {text: sqrt(sum(w * w for w in own.values())) for text, own in self._weights.items()}
        self._holders: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for text, own in self._weights.items():
            for piece, weight in own.items():
                self._holders[piece].append((text, weight / self._lengths[text]))

    def alike(self, text: str) -> Mapping[str, float]:
        """How alike each other text is worded, up to 1 for the same pieces; texts that share nothing are not named."""
        found: defaultdict[str, float] = defaultdict(float)
        length = self._lengths[text]
        for piece, weight in self._weights[text].items():
            for other, part in self._holders[piece]:
                found[other] += weight / length * part
        return found

    def held(self, text: str, *by: str) -> float:
        """How much of `text` other texts together hold, from 0 to 1 for every piece of it."""
        others = [self._weights[other] for other in by]
        shared = sum(weight * weight for piece, weight in self._weights[text].items() if any(piece in other for other in others))
        return shared / self._lengths[text] ** 2 if shared else 0.0
