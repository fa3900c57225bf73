"""What only `pack check --strict` sees: references, formulas, examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cards.invented import CARDS, COUNTY, PASS_SHARE, changed, written
from xiangxu.cards import Packs
from xiangxu.review.pack_check import strict_faults

SHARE, FITNESS, SCOPE, TARGETS = (
    "national/indicators/pass-share.yaml",
    "national/fields/fields-fitness.yaml",
    "national/scopes/scope-rural-schools.yaml",
    f"{COUNTY}/targets.yaml",
)
BOUND = "evaluator: {kind: indicator, id: pass-share, params: {stage: 小学}, threshold: standing}"


def strict(root: Path) -> list[tuple[str, str, str]]:
    """What strict checking finds, as field, what is wrong and what to write; the packs are sound otherwise."""
    packs = Packs.load([root])
    assert packs.faults == ()
    return [(fault.field, fault.wrong, fault.remedy) for fault in strict_faults(packs)]


def test_sound_packs_pass(tmp_path: Path) -> None:
    """The invented packs are sound in every respect."""
    assert strict(written(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "wrong"),
    [
        (SHARE, "sum(合格)", "sum(及格)", "formula", "公式第 11 个字“及格”：表 fitness 没有“及格”这个字段"),
        (SHARE, "sum(合格)", "sum(合格", "formula", "公式第 42 个字"),
        (SHARE, ":stage", ":level", "formula", "没有“:level”这个参数"),
        (SHARE, "sum(合格)", "average(合格)", "formula", "没有“average”这个函数"),
        (SHARE, "学段 = :stage", '学段 = "高中"', "formula", "“学段”没有“高中”这个选项"),
        (SHARE, "reads: [fitness]", "reads: [fitnes]", "reads[1]", "字段字典里没有“fitnes”这张表"),
        (SHARE, "gives: 50", "gives: 51", "examples[1].gives", "按公式算出 50，例子写的是 51"),
        (SHARE, "gives: 50", "gives: null", "examples[1].gives", "按公式算出 50，例子写的是 空（null）"),
        (SHARE, "合格: 1,", "及格: 1,", "examples[1].tables.fitness[1].及格", "表 fitness 没有“及格”这个字段"),
        (SHARE, "合格: 1,", "合格: 1, 学段: 高中,", "examples[1].tables.fitness[1].学段", "“学段”没有“高中”这个选项"),
        (SHARE, "合格: 1,", "合格: 多,", "examples[1]", "不是数字"),
        (SHARE, "tables: {fitness:", "tables: {fitnes:", "examples[1].tables.fitnes", "例子里的表“fitnes”不在公式所读的表里"),
        (SHARE, "gives: 50", "gives: 50\n    params: {stage: 高中}", "examples[1].params.stage", "参数“stage”没有“高中”这个选项"),
        (SHARE, "better: higher", "better: higher\ncompares_with: other", "compares_with", "没有“other”这张卡片"),
        (SHARE, "value: 90,", "value: 90, params: {stage: 高中},", "thresholds[1].params.stage", "参数“stage”没有“高中”这个选项"),
        (SHARE, "theme: wellbeing", "theme: care", "theme", "没有“care”这张主题卡片"),
        (SHARE, "plain:", "note: 无\n# plain:", "plain", "没有写怎么算的一句话"),
        (SHARE, "zh: 测试合格的学生", f"zh: {'测试合格的学生' * 9}", "plain.zh", "这句话有 74 个字，太长"),
        (SHARE, "zh: 测试合格的学生", "zh: passed 的学生", "plain.zh", "“passed”是程序里的代码"),
        (SHARE, "Pupils who passed", "Pupils by pass-share", "plain.en", "“pass-share”是程序里的代码"),
        (SHARE, "zh: 测试合格的学生", "zh: 合格为True的学生", "plain.zh", "“True”是程序里的真假"),
        (SHARE, "zh: 测试合格的学生", "zh: 合格 ÷ 参测，即学生", "plain.zh", "“÷”是公式的符号"),
        (SHARE, "zh: 测试合格的学生，占参加测试学生的百分比", "zh: 参加测试学生的百分比。", "plain.zh", "末尾有句号"),
        (SCOPE, '城乡 = "乡"', '城乡类别 = "乡"', "filter", "没有“城乡类别”这个字段"),
        (SCOPE, '城乡 = "乡"', '城乡 = "', "filter", "公式第"),
        (TARGETS, "scope: scope-rural-schools", "scope: scope-rural-school", "targets[1].scope", "没有“scope-rural-school”这张范围卡片"),
        (TARGETS, f"    {BOUND}\n", "", "targets[1]", "目标“yx-001”没有评判方式"),
        (TARGETS, "id: pass-share", "id: past-share", "targets[1].evaluator.id", "没有“past-share”这张评判卡片"),
        (TARGETS, "kind: indicator", "kind: registry", "targets[1].evaluator.kind", "“pass-share”是 indicator，这里写的是 registry"),
        (TARGETS, "{stage: 小学}", "{stages: 小学}", "targets[1].evaluator.params.stages", "卡片没有“stages”这个参数"),
        (TARGETS, "{stage: 小学}", "{stage: 高中}", "targets[1].evaluator.params.stage", "参数“stage”没有“高中”这个选项"),
        (TARGETS, "threshold: standing", "threshold: standings", "targets[1].evaluator.threshold", "“pass-share”没有叫“standings”的界限值"),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere_or_a_formula_that_does_not_hold(
    tmp_path: Path, file: str, old: str, new: str, field: str, wrong: str
) -> None:
    """Each mistake is told at its field; every message has its remedy."""
    told = strict(written(tmp_path, changed(file, old, new)))
    assert any(at == field and wrong in message for at, message, _ in told), told
    assert all(remedy for *_, remedy in told)


def test_a_parameter_that_must_be_given(tmp_path: Path) -> None:
    """A parameter that is neither optional nor has a default stands in every binding and example."""
    text = CARDS[SHARE].replace(", optional: true", "")
    missing = CARDS[TARGETS].replace(", params: {stage: 小学}", "")
    told = strict(written(tmp_path, {SHARE: text, TARGETS: missing}))
    assert {field for field, *_ in told} == {"targets[1].evaluator.params", "targets[2].evaluator.params", "examples[1].params"}


def test_an_evaluator_under_its_former_id(tmp_path: Path) -> None:
    """It still computes; the pack is asked to use the new id."""
    text = PASS_SHARE.replace("id: pass-share", "id: passed-share\nformerly: [pass-share]")
    root = written(tmp_path, {"national/indicators/passed-share.yaml": text})
    (root / SHARE).unlink()
    assert {wrong for _, wrong, _ in strict(root)} == {"“pass-share”已改名"}


def test_a_standard_refers_to_evaluators_and_their_parameters(tmp_path: Path) -> None:
    """Each row of a standard names an evaluator; parameters are those of its card."""
    rows = "rows:\n  - {evaluator: pass-share, params: {stage: 小学}, op: ge, value: 90}\n"
    head = "kind: standard\nid: bars\ntitle: {zh: 某标准, en: Bars}\nsource: {title: 某文件, checked: false}\n"
    bad = "  - {evaluator: pass-shar, op: ge, value: 90}\n  - {evaluator: pass-share, params: {year: 1}, op: ge, value: 90}\n"
    assert strict(written(tmp_path / "sound", {"national/bars.yaml": head + rows})) == []
    told = strict(written(tmp_path / "bad", {"national/bars.yaml": head + rows + bad}))
    assert [field for field, *_ in told] == ["rows[2].evaluator", "rows[3].params.year"]


def test_coverage_duty_and_milestone_read_their_usual_tables(tmp_path: Path) -> None:
    """A coverage card that names no table reads the answers; 是 and 否 are compared as yes and no."""
    answers = """kind: fields
id: fields-coverage-answers
title: {zh: 答复表, en: Answers}
table: coverage-answers
of: form
per: standing
unit_tier: school
fields:
  - {code: answer, name: 答复, type: choice, choices: [否, 是, 不适用], meaning: 是否做到}
"""
    card = """kind: coverage
id: reading-corner
title: {zh: 班级图书角, en: Reading corners}
source: {title: 某文件, checked: false}
theme: wellbeing
uom: "%"
levels: [school]
plain: {zh: 每个班都有图书角的学校所占百分比, en: Schools where every class has a reading corner}
formula: 100 * share(答复 = "是")
statement: 每个班都有图书角
evidence: 照片
examples:
  - tables: {coverage-answers: [{答复: 是}, {答复: 否}, {答复: 不适用}, {答复: null}]}
    gives: 50
"""
    more = {"national/fields/fields-coverage-answers.yaml": answers, "national/reading-corner.yaml": card}
    assert strict(written(tmp_path, more)) == []


def test_a_change_needs_the_period_before(tmp_path: Path) -> None:
    """An example of a formula with change() gives the same tables one period earlier."""
    text = PASS_SHARE.replace("sum(合格) / sum(参测, where=学段 = :stage)", "change(sum(合格) / sum(参测))")
    text = text.replace("    gives: 50", "    previous: {fitness: [{合格: 1, 参测: 4}]}\n    gives: 25").replace(
        "    choices", "choices"
    )
    assert strict(written(tmp_path, {SHARE: text})) == []
