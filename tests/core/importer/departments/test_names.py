"""Cells of owner columns come apart into the names printed in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.importer.departments.invented import texts, units
from xiangxu.importer.departments import cell_owners, split_names
from xiangxu.importer.passage import Passage


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        ("—", []),
        ("无", []),
        ("妇  联", ["妇联"]),
        ("团 县 委\n妇  联\n残  联", ["团县委", "妇联", "残联"]),
        ("县教体局  县财政局", ["县教体局", "县财政局"]),
        ("市委宣传\n部、市教体\n局", ["市委宣传部", "市教体局"]),
        ("各镇\n（街道）", ["各镇（街道）"]),
        ("各镇、\n街、区", ["各镇、街、区"]),
        ("自然资源和规划\n局\n人社局\n各镇、街、区", ["自然资源和规划局", "人社局", "各镇、街、区"]),
        ("市人力资\n源社会保\n障局\n市教育局", ["市人力资源社会保障局", "市教育局"]),
        ("市政府\n办公室", ["市政府办公室"]),
        ("市委\n宣传部\n团市委", ["市委宣传部", "团市委"]),
        ("市\n教\n体\n局", ["市教体局"]),
        ("发改局、财政局\n人社局", ["发改局", "财政局", "人社局"]),
        ("市公安局、市应急\n局、市消防救援\n大队", ["市公安局", "市应急局", "市消防救援大队"]),
        ("区教体局\n（区委教育工委）\n区财政局", ["区教体局（区委教育工委）", "区财政局"]),
        ("县教体局①、县财政局*", ["县教体局", "县财政局"]),
        ("县教体局等", ["县教体局"]),
        ("1.县教体局\n2.县财政局", ["县教体局", "县财政局"]),
        ("县教体局；各乡镇（街道、开发区）", ["县教体局", "各乡镇（街道、开发区）"]),
        ("县住房和城乡建设局和各镇", ["县住房和城乡建设局", "各镇"]),
        ("基教科\n人事科", ["基教科", "人事科"]),
    ],
)
def test_cells(cell: str, names: list[str]) -> None:
    """Separators, line ends, columns of blanks, justified short names, wrapped names, groups, footnotes, nobody."""
    assert texts(split_names(Passage.of(cell))) == names


@pytest.mark.parametrize(
    ("cell", "lead", "participants"),
    [
        ("教体局牵头，发改局、财政局配合", ["教体局"], ["发改局", "财政局"]),
        ("县教体局（牵头）\n县财政局\n县人社局", ["县教体局"], ["县财政局", "县人社局"]),
        ("县教体局（共同牵头）、县财政局（共同牵头）、县人社局", ["县教体局", "县财政局"], ["县人社局"]),
        ("牵头单位：县教体局\n配合单位：县财政局\n县人社局", ["县教体局"], ["县财政局", "县人社局"]),
        ("县教体局、县财政局", ["县教体局", "县财政局"], []),
    ],
)
def test_cells_that_divide(cell: str, lead: list[str], participants: list[str]) -> None:
    """A cell may itself say who leads; where it does not, all lead."""
    found = cell_owners(Passage.of(cell))
    assert (texts(found.lead), texts(found.participants)) == (lead, participants)


@settings(deadline=None, max_examples=100)
@given(units(), st.sampled_from(("、", "，", "；", "\n", "、\n", "　　")))
def test_any_separator_reads_back(names: list[str], separator: str) -> None:
    """Names come back whatever separates them."""
    assert texts(split_names(Passage.of(separator.join(names)))) == names


@settings(deadline=None, max_examples=100)
@given(units(least=2), st.integers(2, 9))
def test_hard_wrapped_enumeration_reads_back(names: list[str], width: int) -> None:
    """With marks of enumeration, line ends are wrapping wherever a narrow column put them."""
    text = "、".join(names)
    wrapped = "\n".join(text[i : i + width] for i in range(0, len(text), width))
    assert texts(split_names(Passage.of(wrapped))) == names
