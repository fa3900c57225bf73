"""How a target stands that is judged by coverage: one yes for each unit in scope, verified by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangxu.coverage import Tally
from xiangxu.documents.wording import number
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.targets.status import Status, Verdict

# Units of quantity that count units: 60 所, 5 个; a figure in any other (次, 元) is what each unit has to show, and yes means that it has.
_COUNTING = frozenset(("个", "所", "处", "镇", "校", "园", "家"))


@dataclass(frozen=True, slots=True)
class Aim:
    """How many must say yes: a share of those to whom it applies, a number of units, or (both None) every one of them."""

    share: float | None = None
    count: float | None = None


def aim_of(op: str, value: float | None, uom: str, scope: str = "") -> Aim:
    """What a promise asks of the units.

    A percentage is a share of the units. A count of units is a number of them, but where the promise speaks of each (每所学校 1 个) the
    figure is what each has to show, and everyone must.

    >>> aim_of("ge", 60.0, "%"), aim_of("all", 100.0, "%"), aim_of("ge", 1.0, "个", "每所乡村学校"), aim_of("eq", 8.0, "所", "")
    (Aim(share=0.6, count=None), Aim(share=None, count=None), Aim(share=None, count=None), Aim(share=None, count=8.0))
    """
    if value is None or op not in ("ge", "gt", "eq"):
        return Aim()
    if uom == "%":
        return Aim(share=value / 100) if value < 100 else Aim()
    if uom in _COUNTING and not scope.startswith("每"):
        return Aim(count=value)
    return Aim()


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """What is known: which units count (``chosen``: whether anybody or any card said which), what they said, the deadline.

    ``expected``: a figure that is hoped for (预期性, 争取); it is never red.
    """

    tally: Tally
    aim: Aim = Aim()
    due_on: date | None = None
    chosen: bool = True
    expected: bool = False


def coverage_verdict(facts: CoverageFacts, on: date) -> Verdict:
    """The status of such a target on a day.

    Met only when so many units are verified yes as the promise asks for; a statement that nobody has verified is not enough, and neither
    is 不适用 that nobody has looked at. Silence is asked after and never coloured: as long as those who are silent, or wait for the
    second person, could still make it, there is no lamp. Once what was said rules it out, the target is missed when its date has
    passed; before that it is on course, and behind where the second person refused what a unit had said.

    >>> from xiangxu.coverage import Stated, Word, tally
    >>> half = tally(["甲", "乙"], {"甲": Stated(Word.YES, True)})
    >>> coverage_verdict(CoverageFacts(half, due_on=date(2025, 12, 31)), date(2026, 11, 20)).why
    '2 个单位中 1 个已核验，1 个未填。'
    """
    found = facts.tally
    if not facts.chosen:
        return Verdict(Status.WAITING_BINDING, Reason(_("还没有选定由哪些单位逐个填报。")))
    if not found.scope:
        return Verdict(Status.WAITING_DATA, Reason(_("选定的范围里现在没有单位。")))
    if not found.known:
        return Verdict(Status.WAITING_DATA, Reason(_("%(scope)s 个单位都还没有填报。"), scope=found.scope))
    said = _said(found)
    if not found.applicable:
        words = _("%(scope)s 个单位都填不适用，没有可以计算的单位。")
        return Verdict(Status.WAITING_DATA, Reason(words, scope=found.scope))
    if _reaches(facts, len(found.yes), len(found.bound)):
        return Verdict(Status.MET, said)
    if _may_reach(facts):
        return Verdict(Status.WAITING_DATA, said)
    short = _short(facts)
    if facts.due_on is None:
        return Verdict(Status.WAITING_DATA, Reason(_("%(said)s%(short)s文件没有写时限。"), said=said, short=short))
    if facts.due_on < on:
        words, days = _("应于 %(due)s 达到，逾期 %(days)s 天；%(said)s%(short)s"), (on - facts.due_on).days
        late = Reason(words, due=facts.due_on, days=days, said=said, short=short)
        return Verdict(Status.BEHIND if facts.expected else Status.MISSED, late)
    if found.refused:
        return Verdict(Status.BEHIND, Reason(_("%(said)s%(short)s"), said=said, short=short))
    if found.silent:
        return Verdict(Status.WAITING_DATA, said)
    return Verdict(Status.ON_COURSE, Reason(_("%(said)s%(short)s%(due)s 到期。"), said=said, short=short, due=facts.due_on))


def _reaches(facts: CoverageFacts, yes: int, applicable: int) -> bool:
    """Whether so many are enough. The counting is in whole units: 0.6 of 15 is 9, whatever floating point makes of it."""
    aim = facts.aim
    if aim.count is not None:
        return yes >= aim.count
    if aim.share is not None:
        return yes >= aim.share * applicable - 1e-9
    return yes >= applicable


def _may_reach(facts: CoverageFacts) -> bool:
    """Whether it could still be reached if all who are silent or wait for the second person had what they owe."""
    found = facts.tally
    return _reaches(facts, len(found.yes) + len(found.stated) + len(found.silent), found.applicable)


def _said(found: Tally) -> Reason:
    parts = [
        (_("%(count)s 个已核验"), found.yes),
        (_("%(count)s 个填√待核验"), found.stated),
        (_("%(count)s 个填×"), found.no),
        (_("%(count)s 个核验未通过"), found.refused),
        (_("%(count)s 个不适用"), found.out),
        (_("%(count)s 个填不适用待核验"), found.stated_out),
        (_("%(count)s 个未填"), found.silent),
    ]
    told = tuple(Reason(words, count=len(units)) for words, units in parts if units)
    return Reason(_("%(scope)s 个单位中 %(told)s。"), scope=found.scope, told=told)


def _short(facts: CoverageFacts) -> Reason:
    if facts.aim.count is not None:
        return Reason(_("要求 %(count)s 个。"), count=number(facts.aim.count))
    if facts.aim.share is not None:
        return Reason(_("要求 %(share)s。"), share=f"{number(facts.aim.share * 100)}%")
    return Reason(_("要求全部。"))
