"""One form of all words, so that what a person types and what a document prints meet: one width, one case, no blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What a query may hold: more words than this, or longer ones, find nothing that fewer would not.
MOST_WORDS = 8
LONGEST = 40
# Characters that SQLite's tokenizer surely takes for letters: plain letters and digits, Han. The rest stands between.
_SURE = re.compile(r"[0-9a-z㐀-䶿一-鿿]+")


def fold(words: str) -> str:
    """The folded form of one field or one word.

    >>> fold("Ｋｅｔｔｌｅ 乡村\\n教育"), fold("２０ 所")
    ('kettle乡村教育', '20所')
    """
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def folded_lines(fields: Iterable[str]) -> str:
    """The folded fields of a row, a line each: nothing is found across the end of a field."""
    return "\n".join(folded for words in fields if (folded := fold(words)))


def spaced(folded: str) -> str:
    """Folded words with a blank between characters; what is not surely a letter is left out.

    >>> spaced("乡村，教育20")
    '乡 村  教 育 2 0'
    """
    return "  ".join(" ".join(run) for run in _SURE.findall(folded))


def terms(query: str) -> list[str]:
    """The folded words of a query, each of which must occur.

    >>> terms(" 督导  ２０所 "), terms("，")
    (['督导', '20所'], [','])
    """
    return list(dict.fromkeys(fold(word)[:LONGEST] for word in query.split()))[:MOST_WORDS]


def phrases(found: Iterable[str]) -> str:
    """The query of SQLite's full-text index for these words: each run of letters as a phrase. Empty where there is none.

    >>> phrases(["督导", "a,b"])
    '"督 导" "a" "b"'
    """
    return " ".join(f'"{" ".join(run)}"' for word in found for run in _SURE.findall(word))


def pieces(found: Iterable[str]) -> list[str]:
    """The single character or the pairs of characters that a text must hold to hold these words.

    >>> pieces(["导", "督导室"])
    ['导', '督导', '导室']
    """
    return list(dict.fromkeys(word[n : n + 2] for word in found for n in range(max(1, len(word) - 1))))
