"""Figures and days as pages and workbooks show them: "—" for no data and never 0, shares with both their parts, days with what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xiangxu import clock

NO_DATA = "—"
# A date nearer than this many days is marked, so that it is seen before it has passed.
NEAR = 7


@dataclass(frozen=True)
class Share:
    """A share with its parts. Without a denominator, or with none counted, there is no share: no data, not 0."""

    numerator: float | None
    denominator: float | None

    @property
    def value(self) -> float | None:
        """The share as a number between 0 and 1 (or above); None where nothing can be divided."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def parts(self) -> str:
        """Numerator and denominator as words: 40 / 50."""
        return f"{figure(self.numerator)} / {figure(self.denominator)}"

    def __str__(self) -> str:
        return NO_DATA if self.value is None else f"{_rounded(self.value * 100, 1)}%"


def _rounded(value: float | Decimal, places: int) -> str:
    """Half goes up, as offices round; Django's own formatting would cut the rest off, and Python's rounds half to even."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return number_format(exact, places, force_grouping=True)


def figure(value: Any, places: int | None = None) -> str:
    """A figure in words: thousands grouped, trailing zeros of a float dropped unless ``places`` asks for them."""
    if value is None or value == "":
        return NO_DATA
    if isinstance(value, Share):
        return str(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | float | Decimal):
        if places is None:
            places = 0 if value == int(value) else 2
        return _rounded(value, places)
    return str(value)


def day(value: date | datetime | None, short: bool = False) -> str:
    """A day in words: 2026年11月20日, or 11-20 in lists (with the year where it is not this one); a moment with its time."""
    if value is None:
        return NO_DATA
    moment = isinstance(value, datetime)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if short:
        # Figures only, the same in every language.
        return value.strftime(("%m-%d" if value.year == clock.today().year else "%Y-%m-%d") + (" %H:%M" if moment else ""))
    return date_format(value, "DATETIME_FORMAT") if moment else _whole_day(value, get_language())


@lru_cache(maxsize=4096)
def _whole_day(value: date, language: str) -> str:
    """A list names the same few days again and again; Django's formatting of one takes as long as a small query."""
    return date_format(value, "DATE_FORMAT")


@dataclass(frozen=True)
class Left:
    """What is left until a day: words and how pressing it is (``late``, ``near`` or nothing)."""

    words: str
    pressing: str


def left(until: date, on: date) -> Left:
    """还剩 3 天, 今天到期, 时限已过 12 天."""
    days = (until - on).days
    if days < 0:
        return Left(ngettext("时限已过 %(days)d 天", "时限已过 %(days)d 天", -days) % {"days": -days}, "late")
    if days == 0:
        return Left(_("今天到期"), "near")
    return Left(ngettext("还剩 %(days)d 天", "还剩 %(days)d 天", days) % {"days": days}, "near" if days <= NEAR else "")
