"""The exchange form of a plan that was read: one JSON object, a transcription, with the reader's own findings beside it.

Fields of the transcription: `doc`, `sections`, `tasks`, `body_actions`, `targets`. What the reader concluded stands in fields of
its own (`place`, `doubtful`, `units`, `proposed`, `linked_action`, `contradictions`, `remarks`), which a reader of the
transcription may ignore.
"""

from __future__ import annotations

from typing import Any

from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Section, Task, UnitMention

Json = dict[str, Any]


def to_exchange(reading: PlanReading) -> Json:
    """The reading as plain lists and dictionaries, ready for `json.dumps(…, ensure_ascii=False)`."""
    doc = reading.doc
    return {
        "doc": {
            "key": doc.key,
            "title": doc.title,
            "doc_number": doc.doc_number,
            "issuer": doc.issuer,
            "issued_on": doc.issued_on.isoformat() if doc.issued_on else None,
            "region": doc.region,
            "region_level": doc.region_level,
            "basis": list(doc.basis),
            "public": doc.public,
            "runs_until": doc.runs_until.due if doc.runs_until else None,
            "doubtful": _doubts(doc.doubts),
        },
        "sections": [_section(s) for s in reading.sections],
        "tasks": [_task(t) for t in reading.tasks],
        "body_actions": [_action(a) for a in reading.body_actions],
        "targets": [_promise(p) for p in reading.promises],
        "contradictions": [
            {"kind": c.kind, "first": _place(c.first), "second": _place(c.second), "message": c.message}
            for c in reading.contradictions
        ],
        "remarks": [
            {"doubt": r.doubt.value, "message": r.message, "place": _place(r.place) if r.place else None} for r in reading.remarks
        ],
    }


def _place(place: Place) -> Json:
    return {"start": place.start, "end": place.end, "line": place.line, "page": place.page}


def _doubts(doubts: tuple[Doubt, ...]) -> list[Json]:
    return [{"doubt": d.value, "why": d.reason} for d in doubts]


def _units(units: tuple[UnitMention, ...]) -> list[Json]:
    return [{"printed": u.printed, "unit": u.unit} for u in units]


def _section(section: Section) -> Json:
    return {
        "no": section.no,
        "level": section.level,
        "title": section.title,
        "place": _place(section.place),
        "doubtful": _doubts(section.doubts),
    }


def _task(task: Task) -> Json:
    return {
        "no": task.no,
        "project": task.project,
        "action": task.action,
        "goal": task.goal,
        "measure": task.measure,
        "due": task.due,
        "lead": list(task.lead),
        "participants": list(task.participants),
        "others": dict(task.others),
        "place": _place(task.place),
        "units": _units(task.units),
        "answerable": task.answerable,
        "proposed": list(task.proposed),
        "linked_action": task.linked_action,
        "doubtful": _doubts(task.doubts),
    }


def _action(action: BodyAction) -> Json:
    return {
        "no": action.no,
        "title": action.title,
        "where": action.where,
        "lead": list(action.lead),
        "participants": list(action.participants),
        "place": _place(action.place),
        "units": _units(action.units),
        "doubtful": _doubts(action.doubts),
    }


def _promise(promise: Promise) -> Json:
    return {
        "id": promise.id,
        "quote": promise.quote,
        "where": promise.where,
        "metric": promise.metric,
        "scope": promise.scope,
        "op": promise.op.value,
        "value": promise.value,
        "value2": promise.value2,
        "unit": promise.uom,
        "baseline": promise.baseline,
        "due": promise.due,
        "per": promise.per.value if promise.per else None,
        "level": promise.level.value,
        "same_as": promise.same_as,
        "place": _place(promise.place),
        "doubtful": _doubts(promise.doubts),
    }
