"""Formulas in words, as a clerk reads them."""

from __future__ import annotations

import pytest

from xiangxu.formula import explain, parse

TITLES = {
    "good": ("体质优良学生", "fit pupils"),
    "tested": ("参测学生", "pupils tested"),
    "water": ("饮用水达标", "safe water"),
    ":least": ("最少人数", "the least number"),
    "county-year": ("县年报", "the county's yearly return"),
}


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        (
            "100 * sum(good) / sum(tested)",
            "体质优良学生合计 ÷ 参测学生合计 × 100",
            "total fit pupils ÷ total pupils tested × 100",
        ),
        ("100 * share(water)", "“饮用水达标”的占比 × 100", "share with “safe water” × 100"),
        ("count(tested >= :least)", "参测学生不少于最少人数的数量", "number with pupils tested is at least the least number"),
        (
            "cv(good, by=tested)",
            "体质优良学生按参测学生加权的差异系数",
            "coefficient of variation of fit pupils, weighted by pupils tested",
        ),
        (
            "sum(good, where=water)",
            "（“饮用水达标”的记录中）体质优良学生合计",
            "total fit pupils (of entries where “safe water”)",
        ),
        (
            "share(count(water) >= 1, each=town)",
            "逐个镇街计算，“饮用水达标”的数量不少于1的占比",
            "share (by town) with number with “safe water” is at least 1",
        ),
        (
            "gap(sum(good) / sum(tested))",
            "（体质优良学生合计 ÷ 参测学生合计）的城乡比",
            "city-over-village ratio of (total fit pupils ÷ total pupils tested)",
        ),
        (
            'count(good != "" and not water)',
            "体质优良学生已填且不是（“饮用水达标”）的数量",
            "number with fit pupils is filled in and not (“safe water”)",
        ),
        ("sum(county-year.tested)", "县年报的参测学生合计", "total pupils tested in the county's yearly return"),
        (
            "100 * units_with(water) / units()",
            "有“饮用水达标”的单位数 ÷ 范围内单位数 × 100",
            "number of units that have “safe water” ÷ number of units in scope × 100",
        ),
        (
            "least(change(sum(good)), 3)",
            "（体质优良学生合计）比上期的增减、3中最小的",
            "change of (total fit pupils) against the period before, 3, whichever is least",
        ),
        (
            "share(years(born, :on) <= 45)",
            "born到〔on〕的周年数不超过45的占比",
            "share with full years from born to [on] is at most 45",
        ),
        (
            "quantile(good - tested, 0.25)",
            "（体质优良学生 － 参测学生）的 0.25 分位数",
            "0.25 quantile of (fit pupils － pupils tested)",
        ),
    ],
)
def test_sentences(formula: str, zh: str, en: str) -> None:
    """The sentence says the same as the formula, in the titles of the fields."""
    said = explain(parse(formula), TITLES)
    assert said.zh == zh
    assert said.en == en
