"""One promise told more than once, and what its tellings do not agree in."""

from __future__ import annotations

from tests.core.importer.link.plan import Draft
from xiangxu.importer.link import link
from xiangxu.model.plan import Op, PlanReading


def _groups(reading: PlanReading) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for promise in reading.promises:
        if promise.same_as:
            found.setdefault(promise.same_as, []).append(promise.id)
    return list(found.values())


def _kinds(reading: PlanReading) -> list[str]:
    return [c.kind for c in reading.contradictions]


def _told(body: str, row: str, body_value: float, row_value: float, body_due: str | None, row_due: str | None) -> PlanReading:
    draft = (
        Draft()
        .action("1", "建设录播教室", body + "。其他学校随后跟上。")
        .promise(body, "录播教室数", Op.GE, body_value, "间", body_due)
    )
    draft.row("1", "录播教室工程", row + "。").promise(row, "录播教室数", Op.GE, row_value, "间", row_due)
    return link(draft.reading(), None)


def test_every_promise_gets_an_id_of_its_own() -> None:
    """Ids are given in order, and an id that is already there stays."""
    draft = Draft().action("1", "办学", "建成书屋3间。招聘教师5名。").promise("建成书屋3间", "书屋", Op.EQ, 3, "间")
    reading = link(draft.promise("招聘教师5名", "教师", Op.EQ, 5, "名").reading(), None)
    assert [promise.id for promise in reading.promises] == ["p-001", "p-002"]
    assert link(reading, None) == reading


def test_tellings_carry_the_id_of_the_first() -> None:
    """The same figure of the same thing in body and row is one promise; a date that only the row states is no contradiction."""
    reading = _told("乡镇中心校建成录播教室不少于12间", "中心校录播教室建成12间以上", 12, 12, None, "2026")
    assert _groups(reading) == [["p-001", "p-002"]]
    assert reading.promises[0].same_as == "p-001"
    assert _kinds(reading) == []


def test_the_only_figure_of_its_kind_ties_two_wordings() -> None:
    """No other 12 % stands in the action or its rows: one promise, however it is worded; a second 12 % leaves it open."""
    body, row = "每学年交流轮岗教师不低于符合条件教师总数的12%", "年度交流比例不低于12%"

    def told(further: str) -> PlanReading:
        draft = Draft().action("1", "教师交流轮岗", f"{body}。{further}。").promise(body, "交流轮岗教师占比", Op.GE, 12, "%")
        if further:
            draft.promise(further, "占比", Op.GE, 12, "%")
        draft.row("1", "教师交流轮岗", row + "。").promise(row, "交流比例", Op.GE, 12, "%")
        return link(draft.reading(), None)

    assert _groups(told("")) == [["p-001", "p-002"]]
    assert _groups(told("骨干教师参加研修的不低于12%")) == []


def test_another_figure_is_a_contradiction_and_no_telling() -> None:
    """The two promises stay two, and the message names both places and both readings."""
    reading = _told("乡镇中心校建成录播教室不少于12间", "乡镇中心校建成录播教室不少于15间", 12, 15, "2026", "2026")
    assert _groups(reading) == []
    (found,) = reading.contradictions
    assert found.kind == "figure"
    assert reading.text[found.first.start : found.first.end] == "乡镇中心校建成录播教室不少于12间"
    assert reading.text[found.second.start : found.second.end] == "乡镇中心校建成录播教室不少于15间"
    assert "正文1写" in found.message
    assert "清单第1项写" in found.message


def test_figures_for_different_years_are_steps() -> None:
    """12 by 2025 and 15 by 2027 is a course, not a contradiction."""
    reading = _told("乡镇中心校建成录播教室不少于12间", "乡镇中心校建成录播教室不少于15间", 12, 15, "2025", "2027")
    assert reading.contradictions == ()


def test_another_date_is_a_contradiction_and_a_month_is_not() -> None:
    """2025 against 2027 contradicts; 2025 against the end of 2025 says the same more precisely."""
    words = "乡镇中心校建成录播教室不少于12间"
    assert _kinds(_told(words, words, 12, 12, "2025", "2027")) == ["date"]
    assert _kinds(_told(words, words, 12, 12, "2025", "2025-12")) == []


def test_a_bound_that_one_telling_drops_is_told() -> None:
    """12间以上 in the body and 12间 in the list count as one promise, with a note that the bound differs."""
    reading = _told("乡镇中心校建成录播教室12间以上", "乡镇中心校建成录播教室12间", 12, 12, None, "2026")
    assert _groups(reading) == [["p-001", "p-002"]]
    assert _kinds(reading) == ["figure"]


def test_another_deed_is_a_contradiction() -> None:
    """To mend a sports ground is not to build one, though place and number agree."""
    reading = _told("为12处村小维修塑胶运动场", "为12处村小新建塑胶运动场", 12, 12, None, "2026")
    assert _kinds(reading) == ["wording"]


def test_promises_of_one_sentence_are_different() -> None:
    """Who names two campuses side by side means two, however alike the words."""
    draft = Draft().action("1", "布局", "改扩建柳河镇第一小学，改扩建柳河镇第二小学。")
    for name in ("改扩建柳河镇第一小学", "改扩建柳河镇第二小学"):
        draft.promise(name, "改扩建学校", Op.DONE)
    assert _groups(link(draft.reading(), None)) == []


def test_opposed_words_keep_promises_apart() -> None:
    """A 省级 and a 市级 model school, or primary and kindergarten, are never one promise."""
    draft = (
        Draft().action("1", "创建", "创建省级乡村温馨校园3所。").promise("创建省级乡村温馨校园3所", "温馨校园", Op.EQ, 3, "所")
    )
    draft.row("1", "创建行动", "创建市级乡村温馨校园3所。").promise("创建市级乡村温馨校园3所", "温馨校园", Op.EQ, 3, "所")
    reading = link(draft.reading(), None)
    assert _groups(reading) == []
    assert reading.contradictions == ()


def test_rows_of_one_list_are_different_promises_and_two_lists_are_not() -> None:
    """Rows side by side are meant apart; a second list may tell the first one's promises again."""
    for table, groups in ((0, []), (1, [["p-001", "p-002"]])):
        draft = Draft().row("1", "书屋工程", "每个教学点建成乡村书屋。").promise("每个教学点建成乡村书屋", "乡村书屋", Op.ALL)
        draft.row("2", "阅读工程", "每个教学点建成乡村书屋。", table=table).promise("每个教学点建成乡村书屋", "乡村书屋", Op.ALL)
        assert _groups(link(draft.reading(), None)) == groups


def test_all_against_a_share_is_a_figure() -> None:
    """Full coverage in the body and 90 % in the list cannot both be meant."""
    draft = Draft().action("1", "宽带", "实现村小千兆宽带接入全覆盖。").promise("村小千兆宽带接入全覆盖", "千兆宽带接入", Op.ALL)
    draft.row("1", "宽带工程", "村小千兆宽带接入率达到90%。").promise("村小千兆宽带接入率达到90%", "千兆宽带接入", Op.GE, 90, "%")
    assert _kinds(link(draft.reading(), None)) == ["figure"]
