"""Words that a person writes into a workbook or a text, in any language of the site: what went out in one comes in in another.

And the language of a person for whom something is written while they are not there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from django.conf import settings
from django.utils import translation

_LANGUAGES: list[Callable[[int], str]] = []


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


def languages_found_by(find: Callable[[int], str]) -> None:
    """Tells which language a person chose (empty where none). The kernel knows no people."""
    _LANGUAGES.append(find)


def spoken_to(person_id: int | None) -> AbstractContextManager[None]:
    """What is said in this block is said in the language of that person, who is not there to ask for it: what becomes of a job is for
    whoever started it, a calendar for whoever keeps it."""
    found = (find(person_id) for find in _LANGUAGES) if person_id is not None else iter(())
    return translation.override(next(filter(None, found), settings.LANGUAGE_CODE))
