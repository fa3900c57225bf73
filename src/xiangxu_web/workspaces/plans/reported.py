"""Reports as they are read: each with its unit as it was called on its day, also after a renaming; and the parts of closed units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from xiangxu_web.workspaces.areas.api import called_on, renamed_since
from xiangxu_web.workspaces.plans.models import Report, Task


def told_of(found: QuerySet[Report]) -> QuerySet[Report]:
    """The reports with their units, and whether those are called otherwise since: else nothing has to be asked for their names."""
    return found.select_related("unit").annotate(renamed=renamed_since("unit", "day"))


def know_names(reports: Sequence[Report]) -> None:
    """Brings to all reports of a page what their units were called then."""
    since = [report for report in reports if report.renamed]  # type: ignore[attr-defined]
    names = called_on((report.unit, report.day) for report in since)
    for report in since:
        report.called = names[report.unit_id, report.day]  # type: ignore[attr-defined]


def called(report: Report) -> str:
    """What the unit was called on the report's day, where that was brought; else what it is called now."""
    return getattr(report, "called", "") or str(report.unit)


def taken_in(told: Iterable[Task]) -> list[Task]:
    """Of what is tied to a task (``told_by``) the parts of closed units that were put into it; and those that were put into them."""
    found: list[Task] = []
    more = [each for each in told if each.kind == Task.Kind.PART and each.dropped is not None]
    while more:
        found += more
        ended = Task.objects.filter(same_as__in=more, kind=Task.Kind.PART, dropped__isnull=False)
        more = list(ended.select_related("answerable").order_by("dropped", "pk"))
    return found
