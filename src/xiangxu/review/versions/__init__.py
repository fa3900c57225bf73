"""Two versions of one plan: what became of every task, action and promise. Proposed by wording and figures; a person confirms."""

from xiangxu.review.versions.change import Change, Field, Verdict
from xiangxu.review.versions.diff import diff
from xiangxu.review.versions.entry import Entry, Kind, entries_of, entries_of_reading

__all__ = ["Change", "Entry", "Field", "Kind", "Verdict", "diff", "entries_of", "entries_of_reading"]
