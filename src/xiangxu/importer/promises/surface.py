"""The text as the grammar sees it: same length, one script, and what is quoted out of the way.

Every position in the surface is the same position in the clause, so that a quote is cut from the clause itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiangxu.importer.numerals import HAN_DIGIT, in_figures

_ONE_SCRIPT = str.maketrans(
    {chr(0xFF10 + i): str(i) for i in range(10)}
    | {chr(0xFF21 + i): chr(0x41 + i) for i in range(26)}
    | {chr(0xFF41 + i): chr(0x61 + i) for i in range(26)}
    | {"％": "%", "．": ".", "∶": ":", "(": "（", ")": "）", ";": "；", "!": "！", "?": "？", "／": "/", "＋": "+"}
    | dict.fromkeys("–—−－─～〜~", "-")
    | dict.fromkeys("‘’", "'")
)
"""One character for each mark that offices and converters write in several ways."""

_OTHER_SCRIPT = re.compile("[" + re.escape("".join(map(chr, _ONE_SCRIPT))) + "]")

_NAMED = re.compile(
    r"“[^“”\"。]{0,60}[”\"]|\"[^“”\"。]{0,60}\"|《[^《》]*》|〔[^〔〕]*〕|\[[^\[\]]*\]|「[^「」]*」|'[^'。]{0,60}'"
)
_SEPARATOR = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")
_HAN_YEAR = re.compile(rf"二[〇零○O]{HAN_DIGIT}{{2}}(?=年)")
"""Years are read digit by digit, and written in Han digits by some offices: 二〇二六年."""
HIDDEN = "■"
"""Stands for each character of a quoted name or title: figures in there (“1530”, 《…三年计划》) are part of a name."""


@dataclass(frozen=True, slots=True)
class Surface:
    """`plain`: the clause in one script. `bare`: the same with quoted names hidden. Both are as long as the clause."""

    plain: str
    bare: str


def surface_of(text: str) -> Surface:
    """The surface of a clause.

    >>> surface_of("落实“1530”机制，达１０％").bare
    '落实■■■■■■机制，达10%'
    """
    plain = _SEPARATOR.sub("，", _OTHER_SCRIPT.sub(lambda mark: mark.group().translate(_ONE_SCRIPT), text))
    plain = _HAN_YEAR.sub(lambda year: in_figures(year.group()), plain)
    return Surface(plain, _NAMED.sub(lambda name: HIDDEN * len(name.group()), plain))
