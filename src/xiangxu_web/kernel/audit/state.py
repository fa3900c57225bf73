"""How the chain stands, for the screen and the start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xiangxu_web.kernel.audit.anchors import Anchor, last_anchor
from xiangxu_web.kernel.audit.seal import Head, head, unsealed
from xiangxu_web.kernel.audit.verbs import VERIFY
from xiangxu_web.kernel.audit.verify import Fault, Flaw, oldest_unsealed
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.jobs.queue import LIVE
from xiangxu_web.kernel.models import AuditRow, Job


@dataclass(frozen=True)
class ChainState:
    """The head, what waits, the last anchor, the last verification and what it found, the verification under way."""

    head: Head
    unsealed: int
    oldest_unsealed: datetime | None
    anchor: Anchor | None
    last: AuditRow | None
    running: Job | None

    @property
    def facts(self) -> dict[str, Any]:
        """What the last verification noted."""
        return self.last.facts if self.last is not None else {}

    @property
    def faults(self) -> int:
        """How many faults it found."""
        return int(self.facts.get("faults", 0))

    @property
    def told(self) -> list[str]:
        """The faults it told of, in words."""
        return [Fault(Flaw(flaw), position, row, until).words() for flaw, position, row, until in self.facts.get("told", ())]

    def sentence(self) -> str:
        """One sentence: how long the chain is and what the last verification found."""
        if self.last is None:
            return _("审计链至第 %(position)s 位，还没有核验过。") % {"position": self.head.position}
        at = day(self.last.at)
        found = _("没有发现改动、缺失或乱序") if not self.faults else _("发现 %(faults)s 处问题") % {"faults": self.faults}
        return _("审计链至第 %(position)s 位；%(at)s 核验 %(rows)s 条，%(found)s。") % {
            "position": self.head.position,
            "at": at,
            "rows": self.facts.get("rows", 0),
            "found": found,
        }


def running_verification() -> Job | None:
    """The verification that waits or runs now, whoever started it."""
    return Job.objects.filter(kind=VERIFY, state__in=LIVE).order_by("made").first()


def chain_state() -> ChainState:
    """How the chain stands now."""
    return ChainState(
        head=head(),
        unsealed=unsealed(),
        oldest_unsealed=oldest_unsealed(),
        anchor=last_anchor(),
        last=AuditRow.objects.filter(verb=VERIFY).order_by("-id").first(),
        running=running_verification(),
    )
