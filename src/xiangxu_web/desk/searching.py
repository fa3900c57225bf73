"""What a search of the whole site finds: table by table, only what the post may see, names first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.functional import Promise as LazyText

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.search.declare import SEARCHED, Hit, Searched
from xiangxu_web.kernel.search.excerpt import Piece, excerpt, marked
from xiangxu_web.kernel.search.index import holding

# Of each table so many are shown together; alone, so many a page.
FEW, PAGE = 8, 50


@dataclass(frozen=True)
class Shown:
    """A hit as the page shows it: its name with the words marked, and where else they stand."""

    hit: Hit
    name: Sequence[Piece]
    stretch: Sequence[Piece]


@dataclass(frozen=True)
class Group:
    """What was found in one table: how many in all, and those that are shown."""

    key: str
    name: str | LazyText
    count: int
    hits: Sequence[Shown]


def together(actor: Actor, words: str) -> list[Group]:
    """The first few of every table in which something was found."""
    groups: list[Group] = []
    if not words:
        return groups
    for given in sorted(SEARCHED.values(), key=lambda each: each.order):
        found = _found(given, actor, words)
        if count := found.count():
            groups.append(Group(given.key, given.name, count, _shown(given, list(found[:FEW]), words)))
    return groups


def alone(actor: Actor, words: str, key: str, page: str | None) -> tuple[Group, Page[Any]]:
    """A page of what was found in one table. KeyError for a table that nobody declared."""
    given = SEARCHED[key]
    rows = Paginator(_found(given, actor, words), PAGE).get_page(page)
    return Group(key, given.name, rows.paginator.count, _shown(given, list(rows), words)), rows


def _found(given: Searched, actor: Actor, words: str) -> QuerySet[Any]:
    named = Q()
    for word in words.split() or [""]:
        named &= Q(**{f"{given.title}__icontains": word})
    found = holding(given.seen(actor), words)
    first: QuerySet[Any] = found.annotate(named=Case(When(named, then=Value(0)), default=Value(1))).order_by("named", *given.then)
    return first


def _shown(given: Searched, rows: Sequence[Any], words: str) -> list[Shown]:
    shown = []
    for row in rows:
        hit = given.shown(row)
        shown.append(Shown(hit, marked(hit.title, words), excerpt(list(given.words(row)), words)))
    return shown
