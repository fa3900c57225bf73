"""The closed words of the grammar: functions, tiers of `each=`, and what a caller says about fields and parameters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a value is; a field's type on its card has the same words."""

    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes-no"
    DATE = "date"
    CHOICE = "choice"

    @property
    def label(self) -> str:
        """The word that a clerk reads."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.NUMBER: "数字",
    Kind.TEXT: "文字",
    Kind.YES_NO: "是否",
    Kind.DATE: "日期",
    Kind.CHOICE: "选项",
}


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A field that formulas may name: by `code` or by Chinese `name`.

    `choices` are the choices of a choice, in their order where `ordered`.
    """

    code: str
    name: str
    kind: Kind = Kind.NUMBER
    choices: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ParamWord:
    """A parameter that a binding may give; without `kind` it may be anything."""

    name: str
    kind: Kind | None = None
    choices: tuple[str, ...] = ()


class Sort(StrEnum):
    """Where a function takes its values from."""

    OVER_ROWS = "over rows"
    """Looks at the rows in scope, or with `each=` at groups of them."""
    OVER_FIGURES = "over figures"
    """Computes whole figures anew, over a part of the rows or another period."""
    UNITS = "units"
    """Looks at the list of units in scope."""
    SCALAR = "scalar"
    """Turns values into a value, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function is written: how many arguments, of what kind, which named ones, and what it gives."""

    name: str
    sort: Sort
    takes: tuple[Kind | None, ...]
    least: int
    gives: Kind
    pattern: str
    options: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    endless: bool = False

    @property
    def most(self) -> int | None:
        """The largest number of arguments; None where there is no limit."""
        return None if self.endless else len(self.takes)


_WHERE = frozenset({"where", "latest"})
_EACH = _WHERE | {"each"}
_N, _C = Kind.NUMBER, Kind.YES_NO

FUNCTIONS = {
    s.name: s
    for s in (
        Signature("sum", Sort.OVER_ROWS, (_N,), 1, _N, "sum(参测学生)", _EACH),
        Signature("count", Sort.OVER_ROWS, (_C,), 0, _N, "count(在校生 > 2000)", frozenset({"each", "latest"})),
        Signature("distinct", Sort.OVER_ROWS, (None,), 1, _N, "distinct(人员)", _WHERE),
        Signature("mean", Sort.OVER_ROWS, (_N,), 1, _N, "mean(在校生)", _EACH),
        Signature("min", Sort.OVER_ROWS, (_N,), 1, _N, "min(到县带宽)", _EACH),
        Signature("max", Sort.OVER_ROWS, (_N,), 1, _N, "max(在校生)", _EACH),
        Signature("median", Sort.OVER_ROWS, (_N,), 1, _N, "median(在校生)", _EACH),
        Signature("quantile", Sort.OVER_ROWS, (_N, _N), 1, _N, "quantile(在校生, 0.25)", _EACH | {"q"}),
        Signature("share", Sort.OVER_ROWS, (_C,), 1, _N, "share(达标项 = 适用项)", _EACH),
        Signature("cv", Sort.OVER_ROWS, (_N,), 1, _N, "cv(图书, by=在校生)", _WHERE | {"by"}, frozenset({"by"})),
        Signature("gap", Sort.OVER_FIGURES, (_N,), 1, _N, "gap(sum(图书) / sum(在校生))"),
        Signature("change", Sort.OVER_FIGURES, (_N,), 1, _N, "change(sum(教育支出))"),
        Signature("units_with", Sort.UNITS, (_C,), 1, _N, "units_with(类别 = :kind)", frozenset({"by"}), endless=True),
        Signature("units", Sort.UNITS, (), 0, _N, "units()"),
        Signature("abs", Sort.SCALAR, (_N,), 1, _N, "abs(1 - 2)"),
        Signature("ceil", Sort.SCALAR, (_N,), 1, _N, "ceil(班级数 / 12)"),
        Signature("least", Sort.SCALAR, (_N, _N), 2, _N, "least(sum(甲), sum(乙))", endless=True),
        Signature("years", Sort.SCALAR, (Kind.DATE, Kind.DATE), 2, _N, "years(出生日期, :on)"),
    )
}

# Words by which people of Excel or SQL look for a function, and what says it here.
ELSEWHERE = {
    "合计": "sum(…)",
    "求和": "sum(…)",
    "总和": "sum(…)",
    "sumif": "sum(…, where=条件)",
    "sum_if": "sum(…, where=条件)",
    "sumifs": "sum(…, where=条件)",
    "计数": "count(…)",
    "countif": "count(条件)",
    "countifs": "count(条件)",
    "平均": "mean(…)",
    "平均数": "mean(…)",
    "avg": "mean(…)",
    "average": "mean(…)",
    "最小": "min(…)",
    "最大": "max(…)",
    "中位数": "median(…)",
    "percentile": "quantile(…, 0.25)",
    "占比": "share(条件)",
    "比例": "share(条件)",
    "差异系数": "cv(…, by=…)",
    "if": "sum(…, where=条件) 或 count(条件)",
}

# A tier of `each=` by its code, and the Chinese column that may hold it.
TIERS = {
    "school": "学校",
    "kindergarten": "幼儿园",
    "town": "镇街",
    "cluster": "学区",
    "village": "村居",
    "county": "县区",
    "department": "部门",
    "teacher": "教师",
    "person": "人员",
    "unit": "单位",
}

# The columns of a row that say to which unit it belongs, the plain unit first; a cell may name several, split by 、 or a comma.
UNIT_COLUMNS = (
    *("unit", "单位", "school", "学校", "kindergarten", "幼儿园", "holder", "持有者", "town", "镇街", "village", "村居"),
    *("department", "部门", "lead", "牵头单位", "member_units", "成员单位"),
)

# The flag of a row or unit that `gap` reads: city or village. What is neither (a plan may leave the county town out) is in no group.
AREA_COLUMNS = ("area", "城乡", "area_type", "城乡类型")
CITY = frozenset({"城", "城区", "城市", "city"})
VILLAGE = frozenset({"乡", "乡村", "农村", "village", "rural"})
