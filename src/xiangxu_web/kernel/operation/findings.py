"""What is looked at on an installation: each thing with a lamp, a sentence, and what to do. Shown on the health page, told
by ``site prepare`` and ``site serve``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText

Words = str | LazyText


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``state``: good, warning, bad, none (a lamp of the components); ``remedy``: what to do now."""

    title: Words
    state: str
    words: Words
    remedy: Words = ""

    @property
    def line(self) -> str:
        """As a terminal tells it: the lamp's sign, what was found, what to do."""
        return f"{_SIGNS[self.state]} {self.title}：{self.words}{self.remedy and f' {self.remedy}'}"


_SIGNS = {"good": "●", "warning": "▲", "bad": "■", "none": "○"}
Check = Callable[[], Iterator[Finding]]
# Looked at before the site starts, and while it runs.
SETTINGS: list[Check] = []
RUNNING: list[Check] = []


def looks_at(where: list[Check]) -> Callable[[Check], Check]:
    """Declares a check. Workspaces may add their own."""

    def declare(check: Check) -> Check:
        where.append(check)
        return check

    return declare


def wrong(*where: list[Check]) -> list[Finding]:
    """What is bad or to be watched of all that was found, the worst first."""
    return worst_first([each for each in findings(*where) if each.state in ("warning", "bad")])


_WORST_FIRST = {"bad": 0, "warning": 1, "none": 2, "good": 3}


def findings(*where: list[Check]) -> list[Finding]:
    """Everything that the checks of these lists found, in their order."""
    return [found for checks in where for check in checks for found in check()]


def worst_first(found: list[Finding]) -> list[Finding]:
    """As they are shown: what is bad, then what is to be watched."""
    return sorted(found, key=lambda each: _WORST_FIRST[each.state])
