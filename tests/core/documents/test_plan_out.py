"""`xiangxu plan out` and `plan tasks`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from tests.paths import REPOSITORY
from xiangxu.cards.layers import shipped
from xiangxu.cli.plan import plan

PLAN = REPOSITORY / "tests" / "plans" / "documents" / "d1.txt"


def run(*words: object) -> Result:
    return CliRunner().invoke(plan, [str(word) for word in words])


def test_a_document_goes_out_in_every_form_and_the_table_comes_back(tmp_path: Path) -> None:
    """Excel, calendar, Markdown, JSON in one run; the table, edited, says row and column of the change."""
    table, form = tmp_path / "out" / "t.xlsx", tmp_path / "t.json"
    result = run("out", PLAN, "--xlsx", table, "--ics", tmp_path / "t.ics", "--md", tmp_path / "t.md", "--json", form)
    assert result.exit_code == 0, result.output
    assert set(json.loads(form.read_text(encoding="utf-8"))) >= {"doc", "tasks", "targets"}
    assert (tmp_path / "t.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert (tmp_path / "t.md").read_text(encoding="utf-8").startswith("# ")
    assert "与导出时一致" in run("tasks", table).output

    book = openpyxl.load_workbook(table)
    sheet = book["任务"]
    due = next(cell.column for cell in sheet[2] if cell.value == "时限")
    sheet.cell(3, due).value = "2031年底"
    book.save(table)
    result = run("tasks", table, "--json", "-")
    assert "第 3 行“时限”" in result.stderr
    assert json.loads(result.stdout)["tasks"][0]["due"] == "2031-12"


def test_a_pack_goes_out_by_place_or_folder() -> None:
    """The place's name or the pack's folder; JSON has the cards' own fields."""
    place = next(path for path in sorted((shipped() / "shandong" / "plans").iterdir()) if path.is_dir())
    result = run("out", place.name, "--json", "-")
    assert set(json.loads(result.stdout)) == {"document", "units", "tasks", "targets"}
    assert run("out", place, "--json", "-").stdout == result.stdout


def test_refusals_say_what_to_do(tmp_path: Path) -> None:
    """No output named, an unknown source, a file that cannot be read back."""
    assert "--xlsx" in run("out", PLAN).output
    assert "既不是文件，也不是政策包里的地方" in run("out", "没有这个地方", "--md", "-").output
    assert "没有可用的方案卡片" in run("out", "national", "--md", "-").output
    assert "看看文件名对不对" in run("tasks", tmp_path / "x.xlsx").output
    (tmp_path / "y.xlsx").write_text("x")
    assert "另存为 .xlsx" in run("tasks", tmp_path / "y.xlsx").output
