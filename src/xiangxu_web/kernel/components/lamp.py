"""The lamp: how something stands, told by shape, word and colour at once, so that grey print and a colour-blind eye read it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from xiangxu import clock

Words = str | LazyText


@dataclass(frozen=True)
class Look:
    """One state's shape, tone and usual word. ``none`` is no lamp: our own homework, or nothing to judge."""

    shape: str
    tone: str
    words: Words


# The table of states of the design (§6), and the states of ordinary work that look the same everywhere.
STATES: dict[str, Look] = {
    "met": Look("●", "green", _("已达成")),
    "on-course": Look("●", "green", _("正常推进")),
    "behind": Look("▲", "amber", _("滞后")),
    "missed": Look("■", "red", _("逾期")),
    "waiting-data": Look("○", "none", _("待数据")),
    "waiting-binding": Look("○", "none", _("算法待定")),
    "reported-normal": Look("●", "green", _("正常")),
    "reported-behind": Look("▲", "amber", _("滞后")),
    "reported-done": Look("●", "green", _("完成")),
    "final-done": Look("●", "green", _("完成")),
    "final-mostly": Look("▲", "amber", _("基本完成")),
    "final-not": Look("■", "red", _("未完成")),
    "good": Look("●", "green", _("正常")),
    "warning": Look("▲", "amber", _("注意")),
    "bad": Look("■", "red", _("异常")),
    "none": Look("○", "none", _("未开始")),
}


@dataclass(frozen=True)
class Lamp:
    """A state of ``STATES``, its own word where the usual one does not fit, and the line that says why."""

    state: str
    words: Words = ""
    why: Words = ""

    @property
    def look(self) -> Look:
        """How the state looks. An unknown state is a mistake in the program."""
        return STATES[self.state]

    def __str__(self) -> str:
        return str(self.words or self.look.words)


# What is done, and what says itself that its day has passed.
_NO_TIME_LEFT = ("met", "missed", "good")


def day_left(due: date | None, state: str) -> date | None:
    """The deadline beside a lamp of this state, where it is told how much time is left: of what is owed and open. Not beside what is done,
    nor where the lamp says so already; and that the day has passed is not told in red where nothing is judged: silence is never red."""
    if due is None or state in _NO_TIME_LEFT:
        return None
    return None if STATES[state].tone == "none" and due < clock.today() else due
