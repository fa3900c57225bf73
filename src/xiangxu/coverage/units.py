"""Which units a promise means: by the scope that its card names, or by a group that a person chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from xiangxu.cards.kinds import Scope
from xiangxu.formula import FormulaError, Tree, holds, names, parse
from xiangxu.model.reason import gettext_noop as _
from xiangxu.model.unit import Runner, SchoolType, UnitKind

_SCHOOLS = (UnitKind.SCHOOL, UnitKind.TEACHING_POINT)
_STAGES: Mapping[SchoolType, tuple[str, ...]] = {
    SchoolType.KINDERGARTEN: ("学前",),
    SchoolType.TEACHING_POINT: ("小学",),
    SchoolType.PRIMARY: ("小学",),
    SchoolType.JUNIOR: ("初中",),
    SchoolType.NINE_YEAR: ("小学", "初中"),
    SchoolType.SENIOR: ("高中",),
    SchoolType.FULL_MIDDLE: ("初中", "高中"),
    SchoolType.TWELVE_YEAR: ("小学", "初中", "高中"),
    SchoolType.SPECIAL: ("特教",),
    SchoolType.VOCATIONAL: ("中职",),
}
_CALLED: Mapping[SchoolType, str] = {
    SchoolType.KINDERGARTEN: "幼儿园",
    SchoolType.TEACHING_POINT: "教学点",
    SchoolType.PRIMARY: "小学",
    SchoolType.JUNIOR: "初级中学",
    SchoolType.NINE_YEAR: "九年一贯制学校",
    SchoolType.SENIOR: "高级中学",
    SchoolType.FULL_MIDDLE: "完全中学",
    SchoolType.TWELVE_YEAR: "十二年一贯制学校",
    SchoolType.SPECIAL: "特殊教育学校",
    SchoolType.VOCATIONAL: "中等职业学校",
}
_OWNERS: Mapping[Runner, str] = {
    Runner.PUBLIC: "公办",
    Runner.COLLECTIVE: "单位或集体办",
    Runner.PRIVATE: "民办",
    Runner.PRIVATE_INCLUSIVE: "民办",
}


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What the tree of units and areas knows of a unit. ``settlement`` is the three-digit code of its village (城乡分类代码).

    ``in_street``: it lies in a 街道 and not in a 镇 or 乡; it decides where no code is known.
    """

    key: str
    kind: UnitKind
    school_type: SchoolType | None = None
    runner: Runner | None = None
    settlement: str = ""
    in_street: bool = False

    @property
    def rural(self) -> bool:
        """Whether it counts as 乡: all but the urban districts and the county's seat, as plans write it (乡镇及以下)."""
        if not self.settlement:
            return not self.in_street
        return not (self.settlement.startswith("11") or (self.in_street and self.settlement.startswith("12")))

    @property
    def is_school(self) -> bool:
        """A school or teaching point. A campus (校区) speaks through its school."""
        return self.kind in _SCHOOLS

    @property
    def is_kindergarten(self) -> bool:
        """A kindergarten."""
        return self.kind is UnitKind.KINDERGARTEN


class Group(StrEnum):
    """The groups from which a clerk chooses where the document's scope names none that can be found."""

    TOWNS = "towns"
    COUNTIES = "counties"
    EDUCATION_OFFICES = "education-offices"
    CLUSTERS = "clusters"
    SCHOOLS = "schools"
    RURAL_SCHOOLS = "rural-schools"
    KINDERGARTENS = "kindergartens"
    RURAL_KINDERGARTENS = "rural-kindergartens"
    ALL_SCHOOLS = "all-schools"
    RURAL_ALL = "rural-all"
    TEACHING_POINTS = "teaching-points"
    BUREAU = "bureau"
    OFFICES = "offices"
    DEPARTMENTS = "departments"

    @property
    def words(self) -> str:
        """As a clerk calls it."""
        return _GROUP_WORDS[self]

    def has(self, unit: UnitFacts) -> bool:
        """Whether the unit belongs to the group."""
        match self:
            case Group.TOWNS:
                return unit.kind is UnitKind.TOWN
            case Group.COUNTIES:
                return unit.kind is UnitKind.COUNTY_BUREAU
            case Group.EDUCATION_OFFICES:
                return unit.kind is UnitKind.EDUCATION_OFFICE
            case Group.CLUSTERS:
                return unit.kind is UnitKind.CLUSTER
            case Group.SCHOOLS:
                return unit.is_school
            case Group.RURAL_SCHOOLS:
                return unit.is_school and unit.rural
            case Group.KINDERGARTENS:
                return unit.is_kindergarten
            case Group.RURAL_KINDERGARTENS:
                return unit.is_kindergarten and unit.rural
            case Group.ALL_SCHOOLS:
                return unit.is_school or unit.is_kindergarten
            case Group.RURAL_ALL:
                return (unit.is_school or unit.is_kindergarten) and unit.rural
            case Group.TEACHING_POINTS:
                return unit.kind is UnitKind.TEACHING_POINT
            case Group.BUREAU:
                return unit.kind is UnitKind.BUREAU
            case Group.OFFICES:
                return unit.kind is UnitKind.OFFICE
            case Group.DEPARTMENTS:
                return unit.kind is UnitKind.DEPARTMENT


_GROUP_WORDS = {
    Group.TOWNS: _("各镇街"),
    Group.COUNTIES: _("各区县"),
    Group.EDUCATION_OFFICES: _("各教管办、中心校"),
    Group.CLUSTERS: _("各学区"),
    Group.SCHOOLS: _("全部中小学（含教学点）"),
    Group.RURAL_SCHOOLS: _("乡村中小学（含教学点）"),
    Group.KINDERGARTENS: _("全部幼儿园"),
    Group.RURAL_KINDERGARTENS: _("乡村幼儿园"),
    Group.ALL_SCHOOLS: _("全部中小学和幼儿园"),
    Group.RURAL_ALL: _("乡村中小学和幼儿园"),
    Group.TEACHING_POINTS: _("教学点"),
    Group.BUREAU: _("教育局本级"),
    Group.OFFICES: _("教育局各科室"),
    Group.DEPARTMENTS: _("各部门"),
}

# Scopes without a filter of which the tree of units knows the members; of any other without one (被撤并的学校, 有需求的学校) it does not.
_WHOLE: Mapping[str, Group] = {
    "scope-all-schools": Group.ALL_SCHOOLS,
    "scope-towns": Group.TOWNS,
    "scope-town-governments": Group.TOWNS,
    "scope-clusters": Group.CLUSTERS,
    "scope-education-bureau": Group.BUREAU,
    "scope-departments": Group.DEPARTMENTS,
}
_TIERS = ("school", "kindergarten")
_KNOWN = frozenset(
    (
        "单位类型", "学校类别", "学段", "设学前段", "设小学段", "设初中段", "设高中段", "举办者类型", "普惠性", "城乡", "城乡类型", "教学点",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScopeFilter:
    """A scope card that can be laid over the tree of units."""

    tree: Tree | None
    group: Group | None = None
    # What the tree knows of units takes few values: the formula is asked once about each, and not for every unit of every promise.
    known: dict[tuple[str | bool | None, ...], bool] = field(default_factory=dict, compare=False, repr=False)

    def has(self, unit: UnitFacts) -> bool:
        """Whether the unit is in scope. What the tree does not know of a unit leaves it out."""
        if self.group is not None:
            return self.group.has(unit)
        if not (unit.is_school or unit.is_kindergarten) or self.tree is None:
            return False
        asked = attributes(unit)
        key = tuple(asked.values())
        if key not in self.known:
            self.known[key] = holds(self.tree, asked) is True
        return self.known[key]


def filter_of(scope: Scope) -> ScopeFilter | None:
    """The filter of a scope card; None where it asks for what only a form knows (寄宿制, 在校生) or speaks of people and things."""
    if scope.id in _WHOLE:
        return ScopeFilter(None, _WHOLE[scope.id])
    if scope.tier not in _TIERS or scope.filter is None:
        return None
    try:
        tree = parse(scope.filter)
    except FormulaError:
        return None
    if any(field not in _KNOWN for _table, field in names(tree).fields):
        return None
    return ScopeFilter(tree)


def attributes(unit: UnitFacts) -> dict[str, str | bool | None]:
    """The unit in the words of the register of units, as filters ask for them."""
    stages = _STAGES.get(unit.school_type, ()) if unit.school_type else ()
    owner = _OWNERS.get(unit.runner) if unit.runner else None
    return {
        "单位类型": "幼儿园" if unit.is_kindergarten else "学校" if unit.is_school else "其他",
        "学校类别": _CALLED.get(unit.school_type) if unit.school_type else None,
        "学段": stages[0] if stages else None,
        "设学前段": "学前" in stages,
        "设小学段": "小学" in stages,
        "设初中段": "初中" in stages,
        "设高中段": "高中" in stages,
        "举办者类型": owner,
        "普惠性": None if owner is None else owner != "民办" or unit.runner is Runner.PRIVATE_INCLUSIVE,
        "城乡": "乡" if unit.rural else "城",
        "城乡类型": unit.settlement or None,
        "教学点": unit.kind is UnitKind.TEACHING_POINT,
    }
