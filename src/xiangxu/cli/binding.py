"""`plan read --bind`: for every promise that was read, what the shipped cards propose to compute it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from xiangxu.cards.kinds import KIND_NAMES, Evaluator, Fields, Scope
from xiangxu.cards.packs import Packs
from xiangxu.importer.bind import Candidate, Proposal, Proposer
from xiangxu.model.plan import PlanReading


class Binding:
    """The shipped cards, ready to propose for any number of readings."""

    def __init__(self) -> None:
        self.packs = Packs.load()
        view = self.packs.at()
        self._proposer = Proposer(view.of(Evaluator), view.of(Scope), view.of(Fields))

    def propose(self, reading: PlanReading) -> list[Proposal]:
        """The proposals for the promises of a reading, in their order."""
        return self._proposer.propose(reading.promises)


def add_proposals(targets: Sequence[dict[str, Any]], proposals: Sequence[Proposal]) -> None:
    """Writes beside each target of the exchange form, as `proposal`, what is proposed for it."""
    for target, proposal in zip(targets, proposals, strict=True):
        target["proposal"] = {
            "kind": proposal.kind,
            "best": _candidate(proposal.best) if proposal.best else None,
            "alternatives": [_candidate(candidate) for candidate in proposal.alternatives],
        }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "kind": candidate.kind,
        "id": candidate.id,
        "params": dict(candidate.params),
        "scope": candidate.scope,
        "score": candidate.score,
        "words": list(candidate.words),
    }


def bound_line(proposals: Sequence[Proposal]) -> str:
    """How many promises are bound, by kind, in one line of the summary."""
    kinds: Counter[str] = Counter(proposal.best.kind for proposal in proposals if proposal.best)
    parts = [f"{name} {kinds[kind]}" for kind, name in KIND_NAMES.items() if kinds[kind]]
    none = sum(1 for proposal in proposals if proposal.best is None)
    return "  绑定建议：" + " · ".join([*parts, f"没有合适的卡片 {none}"])
