"""Invented packs of three layers and a plan, small enough to see through; tests change one text of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

THEME = """kind: theme
id: wellbeing
title: {zh: 体质, en: Fitness}
order: 1
covers: 体质健康
"""

PASS_SHARE = """kind: indicator
id: pass-share
title: {zh: 合格率, en: Share that passes}
aliases: [合格]
plain: {zh: 测试合格的学生，占参加测试学生的百分比, en: "Pupils who passed, as a percentage of pupils tested"}
source: {title: 某标准, clause: 等级, checked: false}
in_force: {from: 2014-07-01}
theme: wellbeing
uom: "%"
levels: [school, county]
reads: [fitness]
formula: 100 * sum(合格) / sum(参测, where=学段 = :stage)
params:
  stage: {choices: [小学, 初中], meaning: 学段, optional: true}
better: higher
thresholds:
  - {name: standing, op: ge, value: 90, source: {title: 某标准, checked: true}}
examples:
  - tables: {fitness: [{合格: 1, 参测: 2}]}
    gives: 50
"""

FITNESS = """kind: fields
id: fields-fitness
title: {zh: 体质表, en: Fitness}
table: fitness
of: form
per: school-year
unit_tier: school
fields:
  - {code: stage, name: 学段, type: choice, choices: [小学, 初中], meaning: 学段}
  - {code: tested, name: 参测, type: number, uom: 人, meaning: 参加测试的学生}
  - {code: passed, name: 合格, type: number, uom: 人, meaning: 及格以上的学生}
"""

REGISTER = """kind: fields
id: fields-unit-register
title: {zh: 单位登记册, en: Register of units}
table: unit-register
of: registry
per: standing
unit_tier: school
fields:
  - {code: area, name: 城乡, type: choice, choices: [城, 乡], meaning: 计划口径}
"""

SCOPE = """kind: scope
id: scope-rural-schools
title: {zh: 乡村学校, en: Rural schools}
tier: school
filter: 城乡 = "乡"
"""

PROVINCE = """kind: place
id: minghai-place
title: {zh: 明海省}
region_code: "990000"
region_level: province
"""

PREFECTURE = """kind: place
id: linzhou-place
title: {zh: 临州市}
region_code: "990100"
region_level: prefecture
"""

DOCUMENT = """kind: plan
id: yanxi-plan
title: {zh: 砚溪县乡村教育振兴方案}
doc_number: 砚政办〔2023〕8号
issuer: 砚溪县人民政府办公室
issued_on: 2023-05-10
region: 砚溪县
region_code: "990123"
region_level: county
period: {from: "2023", to: "2025"}
"""

UNITS = """kind: units
id: yanxi-units
title: {zh: 砚溪县各单位}
units:
  - {id: edu-bureau, name: 县教育局, aliases: [教育局], kind: department}
  - {id: finance-bureau, name: 县财政局, kind: department}
"""

TASKS = """kind: tasks
id: yanxi-tasks
title: {zh: 砚溪县任务}
tasks:
  - {id: t01, no: "1", origin: list, row: 1, title: 体质提升, answerable: edu-bureau, participants: [finance-bureau], due: "2025", tells_same: [b01]}
  - {id: b01, no: "3", origin: body, where: body 3, title: 体质提升, answerable: edu-bureau}
"""

TARGETS = """kind: targets
id: yanxi-targets
title: {zh: 砚溪县目标}
targets:
  - id: yx-001
    where: list 1
    metric: 合格率
    scope: scope-rural-schools
    op: ge
    value: 95
    uom: "%"
    due: "2025"
    level: school
    task: t01
    direction: at_least
    same_as: same-1
    evaluator: {kind: indicator, id: pass-share, params: {stage: 小学}, threshold: standing}
  - id: yx-002
    where: body 3
    metric: 合格率
    op: ge
    value: 95
    uom: "%"
    level: school
    task: b01
    direction: at_least
    same_as: same-1
    evaluator: {kind: indicator, id: pass-share, params: {stage: 小学}, threshold: standing}
"""

COUNTY = "minghai/plans/yanxi"

CARDS: Mapping[str, str] = {
    "national/wellbeing.yaml": THEME,
    "national/indicators/pass-share.yaml": PASS_SHARE,
    "national/fields/fields-fitness.yaml": FITNESS,
    "national/fields/fields-unit-register.yaml": REGISTER,
    "national/scopes/scope-rural-schools.yaml": SCOPE,
    "minghai/place.yaml": PROVINCE,
    "minghai/plans/linzhou/place.yaml": PREFECTURE,
    f"{COUNTY}/document.yaml": DOCUMENT,
    f"{COUNTY}/units.yaml": UNITS,
    f"{COUNTY}/tasks.yaml": TASKS,
    f"{COUNTY}/targets.yaml": TARGETS,
}


def written(root: Path, more: Mapping[str, str] | None = None) -> Path:
    """The invented packs in a folder, with some files more or instead."""
    for name, text in {**CARDS, **(more or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """One file with one text of it changed wherever it stands."""
    assert old in CARDS[name], f"{name} does not hold {old!r}"
    return {name: CARDS[name].replace(old, new)}
