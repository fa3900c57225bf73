"""Every page of the navigation and what lies behind it, opened by one user who may: milliseconds, kilobytes over the line, queries.

Run in a process of its own over the benchmark's rows. The time is the processor's, taken without the web server: with twenty users, each
reading for a second between two pages, two cores keep up as long as a page takes a hundred milliseconds of one of them.
"""

from __future__ import annotations

import gzip
import json
import logging
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

# The server's own door: warmed, and memory looked through as seldom as there.
from xiangxu_web import wsgi

assert wsgi.application

from django.db import connection  # noqa: E402 – a script of its own: the site is set up first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.site_rows import ROLES, signed_in  # noqa: E402
from xiangxu.world.county import county  # noqa: E402
from xiangxu_web.workspaces.areas.api import units_of_county  # noqa: E402
from xiangxu_web.workspaces.plans.models import Draft, Mark, Plan, SubPlan, Target, Task  # noqa: E402

_LISTS = (
    "/plans/", "/plans/compare/", "/plans/terms/", "/plans/terms/?term=学校", "/tasks/?as=print", "/chase/", "/timeline/", "/calendar/",
    "/reports/", "/bulletins/", "/drafts/new/", "/schools/", "/schools/changes/", "/clusters/", "/areas/", "/units/exchange/",
    "/people/", "/people/slips/", "/people/import/", "/links/", "/search/?q=学校", "/account/", "/tasks/sheet/", "/tasks/sheet/import/",
)  # fmt: skip


class Taken(NamedTuple):
    """What one page took."""

    page: str
    who: str
    ms: float
    kilobytes: float
    queries: int


def pages() -> Iterator[tuple[str, str]]:
    """Who opens which page: the start page, tasks and targets as each role, all others as the one whose work they are."""
    for who in (*ROLES, "system-admin", "audit-admin", "security-admin"):
        yield who, "/"
    for who in ROLES:
        yield from ((who, page) for page in ("/tasks/", "/targets/", "/timeline/"))
    plan, draft = Plan.objects.get(), Draft.objects.get(state=Draft.State.OPEN)
    split = Task.objects.filter(parts__isnull=False).order_by("pk")[0]
    mark = Mark.objects.exclude(unit=None).order_by("pk")[0]
    milestone = Target.objects.filter(evaluator_kind=Target.Evaluator.MILESTONE).order_by("pk")[0]
    clerks = [
        *_LISTS,
        *(f"/tasks/{key}/{more}" for key in (split.pk, plan.tasks.order_by("pk")[0].pk) for more in ("", "report/", "owners/")),
        f"/tasks/{split.pk}/split/",
        *(f"/targets/{key}/" for key in (milestone.pk, mark.target_id)),
        *(f"/plans/{plan.pk}/{part}" for part in ("", "document/", "coverage/", "sub-plans/")),
        f"/plans/{plan.pk}/coverage/promises/{mark.target_id}/",
        f"/plans/{plan.pk}/coverage/units/{mark.unit_id}/",
        f"/plans/{plan.pk}/coverage/cells/{mark.target_id}/{mark.unit_id}/",
        f"/sub-plans/{SubPlan.objects.order_by('pk')[0].pk}/",
        *(f"/drafts/{draft.pk}/?tab={tab}" for tab in ("tasks", "targets", "units", "check", "doc")),
        f"/drafts/{draft.pk}/history/",
        f"/drafts/{draft.pk}/publish/",
        *(f"/units/{units_of_county(plan.area).filter(kind=kind)[0].pk}/" for kind in ("bureau", "town", "school")),
    ]
    yield from (("clerk", page) for page in clerks)
    yield from (("audit-admin", page) for page in ("/audit/", "/audit/chain/"))
    yield from (("system-admin", page) for page in ("/jobs/", "/system/health/"))


def taken(who: str, page: str, browser: Client, times: int) -> Taken:
    """The best of some times, the first not counted. A page that does not open ends the run."""
    answer = browser.get(page)
    if answer.status_code != 200:
        raise RuntimeError(f"{page}, {who}: {answer.status_code}")
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        answer = browser.get(page)
        best = min(best, time.process_time() - began)
    with CaptureQueriesContext(connection) as asked:
        browser.get(page)
    return Taken(page, who, best * 1000, len(gzip.compress(answer.content, 6)) / 1024, len(asked))


def main(times: int) -> None:
    """Prints what each page takes as JSON, one a line."""
    logging.disable(logging.CRITICAL)
    world = county()
    browsers: dict[str, Client] = {}
    for who, page in pages():
        if who not in browsers:
            browsers[who] = signed_in(world, who)
        print(json.dumps(taken(who, page, browsers[who], times)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
