"""How much: aims that name a degree instead of a quantity, and numbers that were left open."""

from __future__ import annotations

from collections.abc import Iterator

from xiangxu.model.plan import Op, Task
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot


def without_quantity(matter: Matter) -> Iterator[Finding]:
    """Promises that something rises or falls, and clauses of a row's goal that only praise; by how much neither says."""
    found: dict[tuple[int, int], Spot] = {}
    for promise in matter.once():
        if promise.op in (Op.INCREASE, Op.DECREASE) and promise.value is None and not matter.year_by_year(promise):
            found[promise.place.start, promise.place.end] = matter.promised(promise)
    for item in matter.rows:
        for spot in _praising(matter, item):
            if not any(start < spot.place.end and spot.place.start < end for start, end in found):
                found[spot.place.start, spot.place.end] = spot
    spots = [spot for _, spot in sorted(found.items())]
    yield Finding("no-quantity", spots, f"{len(spots)} 处")


def _praising(matter: Matter, item: Item) -> Iterator[Spot]:
    goal = item.told.goal if isinstance(item.told, Task) else None
    taken = [(promise.place.start, promise.place.end) for promise in item.promises if matter.checkable(promise)]
    for clause in item.clauses if goal else ():
        text = clause.text
        if text not in (goal or "") or any(c.isdigit() for c in text) or any(w in text for w in matter.words.year_by_year):
            continue
        if not any(word in text for word in matter.words.vague):
            continue
        if not any(start < clause.end and clause.start < end for start, end in taken):
            yield matter.part(item, clause)


def open_numbers(matter: Matter) -> Iterator[Finding]:
    """一批, 若干 where a number belongs; a clause that body and list share is told once, at the list.

    How many schools are to be closed is better not fixed beforehand.
    """
    found: dict[str, Spot] = {}
    for item in [*matter.rows, *matter.actions]:
        for clause in item.clauses:
            if not any(word in clause.text for word in matter.words.open_number) or clause.text in found:
                continue
            if not any(word in clause.text for word in matter.words.better_left_open):
                found[clause.text] = matter.part(item, clause)
    spots = sorted(found.values(), key=lambda spot: spot.place.start)
    yield Finding("open-number", spots, f"{len(spots)} 处")
