"""A row that came back against the line that went out: the line as it now is, and every change in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from xiangxu.documents.dues import UnreadDue, due_of_words
from xiangxu.documents.paper import TaskLine
from xiangxu.documents.task_sheet.cell_text import leads_of, same, shown, units_of
from xiangxu.documents.task_sheet.columns import TITLES
from xiangxu.documents.texts import one_line_end
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

_EXCERPT = 40
# A row in which none of these says anything is no task.
TEXTS = ("name", "measure", "goal")


class ChangeKind(StrEnum):
    """What came back otherwise than it went out; `doubtful`: a person must look, nothing was taken over."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with its place. `row` counts from 1 (of a removed line: where it stood); `column` is the column's title."""

    kind: ChangeKind
    message: str
    row: int | None = None
    column: str | None = None
    key: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that came back: its number, and the text of each field that has a column; `letters`: the columns' letters."""

    number: int
    texts: Mapping[str, str]
    letters: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key in its hidden column; empty in a row that a clerk inserted."""
        return self.texts.get("key", "").strip()

    @property
    def is_task(self) -> bool:
        """A row without name, measure and goal is a note or a foot."""
        return any(self.texts.get(field, "").strip() for field in TEXTS)

    def place(self, field: str) -> Reason:
        """The cell of a field, as messages name it: 第 7 行“时限”（F 列）."""
        kind = _("第 %(row)s 行“%(title)s”（%(letter)s 列）")
        return Reason(kind, row=self.number, title=title_of(field), letter=self.letters[field])


def title_of(field: str) -> str:
    """The title of a field's column."""
    return field.removeprefix("others:") if field.startswith("others:") else TITLES[field]


def compared(row: Row, before: TaskLine, known: Collection[str] = ()) -> tuple[TaskLine, list[Change]]:
    """The line that a row now tells. A cell that says what it said keeps its exact value; a column that is gone does too.

    `known`: the units that stand in the table that went out.
    """
    line, changes = before, []
    for field, text in row.texts.items():
        was = shown(before, field) if field != "key" else text
        if same(text, was):
            continue
        try:
            line = _with(line, field, text, known)
        except UnreadDue:
            changes.append(_unread(row, text, before.key, Reason(_("先照原来的%(was)s读入"), was=_said(was))))
            continue
        message = Reason(_("%(place)s：原为%(was)s，现为%(now)s。"), place=row.place(field), was=_said(was), now=_said(text))
        changes.append(Change(ChangeKind.CHANGED, message, row.number, title_of(field), before.key, was, text.strip()))
    return line, changes


def added(row: Row, key: str = "", known: Collection[str] = ()) -> tuple[TaskLine, list[Change]]:
    """The line of a row that is none of those that went out."""
    line = TaskLine(key, "", "")
    doubts: list[Change] = []
    for field, text in row.texts.items():
        if field == "key" or not text.strip():
            continue
        try:
            line = _with(line, field, text, known)
        except UnreadDue:
            doubts.append(_unread(row, text, key, Reason(_("时限先空着"))))
    said = _said(line.name or line.measure or line.goal or "")
    message = Reason(_("第 %(row)s 行：新增任务%(said)s。"), row=row.number, said=said)
    return line, [Change(ChangeKind.ADDED, message, row.number, key=key, after=line.name), *doubts]


def _with(line: TaskLine, field: str, text: str, known: Collection[str]) -> TaskLine:
    """The line with what a clerk wrote into one cell."""
    written = one_line_end(text.replace("_x000D_", "")).strip()
    match field:
        case "due":
            return replace(line, due=due_of_words(written))
        case "lead":
            lead, proposed = leads_of(written, known)
            return replace(line, lead=lead, proposed=proposed)
        case "participants":
            return replace(line, participants=units_of(written, known))
        case "no":
            return replace(line, no=written)
        case "name":
            return replace(line, name=written)
        case "group":
            return replace(line, group=written or None)
        case "measure":
            return replace(line, measure=written or None)
        case "goal":
            return replace(line, goal=written or None)
        case "leader":
            return replace(line, leader=written or None)
        case "office":
            return replace(line, office=written or None)
        case "contact":
            return replace(line, contact=written or None)
        case "progress":
            return replace(line, progress=written or None)
    head = field.removeprefix("others:")
    others = {**dict(line.others), head: written}
    return replace(line, others=tuple((name, said) for name, said in others.items() if said))


def _unread(row: Row, text: str, key: str, meanwhile: Reason) -> Change:
    message = Reason(
        _("%(place)s：%(said)s读不成时限；%(meanwhile)s。请写成 2026年、2026年底、2026年6月底、2026年6月30日或常抓不懈。"),
        place=row.place("due"),
        said=_said(text),
        meanwhile=meanwhile,
    )
    return Change(ChangeKind.DOUBTFUL, message, row.number, TITLES["due"], key, after=text.strip())


def _said(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain[:_EXCERPT]}{'…' if len(plain) > _EXCERPT else ''}”" if plain else Reason(_("空白"))


def strangers(row: Row, line: TaskLine, known: Collection[str]) -> list[Change]:
    """Units that stand nowhere in the table that went out: a new owner, or a slip of the pen."""
    found = []
    for field, units in (("lead", line.units), ("participants", line.participants)):
        for unit in units:
            if known and unit not in known and field in row.texts:
                message = Reason(
                    _("%(place)s：单位“%(unit)s”在原来的清单里没有出现过，请核对名称。"), place=row.place(field), unit=unit
                )
                found.append(Change(ChangeKind.DOUBTFUL, message, row.number, title_of(field), line.key, after=unit))
    return found
