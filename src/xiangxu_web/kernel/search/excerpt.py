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
    """The text in pieces, the words of the query marked; words told across a line end are left unmarked.

    >>> [(p.words, p.marked) for p in marked("选派督导员", "督导")]
    [('选派', False), ('督导', True), ('员', False)]
    """
    words = [re.escape(word) for word in unicodedata.normalize("NFKC", query).split()]
    if not words:
        return [Piece(text)]
    parts = re.split(f"({'|'.join(words)})", unicodedata.normalize("NFKC", text), flags=re.IGNORECASE)
    return [Piece(part, bool(n % 2)) for n, part in enumerate(parts) if part]


def excerpt(fields: Iterable[str], query: str) -> list[Piece]:
    """The stretch of the first field (after the name) in which a word of the query stands; nothing where only the name holds it.

    >>> "".join(p.words for p in excerpt(["任务", "每校至少配备一名督导员"], "督导"))
    '每校至少配备一名督导员'
    """
    words = [word.casefold() for word in unicodedata.normalize("NFKC", query).split()]
    for field in list(fields)[1:]:
        text = " ".join(unicodedata.normalize("NFKC", field).split())
        at = min((place for word in words if (place := text.casefold().find(word)) >= 0), default=-1)
        if at >= 0:
            start = max(0, at - _BEFORE)
            stretch = text[start : start + _LENGTH]
            return marked(("…" if start else "") + stretch + ("…" if start + _LENGTH < len(text) else ""), query)
    return []
