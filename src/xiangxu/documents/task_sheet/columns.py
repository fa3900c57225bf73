"""The columns of the office's table: their fields, titles, widths, and other names that clerks give them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiangxu.documents.paper import TaskLine
from xiangxu.documents.task_sheet.cell_text import cell_text
from xiangxu.model.reason import Bilingual


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field of `TaskLine` that it holds, its title, its width in characters, further names that mean it.

    A table goes out with titles in one language and is read back with those of either.
    """

    field: str
    title: str
    width: float
    names: tuple[str, ...] = ()


# Other names are those under which offices keep the very same column; a column of another meaning (分管领导 beside 责任领导,
# 完成情况 beside 进展) is no such name: it stays a column of its own.
COLUMNS = (
    Column("no", Bilingual("序号", "No."), 5, ("编号", "项次")),
    Column("group", Bilingual("类别", "Category"), 14, ("项目类别", "任务类别")),
    Column("name", Bilingual("任务", "Task"), 22, ("任务名称", "工作任务", "项目", "项目名称", "重点任务")),
    Column("measure", Bilingual("措施", "Measures"), 46, ("工作措施", "具体措施", "内容措施", "主要措施")),
    Column("goal", Bilingual("目标", "Aim"), 30, ("工作目标", "目标成果", "目标任务")),
    Column("due", Bilingual("时限", "Deadline"), 12, ("完成时限", "完成时间", "时间节点", "办理时限")),
    Column("lead", Bilingual("牵头", "Lead"), 14, ("牵头单位", "责任单位", "牵头部门")),
    Column("participants", Bilingual("配合", "Taking part"), 16, ("配合单位", "参与单位", "配合部门", "协办单位")),
    Column("leader", Bilingual("责任领导", "Leader in charge"), 9),
    Column("office", Bilingual("责任科室", "Office in charge"), 10, ("责任股室", "责任处室")),
    Column("contact", Bilingual("联系人", "Contact"), 10, ("联络人",)),
    Column("progress", Bilingual("进展", "Progress"), 18, ("工作进展", "进展情况")),
)
TITLES = {column.field: column.title for column in COLUMNS}
# The columns that documents leave to the office: what a list prints under exactly their title goes there.
FREE = ("leader", "office", "contact", "progress")
EXTRA_WIDTH = 14

# The hidden column with the keys.
KEY_TITLE = Bilingual("任务标识（勿改）", "Task key (do not change)")
# A further column that is no document's: the site keeps it.
PHONE = Bilingual("联系电话", "Telephone")


def columns_for(lines: Iterable[TaskLine]) -> tuple[Column, ...]:
    """The columns that these lines need: 类别 only where a list has two names, and further columns behind 进展."""
    lines = tuple(lines)
    extra = dict.fromkeys(head for line in lines for head, _ in line.others)
    own = [column for column in COLUMNS if column.field != "group" or any(line.group for line in lines)]
    return (*own, *(Column(f"others:{head}", PHONE if head == PHONE else head, EXTRA_WIDTH) for head in extra))


def fields_of(header: Sequence[str], extra: Iterable[str]) -> dict[int, str]:
    """What each column of a header holds, by its position; of two that mean the same the first, the other stays by its name.

    `extra` are the further columns that the table had when it went out.

    >>> fields_of(["牵头单位", "任务", "备注", "任务标识（勿改）"], ())
    {0: 'lead', 1: 'name', 2: 'others:备注', 3: 'key'}
    >>> fields_of(["Lead", "Task", "Telephone"], ())
    {0: 'lead', 1: 'name', 2: 'others:联系电话'}
    """
    heads = {cell_text(head): f"others:{head}" for head in extra}
    own = [*((column.title, column.field) for column in COLUMNS), (KEY_TITLE, "key"), (PHONE, f"others:{PHONE}")]
    titles = {word: field for title, field in own for word in _either(title)} | heads
    names = {name: column.field for column in COLUMNS for name in column.names}
    found: dict[int, str] = {}
    # A title just as it went out goes before one that is only like it, and that before another name.
    for meant, plain in ((titles, str), (titles, _plain), (names, _plain)):
        known = {plain(title): field for title, field in meant.items()}
        for position, title in enumerate(header):
            field = known.get(plain(title))
            if field and position not in found and field not in found.values():
                found[position] = field
    for position, title in enumerate(header):
        if title.strip() and position not in found:
            found[position] = f"others:{title.strip()}"
    return dict(sorted(found.items()))


def _either(title: str) -> tuple[str, ...]:
    """A title in each of its languages."""
    return (title, title.english) if isinstance(title, Bilingual) and title.english else (title,)


def is_header(texts: Sequence[str]) -> bool:
    """Whether a row is the header: it names the tasks and at least two more of our columns.

    >>> is_header(["序号", "任务", "完成时限", "备注"]), is_header(["1", "任务一", "措施", "目标"])
    (True, False)
    """
    fields = [field for field in fields_of(texts, ()).values() if not field.startswith("others:")]
    return "name" in fields and len(fields) >= 3


def _plain(title: str) -> str:
    """A title without white space, full-width forms and what stands in brackets at its end."""
    folded = "".join(unicodedata.normalize("NFKC", title).split())
    return re.sub(r"\([^()]*\)$", "", folded) or folded
