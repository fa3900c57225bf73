"""Units: whoever can be asked about a task, hand in a form or be inspected."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is. A town's government and its education office are two units: the one pays and is evaluated, the other approves."""

    GOVERNMENT = "government"  # 人民政府（县及以上）及其办公室
    BUREAU = "bureau"  # 教育行政部门：教育局、教体局、教育和体育局；市教育局、省教育厅
    DEPARTMENT = "department"  # 其他部门
    OFFICE = "office"  # 教育局的科室
    TOWN = "town"  # 镇政府、街道办事处
    COUNTY_BUREAU = "county-bureau"  # 区县教育局，在市本级的名册里：市里的方案向它布置
    EDUCATION_OFFICE = "education-office"  # 教管办、中心校：镇里管学校的一级
    CLUSTER = "cluster"  # 学区、教育集团
    SCHOOL = "school"
    CAMPUS = "campus"  # 校区，属于一所学校
    TEACHING_POINT = "teaching-point"  # 教学点，属于一所学校
    KINDERGARTEN = "kindergarten"


class SchoolType(StrEnum):
    """Forms of running a school (办学类型), as the statistics of education tell them apart."""

    KINDERGARTEN = "kindergarten"  # 幼儿园
    TEACHING_POINT = "teaching-point"  # 小学教学点
    PRIMARY = "primary"  # 小学
    JUNIOR = "junior"  # 初级中学
    NINE_YEAR = "nine-year"  # 九年一贯制学校
    SENIOR = "senior"  # 高级中学
    FULL_MIDDLE = "full-middle"  # 完全中学
    TWELVE_YEAR = "twelve-year"  # 十二年一贯制学校
    SPECIAL = "special"  # 特殊教育学校
    VOCATIONAL = "vocational"  # 中等职业学校


class Runner(StrEnum):
    """Who runs a school (举办者)."""

    PUBLIC = "public"  # 公办
    COLLECTIVE = "collective"  # 集体办（按公办性质统计）
    PRIVATE = "private"  # 民办
    PRIVATE_INCLUSIVE = "private-inclusive"  # 普惠性民办


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. ``code`` is unique in the installation: a school's ten-digit identity code (学校标识码) where it has one.

    ``parent`` is the unit that answers for it (a school's education office or the bureau; an office's bureau), ``aliases`` the words
    by which documents call it. ``closed`` is the first day on which it was no more.
    """

    code: str
    name: str
    kind: UnitKind
    area: str
    parent: str | None = None
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    school_type: SchoolType | None = None
    runner: Runner | None = None
    opened: date | None = None
    closed: date | None = None
    phone: str = ""
    address: str = ""
    # Longitude and latitude, WGS 84, degrees.
    place: tuple[float, float] | None = None


class Role(StrEnum):
    """What a post may be for. Rights follow from the role and from the post's unit and area."""

    LEADER = "leader"  # 分管领导：县级分管负责人、教育局领导
    CLERK = "clerk"  # 教育局专干（办公室、专班）
    OFFICE = "office"  # 科室
    LEAD_DEPARTMENT = "lead-department"  # 牵头、配合部门
    TOWN = "town"  # 镇政府
    EDUCATION_OFFICE = "education-office"  # 教管办、中心校
    SCHOOL = "school"  # 学校、幼儿园、教学点
    INSPECTOR = "inspector"  # 责任督学
    SUPERVISOR = "supervisor"  # 上级（市级、省级）督导
    SYSTEM_ADMIN = "system-admin"  # 系统管理员
    AUDIT_ADMIN = "audit-admin"  # 审计管理员
    SECURITY_ADMIN = "security-admin"  # 安全管理员


@dataclass(frozen=True, slots=True)
class Person:
    """One person: a login name, a name, a phone number. Several posts at once are usual (a head who is also an inspector)."""

    login: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One person's role in one unit, from a day on (``ends`` is the first day on which it is no more)."""

    person: str
    unit: str
    role: Role
    title: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """What happened to schools on a day: ``before`` became ``after``. Kinds: opened, closed, merged, split, renamed, type-changed.

    ``was`` is what a unit was called before, where its name changed.
    """

    day: date
    kind: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    note: str = ""
    was: str = ""
