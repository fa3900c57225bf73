"""The monthly bulletin (通报) of a plan: what it says, frozen with the figures that it says it by.

`compose` writes the sentences from the plan's state; persons edit them; `disagreements` finds figures in edited sentences that the
frozen ones do not bear out; `to_official` makes the document that is signed.
"""

from xiangxu.monthly.composing import compose
from xiangxu.monthly.content import Block, BulletinContent, Figure, Kind, Span, UnreadableContent, fingerprint, of_data, to_data
from xiangxu.monthly.disagreements import Disagreement, disagreements
from xiangxu.monthly.editing import added, dropped, edited, keeping_edits, restored
from xiangxu.monthly.official import to_official
from xiangxu.monthly.state import NOBODY, Gap, Instruction, PlanState, Retold, Standing, TargetState, TaskState

__all__ = [
    "NOBODY",
    "Block",
    "BulletinContent",
    "Disagreement",
    "Figure",
    "Gap",
    "Instruction",
    "Kind",
    "PlanState",
    "Retold",
    "Span",
    "Standing",
    "TargetState",
    "TaskState",
    "UnreadableContent",
    "added",
    "compose",
    "disagreements",
    "dropped",
    "edited",
    "fingerprint",
    "keeping_edits",
    "of_data",
    "restored",
    "to_data",
    "to_official",
]
