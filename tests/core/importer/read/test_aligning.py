"""The text that was read, found again on the pages that were set from it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from xiangxu.importer.read.aligning import aligned, comparable

# Few words, so that sentences repeat; no word has a character of the pages' furniture.
WORDS = st.sampled_from(["全面改善办学条件", "教体局", "到二五年达标", "各镇街区配合", "新建幼儿园三所", "局"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map("".join)
FURNITURE = "目标内容措施时限-1-"


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=3, max_size=12), st.integers(0, 30))
def test_what_repeats_goes_on_from_the_last_place(sentences: list[str], cut: int) -> None:
    """With numbers that only the page has, and a page break with its furniture, each character is found on one of its kind, none twice,
    and in order: a sentence that stands there three times is not taken for the first of them."""
    wanted = "".join(sentences)
    printed = "".join(f"{n}.{sentence}" for n, sentence in enumerate(sentences, 1))
    found = printed[:cut] + FURNITURE + printed[cut:]
    places = aligned(wanted, found)
    taken = [place for place in places if place is not None]
    assert all(found[place] == char for char, place in zip(wanted, places, strict=True) if place is not None)
    assert len(taken) == len(set(taken))
    assert len(taken) >= 0.9 * len(wanted)


def test_equal_sentences_stand_each_in_its_own_place() -> None:
    """Three equal rows between different ones: the first of the text is the first of the page, the last the last."""
    rows = ["一建学校", "教体局牵头", "二建宿舍", "教体局牵头", "三建食堂", "教体局牵头"]
    found = "-1-".join(rows)
    places = aligned("".join(rows), found)
    assert places == [n for n, _char in enumerate(found) if found[n] not in "-1"]


def test_a_row_that_the_page_break_cuts_is_found_in_its_pieces() -> None:
    """The cells' upper parts stand on one page, then the header again, then their lower parts: all of it is found, word by word."""
    one, other, short = "健全学校管理制度并且逐校落实到人", "教育和体育局牵头财政局配合办理", "教体局"
    found = one[:9] + other[:8] + "目标措施单位" + one[9:] + other[8:] + short
    wanted = one + other + short
    assert "".join("?" if place is None else found[place] for place in aligned(wanted, found)) == wanted


def test_what_the_page_does_not_have_stands_nowhere() -> None:
    """A picture's words that text recognition read are on the page as a picture only: they get no place, and their neighbours keep theirs."""
    places = aligned("前面的一句话印章里的字后面的一句话", "前面的一句话后面的一句话")
    assert places == [*range(6), *[None] * 5, *range(6, 12)]


def test_widths_dashes_and_quotes_make_no_difference() -> None:
    """Character for character, so that every index holds in the text as it was."""
    assert comparable("“８５％”—①") == comparable('"85%"-1')
    assert len(comparable("㎡…Ａ")) == 3
