"""Plans side by side: who aims higher, sooner, or not at all; themes, loads, and the plan above."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.cards.invented import PASS_SHARE, written
from xiangxu.cards import Packs, View
from xiangxu.review.comparison import Aim, Answered, NoSuchPlan, Side, Work, answers, by_theme, loads, open_plan, rows
from xiangxu.review.comparison.side import SLOGAN, told_once

AIM = Aim("a-1", "list 1", "合格率", "ge", value=70, uom="%", due="2025", scope="scope-rural-schools", evaluator="pass-share")
COUNT = (
    PASS_SHARE.replace("id: pass-share", "id: pass-count")
    .replace("合格率", "合格人数")
    .replace('uom: "%"', "uom: 人")
    .replace("100 * sum(合格) / sum(参测, where=学段 = :stage)", "sum(合格)")
    .replace("gives: 50", "gives: 1")
    .replace("params:\n  stage: {choices: [小学, 初中], meaning: 学段, optional: true}\n", "")
)
LOWER = COUNT.replace("id: pass-count", "id: fail-count").replace("better: higher", "better: lower")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    """The invented packs with two more evaluators: a count, and one that is better low."""
    more = {"national/indicators/pass-count.yaml": COUNT, "national/indicators/fail-count.yaml": LOWER}
    return Packs.load([written(tmp_path_factory.mktemp("packs"), more)])


@pytest.fixture(scope="module")
def view(packs: Packs) -> View:
    """The cards of the nation."""
    return packs.at()


def side(key: str, *aims: Aim, works: tuple[Work, ...] = (), level: str = "county") -> Side:
    """A plan with these promises."""
    return Side(key, f"{key}方案", key, level, "2024-01-01", aims, works)


def test_who_aims_higher_sooner_or_not_at_all(view: View) -> None:
    """The greatest figure is the highest, the nearest date the soonest; a plan without the promise is absent."""
    sides = [side("a", AIM), side("b", replace(AIM, value=50.0, due="2024-06")), side("c")]
    [row] = rows(sides, view)
    assert (row.highest, row.soonest, row.absent, row.alike) == (("a",), ("b",), ("c",), False)


@pytest.mark.parametrize("due", ["2026年", "2026年6月底前", "尽快", "2026-13", "2026-02-30", "", None, "ongoing"])
def test_a_date_that_cannot_be_read_is_none(view: View, due: str | None) -> None:
    """Words in place of a deadline's normal form name no day; the promise is compared all the same, and counts as undated."""
    [row] = rows([side("a", AIM), side("b", replace(AIM, due=due))], view)
    assert row.undated == ("b",)
    assert answers(side("a", AIM), side("b", replace(AIM, due=due)), view)


def test_less_is_more_where_the_card_says_so(view: View) -> None:
    """Of what is better low the smallest figure demands most; none at all is zero."""
    aim = replace(AIM, evaluator="fail-count", op="le", uom="人", each=True)
    [row] = rows([side("a", aim), side("b", replace(aim, op="zero", value=None, uom=None))], view)
    assert row.highest == ("b",)


def test_everyone_is_a_hundred(view: View) -> None:
    """全部 and 100 % demand the same of a share; a bound against the good side is no demand."""
    every = replace(AIM, op="all", each=True, value=None, uom=None)
    [row] = rows([side("a", every), side("b", replace(AIM, value=100.0))], view)
    assert row.alike
    assert not row.highest
    [row] = rows([side("a", every), side("b", replace(AIM, op="le"))], view)
    assert not row.alike
    assert not row.highest


def test_figures_that_grow_with_the_place_say_so(view: View) -> None:
    """A count of a whole county is compared, with a warning."""
    aim = replace(AIM, evaluator="pass-count", uom="人")
    [row] = rows([side("a", aim), side("b", replace(aim, value=90.0))], view)
    assert row.by_size
    assert row.highest == ("b",)


def test_other_parameters_are_another_row(view: View) -> None:
    """Primary and middle schools are not compared; each plan is said to have the other only otherwise."""
    sides = [side("a", replace(AIM, params={"stage": "小学"})), side("b", replace(AIM, params={"stage": "初中"}))]
    found = rows(sides, view)
    assert [(row.params, row.otherwise, row.absent) for row in found] == [
        ({"stage": "初中"}, ("a",), ()),
        ({"stage": "小学"}, ("b",), ()),
    ]


def test_of_several_promises_those_of_one_group_are_compared(view: View) -> None:
    """A plan that speaks of two groups is compared by the one that the other plan speaks of."""
    town = replace(AIM, uid="a-2", scope="scope-town-schools", value=99.0)
    [row] = rows([side("a", AIM, town), side("b", replace(AIM, value=80.0))], view)
    assert row.highest == ("b",)
    assert not row.scopes


def test_a_promise_told_twice_is_one(packs: Packs) -> None:
    """Body and list tell one promise: it counts once, with the date that either names; the action is no second task."""
    plan = open_plan("yanxi", packs)
    [aim] = plan.aims
    assert (aim.uid, aim.retold, aim.due, aim.unit) == ("yx-001", ("yx-002",), "2025", "教育局")
    assert [(work.lead, work.participants) for work in plan.works] == [("教育局", ("财政局",))]
    later = replace(AIM, uid="a-2", due="2027", baseline=60.0)
    [one] = told_once([(replace(AIM, due=None), "x"), (later, "x")])
    assert (one.due, one.baseline) == ("2027", 60.0)


def test_themes_count_promises_and_what_one_plan_has_alone(view: View) -> None:
    """Hard promises are those that can be missed; slogans and what is not bound have rows of their own."""
    slogan = replace(AIM, evaluator=SLOGAN, op="done", value=None)
    sides = [side("a", AIM, slogan), side("b", AIM, replace(AIM, evaluator="pass-count"), replace(AIM, evaluator=None))]
    found = by_theme(sides, view)
    assert {theme: (own["a"].targets, own["b"].targets) for theme, own in found.items()} == {
        "wellbeing": (1, 2),
        "slogans": (1, 0),
        "unbound": (0, 1),
    }
    assert found["wellbeing"]["b"].only == ("pass-count",)
    assert (found["slogans"]["a"].hard, found["wellbeing"]["a"].hard) == (0, 1)


def test_departments_of_two_places_are_one() -> None:
    """教育局 here is 教育和体育局 there; promises fall on whoever answers for their task, by year."""
    one = side("a", replace(AIM, unit="教育局"), works=(Work("一", "教育局", (), ("财政局",)),))
    other = side("b", replace(AIM, unit="教育和体育局", due=None), works=(Work("一", "教育和体育局"), Work("二", "教育和体育局")))
    one = replace(one, tasks_of={"教育局": frozenset({"教育"}), "财政局": frozenset({"财政"})})
    other = replace(other, tasks_of={"教育和体育局": frozenset({"教育", "体育"})})
    found = loads([one, other])
    assert list(found) == ["教育和体育局", "财政局"]
    bureau = found["教育和体育局"]
    assert (bureau["a"].name, bureau["a"].led, bureau["a"].due) == ("教育局", 1, {"2025": 1})
    assert (bureau["b"].led, bureau["b"].due) == (2, {"undated": 1})
    assert found["财政局"]["a"].joined == 1


@pytest.mark.parametrize(
    ("answer", "answered"),
    [
        (replace(AIM, value=80.0), Answered.MET),
        (replace(AIM, value=60.0), Answered.LOWER),
        (replace(AIM, due="2026"), Answered.LATER),
        (replace(AIM, params={"stage": "小学"}), Answered.OTHERWISE),
        (replace(AIM, evaluator=None, metric="合格率达标"), Answered.SIMILAR),
        (replace(AIM, evaluator="fail-count", metric="食堂改造"), Answered.NOT),
    ],
)
def test_how_a_demand_of_the_plan_above_is_answered(view: View, answer: Aim, answered: Answered) -> None:
    """As much and in time, less, later, of another group of pupils, only in like words, or not at all."""
    others = tuple(replace(AIM, uid=f"a-{n}", evaluator=None, metric=word) for n, word in enumerate(("校车", "图书", "课后服务")))
    [found] = answers(side("up", AIM, level="prefecture"), side("a", replace(answer, uid="b-1"), *others), view)
    assert found.answered is answered
    assert [aim.uid for aim in found.by] == ([] if answered is Answered.NOT else ["b-1"])


def test_a_total_of_the_larger_area_is_no_measure_for_its_part(view: View) -> None:
    """A prefecture's 1000 pupils are no demand on one county, nor is a slogan a demand at all."""
    total = replace(AIM, evaluator="pass-count", uom="人", value=1000.0)
    upper = side("up", total, replace(AIM, evaluator=SLOGAN), level="prefecture")
    [found] = answers(upper, side("a", replace(total, value=90.0)), view)
    assert found.answered is Answered.PART


def test_a_document_is_bound_by_the_proposer(packs: Packs, tmp_path: Path) -> None:
    """A file is read and its promises bound without a person; each says so. What is neither file nor place is refused."""
    text = (
        "砚溪县乡村教育振兴实施方案\n一、工作目标\n到2027年，乡村学校学生体质健康合格率达到92%。\n"
        "二、重点任务\n1.提升体质。开展达标行动，小学合格率达到95%以上。（责任单位：县教育局、县财政局）\n"
    )
    document = tmp_path / "draft.txt"
    document.write_text(text, encoding="utf-8")
    plan = open_plan(str(document), packs)
    assert plan.key == "draft"
    assert {(aim.value, aim.evaluator, aim.proposed) for aim in plan.aims} == {
        (92.0, "pass-share", True),
        (95.0, "pass-share", True),
    }
    assert [(work.lead, work.co_leads) for work in plan.works] == [("教育局", ("财政局",))]
    with pytest.raises(NoSuchPlan, match=r"没有“nowhere”这个文件，也没有这个地方的方案包.*yanxi"):
        open_plan("nowhere", packs)
