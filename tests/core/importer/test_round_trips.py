"""Documents made from the model, printed in every layout and format, and read back: nothing lost, nothing invented.

Promises are left out: they come from documents that people wrote, since a generator would only mirror the grammar.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.generate import layouts
from tests.generate.paper import Paper
from tests.generate.strategies import papers
from xiangxu.importer.layout import lay_out
from xiangxu.importer.outline import Outline, outline
from xiangxu.importer.read.plain import read_plain
from xiangxu.importer.source import Source


def stable(examples: int) -> settings:
    """The same examples on every run, few of them, without a clock."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def outline_of(source: Source) -> Outline:
    """The outline of a source."""
    return outline(lay_out(source), "generated")


def outline_of_text(text: str) -> Outline:
    """The outline of a text."""
    return outline_of(read_plain(text.encode(), "generated.txt"))


def assert_outline(read: Outline, paper: Paper) -> None:
    """Facts, headings, the text under them and the actions are those of the paper."""
    facts, expected = read.facts, paper.facts
    assert (facts.title, facts.issuer, facts.issued_on) == (expected.title, expected.issuer, expected.issued_on)
    assert (facts.doc_number, facts.basis, facts.public) == (expected.number, expected.basis, expected.public)
    assert (facts.region, facts.region_level) == (expected.region, expected.region_level)
    assert [(h.no, h.level, h.title.text) for h in read.headings] == paper.outline()
    assert [i for i, (h, _) in enumerate(paper.headings()) if h.is_action] == list(read.actions)
    last = len(read.headings) - 1
    for index, (found, (made, _)) in enumerate(zip(read.headings, paper.headings(), strict=True)):
        text = layouts.joined([p.text for p in found.body])
        wanted = layouts.joined([*made.text, made.owners.printed if made.owners else ""])
        # Under the last heading the signature may follow.
        assert text.startswith(wanted) if index == last else text == wanted


@given(papers(), st.sampled_from(("", "　　", "    ")), st.booleans())
@stable(50)
def test_text_with_a_paragraph_a_line(paper: Paper, indent: str, blank_lines: bool) -> None:
    """Text as converters leave it, indented or not, with or without empty lines, the list flattened to cells."""
    assert_outline(outline_of_text(layouts.paragraphs(paper, indent, blank_lines)), paper)


@given(papers(), st.integers(26, 38), st.booleans(), st.booleans(), st.sampled_from((0, 22, 30)))
@stable(50)
def test_text_wrapped_by_a_page(paper: Paper, width: int, indent: bool, blank_lines: bool, page_lines: int) -> None:
    """Lines of 26 to 38 characters, with page numbers between them, with and without empty lines between all lines."""
    assert_outline(outline_of_text(layouts.wrapped(paper, width, indent, blank_lines, page_lines)), paper)
