"""Text that remembers where each of its characters stood in the document.

Reading a plan means cutting, joining and squeezing its text many times over: wrapped lines are joined, cells are gathered
from three places, white space goes. A `Passage` does all that and still answers, for every character, at which offset of the
source it stood. So every heading, task and promise can show its place, without a stage having to keep books.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text with the source offset of every character.

    `at[i]` is the offset in `Source.text` of `text[i]`; the two have the same length. Offsets usually rise, and need not be
    contiguous: what a stage left out is simply not there.

    >>> p = Passage.of("任务\\n一", start=10)
    >>> p.squeezed().text, p.squeezed().at
    ('任务一', (10, 11, 13))
    """

    text: str
    at: tuple[int, ...]

    @staticmethod
    def of(text: str, start: int = 0) -> Passage:
        """The passage whose first character stands at `start` and whose others follow without a gap."""
        return Passage(text, tuple(range(start, start + len(text))))

    @staticmethod
    def printed(text: str, offset: int) -> Passage:
        """Text that stands nowhere in the file's own characters, such as a number that Word makes: all of it at `offset`."""
        return Passage(text, (offset,) * len(text))

    @staticmethod
    def join(parts: Iterable[Passage], glue: str = "") -> Passage:
        """The parts one after another; each character of `glue` takes the offset of the character before it."""
        texts: list[str] = []
        offsets: list[int] = []
        for part in parts:
            if texts and glue:
                texts.append(glue)
                offsets.extend((offsets[-1] if offsets else 0,) * len(glue))
            texts.append(part.text)
            offsets.extend(part.at)
        return Passage("".join(texts), tuple(offsets))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, part: slice) -> Passage:
        return Passage(self.text[part], self.at[part])

    def __add__(self, other: Passage) -> Passage:
        return Passage(self.text + other.text, self.at + other.at)

    @property
    def start(self) -> int:
        """The lowest source offset; of an empty passage 0."""
        return min(self.at, default=0)

    @property
    def end(self) -> int:
        """One more than the highest source offset; of an empty passage 0."""
        return max(self.at, default=-1) + 1

    def keep(self, indices: Iterable[int]) -> Passage:
        """Only the characters at these indices, in the order given."""
        chosen = tuple(indices)
        return Passage("".join(self.text[i] for i in chosen), tuple(self.at[i] for i in chosen))

    def squeezed(self) -> Passage:
        """Without any white space: wrapping and the blanks of scans mean nothing between Han characters."""
        runs = [m.span() for m in _WORD.finditer(self.text)]
        if runs == [(0, len(self.text))]:
            return self
        return Passage("".join(self.text[a:b] for a, b in runs), tuple(chain.from_iterable(self.at[a:b] for a, b in runs)))

    def stripped(self) -> Passage:
        """Without white space at either end."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : len(self.text.rstrip())] if left < len(self.text) else self[:0]

    def lines(self) -> list[Passage]:
        """Its lines without their line ends; empty lines are kept."""
        found, start = [], 0
        for line in self.text.split("\n"):
            found.append(self[start : start + len(line)])
            start += len(line) + 1
        return found

    def split(self, pattern: re.Pattern[str]) -> list[Passage]:
        """The parts between the matches of `pattern`, empty ones included."""
        found, start = [], 0
        for match in pattern.finditer(self.text):
            found.append(self[start : match.start()])
            start = match.end()
        found.append(self[start:])
        return found

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Passage]]:
        """Every match of `pattern` with the passage that it covers."""
        for match in pattern.finditer(self.text):
            yield match, self[match.start() : match.end()]
