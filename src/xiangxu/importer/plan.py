"""Reads a plan: runs the stages one after another and puts together what they found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from xiangxu.importer.body import OwnedHeading, owned_headings, preamble_clauses
from xiangxu.importer.clause import Clause, Context
from xiangxu.importer.dates import Reckoning
from xiangxu.importer.departments import UnitDirectory, answerable, education_bureau, says_first_leads
from xiangxu.importer.layout import lay_out
from xiangxu.importer.link import link
from xiangxu.importer.lists import CaptionedTable, ListReading, TaskRow, read_lists
from xiangxu.importer.outline import Outline, outline
from xiangxu.importer.passage import Passage
from xiangxu.importer.promises import find_promises
from xiangxu.importer.read import read
from xiangxu.importer.source import Source
from xiangxu.importer.until import runs_until
from xiangxu.model.place import Doubt
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Remark, Section, Task, UnitMention
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

Step = Callable[[int, int, str], None]


def read_plan(path: Path, on_progress: Step | None = None) -> PlanReading:
    """Everything that the document of a plan says, each object with its place and its doubts.

    Reads .docx, .pdf, .txt, .html, .xlsx, pictures and scans (with the extra `ocr`), and .doc, .wps, .ofd where LibreOffice is
    installed. A document that is no plan (a law, a notice without tasks) gives its outline, and neither tasks nor promises.
    Refuses what cannot be read with `Unreadable`, whose message tells the clerk what to do. `on_progress(done, total, what)`
    is called between pages.
    """
    return read_source(read(path, on_progress), path.stem)


def read_source(source: Source, key: str) -> PlanReading:
    """As `read_plan`, for a document whose text is at hand."""
    manuscript = lay_out(source)
    order = outline(manuscript, key)
    headings = owned_headings(order, says_first_leads(source.text))
    context = Context(order.facts.issued_on, _plan_end(order.facts.title), _annual(order.facts.title))
    lists = read_lists([CaptionedTable(t.table, t.caption, t.under) for t in order.tables], context, source.place)

    owned_actions = [headings[i] for i in order.actions]
    is_plan = _is_plan(order, lists, owned_actions)
    if not is_plan:
        owned_actions = []
        lists = replace(lists, rows=(), promises=())

    directory = _directory(order, lists.rows, owned_actions, source)
    actions = tuple(_action(a, directory, source) for a in owned_actions)
    tasks = (
        tuple(_row_task(r, directory, source) for r in lists.rows)
        if lists.rows
        else tuple(
            _action_task(i, order, a, actions[k]) for k, (i, a) in enumerate(zip(order.actions, owned_actions, strict=False))
        )
    )
    promises: tuple[Promise, ...] = ()
    if is_plan:
        clauses = [*preamble_clauses(order)] if not headings else [c for h in headings for c in h.clauses]
        found = find_promises([*clauses, *_row_clauses(lists.rows)], context, source.place)
        promises = _in_order([*found, *lists.promises])

    reckoning = Reckoning(context.issued_on, context.plan_end, context.year)
    until = runs_until(order, lists.rows, promises, reckoning, source) if is_plan else None
    reading = PlanReading(
        doc=replace(order.facts, doubts=source.doubts, runs_until=until),
        text=source.text,
        sections=_sections(order, source),
        tasks=tasks,
        body_actions=actions,
        promises=promises,
        remarks=_remarks(source, lists, order, is_plan),
    )
    return _marked(link(reading, directory), source)


# Titles of papers that set rules or tell something, and set no tasks.
_NO_PLAN = re.compile(
    r"(?:法|条例|规定|规则|规程|办法|章程|细则|制度|准则|守则|标准|规范|通知|公告|通告|函|批复|决定|报告|公报|讲话|纪要|简报|名单|通报|答复)(?:[（(][^（()）]{1,20}[）)])*$"
)


def _is_plan(order: Outline, lists: ListReading, actions: Sequence[OwnedHeading]) -> bool:
    """A paper whose title names a kind of plan; any other only where a task list or an action names who owes what."""
    if lists.rows or any(a.lead for a in actions):
        return True
    title = order.facts.title
    return bool(title) and not _NO_PLAN.search(title or "") and bool(order.headings)


def _plan_end(title: str | None) -> int | None:
    """The last year that the title names: 2027 for （2025—2027年）, 2025 for “十四五”."""
    years = [int(y) for y in re.findall(r"20[2-4]\d", title or "")]
    five = re.search("十([二三四五六七])五", title or "")
    if five:
        years.append(2015 + 5 * "二三四五六七".index(five[1]))
    return max(years, default=None)


def _annual(title: str | None) -> int | None:
    """The year of an annual paper: the only year in its title, printed as 2026年 and not as a year by which something is done."""
    years = re.findall(r"(?<![到至前—－-])(20[2-4]\d)年(?:度)?(?![前底—－-])", title or "")
    return int(years[0]) if len(years) == 1 and len(re.findall(r"20[2-4]\d", title or "")) == 1 else None


def _directory(order: Outline, rows: Sequence[TaskRow], actions: Sequence[OwnedHeading], source: Source) -> UnitDirectory:
    mentions = [name.text for a in actions for name in (*a.lead, *a.participants)]
    mentions += [name.text for row in rows for name in (*row.lead, *row.participants)]
    return UnitDirectory.of_document(source.text, order.facts.region, order.facts.region_level, mentions)


def _mentions(names: Sequence[Passage], directory: UnitDirectory, source: Source) -> tuple[UnitMention, ...]:
    return tuple(UnitMention(n.text, directory.resolve(n.text), source.place(n)) for n in names)


def _texts(names: Sequence[Passage]) -> tuple[str, ...]:
    return tuple(n.text for n in names)


def _unknown(units: Sequence[UnitMention]) -> tuple[Doubt, ...]:
    return (Doubt.UNIT_UNKNOWN,) if any(u.unit is None for u in units) else ()


def _action(owned: OwnedHeading, directory: UnitDirectory, source: Source) -> BodyAction:
    units = _mentions((*owned.lead, *owned.participants), directory, source)
    heading = owned.heading
    return BodyAction(
        no=heading.no,
        title=heading.title.text,
        lead=_texts(owned.lead),
        participants=_texts(owned.participants),
        place=source.place(owned.span),
        where=owned.where,
        units=units,
        doubts=(*heading.doubts, *_unknown(units)),
    )


def _row_task(row: TaskRow, directory: UnitDirectory, source: Source) -> Task:
    units = _mentions((*row.lead, *row.participants), directory, source)
    lead = [u.unit or u.printed for u in units[: len(row.lead)]]
    return Task(
        no=row.no,
        project=_text(row.project),
        action=_text(row.action),
        goal=_text(row.goal),
        measure=_text(row.measure),
        due=row.due,
        lead=_texts(row.lead),
        participants=_texts(row.participants),
        place=source.place(row.span),
        table=row.table,
        row=row.row,
        units=units,
        answerable=answerable(lead, education_bureau(directory)),
        others=tuple((head, text.text) for head, text in row.others.items()),
        doubts=(*row.doubts, *_unknown(units)),
    )


def _text(passage: Passage | None) -> str | None:
    return passage.text if passage else None


# Titles of chapters that only say that tasks follow: 重点任务, 行动路径, 主要任务和措施.
_NO_THEME = re.compile(
    r"(?:主要|重点|工作|具体|基本|目标|实施|推进|建设|行动|任务|措施|举措|内容|路径|项目|事项|安排|要求|分工|[和与及、])+"
)


def _action_task(index: int, order: Outline, owned: OwnedHeading, action: BodyAction) -> Task:
    """In a plan without a list each action is a task; the theme that it stands under is its project."""
    parent = order.parent[index]
    theme = order.headings[parent] if parent >= 0 and not _NO_THEME.fullmatch(order.headings[parent].title.text) else None
    return Task(
        no=action.no,
        project=theme.title.text if theme else action.title,
        action=action.title if theme else None,
        goal=None,
        measure=None,
        due=None,
        lead=action.lead,
        participants=action.participants,
        place=action.place,
        units=action.units,
        linked_action=None,
        doubts=action.doubts,
    )


def _row_clauses(rows: Sequence[TaskRow]) -> list[Clause]:
    """The cells of a row that tell what is to be done, each a clause that takes the row's date."""
    found = []
    for row in rows:
        subject = _text(row.project) or _text(row.action) or ""
        further = [text for head, text in row.others.items() if len(text) > 6 and not _NO_PROMISE.search(head)]
        for cell in (row.project, row.action, row.goal, row.measure, *further):
            if cell:
                doubts = tuple(d for d in row.doubts if d in _OF_THE_WORDS)
                found.append(Clause(cell, f"list {row.no}", due=row.due, subject=subject, doubts=doubts))
    return found


# Columns of their own that tell who, how far and at what cost, and promise nothing.
_NO_PROMISE = re.compile(
    "备注|进展|完成情况|现状|基础|投资|资金|经费|概算|领导|责任|牵头|单位|部门|科室|联系|电话|依据|来源|地址|地点|分组"
)
# The doubts of a row that bear on the words in its cells; a shifted header does not.
_OF_THE_WORDS = (Doubt.OCR, Doubt.TABLE_GUESSED, Doubt.CELL_GUESSED)


def _in_order(promises: Sequence[Promise]) -> tuple[Promise, ...]:
    return tuple(sorted(promises, key=lambda p: (p.place.start, p.place.end)))


def _marked(reading: PlanReading, source: Source) -> PlanReading:
    """Of a document that was recognised from its picture every object is doubtful, for that reason."""
    if Doubt.OCR not in source.doubts:
        return reading

    def marked(doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
        return doubts if Doubt.OCR in doubts else (*doubts, Doubt.OCR)

    return replace(
        reading,
        sections=tuple(replace(x, doubts=marked(x.doubts)) for x in reading.sections),
        tasks=tuple(replace(x, doubts=marked(x.doubts)) for x in reading.tasks),
        body_actions=tuple(replace(x, doubts=marked(x.doubts)) for x in reading.body_actions),
        promises=tuple(replace(x, doubts=marked(x.doubts)) for x in reading.promises),
    )


def _sections(order: Outline, source: Source) -> tuple[Section, ...]:
    """The headings, and the title of each attachment as a heading of the first level."""
    found = [
        Section(h.no, h.level, h.title.text, source.place((h.start.start, max(h.title.end, h.start.end))), h.doubts)
        for h in order.headings
    ]
    found += [Section(a.no, 1, a.title.text, source.place((a.mark.start, a.title.end)), ()) for a in order.attachments if a.title]
    return tuple(sorted(found, key=lambda s: s.place.start))


def _remarks(source: Source, lists: ListReading, order: Outline, is_plan: bool) -> tuple[Remark, ...]:
    remarks = [Remark(Doubt.PICTURE_UNREAD, note) for note in source.notes]
    remarks += lists.remarks
    if not is_plan:
        title = order.facts.title
        kind = (
            _("《%(title)s》不是布置任务的方案：只列出提纲，没有生成任务和目标。")
            if title
            else _("这份文件不是布置任务的方案：只列出提纲，没有生成任务和目标。")
        )
        remarks.append(Remark(Doubt.NOT_A_PLAN, Reason(kind, title=title)))
    return tuple(remarks)
