"""Finds figures in edited sentences that the frozen figures do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xiangxu.monthly.content import Block, BulletinContent, Figure, Kind

# A number and what it counts. 第3项 is an order, not a count; 3个月 and 3个百分点 count something else.
_COUNTED = re.compile(r"(?<![第\d.])(\d[\d,]*(?:\.\d+)?)[ 　]*(项|所|%|个(?!月|百分点|工作日|学期|学年|年|小时))")
# Full-width signs, each to the one of the same meaning, so that places stay.
_NARROW = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number in an edited block that none of its figures bears out. `start`: its place in the text; `expected`: the figures."""

    block: str
    number: str
    start: int
    expected: tuple[Figure, ...]

    @property
    def sentence(self) -> str:
        """What the clerk reads.

        >>> Disagreement("overdue", "4项", 5, (Figure("overdue.tasks", "逾期任务", 3, "项"),)).sentence
        '“4项”与冻结的数不一致。这一段冻结的数是：逾期任务3项。请改正，或删去这个数。'
        """
        if not self.expected:
            return f"“{self.number}”在冻结的数里没有。请核对，或删去这个数。"
        known = "、".join(f"{figure.name}{figure.text}" for figure in self.expected)
        return f"“{self.number}”与冻结的数不一致。这一段冻结的数是：{known}。请改正，或删去这个数。"


def disagreements(content: BulletinContent) -> tuple[Disagreement, ...]:
    """Every number followed by 项, 个, 所 or % in an edited block that equals none of the block's figures, in the order of the text.

    A share may be rounded: 23% agrees with 22.86. 项, 个 and 所 stand for one another. In a paragraph that a person added any frozen
    figure counts. A leader's words are not checked, nor what is left out.
    """
    return tuple(found for block in content.blocks for found in _of_block(content, block))


def _of_block(content: BulletinContent, block: Block) -> Iterator[Disagreement]:
    if block.edited is None or block.dropped or block.kind is Kind.INSTRUCTION:
        return
    own = {span.figure for span in block.spans}
    figures = tuple(figure for figure in content.figures if not block.spans or figure.key in own)
    for found in _COUNTED.finditer(block.edited.translate(_NARROW)):
        number, uom = found[1].replace(",", ""), found[2]
        if not any(_agrees(number, uom, figure) for figure in figures):
            yield Disagreement(block.id, block.edited[found.start() : found.end()], found.start(), figures if block.spans else ())


def _agrees(number: str, uom: str, figure: Figure) -> bool:
    """Whether a figure bears a number out; of a count, so does the number that it was taken from."""
    if (uom == "%") != (figure.uom == "%"):
        return uom != "%" and figure.of is not None and float(number) == figure.of
    if figure.value is None:
        return False
    if uom == "%":
        half_of_last_place: float = 0.5 * 10.0 ** -len(number.partition(".")[2])
        return abs(float(number) - figure.value) <= half_of_last_place + 1e-9
    return float(number) in (figure.value, figure.of)
