"""Quantities: a numeral with its measure word, and how it compares.

A quantity is read as Chinese puts it together:  (不少于) 3 (至 5) (余) 名 (以上).  What stands before the numeral and what
follows the measure word tell the operator; the suffix is the nearer one and wins (达10%左右 is about ten, 达到50%以上 at least).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xiangxu.importer.numerals import ARABIC, DIGITS, HAN, SCALE, percent_of, value_of
from xiangxu.importer.promises.measures import MEASURES, PATTERN, Kind
from xiangxu.model.plan import Op


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `start`..`end`: from the numeral to the end of its suffix.

    `unit_end` is where the measure word ends. `han`: written in Han numerals, which are often figures of speech. `suffix` is the
    operator that words after the measure word state; `more`: 余 or 多 was said. `value2` only with a range.
    """

    start: int
    unit_end: int
    end: int
    value: float
    value2: float | None
    uom: str | None
    kind: Kind | None
    han: bool
    more: bool
    suffix: Op | None


_NUMBER = rf"(?:(?:{ARABIC})(?:{SCALE})?|{HAN})"
_TO = r"(?:至|到|-|~)"
_PERCENT = rf"(?:{HAN}(?:点[一二三四五六七八九零]{{1,4}})?|\d{{1,3}}(?:\.\d{{1,3}})?)"
"""What follows 百分之: 一点五, 八十, 12.5."""
_UNITS = rf"(?:{PATTERN})"

_SUFFIXES: dict[str, Op] = {
    "以上": Op.GE, "及以上": Op.GE, "或以上": Op.GE, "以下": Op.LE, "及以下": Op.LE, "以内": Op.LE, "之内": Op.LE,
    "左右": Op.EQ, "上下": Op.EQ,
}  # fmt: skip
"""Words after the measure word. 以上 and 以下 include the figure itself, as in law; 三个或多个 is at least three."""

_SUFFIX = rf"(?:（含）)?(?P<suffix>以上|及以上|或以上|以下|及以下|以内|之内|左右|上下|或(?:者)?更?多{_UNITS}?)?"

_QUANTITY = re.compile(
    # Only these characters begin a quantity; looking at them first spares the alternatives everywhere else.
    r"(?=[\d零〇一二两三四五六七八九十百千万亿半过翻（])(?:"
    # 百分之八十(至八十五), 三分之一, 1/3, 八成(半), 九成五, 半数以上, 占一半: shares in words.
    rf"百分之(?P<percent>{_PERCENT})(?:{_TO}(?:百分之)?(?P<percent2>{_PERCENT})(?!(?:{HAN})?分之|{_UNITS}))?"
    rf"|(?P<whole>{HAN})分之(?P<part>{HAN})(?!一?[流])"
    r"|(?<![\d/])(?P<part2>\d{1,2})/(?P<whole2>\d{1,2})(?![\d/])"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<half>半|[一二三四五六七八九](?![十百千万年级线类次]))?(?![员立为长果效绩熟功人本品就份分型套体不])"
    r"|(?P<most>(?:半数|一半)(?=以上|左右)|(?<=[占达到于少过近])(?:半数|一半))|(?P<over>过半数?)(?![年天日月个小])"
    # 翻一番, 翻番: a change by doubling.
    r"|翻(?P<double>[一两]?)番"
    # 1:15: a ratio.
    r"|(?<![\d.])(?P<ratio>\d{1,4}(?:\.\d{1,3})?:\d{1,4}(?:\.\d{1,3})?)(?!\d)"
    # 10所, 1.7万余条, 三到五名, 300元至900元, （所）5.
    rf"|(?<![第\d.×A-Za-z零〇一二两三四五六七八九十百千万亿])(?P<n>{_NUMBER})(?P<more>余|多|来)?(?:(?P<u1>{_UNITS})?{_TO}(?P<n2>{_NUMBER})(?P<more2>余|多)?)?"
    rf"(?P<unit>{_UNITS})"
    rf"|（(?P<unit3>(?:[十百千万亿]*)(?:{PATTERN}))）[:：]?(?P<n3>{_NUMBER})(?![\d年月日.]))",
)
_TAIL = re.compile(_SUFFIX)
_EVENT_BEFORE = re.compile(r"(?:访|演练|会议?)(?:不少于|至少)?$")
"""A visit or a meeting is counted in 次 even where 遍 is said, which else is a round through everything (巡查两遍, 轮训一遍)."""
_BARE = re.compile(r"(?<![\d.A-Za-z第:])(?P<n>\d{1,9}(?:\.\d{1,6})?)(?![\d.:年月日A-Za-z])")
"""A number without any measure word: a promise only as a coefficient, index or ratio, which `coefficients` looks for."""

_COEFFICIENT = re.compile(r"系数|指数|之比|比值|[师生机书]比|倍数|得分|评分|均值|差异率|(?:[低高少小大多]于|超过|[到至在])0\.\d")


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text in which names and dates are hidden.

    >>> [(q.value, q.value2, q.uom, q.suffix and q.suffix.value) for q in find_quantities("新增1.1万个左右、3至5名、八成以上")]
    [(11000.0, None, '个', 'eq'), (3.0, 5.0, '名', None), (80.0, None, '%', 'ge')]
    """
    found = list(_quantities(text))
    if _COEFFICIENT.search(text):
        found.extend(_coefficients(text, found))
        found.sort(key=lambda q: q.start)
    return found


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        unit_end = match.end()
        tail = _TAIL.match(text, unit_end)
        suffix, end = (_SUFFIXES.get(tail["suffix"], Op.GE), tail.end()) if tail and tail["suffix"] else (None, unit_end)
        share = _share(match)
        if match["double"] is not None:
            suffix = Op.INCREASE
        if share is not None:
            worth, uom, more = share
            to = _percent(match["percent2"]) if match["percent2"] else None
            yield Quantity(match.start(), unit_end, end, worth, to, uom, Kind.SHARE, False, more, suffix)
        elif match["n"]:
            yield from _counted(match, unit_end, end, suffix)
        elif match["n3"]:
            scale = match["unit3"].rstrip() if match["unit3"] in MEASURES else match["unit3"][1:]
            factor = value_of("一" + match["unit3"][: len(match["unit3"]) - len(scale)]) if scale != match["unit3"] else 1
            value = value_of(match["n3"])
            if scale in MEASURES and value is not None:
                uom, kind = MEASURES[scale]
                yield Quantity(match.start(), unit_end, end, value * (factor or 1), None, uom, kind, False, False, suffix)


def _share(match: re.Match[str]) -> tuple[float, str | None, bool] | None:
    """Shares and ratios in words: value, unit, and whether more than that was said."""
    if match["percent"]:
        value = _percent(match["percent"])
        return None if value is None else (value, "%", False)
    part, whole = match["part"] or match["part2"], match["whole"] or match["whole2"]
    if part and whole:
        a, b = value_of(part), value_of(whole)
        share = percent_of(a, b) if a and b and a < b else None
        return None if share is None else (share, "%", False)
    if match["tenths"]:
        return (
            10 * (value_of(match["tenths"]) or 0) + (value_of(match["half"].replace("半", "五")) or 0 if match["half"] else 0),
            "%",
            False,
        )
    if match["most"] or match["over"]:
        return 50, "%", bool(match["over"])
    if match["double"] is not None:
        return 300.0 if match["double"] == "两" else 100.0, "%", False
    if match["ratio"]:
        first, second = (float(x) for x in match["ratio"].split(":"))
        return (round(second / first if first <= second else first / second, 4), None, False) if first and second else None
    return None


def _percent(text: str) -> float | None:
    """What follows 百分之, as a number.

    >>> _percent("一点五"), _percent("百"), _percent("12.5")
    (1.5, 100.0, 12.5)
    """
    whole, _, decimals = text.partition("点")
    value = 100.0 if whole == "百" else value_of(whole)
    digits = "".join(str(DIGITS[c]) for c in decimals)
    return None if value is None else value + (float("0." + digits) if digits else 0)


def _counted(match: re.Match[str], unit_end: int, end: int, suffix: Op | None) -> Iterator[Quantity]:
    """Numeral and measure word, perhaps with a second numeral: 300元至900元, 3至5名.

    Two of a thing is 两; a lone 二 before a measure word is an ordinal or part of a name (二期工程, 二次供水).
    """
    if match["n"] == "二" and not match["n2"]:
        return
    value, value2 = value_of(match["n"]), value_of(match["n2"]) if match["n2"] else None
    uom, kind = MEASURES[match["unit"]]
    if value is None or (match["n2"] and (value2 is None or value2 <= value)):
        return
    if uom == "遍" and _EVENT_BEFORE.search(match.string[max(0, match.start() - 8) : match.start()]):
        uom = "次"
    han = not match["n"][0].isdigit()
    if suffix is None and (kind is Kind.SPAN or uom in ("小时", "分钟")) and match.string.startswith("内", unit_end):
        suffix, end = Op.LE, unit_end + 1
    yield Quantity(match.start(), unit_end, end, value, value2, uom, kind, han, bool(match["more"] or match["more2"]), suffix)


def _coefficients(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Numbers without measure word, where the text speaks of a coefficient, an index or a ratio, or compares with a number below one."""
    rest = list(text)
    for quantity in found:
        rest[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    for match in _BARE.finditer("".join(rest)):
        tail = _TAIL.match(text, match.end())
        suffix, end = (_SUFFIXES.get(tail["suffix"], Op.GE), tail.end()) if tail and tail["suffix"] else (None, match.end())
        yield Quantity(match.start(), match.end(), end, float(match["n"]), None, None, None, False, False, suffix)
