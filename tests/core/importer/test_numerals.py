"""Numerals: what is read is what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangxu.importer.numerals import arabic_value, han_value, value_of

DIGITS = "零一二三四五六七八九"


def spell(number: int) -> str:
    """A number from 1 to 99,999,999 in Han numerals, as school books write it."""
    if number >= 10000:
        rest = number % 10000
        return spell(number // 10000) + "万" + ("" if not rest else ("零" if rest < 1000 else "") + spell(rest))
    text, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text


@given(st.integers(min_value=1, max_value=99_999_999))
def test_han_numerals_come_back(number: int) -> None:
    """Every number in Han numerals is read back, with 十 for 一十 too."""
    assert han_value(spell(number)) == number
    if 10 <= number < 20:
        assert han_value(spell(number)[1:]) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_grouping_commas_mean_nothing(number: int) -> None:
    """1,200 is 1200."""
    assert value_of(f"{number:,}") == number


@given(st.integers(min_value=1, max_value=9999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千", 1000), ("百万", 10**6)]))
def test_scales_multiply_exactly(hundredths: int, scale: tuple[str, int]) -> None:
    """1.7万 is 17000 without a rounding error."""
    word, size = scale
    assert arabic_value(f"{hundredths / 100:.2f}{word}") == hundredths * size / 100


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿", max_size=12))
def test_any_run_is_a_number_or_none(text: str) -> None:
    """No run of numerals raises."""
    assert han_value(text) is None or han_value(text) >= 0  # type: ignore[operator]


@pytest.mark.parametrize("text", ["三五", "一二", "十十", "百", "一百二", "百十", "零十", "", "万", "一批"])
def test_what_is_no_numeral(text: str) -> None:
    """Digits in a row, units without a digit and ambiguous short forms are refused."""
    assert han_value(text) is None
