"""What falls on each department: tasks that it leads or joins in, and promises of its tasks by the year in which they fall due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xiangxu.review.comparison.departments import families
from xiangxu.review.comparison.side import Side

# Promises without a year: those that go on for good, and those without a date.
ONGOING, UNDATED = "ongoing", "undated"
# Promises of chapters that name nobody.
NOBODY = ""


@dataclass(slots=True)
class Load:
    """Of one department in one plan. `due`: promises by year; `name`: what the department is called there."""

    name: str = ""
    led: int = 0
    co_led: int = 0
    joined: int = 0
    due: dict[str, int] = field(default_factory=dict)


def loads(sides: Sequence[Side]) -> dict[str, dict[str, Load]]:
    """By department, the one that leads most first, and by plan; one department of several places has the widest of its names."""
    family = families(side.tasks_of for side in sides)
    found: defaultdict[str, dict[str, Load]] = defaultdict(dict)

    def load(side: Side, unit: str) -> Load:
        own = found[family.get(unit, unit)].setdefault(side.key, Load())
        own.name = own.name or unit
        return own

    for side in sides:
        for work in side.works:
            if work.lead:
                load(side, work.lead).led += 1
            for unit in work.co_leads:
                load(side, unit).co_led += 1
            for unit in work.participants:
                load(side, unit).joined += 1
        for aim in side.aims:
            year = ONGOING if aim.due == "ongoing" else aim.due[:4] if aim.due else UNDATED
            own = load(side, aim.unit or NOBODY).due
            own[year] = own.get(year, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (item[0] == NOBODY, *_weight(item[1]), item[0])))


def _weight(own: Mapping[str, Load]) -> tuple[int, int, int]:
    return (
        -sum(load.led for load in own.values()),
        -sum(load.co_led + load.joined for load in own.values()),
        -sum(sum(load.due.values()) for load in own.values()),
    )
