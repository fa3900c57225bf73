"""Who is in charge of a task inside the offices, as far as the document itself says so in columns of its own; and whom a unit asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from xiangxu.documents.task_sheet.columns import COLUMNS, PHONE
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.api import Area, Unit, units_of_county
from xiangxu_web.workspaces.plans.models import Task

# The heads under which a document says it, by the task's own field.
_HEADS = {
    field: next((column.title, *column.names) for column in COLUMNS if column.field == field)
    for field in ("leader", "office", "contact")
} | {"contact_phone": (PHONE,)}
LONGEST = {"leader": 40, "contact": 40, "contact_phone": 30}
_PHONE = re.compile(r"[0-9+\-、/（）() 转]{5,30}")
# A column of the document under such a head holds telephone numbers, whatever else.
_OF_PHONES = re.compile(r"电话|手机|联系方式")

Offices = Mapping[str, Sequence[Unit]]


def offices_called(area: Area) -> Offices:
    """The bureau's 科室 by every word that means one: name, short name, alias."""
    found: dict[str, list[Unit]] = {}
    for unit in units_of_county(area).filter(kind=Unit.Kind.OFFICE):
        for words in {unit.name, unit.short_name, *(alias.words for alias in unit.aliases.all())} - {""}:
            found.setdefault(words, []).append(unit)
    return found


def fits_phone(words: str) -> bool:
    """Whether this may be a telephone number: digits with what stands between them, several joined by 、."""
    return not words or bool(_PHONE.fullmatch(words))


def in_charge(others: Mapping[str, str], offices: Offices) -> dict[str, Any]:
    """What the document's further columns say of leader, 科室, contact and telephone, as fields of the task. A 科室 that is none of the
    county's, or might be two, and what is no telephone number, are not taken over: they stay in the document's column and are shown there."""
    told = {field: next((others[head].strip() for head in heads if others.get(head)), "") for field, heads in _HEADS.items()}
    office = offices.get(told.pop("office"), ())
    fields: dict[str, Any] = {name: words for name, words in told.items() if len(words) <= LONGEST[name]}
    if not fits_phone(fields.get("contact_phone", "")):
        del fields["contact_phone"]
    return fields | {"office": office[0] if len(office) == 1 else None}


def without_phones(others: Mapping[str, str]) -> dict[str, str]:
    """The document's further columns without those that hold telephone numbers: for whoever has no business to call the office."""
    return {head: words for head, words in others.items() if not _OF_PHONES.search(head)}


def bureau_of(area: Area) -> Unit | None:
    """The education bureau of a place."""
    return Unit.objects.filter(area__path__startswith=area.path, kind=Unit.Kind.BUREAU, closed=None).order_by("pk").first()


def whom_to_ask(actor: Actor, task: Task) -> list[tuple[str, str]]:
    """Whom of the bureau a unit of the county asks about a task that names nobody itself: the 科室 and the person named at what it is a
    part of, else the bureau. The bureau needs no telling; nobody outside the county is told."""
    in_bureau = actor.is_any(Role.CLERK, Role.OFFICE)
    if not actor.county_path or in_bureau or task.office_id or task.contact:
        return []
    bureau = bureau_of(task.plan.area)
    if bureau is None or str(bureau.pk) in actor.unit_path.split("/"):
        return []
    whole = task.parent if task.parent and (task.parent.office_id or task.parent.contact) else None
    by_whole = (whole.office and whole.office.name, whole.contact, whole.contact_phone) if whole else (bureau.phone,)
    return [(_("有问题找"), " ".join(filter(None, (bureau.name, *by_whole))))]
