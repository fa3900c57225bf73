"""How a target stands: by how it is computed and by what that found. What cannot be computed yet is our own homework, never red."""

from __future__ import annotations

from dataclasses import dataclass

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.targets.status import Status, Verdict

# A promise that is hoped for (预期性、争取) is shown and never red or amber.
_HOPED = ("expected", "strive")


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What is known of a target before anything is computed.

    `bound`: an evaluator is chosen and a person has confirmed it; `later`: a person chose not to compute it for now.
    `doubtful`: the reader was not sure of its words, as after a new version, and nobody has looked. `kind`: one of the five kinds of
    evaluator. `found`: the verdict of that kind's own decision; None where it has no data.
    """

    bound: bool
    later: bool = False
    kind: str = ""
    nature: str = "promise"
    found: Verdict | None = None
    doubtful: bool = False


_NO_DATA = {
    "indicator": _("等待相应报表的数据。"),
    "registry": _("等待创建名册的数据。"),
    "duty": _("等待履职记录。"),
    "coverage": _("还没有单位填报。"),
    "milestone": _("还没有人登记办结。"),
}


def target_verdict(facts: TargetFacts) -> Verdict:
    """The status of a target: waiting for binding, waiting for data, or what its own kind of evaluator found.

    >>> target_verdict(TargetFacts(bound=False)).status.value, target_verdict(TargetFacts(bound=True, kind="indicator")).why
    ('waiting-binding', '等待相应报表的数据。')
    >>> target_verdict(TargetFacts(True, kind="coverage", nature="strive", found=Verdict(Status.MISSED, "3 所未覆盖。"))).status.value
    'on-course'
    """
    if facts.later:
        return Verdict(Status.WAITING_BINDING, Reason(_("教育局选择暂不计算。")))
    if not facts.bound:
        words = _("算法由程序提出，还没有人确认。") if facts.kind else _("还没有确定怎么算。")
        return Verdict(Status.WAITING_BINDING, Reason(words))
    if facts.doubtful:
        return Verdict(Status.WAITING_BINDING, Reason(_("读得没有把握，还没有人看过：看过以后再评判。")))
    if facts.found is None:
        return Verdict(Status.WAITING_DATA, Reason(_NO_DATA.get(facts.kind, _("等待数据。"))))
    if facts.nature in _HOPED and facts.found.status in (Status.BEHIND, Status.MISSED):
        hoped = Reason(_("%(found)s预期性目标，不作滞后、逾期评判。"), found=facts.found.why)
        return Verdict(Status.ON_COURSE, hoped)
    return facts.found
