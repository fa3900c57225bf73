"""Coverage: a promise over units, one yes, no or not applicable for each. Decisions with their reasons; nothing is stored here."""

from xiangxu.coverage.tally import Stated, Tally, Word, tally

__all__ = ["Stated", "Tally", "Word", "tally"]
