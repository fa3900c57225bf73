"""What happened to a task, newest first: versions of the plan, reports, decisions on them, leaders' sentences and what was
answered to them, changes of who is in charge; and its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

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
from xiangxu_web.workspaces.plans.amending import AMENDED, amendments
from xiangxu_web.workspaces.plans.entered import marked
from xiangxu_web.workspaces.plans.models import Instruction, Report, Task
from xiangxu_web.workspaces.plans.nodes import Shown

# Of changes told from the audit so many are shown; the audit keeps all.
_LAST = 30
# What reports and versions tell by themselves is not told again from the audit.
_TOLD = ("report.hand-in", "report.accept", "report.return", "plan.publish", "file.attach")
# Fields of which a reader makes nothing: the event itself says who and when.
_PLUMBING = ("edition", "path", "sent_at", "sent_by_post", "answered_at", "answered_by_post", "answered_for")
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
    *,
    named: bool = True,
) -> list[Event]:
    """The events of a task. ``reports`` and ``instructions`` are those that the actor may see, so that nothing is told of the others.

    ``named``: whether people are told by name; whoever supervises from above sees units, not people.
    """
    audit = list(
        AuditRow.objects.filter(table="task", row_key=str(task.pk))
        .exclude(fields={})
        .exclude(verb__in=_TOLD)
        .order_by("-pk")[:_LAST]
    )
    # The audit knows that something was corrected; what it was says the correction itself.
    amended = amendments(task) if any(each.verb == AMENDED for each in audit) else []
    audit = [each for each in audit if each.verb != AMENDED]
    known = [each.person_id for table in (reports, audit, amended) for each in table]
    people = names("person", known if named else ())
    posts = names("post", (report.decided_by_post for report in reports) if named else ())
    titles = {field.attname: str(field.verbose_name) for field in Task._meta.concrete_fields if field.attname not in _PLUMBING}
    events = [
        Event(
            each.at,
            verb_words(each.verb),
            _("改了：%(fields)s") % {"fields": "、".join(titles[f] for f in each.fields if f in titles)}
            if any(f in titles and pair[0] is not None for f, pair in each.fields.items())
            else "",
            people.get(each.person_id or 0, ""),
        )
        for each in audit
    ]
    for report in reports:
        events.append(
            Event(
                report.made,
                _("%(unit)s报：%(word)s") % {"unit": report.unit, "word": report.get_word_display()},
                report.line + (_("（代录，来源：%(source)s）") % {"source": report.source} if report.entered_for else ""),
                people.get(report.person_id or 0, ""),
                tone=_TONES.get(report.word, "") if report.state == Report.State.ACCEPTED else "",
            )
        )
        if report.decided is not None:
            who = posts.get(report.decided_by_post or 0, "")
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
    events += _instructed(instructions, {report.pk: report for report in reports})
    events += [Event(each.at, verb_words(AMENDED), _amended(each.typed), people.get(each.person_id or 0, "")) for each in amended]
    for version in task.plan.versions.all():
        became = (version.mapping.get(str(task.uid)) or {}).get("became", "")
        events.append(
            Event(
                version.published,
                _("方案第 %(n)s 版发布") % {"n": version.number},
                str(_BECAME.get(became, "")),
                url=reverse("plan", args=[task.plan_id]),
            )
        )
    return sorted(events, key=_moment, reverse=True)


def _amended(typed: Mapping[str, Any]) -> str:
    """What was there, what is there now, and why."""
    changes = [
        _("%(field)s：原为“%(before)s”，改为“%(after)s”")
        % {"field": Task._meta.get_field(name).verbose_name, "before": typed["before"][name], "after": after}  # type: ignore[union-attr]
        for name, after in typed["after"].items()
    ]
    return _("%(changes)s。理由：%(reason)s") % {"changes": "；".join(changes), "reason": typed["reason"]}


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


def files_of(actor: Actor, task: Task, reports: Sequence[Report]) -> QuerySet[Attachment]:
    """The files at a task and at its reports that the actor may open, newest first."""
    keys = [str(report.pk) for report in reports]
    seen: QuerySet[Attachment] = rows("attachment.see", actor)
    return seen.filter(Q(table="task", row_key=str(task.pk)) | Q(table="report", row_key__in=keys)).order_by("-made", "-pk")
