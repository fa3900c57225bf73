"""A new version over the old one: what became of every task and promise, proposed by wording and figures, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xiangxu.review.versions import Change, Kind, Verdict, diff, entries_of

Json = dict[str, Any]


def propose_succession(old: Mapping[str, Json], old_text: str, new: Json, new_text: str) -> Json:
    """For each old uid: its ``order`` in the old version, its ``name``, which new rows it became (``to``), how (``became``), why, how sure; nobody has confirmed it yet.

    ``old``: the rows of the version in force by uid; ``new``: the draft, of which dropped rows are left out. What goes on unchanged for certain is ``sure`` and needs no second look; confirmed is only what a person confirmed.
    """
    before = entries_of(_exchange(old.items()), old_text)
    standing = [row for table in rows_in_force(new) for row in table]
    after = entries_of(_exchange((row["ref"], row) for row in standing), new_text)
    names = {entry.uid: entry.name for entry in before}
    mapping: Json = {}
    for change in diff(before, after):
        for uid in change.old:
            mapping[uid] = {"order": len(mapping), **_became(change, names[uid], old[uid])}
    return mapping


def _became(change: Change, name: str, row: Json) -> Json:
    sure = change.verdict is Verdict.CONTINUES and not change.unsure
    return {
        "kind": "promise" if change.kind == Kind.PROMISE else "task",
        "name": name,
        "title": f"{row.get('number', '')} {row.get('title') or row.get('metric') or ''}".strip(),
        "says": (row.get("measure") or row.get("goal") or row.get("quote") or "")[:120],
        "to": list(change.new),
        "became": change.verdict.value,
        "words": change.verdict.word,
        "reason": change.reason,
        "score": change.score,
        "unsure": change.unsure,
        "owner_changed": any(d.field == "owner" for d in change.differences),
        "sure": sure,
        "confirmed": False,
    }


def _exchange(rows: Iterable[tuple[str, Json]]) -> Json:
    """Rows in the exchange form that the comparison reads."""
    plan: Json = {"tasks": [], "body_actions": [], "targets": []}
    for uid, row in rows:
        # A row that a person added stands nowhere in the document: it is compared by its own words.
        place = {"place": row["place"]} if row["place"] else {}
        if "quote" in row:
            plan["targets"].append(
                {key: row[key] for key in ("quote", "metric", "op", "value", "value2", "baseline")}
                | {key: row[key] or None for key in ("scope", "due", "per")}
                | {"id": uid, "where": row["where"] or "body", "unit": row["uom"] or None, **place}
            )
            continue
        common = {"id": uid, "no": row["number"], "lead": row["lead"], "participants": row["participants"], **place}
        if row["kind"] == "action":
            plan["body_actions"].append(common | {"title": row["title"], "due": row["due"] or None})
        else:
            plan["tasks"].append(
                common
                | {"project": row["theme"] or row["title"], "action": row["title"] if row["theme"] else None}
                | {key: row[key] or None for key in ("goal", "measure", "due")}
            )
    return plan


def rows_in_force(draft: Json) -> tuple[list[Json], list[Json]]:
    """The tasks and promises of a published draft in the order in which they were published."""
    return [row for row in draft["tasks"] if not row["dropped"]], [row for row in draft["promises"] if not row["dropped"]]
