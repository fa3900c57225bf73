"""What is to be said of a draft now: where it contradicts itself, and the plan check's remarks as far as they still hold.

What the check said nobody can compute, and somebody or a shipped plan knows since, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangxu.importer.bind.slogans import SLOGAN
from xiangxu.model.reason import Reason, gettext_noop, kept, recalled

Json = dict[str, Any]
_NOT_COMPUTED = "not-computable"
_CONTRADICTS = "contradicts"


def remarks_of(draft: Json) -> Iterator[tuple[Json, Json]]:
    """Each remark as it was made, by which an answer to it is known, and as it holds now; those that no longer hold are left out.

    Contradictions that the reader found and the check does not tell are remarks like any other.
    """
    told = {(_span(spot["place"]), _span(spot["other"])) for remark in draft.get("check", ()) for spot in remark["spots"]}
    for found in draft.get("contradictions", ()):
        if (_span(found["first"]), _span(found["second"])) not in told:
            remark = _contradicting(found)
            yield remark, remark
    for remark in draft.get("check", ()):
        now = _still_open(draft, remark) if remark["kind"] == _NOT_COMPUTED else remark
        if now["spots"]:
            yield remark, now


def _still_open(draft: Json, remark: Json) -> Json:
    """The remark on promises that nothing computes, without those that have an evaluator now, that a person settled, or that were dropped.
    A promise that another one tells too has that one's evaluator."""
    rows = [row for row in draft["promises"] if not row["dropped"]]
    known = {row["same_as"] or row["ref"] for row in rows if _computed(row)}
    waiting = {_span(row["place"]) for row in rows if (row["same_as"] or row["ref"]) not in known}
    spots = [spot for spot in remark["spots"] if _span(spot["place"]) in waiting]
    said = recalled(remark["message"])
    counted = said.figures["more"]
    message = Reason(said.kind, **said.figures | {"more": Reason(counted.kind, **counted.figures | {"n": len(spots)})})
    return remark | {"spots": spots, "message": kept(message)}


def _computed(row: Json) -> bool:
    return row["binding"] != "proposed" or bool(row["evaluator"] and row["evaluator"]["id"] != SLOGAN)


def _contradicting(found: Json) -> Json:
    """A contradiction in the form of the check's remarks, with both its places."""
    return {
        "kind": _CONTRADICTS,
        "grade": "serious",
        "message": found["words"],
        "why": Reason(gettext_noop("两处写得不一样，落实和检查时不知道以哪一处为准。")),
        "mend": Reason(gettext_noop("对照两处原文，改成一致；确有不同所指的，分别写明。")),
        "spots": [{"place": found["first"], "other": found["second"], "name": "", "quote": "", "note": ""}],
    }


def _span(place: Json | None) -> tuple[int, int] | None:
    """Where in the text a row, a spot of a remark or a side of a contradiction stands."""
    return (place["start"], place["end"]) if place else None
