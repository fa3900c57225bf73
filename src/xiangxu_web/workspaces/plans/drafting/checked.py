"""The plan check's remarks as they hold for a draft now: what it said nobody can compute, and somebody or a shipped plan knows since, is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangxu.importer.bind.slogans import SLOGAN
from xiangxu.model.reason import Reason, kept, recalled

Json = dict[str, Any]
_NOT_COMPUTED = "not-computable"


def remarks_of(draft: Json) -> Iterator[tuple[Json, Json]]:
    """Each remark as it was made, by which an answer to it is known, and as it holds now; those that no longer hold are left out."""
    for remark in draft.get("check", ()):
        now = _still_open(draft, remark) if remark["kind"] == _NOT_COMPUTED else remark
        if now["spots"]:
            yield remark, now


def _still_open(draft: Json, remark: Json) -> Json:
    """The remark on promises that nothing computes, without those that have an evaluator now, that a person settled, or that were dropped.
    A promise that another one tells too has that one's evaluator."""
    rows = [row for row in draft["promises"] if not row["dropped"]]
    known = {row["same_as"] or row["ref"] for row in rows if _computed(row)}
    waiting = {_at(row) for row in rows if (row["same_as"] or row["ref"]) not in known}
    spots = [spot for spot in remark["spots"] if _at(spot) in waiting]
    said = recalled(remark["message"])
    counted = said.figures["more"]
    message = Reason(said.kind, **said.figures | {"more": Reason(counted.kind, **counted.figures | {"n": len(spots)})})
    return remark | {"spots": spots, "message": kept(message)}


def _computed(row: Json) -> bool:
    return row["binding"] != "proposed" or bool(row["evaluator"] and row["evaluator"]["id"] != SLOGAN)


def _at(told: Json) -> tuple[int, int] | None:
    """Where a row or a spot of a remark stands in the text."""
    return (told["place"]["start"], told["place"]["end"]) if told["place"] else None
