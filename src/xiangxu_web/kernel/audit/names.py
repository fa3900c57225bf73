"""Names for the numbers in an audit row, looked up when it is shown: the chain itself holds no name, so a name can be deleted.

The kernel knows no people; the workspaces tell it how to find them (``areas`` units, ``accounts`` people and posts)::

    named_by("person", lambda keys: dict(Person.objects.filter(pk__in=keys).values_list("pk", "name")))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

Sort = Literal["person", "post", "unit"]
SORTS: tuple[Sort, ...] = ("person", "post", "unit")
Find = Callable[[Iterable[int]], Mapping[int, str]]

_FINDERS: dict[Sort, Find] = {}


def named_by(sort: Sort, find: Find) -> None:
    """Tells how the names of people, posts or units are found by their numbers."""
    _FINDERS[sort] = find


def names(sort: Sort, keys: Iterable[int | None]) -> dict[int, str]:
    """The names; a number of which nobody knows the name any more keeps its number."""
    wanted = {key for key in keys if key is not None}
    found = _FINDERS[sort](wanted) if sort in _FINDERS and wanted else {}
    return {key: found.get(key) or f"#{key}" for key in wanted}


class Names:
    """The names of one sort for one page: each number is looked up once, those that are told of beforehand all together."""

    def __init__(self, sort: Sort, keys: Iterable[int | None] = ()) -> None:
        self.sort = sort
        self.known = names(sort, keys)

    def of(self, key: int | None) -> str | None:
        """The name; None for nobody."""
        if key is None:
            return None
        if key not in self.known:
            self.known |= names(self.sort, [key])
        return self.known[key]
