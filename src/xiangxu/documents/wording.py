"""Figures, comparisons, periods and places of a plan in the words of an office."""

from __future__ import annotations

import re

from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _

# How a comparison reads.
_WITH_FIGURE = {
    "eq": "%(figure)s",
    "ge": _("至少 %(figure)s"),
    "gt": _("超过 %(figure)s"),
    "le": _("不超过 %(figure)s"),
    "lt": _("低于 %(figure)s"),
    "all": _("全部，各 %(figure)s"),
    "zero": _("清零"),
    "increase": _("增加 %(figure)s"),
    "decrease": _("减少 %(figure)s"),
    "done": _("完成 %(figure)s"),
}
BY_STANDARD = {"ge": _("不低于所写标准"), "gt": _("高于所写标准"), "le": _("不高于所写标准"), "lt": _("低于所写标准")}
"""A bound that names a standard instead of a figure: 不低于当地公务员平均工资."""
_WITHOUT_FIGURE = BY_STANDARD | {
    "all": _("全部"),
    "zero": _("清零"),
    "increase": _("提高"),
    "decrease": _("降低"),
    "done": _("完成"),
}
_PER = {"year": _("每年"), "term": _("每学期"), "month": _("每月"), "week": _("每周")}
WHERE = re.compile(r"(list|table|body)\s*(.*)", re.DOTALL)
"""A place in the form of the exchange: in a list, a table or the body, and its number there."""


def requirement(
    op: str, value: float | None = None, value2: float | None = None, uom: str | None = None, baseline: float | None = None
) -> Reason:
    """What a promise asks for: comparison, figure, unit, and from where it starts; worded anew in another language.

    >>> requirement("ge", 50.0, uom="%"), requirement("eq", 41.0, uom="所", baseline=54.0), requirement("between", 1.0, 2.0, "次")
    ('至少 50%', '41 所（原为 54 所）', '1 至 2 次')
    >>> requirement("all"), requirement("all", 100.0, uom="%"), requirement("zero", 0.0), requirement("done")
    ('全部', '全部', '清零', '完成')
    >>> requirement("ge")
    '不低于所写标准'
    """
    if value is None or (op == "all" and uom == "%" and value == 100):
        said = Reason(_WITHOUT_FIGURE.get(op, ""))
    elif value2 is not None:
        said = Reason(_("%(least)s 至 %(most)s"), least=number(value), most=figure(value2, uom))
    else:
        said = Reason(_WITH_FIGURE.get(op, "%(figure)s"), figure=figure(value, uom))
    return said if baseline is None else Reason(_("%(said)s（原为 %(figure)s）"), said=said, figure=figure(baseline, uom))


def figure(value: float, uom: str | None) -> str:
    """A figure with its unit; no decimals that say nothing, no unit for a pure number.

    >>> figure(17000.0, "条"), figure(0.85, "比"), figure(98.5, "%")
    ('17000 条', '0.85', '98.5%')
    """
    if not uom or uom == "比":
        return number(value)
    return f"{number(value)}%" if uom == "%" else f"{number(value)} {uom}"


def number(value: float) -> str:
    """A bare number: no decimals that say nothing, and every digit of a million.

    >>> number(1_200_000.0), number(0.25)
    ('1200000', '0.25')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")


def per_words(per: str | None) -> Reason:
    """How often a promise falls due again."""
    return Reason(_PER.get(per or "", ""))


def where_words(where: str) -> Reason:
    """The place in the form of the exchange, for a person.

    >>> where_words("list 3"), where_words("body 14"), where_words("body 二（一）4"), where_words("table 1"), where_words("附件")
    ('清单第 3 项', '正文第 14 条', '正文 二（一）4', '表 1', '附件')
    """
    found = WHERE.fullmatch(where)
    if found is None:
        return Reason("%(where)s", where=where)
    kind, number = found[1], found[2]
    if kind == "body":
        said = _("正文第 %(no)s 条") if number.isdecimal() else _("正文 %(no)s")
    else:
        said = _("清单第 %(no)s 项") if kind == "list" else _("表 %(no)s")
    return Reason(said, no=number)
