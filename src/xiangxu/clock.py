"""The only reader of the time. Everything else is told the day: ``on: date``.

Days are those of Asia/Shanghai. ``XIANGXU_TODAY=2026-11-20`` stops the calendar on that day, for demos and tests: the demo then shows
the same page every day, and a test does not fail at New Year. What is recorded then bears that day too, with the real time of day; what
only measures how long something lasts goes on by the machine's own time (``ticking``).
"""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class WrongDay(ValueError):
    """XIANGXU_TODAY does not hold a day."""


def today() -> date:
    """The day in China, or the day that XIANGXU_TODAY names.

    >>> os.environ["XIANGXU_TODAY"] = "2026-11-20"
    >>> today()
    datetime.date(2026, 11, 20)
    >>> del os.environ["XIANGXU_TODAY"]
    """
    fixed = os.environ.get("XIANGXU_TODAY", "")
    if not fixed:
        return datetime.now(SHANGHAI).date()
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise WrongDay(f"环境变量 XIANGXU_TODAY 应写作 2026-11-20 这样的日期，现在是“{fixed}”") from None


def now() -> datetime:
    """The moment, for what is recorded and read: the real one; where the calendar is stopped, the real time of day on that day.

    After midnight a stopped calendar begins its day anew, so what must stay in the order of writing (the audit) looks at what it wrote last.

    >>> os.environ["XIANGXU_TODAY"] = "2026-11-20"
    >>> now().astimezone(SHANGHAI).date()
    datetime.date(2026, 11, 20)
    >>> del os.environ["XIANGXU_TODAY"]
    """
    real = datetime.now(SHANGHAI)
    return datetime.combine(today(), real.timetz()).astimezone(UTC) if stopped() else real.astimezone(UTC)


def stopped() -> bool:
    """Whether the calendar stands on one day."""
    return bool(os.environ.get("XIANGXU_TODAY"))


def ticking() -> datetime:
    """The machine's own moment, for what has to run out or come again: leases, signs of life, periodic jobs, unused files, backups."""
    return datetime.now(UTC)
