"""How many tasks and targets there are and how they stand: counted in one place for every page, the start pages and the supervisor.

What a document tells twice is one thing and counted once; wherever that makes a number smaller than the document's own, it says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiangxu import clock
from xiangxu.targets.status import Status, Verdict
from xiangxu.targets.task import Standing
from xiangxu_web.workspaces.plans.judging import verdicts
from xiangxu_web.workspaces.plans.models import Target, Task
from xiangxu_web.workspaces.plans.standing import IN_REVIEW, STATES, is_split, once_and_retold, standings_of
from xiangxu_web.workspaces.plans.twins import ONCE


@dataclass(frozen=True)
class Counted:
    """Tasks or targets with their verdicts by key, each thing once, and how many others are one of them told again; of tasks also how
    they stand in full, of targets how far those are settled that wait for it."""

    verdicts: Mapping[int, Verdict]
    retold: int = 0
    standings: Mapping[int, Standing] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def tasks(cls, standings: Mapping[int, Standing], retold: int) -> Counted:
        """Tasks as they stand."""
        return cls({key: stands.verdict for key, stands in standings.items()}, retold, standings)

    @cached_property
    def by_status(self) -> Mapping[Status, int]:
        """How many stand how."""
        return Counter(verdict.status for verdict in self.verdicts.values())

    @property
    def all(self) -> int:
        """How many there are, each once."""
        return len(self.verdicts)

    def having(self, status: Status) -> int:
        """How many stand so."""
        return self.by_status.get(status, 0)

    @cached_property
    def by_state(self) -> Mapping[str, int]:
        """How many tasks stand in each state of ``STATES``; these add up."""
        return Counter(stands.state for stands in self.standings.values())

    @cached_property
    def silent_past(self) -> list[int]:
        """The tasks whose deadline has passed and of which nobody has reported anything, as the bulletin counts them."""
        return [key for key, stands in self.standings.items() if stands.silent_past]


# Of a plan without a task that the post sees.
NONE = Counted({})


def count_tasks(found: QuerySet[Task], on: date | None = None) -> Counted:
    """How many of these tasks there are and how they stand by the rule of their own pages, on a day (default: today)."""
    standings, retold = once_and_retold(found, on)
    return Counted.tasks(standings, len(retold))


def silent_past(found: QuerySet[Task], on: date | None = None) -> int:
    """Of how many of these tasks the deadline has passed and nobody has reported anything.

    The database counts them; only those that were split stand as their parts do and are judged.
    """
    on = on or clock.today()
    due = found.filter(ONCE, due_on__lt=on, ongoing=False, word="")
    split = standings_of(due.filter(is_split()), on)
    return due.exclude(is_split()).exclude(IN_REVIEW).count() + sum(stands.silent_past for stands in split.values())


def count_tasks_by_plan(found: QuerySet[Task], on: date | None = None) -> dict[int, Counted]:
    """The same for many plans at once, by the key of the plan."""
    standings, retold = once_and_retold(found, on)
    plan_of = dict(found.order_by().values_list("pk", "plan_id"))
    again = Counter(plan_of[key] for key in retold)
    return {
        plan: Counted.tasks({key: stands for key, stands in standings.items() if plan_of[key] == plan}, again[plan])
        for plan in set(plan_of.values())
    }


def count_targets(found: QuerySet[Target], on: date | None = None) -> Counted:
    """How many of these targets there are and how they stand, on a day (default: today)."""
    once = list(found.filter(ONCE))
    judged = verdicts(once, on)
    return Counted(judged, _retold(found), waiting=waiting_for(once, judged))


def waiting_for(once: Iterable[Target], judged: Mapping[int, Verdict]) -> Mapping[str, int]:
    """Of these targets, each told once, how many are not judged yet for want of a person, by how far they are settled."""
    return Counter(target.binding for target in once if judged[target.pk].status is Status.WAITING_BINDING)


# Why a target waits that is settled so far; the three add up to 算法待定.
_WAITS = (
    (Target.Binding.PROPOSED, gettext_lazy("没有确认怎么算 %(n)s 条")),
    (Target.Binding.CONFIRMED, gettext_lazy("确认了怎么算、有疑问没有人看过 %(n)s 条")),
    (Target.Binding.LATER, gettext_lazy("暂不计算 %(n)s 条")),
)


def waiting_words(waiting: Mapping[str, int], *, runs: bool) -> list[tuple[str, str]]:
    """What 算法待定 is made of where not all of it only waits to be confirmed: words with their number, and the query under which the
    list shows them. Whoever does not run the plans is told what was put off, and not what the clerk has still to look at."""
    if not set(waiting) - {Target.Binding.PROPOSED}:
        return []
    return [
        (words % {"n": waiting[binding]}, f"state={Status.WAITING_BINDING}&binding={binding}")
        for binding, words in _WAITS
        if waiting.get(binding) and (runs or binding == Target.Binding.LATER)
    ]


def _retold(found: QuerySet[Any]) -> int:
    return found.exclude(ONCE).order_by().count()


# Told even where there is none.
_ALWAYS = (Status.MET, Status.ON_COURSE, Status.BEHIND, Status.MISSED)


def tasks_words(counted: Counted) -> str:
    """How many tasks stand how, as one sentence whose figures add up. What nobody reported on and is past its deadline stands beside what
    is late, as the fact it is."""
    told = [
        _("%(state)s %(n)s 项") % {"state": words, "n": counted.by_state.get(state, 0)}
        for state, words in STATES.items()
        if state in _ALWAYS or counted.by_state.get(state)
    ]
    return _("共 %(all)s 项任务：%(told)s。") % {
        "all": counted.all,
        "told": pgettext("between parts of a sentence", "，").join(told),
    }


def tasks_retold_words(once: int, retold: int) -> str:
    """What a number of tasks leaves out; empty where it leaves out nothing."""
    if not retold:
        return ""
    return _("文件里有 %(all)s 项，其中 %(retold)s 项与另一项是同一件事，合并计。") % {"all": once + retold, "retold": retold}


def targets_retold_words(once: int, retold: int) -> str:
    """What a number of targets leaves out; empty where it leaves out nothing."""
    if not retold:
        return ""
    return _("文件里有 %(all)s 个，其中 %(retold)s 个与另一个是同一件事，合并计。") % {"all": once + retold, "retold": retold}
