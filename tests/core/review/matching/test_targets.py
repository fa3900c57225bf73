"""A pack's targets and the promises of a document."""

from __future__ import annotations

import pytest

from tests.core.review.matching.invented import by_id, draft, pack, reading, target, task
from xiangxu.model.plan import Op
from xiangxu.review.matching import Wording, match

TEACHERS = target("yx-1", "body 1", "年招录数", "eq", value=60, uom="人")
SENIOR = target("yx-2", "body 1", "区级以上优秀骨干比例", "ge", value=25, uom="%")
BONUS = target("yx-3", "body 1", "交通补助发放", "done", scope_text="轮岗教师")
CANTEENS = target("yx-4", "body 2", "学校食堂", "eq", value=6, uom="所")
STUDIOS = target("yx-5", "body 2", "录播室", "eq", value=6, uom="所")
SCHOOL_NET = target("yx-6", "body 2", "千兆进校", "all")
CLASS_NET = target("yx-7", "body 2", "百兆进班", "all")
MYOPIA = target("yx-8", "body 3", "视力不良", "le", value=40, uom="%")
TASKS = tuple(
    task(f"b0{n}", str(n), "body", title, where=f"body {n}")
    for n, title in enumerate(("乡村教师补充", "办学条件改善", "学生健康"), 1)
)
ALL = pack(TEACHERS, SENIOR, BONUS, CANTEENS, STUDIOS, SCHOOL_NET, CLASS_NET, MYOPIA, tasks=TASKS)
QUOTES = {
    "yx-1": "每年招聘新教师60名",
    "yx-2": "骨干教师占比达到25%以上",
    "yx-3": "健全轮岗办法，落实交通补助。",
    "yx-4": "新建食堂6处",
    "yx-5": "新建录播室6处",
    "yx-6": "实现千兆进校、百兆进班",
    "yx-7": "实现千兆进校、百兆进班",
    "yx-8": "近视率不超过40%",
}


def test_every_target_gets_the_office_s_own_words() -> None:
    """Figures and place decide where the words differ, words where figures are the same."""
    found = match(reading(), ALL)
    assert {match.target.id: match.quote for match in found.targets} == QUOTES
    assert found.new_promises == ()
    assert not any(match.differs for match in found.targets)
    assert all(match.reason for match in found.targets)


def test_the_quote_stands_where_its_place_says() -> None:
    """Also of a sentence that nobody read as a promise."""
    document = reading()
    for found in match(document, ALL).targets:
        assert found.place is not None
        assert document.text[found.place.start : found.place.end] == found.quote


def test_how_the_words_were_found_is_told() -> None:
    """One sentence that promises two things is shared; what was not read is shown as it stands, and not bound to a promise."""
    found = by_id(match(reading(), ALL))
    assert {found["yx-6"].wording, found["yx-7"].wording} == {Wording.PROMISE, Wording.SHARED}
    assert found["yx-6"].promise == found["yx-7"].promise
    assert found["yx-3"].wording is Wording.SENTENCE
    assert not found["yx-3"].bound
    assert found["yx-1"].bound


@pytest.mark.parametrize("before", [1, 2])
def test_actions_that_were_put_in_move_all_numbers(before: int) -> None:
    """Tasks are found by their words, and the targets go with them."""
    found = match(reading(draft(before)), ALL)
    assert {match.target.id: match.quote for match in found.targets} == QUOTES
    assert [match.action for match in found.tasks] == [before, before + 1, before + 2]
    assert found.new_actions == tuple(range(before))


def test_both_sides_keep_what_they_have_alone() -> None:
    """A target whose clause says nothing of it keeps the clause; one without clause has none; new promises are listed."""
    fund = target("yx-9", "body 3", "奖励基金", "done")
    lost = target("yx-10", "body 9", "奖励基金", "done")
    found = match(reading(), pack(TEACHERS, fund, lost, tasks=TASKS[:1]))
    matches = by_id(found)
    assert (matches["yx-9"].wording, matches["yx-9"].quote) == (Wording.CLAUSE, "")
    assert matches["yx-9"].place is not None
    assert (matches["yx-10"].wording, matches["yx-10"].place) == (Wording.NONE, None)
    assert found.missing_targets == (fund, lost)
    assert [promise.quote for promise in found.new_promises] == [QUOTES[id] for id in ("yx-2", "yx-4", "yx-5", "yx-6", "yx-8")]
    assert found.new_actions == (1, 2)


def test_another_figure_is_told() -> None:
    """The same matter with another figure or year is matched for its words, and a person must look."""
    share = target("yx-2", "body 1", "骨干教师占比", "ge", value=30, uom="%", due="2026")
    [found] = match(reading(), pack(share)).targets
    assert found.quote == QUOTES["yx-2"]
    assert found.differs == ("内置方案是 30，文件是 25",)


def test_another_figure_is_no_match_by_its_place_alone() -> None:
    """What is about something else and states another figure is another promise."""
    other = target("yx-2", "body 1", "家访覆盖面", "ge", value=90, uom="%")
    [found] = match(reading(), pack(other)).targets
    assert not found.bound


def test_the_choice_is_the_best_as_a_whole() -> None:
    """A target that any promise would suit leaves the one that another needs."""
    made = draft().action("4", "结对", "乡村学校结对全覆盖，乡村教师结对全覆盖。", ["教育局"])
    made.promise("乡村学校结对全覆盖", "乡村学校结对", Op.ALL).promise("乡村教师结对全覆盖", "乡村教师结对", Op.ALL)
    pairs = target("yx-11", "body 4", "结对覆盖", "all"), target("yx-12", "body 4", "乡村学校结对", "all")
    found = by_id(match(reading(made), pack(*pairs)))
    assert found["yx-12"].quote == "乡村学校结对全覆盖"
    assert found["yx-11"].quote == "乡村教师结对全覆盖"


def test_an_empty_pack_and_an_empty_document() -> None:
    """Nothing is matched with nothing."""
    assert match(reading(), pack()).targets == ()
    empty = match(reading(draft().__class__()), ALL)
    assert {found.wording for found in empty.targets} == {Wording.NONE}
    assert empty.missing_tasks == TASKS
