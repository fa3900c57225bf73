"""The three sheets and their columns: which cell means which field, how it is read and written.

Headers and words are those of ``xiangxu.world.sheets``; the words of the screens and a few that offices use are read too. A workbook
goes out in the language of the page, and comes in again in either: headers, names of sheets and words to choose from are read in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from xiangxu.model.area import Settlement
from xiangxu.world.sheets import KINDS, LEVELS, RUNNERS, TYPES
from xiangxu_web.kernel.languages import in_all
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.areas.rules import SCHOOL_KINDS

Cell = str | float | None
# Six places of a degree are a tenth of a metre; a workbook keeps no more than sixteen digits.
_PLACES = 6
AREAS, UNITS, SCHOOLS = noop("区划"), noop("单位"), noop("学校")


class Unfit(Exception):
    """A cell does not hold what its column asks for: what is wrong, what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Column:
    """One column. ``read`` takes a cell to a field's value and raises ``Unfit``; ``write`` is its reverse.

    ``header``, ``hint`` and ``also`` (other words for the header) are in Chinese; ``choices`` gives the words of the page's language.
    """

    header: str
    field: str
    read: Callable[[Any], Any]
    hint: str
    write: Callable[[Any], Cell] = lambda value: value or None
    also: tuple[str, ...] = ()
    choices: Callable[[], tuple[str, ...]] = tuple
    width: int = 15

    @property
    def title(self) -> str:
        """The header in the language of the page."""
        return _(self.header)

    @property
    def headers(self) -> tuple[str, ...]:
        """All words by which the column is known, without blanks and in small letters, the header's own first."""
        return _bare_headers((self.header, *self.also))


@cache
def _bare_headers(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bare(each) for one in words for each in in_all(one)))


def bare(header: str) -> str:
    """A header without the marks that templates put on it, without blanks, in small letters."""
    return header.strip("*＊ ").replace(" ", "").casefold()


@dataclass(frozen=True, eq=False)
class Choices:
    """The words of a column of fixed words: ``written`` in workbooks, ``labels`` on the screens, ``more`` that offices write."""

    written: Mapping[str, str]
    labels: Mapping[str, str | LazyText]
    more: Mapping[str, str]

    def words(self, value: Any) -> str | None:
        """The word for a value: in Chinese that of the workbooks, in another language that of the screens."""
        if value not in self.written:
            return None
        own = (translation.get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE
        return self.written[value] if own else str(self.labels.get(value, self.written[value]))

    def offered(self) -> tuple[str, ...]:
        """The words to choose from."""
        return tuple(self.words(value) or "" for value in self.written)

    def value(self, words: str) -> str | None:
        """The value that a word of any language means."""
        return self._known.get(words.casefold())

    @cached_property
    def _known(self) -> dict[str, str]:
        known = {words.casefold(): value for words, value in self.more.items() if value in self.written}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                known |= {str(label).casefold(): value for value, label in self.labels.items() if value in self.written}
        return known | {words.casefold(): value for value, words in self.written.items()}


def words_of(cell: Any) -> str:
    """A cell as text: whole numbers without a point, days as 2025-09-01, no white space around and no line breaks within."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return re.sub(r"\s*[\r\n\t]+\s*", " ", str(cell)).strip()


def _text(cell: Any, longest: int, needed: bool = False) -> str:
    words = words_of(cell)
    if needed and not words:
        raise Unfit(_("是空的"), _("请填写。"))
    if len(words) > longest:
        raise Unfit(_("有 %(count)s 个字，太长") % {"count": len(words)}, _("请缩短到 %(most)s 个字以内。") % {"most": longest})
    if not words.isprintable():
        raise Unfit(_("含有看不见的控制字符"), _("请在单元格中重新输入。"))
    return words


def _area_code(cell: Any, needed: bool = True) -> str:
    words = words_of(cell)
    if not words and not needed:
        return ""
    if not re.fullmatch("[0-9]{12}", words):
        raise Unfit(
            _("写作“%(words)s”，不是 12 位数字") % {"words": words[:30]} if words else _("是空的"),
            _("请填 12 位统计用区划代码，不足 12 位的在后面补 0；该列请设为文本格式。"),
        )
    return words


def _unit_code(cell: Any, needed: bool = True) -> str:
    words = words_of(cell)
    if not words and not needed:
        return ""
    if not re.fullmatch("[0-9A-Za-z][0-9A-Za-z_-]{0,39}", words):
        raise Unfit(
            _("写作“%(words)s”") % {"words": words[:50]} if words else _("是空的"),
            _("请填单位代码：学校填 10 位学校标识码，其他单位用数字、字母和短横自编，最多 40 个。"),
        )
    return words


def _choice(cell: Any, choices: Choices, needed: bool) -> str:
    words = words_of(cell)
    if not words and not needed:
        return ""
    value = choices.value(words)
    if value is None:
        raise Unfit(
            _("写作“%(words)s”") % {"words": words[:30]} if words else _("是空的"),
            _("请从下列词中选一个：%(words)s。") % {"words": "、".join(choices.offered())},
        )
    return value


_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    words = words_of(cell)
    if not words:
        return None
    match = _DAY.fullmatch(words.split(" ")[0])
    try:
        return date(*(int(part) for part in match.groups() if part)) if match else _no_day(words)
    except ValueError:
        return _no_day(words)


def _no_day(words: str) -> date:
    raise Unfit(_("写作“%(words)s”，不是日期") % {"words": words[:30]}, _("请写成 2025-09-01 这样的日期。"))


def _degrees(cell: Any, least: float, most: float) -> float | None:
    words = str(cell).strip() if cell is not None else ""
    if not words:
        return None
    try:
        value = float(words)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise Unfit(_("写作“%(words)s”") % {"words": words[:30]}, _("请填十进制度数，例如 118.16852；没有就留空。"))
    return round(value, _PLACES)


def _aliases(cell: Any) -> tuple[str, ...]:
    parts = [part.strip() for part in re.split("[、，,；;]", words_of(cell))]
    if long := next((part for part in parts if len(part) > 80), None):
        raise Unfit(_("别名“%(words)s…”太长") % {"words": long[:20]}, _("每个别名最多 80 个字，几个别名之间用顿号隔开。"))
    return tuple(sorted({part for part in parts if part}))


def _iso(value: date | None) -> Cell:
    return value.isoformat() if value else None


def _degree_cell(value: float | None) -> Cell:
    return value


def _chosen(
    written: Mapping[Any, str], labels: Mapping[str, Any], more: Mapping[str, str], needed: bool, allowed: Any = None
) -> dict[str, Any]:
    """How a column of fixed words is read, written and offered."""
    choices = Choices({str(v): words for v, words in written.items() if allowed is None or v in allowed}, labels, more)
    return {"read": partial(_choice, choices=choices, needed=needed), "write": choices.words, "choices": choices.offered}


_NO_SCHOOLS = tuple(kind for kind in Unit.Kind if kind not in SCHOOL_KINDS)
_TYPE_WORDS = {
    "初中": "junior",
    "九年一贯制": "nine-year",
    "高中": "senior",
    "完中": "full-middle",
    "十二年一贯制": "twelve-year",
    "教学点": "teaching-point",
    "中职": "vocational",
}
_KIND_WORDS = {
    "县政府": "government",
    "教体局": "bureau",
    "区县教体局": "county-bureau",
    "街道办事处": "town",
    "街道": "town",
    "乡政府": "town",
    "中心校": "education-office",
    "教育集团": "cluster",
    "小学教学点": "teaching-point",
}


def _common(kinds: tuple[Unit.Kind, ...]) -> tuple[Column, ...]:
    return (
        Column(
            noop("名称"),
            "name",
            partial(_text, longest=80, needed=True),
            noop("全称"),
            also=("单位名称", "学校名称", "全称"),
            width=34,
        ),
        Column(noop("简称"), "short_name", partial(_text, longest=40), noop("列表里显示的短名，可留空"), width=18),
        Column(
            noop("别名"),
            "aliases",
            _aliases,
            noop("文件里的其他叫法，用顿号隔开"),
            write=lambda value: "、".join(value) or None,
            width=30,
        ),
        Column(
            noop("类别"), "kind", hint=noop("从列表中选"), **_chosen(KINDS, dict(Unit.Kind.choices), _KIND_WORDS, True, kinds)
        ),
        Column(noop("区划代码"), "area", _area_code, noop("所在村居或镇街的 12 位代码"), also=("所在区划代码",)),
        Column(
            noop("上级单位代码"),
            "parent",
            partial(_unit_code, needed=False),
            noop("主管单位的代码，可以是本文件后面的单位"),
            also=("主管单位代码",),
            width=24,
        ),
        Column(noop("电话"), "phone", partial(_text, longest=30), noop("办公电话")),
        Column(noop("地址"), "address", partial(_text, longest=120), noop("可留空"), width=34),
    )


_DATES = (
    Column(noop("设立日期"), "opened", _day, noop("2025-09-01；不详留空"), write=_iso, also=("建校日期", "设立时间")),
    Column(noop("撤销日期"), "closed", _day, noop("不再存在的第一天；现有单位留空"), write=_iso),
    Column(noop("经度"), "longitude", partial(_degrees, least=-180, most=180), noop("十进制度"), write=_degree_cell),
    Column(noop("纬度"), "latitude", partial(_degrees, least=-90, most=90), noop("十进制度"), write=_degree_cell),
)

SHEETS: dict[str, tuple[Column, ...]] = {
    AREAS: (
        Column(noop("区划代码"), "code", _area_code, noop("12 位统计用区划代码")),
        Column(noop("名称"), "name", partial(_text, longest=60, needed=True), noop("例：某某镇"), also=("区划名称",), width=34),
        Column(
            noop("级别"),
            "level",
            hint=noop("从列表中选"),
            also=("层级",),
            **_chosen(
                LEVELS,
                dict(Area.Level.choices),
                {"镇": "town", "乡": "town", "街道": "town", "村": "village", "社区": "village"},
                True,
            ),
        ),
        Column(
            noop("上级区划代码"), "parent", partial(_area_code, needed=False), noop("可以是本文件后面的区划"), also=("上级代码",)
        ),
        Column(
            noop("城乡分类代码"),
            "settlement",
            hint=noop("三位，如 220；不详留空"),
            **_chosen({s: str(s) for s in Settlement}, {}, {}, False),
        ),
    ),
    UNITS: (Column(noop("单位代码"), "code", _unit_code, noop("自编，全系统唯一"), width=24), *_common(_NO_SCHOOLS), *_DATES),
    SCHOOLS: (
        Column(noop("学校标识码"), "code", _unit_code, noop("10 位学校标识码"), also=("学校代码", "单位代码", "标识码")),
        *_common(SCHOOL_KINDS),
        Column(
            noop("办学类型"),
            "school_type",
            hint=noop("从列表中选"),
            **_chosen(TYPES, dict(Unit.SchoolType.choices), _TYPE_WORDS, True),
        ),
        Column(
            noop("举办者"),
            "runner",
            hint=noop("从列表中选，不详留空"),
            **_chosen(RUNNERS, dict(Unit.Runner.choices), {}, False),
        ),
        *_DATES,
    ),
}


def sheet_of(unit: Unit) -> str:
    """The sheet on which a unit stands."""
    return SCHOOLS if unit.kind in SCHOOL_KINDS else UNITS


def area_values(area: Area, code_of: Mapping[int, str]) -> dict[str, Any]:
    """An area in the fields of its sheet; ``code_of`` gives the codes of the areas that the reader sees, by key."""
    parent = code_of.get(area.parent_id or 0, "")
    return {"code": area.code, "name": area.name, "level": area.level, "parent": parent, "settlement": area.settlement}


def unit_values(unit: Unit, code_of: Mapping[int, str]) -> dict[str, Any]:
    """A unit in the fields of its sheet; a superior outside ``code_of`` (units that the reader sees, by key) is not told."""
    return {
        **{
            name: getattr(unit, name)
            for name in ("code", "name", "short_name", "kind", "phone", "address", "school_type", "runner")
        },
        **{name: getattr(unit, name) for name in ("opened", "closed")},
        "longitude": None if unit.longitude is None else round(unit.longitude, _PLACES),
        "latitude": None if unit.latitude is None else round(unit.latitude, _PLACES),
        "aliases": tuple(sorted(alias.words for alias in unit.aliases.all())),
        "area": unit.area.code,
        "parent": code_of.get(unit.parent_id or 0, ""),
    }
