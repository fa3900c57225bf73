"""Proposes for every promise of a reading the evaluator that computes it; a person confirms. By rules, the same at every run."""

from __future__ import annotations

from xiangxu.importer.bind.proposal import Candidate, Kind, Proposal
from xiangxu.importer.bind.proposer import Proposer, propose

__all__ = ["Candidate", "Kind", "Proposal", "Proposer", "propose"]
