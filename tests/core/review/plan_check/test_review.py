"""What the check promises as a whole: wording, order, places, speed, packs, the command."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner

from tests.core.review.plan_check.invented import ACTIONS, ROWS, card, changed, page, reading, review
from tests.paths import PLANS, needs_plans
from xiangxu.cards import Packs
from xiangxu.cli.main import main
from xiangxu.importer.plan import read_plan
from xiangxu.review.plan_check import Grade, check
from xiangxu.review.plan_check.packed import evaluators_of, read_pack
from xiangxu.review.plan_check.telling import in_words, to_json

DOCUMENTS = Path(__file__).parents[3] / "plans" / "documents"
UNOWNED = changed(ROWS, 2, lead="", others="")
OTHER_ACTIONS = (ACTIONS[0], ACTIONS[2])

# What none of the invented plans has: they are written with care, each at its own level.
NEVER = {
    "wrong-subject",
    "foreign-unit",
    "unknown-unit",
    "date-before-issue",
    "same-deadline",
    "numbering-gap",
    "attachment-missing",
    "said-twice",
    "overlap",
    "not-concrete",
    "two-figures",
}


def test_an_issued_document_is_given_advice(tmp_path: Path) -> None:
    """It cannot be argued with: its remarks are called advice, and no remedy asks to change the text."""
    issued, draft = (review(tmp_path, page(UNOWNED, OTHER_ACTIONS, issued=day)) for day in ("2024年3月20日", ""))
    assert (issued.word, draft.word) == ("建议", "问题")
    assert issued.remarks[0].mend == card().kinds["no-owner"].advice.words
    assert draft.remarks[0].mend == card().kinds["no-owner"].mend.words
    assert "已于 2024年3月20日 印发" in in_words(issued)
    assert "按草案检查" in in_words(draft)


def test_the_serious_ones_come_first_and_all_is_the_same_at_every_run(tmp_path: Path) -> None:
    """Order by grade; two runs agree to the letter."""
    text = page(changed(UNOWNED, 1, goal="办学水平明显提高，校园面貌焕然一新。"), OTHER_ACTIONS)
    found = review(tmp_path, text)
    grades = [list(Grade).index(remark.grade) for remark in found.remarks]
    assert grades == sorted(grades)
    assert len(set(grades)) > 1
    assert to_json(review(tmp_path, text)) == to_json(found)


def test_a_quotation_stands_at_its_place(tmp_path: Path) -> None:
    """The span of a place holds the words that are quoted."""
    told = reading(tmp_path, page(changed(ROWS, 1, goal="办学水平明显提高，校园面貌焕然一新。")))
    spot = next(remark for remark in check(told, card()).remarks if remark.kind == "no-quantity").spots[0]
    assert told.text[spot.place.start : spot.place.end] == spot.quote == "办学水平明显提高"


def test_the_day_of_checking_does_not_matter(tmp_path: Path) -> None:
    """Most dates have passed; that is no fault of the plan."""
    old = page([(*row[:4], "2021年", *row[5:]) for row in ROWS], ACTIONS[:1], issued="2019年3月20日")
    assert not [r for r in review(tmp_path, old).remarks if r.kind in {"date-before-issue", "short-notice"}]


def test_promises_that_nothing_computes_are_a_hint(tmp_path: Path) -> None:
    """Only where somebody says what computes which; one that is computed in another telling is not told."""
    text = page()
    told = reading(tmp_path, text)
    assert not check(told, card()).remarks
    unknown = next(p for p in told.promises if "应急演练" in p.quote)
    known = {p.id: None if p is unknown else "some-card" for p in told.promises}
    found = check(told, card(), lambda _: known).remarks
    assert [(r.kind, r.grade, len(r.spots)) for r in found] == [("not-computable", Grade.HINT, 1)]
    assert not check(told, card(), lambda _: dict.fromkeys(known, "some-card")).remarks


def test_yardsticks_are_the_cards(tmp_path: Path) -> None:
    """A county that thinks ten days enough, or a remark of less weight, changes its card."""
    told = reading(tmp_path, page(changed(ROWS, 2, due="2024年", lead="", others=""), OTHER_ACTIONS, issued="2024年11月20日"))
    mild = card().model_copy(
        update={
            "limits": card().limits.model_copy(update={"short_notice_days": 10}),
            "kinds": {**card().kinds, "no-owner": card().kinds["no-owner"].model_copy(update={"grade": "hint"})},
        }
    )
    by_card = [{r.kind: r.grade for r in check(told, each).remarks} for each in (card(), mild)]
    assert "short-notice" in by_card[0]
    assert "short-notice" not in by_card[1]
    assert [grades["no-owner"] for grades in by_card] == [Grade.SERIOUS, Grade.HINT]


def test_the_card_knows_every_kind() -> None:
    """Every kind that a check gives stands on the card, with reason and remedies in whole sentences of both languages, and none else does."""
    package = Path(check.__code__.co_filename).parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    assert [kind for kind in card().kinds if f'"{kind}"' not in source] == []
    assert all(
        text.zh.endswith("。") and (text.en or "").endswith(".")
        for kind in card().kinds.values()
        for text in (kind.why, kind.mend, kind.advice)
    )


@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("[dh]?.txt")), ids=lambda path: path.stem)
def test_plans_written_with_care(document: Path) -> None:
    """They get no remark of the kinds that they cannot deserve, and of no plan there are more than a page."""
    found = check(read_plan(document), card()).remarks
    assert not NEVER & {remark.kind for remark in found}
    assert len(found) <= 15


def test_a_plan_of_a_thousand_rows_is_checked_in_linear_time(tmp_path: Path) -> None:
    """Ten times the rows take about ten times as long."""
    one = [
        (str(n), f"第{n}项工程", f"建成第{n}类教室{n}间。", "按计划办。", "2026年", "县教体局", "县财政局") for n in range(1, 101)
    ]
    small = reading(tmp_path, page(one))
    tasks = tuple(replace(task, no=f"{n}-{task.no}") for n in range(10) for task in small.tasks)
    large = replace(small, tasks=tasks)

    def seconds(told: object) -> float:
        began = process_time()
        check(large if told is large else small, card())
        return process_time() - began

    assert seconds(small) < 0.3
    assert seconds(large) < 40 * max(seconds(small), 0.02)


@needs_plans
@pytest.mark.parametrize("key", ["qingzhou", "dongchangfu", "jinan", "anqiu", "yiyuan"])
def test_real_plans_get_few_remarks_quickly(key: str) -> None:
    """An office reads at most a page or two; the check takes less than a third of a second."""
    told = read_plan(PLANS / f"{key}.txt")
    began = process_time()
    found = check(told, card()).remarks
    assert process_time() - began < 0.3
    assert 4 <= len(found) <= 15


@needs_plans
def test_a_subject_taken_over_from_above_is_found() -> None:
    """A district's list that promises for 全市 and 每个县 is told so, with the words; 县域高中 is a term that the district uses too."""
    found = {remark.kind: remark for remark in check(read_plan(PLANS / "dongchangfu.txt"), card()).remarks}
    assert {spot.note for spot in found["wrong-subject"].spots} == {"“市域内”", "“全市”", "“每个县”", "“我市”"}


def test_a_pack_is_checked_without_its_document() -> None:
    """What needs no text is found: owners, dates, load, bindings; there are no places in a text."""
    packs = Packs.load()
    place = next(layer.name for layer in packs.layers if layer.within not in ("", "national"))
    view = packs.at(place)
    bound = evaluators_of(view, place)
    found = check(read_pack(view, place), card(), lambda _: bound)
    assert found.from_pack
    assert all(spot["place"] is None for remark in to_json(found)["remarks"] for spot in remark["spots"])
    assert not {remark.kind for remark in found.remarks} & {"wrong-subject", "overlap", "not-concrete", "open-number"}
    with pytest.raises(LookupError, match="没有完整的方案"):
        read_pack(packs.at(), "national")


def test_the_command(tmp_path: Path) -> None:
    """A file gives text or JSON; what can be neither read nor found fails with a message."""
    file = tmp_path / "plan.html"
    file.write_text(page(UNOWNED, OTHER_ACTIONS), encoding="utf-8")
    run = CliRunner().invoke(main, ["plan", "check", str(file)])
    assert (run.exit_code, "· 没有写明责任单位" in run.output, "可以这样：" in run.output) == (0, True, True)
    told = json.loads(CliRunner().invoke(main, ["plan", "check", str(file), "--json"]).output)
    remark = told["remarks"][0]
    assert (told["called"], remark["kind"], remark["grade"]) == ("建议", "no-owner", "serious")
    assert set(remark["spots"][0]["place"]) == {"start", "end", "line", "page"}
    lost = CliRunner().invoke(main, ["plan", "check", "nowhere"])
    assert (lost.exit_code, "没有“nowhere”这个地方" in lost.output) == (1, True)
