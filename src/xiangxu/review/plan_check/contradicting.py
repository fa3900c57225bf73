"""What the reader found to contradict between two places of the document: figures, dates, wordings, names, owners."""

from __future__ import annotations

from collections.abc import Iterator

from xiangxu.model.plan import Contradiction, Promise
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot

# The kinds of the reader's contradictions, and those of remarks.
_KINDS = {"figure": "two-figures", "date": "two-dates", "wording": "two-wordings", "name": "two-names", "owner": "two-owners"}


def contradictions(matter: Matter) -> Iterator[Finding]:
    """One remark a kind; each place says both sides.

    A bound that is worded otherwise (50% and 50%以上) is a wording; a figure for each is none for all. A row sums up a part of
    its action and need not name all of its units; it should not name others.
    """
    told: dict[str, list[Contradiction]] = {remark: [] for remark in _KINDS.values()}
    for found in matter.reading.contradictions:
        remark = _KINDS[found.kind]
        if found.kind == "figure":
            remark = _of_figures(matter, found)
        elif found.kind == "owner" and not _names_others(matter, found):
            continue
        if remark:
            told[remark].append(found)
    spots = {remark: [Spot(c.first, _said(c.message), other=c.second) for c in group] for remark, group in told.items()}
    spots["two-figures"] += _retold_otherwise(matter)
    for remark, places in spots.items():
        yield Finding(remark, places, f"{len(places)} 处")


def _retold_otherwise(matter: Matter) -> Iterator[Spot]:
    """Tellings that a person or the reader took for one promise, though their figures differ; steps of a course do not count."""
    first: dict[tuple[str, str | None, str | None], Promise] = {}
    for promise in matter.reading.promises:
        if promise.same_as is None or promise.value is None:
            continue
        known = first.setdefault((promise.same_as, promise.uom, promise.due), promise)
        if (known.value, known.value2) != (promise.value, promise.value2):
            one, other = matter.promised(known), matter.promised(promise)
            said = f"{one.name}写“{one.quote}”，{other.name}写“{other.quote}”"
            yield Spot(known.place, said, other=promise.place)


def _of_figures(matter: Matter, found: Contradiction) -> str:
    """The kind of a contradiction of figures; empty where the two say the same, or one speaks of each and the other of all."""
    one, other = (next((p for p in matter.reading.promises if p.place == place), None) for place in (found.first, found.second))
    if one is None or other is None:
        return "two-figures"
    if one.value != other.value:
        return "" if ("每" in one.quote) != ("每" in other.quote) else "two-figures"
    bounds = [[word for word in matter.words.bounds if word in promise.quote] for promise in (one, other)]
    return "" if bounds[0] == bounds[1] else "two-wordings"


def _names_others(matter: Matter, found: Contradiction) -> bool:
    """Whether the row names a unit that the action does not name, or, where both tell roles apart, not in the same role."""
    row = next((item for item in matter.rows if item.place == found.second), None)
    action = next((item for item in matter.actions if item.place == found.first), None)
    if row is None or action is None:
        return True
    apart = bool(row.told.participants and action.told.participants)
    return bool(_roles(row, apart) - _roles(action, apart))


def _roles(item: Item, apart: bool) -> set[tuple[str | None, bool]]:
    leads = len(item.told.lead)
    return {(unit.unit, apart and position < leads) for position, unit in enumerate(item.units)}


def _said(message: str) -> str:
    """The message without what the remark says anyway."""
    return message.rpartition("，请核对")[0] or message
