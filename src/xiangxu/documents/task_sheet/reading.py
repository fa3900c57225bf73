"""Reads a table of tasks that came back from an office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from xiangxu.documents.paper import TaskLine
from xiangxu.documents.task_sheet.cell_text import as_written, same, shown
from xiangxu.documents.task_sheet.columns import TITLES, fields_of
from xiangxu.documents.task_sheet.comparing import TEXTS, Change, ChangeKind, Row, added, compared, strangers
from xiangxu.documents.task_sheet.opening import NoTaskSheet, Opened, opened
from xiangxu.documents.task_sheet.originals import Originals
from xiangxu.documents.task_sheet.writing import FIRST_ROW
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# By what a row without its key is known again: all of these say what they said, and no other line says the same.
_SAME_TASK = ("no", "name", "measure")
_FILLED_IN = ("leader", "office", "contact")


@dataclass(frozen=True, slots=True)
class TasksRead:
    """A table as it came back: the tasks in its order, and everything that is not as it went out, in the order of the rows.

    Lines that are gone come last. `plan` and `title` are those of the plan; empty where the hidden sheet is gone.
    """

    plan: str
    title: str
    tasks: tuple[TaskLine, ...]
    changes: tuple[Change, ...]


def read_tasks_xlsx(data: bytes, name: str = "任务清单.xlsx") -> TasksRead:
    """The tasks of a workbook that `tasks_xlsx` wrote and people edited since. `name` is the file's, for messages.

    Columns may stand in another order, be renamed to what offices call them, be missing (their values stay) or be new; rows may
    be sorted, inserted, copied, removed. Refuses, with `NoTaskSheet`, what is no such table. Nothing is guessed: a date that
    cannot be read stays as it was, and the message says so.
    """
    table = opened(data, name)
    before = table.originals or Originals()
    rows, remarks = _rows(table, before, name)
    origin = _origins(rows, before)
    known = frozenset(unit for line in before.lines for unit in (*line.units, *line.participants))
    tasks: list[TaskLine] = []
    changes = [*remarks]
    for row in rows:
        line = origin.get(row.number)
        if line is not None and not row.is_task and _says_something(line):
            message = Reason(_("第 %(row)s 行：任务的内容都清空了，按删除处理；要保留请填回“任务”。"), row=row.number)
            changes.append(Change(ChangeKind.REMOVED, message, row.number, key=line.key, before=line.name))
            continue
        task, found = compared(row, line, known) if line else added(row, _own_key(row, table, tasks), known)
        changes += [*_copied(row, line, origin), *found]
        changes += strangers(row, task, known) if found else []
        tasks.append(task)
    changes.sort(key=lambda change: change.row or 0)
    return TasksRead(before.plan, before.title, tuple(tasks), (*changes, *_removed(before, origin)))


def _says_something(line: TaskLine) -> bool:
    return any(shown(line, field).strip() for field in TEXTS)


def _rows(table: Opened, before: Originals, name: str) -> tuple[list[Row], list[Change]]:
    extra = [head for line in before.lines for head, _ in line.others]
    fields = fields_of(table.header, extra)
    letters = {field: get_column_letter(position + 1) for position, field in fields.items()}
    remarks = [*_lost(table, before, fields.values())]
    rows = []
    for number, texts in table.rows:
        row = Row(number, {field: as_written(field, texts[position]) for position, field in fields.items()}, letters)
        if row.is_task or row.key in {line.key for line in before.lines if line.key}:
            rows.append(row)
        else:
            said = " ".join(text.strip() for text in texts if text.strip())[:40]
            message = Reason(_("第 %(row)s 行没有任务、措施和目标，不是任务，没有读入：“%(said)s”。"), row=number, said=said)
            remarks.append(Change(ChangeKind.DOUBTFUL, message, number))
    if not rows and not before.lines:
        raise NoTaskSheet(Reason(_("“%(name)s”的表头下面没有任务。请在表头下面逐行填写任务，再试一次。"), name=name))
    return rows, remarks


def _own_key(row: Row, table: Opened, tasks: list[TaskLine]) -> str:
    """The key of a row that is none of those that went out: none; where the hidden sheet is gone the one that it bears."""
    gone = table.originals is None
    return row.key if gone and row.key not in {task.key for task in tasks} else ""


def _lost(table: Opened, before: Originals, fields: Iterable[str]) -> Iterable[Change]:
    """What the workbook itself lacks: the hidden sheet or parts of it, columns."""
    if table.originals is None:
        yield Change(
            ChangeKind.DOUBTFUL,
            Reason(
                _(
                    "隐藏的“键值（勿改）”表不在了，说不出哪些内容改过，各行都按新任务读入。最好在导出的原文件里改，不要把表格复制到新文件。"
                )
            ),
        )
        return
    for number in before.spoiled:
        yield Change(
            ChangeKind.DOUBTFUL, Reason(_("隐藏的“键值（勿改）”表第 %(row)s 行被改坏了，对应的任务按新任务读入。"), row=number)
        )
    present = set(fields)
    # What the office fills in itself is asked for also while it is empty: a column of that name which was renamed would be lost unsaid.
    used = [field for field in TITLES if field in _FILLED_IN or any(shown(line, field) for line in before.lines)]
    used += dict.fromkeys(f"others:{head}" for line in before.lines for head, _ in line.others)
    for field in used:
        if field not in present:
            title = TITLES.get(field, field.removeprefix("others:"))
            message = Reason(_("没有“%(title)s”这一列了，各行照原来的内容读入；要清空请保留这一列，把格子清空。"), title=title)
            yield Change(ChangeKind.DOUBTFUL, message, column=title)


def _origins(rows: list[Row], before: Originals) -> dict[int, TaskLine]:
    """Of each row the line that went out. Of rows that bear one key the one that changed least is the task, the rest are copies."""
    lines = {line.key: line for line in before.lines if line.key}
    bearing: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.key in lines:
            bearing[row.key].append(row)
    found = {}
    for key, claimants in bearing.items():
        nearest = min(claimants, key=lambda row: (len(compared(row, lines[key])[1]), row.number))
        found[nearest.number] = lines[key]
    taken = {line.key for line in found.values()}
    free = [line for line in before.lines if line.key not in taken]
    for row in rows:
        if not row.key:
            same_task = [line for line in free if _is(row, line)]
            if len(same_task) == 1:
                found[row.number] = same_task[0]
                free.remove(same_task[0])
    return found


def _is(row: Row, line: TaskLine) -> bool:
    return all(same(row.texts.get(field, ""), shown(line, field)) for field in _SAME_TASK)


def _copied(row: Row, line: TaskLine | None, origin: dict[int, TaskLine]) -> Iterable[Change]:
    if line is not None or not row.key:
        return
    first = next((number for number, other in origin.items() if other.key == row.key), None)
    if first is not None:
        message = Reason(
            _("第 %(row)s 行与第 %(first)s 行带同一个任务标识，像是复制来的，按新增任务读入。"), row=row.number, first=first
        )
        yield Change(ChangeKind.DOUBTFUL, message, row.number, key=row.key)


def _removed(before: Originals, origin: dict[int, TaskLine]) -> Iterable[Change]:
    kept = {line.key for line in origin.values()}
    for number, line in enumerate(before.lines, FIRST_ROW):
        if line.key not in kept:
            message = Reason(
                _("原第 %(row)s 行的任务“%(name)s”（标识 %(key)s）不在表里了。"), row=number, name=line.name[:40], key=line.key
            )
            yield Change(ChangeKind.REMOVED, message, number, key=line.key, before=line.name)
