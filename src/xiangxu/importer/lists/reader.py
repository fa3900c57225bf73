"""Decides of every table what it is, and reads it: a task list, an indicator table, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from xiangxu.importer.clause import Context
from xiangxu.importer.dates import Reckoning
from xiangxu.importer.layout.column_names import Role, role_of
from xiangxu.importer.lists.fields import Fields, fields_of
from xiangxu.importer.lists.grid import Row, rows_of, width_of
from xiangxu.importer.lists.header import Column, Header, columns_of, contradicts, find_header, row_key
from xiangxu.importer.lists.indicators import Locate, Stand, Values, indicators_of, values_of
from xiangxu.importer.lists.profile import TEXTS, UNITS, Profile
from xiangxu.importer.lists.reading import CaptionedTable, ListReading, TaskRow
from xiangxu.importer.lists.tasks import Drafts, draft_tasks, tasks_of
from xiangxu.importer.outline.headings import ordinal_of
from xiangxu.importer.passage import Passage
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import Promise, Remark
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# A caption or heading that announces work to be done, and one that announces something else.
_ANNOUNCES = re.compile(r"任务|项目|工程|行动|举措|措施|分工|责任清单|重点工作|工作清单|工作台账|计划表|推进表|改革事项|实事")
_DENIES = re.compile(
    r"名单|通讯录|联系表|联络表|课程表|课表|日程|议程|值班|评分|考核(?:细则|标准|指标|评分)|评价(?:表|标准|细则|指标)|统计表|基本情况|"
    r"名额|汇总表|登记表|申报表|申请表|报名表|回执|花名册|配备标准|自查表|督导评估指标|情况表"
)
_PROMISES = re.compile(r"指标|目标")
_TABLE_NO = re.compile(r"^\s*(?:附?表|专栏)\s*(\d{1,2}|[一二三四五六七八九十])")
_YEAR = re.compile(r"(20\d\d)\s*年")


@dataclass
class _List:
    """A list that a later table may continue."""

    columns: tuple[Column, ...]
    doubts: tuple[Doubt, ...]
    header: Header | None
    fields: Fields
    reckoning: Reckoning
    values: Values | None = None
    drafts: Drafts = field(default_factory=Drafts)
    stand: Stand = field(default_factory=Stand)
    where: str = ""


def span_of(passage: Passage) -> Place:
    """The place of a passage where nobody knows lines and pages."""
    return Place(passage.start, passage.end, line=0)


def read_lists(tables: Sequence[CaptionedTable], context: Context, locate: Locate = span_of) -> ListReading:
    """The tasks and indicators of the tables of a document, in order.

    A table without a header of its own that has the columns of the list just before it, and no caption, goes on with it; so
    does one that repeats its header. Refused: rosters, timetables, score sheets, statistics. They are listed with the reason.
    """
    lists: list[_List] = []
    promises: list[tuple[Promise, str | None]] = []
    remarks: list[Remark] = []
    current: _List | None = None
    for number, captioned in enumerate(_with_their_rows(tables)):
        body = rows_of(captioned.table, number)
        if not body:
            continue
        header = find_header(body)
        if current is not None and _goes_on(current, header, body, captioned):
            body = _mark_boundary(body[header.end if header else 0 :])
        else:
            found = _begin(captioned, header, body, context, len({p.where for p, _ in promises}))
            if isinstance(found, Reason):
                first = next((cell.text for row in captioned.table.rows for cell in row if cell.text), None)
                message = Reason(_("第%(number)s个表：%(found)s"), number=number + 1, found=found)
                remarks.append(Remark(Doubt.TABLE_SKIPPED, message, locate(first) if first else None))
                current = None
                continue
            current = found
            lists.append(current)
            body = body[header.end if header else 0 :]
        body = [_fitted(row, current.columns) for row in _without_headers(body, current.header, captioned.caption)]
        if current.values is not None:
            promises += indicators_of(body, current.columns, current.values, current.where, locate, current.stand)
        else:
            draft_tasks(body, len(current.columns), current.fields, current.drafts)
    rows = [_doubted(row, one, tables) for one in lists for row in tasks_of(one.drafts, one.columns, one.fields, one.reckoning)]
    return ListReading(tuple(rows), tuple(p for p, _ in promises), tuple(nature for _, nature in promises), tuple(remarks))


def _with_their_rows(tables: Sequence[CaptionedTable]) -> list[CaptionedTable]:
    """The tables, with a header that a page break cut off from all its rows put on top of them.

    The list of tables keeps its length: in the place of the lonely header an empty table is left.
    """
    found = list(tables)
    for k in range(len(found) - 1):
        body, below = rows_of(found[k].table, k), rows_of(found[k + 1].table, k + 1)
        header = find_header(body)
        alone = header is not None and header.end == len(body)
        if alone and below and not found[k + 1].caption and find_header(below) is None and width_of(body) == width_of(below):
            joined = replace(found[k].table, rows=(*found[k].table.rows, *found[k + 1].table.rows))
            found[k + 1] = replace(found[k], table=joined)
            found[k] = replace(found[k], table=replace(found[k].table, rows=()))
    return found


def _doubted(row: TaskRow, one: _List, tables: Sequence[CaptionedTable]) -> TaskRow:
    """A row with what is doubtful of its whole table and list."""
    return replace(row, doubts=tuple(dict.fromkeys((*tables[row.table].table.doubts, *one.doubts, *row.doubts))))


def _reckoning(captioned: CaptionedTable, context: Context) -> Reckoning:
    years = set(_YEAR.findall(captioned.caption))
    return Reckoning(context.issued_on, context.plan_end, int(years.pop()) if len(years) == 1 else context.year)


def _goes_on(current: _List, header: Header | None, body: Sequence[Row], captioned: CaptionedTable) -> bool:
    """Whether a table continues the list before it."""
    if header is not None:
        return current.header is not None and header.names == current.header.names and header.texts == current.header.texts
    if captioned.caption and (_TABLE_NO.match(captioned.caption) or _DENIES.search(captioned.caption)):
        return False
    if width_of(list(body)) != len(current.columns):
        return False
    texts = [[row.text(c).text for row in body] for c in range(len(current.columns))]
    return not any(contradicts(c.role, Profile.of(t)) for c, t in zip(current.columns, texts, strict=True))


def _mark_boundary(body: Sequence[Row]) -> list[Row]:
    return [replace(row, boundary=k == 0) for k, row in enumerate(body)]


def _without_headers(body: Sequence[Row], header: Header | None, caption: str) -> list[Row]:
    """The rows without headers and titles that a page break repeats; the row after one is marked as standing at a break."""
    kept: list[Row] = []
    at_break = False
    title = "".join(caption.split())
    for row in body:
        across = row.across
        retitled = across is not None and len(across) > 6 and across.squeezed().text in title
        if retitled or (header is not None and row_key(row) in header.texts):
            at_break = True
        else:
            kept.append(replace(row, boundary=row.boundary or at_break))
            at_break = False
    return kept


def _fitted(row: Row, columns: Sequence[Column]) -> Row:
    """A row that lacks cells, with the empty ones put in where the content says that they are missing."""
    lacking = len(columns) - len(row.cells)
    if row.ruled or lacking <= 0 or len(row.filled) <= 1:
        return row
    best = max(range(lacking + 1), key=lambda k: (_fit(row, columns, lacking - k), -k))
    return replace(row, missing=lacking - best)


def _fit(row: Row, columns: Sequence[Column], missing: int) -> float:
    total = 0.0
    for k, cell in enumerate(row.cells):
        column = columns[k + missing]
        profile = Profile.of([cell.text.text])
        expected = column.profile
        total -= (
            abs(profile.figures - expected.figures) + abs(profile.units - expected.units) + abs(profile.dates - expected.dates)
        )
    return total


def _begin(
    captioned: CaptionedTable, header: Header | None, body: Sequence[Row], context: Context, before: int
) -> _List | Reason:
    """The list that a table begins, or the reason why it is none."""
    data = [row for row in body[header.end if header else 0 :] if header is None or row_key(row) not in header.texts]
    width = width_of(data) or (len(header.names) if header else 0)
    if width < 2 or not data:
        return Reason(_("表格只有一列或没有内容行，没有当作任务清单。"))
    told = f"{captioned.caption} {captioned.after_heading}"
    columns, doubts = columns_of(header, data, width)
    reckoning = _reckoning(captioned, context)
    issued = context.issued_on.year if context.issued_on else None
    if header is not None and (values := _indicator_values(columns, told, issued, context.plan_end)):
        match = _TABLE_NO.match(captioned.caption)
        no = str(ordinal_of(match[1]) if match else before + 1)
        return _List(columns, doubts, header, fields_of(columns), reckoning, values, where=f"table {no}")
    reason = _no_task_list(columns, header, captioned.caption, told)
    return reason or _List(columns, doubts, header, fields_of(columns), reckoning)


def _indicator_values(columns: Sequence[Column], told: str, issued: int | None, plan_end: int | None) -> Values | None:
    roles = {c.role for c in columns}
    if not roles & {Role.YEAR, Role.TARGET} or roles & {Role.FOREIGN}:
        return None
    if Role.INDICATOR not in roles and Role.KIND not in roles and not _PROMISES.search(told):
        return None
    return values_of(columns, issued, plan_end)


def _no_task_list(columns: Sequence[Column], header: Header | None, caption: str, told: str) -> Reason | None:
    """Why a table is no task list; None where it is one.

    It needs a column of names or texts, and somebody to do it or a date to do it by, or a caption that announces it. Columns
    that only rosters, timetables and score sheets have must not outweigh those of a task list.
    """
    roles = [c.role for c in columns]
    texts = [c for c in columns if c.role is Role.NAME or c.role in TEXTS]
    owned, dated = any(r in UNITS for r in roles), Role.DUE in roles
    foreign = roles.count(Role.FOREIGN)
    known = len(texts) + owned + dated
    if not any(c.profile.is_text for c in texts):
        return Reason(_("表中没有任务、项目或措施一列，没有当作任务清单。"))
    if _DENIES.search(caption) and not (owned and dated):
        return Reason(_("标题“%(caption)s”不是任务清单的标题，没有当作任务清单。"), caption=caption.strip()[:20])
    if foreign and foreign >= known - 1:
        return Reason(_("从表头看是名单、日程、评分表或统计表，没有当作任务清单。"))
    if header is None:
        if not (owned and (dated or _ANNOUNCES.search(told))) and not (dated and _ANNOUNCES.search(told)):
            return Reason(_("没有表头，也没有看出时限和责任单位，没有当作任务清单。"))
        return None
    strict_dates = any(c.role is Role.DUE and role_of(c.name) is Role.DUE and "".join(c.name.split()) != "时间" for c in columns)
    if owned or strict_dates or _ANNOUNCES.search(told):
        return None
    return Reason(_("没有时限和责任单位，标题也没有说是任务或项目，没有当作任务清单。"))
