"""Where the words stand: a stretch of the row's own text around the first of them, with the words marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# So many characters are shown before the words, and in all.
_BEFORE, _LENGTH = 18, 90


@dataclass(frozen=True)
class Piece:
    """A piece of text; ``marked`` where it is what was looked for."""

    words: str
    marked: bool = False


def marked(text: str, query: str) -> list[Piece]:
    """The text in pieces, as the office wrote it, the words of the query marked; words told across a line end are left unmarked.

    >>> [(p.words, p.marked) for p in marked("选派督导员，每校1名", "督导 １名")]
    [('选派', False), ('督导', True), ('员，每校', False), ('1名', True)]
    """
    words = [re.escape(word) for word in _folded(query)[0].split()]
    folded, places = _folded(text)
    pieces: list[Piece] = []
    done = 0
    for found in re.finditer("|".join(words), folded) if words else ():
        start, end = places[found.start()], places[found.end() - 1] + 1
        pieces += [Piece(text[done:start]), Piece(text[start:end], True)]
        done = end
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.words]


def excerpt(fields: Iterable[str], query: str) -> list[Piece]:
    """The stretch of the first field (after the name) in which a word of the query stands; nothing where only the name holds it.

    >>> "".join(p.words for p in excerpt(["任务", "改造厕所，每校至少配备一名督导员"], "督导"))
    '改造厕所，每校至少配备一名督导员'
    """
    words = _folded(query)[0].split()
    for field in list(fields)[1:]:
        text = " ".join(field.split())
        folded, places = _folded(text)
        at = min((places[place] for word in words if (place := folded.find(word)) >= 0), default=-1)
        if at >= 0:
            start = max(0, at - _BEFORE)
            stretch = text[start : start + _LENGTH]
            return marked(("…" if start else "") + stretch + ("…" if start + _LENGTH < len(text) else ""), query)
    return []


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is searched (full and half width alike, large and small alike), and where each of its characters stands in it."""
    pieces = [unicodedata.normalize("NFKC", each).casefold() for each in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _each in piece]
