"""Reasons in the reader's language: the core says which kind and which figures, the catalogue has the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext, pgettext

from xiangxu.model.reason import Figure, Reason
from xiangxu_web.kernel.components.figures import day


def worded(why: str | LazyText) -> str:
    """The reason in the language of the page. What is no reason of the core stays: words of a person or of a document."""
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
