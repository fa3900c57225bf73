"""What is wrong with a card, as a clerk reads it: which file, which line, which field, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xiangxu.cards.vocabulary import nearest


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in one file. `line` counts from 1; `field` is the way to it (`thresholds[2].op`), empty for the whole card."""

    file: Path
    line: int
    field: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        where = f"第 {self.line} 行" + (f" {self.field}" if self.field else "")
        return f"{where}：{self.wrong}。{self.remedy}" + ("" if self.remedy.endswith(("？", "。")) else "。")


class FaultyCards(Exception):
    """Cards were asked for that do not hold: carries every fault, so that all are mended in one go."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{fault.file} {fault}" for fault in self.faults))


# A list longer than any closed vocabulary is no help; its first words show at least what such words look like.
_LONGEST, _SHOWN = 50, 8


def did_you_mean(word: str, words: Iterable[str], name: str, otherwise: str = "") -> str:
    """The remedy for a word that is not known: the nearest ones, or the list of all; `otherwise`: what else can be done.

    >>> did_you_mean("scool", ["school", "town"], "层级")
    '是不是“school”？'
    >>> did_you_mean("x", ["school", "town"], "层级", "补上它")
    '可用的层级：school、town；或者补上它'
    """
    known = list(words)
    close = nearest(word, known)
    if close:
        return "是不是" + "、".join(f"“{other}”" for other in close) + "？" + (f"都不是就{otherwise}" if otherwise else "")
    if not known:
        return otherwise or f"这里还没有可用的{name}"
    shown = known if len(known) <= _LONGEST else [*known[:_SHOWN], "……"]
    return f"可用的{name}：" + "、".join(shown) + (f"；或者{otherwise}" if otherwise else "")


def dotted(path: Iterable[str | int]) -> str:
    """The way to a field: items of lists counted from 1, as people count.

    >>> dotted(("thresholds", 0, "op"))
    'thresholds[1].op'
    """
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text
