"""What people decided of a reading after it was published, carried into the reading of the next version.

The next document is read by the same reader, which sees again what is no promise, misses again what it missed, and reads wrongly again
what was corrected. Which of the new rows is meant is found as for everything else that goes on (``succession``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from xiangxu_web.workspaces.plans.drafting.correcting import ADD, AMEND, DROP, put
from xiangxu_web.workspaces.plans.drafting.rows import find, rows
from xiangxu_web.workspaces.plans.drafting.succession import propose_succession
from xiangxu_web.workspaces.plans.drafting.whereabouts import place_of_words
from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection

Json = dict[str, Any]


@dataclass(frozen=True)
class Amended:
    """What was read of a row, by field, and what a person made of it, and why."""

    read: Mapping[str, Any]
    now: Mapping[str, Any]
    reason: str


@dataclass(frozen=True)
class Decided:
    """By uid: what was withdrawn, its row and why; what was corrected; what was added and why."""

    withdrawn: Mapping[str, tuple[Json, str]] = field(default_factory=dict)
    amended: Mapping[str, Amended] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.withdrawn or self.amended or self.added)


def carry(new: Json, text: str, pages: Sequence[Json], old: Mapping[str, Json], old_text: str, decided: Decided) -> Json:
    """The rows of a new reading (``tasks``, ``promises``) with what was decided of those of the version in force (``old``, by uid).

    - What reads the same as something withdrawn comes up withdrawn already; whoever restores it brings back what was withdrawn.
    - What was corrected is corrected again, field by field, as far as it was read again as it was read then.
    - What was added is there, where its words stand in the new text and the reading missed them again.

    Each such row says so (``carried``: how, why, the uid, and of a correction what was read).
    """
    laid: Json = {"tasks": deepcopy(new["tasks"]), "promises": deepcopy(new["promises"]), "units": deepcopy(new["units"])}
    if not decided:
        return laid
    was = dict(old) | {uid: row for uid, (row, _why) in decided.withdrawn.items()}
    was |= {uid: _with(was[uid], made.read) for uid, made in decided.amended.items() if uid in was}
    found = propose_succession(was, old_text, laid, text)
    for uid, (_row, why) in decided.withdrawn.items():
        if uid in found and found[uid]["became"] == "continues":
            find(laid, found[uid]["to"][0]).update(dropped=True, seen=True, carried=_told(DROP, uid, why))
    for uid, made in decided.amended.items():
        if uid in found and len(found[uid]["to"]) == 1:
            _amend(laid, find(laid, found[uid]["to"][0]), uid, made)
    # Tasks first: a promise that was added to one that was added finds it.
    for uid, why in sorted(decided.added.items(), key=lambda each: "quote" in old[each[0]]):
        if uid in found and not found[uid]["to"]:
            words = old_text[slice(*_span(old[uid]))]
            place = place_of_words(words, text, pages, rows(laid))
            if place is not None:
                found[uid]["to"] = [_add(laid, old[uid], place, _told(ADD, uid, why), old, found)]
    return laid


def _span(row: Json) -> tuple[int, int]:
    return (row["place"]["start"], row["place"]["end"]) if row["place"] else (0, 0)


def _told(how: str, uid: str, why: str) -> Json:
    return {"how": how, "uid": uid, "reason": why}


def _amend(laid: Json, row: Json, uid: str, made: Amended) -> None:
    again = {name: now for name, now in made.now.items() if row[name] == made.read[name] != now}
    if not again:
        return
    read = {name: row[name] for name in again}
    row |= _with(row, again) | {"carried": _told(AMEND, uid, made.reason) | {"read": read}}


def _with(row: Json, fields: Mapping[str, Any]) -> Json:
    """The row with these fields, and what follows from them. That somebody looked is not said by it."""
    again: Json = deepcopy(row)
    try:
        put({"units": {}}, again, fields)
    except WrongCorrection:
        # Words of a deadline as the reader left them.
        again |= fields
    return again | {"seen": row["seen"]}


def _add(laid: Json, row: Json, place: Json, carried: Json, old: Mapping[str, Json], found: Json) -> str:
    """Puts an added row of the version before at its place in the new text; gives its name, the same however often this is done."""
    ref = f"k{carried['uid'][:13]}"
    again = deepcopy(row) | {"ref": ref, "place": place, "seen": False, "dropped": False, "same_as": None, "carried": carried}
    table = laid["promises"] if "quote" in row else laid["tasks"]
    if "quote" in row:
        to: list[str] = next((found[uid]["to"] for uid, each in old.items() if each["ref"] == row["task"] and uid in found), [])
        again |= {"task": to[0] if to else None, "binding": "proposed"}
    for name in (*again.get("lead", ()), *again.get("participants", ())):
        laid["units"].setdefault(name, {"unit": None, "how": ""})
    table[:] = [each for each in table if each["ref"] != ref]
    table.insert(behind(table, place, row.get("kind", "")), again)
    return ref


def behind(table: Sequence[Json], place: Json, kind: str = "") -> int:
    """At which position of a table a row of this place stands: behind the last of its kind that stands before it in the document; rows of
    the list come before the actions of the text."""
    at = 0
    for n, each in enumerate(table, 1):
        if "quote" in each or each["kind"] == kind:
            if each["place"] and each["place"]["start"] <= place["start"]:
                at = n
        elif kind == "action":
            at = n
    return at


def bare(laid: Json) -> Json:
    """The same rows as they were read, without what was carried; a row that was only carried is dropped, for rows are never taken out."""
    tables = {name: deepcopy(laid[name]) for name in ("tasks", "promises")}
    for row, carried in carried_in(tables):
        if carried["how"] == DROP:
            row |= {"dropped": False, "seen": False}
        elif carried["how"] == AMEND:
            row |= _with(row, carried["read"])
        else:
            row["dropped"] = True
        del row["carried"]
    return tables


def carried_in(draft: Json) -> Iterator[tuple[Json, Json]]:
    """Each row of a draft that bears what was decided before, with that."""
    for row in [*draft["tasks"], *draft["promises"]]:
        if row.get("carried"):
            yield row, row["carried"]
