"""Corrections of a draft: each is a small piece of data; applied in order to what was read they give the present state.

Kinds: ``set`` (fields of a row), ``add`` (a new row), ``merge`` (rows into the first of them), ``split`` (a row into several),
``drop`` and ``restore``, ``seen`` (a person looked), ``unit`` (a printed name is this unit), ``bind`` (how a promise is computed: the
evaluator, of what, with which parameters and bar), ``later`` (暂不计算), ``doc`` (facts of the document), ``map`` (what became of a
task of the version before), ``undo`` (an earlier correction no longer counts), ``amend`` (what was read of a row, after it was published).
Anything else, and any field that a row does not have, is refused: a correction never half-applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from xiangxu.documents.dues import ONGOING, UnreadDue, due_of_words, last_day
from xiangxu.model.plan import Level, Op, Per
from xiangxu_web.workspaces.plans.drafting.rows import find, rows
from xiangxu_web.workspaces.plans.drafting.shaping import add, merge, split
from xiangxu_web.workspaces.plans.drafting.units import group, names_in
from xiangxu_web.workspaces.plans.drafting.wrong import WrongCorrection

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
LISTS = ("lead", "participants")
NUMBERS = ("value", "value2", "baseline")
_REFS = ("same_as", "task")
_CHOICES: dict[str, tuple[str, ...]] = {
    "op": tuple(op.value for op in Op),
    "per": ("", *(per.value for per in Per)),
    "level": ("", *(level.value for level in Level)),
}
_DAYS = ("issued_on", "runs_until")
UNDO = "undo"
AMEND, DROP, ADD = "amend", "drop", "add"
# What can have been read wrongly and be corrected after publishing. Never the quote of a promise: that is the office's own wording.
AMENDABLE_TASK = ("title", "goal", "measure", "due_words")
AMENDABLE_PROMISE = ("metric", "scope", "op", "value", "value2", "uom", "baseline", "due_words", "per", "level")


def amendable(row: Json) -> tuple[str, ...]:
    """The fields of this row that may be corrected after it was published."""
    return AMENDABLE_PROMISE if "quote" in row else AMENDABLE_TASK


class Step(NamedTuple):
    """One correction as it was kept."""

    number: int
    kind: str
    on: str
    typed: Mapping[str, Any]


def apply(draft: Json, kind: str, on: str, typed: Mapping[str, Any]) -> Json:
    """The draft after one correction; the one given is left as it is."""
    after: Json = _copied(draft)
    act = _KINDS.get(kind)
    if act is None:
        raise WrongCorrection(_("没有“%(kind)s”这种更正。") % {"kind": kind})
    act(after, on, typed)
    return after


def _copied(value: Any) -> Any:
    """A copy as deep as a draft is: of what JSON has, and several times as fast as one that looks for anything else."""
    if isinstance(value, dict):
        return {name: _copied(each) for name, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def replay(draft: Json, steps: Iterable[Step]) -> Json:
    """The draft after all corrections in their order; those that were undone count as never made."""
    now: Json = _copied(draft)
    for _step in _course(now, steps):
        pass
    return now


def _course(now: Json, steps: Iterable[Step]) -> Iterator[Step]:
    """Each correction that counts, told just before it is made in ``now``."""
    for step in standing(steps):
        yield step
        _KINDS[step.kind](now, step.on, step.typed)


def values_before(draft: Json, steps: Iterable[Step]) -> dict[int, Json]:
    """Of each correction that counts, by its number, what stood before it in the fields that it changed; ``draft`` is as it was read."""
    now, before = _copied(draft), {}
    for step in _course(now, steps):
        held = now["doc"] if step.kind == "doc" else next((row for row in rows(now) if row["ref"] == step.on), {})
        before[step.number] = {name: _copied(held[name]) for name in step.typed.get("after", step.typed) if name in held}
    return before


def standing(steps: Iterable[Step]) -> list[Step]:
    """The corrections that count: not undone, and no undoing itself. An undoing can be undone again."""
    undone: set[int] = set()
    counted = []
    for step in sorted(steps, key=lambda each: each.number, reverse=True):
        if step.number in undone:
            continue
        if step.kind == UNDO:
            undone.add(int(step.on))
        else:
            counted.append(step)
    return counted[::-1]


def undo(draft: Json, steps: Sequence[Step], number: int) -> Json:
    """The draft as if the correction of this number had not been made.

    Refused: there is none, it is undone already, or a later one builds on it, which must then be undone first.
    """
    if not any(step.number == number for step in steps):
        raise WrongCorrection(_("没有这条更正，请刷新页面。"))
    if number not in {step.number for step in standing(steps)} | {step.number for step in steps if step.kind == UNDO}:
        raise WrongCorrection(_("这条更正已经撤销。"))
    try:
        return replay(draft, [*steps, Step(max(step.number for step in steps) + 1, UNDO, str(number), {})])
    except WrongCorrection as problem:
        raise WrongCorrection(_("后面还有以它为基础的更正，请先撤销后面的，再撤销这一条。")) from problem


def named(kind: str, typed: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What was typed, with the refs of the rows that the correction makes: by its number, so that undoing others never renames a row."""
    if kind == "add":
        return dict(typed) | {"ref": f"n{number}"}
    if kind == "split":
        return dict(typed) | {"refs": [f"n{number}-{k}" for k in range(1, len(typed.get("parts", ())))]}
    return dict(typed)


def put(draft: Json, row: Json, typed: Mapping[str, Any]) -> None:
    """Writes the typed fields into a row, each in its own form. Refused: a field that the row has not, a value that it cannot hold."""
    allowed = PROMISE_FIELDS if "quote" in row else TASK_FIELDS
    for name, value in typed.items():
        if name not in allowed:
            raise WrongCorrection(_("“%(name)s”不是可以更正的栏目。") % {"name": name})
        row[name] = _value(draft, row, name, value)
        if name == "due_words":
            _due(row)
        if name == "task":
            # A person put the promise to its task: a next version leaves it there.
            row["placed"] = True
    if not (row["metric"] if "quote" in row else row["title"]):
        raise WrongCorrection(_("名称不能空着：请写上这一条叫什么；如果不需要这一条，请用“删去”。"))
    if row.get("answerable") and row["answerable"] not in (*row["lead"], *row["proposed"]):
        row["answerable"] = ""
    row["seen"] = True
    for name in LISTS:
        for printed in row.get(name, ()):
            draft["units"].setdefault(printed, {"unit": None, "how": group(printed)})


def _value(draft: Json, row: Json, name: str, value: Any) -> Any:
    if name in _REFS:
        return _ref(draft, row, name, value)
    if name in NUMBERS:
        return _number(value)
    if name in LISTS:
        if isinstance(value, str):
            return names_in(value, draft["units"])
        if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
            raise WrongCorrection(_("单位要写名称，几个单位用“、”隔开。"))
        return list(dict.fromkeys(part.strip() for part in value if part.strip()))
    if name == "others":
        return dict(value)
    if not isinstance(value, str):
        raise WrongCorrection(_("“%(name)s”这一栏要写文字。") % {"name": name})
    value = value.strip()
    if name in _CHOICES and value not in _CHOICES[name]:
        raise WrongCorrection(_("“%(value)s”不在可选的范围里，请从列表中选一个。") % {"value": value})
    return value


def _ref(draft: Json, row: Json, name: str, value: Any) -> str | None:
    if not value:
        return None
    found = find(draft, value)
    if value == row["ref"] or ("quote" in found) != (name == "same_as" and "quote" in row):
        raise WrongCorrection(_("不能对应到这一条：请另选一条。"))
    return str(value)


def _number(value: Any) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise WrongCorrection(_("数值应写成数字，现在是“%(value)s”。") % {"value": value}) from None
    if number != number or number in (float("inf"), float("-inf")):
        raise WrongCorrection(_("数值应写成数字，现在是“%(value)s”。") % {"value": value})
    return number


def _due(row: Json) -> None:
    """The deadline's normal form and last day from its words; words that name none are refused."""
    try:
        due = due_of_words(row["due_words"])
        day = last_day(due)
    except (UnreadDue, ValueError):
        raise WrongCorrection(
            _("时限“%(words)s”没有读懂：可写“2025年底”“2026年6月”“常抓不懈”，没有时限就留空。") % {"words": row["due_words"]}
        ) from None
    row["due"] = due or ""
    row["due_on"] = day.isoformat() if day else ""
    if "ongoing" in row:
        row["ongoing"] = due == ONGOING


def _set(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """``typed["known"]``: units of the place for names that were typed and are new in this draft."""
    fields = dict(typed)
    known = fields.pop("known", {})
    put(draft, find(draft, on), fields)
    _match(draft, known)


def _match(draft: Json, known: Mapping[str, int]) -> None:
    for printed, unit in known.items():
        if draft["units"].get(printed, {}).get("unit") is None:
            draft["units"][printed] = {"unit": unit, "how": "match"}


def _add(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """``on`` is "task" or "promise"; ``typed`` holds the fields and, in ``after``, the row behind which it is put; ``known`` as for ``set``,
    and of a task its ``kind``."""
    row = add(draft, on, typed)
    fields = PROMISE_FIELDS if on == "promise" else TASK_FIELDS
    put(draft, row, {name: value for name, value in typed.items() if name in fields})
    _match(draft, typed.get("known", {}))


def _amend(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """``typed``: the fields as they stand in the document (``after``), as they stood here (``before``), why."""
    put(draft, find(draft, on), typed["after"])


def _split(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for row, part in split(draft, on, typed):
        put(draft, row, part)


def _drop(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for ref in typed.get("refs", [on]):
        find(draft, ref).update(dropped=True, seen=True)


def _restore(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    row = find(draft, on)
    if row.get("merged_into"):
        raise WrongCorrection(_("这一条已经合并到另一条：请在“更正记录”里撤销那次合并。"))
    row["dropped"] = False


def _seen(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for ref in typed.get("refs", [on]):
        find(draft, ref)["seen"] = True


def _unit(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """The printed name ``on``, or each of ``names``, is the unit of this key; ``how`` "towns": all towns; null without it: no unit of ours."""
    names = typed.get("names", [on])
    for name in names:
        if name not in draft["units"]:
            raise WrongCorrection(_("文件里没有“%(on)s”这个单位。") % {"on": name})
    how = typed.get("how") or "person"
    if how not in ("person", "towns"):
        raise WrongCorrection(_("单位只能对应到一个单位、各镇街，或标为不是本地单位。"))
    for name in names:
        draft["units"][name] = {"unit": None if how == "towns" else typed.get("unit"), "how": how}


def _bind(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """Confirms evaluators: of many promises each its first proposal, or of one the evaluator that was chosen."""
    chosen = typed.get("evaluator")
    for ref in typed.get("refs", [on]):
        promise = _promise(draft, ref)
        evaluator = chosen or promise.get("evaluator") or next(iter(promise["proposals"]), None)
        if evaluator is None:
            raise WrongCorrection(_("“%(name)s”还没有可确认的算法：请先选一个，或标为“暂不计算”。") % {"name": promise["metric"]})
        promise |= {"evaluator": evaluator, "kind": evaluator["kind"], "binding": "confirmed"}
        _looked_at(promise)


def _later(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for ref in typed.get("refs", [on]):
        promise = _promise(draft, ref)
        promise["binding"] = "later"
        _looked_at(promise)


def _looked_at(promise: Json) -> None:
    """Whoever settles how a promise is computed has looked at it; that he compared with the text what the reader doubted he says himself."""
    promise["seen"] = promise["seen"] or not promise["doubts"]


def _promise(draft: Json, ref: str) -> Json:
    found = find(draft, ref)
    if "quote" not in found:
        raise WrongCorrection(_("只有目标才有算法，任务没有。"))
    return found


def _doc(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    for name, value in typed.items():
        if name not in DOC_FIELDS or not isinstance(value, str):
            raise WrongCorrection(_("“%(name)s”不是文件信息的栏目。") % {"name": name})
        value = value.strip()
        if name in _DAYS and value:
            try:
                value = date.fromisoformat(value).isoformat()
            except ValueError:
                raise WrongCorrection(_("日期“%(value)s”没有读懂：请写成 2026-11-20 这样。") % {"value": value}) from None
        if name == "title" and not value:
            raise WrongCorrection(_("方案标题不能空着。"))
        if name == "runs_until":
            # What was proposed is settled, also where there is no such day.
            draft.pop("until", None)
        draft["doc"][name] = value


def _map(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    """What became of old tasks: of many as proposed (``uids``), or of one the rows that were chosen (``to``; none: it is gone)."""
    mapping = draft.get("mapping", {})
    for uid in typed.get("uids", [on]):
        if uid not in mapping:
            raise WrongCorrection(_("上一版里没有这一条，请刷新页面。"))
        if "to" in typed:
            for ref in typed["to"]:
                if ("quote" in find(draft, ref)) != (mapping[uid]["kind"] == "promise"):
                    raise WrongCorrection(_("任务只能对应任务，目标只能对应目标。"))
            mapping[uid]["to"] = list(dict.fromkeys(typed["to"]))
        mapping[uid]["confirmed"] = True


def _merge(draft: Json, on: str, typed: Mapping[str, Any]) -> None:
    merge(draft, on, typed)


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
    "map": _map,
    AMEND: _amend,
}
