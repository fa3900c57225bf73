"""How much a page may ask of the database and weigh: held for every address and every role on the walk, so that no page is without a
bound."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpResponse

# Of one page: queries, and kilobytes as they come over the line.
MOST_QUERIES, MOST_KILOBYTES = 30, 50
# What asks more: the start page of a clerk has eleven panels from three workspaces; a task's page names who did what in each of its parts.
# Each of these queries is small, and their number does not grow with the rows.
MORE_QUERIES = {"/": 33, "/tasks/<int:key>/": 32}


class Asked:
    """How many queries were asked."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        self.queries += 1
        return execute(*given)


@contextmanager
def counted() -> Iterator[Asked]:
    """Counts what is asked meanwhile; unlike Django's own way without writing each query down, which takes as long as asking it."""
    asked = Asked()
    with connection.execute_wrapper(asked):
        yield asked


def beyond(address: str, answer: HttpResponse, asked: Asked) -> str:
    """What of a page is beyond its bound; empty where nothing is. Files are not pages."""
    if asked.queries > MORE_QUERIES.get(address, MOST_QUERIES):
        return f"{asked.queries} queries"
    if answer.streaming or not answer["Content-Type"].startswith("text/html") or len(answer.content) <= MOST_KILOBYTES * 1024:
        return ""
    kilobytes = len(gzip.compress(answer.content, 6)) / 1024
    return f"{kilobytes:.0f} KB" if kilobytes > MOST_KILOBYTES else ""
