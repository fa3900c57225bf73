"""The table of tasks as it goes out, and that it comes back without loss."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.cli.invented import bare_plan, invented_plan
from tests.core.documents.workbooks import LINES, invented_paper
from tests.paths import PLANS, REPOSITORY, needs_plans
from xiangxu.cards import Packs
from xiangxu.cards.kinds import TasksCard
from xiangxu.documents import PlanPaper, TaskLine, paper_of_pack, paper_of_reading, read_tasks_xlsx, tasks_xlsx
from xiangxu.documents.task_sheet.cell_text import LONGEST
from xiangxu.importer.plan import read_plan

DOCUMENTS = REPOSITORY / "tests" / "plans" / "documents"
PLACES = ("qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan")

# What a text may hold: every character, with those among them more often that spreadsheets and XML stumble over.
ODD = st.sampled_from(["=1+1", "+86", "@名", "-3", "\r\n", "\r", "\n", "\x00", "\x0b", "\x1f", "\ufffe", "_x000D_", "_x005F_", "𠮷", "\u2028", "'", '"', "<b>&", "　", "、", "（建议）", "2-1", "https://a.b"])  # fmt: skip
TEXT = st.lists(st.one_of(ODD, st.text(max_size=8)), max_size=6).map("".join)
MAYBE = st.one_of(st.none(), TEXT)
UNITS = st.lists(TEXT, max_size=3).map(tuple)
DUES = st.sampled_from([None, "2025", "2025-12", "2026-06", "2026-06-30", "ongoing", "第三年"])


@st.composite
def lines(draw: st.DrawFn) -> tuple[TaskLine, ...]:
    """Tasks with odd texts in every field."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        lead = draw(UNITS)
        found.append(
            TaskLine(
                f"t{number:02d}", draw(TEXT), draw(TEXT), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(DUES),
                lead, () if lead else draw(UNITS), draw(UNITS), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE),
                tuple((head, draw(TEXT)) for head in draw(st.sets(st.sampled_from(["备注", "备注（万元）", "总投资\n（万元）"])))),
            )
        )  # fmt: skip
    return tuple(found)


def round_trip(paper: PlanPaper) -> None:
    read = read_tasks_xlsx(tasks_xlsx(paper))
    assert read.tasks == paper.tasks
    assert not read.changes
    assert (read.plan, read.title) == (paper.key, paper.title)


@settings(max_examples=60, deadline=None)
@given(lines(), st.text(max_size=40))
def test_odd_texts_come_back_exactly(tasks: tuple[TaskLine, ...], title: str) -> None:
    """Line ends, control characters, formula signs, rare characters: each field is what it was, nothing counts as changed."""
    round_trip(replace(invented_paper(tasks), title=title))


@pytest.mark.parametrize("text", ["教" * (LONGEST + 1), "𠮷" * LONGEST, "行\r\n" * 20_000], ids=["long", "rare", "lines"])
def test_a_text_longer_than_a_cell_holds_comes_back_whole(text: str) -> None:
    """The cell shows as much as Excel allows and says that it is cut; the exact text is kept."""
    paper = invented_paper((replace(LINES[0], measure=text),))
    round_trip(paper)
    cells = [cell.value for cell in openpyxl.load_workbook(BytesIO(tasks_xlsx(paper)))["任务"][3] if cell.value]
    assert max(len(str(value).encode("utf-16-le")) // 2 for value in cells) <= LONGEST


def test_no_text_becomes_a_formula_a_date_or_a_link() -> None:
    """Every cell of the file is text; the file holds no formula and no link."""
    paper = invented_paper(
        tuple(replace(LINES[0], key=f"t{n}", name=text) for n, text in enumerate(("=1+1", "+1", "@a", "2-1", "http://a.b")))
    )
    with ZipFile(BytesIO(tasks_xlsx(paper))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in archive.namelist() if "_rels/sheet" in name]
    assert not any("<f>" in sheet.split("<dataValidations")[0] for sheet in sheets)
    book = openpyxl.load_workbook(BytesIO(tasks_xlsx(paper)))
    assert [book["任务"].cell(row, 3).value for row in range(3, 8)] == ["=1+1", "+1", "@a", "2-1", "http://a.b"]
    assert {cell.number_format for row in book["任务"].iter_rows(3, 7, 1, 12) for cell in row} == {"@"}


def test_the_sheet_is_made_for_the_office() -> None:
    """Title row, header, words for dates, units joined by 、, page set for A4 across, nothing merged but the title."""
    book = openpyxl.load_workbook(BytesIO(tasks_xlsx(invented_paper())))
    sheet = book["任务"]
    assert sheet["A1"].value == "云溪县乡村教育振兴行动方案任务清单"
    titles = [cell.value for cell in sheet[2]]
    assert titles == [
        "序号", "类别", "任务", "措施", "目标", "时限", "牵头", "配合", "责任领导", "责任科室", "联系人", "进展", "备注", "任务标识（勿改）",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]][5:7] == ["2025年底", "县教体局、县财政局"]
    assert [sheet.cell(row, 6).value for row in (4, 5)] == ["2026年", "常抓不懈"]
    assert sheet["G4"].value == "县教体局（建议）"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:M1"]
    assert sheet.column_dimensions["N"].hidden
    assert [(other.title, other.sheet_state) for other in book.worksheets[1:]] == [("选项", "hidden"), ("键值（勿改）", "hidden")]
    assert sheet.freeze_panes == "D3"
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet["C3"].alignment.wrap_text
    assert {str(rule.sqref).split(":")[0] for rule in sheet.data_validations.dataValidation} == {"F3", "G3", "H3", "L3"}


def test_the_same_plan_gives_the_same_file() -> None:
    """Nothing of the clock or of chance goes into the file."""
    assert tasks_xlsx(invented_paper()) == tasks_xlsx(invented_paper())


def test_a_list_without_outer_names_has_no_column_for_them() -> None:
    """类别 is there only where a list has two names."""
    paper = invented_paper(tuple(replace(line, group=None) for line in LINES))
    assert [cell.value for cell in openpyxl.load_workbook(BytesIO(tasks_xlsx(paper)))["任务"][2]][:3] == ["序号", "任务", "措施"]
    round_trip(paper)


def test_a_plan_without_tasks_gives_a_table_to_fill() -> None:
    """The file opens, with its header; there is nothing to read back."""
    paper = paper_of_reading(bare_plan())
    assert openpyxl.load_workbook(BytesIO(tasks_xlsx(paper)))["任务"]["B2"].value == "任务"


def test_readings_become_lines_in_the_offices_words() -> None:
    """A list's column that bears a title of ours goes there; owners that were proposed are marked."""
    first, second = paper_of_reading(invented_plan()).tasks
    assert (first.key, first.name, first.leader, first.lead) == ("t01", "热水工程", "王清泉", ("县教体局",))
    assert (second.lead, second.proposed) == ((), ("县教育和体育局",))


@pytest.mark.parametrize(
    "path", sorted(path.with_suffix(".txt") for path in DOCUMENTS.glob("*.json")), ids=lambda path: path.stem
)
def test_invented_plans_come_back(path: Path) -> None:
    """The tasks of the ten invented plans, as they were read, survive the way to Excel and back."""
    reading = read_plan(path)
    paper = paper_of_reading(reading)
    round_trip(paper)
    for task, line in zip(reading.tasks, paper.tasks, strict=True):
        assert (task.action or task.project, task.measure, task.goal, task.due) == (line.name, line.measure, line.goal, line.due)
        assert (task.lead, task.participants) == (line.lead, line.participants)
        assert {text for _, text in task.others} <= {
            *(text for _, text in line.others),
            line.leader,
            line.office,
            line.contact,
            line.progress,
        }


@needs_plans
@pytest.mark.parametrize("key", PLACES)
def test_real_plans_come_back(key: str) -> None:
    """The same for the five real plans."""
    round_trip(paper_of_reading(read_plan(PLANS / f"{key}.txt")))


@pytest.fixture(scope="module")
def packs() -> Packs:
    """The shipped packs."""
    return Packs.load()


@pytest.mark.parametrize("place", PLACES)
def test_packs_come_back(packs: Packs, place: str) -> None:
    """The tasks of every shipped plan; each of its units is asked in a row, and no task is asked twice."""
    paper = paper_of_pack(packs, place)
    round_trip(paper)
    card = next(card for _, card in packs.own(packs.layer(place)) if isinstance(card, TasksCard))
    told = [id for task in card.tasks for id in task.tells_same]
    assert {line.key for line in paper.tasks} | {*told} == {task.id for task in card.tasks}
    assert not {line.key for line in paper.tasks} & {*told}
    assert all(line.units and not re.fullmatch(r"[a-z-]+", unit) for line in paper.tasks for unit in line.units)
