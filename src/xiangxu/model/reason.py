"""Why something stands as it does: a sentence in Chinese that still knows its kind and its figures.

The command line and the bulletins print it as it is. The site words it anew in the reader's language: the kind is the sentence with
places for the figures, and the site's catalogue holds it in English. What a card says is in no catalogue: the card has both languages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any, Self

# A figure: a number, a day, words of a document or of a person, a further sentence, or several of them in a row.
Figure = int | str | date | Sequence["Reason"] | None


def gettext_noop(words: str) -> str:
    """Marks a kind for whoever gathers the words to be translated."""
    return words


_ = gettext_noop


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


class Bilingual(str):
    """Words in Chinese that know their English, as a card gives them; without English they are Chinese in every language.

    >>> Bilingual("责任单位", "the unit in charge").english
    'the unit in charge'
    """

    english: str | None

    def __new__(cls, chinese: str, english: str | None = None) -> Self:
        """The words in Chinese, with their English."""
        made = super().__new__(cls, chinese)
        made.english = english
        return made

    def __getnewargs__(self) -> tuple[str, str | None]:  # type: ignore[override]
        """A copy knows its English too."""
        return str(self), self.english


def listed(parts: Sequence[str], between: str = _("%(one)s、%(other)s")) -> str:
    """Several reasons or names in a row, each still known by its kind; ``between`` is the kind that joins two.

    >>> listed([Reason("第 %(n)s 行", n=n) for n in (3, 5)])
    '第 3 行、第 5 行'
    """
    return reduce(lambda one, other: Reason(between, one=one, other=other), parts) if parts else ""


def kept(value: Any) -> Any:
    """A value for JSON, with all that reasons in it know, however deep they stand.

    >>> kept({"why": Reason("逾期 %(days)s 天", days=3), "no": 7})
    {'why': {'reason': '逾期 %(days)s 天', 'figures': {'days': 3}}, 'no': 7}
    """
    match value:
        case Reason():
            return {"reason": value.kind, "figures": {name: kept(figure) for name, figure in value.figures.items()}}
        case Bilingual():
            return {"zh": str(value), "en": value.english}
        case date():
            return {"day": value.isoformat()}
        case Mapping():
            return {name: kept(each) for name, each in value.items()}
        case list() | tuple():
            return [kept(each) for each in value]
    return value


def recalled(value: Any) -> Any:
    """What `kept` made, as it was; what was never kept so stays as it is.

    >>> recalled(kept([Reason("应于 %(due)s 完成", due=date(2025, 12, 31))]))
    ['应于 2025年12月31日 完成']
    """
    match value:
        case {"reason": str() as kind, "figures": dict() as figures, **more} if not more:
            return Reason(kind, **{name: recalled(figure) for name, figure in figures.items()})
        case {"zh": str() as chinese, "en": english, **more} if not more:
            return Bilingual(chinese, english)
        case {"day": str() as day, **more} if not more:
            return date.fromisoformat(day)
        case dict():
            return {name: recalled(each) for name, each in value.items()}
        case list():
            return [recalled(each) for each in value]
    return value


def _in_chinese(value: Figure) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, str | int):
        return str(value)
    return "，".join(value)
