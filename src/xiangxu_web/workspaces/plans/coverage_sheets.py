"""The matrix as a workbook and back: what goes out comes in in the same shape, first as a list of what would change."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.components.table import Column as SheetColumn
from xiangxu_web.kernel.components.workbook import workbook_answer
from xiangxu_web.kernel.languages import meant
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.plans.coverage_grid import Column, Grid
from xiangxu_web.workspaces.plans.covered import (
    NOT_APPLICABLE,
    WAITING,
    Member,
    cells,
    choice_of,
    glyph,
    marks_of,
    members,
    plan_promises,
    returned_words,
)
from xiangxu_web.workspaces.plans.covering import MOST, Many, Wish, state_many
from xiangxu_web.workspaces.plans.entered import marked, unmarked
from xiangxu_web.workspaces.plans.models import Mark, Plan, Target

_HEAD = re.compile(r"\s*(\d+)\s*[.．、]")
_OUTSIDE = "／"
# What people write for the three words.
_WRITTEN: Mapping[str, str] = {
    **dict.fromkeys(("√", "✓", "✔", "☑", "是", "有", "y", "yes", "1"), Mark.Word.YES),
    **dict.fromkeys(("×", "✗", "✘", "x", "╳", "否", "无", "没有", "n", "no", "0"), Mark.Word.NO),
    **dict.fromkeys((NOT_APPLICABLE, "na", "n/a"), Mark.Word.NOT_APPLICABLE),
}
_NOTHING = ("", "—", "-", "－", _OUTSIDE, "/")
_UNIT_HEADS, _CODE_HEAD = ("单位", "单位名称", "学校"), "单位代码"


def workbook(actor: Actor, plan: Plan, grid: Grid) -> HttpResponseBase:
    """The matrix as it is shown, as a workbook. The number before each promise and the unit's code are by what it is read again."""

    def word(column: Column, member: Member) -> str:
        code = grid.code(column, member)
        if not code or code == WAITING:
            return "" if code else _OUTSIDE
        return marked(glyph(code), entered=grid.cells[column.target.pk, member.key].entered)

    def state(member: Member) -> str:
        codes = [grid.code(column, member) for column in grid.columns]
        return _("已核验 %(v)s，待核验 %(s)s，缺 %(w)s") % {
            "v": sum(code in ("v", "o") for code in codes),
            "s": sum(code in ("s", "p") for code in codes),
            "w": sum(code in ("w", "n", "r") for code in codes),
        }

    columns = [
        SheetColumn("unit", _("单位"), value=lambda member: member.unit.name),
        SheetColumn("code", _(_CODE_HEAD), value=lambda member: member.unit.code),
        SheetColumn("town", _("镇街"), value=lambda member: member.town),
        *(SheetColumn(f"t{c.target.pk}", f"{c.number}. {c.target.metric}", value=partial(word, c)) for c in grid.columns),
        SheetColumn("state", _("核验情况"), value=state),
    ]
    hints = [
        (_("方案"), plan.title),
        (
            _("怎么填"),
            _(
                "每格填 √、× 或 不适用；空白的格导入时不改。带括号的待核验，“／”不在范围，“（代录）”是替单位录入的，导入时不用改。表头的序号和单位代码请不要改。"
            ),
        ),
    ]
    answer, count = workbook_answer(_("覆盖情况"), columns, list(grid.rows), hints, "")
    with action(actor, "coverage.export") as record:
        record.noted(plan, rows=count, promises=len(grid.columns))
    return answer


@dataclass(frozen=True)
class Change:
    """One cell that would change; ``why_not`` says why it cannot."""

    target: Target
    member: Member
    before: str
    word: str
    was: int
    why_not: str = ""

    @property
    def after(self) -> str:
        """The new word as a cell shows it."""
        return str(Mark.Word(self.word).label)

    @property
    def packed(self) -> str:
        """The change in the form of the page, to be sent back when it is confirmed."""
        return f"{self.target.pk}:{self.member.key}:{self.word}:{self.was}"


@dataclass
class DryRun:
    """What a workbook would do: changes, changes that are refused with the reason, and what could not be understood."""

    changes: list[Change] = field(default_factory=list)
    refused: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    same: int = 0


def read(actor: Actor, plan: Plan, lines: Sequence[Sequence[Any]]) -> DryRun:
    """Compares a workbook with what stands; nothing is written. Blank cells change nothing."""
    found = DryRun()
    head = [str(cell).strip() for cell in lines[0]] if lines else []
    targets = {target.order: target for target in plan_promises(actor, plan)}
    places: dict[int, Target] = {}
    for n, words in enumerate(head):
        numbered = _HEAD.match(words)
        asked = targets.get(int(numbered[1])) if numbered else None
        first = next((place for place, target in places.items() if target is asked), None)
        if first is not None:
            told = _("第 %(n)s 列“%(words)s”：和第 %(first)s 列是同一条承诺，只读了第 %(first)s 列。")
            found.problems.append(told % {"n": n + 1, "words": words, "first": first + 1})
        elif asked is not None:
            places[n] = asked
        elif numbered:
            found.problems.append(_("第 %(n)s 列“%(words)s”：方案里没有这个序号的承诺。") % {"n": n + 1, "words": words})
    code_at = next((n for n, words in enumerate(head) if meant(words, _CODE_HEAD)), None)
    name_at = next((n for n, words in enumerate(head) if meant(words, *_UNIT_HEADS)), None)
    if not places or (code_at is None and name_at is None):
        found.problems.append(_("没有认出表头：第一行要有“单位”或“单位代码”，和带序号的承诺。请先导出一份，在上面填。"))
        return found
    found.problems += _unknown(head, lines[1:], {*places, code_at, name_at})
    seen = members(rows("coverage.see", actor).filter(area__path__startswith=plan.area.path))
    may = set(rows("coverage.state", actor).filter(pk__in=[m.key for m in seen]).values_list("pk", flat=True))
    known = _Known(seen)
    standing = cells(marks_of(actor, plan))
    choices = {target.pk: choice_of(target) for target in places.values()}
    done: set[tuple[int, int]] = set()
    for number, line in enumerate(lines[1:], 2):
        member, why = known.meant(_at(line, code_at), _at(line, name_at))
        if member is None:
            if why:
                found.problems.append(_("第 %(row)s 行：%(why)s") % {"row": number, "why": why})
            continue
        for n, target in places.items():
            written = _plain(_at(line, n))
            if written in _NOTHING or written in returned_words():
                continue
            written = meant(written, NOT_APPLICABLE) or written
            where = _("第 %(row)s 行“%(unit)s”、“%(promise)s”") % {"row": number, "unit": member.unit, "promise": target.metric}
            if written not in _WRITTEN:
                found.problems.append(_("%(where)s：“%(words)s”不是√、×或不适用。") % {"where": where, "words": written})
                continue
            if (target.pk, member.key) in done:
                found.problems.append(_("%(where)s：这个单位在表里出现了两次，只看第一次。") % {"where": where})
                continue
            done.add((target.pk, member.key))
            cell = standing.get((target.pk, member.key))
            if cell is not None and cell.word == _WRITTEN[written] and not cell.refused:
                found.same += 1
                continue
            code = WAITING if cell is None else cell.code
            why_not = ""
            if not choices[target.pk].has(member):
                why_not = _("不在这条承诺的范围内")
            elif member.key not in may:
                why_not = _("不在您可以填写的范围内")
            elif code in ("v", "o"):
                why_not = _("已核验，改动请在矩阵里点开这一格写明原因")
            change = Change(target, member, glyph(code), _WRITTEN[written], cell.key if cell else 0, why_not)
            (found.refused if why_not else found.changes).append(change)
    if len(found.changes) > MOST:
        found.problems.append(_("改动超过 %(most)s 格，请分几次导入。") % {"most": MOST})
    return found


def _unknown(head: Sequence[str], lines: Sequence[Sequence[Any]], known: Container[int | None]) -> Iterator[str]:
    """Each column that bears words of cells and no promise's number at its head: it is told, not passed over."""
    for n, words in enumerate(head):
        if n not in known and not _HEAD.match(words) and any(_plain(_at(line, n)) in _WRITTEN for line in lines):
            yield _("第 %(n)s 列“%(words)s”：没有认出是哪条承诺，这一列没有读入。表头请照导出的写，例如“%(like)s”。") % {
                "n": n + 1,
                "words": words,
                "like": next((other for other in head if _HEAD.match(other)), ""),
            }


class _Known:
    """Units by code, and by name where only one has it."""

    def __init__(self, seen: Sequence[Member]) -> None:
        self.codes = {m.unit.code: m for m in seen}
        self.names: dict[str, list[Member]] = {}
        for m in seen:
            for name in {m.unit.name, m.unit.short_name} - {""}:
                self.names.setdefault(name, []).append(m)

    def meant(self, code: str, name: str) -> tuple[Member | None, str]:
        if code:
            return self.codes.get(code), "" if code in self.codes else _("没有代码为“%(code)s”的单位，或不在您可见的范围。") % {
                "code": code
            }
        if not name:
            return None, ""
        meant = self.names.get(name, [])
        if len(meant) == 1:
            return meant[0], ""
        return None, _("“%(name)s”没有找到，或有几个单位叫这个名字：请填单位代码。") % {"name": name}


def _at(line: Sequence[Any], place: int | None) -> str:
    if place is None or place >= len(line):
        return ""
    value = line[place]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _plain(words: str) -> str:
    return re.sub(r"[()（）]", "", unmarked(words)).strip().casefold()


def apply(actor: Actor, plan: Plan, packed: Sequence[str], note: str) -> Many:
    """Writes the confirmed changes, promise by promise. A cell that was changed since the dry run is left and told."""
    wishes: dict[int, list[Wish]] = {}
    own = {target.pk for target in plan_promises(actor, plan)}
    for each in packed[:MOST]:
        parts = each.split(":")
        if len(parts) == 4 and parts[0].isdecimal() and int(parts[0]) in own and parts[1].isdecimal() and parts[3].isdecimal():
            wishes.setdefault(int(parts[0]), []).append(Wish(int(parts[1]), parts[2], int(parts[3])))
    done = 0
    left: list[tuple[str, str]] = []
    for target, its in wishes.items():
        many = state_many(actor, target, its, note=note, verb="coverage.import")
        done, left = done + many.done, [*left, *many.left]
    return Many(done, tuple(left))
