"""One thing that a document tells twice: a row of the list and the action in the text, a promise and its repetition.

One telling is asked about, reported, judged and counted; the others (``same_as``) show how that one stands and lead to it. Which one is
settled when the plan is published, so that afterwards ``same_as`` always points from the others straight to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from django.db.models import Q

# What is asked about and counted, of tasks as of targets.
ONCE = Q(same_as=None)


class Told(Protocol):
    """A task or a target."""

    pk: Any
    same_as_id: Any
    same_as: Any


T = TypeVar("T", bound=Told)


def asked_of(told: T) -> T:
    """The telling that is asked about: the thing itself, or the one with which it is the same."""
    found: T = told if told.same_as_id is None else told.same_as
    return found


def heads(same: Mapping[str, str | None], rank: Callable[[str], Any]) -> dict[str, str]:
    """Of each name that is not asked about, the one that is: of all that are tied together, the first by ``rank``.

    It does not matter which of them points to which, nor whether over several steps or in a ring.

    >>> sorted(heads({"a": "b", "b": None, "c": "b", "d": None}, rank=lambda name: name).items())
    [('b', 'a'), ('c', 'a')]
    """
    group = {name: {name} for name in same}
    for name, other in same.items():
        if other in group and group[name] is not group[other]:
            group[name] |= group[other]
            for member in group[other]:
                group[member] = group[name]
    first = {id(members): min(members, key=rank) for members in group.values()}
    return {name: first[id(members)] for name, members in group.items() if first[id(members)] != name}


def settle_twins(made: Mapping[str, T], rows: Iterable[Mapping[str, Any]], rank: Callable[[T], Any]) -> None:
    """Ties the things of a draft's rows together: ``same_as`` of each is the one that is asked about, by ``rank`` the first, or None."""
    found = heads({row["ref"]: row["same_as"] or None for row in rows}, lambda ref: rank(made[ref]))
    for ref, thing in made.items():
        thing.same_as = made.get(found.get(ref, ""))
