"""What marks come to: shares with both parts, who is missing; null is not zero."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiangxu.coverage import Stated, Word, tally

MARKS = st.builds(Stated, st.sampled_from(Word), st.booleans(), st.sampled_from(["", "照片看不清"]))
UNITS = st.lists(st.sampled_from([f"u{n}" for n in range(12)]), max_size=12)
GIVEN = st.dictionaries(st.sampled_from([f"u{n}" for n in range(15)]), MARKS)


@given(UNITS, GIVEN)
def test_every_unit_once(units: list[str], marks: dict[str, Stated]) -> None:
    """Each unit in scope stands in exactly one list, whatever was said; units outside the scope in none."""
    found = tally(units, marks)
    listed = [*found.yes, *found.stated, *found.no, *found.refused, *found.out, *found.stated_out, *found.silent]
    assert sorted(listed) == sorted(set(units))
    assert found.scope == len(set(units))


@given(UNITS, GIVEN)
def test_share_has_its_parts(units: list[str], marks: dict[str, Stated]) -> None:
    """A share lies between 0 and 1, the verified one never above the stated one; without a figure it says why. 不适用 that nobody has
    verified leaves the denominator of the stated one only."""
    found = tally(units, marks)
    for share, of in ((found.verified_share, len(found.bound)), (found.stated_share, found.applicable)):
        if share.value is None:
            assert share.why_none
        else:
            assert 0 <= share.value <= 1
            assert share.denominator == of
    if found.verified_share.value is not None and found.stated_share.value is not None:
        assert found.verified_share.value <= found.stated_share.value


@given(UNITS, GIVEN, st.sampled_from(Word))
def test_no_word_moves_the_verified_share_before_it_is_verified(units: list[str], marks: dict[str, Stated], word: Word) -> None:
    """One silent unit more: whatever it says, √, × or 不适用, what was verified stays what it was."""
    silent = tally([*units, "another"], marks)
    said = tally([*units, "another"], marks | {"another": Stated(word)})
    if silent.known:
        assert said.verified_share == silent.verified_share


@given(UNITS, GIVEN)
def test_not_applicable_leaves_the_denominator(units: list[str], marks: dict[str, Stated]) -> None:
    """One more unit that says 不适用 changes no share that there was."""
    before = tally(units, marks)
    after = tally([*units, "another"], marks | {"another": Stated(Word.NOT_APPLICABLE, True)})
    if before.known and before.applicable:
        assert after.verified_share == before.verified_share
        assert after.stated_share == before.stated_share


@given(UNITS)
def test_silence_is_no_zero(units: list[str]) -> None:
    """Nobody has said anything: no share, not 0 %; everybody is missing."""
    found = tally(units, {})
    assert found.verified_share.numerator is None
    assert found.missing == tuple(dict.fromkeys(units))


def test_empty_scope_says_why() -> None:
    """No unit in scope: no figure, with the reason."""
    assert tally([], {"u1": Stated(Word.YES, True)}).verified_share.why_none == "范围内没有单位。"


def test_refused_counts_as_nothing_held() -> None:
    """What the second person refused is neither yes nor out of the denominator: the unit is asked again."""
    found = tally(["a", "b"], {"a": Stated(Word.YES, refused="照片看不清"), "b": Stated(Word.NOT_APPLICABLE, refused="有食堂")})
    assert found.missing == ("a", "b")
    assert (found.stated_share.numerator, found.stated_share.denominator) == (0, 2)
