"""Limits on guessing, counted over all worker processes (the cache lies in the database)."""

from __future__ import annotations

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

_APP = "allauth.account"


def too_many(request: HttpRequest, what: str, key: str) -> bool:
    """Whether so much was guessed wrong already that nothing more is tried. Looking does not count."""
    return not ratelimit.consume(request, app=_APP, action=what, key=key, dry_run=True, limit_get=True)


def count(request: HttpRequest, what: str, key: str) -> None:
    """One more wrong guess."""
    ratelimit.consume(request, app=_APP, action=what, key=key, limit_get=True)


def minutes_left(request: HttpRequest, what: str, key: str) -> int:
    """In how many minutes the next try is taken, at least 1: when the oldest of the counted tries falls out of the longest full limit."""
    waits = [1.0]
    for rate in ratelimit.get_rates(app=_APP, action=what):
        tries = cache.get(ratelimit.get_cache_key(request, app=_APP, action=what, rate=rate, key=key)) or []
        if len(tries) >= rate.amount:
            waits.append((tries[rate.amount - 1] + rate.duration - time.time()) / 60)
    return math.ceil(max(waits))


def wait_words(request: HttpRequest, what: str, key: str) -> str:
    """What somebody reads who tried too often."""
    return _("错误次数过多，为防他人猜测已暂停。请 %(minutes)s 分钟后再试；急需时请联系本单位的系统管理员。") % {
        "minutes": minutes_left(request, what, key)
    }
