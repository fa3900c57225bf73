"""The office's table of tasks as an Excel workbook, and reading back what a clerk made of it.

The visible sheet is the table that offices use. A hidden column carries each row's key, so that rows may be sorted, moved and
removed; a hidden sheet carries the exact values, so that what nobody touched comes back exactly as it went out.
"""

from xiangxu.documents.task_sheet.comparing import Change, ChangeKind
from xiangxu.documents.task_sheet.opening import NoTaskSheet
from xiangxu.documents.task_sheet.reading import TasksRead, read_tasks_xlsx
from xiangxu.documents.task_sheet.writing import tasks_xlsx

__all__ = ["Change", "ChangeKind", "NoTaskSheet", "TasksRead", "read_tasks_xlsx", "tasks_xlsx"]
