"""Corrections that change which rows there are: new ones, several into one, one into several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from xiangxu_web.workspaces.plans.drafting.rows import find
from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection

Json = dict[str, Any]


def add(draft: Json, on: str, typed: Mapping[str, Any]) -> Json:
    """An empty row of tasks or promises, behind the row ``typed["after"]`` where one is named."""
    if on not in ("task", "promise"):
        raise WrongCorrection(_("只能新增任务或目标。"))
    table, letter = (draft["tasks"], "t") if on == "task" else (draft["promises"], "p")
    row: Json = {
        "ref": _named(draft, typed.get("ref") or _free(table, letter)),
        "doubts": [],
        "seen": True,
        "dropped": False,
        "place": typed.get("place") or {},
        "due": "",
        "due_words": "",
        "due_on": "",
        "same_as": None,
    }
    row |= _EMPTY_TASK | {"kind": typed.get("kind") or "row"} if on == "task" else _EMPTY_PROMISE
    row = deepcopy(row)
    after = typed.get("after")
    at = next((n + 1 for n, each in enumerate(table) if each["ref"] == after), len(table))
    table.insert(at, row)
    return row


_EMPTY_TASK: Json = {
    "kind": "row", "number": "", "theme": "", "title": "", "goal": "", "measure": "", "ongoing": False, "lead": [], "proposed": [],
    "participants": [], "answerable": "", "others": {},
}  # fmt: skip
_EMPTY_PROMISE: Json = {
    "task": None, "quote": "", "where": "", "metric": "", "scope": "", "op": "done", "value": None, "value2": None, "uom": "",
    "baseline": None, "per": "", "level": "", "proposals": [], "kind": "", "binding": "proposed", "evaluator": None,
}  # fmt: skip


def _free(table: Sequence[Json], letter: str) -> str:
    taken = {row["ref"] for row in table}
    number = len(table) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def _named(draft: Json, ref: str) -> str:
    if any(row["ref"] == ref for table in ("tasks", "promises") for row in draft[table]):
        raise WrongCorrection(_("“%(ref)s”已经有了。") % {"ref": ref})
    return ref


def merge(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """The rows ``typed["with"]`` go into the row ``on``: texts are joined, units united, promises move over."""
    first = find(draft, on)
    others = [find(draft, ref) for ref in typed.get("with", ()) if ref != on]
    if not others or any(("quote" in row) != ("quote" in first) for row in others):
        raise WrongCorrection(_("合并至少要选两条，并且都是任务或都是目标。"))
    if any(row["dropped"] for row in (first, *others)):
        raise WrongCorrection(_("选中的条目里有已经删去的：请先恢复，或取消选择。"))
    for row in others:
        _join(first, row)
        row["dropped"], row["merged_into"] = True, on
        for each in (*draft["promises"], *draft["tasks"]):
            for field in ("task", "same_as"):
                if each.get(field) == row["ref"]:
                    each[field] = on if each["ref"] != on else None
    first["seen"] = True


def _join(first: Json, row: Json) -> None:
    for name in ("goal", "measure", "quote"):
        if name in first and row[name] and row[name] not in first[name]:
            first[name] = "\n".join(filter(None, (first[name], row[name])))
    for name in ("lead", "participants"):
        if name in first:
            first[name] = list(dict.fromkeys((*first[name], *row[name])))
    if first["place"] and row["place"]:
        early, late = sorted((first["place"], row["place"]), key=lambda place: place["start"])
        first["place"] = {**early, "end": max(early["end"], late["end"])}


def split(draft: Json, on: str, typed: Mapping[str, Any]) -> list[tuple[Json, Mapping[str, Any]]]:
    """The row becomes as many as there are ``typed["parts"]`` (each a mapping of fields); the first keeps the ref and the promises.

    Gives each row with its part, still to be written.
    """
    row = find(draft, on)
    parts = typed.get("parts", ())
    if len(parts) < 2:
        raise WrongCorrection(_("拆分至少要分成两条：请在要断开的地方空一行。"))
    if row["dropped"]:
        raise WrongCorrection(_("这一条已经删去：请先恢复，再拆分。"))
    table, letter = (draft["promises"], "p") if "quote" in row else (draft["tasks"], "t")
    at = table.index(row)
    refs = typed.get("refs") or [None] * (len(parts) - 1)
    made = [(row, parts[0])]
    for n, (part, ref) in enumerate(zip(parts[1:], refs, strict=True), 1):
        new = deepcopy(row) | {"ref": _named(draft, ref or _free(table, letter)), "split_from": on}
        table.insert(at + n, new)
        made.append((new, part))
    return made
