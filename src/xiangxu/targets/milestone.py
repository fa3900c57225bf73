"""How a milestone stands: one deliverable, stated done by its owner and verified by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.targets.status import Status, Verdict


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """What is known: whether its owner states it done (None: has said nothing), since when, and when the second person confirmed or refused.

    Why it was refused is between the unit and those who look; it is in no sentence that all may read.
    """

    stated: bool | None = None
    day: date | None = None
    verified_on: date | None = None
    refused_on: date | None = None
    due_on: date | None = None


def milestone_verdict(facts: MilestoneFacts, on: date) -> Verdict:
    """The status of a milestone on a day.

    Met only when a second person has verified it. A statement that nobody has looked at yet is no lamp: the office owes the look. Stated
    as not done, or refused, it is missed once the date has passed; before that it is on course, and behind after a refusal. Without a
    statement, or not done and without a date, there is no lamp.

    >>> milestone_verdict(MilestoneFacts(True, date(2026, 6, 1), due_on=date(2026, 6, 30)), date(2026, 11, 20)).why
    '2026年6月1日 报完成，待另一人核验。'
    """
    if facts.stated is None:
        return Verdict(Status.WAITING_DATA, Reason(_("责任单位还没有说明是否完成。")))
    if facts.stated and facts.verified_on is not None:
        return Verdict(Status.MET, Reason(_("%(day)s 完成，%(verified)s 核验。"), day=facts.day, verified=facts.verified_on))
    if facts.stated and facts.refused_on is None:
        return Verdict(Status.WAITING_DATA, Reason(_("%(day)s 报完成，待另一人核验。"), day=facts.day))
    if facts.refused_on is not None:
        said = Reason(_("%(refused)s 核验未通过"), refused=facts.refused_on)
    else:
        said = Reason(_("%(day)s 报尚未完成"), day=facts.day)
    if facts.due_on is not None and facts.due_on < on:
        words = _("应于 %(due)s 完成，逾期 %(days)s 天；%(said)s。")
        return Verdict(Status.MISSED, Reason(words, due=facts.due_on, days=(on - facts.due_on).days, said=said))
    if facts.refused_on is not None:
        return Verdict(Status.BEHIND, Reason(_("%(said)s。"), said=said))
    if facts.due_on is None:
        return Verdict(Status.WAITING_DATA, Reason(_("%(said)s；文件没有写时限。"), said=said))
    return Verdict(Status.ON_COURSE, Reason(_("%(said)s，%(due)s 到期。"), said=said, due=facts.due_on))
