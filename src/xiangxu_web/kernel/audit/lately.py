"""What happened lately, put together from the audit's rows for the start pages: how often and when last, never of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, QuerySet
from django.utils.translation import ngettext

from xiangxu import clock
from xiangxu_web.kernel.audit.verbs import verb_words
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.start import LATELY, Line

# After so many wrong passwords an account rests for a while (see ACCOUNT_RATE_LIMITS).
WRONG = 5
_A_DAY = timedelta(days=1)
# A flood of guesses is told of by its last ones.
_MOST = 2000


@dataclass(frozen=True)
class Guessed:
    """An account, as a keyed hash of its login name, at which wrong passwords were tried: how often, and when last."""

    login: str
    times: int
    last: datetime


def guessed_at() -> dict[str, Guessed]:
    """The accounts that were put to rest by wrong passwords within a day, by the keyed hash of the login name."""
    failed = AuditRow.objects.filter(verb="person.sign_in_failed", at__gte=clock.now() - _A_DAY)
    tries = [(str(facts.get("login", "")), at) for facts, at in failed.order_by("-id").values_list("facts", "at")[:_MOST]]
    times, last = Counter(login for login, _at in tries), dict(reversed(tries))
    return {login: Guessed(login, many, last[login]) for login, many in times.items() if many >= WRONG}


def happened(found: QuerySet[AuditRow], url: Callable[[str], str]) -> list[Line]:
    """A line for each kind of action among these rows of the last month, what happened last first; ``url``: where a verb leads."""
    since = clock.now() - LATELY
    # All rows of one action are of one moment: what touched many rows happened once.
    acts = found.filter(at__gte=since).order_by().values_list("verb")
    told = acts.annotate(n=Count("at", distinct=True), last=Max("at")).order_by("-last")
    return [
        Line(verb_words(verb), url(verb), ngettext("%(n)s 次", "%(n)s 次", count) % {"n": count}, at=last)
        for verb, count, last in told
    ]
