"""The first state of a draft: what was read, in rows that a person can correct.

A row has a ``ref`` (t1, p1, …) that no correction changes. ``doubts`` are the reader's reasons to look again; ``seen`` says that a
person did. Rows are never taken out: ``dropped`` marks them, and they can be brought back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from xiangxu.documents.dues import due_words, last_day
from xiangxu.documents.from_reading import paper_of_reading
from xiangxu.importer.bind import Candidate, Proposal
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Task

Json = dict[str, Any]
ONGOING = "ongoing"


def open_draft(reading: PlanReading, proposals: Sequence[Proposal]) -> Json:
    """The draft of a reading: document facts, tasks (rows of the list first, then owned body actions that no row tells), promises with
    the proposed evaluator, and the units as printed, still unmatched."""
    paper = paper_of_reading(reading)
    whole = set(reading.doc.doubts)
    listed = _has_rows(reading)
    tasks = [_task(f"t{n}", task, whole, listed) for n, task in enumerate(reading.tasks, 1)]
    _tell_apart(tasks)
    by_key = {f"t{n:02d}": f"t{n}" for n in range(1, len(reading.tasks) + 1)}
    told = {task.linked_action: f"t{n}" for n, task in enumerate(reading.tasks, 1) if task.linked_action is not None}
    actions: dict[str, str] = {}
    # A plan without a list has its actions as tasks already.
    if listed:
        for n, action in enumerate(reading.body_actions):
            # An action without an owner of its own is carried by the rows that tell the same.
            if not action.lead:
                continue
            ref = f"a{n + 1}"
            tasks.append(_action(ref, action, told.get(n), whole))
            actions[action.where] = ref
    by_promise = {proposal.promise: proposal for proposal in proposals}
    lines = {line.id: line for line in paper.promises}
    promises = []
    for n, promise in enumerate(reading.promises, 1):
        line = lines[promise.id]
        of = by_key.get(line.task or "") or actions.get(promise.where)
        promises.append(_promise(f"p{n}", promise, of, by_promise.get(promise.id), whole))
    refs = {promise.id: f"p{n}" for n, promise in enumerate(reading.promises, 1)}
    for row in promises:
        row["same_as"] = refs.get(row["same_as"])
    printed = dict.fromkeys(name for task in tasks for name in (*task["lead"], *task["proposed"], *task["participants"]))
    doc = reading.doc
    return {
        "doc": {
            "title": doc.title or doc.key,
            "doc_number": doc.doc_number or "",
            "issuer": doc.issuer or "",
            "issued_on": doc.issued_on.isoformat() if doc.issued_on else "",
            "short_title": "",
            "runs_until": "",
        },
        "tasks": tasks,
        "promises": promises,
        "units": {name: {"unit": None, "how": ""} for name in printed},
        "contradictions": [
            {"words": c.message, "first": place(c.first), "second": place(c.second)} for c in reading.contradictions
        ],
        "remarks": [{"words": r.message, "place": place(r.place) if r.place else None} for r in reading.remarks],
        "doubts": [d.reason for d in reading.doc.doubts],
    }


def _has_rows(reading: PlanReading) -> bool:
    """Whether the tasks are rows of a list; a plan without one has its actions as tasks, each at the very place of its heading."""
    places = {action.place for action in reading.body_actions}
    return any(task.place not in places for task in reading.tasks)


def place(at: Place) -> Json:
    """A place as the page needs it to mark the words."""
    return {"start": at.start, "end": at.end, "line": at.line, "page": at.page}


def _doubts(doubts: Sequence[Doubt], whole: set[Doubt]) -> list[str]:
    """The reasons of one row; what holds for the whole document is said once, at its head."""
    return [doubt.reason for doubt in doubts if doubt not in whole]


def _task(ref: str, task: Task, whole: set[Doubt], rows: bool) -> Json:
    due = task.due
    day = last_day(due)
    return {
        "ref": ref,
        "kind": "row" if rows else "action",
        "number": task.no,
        "theme": (task.project or "") if task.action else "",
        "title": short(task.action or task.project or task.goal or task.measure or ""),
        "goal": task.goal or "",
        "measure": task.measure or "",
        "due": due or "",
        "due_words": due_words(due),
        "due_on": day.isoformat() if day else "",
        "ongoing": due == ONGOING,
        "lead": list(task.lead),
        "proposed": list(task.proposed),
        "participants": list(task.participants),
        "answerable": task.answerable or "",
        "others": dict(task.others),
        "same_as": None,
        "place": place(task.place),
        "doubts": _doubts(task.doubts, whole),
        "seen": False,
        "dropped": False,
    }


def _tell_apart(tasks: Sequence[Json]) -> None:
    """Rows that stand under one name are called by what each of them says itself; the name they share goes to the theme."""
    counted = Counter(row["title"] for row in tasks)
    for row in tasks:
        own = short(row["measure"] or row["goal"])
        if counted[row["title"]] > 1 and own and own != row["title"]:
            row["theme"] = " · ".join(dict.fromkeys(filter(None, (row["theme"], row["title"]))))
            row["title"] = own


def _action(ref: str, action: BodyAction, told_by: str | None, whole: set[Doubt]) -> Json:
    return {
        "ref": ref,
        "kind": "action",
        "number": action.no,
        "theme": "",
        "title": short(action.title),
        "goal": "",
        "measure": "",
        "due": "",
        "due_words": "",
        "due_on": "",
        "ongoing": False,
        "lead": list(action.lead),
        "proposed": [],
        "participants": list(action.participants),
        "answerable": "",
        "others": {},
        "same_as": told_by,
        "place": place(action.place),
        "doubts": _doubts(action.doubts, whole),
        "seen": False,
        "dropped": False,
    }


def _promise(ref: str, promise: Promise, task: str | None, proposal: Proposal | None, whole: set[Doubt]) -> Json:
    candidates = [] if proposal is None else [c for c in (proposal.best, *proposal.alternatives) if c is not None]
    day = last_day(promise.due)
    return {
        "ref": ref,
        "task": task,
        "quote": promise.quote,
        "where": promise.where,
        "metric": promise.metric,
        "scope": promise.scope or "",
        "op": promise.op.value,
        "value": promise.value,
        "value2": promise.value2,
        "uom": promise.uom or "",
        "baseline": promise.baseline,
        "due": promise.due or "",
        "due_words": due_words(promise.due),
        "due_on": day.isoformat() if day else "",
        "per": promise.per.value if promise.per else "",
        "level": promise.level.value,
        "same_as": promise.same_as,
        "place": place(promise.place),
        "doubts": _doubts(promise.doubts, whole),
        "seen": False,
        "dropped": False,
        "proposals": [candidate(c) for c in candidates],
        "kind": proposal.kind if proposal else "",
        "binding": "proposed",
        "evaluator": candidate(proposal.best) if proposal and proposal.best else None,
    }


def candidate(found: Candidate) -> Json:
    """A proposed evaluator as plain data."""
    parameters: Mapping[str, Any] = found.params
    return {
        "kind": found.kind,
        "id": found.id,
        "parameters": dict(parameters),
        "scope": found.scope,
        "score": round(found.score, 3),
        "words": list(found.words[:3]),
    }


def short(words: str, most: int = 60) -> str:
    """A title from the office's wording: its first sentence, cut where it is too long.

    >>> short("优化学校布局。编制专项规划，报县政府审定。")
    '优化学校布局'
    """
    first = words.strip().split("。")[0].split("\n")[0].strip()
    return first if len(first) <= most else first[: most - 1] + "…"
