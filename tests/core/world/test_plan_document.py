"""The county and its own plan document tell the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.render_pdf import render_scan, scan_font
from xiangxu.importer.plan import read_plan
from xiangxu.model.unit import Runner, SchoolType, UnitKind
from xiangxu.world import documents
from xiangxu.world.county import county
from xiangxu.world.county.areas import YANXI

WORLD = county()
TEXT = next(path for path in documents() if path.suffix == ".txt")
PLAN = read_plan(TEXT)


def test_every_unit_of_the_plan_is_there() -> None:
    """Whom the plan names, as printed and as resolved, is a unit of the county; 各乡镇 are the towns."""
    mentions = [unit for holder in (*PLAN.tasks, *PLAN.body_actions) for unit in holder.units]
    assert len(mentions) > 50
    for mention in mentions:
        if mention.printed == "各乡镇人民政府":
            continue
        printed, resolved = WORLD.called(mention.printed, YANXI), WORLD.called(mention.unit or "", YANXI)
        assert printed is not None, mention.printed
        assert printed == resolved
    assert WORLD.called(PLAN.doc.issuer or "", YANXI) is not None
    assert WORLD.called("县经济开发区管委会", YANXI) is not None


def test_counts_of_the_day_of_issue() -> None:
    """On the day of issue the county had what the plan counts: 58 rural schools with 13 points, 46 of them primary; 76 rural
    kindergartens; 41 public ones in the whole county."""
    day = PLAN.doc.issued_on
    assert day == date(2025, 4, 18)
    assert "乡村中小学58所、教学点13个、乡村幼儿园76所" in PLAN.text
    schools = WORLD.rural_schools(YANXI, day)
    points = [unit for unit in schools if unit.kind is UnitKind.TEACHING_POINT]
    assert (len(schools), len(points), len(WORLD.rural_kindergartens(YANXI, day))) == (58, 13, 76)
    assert "乡村小学由46所调整为35所，教学点由13个减至7个" in PLAN.text
    assert sum(unit.school_type in (SchoolType.PRIMARY, SchoolType.TEACHING_POINT) for unit in schools) == 46
    assert "公办园由41所增至47所" in PLAN.text
    public = (Runner.PUBLIC, Runner.COLLECTIVE)
    assert sum(unit.runner in public for unit in WORLD.kindergartens(YANXI, day)) == 41


def test_on_the_way_to_the_targets() -> None:
    """On the demo's day the plan is under way, neither untouched nor fulfilled: 37 of 46 → 35, 9 of 13 → 7, 44 of 41 → 47."""
    schools = WORLD.rural_schools(YANXI)
    assert sum(unit.school_type in (SchoolType.PRIMARY, SchoolType.TEACHING_POINT) for unit in schools) == 37
    assert sum(unit.kind is UnitKind.TEACHING_POINT for unit in schools) == 9
    assert sum(unit.runner in (Runner.PUBLIC, Runner.COLLECTIVE) for unit in WORLD.kindergartens(YANXI)) == 44


def test_towns_and_clusters_as_the_plan_has_them() -> None:
    """Nine urban schools lead (9所城区优质学校领衔); every rural town has a public central kindergarten."""
    assert "由9所城区优质学校领衔" in PLAN.text
    assert len(WORLD.clusters) == 9
    names = {unit.short_name: unit.runner for unit in WORLD.kindergartens(YANXI)}
    rural = [unit for unit in WORLD.units_in(YANXI) if unit.kind is UnitKind.TOWN and not WORLD.in_street(unit)]
    assert len(rural) == 10
    for town in rural:
        assert names[f"{town.short_name.removesuffix('政府')}中心幼儿园"] is Runner.PUBLIC


def test_files() -> None:
    """The plan ships as text, Word file, PDF and one scanned page."""
    assert [path.suffix for path in documents()] == [".jpg", ".docx", ".pdf", ".txt"]


@pytest.mark.skipif(not scan_font(), reason="no Chinese font to draw the scan with: install fonts-noto-cjk")
def test_scan_of_the_whole_plan_is_made_at_need(tmp_path: Path) -> None:
    """Of the PDF a scan is made with as many pages and no text in them; at three megabytes it is too large to ship."""
    pdf = next(path for path in documents() if path.suffix == ".pdf")
    with pypdfium2.PdfDocument(render_scan(pdf, tmp_path / "scan.pdf", dpi=50)) as scan, pypdfium2.PdfDocument(pdf) as printed:
        assert len(scan) == len(printed) > 5
        assert scan[0].get_textpage().get_text_range() == ""
