"""The timeline: what happened to a thing, as given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as LazyText

Words = str | LazyText


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``tone`` (green, amber, red) marks a change of state; most have none."""

    at: date | datetime
    title: Words
    words: Words = ""
    who: str = ""
    url: str = ""
    tone: str = ""
