"""The headings of an official document: found by their numbers, nested by the order in which the styles of number appear.

Offices number by 一、 （一） 1. （1） ①, by 任务一 or 第一章, and by mixtures of these; which style stands under which is not
fixed, so that it is read off the document. A heading may stand on a line of its own, run into its text up to the first 。, or,
where a converter joined the lines of a page, begin in the middle of a paragraph. Of the last kind only a number that follows in
sequence is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiangxu.importer.layout.marks import ATTACHMENT, NUMBER_STYLES
from xiangxu.importer.numerals import ordinal_value
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Paragraph, Table
from xiangxu.model.place import Doubt

# A title is a phrase. Longer than this up to its 。 it is a sentence that happens to be numbered: an item, not a heading.
_LONGEST_TITLE = 48
# The numbers of chapters stand before nothing else: even a sentence behind one is a chapter's title.
_LONGEST_CHAPTER_TITLE = 90
# Small numbers count items as often as they head sections; their titles must be shorter, and end where a title ends.
_LONGEST_SMALL_TITLE = 30
_SMALL_STYLES = ("digit_bracket", "circle")

# What may stand before a heading that begins inside a paragraph.
_BREAK_BEFORE = "。；！？)）〕】」”》"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the text under it, up to the next heading.

    `no` as printed, without brackets' marks but with the brackets themselves; `ordinal` its number; `body` the paragraphs
    under it, the first being what runs on after a run-in title.
    """

    no: str
    ordinal: int
    style: str
    level: int
    title: Passage
    body: tuple[Passage, ...]
    start: Passage
    run_in: bool
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Sectioned:
    """A stretch of blocks cut at its headings; `tables` maps each table to the index of the heading it stands under (-1: none)."""

    preamble: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    tables: tuple[tuple[Table, int, str], ...]


def ordinal_of(no: str) -> int:
    """The number in a heading's number: 3 for 三, （三）, 任务三, ③ and 3.

    >>> [ordinal_of(n) for n in ("三", "任务十一", "12", "④")]
    [3, 11, 12, 4]
    """
    if no in _CIRCLES:
        return _CIRCLES.index(no) + 1
    digits = re.sub(r"\D", "", no.rpartition(".")[2])
    return int(digits) if digits else ordinal_value(re.sub(r"[^一二三四五六七八九十百零]", "", no))


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int
    after: int
    style: str
    no: str

    @property
    def ordinal(self) -> int:
        return ordinal_of(self.no)


class _Numbers:
    """Which numbers have been seen in each style, so that a number in the middle of a text can be judged."""

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.latest: dict[str, int] = {}
        self.in_parent: dict[str, int] = {}

    def follows(self, candidate: _Candidate) -> bool:
        """Whether the number goes on with its style's count, of this parent or of the whole document."""
        n, style = candidate.ordinal, candidate.style
        if n == 1:
            return style not in self.in_parent
        return n in (self.in_parent.get(style, -9) + 1, self.latest.get(style, -9) + 1)

    def take(self, candidate: _Candidate) -> int:
        """Note the number; its level, from 1."""
        style = candidate.style
        if style == "decimal2" and "decimal3" in self.stack:
            # 14.2 stands above 14.1.3 by its own form, whichever of the two came first.
            del self.stack[self.stack.index("decimal3") :]
        if style in self.stack:
            del self.stack[self.stack.index(style) + 1 :]
        else:
            self.stack.append(style)
        self.in_parent = {s: n for s, n in self.in_parent.items() if s in self.stack}
        self.latest[style] = self.in_parent[style] = candidate.ordinal
        return len(self.stack)

    def clear(self) -> None:
        """An attachment begins: its numbers nest anew."""
        self.stack.clear()
        self.in_parent.clear()
        self.latest.clear()


def _at_start(text: str) -> _Candidate | None:
    lead = len(text) - len(text.lstrip())
    for style, pattern in NUMBER_STYLES.items():
        match = pattern.match(text, lead)
        if match:
            no = match["no"] if style not in ("part", "article") else match.group().strip()
            return _Candidate(match.start(), match.end(), style, no)
    return None


_INSIDE = re.compile("|".join(f"(?P<{s}>{p.pattern.replace('?P<no>', '?:')})" for s, p in NUMBER_STYLES.items() if s != "circle"))


_TEXT = re.compile(r"\S")


def _inside(text: str, start: int) -> Iterator[_Candidate]:
    """Numbers that stand behind the end of a sentence or a bracket, or behind a blank, from `start` on."""
    for match in _INSIDE.finditer(text, start):
        end = match.start()
        while end and text[end - 1].isspace():
            end -= 1
        if match.start() > start and (text[end - 1 : end] in _BREAK_BEFORE or end < match.start()):
            style = str(match.lastgroup)
            inner = NUMBER_STYLES[style].match(text, match.start())
            if inner:
                yield _Candidate(match.start(), match.end(), style, inner["no"])


def _title_end(text: str, start: int, stop: int) -> tuple[int, bool]:
    """Where the title that begins at `start` ends, and whether text runs on behind it."""
    dot = text.find("。", start, stop)
    if dot < 0:
        return stop, False
    return dot, _TEXT.search(text, dot + 1, stop) is not None


def _is_heading(candidate: _Candidate, title: str, run_in: bool, closed: bool) -> bool:
    """Whether a numbered text is a heading: its title is a phrase, not a sentence of its own."""
    bare = re.sub(r"\s", "", title)
    if not bare or len(bare) > (_LONGEST_CHAPTER_TITLE if candidate.style == "han" else _LONGEST_TITLE):
        return False
    if candidate.style in _SMALL_STYLES:
        return len(bare) <= _LONGEST_SMALL_TITLE and (run_in or not closed) and bare[-1] not in "；;，,、"
    if candidate.style in ("digit", "han_bracket", "han") and bare[-1] in "；;":
        return False
    # "1.到2027年，…达到95%。" closes with 。 and nothing follows: an item of a list of sentences.
    return candidate.style == "han" or not (closed and not run_in and (len(bare) > 24 or "，" in bare))


def section(blocks: Sequence[Paragraph | Table]) -> Sectioned:
    """Cut the blocks at their headings."""
    numbers = _Numbers()
    preamble: list[Passage] = []
    headings: list[Heading] = []
    bodies: list[list[Passage]] = []
    tables: list[tuple[Table, int, str]] = []
    caption = ""

    def add_text(text: Passage) -> None:
        stripped = text.stripped()
        if stripped:
            (bodies[-1] if bodies else preamble).append(stripped)

    def add_heading(candidate: _Candidate, text: Passage, stop: int, paragraph: Paragraph) -> bool:
        end, run_in = _title_end(text.text, candidate.after, stop)
        closed = text.text[end : end + 1] == "。"
        if not _is_heading(candidate, text.text[candidate.after : end], run_in, closed):
            return False
        gap = candidate.ordinal != 1 and not numbers.follows(candidate)
        # One that begins inside a paragraph was believed because its number follows; that is as good as a line of its own.
        doubts = paragraph.doubts + ((Doubt.NUMBERING_GAP,) if gap else ())
        level = numbers.take(candidate)
        title = text[candidate.after : end].squeezed()
        no = candidate.no
        if candidate.style in ("han_bracket", "digit_bracket"):
            no = f"（{no}）"
        headings.append(
            Heading(no, candidate.ordinal, candidate.style, level, title, (), text[candidate.at : end], run_in, doubts)
        )
        bodies.append([])
        add_text(text[end + (1 if closed else 0) : stop])
        return True

    for block in blocks:
        if isinstance(block, Table):
            tables.append((block, len(headings) - 1, caption))
            # A table right behind another has no caption of its own: it may be the other's next page.
            caption = ""
            continue
        text = block.text
        caption = text.text
        if ATTACHMENT.match(text.text):
            numbers.clear()
        cuts = _cuts(text.text, numbers)
        if not cuts or cuts[0].at > 0:
            add_text(text[: cuts[0].at] if cuts else text)
        for k, candidate in enumerate(cuts):
            stop = cuts[k + 1].at if k + 1 < len(cuts) else len(text)
            if not add_heading(candidate, text, stop, block):
                add_text(text[candidate.at : stop])
    return Sectioned(
        tuple(preamble),
        tuple(
            Heading(h.no, h.ordinal, h.style, h.level, h.title, tuple(b), h.start, h.run_in, h.doubts)
            for h, b in zip(headings, bodies, strict=True)
        ),
        tuple(tables),
    )


def _cuts(text: str, numbers: _Numbers) -> list[_Candidate]:
    """The numbers in a paragraph at which it is cut: one at its start, and those inside that follow in sequence."""
    first = _at_start(text)
    found = [first] if first else []
    trial = _Numbers()
    trial.stack, trial.latest, trial.in_parent = list(numbers.stack), dict(numbers.latest), dict(numbers.in_parent)
    if first:
        trial.take(first)
    for candidate in _inside(text, first.after if first else 0):
        known = candidate.style in trial.latest or candidate.style in ("han_bracket", "digit")
        if known and candidate.style not in _SMALL_STYLES and trial.follows(candidate):
            later = next((c.at for c in _inside(text, candidate.after)), len(text))
            end, _ = _title_end(text, candidate.after, later)
            run_in = end < later and _TEXT.search(text, end + 1) is not None
            title = re.sub(r"\s", "", text[candidate.after : end])
            if 2 <= len(title) <= _LONGEST_SMALL_TITLE and "，" not in title.replace("，", "", 1) and (run_in or later == end):
                trial.take(candidate)
                found.append(candidate)
    return found
