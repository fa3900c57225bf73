"""The world as tables and files, in the shape in which a real county's units and people are imported.

Five sheets (区划, 单位, 学校, 人员, 岗位), one header row each, codes as text. What a cell holds for a level, a kind or a role is a word
that clerks use; `WORDS` has them all, so that an import reads what was written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

import xlsxwriter

from xiangxu.model.area import Area, AreaLevel
from xiangxu.model.unit import Person, Post, Role, Runner, SchoolType, Unit, UnitKind
from xiangxu.world.county.world import World

Cell = str | float | None

WORDS: Mapping[StrEnum, str] = {
    AreaLevel.NATION: "全国",
    AreaLevel.PROVINCE: "省",
    AreaLevel.PREFECTURE: "市",
    AreaLevel.COUNTY: "县",
    AreaLevel.TOWN: "镇街",
    AreaLevel.VILLAGE: "村居",
    UnitKind.GOVERNMENT: "政府",
    UnitKind.BUREAU: "教育局",
    UnitKind.DEPARTMENT: "部门",
    UnitKind.OFFICE: "科室",
    UnitKind.TOWN: "镇政府",
    UnitKind.EDUCATION_OFFICE: "教管办",
    UnitKind.CLUSTER: "学区",
    UnitKind.SCHOOL: "学校",
    UnitKind.CAMPUS: "校区",
    UnitKind.TEACHING_POINT: "教学点",
    UnitKind.KINDERGARTEN: "幼儿园",
    SchoolType.KINDERGARTEN: "幼儿园",
    SchoolType.TEACHING_POINT: "小学教学点",
    SchoolType.PRIMARY: "小学",
    SchoolType.JUNIOR: "初级中学",
    SchoolType.NINE_YEAR: "九年一贯制学校",
    SchoolType.SENIOR: "高级中学",
    SchoolType.FULL_MIDDLE: "完全中学",
    SchoolType.TWELVE_YEAR: "十二年一贯制学校",
    SchoolType.SPECIAL: "特殊教育学校",
    SchoolType.VOCATIONAL: "中等职业学校",
    Runner.PUBLIC: "公办",
    Runner.COLLECTIVE: "集体办",
    Runner.PRIVATE: "民办",
    Runner.PRIVATE_INCLUSIVE: "普惠性民办",
    Role.LEADER: "分管领导",
    Role.CLERK: "专干",
    Role.OFFICE: "科室",
    Role.LEAD_DEPARTMENT: "部门",
    Role.TOWN: "镇街",
    Role.EDUCATION_OFFICE: "教管办",
    Role.SCHOOL: "学校",
    Role.INSPECTOR: "责任督学",
    Role.SUPERVISOR: "上级督导",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.SECURITY_ADMIN: "安全管理员",
}
"""The word of every level, kind, type, runner and role; members of different lists never compare equal by mistake: they are looked
up by member, and an import asks for the list it expects."""
