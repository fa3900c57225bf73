"""What can be searched: each workspace declares its tables, in a module that its ``navigation.py`` loads.

``searched(Searched(Task, …))`` keeps the index in step with every row that is saved or deleted, in the same transaction. Rows that are
written many at once (``bulk_create``, ``update``) send no such word: whoever does so calls ``index(rows)`` beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.search.index import Words, forget, index_as


@dataclass(frozen=True)
class Hit:
    """A row that was found: what it is called, where it leads, a line beneath, how it stands."""

    title: str
    url: str
    line: str = ""
    lamp: Lamp | None = None


@dataclass(frozen=True)
class Searched:
    """One table: its name in the results, the rows that an actor sees (by the table's own rule), its words, how a hit is shown.

    ``fields``: a save of other fields alone changes no word. ``title``: the field by which hits in the name come first.
    """

    order: int
    model: type[Model]
    name: str | LazyText
    words: Words
    fields: frozenset[str]
    title: str
    seen: Callable[[Actor], QuerySet[Any]]
    shown: Callable[[Any], Hit]
    then: Sequence[str] = ("pk",)

    @property
    def key(self) -> str:
        """The table's name in the index and in addresses."""
        return self.model._meta.model_name or ""


SEARCHED: dict[str, Searched] = {}


def can_find(actor: Actor) -> bool:
    """Whether the post may see rows of any of the tables; the database is not asked."""
    return any(_possible(each.seen(actor)) for each in SEARCHED.values())


def _possible(found: QuerySet[Any]) -> bool:
    try:
        str(found.query)
    except EmptyResultSet:
        return False
    return True


def searched(given: Searched) -> Searched:
    """Declares a table. A second declaration of it is a mistake in the program."""
    if given.key in SEARCHED:
        raise ValueError(f"search of {given.key} is declared twice")
    SEARCHED[given.key] = given

    def saved(instance: Model, update_fields: frozenset[str] | None = None, raw: bool = False, **_more: Any) -> None:
        if not raw and (update_fields is None or given.fields & set(update_fields)):
            index_as(given.key, [instance], given.words)

    def deleted(instance: Model, **_more: Any) -> None:
        forget(given.key, [instance.pk])

    post_save.connect(saved, sender=given.model, weak=False, dispatch_uid=f"search-{given.key}")
    post_delete.connect(deleted, sender=given.model, weak=False, dispatch_uid=f"search-{given.key}")
    return given


def index(given: Searched, rows: Sequence[Model]) -> None:
    """Puts many rows of a declared table into the index, in the transaction that is open."""
    index_as(given.key, rows, given.words)


def rebuild() -> dict[str, int]:
    """Makes every entry anew from its row; gives the number of rows by table. For an installation that is older than the index."""
    counts: dict[str, int] = {}
    for given in SEARCHED.values():
        forget(given.key)
        counts[given.key] = 0
        batch: list[Model] = []
        for row in given.model._default_manager.order_by("pk").iterator(chunk_size=1000):
            batch.append(row)
            if len(batch) == 1000:
                counts[given.key] += len(batch)
                index_as(given.key, batch, given.words)
                batch = []
        counts[given.key] += len(batch)
        index_as(given.key, batch, given.words)
    return counts
