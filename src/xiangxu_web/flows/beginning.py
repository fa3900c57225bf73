"""The first day of an installation: a county, its education bureau, and the three administrators who let everybody else in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from xiangxu.model.area import NATION_CODE
from xiangxu.model.unit import Role
from xiangxu_web.kernel.audit.record import Recorder, action
from xiangxu_web.workspaces.accounts.api import Person, Post, Slip, first_code
from xiangxu_web.workspaces.areas.api import Area, Unit

# 三权分立: three duties, three different people.
_ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
_LEVELS = (Area.Level.NATION, Area.Level.PROVINCE, Area.Level.PREFECTURE, Area.Level.COUNTY)


class CannotBegin(ValueError):
    """What was given cannot be a county, or the county is there already; what to write instead."""


@dataclass(frozen=True)
class County:
    """The county as the administrator names it: six digits of its division code, and the names from the province down."""

    code: str
    province: str
    prefecture: str
    name: str
    bureau: str


def begin(county: County, administrators: Sequence[tuple[str, str]]) -> list[tuple[str, Slip]]:
    """Makes the county's areas, its bureau and three administrators (login and name: system, security, audit, in this order); gives
    each one's login and one-time code.

    Areas above that are there already are used, so that a second county can be begun in the same installation. Refused: a code that
    is not six digits, a county that is there, fewer than three different people.
    """
    if not (county.code.isascii() and county.code.isdigit() and len(county.code) == 6 and not county.code.endswith("00")):
        raise CannotBegin(f"县级行政区划代码应为 6 位数字、末两位不是 00，现在是“{county.code}”。")
    if len({login for login, _ in administrators}) != len(_ADMINISTRATORS):
        raise CannotBegin("系统管理员、安全管理员、审计管理员要由三个不同的人担任（三权分立）：请给出三个不同的登录名。")
    if Area.objects.filter(code=county.code.ljust(12, "0")).exists():
        raise CannotBegin(f"代码 {county.code} 的县已经在系统里。忘记密码请由安全管理员在“人员”页重发登录码。")
    taken = [login for login, _ in administrators if Person.objects.filter(login=login).exists()]
    if taken:
        raise CannotBegin(f"登录名“{'、'.join(taken)}”已有人使用，请换一个。")
    with transaction.atomic(), action(None, "site.begin") as record:
        area = _areas(county, record)
        bureau = Unit.objects.create(code=f"{county.code}-bureau", name=county.bureau, kind=Unit.Kind.BUREAU, area=area)
        bureau.path = f"{bureau.pk}/"
        bureau.save(update_fields=["path"])
        record.made(bureau)
        slips = []
        for (login, name), role in zip(administrators, _ADMINISTRATORS, strict=True):
            person = Person.objects.create_user(login, name)
            record.made(person)
            record.made(Post.objects.create(person=person, unit=bureau, role=role))
            slips.append((login, first_code(record, person)))
        return slips


def _areas(county: County, record: Recorder) -> Area:
    codes = (NATION_CODE, county.code[:2].ljust(12, "0"), county.code[:4].ljust(12, "0"), county.code.ljust(12, "0"))
    names = ("全国", county.province, county.prefecture, county.name)
    above: Area | None = None
    for code, name, level in zip(codes, names, _LEVELS, strict=True):
        area = Area.objects.filter(code=code).first()
        if area is None:
            area = Area.objects.create(
                code=code, name=name, level=level, parent=above, path=(above.path if above else "") + code + "/"
            )
            record.made(area)
        above = area
    assert above is not None
    return above
