"""A cell of an indicator table as a comparison with a figure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from xiangxu.model.plan import Op

_MARKS = {
    ">=": Op.GE,
    "≥": Op.GE,
    "≧": Op.GE,
    "⩾": Op.GE,
    ">": Op.GT,
    "<=": Op.LE,
    "≤": Op.LE,
    "≦": Op.LE,
    "⩽": Op.LE,
    "<": Op.LT,
}
# Words before or after the figure. What is not listed compares for equality (左右, 约, 保持在).
_WORDS = {
    "不低于": Op.GE, "不少于": Op.GE, "至少": Op.GE, "以上": Op.GE, "及以上": Op.GE, "达到": Op.GE, "高于": Op.GT, "超过": Op.GT,
    "大于": Op.GT, "不高于": Op.LE, "不超过": Op.LE, "不多于": Op.LE, "不大于": Op.LE, "以内": Op.LE, "以下": Op.LE, "及以下": Op.LE,
    "控制在": Op.LE, "低于": Op.LT, "少于": Op.LT, "小于": Op.LT,
}  # fmt: skip
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_CHANGE = {"提高": Op.INCREASE, "增长": Op.INCREASE, "增加": Op.INCREASE, "上升": Op.INCREASE, "提升": Op.INCREASE, "递增": Op.INCREASE,
           "下降": Op.DECREASE, "降低": Op.DECREASE, "减少": Op.DECREASE}  # fmt: skip
_NUMBER = re.compile(r"(?P<ratio>1:)?(?P<value>[+-]?\d+(?:,\d{3})*(?:\.\d+)?)")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)[%]?(?:-|~|至|到)(\d+(?:\.\d+)?)")
_UOM = re.compile(r"(?:\d)(%|‰|[万亿]?[一-鿿]{1,5}?)(?:以上|以内|以下|左右|及以上|及以下|$)")
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3}
# 千 begins units of its own.
_NOT_SCALED = re.compile(r"千(?:米|克|瓦|兆|卡|伏|分)")
_ALL = re.compile(r"全覆盖|全部.*|100%?覆盖|应.尽.|全面覆盖|实现覆盖")
_ZERO = re.compile(r"清零|动态清零|零|无|0(?:\.0+)?%?|零增长|杜绝|为零")
_DONE = re.compile(r"达标|完成|建成|是|有|达到|通过|合格|实现|创成|√")
_BETTER = re.compile(r"逐[步年]|持续|不断|稳步|明显|显著|进一步|扩大|改善|优化")
_KEPT = re.compile(r"保持|持平|稳定|不变|巩固")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says. `uom` only where the cell prints a unit itself; `sure` is False where the figure is no plain one."""

    op: Op
    value: Decimal | None = None
    value2: Decimal | None = None
    uom: str | None = None
    sure: bool = True


def read_figure(text: str) -> Figure | None:
    """The comparison in a cell; None of an empty one.

    >>> [(f.op.value, str(f.value)) for t in ("≥95%", "94以上", "1.1", "<5") if (f := read_figure(t))]
    [('ge', '95'), ('ge', '94'), ('eq', '1.1'), ('lt', '5')]
    >>> read_figure("—") is None, read_figure("全覆盖").op.value, read_figure("90-95").value2
    (True, 'all', Decimal('95'))
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split()).replace("—", "-").replace("–", "-").replace("～", "~")
    folded = re.sub(r"^[\[〔【(](.*)[\]〕】)]$", r"\1", folded)
    if not folded or re.fullmatch(r"[-/\\*.]+|无数据", folded):
        return None
    if _ALL.fullmatch(folded):
        return Figure(Op.ALL)
    if _ZERO.fullmatch(folded):
        return Figure(Op.ZERO, Decimal(0) if folded[0] == "0" else None)
    if (both := _RANGE.fullmatch(folded.rstrip("%"))) or (both := _RANGE.match(folded)):
        return Figure(Op.BETWEEN, Decimal(both[1]), Decimal(both[2]), _uom(folded))
    number = _NUMBER.search(folded)
    change = next((op for word, op in _CHANGE.items() if word in folded), None)
    if number is None:
        if change or _BETTER.search(folded):
            return Figure(change or Op.INCREASE)
        return Figure(Op.DONE, sure=_DONE.fullmatch(folded) is not None or _KEPT.search(folded) is None)
    op = next((_MARKS[mark] for mark in _MARKS if folded.startswith(mark)), None)
    if op is None and (word := _WORD.search(folded)):
        op = _WORDS[word.group()]
    if change and op is None and "到" not in folded:
        op = change
    value = Decimal(number["value"].replace(",", "").lstrip("+"))
    return Figure(op or Op.EQ, value, None, _uom(folded), number["ratio"] is None)


def keeps(text: str) -> bool:
    """Whether the cell says that the figure stays as it is, without a figure."""
    return _KEPT.search(text) is not None and not re.search(r"\d", text)


def _uom(folded: str) -> str | None:
    match = _UOM.search(folded)
    return match[1] if match and not _WORD.fullmatch(match[1]) and match[1] not in ("左右",) else None


def scaled(value: Decimal | None, uom: str | None) -> tuple[float | None, str | None]:
    """A value in its plain unit, exactly.

    >>> scaled(Decimal("1.7"), "万人"), scaled(Decimal("0.34"), "万人"), scaled(Decimal("5"), "千米")
    ((17000.0, '人'), (3400.0, '人'), (5.0, '千米'))
    """
    factor, plain = scale_of(uom)
    return (None if value is None else float(value * factor)), plain


def scale_of(uom: str | None) -> tuple[int, str | None]:
    """What a unit multiplies by, and the unit that is left: 万人 is 10000 and 人."""
    if uom:
        for word, factor in _SCALES.items():
            if uom.startswith(word) and len(uom) > len(word) and not _NOT_SCALED.match(uom):
                return factor, uom[len(word) :]
    return 1, uom or None
