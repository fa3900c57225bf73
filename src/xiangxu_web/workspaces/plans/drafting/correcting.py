"""Corrections of a draft: each is a small piece of data; applied in order to what was read they give the present state.

Kinds: ``set`` (fields of a row), ``add`` (a new row), ``merge`` (rows into the first of them), ``split`` (a row into several),
``drop`` and ``restore``, ``seen`` (a person looked), ``unit`` (a printed name is this unit), ``bind`` (how a promise is computed),
``later`` (暂不计算), ``doc`` (facts of the document). Anything else, and any field that a row does not have, is refused: a correction
never half-applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from xiangxu.documents.dues import ONGOING, UnreadDue, due_of_words, last_day

Json = dict[str, Any]

TASK_FIELDS = (
    "number",
    "theme",
    "title",
    "goal",
    "measure",
    "due_words",
    "lead",
    "participants",
    "answerable",
    "same_as",
    "others",
)
PROMISE_FIELDS = (
    "task", "quote", "metric", "scope", "op", "value", "value2", "uom", "baseline", "due_words", "per", "level", "same_as",
)  # fmt: skip
DOC_FIELDS = ("title", "doc_number", "issuer", "issued_on", "short_title", "runs_until")
_LISTS = ("lead", "participants")
_NUMBERS = ("value", "value2", "baseline")


class WrongCorrection(ValueError):
    """A correction that cannot be applied: which row or field, and what to write instead."""


def apply(draft: Json, kind: str, on: str, typed: Mapping[str, Any]) -> Json:
    """The draft after one correction; the one given is left as it is."""
    after = deepcopy(draft)
    act = _KINDS.get(kind)
    if act is None:
        raise WrongCorrection(f"没有“{kind}”这种更正。")
    act(after, on, typed)
    return after


def replay(draft: Json, corrections: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Json:
    """The draft after all corrections in their order."""
    for kind, on, typed in corrections:
        draft = apply(draft, kind, on, typed)
    return draft


def rows(draft: Json) -> Iterable[Json]:
    """Tasks, then promises."""
    yield from draft["tasks"]
    yield from draft["promises"]


def find(draft: Json, ref: str) -> Json:
    """The row of a ref; refused where there is none."""
    for row in rows(draft):
        if row["ref"] == ref:
            return row
    raise WrongCorrection(f"这份导入稿里没有“{ref}”这一条，可能已被别人合并，请刷新页面。")


def _set(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    row = find(draft, on)
    allowed = PROMISE_FIELDS if "quote" in row else TASK_FIELDS
    for name, value in typed.items():
        if name not in allowed:
            raise WrongCorrection(f"“{name}”不是可以更正的栏目。")
        if name in ("same_as", "task") and value:
            find(draft, value)
        row[name] = _value(name, value)
        if name == "due_words":
            _due(row)
    row["seen"] = True
    for name in _LISTS:
        for printed in row.get(name, ()):
            draft["units"].setdefault(printed, {"unit": None, "how": ""})


def _value(name: str, value: Any) -> Any:
    if name in _NUMBERS:
        if value in (None, ""):
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise WrongCorrection(f"数值应写成数字，现在是“{value}”。") from None
    if name in _LISTS:
        if isinstance(value, str):
            value = [part.strip() for part in value.replace("，", "、").replace(",", "、").split("、")]
        return [str(part) for part in value if part]
    if name == "others":
        return dict(value)
    return value.strip() if isinstance(value, str) else value


def _due(row: Json) -> None:
    """The deadline's normal form and last day from its words; words that name none are kept as words, without a day."""
    try:
        due = due_of_words(row["due_words"])
    except UnreadDue:
        raise WrongCorrection(
            f"时限“{row['due_words']}”没有读懂：可写“2025年底”“2026年6月”“常抓不懈”，没有时限就留空。"
        ) from None
    day = last_day(due)
    row["due"] = due or ""
    row["due_on"] = day.isoformat() if day else ""
    if "ongoing" in row:
        row["ongoing"] = due == ONGOING


def _add(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """``on`` is "task" or "promise"; ``typed`` holds the fields and, in ``after``, the row behind which it is put."""
    table, letter, fields = (draft["tasks"], "t", TASK_FIELDS) if on == "task" else (draft["promises"], "p", PROMISE_FIELDS)
    if on not in ("task", "promise"):
        raise WrongCorrection("只能新增任务或目标。")
    ref = _free(table, letter)
    row: Json = {
        "ref": ref,
        "doubts": [],
        "seen": True,
        "dropped": False,
        "place": typed.get("place") or {},
        "due": "",
        "due_on": "",
    }
    row |= {
        name: [] if name in _LISTS else {} if name == "others" else None if name in (*_NUMBERS, "same_as", "task") else ""
        for name in fields
    }
    if on == "task":
        row |= {"kind": "row", "ongoing": False, "proposed": []}
    else:
        row |= {"op": "done", "where": "", "proposals": [], "kind": "", "binding": "proposed", "evaluator": None}
    after = typed.get("after")
    at = next((n + 1 for n, each in enumerate(table) if each["ref"] == after), len(table))
    table.insert(at, row)
    _set(draft, ref, {name: value for name, value in typed.items() if name in fields})


def _free(table: Sequence[Json], letter: str) -> str:
    taken = {row["ref"] for row in table}
    number = len(table) + 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def _merge(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """The rows ``typed["with"]`` go into the row ``on``: texts are joined, units united, promises move over."""
    first = find(draft, on)
    others = [find(draft, ref) for ref in typed.get("with", ()) if ref != on]
    if not others or any(("quote" in row) != ("quote" in first) for row in others):
        raise WrongCorrection("合并至少要选两条，并且都是任务或都是目标。")
    for row in others:
        for name in ("goal", "measure"):
            if name in first and row[name] and row[name] not in first[name]:
                first[name] = "\n".join(filter(None, (first[name], row[name])))
        for name in _LISTS:
            if name in first:
                first[name] = list(dict.fromkeys((*first[name], *row[name])))
        row["dropped"], row["merged_into"] = True, on
        for promise in draft["promises"]:
            if promise["task"] == row["ref"]:
                promise["task"] = on
    first["seen"] = True


def _split(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """The row becomes as many as there are ``typed["parts"]`` (each a mapping of fields); the first keeps the ref and the promises."""
    row = find(draft, on)
    parts = typed.get("parts", ())
    if len(parts) < 2:
        raise WrongCorrection("拆分至少要分成两条。")
    table = draft["promises"] if "quote" in row else draft["tasks"]
    letter = "p" if "quote" in row else "t"
    at = table.index(row)
    for n, part in enumerate(parts[1:], 1):
        new = deepcopy(row) | {"ref": _free(table, letter), "split_from": on}
        table.insert(at + n, new)
        _set(draft, new["ref"], part)
    _set(draft, on, parts[0])


def _drop(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    find(draft, on)["dropped"] = True


def _restore(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    row = find(draft, on)
    row["dropped"] = False
    row.pop("merged_into", None)


def _seen(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for ref in typed.get("refs", [on]):
        find(draft, ref)["seen"] = True


def _unit(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """The printed name ``on`` is the unit of this key; null: no unit of ours (it stays as printed)."""
    if on not in draft["units"]:
        raise WrongCorrection(f"文件里没有“{on}”这个单位。")
    draft["units"][on] = {"unit": typed.get("unit"), "how": "person"}


def _bind(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """Confirms evaluators: of many promises each its first proposal, or of one the evaluator that was chosen."""
    chosen = typed.get("evaluator")
    for ref in typed.get("refs", [on]):
        promise = find(draft, ref)
        evaluator = chosen or promise.get("evaluator") or next(iter(promise["proposals"]), None)
        if evaluator is None:
            raise WrongCorrection(f"“{promise['metric']}”还没有可确认的算法：请先选一个，或标为“暂不计算”。")
        promise |= {"evaluator": evaluator, "kind": evaluator["kind"], "binding": "confirmed", "seen": True}


def _later(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for ref in typed.get("refs", [on]):
        find(draft, ref).update(binding="later", seen=True)


def _doc(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for name, value in typed.items():
        if name not in DOC_FIELDS:
            raise WrongCorrection(f"“{name}”不是文件信息的栏目。")
        draft["doc"][name] = value.strip()


_KINDS = {
    "set": _set,
    "add": _add,
    "merge": _merge,
    "split": _split,
    "drop": _drop,
    "restore": _restore,
    "seen": _seen,
    "unit": _unit,
    "bind": _bind,
    "later": _later,
    "doc": _doc,
}
