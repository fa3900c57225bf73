"""What happened to a task or target, newest first: versions of the plan, reports, decisions on them, leaders' sentences and what was
answered to them, changes of who is in charge and of how it is computed, what printed names of units mean, corrections; and a task's files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import names
from xiangxu_web.kernel.audit.verbs import verb_words
from xiangxu_web.kernel.components.figures import day
from xiangxu_web.kernel.components.timeline import Event
from xiangxu_web.kernel.models import Attachment, AuditRow
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.api import Unit, below_words
from xiangxu_web.workspaces.plans.amending import (
    ADDED,
    AMENDED,
    TARGET_AMENDED,
    TASK_ADDED,
    TASK_WITHDRAWN,
    WITHDRAWN,
    amendments,
)
from xiangxu_web.workspaces.plans.drafting.correcting import ADD, AMEND, DROP
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.models import Correction, Instruction, Mark, Report, Target, Task
from xiangxu_web.workspaces.plans.nodes import Shown
from xiangxu_web.workspaces.plans.pages.draft_forms import LABELS, said
from xiangxu_web.workspaces.plans.placing import PLACED
from xiangxu_web.workspaces.plans.reported import called
from xiangxu_web.workspaces.plans.rules import DOCUMENT
from xiangxu_web.workspaces.plans.splitting import UPHELD

# Of changes told from the audit so many are shown; the audit keeps all.
_LAST = 30
# What reports and versions tell by themselves is not told again from the audit.
_TOLD = ("report.hand-in", "report.accept", "report.return", "plan.publish", "file.attach")
# Who decided on a report is told by name, as whoever did anything else.
_DECIDED = ("report.accept", "report.return")
# Fields of which a reader makes nothing: the event itself says what was done, who and when.
_PLUMBING = (
    "edition",
    "path",
    "sent",
    "dispute",
    "upheld",
    "sent_at",
    "sent_by_post",
    "answered_at",
    "answered_by_post",
    "answered_for",
)
# What the corrections tell by themselves.
_CORRECTING = {
    Task: {AMEND: AMENDED, DROP: TASK_WITHDRAWN, ADD: TASK_ADDED},
    Target: {AMEND: TARGET_AMENDED, DROP: WITHDRAWN, ADD: ADDED},
}
_TONES = {"normal": "green", "done": "green", "behind": "amber"}
_BECAME = {
    "continues": lazy("原样延续"),
    "changed": lazy("有改动"),
    "split": lazy("拆分"),
    "merged": lazy("并入"),
    "dropped": lazy("取消"),
}


def task_events(
    task: Task,
    reports: Sequence[Report],
    instructions: Sequence[Instruction] = (),
    nodes: Sequence[Shown] = (),
    taken_in: Sequence[Task] = (),
    *,
    named: bool = True,
) -> list[Event]:
    """The events of a task, and of the parts of closed units that it took in. ``reports`` and ``instructions`` are those that the actor may see, so that nothing is told of the others.

    ``named``: whether people are told by name; whoever supervises from above sees units, not people.
    """
    audit, amended = _changes(task)
    deciders = _deciders(reports) if named else {}
    known = [*(each.person_id for table in (reports, audit, amended) for each in table), *deciders.values()]
    people = names("person", known if named else ())
    events = [
        *_changed(task, audit, people, _upheld(task, audit) if named else {}),
        *_corrected(task, amended, people),
        *_versions(task),
    ]
    for report in reports:
        events.append(
            Event(
                report.made,
                _("%(unit)s报：%(word)s") % {"unit": called(report), "word": report.get_word_display()},
                report.line + (_("（代录，来源：%(source)s）") % {"source": report.source} if report.entered_for else ""),
                people.get(report.person_id or 0, ""),
                tone=_TONES.get(report.word, "") if report.state == Report.State.ACCEPTED else "",
            )
        )
        if report.decided is not None:
            who = people.get(deciders.get(report.pk) or 0, "")
            events.append(Event(report.decided, str(report.get_state_display()), report.reason, who))
    events += [
        Event(
            each.node.stated,
            marked(_("节点“%(words)s”报完成") % {"words": each.node.words}, entered=each.node.entered_for),
            each.note,
            each.who,
        )
        for each in nodes
        if each.node.stated is not None
    ]
    events += [
        Event(part.dropped, _("并入%(unit)s的这一项") % {"unit": part.answerable}, url=reverse("task", args=[part.pk]))
        for part in taken_in
        if part.dropped is not None
    ]
    events += _instructed(instructions, {report.pk: report for report in reports})
    return sorted(events, key=_moment, reverse=True)


def target_events(target: Target, *, named: bool = True) -> list[Event]:
    """The events of a target: who settled how it is computed and of whom it is asked, what was corrected and why, the versions.

    ``named``: whether people are told by name.
    """
    audit, amended = _changes(target)
    people = names("person", [each.person_id for table in (audit, amended) for each in table] if named else ())
    events = [*_changed(target, audit, people), *_corrected(target, amended, people), *_versions(target)]
    return sorted(events, key=_moment, reverse=True)


def _changes(thing: Task | Target) -> tuple[list[AuditRow], list[Correction]]:
    """What the audit tells of it, and its corrections: the audit knows that something was corrected, what it was they say themselves."""
    found = AuditRow.objects.filter(table=thing._meta.model_name, row_key=str(thing.pk)).exclude(Q(fields={}) & ~Q(verb=PLACED))
    audit = list(found.exclude(verb__in=_TOLD).order_by("-pk")[:_LAST])
    correcting = _CORRECTING[type(thing)].values()
    amended = amendments(thing) if any(each.verb in correcting for each in audit) else []
    return [each for each in audit if each.verb not in correcting], amended


def _deciders(reports: Sequence[Report]) -> dict[int, int | None]:
    """Report → the person who decided on it, as the audit knows: a post may be another's by now."""
    decided = [str(report.pk) for report in reports if report.decided is not None]
    told = AuditRow.objects.filter(table="report", row_key__in=decided, verb__in=_DECIDED) if decided else AuditRow.objects.none()
    return {int(key): person for key, person in told.values_list("row_key", "person_id")}


def _changed(
    thing: Task | Target, audit: Sequence[AuditRow], people: Mapping[int, str], said: Mapping[int, str] | None = None
) -> Iterator[Event]:
    """``said``: by the audit row what was said with it."""
    titles = {field.attname: str(field.verbose_name) for field in thing._meta.concrete_fields if field.attname not in _PLUMBING}
    told_with = _placed([each for each in audit if each.verb == PLACED]) | dict(said or {})
    for each in audit:
        if each.pk in told_with:
            yield Event(each.at, verb_words(each.verb), told_with[each.pk], people.get(each.person_id or 0, ""))
            continue
        told = "、".join(titles[f] for f in each.fields if f in titles)
        before = any(f in titles and pair[0] is not None for f, pair in each.fields.items())
        words = _("改了：%(fields)s") % {"fields": told} if before and isinstance(thing, Task) else ""
        yield Event(each.at, verb_words(each.verb), words, people.get(each.person_id or 0, ""))


def _upheld(task: Task, audit: Sequence[AuditRow]) -> dict[int, str]:
    """Why the last dispute was not granted, by the audit row that tells of it."""
    last = next((each.pk for each in audit if each.verb == UPHELD), None)
    return {last: _("理由：%(reason)s") % {"reason": task.upheld}} if last is not None else {}


def _placed(audit: Sequence[AuditRow]) -> dict[int, str]:
    """What a person said of printed names of a task, by the audit row that tells of it. Rows of former times, which do not know it, are
    left out."""
    known = {each.pk: each.facts["placing"] for each in audit if "placing" in each.facts}
    said = (
        Correction.objects.select_related("draft__area").defer(*(f"draft__{name}" for name in DOCUMENT)).in_bulk(known.values())
        if known
        else {}
    )
    units = Unit.objects.in_bulk({key for each in said.values() if (key := each.typed.get("unit"))}) if said else {}
    told = {}
    for each in audit:
        if (correction := said.get(known.get(each.pk, 0))) is not None:
            names = [correction.typed["names"][int(n)] for n in each.facts["names"].split(",") if n]
            told[each.pk] = _meant(names, correction, units)
    return told


def _meant(names: Sequence[str], correction: Correction, units: Mapping[int, Unit]) -> str:
    words = "、".join(f"“{name}”" for name in names)
    unit = units.get(correction.typed.get("unit") or 0)
    if unit is not None:
        return _("%(names)s对应到%(unit)s") % {"names": words, "unit": unit}
    if correction.typed.get("how") == "towns":
        return _("%(names)s对应到%(unit)s") % {"names": words, "unit": below_words(correction.draft.area)}
    return _("%(names)s不是本地单位") % {"names": words}


def _corrected(thing: Task | Target, amended: Sequence[Correction], people: Mapping[int, str]) -> Iterator[Event]:
    """Each correction: what was there, what is there now, and why."""
    for each in amended:
        yield Event(each.at, verb_words(_CORRECTING[type(thing)][each.kind]), _amended(each), people.get(each.person_id or 0, ""))


def _versions(thing: Task | Target) -> Iterator[Event]:
    for version in thing.plan.versions.all():
        became = (version.mapping.get(str(thing.uid)) or {}).get("became", "")
        yield Event(
            version.published,
            _("方案第 %(n)s 版发布") % {"n": version.number},
            str(_BECAME.get(became, "")),
            url=reverse("plan", args=[thing.plan_id]),
        )


def _amended(correction: Correction) -> str:
    """What was there, what is there now, and why; of what was withdrawn or added only why."""
    typed = correction.typed
    changes = [
        _("%(field)s：原为“%(before)s”，改为“%(after)s”")
        % {"field": LABELS[name], "before": said(name, typed["before"][name]), "after": said(name, after)}
        for name, after in (typed["after"].items() if correction.kind == AMEND else ())
    ]
    reason = _("理由：%(reason)s") % {"reason": typed["reason"]}
    return f"{'；'.join(changes)}。{reason}" if changes else reason


def _instructed(instructions: Sequence[Instruction], reports: Mapping[int, Report]) -> Iterator[Event]:
    """Each of the leaders' sentences, and the accepted report that answered it, where the reader may see that one."""
    for each in instructions:
        until = _("要求 %(day)s 前办结。") % {"day": day(each.due_on)} if each.due_on else ""
        yield Event(each.made, _("批示"), each.line + until, getattr(each, "who", ""))
        answer = reports.get(each.answered_by_id or 0)
        if answer is not None:
            words = _("%(unit)s报：%(word)s") % {"unit": answer.unit, "word": answer.get_word_display()}
            words = marked(words, entered=answer.entered_for)
            yield Event(
                answer.decided or answer.made, _("批示“%(line)s”有了回应") % {"line": each.line}, f"{words}。{answer.line}"
            )


def _moment(event: Event) -> datetime:
    if isinstance(event.at, datetime):
        return event.at
    return timezone.make_aware(datetime.combine(event.at, datetime.min.time()))


def files_of(actor: Actor, tasks: Sequence[Task], reports: Sequence[Report]) -> QuerySet[Attachment]:
    """The files at a task and what it took in, at its reports and at what was said of its milestones, as far as the actor may open them, newest first."""
    said = Mark.objects.filter(target__task__in=tasks, target__dropped=None, unit=None, replaced=None).order_by()
    keys = {
        "task": [task.pk for task in tasks],
        "report": [report.pk for report in reports],
        "mark": said.values_list("pk", flat=True),
    }
    at = reduce(or_, (Q(table=table, row_key__in=[str(key) for key in its]) for table, its in keys.items()))
    seen: QuerySet[Attachment] = rows("attachment.see", actor)
    return seen.filter(at).order_by("-made", "-pk")
