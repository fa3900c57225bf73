"""The dry run: each row of an upload beside what is stored. New, changed (old → new), unchanged, or wrong with what to do."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from xiangxu.model.area import AreaLevel
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.exchange.columns import AREAS, SCHOOLS, SHEETS, UNITS, Column, area_values, unit_values
from xiangxu_web.workspaces.areas.exchange.reading import Book, Problem, Row
from xiangxu_web.workspaces.areas.keeping import mismatch
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.areas.rules import change_scope

_EMPTY = {
    "settlement": "",
    "short_name": "",
    "aliases": (),
    "phone": "",
    "address": "",
    "parent": "",
    "school_type": "",
    "runner": "",
}
_NOTHING = dict.fromkeys(("opened", "closed", "longitude", "latitude"))
_ORDER = [level.value for level in AreaLevel]


class State(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True)
class Change:
    """One field that would change, as it is stored and as the file has it."""

    column: Column
    before: Any
    after: Any

    @property
    def old(self) -> str:
        """What is stored, as a cell would say it."""
        return _words(self.column, self.before)

    @property
    def new(self) -> str:
        """What the file says."""
        return _words(self.column, self.after)


def _words(column: Column, value: Any) -> str:
    cell = column.write(value)
    return "" if cell is None else str(cell)


@dataclass(frozen=True)
class Finding:
    """One row's outcome. ``values`` is the whole of what would be stored."""

    row: Row
    state: State
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def code(self) -> str:
        """The row's code, as far as it could be read."""
        return str(self.row.values.get("code", ""))

    @property
    def moves(self) -> bool:
        """Whether the row puts its unit or area under another."""
        return any(change.column.field == "parent" for change in self.changes)

    @property
    def name(self) -> str:
        """The row's name, as far as it could be read."""
        return str(self.row.values.get("name", "") or self.values.get("name", ""))


@dataclass(frozen=True)
class Known:
    """What is stored where the actor may look, by code: areas, units, and which of them may be changed."""

    areas: Mapping[str, Area]
    units: Mapping[str, Unit]
    scope: str
    area_codes: Mapping[int, str]
    unit_codes: Mapping[int, str]
    # Codes in use outside of what the actor sees; nothing more is told of them.
    taken: Mapping[str, frozenset[str]]


def compare(actor: Actor, book: Book) -> tuple[Finding, ...]:
    """The outcome of every row, in the order of the file. A row that rests on a wrong row is wrong too."""
    known = _known(actor, book)
    areas = _settled([_area(row, known) for row in _of(book, AREAS)], lambda done: _area_ties(done, known))
    right = {f.code: f for f in areas if f.state is not State.WRONG}
    units = _settled(
        [_unit(row, known, right) for row in (*_of(book, UNITS), *_of(book, SCHOOLS))], lambda done: _unit_ties(done, known)
    )
    order = {id(row): n for n, row in enumerate(book.rows)}
    return tuple(sorted((*areas, *units), key=lambda f: order[id(f.row)]))


def digest(findings: tuple[Finding, ...]) -> str:
    """A fingerprint of a dry run: what is confirmed must be what was shown."""
    told = [
        (f.row.sheet, f.row.number, f.state, [(c.column.field, str(c.before), str(c.after)) for c in f.changes]) for f in findings
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _of(book: Book, sheet: str) -> list[Row]:
    return [row for row in book.rows if row.sheet == sheet]


def _known(actor: Actor, book: Book) -> Known:
    areas = {area.code: area for area in rows("area.see", actor).order_by("path")}
    units = {
        unit.code: unit for unit in rows("unit.see", actor).select_related("area").prefetch_related("aliases").order_by("pk")
    }
    codes = {sheet: {str(row.values.get("code", "")) for row in _of(book, sheet)} for sheet in SHEETS}
    area_codes, unit_codes = codes[AREAS], codes[UNITS] | codes[SCHOOLS]
    return Known(
        areas,
        units,
        change_scope(actor),
        {area.pk: area.code for area in areas.values()},
        {unit.pk: unit.code for unit in units.values()},
        {
            AREAS: frozenset(c for c in Area.objects.values_list("code", flat=True) if c in area_codes and c not in areas),
            UNITS: frozenset(c for c in Unit.objects.values_list("code", flat=True) if c in unit_codes and c not in units),
        },
    )


def _outside() -> Problem:
    return Problem("", _("不在您可以维护的范围内"), _("请核对代码；确需修改其他地方的内容，请联系那里的系统管理员。"))


def _compared(row: Row, stored: Mapping[str, Any] | None, problems: list[Problem], inside: bool) -> Finding:
    """New or changed or unchanged, with the values of columns that the sheet lacks left as they are."""
    values = {**(stored if stored is not None else {**_EMPTY, **_NOTHING}), **row.values}
    changes: list[Change] = []
    if stored is not None and not row.problems:
        for column in SHEETS[row.sheet]:
            if column.field in row.values and stored[column.field] != row.values[column.field]:
                changes.append(Change(column, stored[column.field], row.values[column.field]))
        if changes and not inside:
            problems.append(_outside())
    state = State.WRONG if problems else State.NEW if stored is None else State.CHANGED if changes else State.UNCHANGED
    return Finding(row, state, values, tuple(changes), tuple(problems))


def _missing(row: Row, stored: bool) -> list[Problem]:
    """Columns without which a new row cannot be."""
    needed = [column for column in SHEETS[row.sheet] if column.field in ("code", "name", "level", "kind", "area", "school_type")]
    told = {problem.field for problem in row.problems}
    return [
        Problem(column.header, _("表里没有这一列"), _("新增的行必须有这一列，请下载模板对照。"))
        for column in needed
        if not stored and column.field not in row.values and column.header not in told
    ]


def _area(row: Row, known: Known) -> Finding:
    code = str(row.values.get("code", ""))
    old = known.areas.get(code)
    problems = [*row.problems, *_missing(row, old is not None)]
    if code in known.taken[AREAS]:
        problems.append(_outside())
    stored = area_values(old, known.area_codes) if old else None
    if stored and "level" in row.values and stored["level"] != row.values["level"]:
        problems.append(Problem("级别", _("与已有的级别不同"), _("级别不能由导入改变，请核对代码。")))
    return _compared(row, stored, problems, old is not None and old.path.startswith(known.scope or "-"))


def _unit(row: Row, known: Known, areas: Mapping[str, Finding]) -> Finding:
    code = str(row.values.get("code", ""))
    old = known.units.get(code)
    problems = [*row.problems, *_missing(row, old is not None)]
    if code in known.taken[UNITS]:
        problems.append(_outside())
    stored = unit_values(old, known.unit_codes) if old else None
    found = _compared(row, stored, problems, old is not None and old.area.path.startswith(known.scope or "-"))
    if found.problems or found.state is State.UNCHANGED:
        return found
    told = found.values
    if not _area_fits(str(told.get("area", "")), known, areas):
        problems.append(
            Problem(
                "区划代码",
                _("“%(code)s”不是您可以维护的区划，文件里也没有") % {"code": told.get("area")},
                _("请核对代码，或在“区划”表中补上它。"),
            )
        )
    wrong = mismatch(str(told["kind"]), str(told["school_type"]), str(told["runner"]))
    if wrong:
        header = {"school_type": "办学类型", "runner": "举办者"}[wrong[0]]
        problems.append(Problem(header, wrong[1], _("请核对类别和%(header)s。") % {"header": _(header)}))
    if told["opened"] and told["closed"] and told["opened"] >= told["closed"]:
        problems.append(Problem("撤销日期", _("不晚于设立日期"), _("请核对这两个日期。")))
    if (told["longitude"] is None) != (told["latitude"] is None):
        problems.append(Problem("经度", _("经度和纬度只填了一个"), _("请两个都填，或都留空。")))
    if stored is not None and stored["closed"] != told["closed"]:
        problems.append(
            Problem("撤销日期", _("与已有的不同"), _("撤销或恢复请在该单位的页面办理，以便写明依据和去向；这里请保持原样。"))
        )
    return replace(found, state=State.WRONG, problems=tuple(problems)) if problems else found


def _area_fits(code: str, known: Known, areas: Mapping[str, Finding]) -> bool:
    stored = known.areas.get(code)
    if stored is not None:
        return bool(known.scope) and stored.path.startswith(known.scope)
    return code in areas


Ties = Callable[[list[Finding]], dict[int, Problem]]


def _settled(findings: list[Finding], ties: Ties) -> list[Finding]:
    """Marks double rows, then rows whose superior is missing or wrong, until nothing new is found."""
    first: dict[str, Row] = {}
    for n, found in enumerate(findings):
        if found.code and found.code in first:
            there = first[found.code]
            findings[n] = _wrong(
                found,
                Problem(
                    SHEETS[found.row.sheet][0].header,
                    _("与“%(sheet)s”第 %(row)s 行重复") % {"sheet": there.sheet_title, "row": there.number},
                    _("同一代码只能出现一次，请删去一行或改正代码。"),
                ),
            )
        first.setdefault(found.code, found.row)
    while bad := ties(findings):
        for n, problem in bad.items():
            findings[n] = _wrong(findings[n], problem)
    return findings


def _wrong(found: Finding, problem: Problem) -> Finding:
    return replace(found, state=State.WRONG, problems=(*found.problems, problem))


def _area_ties(done: list[Finding], known: Known) -> dict[int, Problem]:
    right = {f.code: f for f in done if f.state is not State.WRONG}
    bad: dict[int, Problem] = {}
    for n, found in enumerate(done):
        if found.state not in (State.NEW, State.CHANGED):
            continue
        parent = str(found.values["parent"])
        above = right.get(parent)
        stored = known.areas.get(parent)
        if above is None and (stored is None or not (known.scope and stored.path.startswith(known.scope))):
            bad[n] = Problem(
                "上级区划代码",
                _("“%(code)s”不是您可以维护的区划，或它所在的行有误") % {"code": parent} if parent else _("是空的"),
                _("请核对代码，或先改正上级所在的行。"),
            )
            continue
        level = str(above.values["level"]) if above else stored.level if stored else ""
        if _ORDER.index(level) >= _ORDER.index(str(found.values["level"])):
            bad[n] = Problem("上级区划代码", _("上级的级别不高于本区划"), _("请核对两者的级别。"))
        elif above is not None and above.state is State.UNCHANGED and not (stored and stored.path.startswith(known.scope or "-")):
            bad[n] = Problem("上级区划代码", _("不在您可以维护的范围内"), _("请联系上级的系统管理员。"))
    return bad


def _unit_ties(done: list[Finding], known: Known) -> dict[int, Problem]:
    right = {f.code: f for f in done if f.state is not State.WRONG}
    wrong = {f.code for f in done if f.state is State.WRONG}
    parents = {unit.code: known.unit_codes.get(unit.parent_id or 0, "") for unit in known.units.values()}
    parents |= {code: str(f.values["parent"]) for code, f in right.items()}
    bad: dict[int, Problem] = {}
    for n, found in enumerate(done):
        if found.state not in (State.NEW, State.CHANGED) or not (parent := str(found.values["parent"])):
            continue
        above = right.get(parent)
        stored = known.units.get(parent)
        if above is None and (stored is None or (parent in wrong and parent not in known.units)):
            bad[n] = Problem(
                "上级单位代码",
                _("没有“%(code)s”这个单位，或它所在的行有误") % {"code": parent},
                _("请核对代码，或先改正上级所在的行。"),
            )
        elif (above.values["closed"] if above else stored.closed if stored else None) and not found.values["closed"]:
            bad[n] = Problem("上级单位代码", _("“%(code)s”已撤销") % {"code": parent}, _("请改为现有的单位。"))
        elif _circle(found.code, parents):
            bad[n] = Problem("上级单位代码", _("上下级绕成了一圈"), _("请核对这几行的上级单位。"))
    return bad


def _circle(code: str, parents: Mapping[str, str]) -> bool:
    seen, at = {code}, parents.get(code, "")
    while at and at not in seen:
        seen.add(at)
        at = parents.get(at, "")
    return at == code


def counted(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How many rows there are of each state."""
    counts = Counter(f.state for f in findings)
    return {state.value: counts[state] for state in State}
