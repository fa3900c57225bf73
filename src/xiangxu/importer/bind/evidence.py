"""What of a document speaks for a promise's matter: its own words most, then its heading, the promise before, its other tellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiangxu.importer.bind.deeds import deeds
from xiangxu.importer.bind.wording import bare, pieces
from xiangxu.model.plan import Promise

# What is counted is named in the metric; the quote says it with all that stands around, and may hold several promises at once.
METRIC, QUOTE, RETOLD, HEADING, BEFORE = 1.0, 0.95, 0.6, 0.4, 0.25
# A promise that goes on from the one before (其中骨干教师不低于25%) is about the same; fewer own pieces need more of it.
CARRIED = 0.5
_GOES_ON = re.compile(r"其中|并|且|每届|首批|累计|分别|同时|均|全覆盖|到?20\d\d")
# So few pieces of its own need the words before; so short a quote has no verb of its own.
_FEW = 5
_SHORT = 14


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of one promise the pieces of its words, each with the weight of the place that it stands in, and the texts themselves.

    `own`: the pieces of the metric, by which it is seen how much of the promise a card's words explain; `retold`: those of its other
    tellings. `text`: metric and quote
    in one wording; `heading`: what it stands under and after. `done`: the registries in which what it does would be entered, by
    `deeds`; a promise without a verb (新建小学3所、初中2所) does what the one before does.
    """

    pieces: Mapping[str, float]
    own: frozenset[str]
    retold: tuple[frozenset[str], ...]
    text: str
    heading: str
    done: Mapping[str, float]


def evidence_of(promises: Sequence[Promise]) -> list[Evidence]:
    """The evidence for each promise of one reading, in their order."""
    tellings: defaultdict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.same_as:
            tellings[promise.same_as].append(promise)
    found = []
    before: Promise | None = None
    for promise in promises:
        same = before if before is not None and before.where == promise.where else None
        found.append(_evidence(promise, same, tellings.get(promise.same_as or "", ())))
        before = promise
    return found


def _evidence(promise: Promise, before: Promise | None, tellings: Sequence[Promise]) -> Evidence:
    own = pieces(promise.metric)
    quoted = pieces(promise.quote)
    if len(own) < 2:
        own = quoted or own
    heading = promise.scope or ""
    goes_on = _GOES_ON.match(promise.quote) is not None or len(own) < _FEW
    sources = [(own, METRIC), (quoted, QUOTE), (pieces(heading), HEADING)]
    others = [told for told in tellings if told is not promise]
    sources += [(pieces(told.metric) | pieces(told.quote), RETOLD) for told in others]
    if before is not None:
        sources.append((pieces(before.quote), CARRIED if goes_on else BEFORE))
    weights: dict[str, float] = {}
    for cut, weight in sources:
        for piece in cut:
            if weight > weights.get(piece, 0.0):
                weights[piece] = weight
    around = bare(heading) + ("\n" + bare(before.quote) if before is not None else "")
    done = deeds(promise.quote)
    if not done and before is not None and len(promise.quote) <= _SHORT:
        done = {table: CARRIED * strength for table, strength in deeds(before.quote).items()}
    retold = tuple(pieces(told.metric) for told in others)
    return Evidence(weights, own, retold, bare(promise.metric) + "\n" + bare(promise.quote), around, done)
