"""Reasons in the reader's language: the core says which kind and which figures, the catalogue has the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, gettext, pgettext

from xiangxu.model.reason import Bilingual, Figure, Reason, recalled
from xiangxu_web.kernel.components.figures import day


def in_english() -> bool:
    """Whether the page is in English, for words that are in no catalogue: cards have their own."""
    return (get_language() or "").startswith("en")


def worded(why: str | LazyText | Mapping[str, Any]) -> str:
    """The reason in the language of the page, also one that lay in the database (``kept``).

    What is no reason of the core stays: words of a person or of a document.
    """
    if isinstance(why, Mapping):
        return worded(recalled(why))
    if isinstance(why, Bilingual):
        return (why.english if in_english() else None) or str(why)
    if not isinstance(why, Reason):
        return str(why)
    return (gettext(why.kind) if why.kind else "") % {name: _figure(value) for name, value in why.figures.items()}


def _figure(value: Figure) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return worded(value)
    if isinstance(value, Sequence):
        return pgettext("between the parts of a sentence", "，").join(worded(each) for each in value)
    return str(value)
