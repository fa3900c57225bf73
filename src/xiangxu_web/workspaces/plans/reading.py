"""From an uploaded document to an open draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiangxu.importer.plan import read_plan
from xiangxu.importer.read import Unreadable
from xiangxu_web.workspaces.areas.api import Area, Unit, units_of_county
from xiangxu_web.workspaces.plans.cards import proposer
from xiangxu_web.workspaces.plans.drafting.opening import open_draft
from xiangxu_web.workspaces.plans.drafting.units import KnownUnit, group, match_units
from xiangxu_web.workspaces.plans.models import Draft

Json = dict[str, Any]
# Schools are never named as owners by an abbreviation; leaving them out keeps the match quick and unambiguous.
_OWNERS = (
    Unit.Kind.GOVERNMENT,
    Unit.Kind.BUREAU,
    Unit.Kind.DEPARTMENT,
    Unit.Kind.OFFICE,
    Unit.Kind.TOWN,
    Unit.Kind.EDUCATION_OFFICE,
)


def read_into(draft: Draft, path: Path, on_progress: Callable[[int, int, str], None] | None = None) -> None:
    """Reads the document and opens the draft; a document that cannot be read leaves the draft failed, with the words for the clerk.

    Doing it twice gives the same draft; one that a person has begun to correct is left alone.
    """
    try:
        reading = read_plan(path, on_progress)
    except Unreadable as problem:
        draft.state, draft.failure = Draft.State.FAILED, str(problem)
        draft.save(update_fields=["state", "failure"])
        return
    as_read = open_draft(reading, proposer().propose(reading.promises))
    as_read["region"] = reading.doc.region or ""
    place_units(as_read, draft.area)
    if not as_read["tasks"]:
        as_read["remarks"].insert(
            0, {"words": _("没有读到任务清单，也没有带责任单位的措施：请核对是否上传了正式方案。"), "place": None}
        )
    with transaction.atomic():
        fresh = Draft.objects.select_for_update().get(pk=draft.pk)
        if fresh.state not in (Draft.State.READING, Draft.State.FAILED):
            return
        fresh.text, fresh.as_read, fresh.current = reading.text, as_read, as_read
        fresh.state, fresh.failure, fresh.edition = Draft.State.OPEN, "", 1
        fresh.save(update_fields=["text", "as_read", "current", "state", "failure", "edition"])


def place_units(draft: Json, area: Area) -> None:
    """Writes beside each printed name the unit of the place that it means, where exactly one does."""
    known = [
        KnownUnit(unit.pk, unit.name, tuple(filter(None, (unit.short_name, *(alias.words for alias in unit.aliases.all())))))
        for unit in units_of_county(area).filter(kind__in=_OWNERS)
    ]
    found = match_units(draft["units"], known, draft["region"], area.name)
    for printed, unit in found.items():
        how = "match" if unit is not None else group(printed)
        draft["units"][printed] = {"unit": unit, "how": how}
