"""What goes out of the system as a file: a plan's tasks as Excel, its deadlines as a calendar, the whole as Markdown.

Every output is made from a `PlanPaper`, which is the same for a document that was read and for a pack. The same paper always
gives the same bytes.
"""

from xiangxu.documents.deadlines import deadlines_ics
from xiangxu.documents.from_pack import pack_exchange, paper_of_pack
from xiangxu.documents.from_reading import paper_of_reading
from xiangxu.documents.markdown import plan_markdown
from xiangxu.documents.paper import PlanPaper, PromiseLine, TaskLine
from xiangxu.documents.task_sheet import Change, NoTaskSheet, TasksRead, read_tasks_xlsx, tasks_xlsx

__all__ = [
    "Change",
    "NoTaskSheet",
    "PlanPaper",
    "PromiseLine",
    "TaskLine",
    "TasksRead",
    "deadlines_ics",
    "pack_exchange",
    "paper_of_pack",
    "paper_of_reading",
    "plan_markdown",
    "read_tasks_xlsx",
    "tasks_xlsx",
]
