"""In which order the page of a task shows its panels: first what this reader has to do, then what there is to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiangxu.model.unit import Role
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.models import Report, Task
from xiangxu_web.workspaces.plans.pages.report_form import answered
from xiangxu_web.workspaces.plans.reporting import is_own
from xiangxu_web.workspaces.plans.standing import is_finished

_ANSWER, _CLAUSE, _REPORTS, _PARTS, _NODES = "split_answer", "task_clause", "task_reports", "split_parts", "task_nodes"
_TARGETS = "task_targets"
# Beside the form: what was said last, what came back and why, what is due when, and the document's words.
_BESIDE = (_REPORTS, _NODES, _CLAUSE)
# What there is to know: the document's words first, what happened last.
_TO_KNOW = (_CLAUSE, _TARGETS, _NODES, _PARTS, _REPORTS, "task_owners", "task_files", "task_events")


def ordered(request: Request, task: Task, page: Mapping[str, Any]) -> dict[str, Any]:
    """The panels as templates in their order (``first``, ``beside`` the form, ``panels``), and the form of a report (``entry``) where
    the reader's own unit owes one (``own``: that it is the reader's).

    Whoever has something to answer or accept finds it first; then the owner the form and the steps, all others the clause, the splitter
    the parts after it. A clerk, whose bureau answers for most tasks and who splits them, meets the parts, the clause and the targets before
    the form.
    """
    entry = _entry(request, task, page)
    splitter = page["may_split"] and (page["parts_shown"] or page["draft_parts"])
    clerk = request.actor.is_any(Role.CLERK)
    first = [_ANSWER]
    if page["deciding"]:
        first.append(_REPORTS)
    if entry is None:
        first.append(_CLAUSE)
    if splitter and (entry is None or clerk):
        first.append(_PARTS)
    if entry is not None and clerk:
        first += [_CLAUSE, _TARGETS]
    if entry is None and any(each.may_state and each.node.stated is None for each in page["nodes"]):
        first.append(_NODES)
    beside = [name for name in _BESIDE if name not in first] if entry is not None else []
    rest = dict.fromkeys([*([_PARTS] if splitter else []), *_TO_KNOW])
    panels = [name for name in rest if name not in (*first, *beside)]
    parts = {"first": first, "beside": beside, "panels": panels}
    # Whoever reports for another (代录) has it as a possibility, not as the thing to do.
    own = is_own(request.actor, task)
    return {"entry": entry, "own": own, **{key: [f"plans/{name}.html" for name in names] for key, names in parts.items()}}


def _entry(request: Request, task: Task, page: Mapping[str, Any]) -> dict[str, Any] | None:
    """The empty form, where the own unit reports and nothing waits: what is done or handed in is not asked for again, and a part is
    accepted or disputed first."""
    waits = any(report.state == Report.State.HANDED_IN for report in [r for r in page["reports"] if r.task_id == task.pk][:1])
    answered_to = task.kind != Task.Kind.PART or task.sent == Task.Sent.ACCEPTED
    wanted = task.dropped is None and not is_finished(task, page["lamp"])
    owes = page["may_report"] and wanted and not waits and answered_to
    if not owes or not is_own(request.actor, task):
        return None
    _report, context = answered(request, request.actor, task)
    return context
