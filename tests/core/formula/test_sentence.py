"""Formulas in words, as a clerk reads them."""

from __future__ import annotations

import pytest

from xiangxu.formula import Kind, explain, parse, write
from xiangxu.formula.settled import settled

TITLES = {
    "good": ("体质优良学生", "fit pupils"),
    "tested": ("参测学生", "pupils tested"),
    "water": ("饮用水达标", "safe water"),
    "kind": ("类别", "kind"),
    "begun": ("起始日期", "start"),
    "rank": ("级别", "rank"),
    ":least": ("最少人数", "the least number"),
    "county-year": ("县年报", "the county's yearly return"),
}
# What is said at the end of a quotient of sums.
HALF = ("（没有填全的记录上下都不计）", " (entries that tell only part of this count on neither side)")
KINDS = {"begun": Kind.DATE, "rank": Kind.CHOICE}


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        (
            "100 * sum(good) / sum(tested)",
            f"体质优良学生合计 ÷ 参测学生合计 × 100{HALF[0]}",
            f"total fit pupils ÷ total pupils tested × 100{HALF[1]}",
        ),
        ("100 * share(water)", "饮用水达标的记录所占百分比", "percentage of entries where safe water"),
        (
            "count(tested >= :least)",
            "参测学生不少于最少人数的记录数",
            "number of entries where pupils tested is at least the least number",
        ),
        (
            "cv(good, by=tested)",
            "体质优良学生按参测学生加权的差异系数",
            "coefficient of variation of fit pupils, weighted by pupils tested",
        ),
        (
            "100 * sum(good, where=water) / sum(tested)",
            f"其中饮用水达标的体质优良学生合计 ÷ 参测学生合计 × 100{HALF[0]}",
            f"total fit pupils (of entries where safe water) ÷ total pupils tested × 100{HALF[1]}",
        ),
        (
            "100 * sum(good, where=water) / sum(tested, where=water)",
            f"饮用水达标的记录中，体质优良学生合计 ÷ 参测学生合计 × 100{HALF[0]}",
            f"of entries where safe water: total fit pupils ÷ total pupils tested × 100{HALF[1]}",
        ),
        (
            "100 * share(count(water) >= 1, each=town)",
            "饮用水达标的记录数不少于1的镇街所占百分比",
            "percentage of towns where number of entries where safe water is at least 1",
        ),
        (
            "100 * share(share(water) = 1, each=school)",
            "每条记录都满足饮用水达标的学校所占百分比",
            "percentage of schools where in every entry, safe water",
        ),
        (
            "gap(sum(good) / sum(tested))",
            f"（体质优良学生合计 ÷ 参测学生合计）的城乡比{HALF[0]}",
            f"city-over-village ratio of (total fit pupils ÷ total pupils tested){HALF[1]}",
        ),
        (
            'count(good != "" and not water)',
            "体质优良学生已填且不是饮用水达标的记录数",
            "number of entries where fit pupils is filled in and not safe water",
        ),
        ("sum(county-year.tested)", "县年报的参测学生合计", "total pupils tested in the county's yearly return"),
        (
            "100 * units_with(water, by=town) / units()",
            "有饮用水达标的记录的town数 ÷ 范围内单位数 × 100",
            "number of towns that have an entry where safe water ÷ number of units in scope × 100",
        ),
        (
            "100 * units_with(water and good > 3, tested > 3) / units()",
            "有饮用水达标且体质优良学生大于3的记录、又有参测学生大于3的记录的单位数 ÷ 范围内单位数 × 100",
            "number of units that have an entry where safe water and fit pupils is above 3 and one where pupils tested is above 3 "
            "÷ number of units in scope × 100",
        ),
        (
            "sum(good, where=water, latest=begun)",
            "各单位最近一期的其中饮用水达标的体质优良学生合计",
            "total fit pupils (of each unit's latest entries where safe water)",
        ),
        (
            "100 * share(water, latest=begun)",
            "各单位最近一期的记录中，饮用水达标的记录所占百分比",
            "percentage of entries where safe water (of each unit's latest entries)",
        ),
        (
            "least(change(sum(good)), 3)",
            "体质优良学生合计比上期的增减、3中最小的",
            "change of total fit pupils against the period before, 3, whichever is least",
        ),
        (
            "share(years(born, :on) <= 45)",
            "born到〔on〕的周年数不超过45的记录所占比例",
            "share of entries where full years from born to [on] is at most 45",
        ),
        (
            "quantile(good - tested, 0.25)",
            "（体质优良学生 － 参测学生）的 0.25 分位数",
            "0.25 quantile of (fit pupils － pupils tested)",
        ),
        ("count(good = tested)", "体质优良学生等于参测学生的记录数", "number of entries where fit pupils equals pupils tested"),
        (
            'count((kind = "甲" or kind = "乙") and begun >= "2024-09-01" and begun <= :on and rank >= "县级")',
            "（类别为“甲”或“乙”）且起始日期不早于“2024-09-01”且不晚于〔on〕且级别不低于“县级”的记录数",
            "number of entries where (kind is “甲” or “乙”) and start is no earlier than “2024-09-01” and is no later than [on] "
            "and rank is at least “县级”",
        ),
        (
            'count(water) * share(begun != "", where=begun != "" and good > 3)',
            "饮用水达标的记录数（没有起始日期已填且体质优良学生大于3的记录时没有数据）",
            "number of entries where safe water (no figure without entries where start is filled in and fit pupils is above 3)",
        ),
    ],
)
def test_sentences(formula: str, zh: str, en: str) -> None:
    """The sentence says the same as the formula, in the titles of the fields."""
    said = explain(parse(formula), TITLES, KINDS)
    assert said.zh == zh
    assert said.en == en


@pytest.mark.parametrize(
    ("formula", "given", "left"),
    [
        ('count(a = "" or (a != "" and a >= :on))', {}, 'count(a = "" or a >= :on)'),
        ('count(a = "" or a != "")', {}, "count()"),
        ('count(b and (a = "" or a != "") and b)', {}, "count(b)"),
        ('count(b and :kind = "甲")', {"kind": "乙"}, "0"),
        ('sum(a, where=:kind = "甲") + sum(b, where=:kind = "乙")', {"kind": "乙"}, "sum(b)"),
        ("count(rural = :rural)", {"rural": True}, 'count(rural = "是")'),
        ("share(a >= :least)", {"least": 0.85}, "share(a >= 0.85)"),
        ('count((:of = "甲" and a) or (:of = "乙" and b))', {"of": "乙"}, "count(b)"),
        ("least(sum(a), sum(a))", {}, "least(sum(a))"),
        ("units_with(a = 1 and b > 2, b > 2)", {}, "units_with(a = 1 and b > 2)"),
        ("units_with(b > 2, b > 2)", {}, "units_with(b > 2)"),
    ],
)
def test_what_parameters_decide_is_decided(formula: str, given: dict[str, str | bool | float], left: str) -> None:
    """No condition is told that holds of every row or that the parameters have settled; a yes is told in words."""
    assert write(settled(parse(formula), given)) == left
