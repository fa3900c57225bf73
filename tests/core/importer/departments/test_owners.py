"""Brackets and lines that name departments are found, read and cut; brackets that explain are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.importer.departments.invented import texts, units
from xiangxu.importer.departments import cut_owners, find_owners, says_first_leads
from xiangxu.importer.passage import Passage

STYLES = (
    "〔牵头单位：{a}；配合单位：{b}〕",
    "【牵头单位：{a}；责任单位：{b}】",
    "（牵头部门：{a}；参与部门：{b}）",
    "(主责单位:{a};协办单位:{b})",
    "（{a}牵头，{b}配合）",
    "（{a}牵头，{b}按职责分工负责）",
    "（由{a}牵头负责，{b}参与）",
    "（{a}会同{b}负责）",
    "（6月底完成，牵头单位：{a}；配合单位：{b}）",
    "（牵头领导：某某某，牵头单位：{a}，配合单位：{b}，完成时限：2026年底）",
    "\n牵头部门：{a}　　配合部门：{b}",
    "\n　　牵头单位：{a}\n　　配合单位：{b}",
)
UNDIVIDED = (
    "（责任单位：{a}）",
    "〔责任单位：{a}〕",
    "（{a}负责）",
    "（{a}等按职责分工负责）",
    "（{a}分别负责）",
    "\n责任单位：{a}",
    "【{a}】",
)


def owners(text: str) -> tuple[list[str], list[str]] | None:
    """Lead and participants found in a text."""
    found = find_owners(Passage.of(text))
    return (texts(found.lead), texts(found.participants)) if found else None


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(STYLES), units(), units())
def test_divided_units_read_back(style: str, lead: list[str], others: list[str]) -> None:
    """Who leads and who takes part comes back exactly as rendered, in every style, and the rest of the text stays."""
    others = [name for name in others if name not in lead]
    if not others:
        return
    text = "办好每一所学校（含幼儿园，下同）。" + style.format(a="、".join(lead), b="、".join(others))
    rest, found = cut_owners(Passage.of(text))
    assert owners(text) == (lead, others)
    assert rest.text.strip() == "办好每一所学校（含幼儿园，下同）。"
    assert len(found) == 1
    assert found[0].span.start >= 17


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(UNDIVIDED), units())
def test_undivided_units_all_lead(style: str, lead: list[str]) -> None:
    """Departments that are not divided all lead."""
    assert owners("改善办学条件。" + style.format(a="、".join(lead))) == (lead, [])


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(STYLES[:9]), units(), st.integers(3, 30))
def test_wrapping_inside_a_bracket_means_nothing(style: str, lead: list[str], width: int) -> None:
    """A bracket that a page's width wrapped at any place reads the same."""
    printed = style.format(a="、".join(lead), b="县某某科学馆")
    wrapped = "\n".join(printed[i : i + width] for i in range(0, len(printed), width))
    assert owners("做好工作。" + wrapped) == owners("做好工作。" + printed)


@pytest.mark.parametrize(
    "text",
    [
        "乡村学校（含幼儿园，下同）",
        "深化“县管校聘”（即“教师归县里管”）。",
        "现有试点镇2个（青石镇、柳泉镇）。",
        "行动计划（2021—2025年）",
        "实行直通车机制（企业直接向省发展改革委申报，不需转报）。",
        "取得证书（技工院校内由人力资源社会保障行政部门负责），",
        "校园开放日（家长参与）。",
        "各部门（包括牵头单位自身）承担的任务",
        "各责任单位：要按照要求抓好落实。",
        "逐项明确责任单位：要加强领导。",
        "建立由县教体局牵头、有关部门分工负责的推进机制。",
        "根据文件（青政办字〔2024〕5号）精神",
        "（一）加强领导",
    ],
)
def test_explanations_are_left_alone(text: str) -> None:
    """What explains, dates, numbers or narrates names no owners, and nothing of it is cut."""
    rest, found = cut_owners(Passage.of(text))
    assert found == []
    assert rest.text == text


@pytest.mark.parametrize(
    ("text", "lead", "participants"),
    [
        ("（区教体局（区委教育工委）牵头，区妇联配合）", ["区教体局（区委教育工委）"], ["区妇联"]),
        ("做好。（市发展改革委、教育局、财政局负责）", ["市发展改革委", "教育局", "财政局"], []),
        ("做好。（科技、财政、人社等部门按职责分工负责）", ["科技", "财政", "人社"], []),
        ("做好。（市教育局、市委编办和市财政局负责）", ["市教育局", "市委编办", "市财政局"], []),
        ("做好。（责任单位：各县（市、区）党委和政府，市教育局）", ["各县（市、区）党委和政府", "市教育局"], []),
        ("做好。（牵头单位：市〔州〕人民政府；责任单位：县〔市、区〕人民政府）", ["市〔州〕人民政府"], ["县〔市、区〕人民政府"]),
        ("一是建好（县教体局负责）；二是用好（县财政局、各镇（街道）负责）。", ["县教体局", "县财政局", "各镇（街道）"], []),
        ("1.调整布局（县教体局牵头）。按规划进行。", ["县教体局"], []),
        ("做好。（责任单位：县教体局", ["县教体局"], []),
        ("做好。（县教体局牵头，县财政局配合；2025年底前完成）", ["县教体局"], ["县财政局"]),
        ("做好。牵头单位：县教体局。配合单位：县财政局。", ["县教体局"], ["县财政局"]),
        ("责任单位：县教体局\n责任人：某某某", ["县教体局"], []),
    ],
)
def test_single_wordings(text: str, lead: list[str], participants: list[str]) -> None:
    """Wordings that offices use, one by one."""
    assert owners(text) == (lead, participants)


def test_persons_are_kept_apart() -> None:
    """责任领导 and 责任人 are persons: kept, never units."""
    found = find_owners(Passage.of("（责任领导：某某某；责任单位：县教体局；完成时限：2025年12月）"))
    assert found is not None
    assert (texts(found.leaders), texts(found.lead), texts(found.participants)) == (["某某某"], ["县教体局"], [])


def test_first_leads_where_the_document_says_so() -> None:
    """排在第一位的为牵头单位 divides departments that are enumerated together, in its own bracket and, told so, in the others."""
    text = "做好。（水利部、农业农村部、财政部等负责。列第一位者为牵头单位，下同）"
    assert owners(text) == (["水利部"], ["农业农村部", "财政部"])
    assert says_first_leads(text)
    found = find_owners(Passage.of("做好。（财政部、水利部负责）"), first_leads=True)
    assert found is not None
    assert (texts(found.lead), texts(found.participants)) == (["财政部"], ["水利部"])


def test_places_of_names_are_kept() -> None:
    """Every name knows where in the source it stands."""
    text = "做好工作。（县教体局牵头，县财政局配合）"
    found = find_owners(Passage.of(text, start=100))
    assert found is not None
    assert [text[p.start - 100 : p.end - 100] for p in (*found.lead, *found.participants)] == ["县教体局", "县财政局"]


@pytest.mark.parametrize(
    "piece", ["（", "责任单位：", "（责任单位：", "各镇、", "镇街", "按职责分工", "（县教体局负责）", "责任"]
)
def test_time_is_linear_on_hostile_text(piece: str) -> None:
    """Endless repetition of what begins an owner bracket neither hangs nor fails."""
    cut_owners(Passage.of(piece * 5_000))
