"""Lines that a page's width broke, joined to paragraphs again.

Text copied from a PDF has a line end wherever the page was full. Whether a line goes on in the next one is decided by its
width against its neighbours', by what it ends with and by what the next one begins with; never by the words themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xiangxu.importer.layout.marks import NUMBER_STYLES, PAGE_NUMBER, SENTENCE_END, begins_something, stands_alone
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Line, Paragraph

# A page of an office document holds 28 Han characters a line, 56 columns; small print up to 45. Wider lines were not wrapped.
_WIDEST_WRAPPED = 100
# A line counts as full when it reaches this share of its neighbours' width: what is kept together (a number with its unit, a
# closing bracket) pushes up to three characters to the next line.
_FULL = 0.84
# A line much wider than its neighbours is a title in another type, not one of theirs.
_TOO_WIDE = 1.2
# A paragraph's first line is indented by two Han characters, four columns, or nearly so.
_INDENT = 3
# How many lines before and after count as neighbours.
_NEIGHBOURS = 10


def columns(text: str) -> int:
    """Width in columns of a fixed-width page: a Han character takes two.

    >>> columns("第1章")
    5
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def unwrap(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a run of lines. Lines that are whole stay as they are; empty ones and page numbers go."""
    cleaned = _without_page_numbers(lines)
    kept = [(i, line) for i, (line, _) in enumerate(cleaned) if line.text.text.strip()]
    if not kept:
        return []
    widths = [cleaned[i][1] for i, _ in kept]
    wrapped = _is_wrapped([line for _, line in kept], widths)
    single_gaps = sum(1 for (i, _), (j, _) in pairwise(kept) if j - i == 2)
    double_spaced = wrapped and single_gaps > 0.6 * (len(kept) - 1)

    # Above the first number stand titles, as wide as they come, and what parts them is the empty line.
    head = next((k for k, (_, line) in enumerate(kept) if begins_something(line.text.text)), len(kept))
    leads = [_lead(line) for _, line in kept]
    # The margin, to which wrapped lines go back; a few lines may stand outside it.
    margin = sorted(leads)[len(leads) // 10]

    groups: list[list[Line]] = []
    for k, (i, line) in enumerate(kept):
        if k and wrapped:
            before, gap = kept[k - 1][1], i - kept[k - 1][0] - 1
            neighbours = sorted(widths[max(0, k - 1 - _NEIGHBOURS) : k + _NEIGHBOURS])
            full = neighbours[(3 * len(neighbours)) // 4]
            apart = gap > (1 if double_spaced else 0)
            indented = leads[k] - (margin if _ends(before) else leads[k - 1]) >= _INDENT
            parted = indented or (apart and (k < head or _ends(before)))
            if not parted and _FULL * full <= widths[k - 1] <= _TOO_WIDE * full and _may_go_on(before, line):
                groups[-1].append(line)
                continue
        groups.append([line])
    return [paragraph for group in groups for paragraph in _paragraphs(group)]


def _is_wrapped(lines: Sequence[Line], widths: Sequence[int]) -> bool:
    """Whether the page's width broke the lines: none is very wide, and of those that end in mid-sentence many are full.

    Where every line is a paragraph, those without a full stop are headings and signatures, of any width.
    """
    if all(line.whole for line in lines):
        return False
    total = sum(widths)
    in_wide = sum(w for w in widths if w > _WIDEST_WRAPPED)
    if in_wide >= 0.3 * total:
        return False
    if len(lines) < 4:
        return True
    full = _FULL * sorted(widths)[(3 * len(widths)) // 4]
    in_mid_sentence = [w for w, line in zip(widths, lines, strict=True) if not _ends(line)]
    return len(in_mid_sentence) > 0.3 * len(lines) and sum(1 for w in in_mid_sentence if w >= full) > 0.25 * len(in_mid_sentence)


def _may_go_on(before: Line, line: Line) -> bool:
    """Whether nothing in the two lines forbids that `line` continues `before`."""
    if before.whole or line.whole or begins_something(line.text.text) or stands_alone(before.text.text):
        return False
    if before.heading != line.heading or before.centred != line.centred:
        return False
    # Inside a sentence （1） may begin a line; behind its end, or behind a bracket, it begins an item.
    closed = _ends(before) or before.text.text.rstrip()[-1:] in "）)〕】]"
    return not (closed and NUMBER_STYLES["digit_bracket"].match(line.text.text.lstrip()))


def _ends(line: Line) -> bool:
    """Whether the line ends where a sentence ends."""
    return line.text.text.rstrip()[-1:] in SENTENCE_END


def _lead(line: Line) -> float:
    """How far the line is indented, in columns."""
    if line.indent is not None:
        return 2 * line.indent
    text = line.text.text
    return columns(text[: len(text) - len(text.lstrip())])


def _paragraphs(group: Sequence[Line]) -> list[Paragraph]:
    """One paragraph of the joined lines, or several where a line holds line ends of its own (Word's soft breaks)."""
    first = group[0]
    joined = Passage.join(_with_blank(a.text.stripped(), b) for a, b in zip(group, [*group[1:], None], strict=True))
    doubts = tuple(dict.fromkeys(d for line in group for d in line.doubts))
    return [
        Paragraph(part.stripped(), first.page, first.heading, first.centred, first.bold, doubts)
        for part in joined.lines()
        if part.text.strip()
    ]


def _with_blank(text: Passage, following: Line | None) -> Passage:
    """Keeps apart what a line end kept apart: two Latin words."""
    if following is None or not text:
        return text
    start = following.text.text.lstrip()[:1]
    if text.text[-1].isascii() and text.text[-1].isalnum() and start.isascii() and start.isalpha():
        return text + Passage.printed(" ", text.at[-1])
    return text


def _without_page_numbers(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """The lines with their widths as printed: one that held a page number was as wide as the page although less is left."""
    found = []
    for line in lines:
        match = None if line.whole else PAGE_NUMBER.search(line.text.text)
        width = columns(line.text.text.strip())
        if match is None:
            found.append((line, width))
        elif match.group() != line.text.text.strip():
            # A converter that dropped the page break left the number in the middle of the sentence.
            rest = line.text[: match.start()].stripped() + line.text[match.end() :].stripped()
            found.append((replace(line, text=rest), width))
    return found
