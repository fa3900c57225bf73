"""The index: writes entries, and narrows rows to those that hold some words. One answer on both databases.

The index of the database only narrows down; whether the words stand in the row is decided by LIKE over the folded words, which is the
same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

from xiangxu_web.kernel.models import SearchEntry
from xiangxu_web.kernel.search.folding import folded_lines, phrases, pieces, spaced, terms
from xiangxu_web.kernel.search.triggers import FULL_TEXT, PIECES

# The fields of a row by which it is found, the name first.
Words = Callable[[Any], Iterable[str]]


def index_as(table: str, rows: Sequence[Model], words: Words) -> None:
    """Writes the entries of these rows, in the place of older ones."""
    sqlite = connection.vendor == "sqlite"
    entries = []
    for row in rows:
        folded = folded_lines(words(row))
        entries.append(SearchEntry(table=table, row_id=row.pk, words=folded, spaced=spaced(folded) if sqlite else ""))
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["table", "row_id"], update_fields=["words", "spaced"], batch_size=500
    )


def forget(table: str, keys: Sequence[int] | None = None) -> None:
    """Takes entries out: those of these rows, or all of the table."""
    entries = SearchEntry.objects.filter(table=table)
    (entries if keys is None else entries.filter(row_id__in=keys)).delete()


def holding(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those of the rows that hold every word of a query, in whatever field; none where the query is empty.

    ``rows`` comes from the table's own rule, so that nothing is found that may not be seen.
    """
    wanted = terms(words)
    if not wanted:
        return rows.none()
    entries = SearchEntry.objects.filter(table=rows.model._meta.model_name)
    narrow = _by_pieces(wanted) if connection.vendor == "postgresql" else _by_full_text(wanted)
    if narrow is not None:
        entries = entries.filter(narrow)
    for word in wanted:
        entries = entries.filter(words__contains=word)
    return rows.filter(pk__in=entries.values("row_id"))


def _by_full_text(wanted: Sequence[str]) -> Func | None:
    query = phrases(wanted)
    if not query:
        return None
    return Func(
        F("pk"),
        Value(query),
        arg_joiner=f" IN (SELECT rowid FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH ",
        template="%(expressions)s)",
        output_field=BooleanField(),
    )


def _by_pieces(wanted: Sequence[str]) -> Func:
    return Func(
        F("words"),
        Value(pieces(wanted)),
        arg_joiner=") @> ",
        template=f"({PIECES}(%(expressions)s::text[])",
        output_field=BooleanField(),
    )
