"""What may become of a task or a promise in the next version, and the answer with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of an old entry; `added` is said of new ones that no old one became."""

    CONTINUES = "continues"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    ADDED = "added"

    @property
    def word(self) -> str:
        """As a clerk reads it."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.CONTINUES: "不变",
    Verdict.CHANGED: "有改动",
    Verdict.SPLIT: "拆分",
    Verdict.MERGED: "合并",
    Verdict.DROPPED: "删去",
    Verdict.ADDED: "新增",
}


class Field(StrEnum):
    """What of an entry may change."""

    FIGURE = "figure"
    MENTIONED = "mentioned"
    UOM = "uom"
    BOUND = "bound"
    BASELINE = "baseline"
    DUE = "due"
    PER = "per"
    OWNER = "owner"
    PARTICIPANTS = "participants"
    WORDING = "wording"

    @property
    def word(self) -> str:
        """As a clerk reads it."""
        return _FIELDS[self]


_FIELDS = {
    Field.FIGURE: "数",
    Field.MENTIONED: "文中其他数",
    Field.UOM: "计量单位",
    Field.BOUND: "比较方式",
    Field.BASELINE: "基数",
    Field.DUE: "时限",
    Field.PER: "周期",
    Field.OWNER: "责任单位",
    Field.PARTICIPANTS: "配合单位",
    Field.WORDING: "措辞",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, as the two versions state it; of the wording only that it does."""

    field: Field
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A proposal for a person to confirm: the uids of the old and the new entries, what became of the old, how sure, and why.

    `score` is from 0 to 1; `unsure` says that another entry is nearly as near, or that the score is low. `differences`: between
    the one old and the one new entry of `changed`.
    """

    kind: str
    verdict: Verdict
    old: tuple[str, ...]
    new: tuple[str, ...]
    score: float
    reason: str
    unsure: bool = False
    differences: tuple[Difference, ...] = ()
