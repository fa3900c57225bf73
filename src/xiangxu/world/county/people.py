"""People and their posts: who leads, who writes, who heads a school; many hold more than one post, as in life.

Names come from a shuffled list, except those of the cast (`cast.py`), which no seed changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from xiangxu.model.unit import Person, Post, Role, Unit, UnitKind
from xiangxu.world.county.areas import MOCHI, OTHER_TOWNS, TOWNS, YANXI
from xiangxu.world.county.names import LANZHOU_NAMES, MOCHI_NAMES, YANXI_NAMES, PersonNames, persons
from xiangxu.world.county.offices import (
    CENTRE_SCHOOL_TOWNS,
    OTHER_SECTIONS,
    PREFECTURE_BUREAU,
    SECTIONS,
    code,
    town_government,
    town_office,
)
from xiangxu.world.county.places import phones

# Posts were taken up between these years.
_FIRST_YEAR, _LAST_YEAR = 2018, 2025
# Six of nine inspectors are serving heads, three are retired.
_HEADS_INSPECTING, _RETIRED = 6, 3
_SCHOOLS = (UnitKind.SCHOOL, UnitKind.TEACHING_POINT, UnitKind.KINDERGARTEN)
_TITLES = {UnitKind.SCHOOL: "校长", UnitKind.TEACHING_POINT: "教学点负责人", UnitKind.KINDERGARTEN: "园长"}
# Whoever leads a 科室, and who in a town has education among his duties, is called after the last character of its name.
_OFFICE_TITLES = {"室": "主任", "心": "主任", "站": "站长"}
_TOWN_TITLES = {"道": "副主任", "镇": "副镇长", "乡": "副乡长"}


class Register:
    """The people of one county, taken on one after the other. `fixed`: the place of a cast member → name."""

    def __init__(self, lists: PersonNames, fixed: Mapping[str, str], first_phone: int, rng: Random) -> None:
        self._lists, self._fixed, self._rng = lists, fixed, rng
        self._names = persons(rng, lists, frozenset(fixed.values()))
        self._phones = phones(first_phone)
        self.people: list[Person] = []
        self.posts: list[Post] = []

    def person(self, place: str = "") -> str:
        """A new person's login; the cast member's where the place is one of the cast's."""
        name = self._fixed.get(place) or next(self._names)
        self.people.append(Person(self._lists.login(name), name, next(self._phones)))
        return self.people[-1].login

    def post(self, login: str, unit: str, role: Role, title: str, ends: date | None = None, starts: date | None = None) -> None:
        """One more post of a person, held since some past year; one of a closed school ended with it."""
        year = self._rng.randint(_FIRST_YEAR, _LAST_YEAR)
        since = starts or date(min(year, ends.year - 1) if ends else year, self._rng.choice((3, 8)), 1)
        self.posts.append(Post(login, unit, role, title, since, ends))

    def new(
        self, unit: str, role: Role, title: str, place: str = "", ends: date | None = None, starts: date | None = None
    ) -> str:
        """A new person in a post."""
        login = self.person(place)
        self.post(login, unit, role, title, ends, starts)
        return login


def yanxi(
    schools: Mapping[str, Unit], gardens: tuple[Unit, ...], departments: tuple[str, ...], fixed: Mapping[str, str], rng: Random
) -> Register:
    """Everybody of 砚溪县. `schools`: by key, without campuses, whose heads are their schools'."""
    register = Register(YANXI_NAMES, fixed, 300001, rng)
    bureau = code(YANXI, "edu-bureau")
    register.new(code(YANXI, "government"), Role.LEADER, "副县长", "county-leader")
    register.new(bureau, Role.LEADER, "党组书记、局长", "bureau-leader")
    for _ in range(2):
        register.new(bureau, Role.LEADER, "副局长")
    for place in ("clerk", "", ""):
        register.new(bureau, Role.CLERK, "乡村教育振兴专班专干", place)
    for number, (word, name) in enumerate(SECTIONS):
        office = code(YANXI, f"office-{word}")
        register.new(office, Role.OFFICE, _OFFICE_TITLES.get(name[-1], "科长"), f"office-{word}")
        if number % 2:
            register.new(office, Role.OFFICE, "科员")
    for department in departments:
        register.new(department, Role.LEAD_DEPARTMENT, "联络员", department)
    for place, role, title in (
        ("system-admin", Role.SYSTEM_ADMIN, "系统管理员"),
        ("audit-admin", Role.AUDIT_ADMIN, "审计管理员"),
        ("security-admin", Role.SECURITY_ADMIN, "安全管理员"),
    ):
        register.new(bureau, role, title, place)
    heads = _heads(register, schools, gardens)
    for number, town in enumerate(TOWNS):
        area = town.code(YANXI)
        register.new(town_government(area), Role.TOWN, _TOWN_TITLES[town.name[-1]], town.name)
        if number % 3 == 0:
            register.new(town_government(area), Role.TOWN, "教育专干")
        if town.name in CENTRE_SCHOOL_TOWNS:
            register.post(heads[f"{town.name}-centre"], town_office(area), Role.EDUCATION_OFFICE, "中心校校长")
        else:
            register.new(town_office(area), Role.EDUCATION_OFFICE, "主任", f"{town.name}-office")
    _inspectors(register, schools, heads)
    return register


def mochi(schools: Mapping[str, Unit], gardens: tuple[Unit, ...], fixed: Mapping[str, str], rng: Random) -> Register:
    """The handful of people of 墨池县; most schools have no entry for their head yet."""
    register = Register(MOCHI_NAMES, fixed, 400001, rng)
    bureau = code(MOCHI, "edu-bureau")
    register.new(code(MOCHI, "government"), Role.LEADER, "副县长")
    register.new(bureau, Role.LEADER, "局长", "other-leader")
    register.new(bureau, Role.CLERK, "专干", "other-clerk")
    for word, _ in OTHER_SECTIONS[:2]:
        register.new(code(MOCHI, f"office-{word}"), Role.OFFICE, "股长")
    town = OTHER_TOWNS[1].code(MOCHI)
    register.new(town_government(town), Role.TOWN, "副镇长")
    register.new(town_office(town), Role.EDUCATION_OFFICE, "主任")
    head = register.new(schools["xibi-village"].code, Role.SCHOOL, "校长", "other-head")
    register.post(head, schools["xibi-point"].code, Role.SCHOOL, "教学点负责人")
    register.new(schools["feibai-centre"].code, Role.SCHOOL, "校长")
    register.new(gardens[0].code, Role.SCHOOL, "园长")
    return register


def lanzhou(fixed: Mapping[str, str], rng: Random) -> Register:
    """The prefecture's supervisor and a colleague."""
    register = Register(LANZHOU_NAMES, fixed, 500001, rng)
    register.new(PREFECTURE_BUREAU, Role.SUPERVISOR, "督导科科长", "supervisor")
    register.new(PREFECTURE_BUREAU, Role.SUPERVISOR, "督导科科员")
    return register


def _heads(register: Register, schools: Mapping[str, Unit], gardens: tuple[Unit, ...]) -> dict[str, str]:
    """One head for each school and kindergarten, by key; the head of a village school leads its teaching point too."""
    heads: dict[str, str] = {}
    by_code = {unit.code: key for key, unit in schools.items()}
    for key, unit in schools.items():
        if unit.kind not in _SCHOOLS:
            continue
        above = by_code.get(unit.parent or "", "")
        if unit.kind is UnitKind.TEACHING_POINT and "-village-" in above:
            heads[key] = heads[above]
            register.post(heads[key], unit.code, Role.SCHOOL, "教学点负责人", unit.closed, unit.opened)
        else:
            heads[key] = register.new(unit.code, Role.SCHOOL, _TITLES[unit.kind], key, unit.closed, _recent(unit))
    for garden in gardens:
        register.new(garden.code, Role.SCHOOL, "园长", garden.code, garden.closed, _recent(garden))
    return heads


def _recent(unit: Unit) -> date | None:
    """The first day of a unit that opened lately, on which its head began too."""
    return unit.opened if unit.opened and unit.opened.year > _FIRST_YEAR else None


def _inspectors(register: Register, schools: Mapping[str, Unit], heads: Mapping[str, str]) -> None:
    """Nine, all at the bureau's inspection office: heads of central and junior schools beside their own post, and retired ones."""
    office = code(YANXI, "office-inspection")
    for key in _inspecting(schools):
        register.post(heads[key], office, Role.INSPECTOR, "兼职责任督学")
    for _ in range(_RETIRED):
        register.new(office, Role.INSPECTOR, "专职责任督学（退休校长）")


def _inspecting(schools: Mapping[str, Unit]) -> Iterator[str]:
    names = [key for key, unit in schools.items() if key.endswith(("-centre", "-junior")) and unit.closed is None]
    yield from names[:_HEADS_INSPECTING]
