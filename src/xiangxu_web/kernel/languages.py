"""Words that a person writes into a workbook or a text, in any language of the site: what went out in one comes in in another."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils import translation


@cache
def in_all(words: str, context: str = "") -> tuple[str, ...]:
    """The words in every language of the site, Chinese first, each once; ``context`` where one Chinese word has two meanings."""
    found = [words]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(translation.pgettext(context, words) if context else translation.gettext(words))
    return tuple(dict.fromkeys(found))


@cache
def _sources(words: tuple[str, ...]) -> dict[str, str]:
    return {each.casefold(): source for source in reversed(words) for each in in_all(source)}


def meant(written: str, *words: str) -> str | None:
    """Which of these Chinese words a person wrote, in whatever language and letters; None where it is none of them."""
    return _sources(words).get(written.strip().casefold())
