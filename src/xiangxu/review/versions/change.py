"""What may become of a task or a promise in the next version, and the answer with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _


class Verdict(StrEnum):
    """What became of an old entry; `added` is said of new ones that no old one became."""

    CONTINUES = "continues"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    ADDED = "added"

    @property
    def word(self) -> Reason:
        """As a clerk reads it."""
        return Reason(_VERDICTS[self])


_VERDICTS = {
    Verdict.CONTINUES: _("不变"),
    Verdict.CHANGED: _("有改动"),
    Verdict.SPLIT: _("拆分"),
    Verdict.MERGED: _("合并"),
    Verdict.DROPPED: _("删去"),
    Verdict.ADDED: _("新增"),
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
    def word(self) -> Reason:
        """As a clerk reads it."""
        return Reason(_FIELDS[self])


_FIELDS = {
    Field.FIGURE: _("数"),
    Field.MENTIONED: _("文中其他数"),
    Field.UOM: _("计量单位"),
    Field.BOUND: _("比较方式"),
    Field.BASELINE: _("基数"),
    Field.DUE: _("时限"),
    Field.PER: _("周期"),
    Field.OWNER: _("责任单位"),
    Field.PARTICIPANTS: _("配合单位"),
    Field.WORDING: _("措辞"),
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
