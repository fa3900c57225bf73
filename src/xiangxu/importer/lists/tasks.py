"""From the rows of a task list to tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xiangxu.importer.dates import Reckoning, find_deadlines, latest, read_due
from xiangxu.importer.departments import cell_owners, split_names
from xiangxu.importer.layout.shapes import NUMBERED
from xiangxu.importer.lists.fields import Fields
from xiangxu.importer.lists.grid import Row
from xiangxu.importer.lists.header import Column
from xiangxu.importer.lists.reading import TaskRow
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Covered
from xiangxu.model.place import Doubt

NOTHING = Passage("", ())
_OPEN_END = re.compile(r"[^。！？；;.!?]$")
# What a clerk writes into a cell that stays empty.
_BLANK = re.compile(r"[-—－–/／\\无]*")
_GROUP_LENGTH = 50


@dataclass
class Draft:
    """A task in the making: the cells of its own row, each with what continues it after a page break."""

    row: Row
    cells: list[Passage]
    group: Passage = NOTHING
    guessed: bool = False
    carried: set[int] = field(default_factory=set)


@dataclass
class Drafts:
    """The tasks of a list so far, over all tables that it goes on in, and the group under which the next rows stand."""

    found: list[Draft] = field(default_factory=list)
    group: Passage = NOTHING


def draft_tasks(rows: Sequence[Row], width: int, fields: Fields, drafts: Drafts) -> None:
    """Adds a run of rows to the drafts of their list: group rows, rests of cut rows and merged cells are resolved."""
    for row in rows:
        if row.is_total or row.is_note:
            continue
        if (title := row.across) and _is_group(title):
            drafts.group = title
            continue
        draft = Draft(row, [row.text(c) for c in range(width)], drafts.group)
        above = drafts.found[-1] if drafts.found else None
        if above is not None and _continues(draft, above, fields):
            _join(above, draft)
            continue
        if above is not None:
            _carry_down(draft, above, fields)
        if any(draft.cells[c] for c in fields.texts):
            drafts.found.append(draft)


def tasks_of(drafts: Drafts, columns: Sequence[Column], fields: Fields, reckoning: Reckoning) -> list[TaskRow]:
    """The tasks of a list, when all of its rows are known."""
    return [_task(draft, k, columns, fields, reckoning) for k, draft in enumerate(drafts.found, 1)]


def _is_group(title: Passage) -> bool:
    """Whether a row of one cell names the rows below it, rather than being the rest of a cell."""
    text = title.squeezed().text
    return len(text) <= _GROUP_LENGTH and (NUMBERED.match(text) is not None or text[-1] not in "。；，、;,")


def _continues(draft: Draft, above: Draft, fields: Fields) -> bool:
    """Whether a row is the rest of the row above, which a page break cut in two.

    It has no text of a task at all; or it stands at the break without a number or name, and the text above is unfinished.
    """
    row = draft.row
    if any(row.covered(c) is Covered.BY_ABOVE for c in fields.texts):
        return False
    if not any(draft.cells[c] for c in fields.texts):
        return fields.no is None or not draft.cells[fields.no]
    leading = [*fields.names, *([] if fields.no is None else [fields.no])]
    if not row.boundary or any(draft.cells[c] for c in leading):
        return False
    texts = [c for c in (*fields.measure, *fields.goal) if draft.cells[c]]
    return bool(texts) and all(above.cells[c] and _OPEN_END.search(above.cells[c].text.rstrip()) for c in texts)


def _join(above: Draft, rest: Draft) -> None:
    above.guessed = True
    for c, cell in enumerate(rest.cells):
        if cell:
            above.cells[c] = Passage.join([p for p in (above.cells[c], cell) if p], "\n")


def _carry_down(draft: Draft, above: Draft, fields: Fields) -> None:
    """Fills what a merged cell covers. An empty cell that is not marked as merged counts as merged only where lists merge
    cells: a name, which many a typist leaves open instead of merging; without lines also the number, and in a row that has
    neither of its own also date, owner and texts."""
    row = draft.row
    for c in range(len(draft.cells)):
        if row.covered(c) is Covered.BY_ABOVE:
            _take(draft, above, c)
    own_names = [c for c in fields.names if draft.cells[c]]
    same_group = draft.group.text == above.group.text
    if row.ruled and not row.boundary:
        if fields.names and not draft.cells[fields.names[0]] and same_group:
            _take(draft, above, fields.names[0])
            draft.guessed = draft.guessed or fields.names[0] in draft.carried
        return
    own_no = fields.no is not None and bool(draft.cells[fields.no])
    for k, c in enumerate(fields.names):
        outer_is_new = any(n in own_names for n in fields.names[:k])
        # With one column of names every number is a task of its own; a name left open beside it is merged all the same.
        if not draft.cells[c] and not outer_is_new and same_group:
            _take(draft, above, c)
    if own_names or own_no or not same_group:
        if fields.no is not None and not own_no and fields.names and fields.names[-1] not in own_names:
            _take(draft, above, fields.no)
        return
    if fields.no is not None:
        _take(draft, above, fields.no)
    dated = fields.due is not None and not draft.cells[fields.due]
    unowned = not any(draft.cells[c] for c in fields.lead)
    if fields.due is not None and dated:
        _take(draft, above, fields.due)
    if unowned:
        for c in (*fields.lead, *fields.participants):
            _take(draft, above, c)
    for own, other in ((fields.goal, fields.measure), (fields.measure, fields.goal)):
        if any(draft.cells[c] for c in other) and not any(draft.cells[c] for c in own):
            for c in own:
                _take(draft, above, c)
    draft.guessed = draft.guessed or dated or unowned


def _take(draft: Draft, above: Draft, column: int) -> None:
    if not draft.cells[column] and above.cells[column]:
        draft.cells[column] = above.cells[column]
        draft.carried.add(column)


def _task(draft: Draft, ordinal: int, columns: Sequence[Column], fields: Fields, reckoning: Reckoning) -> TaskRow:
    names = [draft.cells[c] for c in fields.names]
    if draft.group:
        names = [draft.group, *names][-2:] if len(names) < 2 else names
    found_no, plain = "", []
    for name in names:
        number, rest = _numbered(name)
        found_no = number or found_no
        plain.append(rest)
    project = plain[0] if plain else None
    action = plain[1] if len(plain) > 1 else None
    goal = _texts(draft, fields.goal, columns)
    measure = _texts(draft, fields.measure, columns)
    printed_no = draft.cells[fields.no].squeezed().text.strip(".．、") if fields.no is not None else ""
    lead, participants = _units(draft, fields)
    due_text = draft.cells[fields.due] if fields.due is not None else NOTHING
    due, unread = _due(due_text, fields.due is not None, goal or measure, project, reckoning)
    doubts = [d for cell in draft.row.cells for d in cell.doubts]
    if draft.guessed:
        doubts.append(Doubt.CELL_GUESSED)
    if unread:
        doubts.append(Doubt.DATE_UNREAD)
    own = [p for c, p in enumerate(draft.cells) if p and c not in draft.carried]
    others = {columns[c].name or f"第{c + 1}列": draft.cells[c].squeezed() for c in fields.others if draft.cells[c]}
    if draft.group and len(fields.names) > 1:
        others["分组"] = draft.group.squeezed()
    return TaskRow(
        table=draft.row.table,
        row=draft.row.index,
        no=printed_no or found_no or str(ordinal),
        project=project or None,
        action=action or None,
        goal=goal,
        measure=measure,
        due_text=due_text.squeezed() or None,
        due=due,
        lead=lead,
        participants=participants,
        undivided=fields.undivided and bool(lead) and not participants,
        others=others,
        span=(min((p.start for p in own), default=0), max((p.end for p in own), default=0)),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _numbered(name: Passage) -> tuple[str, Passage]:
    """The number in front of a name, and the name without it and without a full stop."""
    squeezed = name.squeezed()
    number = ""
    if match := NUMBERED.match(squeezed.text):
        number, squeezed = match["no"], squeezed[match.end() :]
    if squeezed.text.endswith(("。", "．")):
        squeezed = squeezed[: len(squeezed) - 1]
    return number, squeezed


def _texts(draft: Draft, columns: Sequence[int], all_columns: Sequence[Column]) -> Passage | None:
    """The text of one column, or of several one after another; a year that names its column goes before the text."""
    parts = []
    for c in columns:
        cell = draft.cells[c].squeezed()
        if not cell or _BLANK.fullmatch(cell.text):
            continue
        if len(columns) > 1 and (year := re.search(r"20\d\d年", all_columns[c].name)):
            cell = Passage.printed(f"{year.group()}：", cell.start) + cell
        parts.append(cell)
    return Passage.join(parts) if parts else None


def _units(draft: Draft, fields: Fields) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The names that lead and those that take part; a cell may divide its names itself (牵头单位：…；配合单位：…)."""
    leading = [cell_owners(draft.cells[c]) for c in fields.lead]
    lead = _once([n for owners in leading for n in owners.lead], [])
    helping = [n for c in fields.participants for n in split_names(draft.cells[c])]
    return lead, _once([*(n for owners in leading for n in owners.participants), *helping], lead)


def _once(names: Sequence[Passage], but: Sequence[Passage]) -> tuple[Passage, ...]:
    first = {n.text: n for n in reversed(names)}
    known = {n.text for n in but}
    return tuple(n for n in names if first[n.text] is n and n.text not in known)


def _due(
    text: Passage, dated: bool, told: Passage | None, project: Passage | None, reckoning: Reckoning
) -> tuple[str | None, bool]:
    """The due date of a row, and whether a date was printed that could not be read."""
    if dated:
        squeezed = text.squeezed().text
        due = read_due(squeezed, reckoning)
        return due, due is None and not _BLANK.fullmatch(squeezed)
    for passage in (told, project):
        if passage and (due := latest(find_deadlines(passage.text, reckoning, in_title=passage is project))):
            return due, False
    return None, False
