"""Documents made from the model, printed in every layout and format, and read back: nothing lost, nothing invented.

Promises are left out: they come from documents that people wrote, since a generator would only mirror the grammar.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.generate import files, layouts
from tests.generate.paper import Paper, Row, TaskList
from tests.generate.strategies import papers, task_lists, varied
from xiangxu.importer.layout import lay_out
from xiangxu.importer.outline import Outline, outline
from xiangxu.importer.plan import read_source
from xiangxu.importer.read import read
from xiangxu.importer.read.html import read_html
from xiangxu.importer.read.plain import read_plain
from xiangxu.importer.source import Source
from xiangxu.model.plan import PlanReading, Task


def stable(examples: int) -> settings:
    """The same examples on every run, few of them, without a clock. Not made smaller: with whole papers that takes minutes."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def outline_of(source: Source) -> Outline:
    """The outline of a source."""
    return outline(lay_out(source), "generated")


def text_source(text: str) -> Source:
    """A text as read from its file."""
    return read_plain(text.encode(), "generated.txt")


def file_source(write: object, *arguments: object, suffix: str) -> Source:
    """What a writer of `files` wrote, as read from its file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"generated{suffix}"
        paper, *options = arguments
        write(paper, path, *options)  # type: ignore[operator]
        return read(path)


def assert_outline(read: Outline, paper: Paper) -> None:
    """Facts, headings, the text under them and the actions are those of the paper."""
    facts, expected = read.facts, paper.facts
    assert (facts.title, facts.issuer, facts.issued_on) == (expected.title, expected.issuer, expected.issued_on)
    assert (facts.doc_number, facts.basis, facts.public) == (expected.number, expected.basis, expected.public)
    assert (facts.region, facts.region_level) == (expected.region, expected.region_level)
    assert [(h.no, h.level, h.title.text) for h in read.headings] == paper.outline()
    assert [i for i, (h, _) in enumerate(paper.headings()) if h.is_action] == list(read.actions)
    last = len(read.headings) - 1
    for index, (found, (made, _)) in enumerate(zip(read.headings, paper.headings(), strict=True)):
        text = layouts.joined([p.text for p in found.body])
        wanted = layouts.joined([*made.text, made.owners.printed if made.owners else ""])
        # Under the last heading the signature may follow.
        assert text.startswith(wanted) if index == last else text == wanted


def assert_plan(reading: PlanReading, paper: Paper, narrow: bool = False) -> None:
    """Sections, actions with their departments, and the rows of the list are those of the paper."""
    attached = [("附件", 1, paper.tasks.title)] if paper.tasks else []
    assert [(s.no, s.level, s.title) for s in reading.sections] == [*paper.outline(), *attached]
    assert [(a.no, a.title, a.lead, a.participants) for a in reading.body_actions] == [
        (h.no, h.title, h.owners.lead if h.owners else (), h.owners.participants if h.owners else ())
        for h, _ in paper.headings()
        if h.is_action
    ]
    if paper.tasks:
        assert_rows(reading, paper.tasks, narrow)


def assert_rows(reading: PlanReading, tasks: TaskList, narrow: bool = False) -> None:
    """The rows of the list with all their fields. `narrow`: where columns wrap names, only their letters are compared."""
    assert [fields(row, narrow) for row in reading.tasks] == [fields(row, narrow) for row in tasks.rows]


def fields(row: Task | Row, narrow: bool) -> tuple[object, ...]:
    """The fields of a row that are printed in the list."""
    units = ("".join(row.lead), "".join(row.participants)) if narrow else (row.lead, row.participants)
    return (row.no, row.project, row.action, row.goal, row.measure, row.due, *units)


@given(papers(), st.sampled_from(("", "　　", "    ")), st.booleans())
@stable(30)
def test_text_with_a_paragraph_a_line(paper: Paper, indent: str, blank_lines: bool) -> None:
    """Text as converters leave it, indented or not, with or without empty lines: facts, headings, texts and actions."""
    assert_outline(outline_of(text_source(layouts.paragraphs(paper, indent, blank_lines))), paper)


@given(
    papers(),
    st.integers(26, 38),
    st.booleans(),
    st.booleans(),
    st.sampled_from(((0, "— {} —"), (22, "— {} —"), (30, "- {} -"), (25, "第 {} 页"))),
)
@stable(40)
def test_text_wrapped_by_a_page(paper: Paper, width: int, indent: bool, blank_lines: bool, pages: tuple[int, str]) -> None:
    """Lines of 26 to 38 characters, with page numbers between them, with and without empty lines between all lines."""
    assert_outline(outline_of(text_source(layouts.wrapped(paper, width, indent, blank_lines, *pages))), paper)


@given(papers())
@stable(30)
def test_plan_of_a_text_with_flattened_tables(paper: Paper) -> None:
    """Departments in every style of bracket, and lists flattened to a cell a line, with merged cells and repeated headers."""
    assert_plan(read_source(text_source(layouts.paragraphs(paper)), "generated"), paper)


@given(papers(with_list=False), st.integers(26, 38), st.booleans())
@stable(20)
def test_plan_of_a_wrapped_text(paper: Paper, width: int, indent: bool) -> None:
    """Brackets with departments are read whole when a page's width broke them."""
    assert_plan(read_source(text_source(layouts.wrapped(paper, width, indent, page_lines=22)), "generated"), paper)


@given(papers(), st.booleans())
@stable(15)
def test_word(paper: Paper, numbered: bool) -> None:
    """Word files, with the numbers in the text or made by Word, lists as tables with merged cells."""
    source = file_source(files.word, paper, numbered, suffix=".docx")
    assert_outline(outline_of(source), paper)
    assert_plan(read_source(source, "generated"), paper)


@given(papers())
@stable(15)
def test_web_page(paper: Paper) -> None:
    """Web pages, lists as tables whose cells reach over several rows."""
    source = read_html(files.web_page(paper).encode(), "generated.html")
    assert_outline(outline_of(source), paper)
    assert_plan(read_source(source, "generated"), paper)


@given(task_lists("县", "芦汀县重点任务清单"))
@stable(15)
def test_workbook(tasks: TaskList) -> None:
    """A list alone in a workbook, under its title."""
    assert_rows(read_source(file_source(files.workbook, tasks, suffix=".xlsx"), "generated"), tasks)


@given(papers().map(varied))
@stable(10)
def test_pdf(paper: Paper) -> None:
    """PDF pages, wrapped and numbered, lists ruled and broken over pages."""
    source = file_source(files.pdf, paper, suffix=".pdf")
    assert_outline(outline_of(source), paper)
    assert_plan(read_source(source, "generated"), paper, narrow=True)
