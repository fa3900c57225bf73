"""The words for verbs: what the audit administrator reads instead of ``unit.rename``.

Each workspace says its own where its actions are (or in ``rules.py``)::

    verb("unit.rename", _("单位改名"))
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Verb:
    """One verb and its words. ``installation``: it concerns no county but the whole installation, and every audit administrator reads it."""

    name: str
    words: str | LazyText
    installation: bool = False


VERBS: dict[str, Verb] = {}


def verb(name: str, words: str | LazyText, *, installation: bool = False) -> str:
    """Declares the words for a verb, and gives the verb back. Saying it twice with other words is a mistake in the program."""
    said = Verb(name, words, installation)
    if VERBS.setdefault(name, said) != said:
        raise ValueError(f"verb {name} is declared twice")
    return name


def verb_words(name: str) -> str:
    """The words; for a verb of an older edition of the program, which nobody declares any more, the verb itself."""
    return str(VERBS[name].words) if name in VERBS else name


VERIFY = verb("audit.verify", _("核验审计链"), installation=True)
ASK_VERIFY = verb("audit.ask-verify", _("发起审计核验"))
CANCEL_JOB = verb("job.cancel", _("取消后台作业"))
