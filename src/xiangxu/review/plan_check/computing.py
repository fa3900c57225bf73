"""Promises that no evaluator computes: mostly our own homework, sometimes a promise that does not say what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Matter


def not_computable(matter: Matter, evaluators: Mapping[str, str | None]) -> Iterator[Finding]:
    """Each promise once, where neither it nor another telling of it has an evaluator. What has no quantity is told elsewhere."""
    known = {p.same_as or p.id for p in matter.reading.promises if evaluators.get(p.id)}
    promises = [p for p in matter.once() if (p.same_as or p.id) not in known and matter.checkable(p)]
    every = sum(1 for _ in matter.once())
    message = Reason(_("%(all)s 个目标中 %(n)s 个"), all=every, n=len(promises))
    yield Finding("not-computable", [matter.promised(p) for p in promises], message)
