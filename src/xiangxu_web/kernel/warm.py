"""What takes long the first time is done as the server starts, before its processes are made from the first one; else somebody would wait
for it in each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.urls import get_resolver

Work = TypeVar("Work", bound=Callable[[], object])
_FIRST: list[Callable[[], object]] = []


def at_start(work: Work) -> Work:
    """Declares what is to be done as the server starts: it reads what no page changes, and keeps it."""
    _FIRST.append(work)
    return work


def warm() -> None:
    """Reads the code of every page, then does whatever was declared."""
    list(get_resolver().url_patterns)
    for work in _FIRST:
        work()
