"""What was read, in words: figures, dates, places and doubts as a clerk says them, in both languages.

A number's unit of quantity (所, 个, 课时) is the document's own word and stays as it is in English too.
"""

from __future__ import annotations

import re
from datetime import date

from xiangxu.cli.page.markup import Words
from xiangxu.documents.wording import WHERE, figure, where_words
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import Level, Op, Per, Promise

NONE = Words("—", "—")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# How a comparison with a figure reads; {} is the figure with its unit.
_WITH_FIGURE = {
    Op.EQ: Words("为 {}", "{}"),
    Op.GE: Words("至少 {}", "at least {}"),
    Op.GT: Words("超过 {}", "more than {}"),
    Op.LE: Words("不超过 {}", "at most {}"),
    Op.LT: Words("低于 {}", "less than {}"),
    Op.BETWEEN: Words("{}", "{}"),
    Op.ALL: Words("全部，各 {}", "all, {} each"),
    Op.ZERO: Words("清零（{}）", "none ({})"),
    Op.INCREASE: Words("增加 {}", "increase by {}"),
    Op.DECREASE: Words("减少 {}", "decrease by {}"),
    Op.DONE: Words("完成（{}）", "done ({})"),
}

# The same where the text gives no figure.
_WITHOUT_FIGURE = {
    Op.ALL: Words("全部", "all"),
    Op.ZERO: Words("清零", "none"),
    Op.INCREASE: Words("增加、提高", "increase"),
    Op.DECREASE: Words("减少、降低", "decrease"),
    Op.DONE: Words("完成", "done"),
}

_PER = {
    Per.YEAR: Words("每年", "every year"),
    Per.TERM: Words("每学期", "every term"),
    Per.MONTH: Words("每月", "every month"),
    Per.WEEK: Words("每周", "every week"),
}

_LEVEL = {
    Level.COUNTY: Words("全域", "county"),
    Level.TOWN: Words("乡镇", "town"),
    Level.SCHOOL: Words("学校", "school"),
    Level.TEACHER: Words("教师", "teacher"),
    Level.STUDENT: Words("学生", "student"),
    Level.DEPARTMENT: Words("部门", "department"),
}

# The reasons of `Doubt.reason` for the English interface.
_DOUBT_EN = {
    Doubt.OCR: "read from an image: compare with the original",
    Doubt.TABLE_GUESSED: "the original has no table lines; rows and columns follow from the layout",
    Doubt.CELL_GUESSED: "which cell this belongs to is inferred",
    Doubt.HEADER_SHIFTED: "the header is shifted against the columns; their meaning follows from the content",
    Doubt.NO_TABLE_HEADER: "the list has no header; the columns' meaning follows from the content",
    Doubt.PICTURE_UNREAD: "a picture here was not read",
    Doubt.NUMBERING_GAP: "the numbering of the headings has a gap",
    Doubt.NOT_A_PLAN: "no plan: only its outline was read",
    Doubt.TABLE_SKIPPED: "a table that is neither a task list nor an indicator table",
    Doubt.DATE_UNREAD: "the wording of the deadline was not understood",
    Doubt.DUE_CARRIED: "the deadline is carried on from the text before",
    Doubt.UNIT_UNKNOWN: "the name matches no known unit",
    Doubt.OWNER_PROPOSED: "the original names no responsible unit; this is a proposal",
    Doubt.FIGURE_UNSURE: "the figure or its meaning is uncertain",
}

_WHERE_EN = {"list": "list, item", "table": "table", "body": "body"}
_DUE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def requirement(promise: Promise) -> Words:
    """What the promise asks for: comparison, figure, unit, and from where it starts.

    >>> from xiangxu.model.place import Place
    >>> def of(op, **rest): return requirement(Promise("", "", "", None, op, Place(0, 0, 1), **rest)).zh
    >>> of(Op.GE, value=50.0, uom="%"), of(Op.EQ, value=41.0, uom="所", baseline=54.0), of(Op.BETWEEN, value=1.0, value2=2.0, uom="次")
    ('至少 50%', '为 41 所（原为 54 所）', '1 至 2 次')
    >>> of(Op.ALL), of(Op.ALL, value=100.0, uom="%"), of(Op.ZERO), of(Op.DONE)
    ('全部', '全部（100%）', '清零', '完成')
    """
    zh, en = _compared(promise)
    if promise.baseline is None:
        return Words(zh, en)
    before = figure(promise.baseline, promise.uom)
    return Words(f"{zh}（原为 {before}）", f"{en} (from {before})")


def _compared(promise: Promise) -> Words:
    if promise.value is None:
        return _WITHOUT_FIGURE.get(promise.op) or _filled(_WITH_FIGURE[promise.op], NONE)
    if promise.op is Op.ALL and promise.uom == "%":
        percent = figure(promise.value, "%")
        return Words(f"全部（{percent}）", f"all ({percent})")
    shown = figure(promise.value, promise.uom)
    if promise.value2 is not None:
        upper = figure(promise.value2, promise.uom)
        return Words(f"{figure(promise.value, None)} 至 {upper}", f"{figure(promise.value, None)} to {upper}")
    return _filled(_WITH_FIGURE[promise.op], Words(shown, shown))


def _filled(pattern: Words, words: Words) -> Words:
    return Words(pattern.zh.format(words.zh), pattern.en.format(words.en))


def due(value: str | None) -> Words:
    """A deadline; what is not of the exchange form is shown as it is.

    >>> due("2025").zh, due("2025-12").zh, due("2025-12-31"), due("ongoing").zh, due(None).zh
    ('2025年', '2025年12月', Words(zh='2025年12月31日', en='31 Dec 2025'), '长期坚持', '—')
    """
    if value is None:
        return NONE
    if value == "ongoing":
        return Words("长期坚持", "ongoing")
    found = _DUE.fullmatch(value)
    if found is None or not 1 <= int(found[2] or 1) <= 12:
        return Words(value, value)
    year, month, day = found[1], found[2], found[3]
    zh = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    en = [str(int(day))] if day else []
    en += [_MONTHS[int(month) - 1]] if month else []
    return Words(zh, " ".join([*en, year]))


def issued(on: date | None) -> Words:
    """The day of issue."""
    return due(on.isoformat()) if on else Words("日期未读出", "date not found")


def per(value: Per | None) -> Words | None:
    """How often a promise falls due again."""
    return _PER[value] if value else None


def level(value: Level) -> Words:
    """At whom a promise is checked."""
    return _LEVEL[value]


def where(value: str) -> Words:
    """The place in the words of the exchange form, for a person.

    >>> where("list 3"), where("body 14").en, where("附件").en
    (Words(zh='清单第 3 项', en='list, item 3'), 'body 14', '附件')
    """
    found = WHERE.fullmatch(value)
    return Words(where_words(value), f"{_WHERE_EN[found[1]]} {found[2]}" if found else value)


def line(place: Place) -> Words:
    """Where something stands, by line and, where there are pages, by page."""
    if place.page is None:
        return Words(f"第 {place.line} 行", f"line {place.line}")
    return Words(f"第 {place.page} 页 第 {place.line} 行", f"page {place.page}, line {place.line}")


def doubt(value: Doubt) -> Words:
    """Why a person should look again."""
    return Words(value.reason, _DOUBT_EN[value])
