"""Whether anybody works: each worker says now and then that it lives. Told through the cache, which all processes share."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from xiangxu import clock

_KEY = "xiangxu-workers"
# A worker says that it lives every SAY seconds, and counts as gone after GONE.
SAY = 10
GONE = 45
# How long the last sign of life is remembered.
_REMEMBERED = 7 * 86400


def _signs() -> dict[str, datetime]:
    found = cache.get(_KEY)
    return found if isinstance(found, dict) else {}


def say_alive(worker: str) -> None:
    """This worker lives. Two that speak in the same moment may lose one sign: it comes again ten seconds later."""
    since = clock.ticking() - timedelta(seconds=_REMEMBERED)
    cache.set(_KEY, {**{w: at for w, at in _signs().items() if at > since}, worker: clock.ticking()}, timeout=_REMEMBERED)


def say_gone(worker: str) -> None:
    """This worker ends in order."""
    at = clock.ticking() - timedelta(seconds=GONE)
    cache.set(_KEY, {**_signs(), worker: at}, timeout=_REMEMBERED)


def last_sign() -> datetime | None:
    """When any worker was last alive; None where none was for a week."""
    return max(_signs().values(), default=None)


def workers_alive() -> int:
    """How many workers live. The health page asks this: with none, imports, backups and the sealing of the audit stand still."""
    since = clock.ticking() - timedelta(seconds=GONE)
    return sum(at > since for at in _signs().values())
