"""The first state of a draft: what was read, in rows that a person can correct.

A row has a ``ref`` (t1, p1, …) that no correction changes. ``doubts`` are the reader's reasons to look again; ``seen`` says that a
person did. Rows are never taken out: ``dropped`` marks them, and they can be brought back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from xiangxu.coverage.asking import asks_each_unit
from xiangxu.documents.belonging import tasks_of_promises, told_by
from xiangxu.documents.dues import due_words, last_day
from xiangxu.importer.bind import Candidate, Proposal
from xiangxu.importer.dates import Reckoning, find_deadlines
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Task
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

Json = dict[str, Any]
ONGOING = "ongoing"


def open_draft(reading: PlanReading, proposals: Sequence[Proposal]) -> Json:
    """The draft of a reading: document facts, tasks (rows of the list first, then the actions that carry something themselves), promises
    with the proposed evaluator, and the units as printed, still unmatched."""
    whole = set(reading.doc.doubts)
    listed = _has_rows(reading)
    beside = _neighbours(reading)
    tasks = [_task(f"t{n}", task, whole, listed, beside.get(n - 1, "")) for n, task in enumerate(reading.tasks, 1)]
    _tell_apart(tasks)
    of_promise = tasks_of_promises(reading)
    actions = _own_actions(reading, of_promise) if listed else {}
    telling = told_by(reading)
    for number, ref in actions.items():
        tasks.append(_action(ref, reading.body_actions[number], [tasks[row] for row in telling.get(number, [])], whole))
    by_place = {reading.body_actions[number].where: ref for number, ref in actions.items()}
    # A chapter is not of whom or what something is promised.
    chapters = {s.title for s in reading.sections} | {t.project for t in reading.tasks} | {t.action for t in reading.tasks}
    by_promise = {proposal.promise: proposal for proposal in proposals}
    promises = []
    for n, (promise, task) in enumerate(zip(reading.promises, of_promise, strict=True), 1):
        of = f"t{task + 1}" if task is not None else by_place.get(promise.where)
        quoted = {Doubt.DUE_CARRIED: _dated(reading, n - 1), Doubt.CELL_GUESSED: beside.get(task, "") if task is not None else ""}
        row = _promise(f"p{n}", promise, of, by_promise.get(promise.id), whole, quoted)
        if row["scope"] in chapters:
            row["scope"] = ""
        promises.append(row)
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
        **_until(reading),
    }


def _until(reading: PlanReading) -> Json:
    """Until when the plan runs, as its words are understood: proposed, until a person says so."""
    said = reading.doc.runs_until
    day = last_day(said.due) if said else None
    if said is None or day is None:
        return {}
    return {"until": {"day": day.isoformat(), "words": short(said.words), "of_list": said.of_list}}


def _has_rows(reading: PlanReading) -> bool:
    """Whether the tasks are rows of a list; a plan without one has its actions as tasks, each at the very place of its heading."""
    places = {action.place for action in reading.body_actions}
    return any(task.place not in places for task in reading.tasks)


def _own_actions(reading: PlanReading, of_promise: Sequence[int | None]) -> dict[int, str]:
    """The actions that are tasks beside the rows, by index with their ref: those that promise what no row tells, and those with an
    owner of their own, unless several rows together tell all of it."""
    promising = {p.where for p, task in zip(reading.promises, of_promise, strict=True) if task is None}
    telling = told_by(reading)
    return {
        number: f"a{number + 1}"
        for number, action in enumerate(reading.body_actions)
        if action.where in promising or (action.lead and len(telling.get(number, [])) < 2)
    }


def place(at: Place) -> Json:
    """A place as the page needs it to mark the words."""
    return {"start": at.start, "end": at.end, "line": at.line, "page": at.page}


# Doubts that speak of another row, with that row's words; a clerk is not to look for it.
_QUOTING = {
    Doubt.DUE_CARRIED: _("这一条没有写时限，按前面“%(words)s”写的时限读的，请核对"),
    Doubt.CELL_GUESSED: _("这一格没有字或跨了几行，按相邻的“%(words)s”一行读的，请核对"),
}
# So much of another row is quoted.
_QUOTED = 24


def _doubts(doubts: Sequence[Doubt], whole: set[Doubt], quoted: Mapping[Doubt, str] | None = None) -> list[str]:
    """The reasons of one row; what holds for the whole document is said once, at its head. ``quoted``: the words of the other row of which
    a doubt speaks."""
    return [
        Reason(_QUOTING[doubt], words=words) if (words := (quoted or {}).get(doubt)) else doubt.reason
        for doubt in doubts
        if doubt not in whole
    ]


def _neighbours(reading: PlanReading) -> dict[int, str]:
    """Of each row of a list, by its index, the words of the row above it; of the first the one below."""
    rows, found = reading.tasks, {}
    for n, task in enumerate(rows):
        above = rows[n - 1] if n and rows[n - 1].table == task.table else None
        beside = above or (rows[n + 1] if n + 1 < len(rows) and rows[n + 1].table == task.table else None)
        if beside is not None:
            found[n] = short(beside.measure or beside.goal or beside.action or beside.project or "", _QUOTED)
    return found


def _dated(reading: PlanReading, number: int) -> str:
    """The words of the promise before this one, under the same heading, that states the date which this one took over."""
    own = reading.promises[number]
    before = [each for each in reversed(reading.promises[:number]) if each.where == own.where and each.due == own.due]
    stated = [each for each in before if Doubt.DUE_CARRIED not in each.doubts]
    # Of several that share a date the one in whose words it stands.
    reckoning = Reckoning(reading.doc.issued_on)
    saying = next((each for each in stated if find_deadlines(each.quote, reckoning)), next(iter(stated), None))
    return short(saying.quote, _QUOTED) if saying else ""


def _task(ref: str, task: Task, whole: set[Doubt], rows: bool, beside: str) -> Json:
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
        "doubts": _doubts(task.doubts, whole, {Doubt.CELL_GUESSED: beside}),
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


def _action(ref: str, action: BodyAction, rows: Sequence[Json], whole: set[Doubt]) -> Json:
    """An action as a task. One row that tells it is the same task; of several rows each is a part, and who leads them all is proposed."""
    leads = [row["lead"] or row["proposed"] for row in rows]
    proposed = [] if action.lead else [name for name in (leads[0] if leads else ()) if all(name in lead for lead in leads)]
    return {
        "ref": ref,
        "kind": "action",
        # As the document counts it: the third action under 二（一） is not the third of the plan.
        "number": action.where.removeprefix("body "),
        "theme": "",
        "title": short(action.title),
        "goal": "",
        "measure": "",
        "due": "",
        "due_words": "",
        "due_on": "",
        "ongoing": False,
        "lead": list(action.lead),
        "proposed": proposed,
        "participants": list(action.participants),
        "answerable": "",
        "others": {},
        "same_as": rows[0]["ref"] if len(rows) == 1 else None,
        "place": place(action.place),
        "doubts": _doubts((*action.doubts, *([Doubt.OWNER_PROPOSED] if proposed else ())), whole),
        "seen": False,
        "dropped": False,
    }


def _promise(
    ref: str, promise: Promise, task: str | None, proposal: Proposal | None, whole: set[Doubt], quoted: Mapping[Doubt, str]
) -> Json:
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
        "doubts": _doubts(promise.doubts, whole, quoted),
        "seen": False,
        "dropped": False,
        "binding": "proposed",
        **proposed_by(promise, proposal),
    }


def proposed_by(promise: Promise, proposal: Proposal | None) -> Json:
    """How a promise may be computed, as a row keeps it: what is proposed first, and all there is to choose from of its own matter."""
    candidates = [] if proposal is None else [c for c in (proposal.best, *proposal.near) if c is not None]
    return {
        "proposals": [candidate(promise, c) for c in candidates],
        "kind": proposal.kind if proposal else "",
        "evaluator": candidate(promise, proposal.best) if proposal and proposal.best else None,
    }


def candidate(promise: Promise, found: Candidate) -> Json:
    """A proposed evaluator as plain data. The reader is sure of the card; the whole is not sure where units would be asked one by one
    for what the sentence does not ask of them."""
    unasked = found.kind == "coverage" and not asks_each_unit(promise.quote, promise.op)
    parameters: Mapping[str, Any] = found.params
    return {
        "kind": found.kind,
        "id": found.id,
        "parameters": dict(parameters),
        "scope": found.scope,
        "score": round(found.score, 3),
        "sure": "fair" if unasked and found.sureness == "high" else found.sureness,
        "words": list(found.words[:3]),
    }


def short(words: str, most: int = 60) -> str:
    """A title from the office's wording: its first sentence, cut where it is too long.

    >>> short("优化学校布局。编制专项规划，报县政府审定。")
    '优化学校布局'
    """
    first = first_sentence(words)
    return first if len(first) <= most else first[: most - 1] + "…"


def first_sentence(words: str) -> str:
    """The first sentence of a text, without its full stop."""
    return words.strip().split("。")[0].split("\n")[0].strip()
