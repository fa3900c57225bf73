"""The first day of a county, of the prefecture above it, or of that prefecture's own level (市本级): its education bureau, and the three
administrators who let everybody else in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from xiangxu.model.area import NATION_CODE, own_level_code
from xiangxu.model.unit import Role
from xiangxu_web.kernel.audit.record import Recorder, action
from xiangxu_web.workspaces.accounts.api import Person, Post, Slip, first_code
from xiangxu_web.workspaces.areas.api import Area, Unit, enter_counties

# 三权分立: three duties, three different people.
_ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
_LEVELS = (Area.Level.NATION, Area.Level.PROVINCE, Area.Level.PREFECTURE, Area.Level.COUNTY)


class CannotBegin(ValueError):
    """What was given cannot be a county or prefecture, or it is there already; what to write instead."""


@dataclass(frozen=True)
class Place:
    """A county or a prefecture as the administrator names it: six digits of its division code, and the names from the province down. A
    prefecture's code ends in 00, and it has no county. A prefecture that runs a plan of its own does so as 市本级, whose code ends in 01
    and which needs no name of its own."""

    code: str
    province: str
    prefecture: str
    county: str
    bureau: str

    @property
    def above_counties(self) -> bool:
        """Whether it is a prefecture, whose bureau supervises the counties below."""
        return self.code.endswith("00")

    @property
    def own_level(self) -> bool:
        """Whether it is a prefecture's own level: of the counties' level, beside them."""
        return self.area_code == own_level_code(self.code[:4].ljust(12, "0"))

    @property
    def called(self) -> str:
        """The name of its area."""
        return self.county.strip() or (f"{self.prefecture}本级" if self.own_level else "")

    @property
    def area_code(self) -> str:
        """The code of its area."""
        return self.code.ljust(12, "0")

    def levels(self) -> list[tuple[str, str, Area.Level]]:
        """Code, name and level of each area from the nation down to it."""
        codes = (NATION_CODE, self.code[:2].ljust(12, "0"), self.code[:4].ljust(12, "0"), self.area_code)
        names = ("全国", self.province, self.prefecture, self.called)
        return list(zip(codes, names, _LEVELS, strict=True))[: 3 if self.above_counties else 4]


def begin(place: Place, administrators: Sequence[tuple[str, str]]) -> list[tuple[str, Slip]]:
    """Makes the place's areas, its bureau and three administrators (login and name: system, security, audit, in this order); gives
    each one's login and one-time code. In a prefecture's own level the counties that are there already are entered as units, too.

    Areas that are there already are used, so that a second county can be begun in the same installation, and the prefecture before or
    after its counties. Refused: a code that is not six digits or a province's, a place that has its bureau, fewer than three different
    people.
    """
    if not (place.code.isascii() and place.code.isdigit() and len(place.code) == 6 and not place.code.endswith("0000")):
        raise CannotBegin(
            f"行政区划代码应为 6 位数字：县级末两位不是 00，市级末两位是 00，市本级末两位是 01；现在是“{place.code}”。"
        )
    if not (place.above_counties or place.called):
        raise CannotBegin("请写县（市、区）的名称。")
    if len({login for login, _ in administrators}) != len(_ADMINISTRATORS):
        raise CannotBegin("系统管理员、安全管理员、审计管理员要由三个不同的人担任（三权分立）：请给出三个不同的登录名。")
    if Unit.objects.filter(area__code=place.area_code, kind=Unit.Kind.BUREAU).exists():
        raise CannotBegin(f"代码 {place.code} 的地方已经在系统里。忘记密码请由安全管理员在“人员”页重发登录码。")
    taken = [login for login, _ in administrators if Person.objects.filter(login=login).exists()]
    if taken:
        raise CannotBegin(f"登录名“{'、'.join(taken)}”已有人使用，请换一个。")
    with transaction.atomic(), action(None, "site.begin") as record:
        area = _areas(place, record)
        bureau = Unit.objects.create(code=f"{place.code}-bureau", name=place.bureau, kind=Unit.Kind.BUREAU, area=area)
        bureau.path = f"{bureau.pk}/"
        bureau.save(update_fields=["path"])
        record.made(bureau)
        if place.own_level:
            enter_counties(record, area)
        slips = []
        for (login, name), role in zip(administrators, _ADMINISTRATORS, strict=True):
            person = Person.objects.create_user(login, name)
            record.made(person)
            record.made(Post.objects.create(person=person, unit=bureau, role=role))
            slips.append((login, first_code(record, person)))
        return slips


def _areas(place: Place, record: Recorder) -> Area:
    above: Area | None = None
    for code, name, level in place.levels():
        area = Area.objects.filter(code=code).first()
        if area is None:
            area = Area.objects.create(
                code=code, name=name, level=level, parent=above, path=(above.path if above else "") + code + "/"
            )
            record.made(area)
        above = area
    assert above is not None
    return above
