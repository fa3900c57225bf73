"""Why something stands as it does: a sentence in Chinese that still knows its kind and its figures.

The command line and the bulletins print it as it is. The site words it anew in the reader's language: the kind is the sentence with
places for the figures, and the site's catalogue holds it in English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Self

# A figure: a number, a day, words of a document or of a person, a further sentence, or several of them in a row.
Figure = int | str | date | Sequence["Reason"] | None


def gettext_noop(words: str) -> str:
    """Marks a kind for whoever gathers the words to be translated."""
    return words


class Reason(str):
    """A sentence made from its kind and figures. Everything that takes words takes it.

    >>> late = Reason("应于 %(due)s 完成，逾期 %(days)s 天。", due=date(2025, 12, 31), days=324)
    >>> print(late)
    应于 2025年12月31日 完成，逾期 324 天。
    >>> late.figures["days"]
    324
    """

    kind: str
    figures: Mapping[str, Figure]

    def __new__(cls, kind: str, **figures: Figure) -> Self:
        """The sentence of this kind with these figures."""
        made = super().__new__(cls, kind % {name: _in_chinese(value) for name, value in figures.items()})
        made.kind, made.figures = kind, figures
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Figure]]:
        """A copy is made as the sentence was, not from the finished sentence."""
        return (self.kind,), dict(self.figures)


def _in_chinese(value: Figure) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, str | int):
        return str(value)
    return "，".join(value)
