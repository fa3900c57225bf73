"""Owners that are proposed or contradict one another; names and titles that differ in a word."""

from __future__ import annotations

from tests.core.importer.link.plan import Draft
from xiangxu.importer.link import link
from xiangxu.model.place import Doubt
from xiangxu.model.plan import Contradiction

TEXT = "送教上门覆盖重度残疾儿童，资助困难学生，建立留守儿童档案。"


def _linked(draft: Draft) -> tuple[Contradiction, ...]:
    return link(draft.reading(), draft.directory()).contradictions


def test_owners_are_proposed_from_the_linked_action() -> None:
    """The action's leading units by their full names, the answerable one first; marked as proposed, nothing printed changed."""
    draft = Draft().action("1", "关爱特殊儿童", TEXT, ["县残联", "县教体局"], ["县财政局"]).row("1", "送教上门计划", TEXT)
    task = link(draft.reading(), draft.directory()).tasks[0]
    assert task.proposed == ("云溪县教育和体育局", "云溪县残疾人联合会")
    assert task.doubts == (Doubt.OWNER_PROPOSED,)
    assert task.lead == ()


def test_the_education_bureau_is_proposed_where_nobody_is_named() -> None:
    """Without a linked action, or where that names nobody, the issuer's education bureau; without a directory nobody."""
    draft = Draft().action("1", "关爱特殊儿童", TEXT).action("2", "保障", "落实经费。", ["县教体局"], ["县财政局"])
    draft.row("1", "送教上门计划", TEXT)
    assert link(draft.reading(), draft.directory()).tasks[0].proposed == ("云溪县教育和体育局",)
    assert link(draft.reading(), None).tasks[0].proposed == ()


def test_a_row_with_owners_gets_none_proposed() -> None:
    """What is printed stands, and no doubt is added."""
    draft = Draft().action("1", "关爱特殊儿童", TEXT, ["县教体局"], ["县残联"]).row("1", "送教上门计划", TEXT, ["县残联"])
    task = link(draft.reading(), draft.directory()).tasks[0]
    assert task.proposed == ()
    assert task.doubts == ()


def test_owners_are_compared_after_resolution() -> None:
    """县交通局 and 县交通运输局 are one unit; a unit that the action does not name is told."""
    draft = Draft().action("1", "关爱特殊儿童", TEXT, ["县教体局"], ["县交通局", "县残联"])
    same = draft.row("1", "送教上门计划", TEXT, ["县教育和体育局"], ["县交通运输局", "县残联"])
    assert _linked(same) == ()
    other = Draft().action("1", "关爱特殊儿童", TEXT, ["县教体局"], ["县残联"])
    (found,) = _linked(other.row("1", "送教上门计划", TEXT, ["县教体局"], ["县民政局"]))
    assert found.kind == "owner"
    assert "正文列有县残联而清单没有，清单列有县民政局而正文没有" in found.message


def test_rows_that_share_an_action_need_not_name_all_its_units() -> None:
    """An action's bracket covers everything in it; its rows each name their part."""
    draft = Draft().action("1", "关爱特殊儿童", TEXT, ["县教体局"], ["县残联", "县民政局"])
    draft.row("1", "送教上门计划", "送教上门覆盖重度残疾儿童。", ["县教体局"], ["县残联"])
    draft.row("2", "留守儿童档案", "建立留守儿童档案，资助困难学生。", ["县教体局"], ["县民政局"])
    assert _linked(draft) == ()


def test_lead_and_participant_turned_round_is_told() -> None:
    """A unit that takes part in the body and leads in the list."""
    draft = Draft().action("1", "关爱特殊儿童", TEXT, ["县教体局"], ["县残联"])
    (found,) = _linked(draft.row("1", "送教上门计划", TEXT, ["县残联"], ["县教体局"]))
    assert "正文由县残联配合、清单由其牵头" in found.message


def test_a_name_that_differs_in_a_word_is_told() -> None:
    """The same words around both, and neither name known to the other part; places are those of the names."""
    draft = Draft().action("1", "建强队伍", "深化教师“乡管校聘”管理改革，骨干教师走教。")
    draft.row("1", "队伍建设工程", "深化教师“县管校聘”管理改革，骨干教师走教。")
    reading = link(draft.reading(), None)
    (found,) = reading.contradictions
    assert found.kind == "name"
    assert reading.text[found.first.start : found.first.end] == "乡管校聘"
    assert reading.text[found.second.start : found.second.end] == "县管校聘"


def test_names_in_other_words_are_different_names() -> None:
    """“双师课堂” and “三个课堂” differ in a word too, but are not spoken of in the same words."""
    draft = Draft().action("1", "智慧课堂", "推进“双师课堂”常态开课，录播室建到中心校。")
    draft.row("1", "智慧课堂工程", "推进“三个课堂”应用，录播室建到中心校。")
    assert _linked(draft) == ()


def test_titles_one_word_apart_are_told_once() -> None:
    """A title that the rows of one action repeat is told once; neither another verb or 计划 around it nor a rephrased
    title is a contradiction."""
    draft = Draft().action("1", "开展校园安全提升行动", "校园保安配齐，防溺水演练。")
    draft.row("1", "开展校园安全稳定行动", "校园保安配齐。").row("1", "开展校园安全稳定行动", "防溺水演练。")
    (found,) = _linked(draft)
    assert found.kind == "wording"
    assert "提升" in found.message
    assert "稳定" in found.message
    for title in ("校园安全提升行动", "实施校园安全提升行动", "开展校园安全提升行动计划"):
        framed = Draft().action("1", "开展校园安全提升行动", "校园保安配齐。").row("1", title, "校园保安配齐。")
        assert _linked(framed) == ()
    rephrased = Draft().action("1", "优化学校布局", "撤并小规模学校。").row("1", "学校布局优化行动", "撤并小规模学校。")
    assert _linked(rephrased) == ()
