"""Who is in charge of a task inside the offices: 责任领导, 责任科室, 联系人, 电话, and the answerable unit. Never the document's wording.

By hand on the task's page, or many at once from the office's table: first a dry run that tells old and new row by row, then confirmed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiangxu.documents.task_sheet import ChangeKind, TasksRead
from xiangxu.documents.task_sheet.columns import PHONE, TITLES
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.permission import demand, row, rows
from xiangxu_web.workspaces.areas.api import Unit, county_of
from xiangxu_web.workspaces.plans.in_charge import LONGEST, Offices, fits_phone, offices_called
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.rules import RUN_PLANS

# Who may answer for a task.
OWNER_KINDS = (
    Unit.Kind.GOVERNMENT,
    Unit.Kind.BUREAU,
    Unit.Kind.DEPARTMENT,
    Unit.Kind.OFFICE,
    Unit.Kind.TOWN,
    Unit.Kind.COUNTY_BUREAU,
    Unit.Kind.EDUCATION_OFFICE,
)
_FIELDS = (*((field, TITLES[field]) for field in ("leader", "office", "contact")), ("contact_phone", PHONE))


class Changed(Exception):
    """Somebody else changed the task, or the tasks behind a dry run, meanwhile."""


def change_owners(actor: Actor, key: int, edition: int, given: Mapping[str, Any]) -> Task:
    """Changes who is in charge of one task. ``given``: answerable, office (units of the county or None), leader, contact, contact_phone.

    Refused: another's county, a post that does not run plans, an older edition of the page.
    """
    demand(actor, RUN_PLANS)
    with transaction.atomic():
        row("task.change", actor, pk=key)
        task = Task.objects.select_for_update().get(pk=key)
        if task.edition != edition:
            raise Changed(_("您打开页面后，别人改过这项任务的责任人。请看过现在的内容再改。"))
        before = values(task)
        for name, value in given.items():
            setattr(task, name, value)
        if task.answerable_id != before["answerable_id"] or "answerable" in given:
            task.owner_proposed = False
        if values(task) == before:
            return task
        with action(actor, "task.owners") as record:
            task.edition += 1
            task.save()
            record.changed(task, before)
    return task


class State(StrEnum):
    """What a row of the table would do."""

    WRONG = "wrong"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Finding:
    """One row's outcome. ``changes``: (column, old, new); ``problems``: what is wrong and what to do; ``notes``: what is not taken over."""

    number: int | None
    title: str
    state: State
    task: Task | None = None
    given: Mapping[str, Any] | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def compare(actor: Actor, read: TasksRead) -> list[Finding]:
    """The dry run: each row of a table that came back beside the task as it stands now. Wrong rows first, then changed ones."""
    keys = [line.key for line in read.tasks if line.key]
    known = {str(t.uid): t for t in rows("task.change", actor).filter(uid__in=_uids(keys), dropped=None).select_related("office")}
    offices = offices_called(county_of(actor.county_path))
    notes: defaultdict[str, list[str]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for change in read.changes:
        numbers.setdefault(change.key, change.row or 0)
        owned = change.column in {title for _name, title in _FIELDS}
        if change.key and not owned and change.kind in (ChangeKind.CHANGED, ChangeKind.DOUBTFUL):
            notes[change.key].append(
                _("“%(column)s”有改动，没有采用：文件的原文不能在这里改。") % {"column": worded(change.column or "")}
                if change.kind is ChangeKind.CHANGED
                else worded(change.message)
            )
    findings = []
    for line in read.tasks:
        number = numbers.get(line.key) if line.key else None
        task = known.get(line.key)
        if task is None:
            why = (
                _("这一行没有任务标识，不知道是哪项任务。请在导出的表里改，不要新增行或复制到新文件。")
                if not line.key
                else _("没有这项任务，或不在您可以修改的范围内。请重新导出表格再改。")
            )
            findings.append(Finding(number, line.name, State.WRONG, problems=(why,)))
            continue
        told = {
            "leader": line.leader or "",
            "office": line.office or "",
            "contact": line.contact or "",
            "contact_phone": dict(line.others).get(PHONE, ""),
        }
        findings.append(_compared(task, number, {k: v.strip() for k, v in told.items()}, offices, tuple(notes[line.key])))
    order = list(State)
    return sorted(findings, key=lambda found: order.index(found.state))


def _uids(keys: Sequence[str]) -> list[str]:
    return [key for key in keys if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", key)]


def _compared(task: Task, number: int | None, told: Mapping[str, str], offices: Offices, notes: tuple[str, ...]) -> Finding:
    now = {"leader": task.leader, "office": str(task.office or ""), "contact": task.contact, "contact_phone": task.contact_phone}
    changes = tuple((worded(title), now[name], told[name]) for name, title in _FIELDS if now[name] != told[name])
    given: dict[str, Any] = {name: value for name, value in told.items() if name != "office" and value != now[name]}
    problems = [
        _("“%(title)s”超过 %(most)s 个字，请写短些。") % {"title": worded(title), "most": LONGEST[name]}
        for name, title in _FIELDS
        if name in LONGEST and len(told[name]) > LONGEST[name]
    ]
    if not fits_phone(told["contact_phone"]):
        problems.append(_("联系电话“%(words)s”不像电话号码，请核对；几个号码用“、”隔开。") % {"words": told["contact_phone"]})
    if told["office"] != now["office"]:
        meant = offices.get(told["office"], [])
        if not told["office"]:
            given["office"] = None
        elif len(meant) == 1:
            given["office"] = meant[0]
        elif meant:
            problems.append(_("叫“%(words)s”的科室不止一个，请写全称。") % {"words": told["office"]})
        else:
            problems.append(_("没有叫“%(words)s”的科室。请照“单位”里的名称写，或先新增这个科室。") % {"words": told["office"]})
    state = State.WRONG if problems else State.CHANGED if changes else State.UNCHANGED
    return Finding(number, task.title, state, task, given, changes, tuple(problems), notes)


def digest(findings: Sequence[Finding]) -> str:
    """The fingerprint of a dry run: what is confirmed must be what was shown."""
    told = [[found.task.pk if found.task else 0, found.state, found.changes] for found in findings]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def take_in(actor: Actor, read: TasksRead, shown: str) -> dict[str, int]:
    """Stores what a dry run showed: all right rows at once; wrong rows are left out. Gives the numbers of rows by state.

    Refused where the tasks changed since the dry run was shown: then it has to be looked at again.
    """
    demand(actor, RUN_PLANS)
    with transaction.atomic(), action(actor, "task.import") as record:
        findings = compare(actor, read)
        if digest(findings) != shown:
            raise Changed(_("预览之后，任务又有改动。请再看一遍预览，然后确认。"))
        counts = {state.value: sum(found.state is state for found in findings) for state in State}
        for found in findings:
            if found.state is State.CHANGED and found.task is not None and found.given is not None:
                task = Task.objects.select_for_update().get(pk=found.task.pk)
                before = values(task)
                for name, value in found.given.items():
                    setattr(task, name, value)
                task.edition += 1
                task.save()
                record.changed(task, before)
        record.noted(None, **counts)
    return counts
