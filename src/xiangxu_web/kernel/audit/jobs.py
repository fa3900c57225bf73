"""The audit's jobs: sealing every minute, verifying every week and when the audit administrator asks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.audit.seal import seal, unsealed
from xiangxu_web.kernel.audit.verbs import VERIFY
from xiangxu_web.kernel.audit.verify import Verdict, verify
from xiangxu_web.kernel.jobs.kinds import every, job_kind
from xiangxu_web.kernel.jobs.work import Work


@job_kind("audit.seal", title=_("封存审计记录"), attempts=1)
def seal_rows(work: Work) -> dict[str, int]:
    """Puts what was recorded since into the chain. The next one comes in a minute, so a failure is not tried again."""
    return {"sealed": seal()}


@job_kind("audit.verify", title=_("核验审计链"), lease=120)
def verify_chain(work: Work) -> dict[str, Any]:
    """Verifies the whole chain and records what came of it."""
    verdict = verify(report=work.progress)
    note_verdict(verdict, work.job_id)
    if verdict.sound:
        words = _now("已核验 %(rows)s 条，没有发现改动、缺失或乱序。") % {"rows": verdict.rows}
    else:
        words = _now("已核验 %(rows)s 条，发现问题：") % {"rows": verdict.rows} + " ".join(f.words() for f in verdict.faults[:3])
    return {"words": words, "url": "/audit/chain/"}


def note_verdict(verdict: Verdict, job_id: Any = None) -> None:
    """A verification leaves a row itself: when, how many rows, what was found, as counts and positions."""
    faults = [[fault.flaw.value, fault.position, fault.row, fault.until] for fault in verdict.faults[:20]]
    with action(None, VERIFY, job_id=job_id) as record:
        record.noted(None, rows=verdict.rows, faults=len(verdict.faults) + verdict.more_faults, told=faults)


every("audit.seal", minutes=1, when=lambda: unsealed() > 0)
every("audit.verify", days=7)
