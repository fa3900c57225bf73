"""A prefecture's own level (市本级): the area beside its counties in which its bureau runs a plan of its own, under the rules of a county.

The prefecture hands its work to its counties' bureaus. In its own level each of them is a unit (区县教育局), which lies there and not in
its county: so nothing of a county is opened to the prefecture by it, and nothing of the prefecture to other counties (decision 0014).
"""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from xiangxu.model.area import own_level_code
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import Recorder, action
from xiangxu_web.kernel.permission import demand
from xiangxu_web.workspaces.areas.existence import county_of, units_of_county
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.areas.rules import MAINTAIN_UNITS, change_scope
from xiangxu_web.workspaces.areas.searching import index_units

# What a county's pages say, as the pages of a prefecture's own level say it; in English too, each word once.
_SAID = {
    "本县": "本市", "全县": "全市", "县直": "市直", "各镇街": "各区县", "镇街区": "区县", "镇街": "区县", "县教育局": "市教育局",
    "county": "prefecture", "County": "Prefecture", "town": "county", "Town": "County", "towns": "counties", "Towns": "Counties",
}  # fmt: skip
_SAYS = re.compile("|".join(f"\\b{words}\\b" if words.isascii() else words for words in _SAID))
# The prefecture is the third code of a path: nation, province, prefecture.
_PREFECTURE_DEPTH = 3
# So many of the twelve digits say which county it is.
_COUNTY_DIGITS = 6


def own_level_path(path: str) -> str:
    """The path of the own level of the prefecture in which a path lies; empty above the prefectures, and where 01 is a county's."""
    codes = path.split("/")[:-1][:_PREFECTURE_DEPTH]
    own = own_level_code(codes[-1]) if len(codes) == _PREFECTURE_DEPTH else ""
    return "/".join([*codes, own, ""]) if own else ""


def is_own_level(county_path: str) -> bool:
    """Whether what a path of the counties' level leads to is a prefecture's own level."""
    return bool(county_path) and county_path == own_level_path(county_path)


def here(words: object, county_path: str) -> str:
    """Words of ours as they hold in this place: a prefecture's own level says 本市, 全市, 市直 and 区县 where a county says 本县, 全县, 县直 and
    镇街. Never of what a document or a person says."""
    return _SAYS.sub(lambda said: _SAID[said[0]], str(words)) if is_own_level(county_path) else str(words)


def place_name(area: Area) -> str:
    """What documents call the place: a prefecture's own level writes under the prefecture's name."""
    return area.parent.name if is_own_level(area.path) and area.parent is not None else area.name


def units_below(area: Area) -> QuerySet[Unit]:
    """Whom a document of this place means by 各镇街, or a prefecture's by 各区县: the governments of a county's towns, or in a prefecture's
    own level the bureaus of its counties."""
    return units_of_county(area).filter(kind=Unit.Kind.COUNTY_BUREAU if is_own_level(area.path) else Unit.Kind.TOWN)


def below_words(area: Area) -> str:
    """As the place's documents call all of them."""
    return _("各区县") if is_own_level(area.path) else _("各镇街")


def stand_in(county_path: str, prefix: str = "") -> Q | None:
    """The unit that stands for this county's bureau in its prefecture's own level; None for the own level itself, and where there can be
    none. A unit elsewhere that bears its code does not count."""
    own = own_level_path(county_path)
    if not own or own == county_path:
        return None
    code = _code(own, county_path.split("/")[-2])
    return Q(**{f"{prefix}code": code, f"{prefix}kind": Unit.Kind.COUNTY_BUREAU, f"{prefix}area__path": own})


def _code(own_path: str, county: str) -> str:
    return f"{own_path.split('/')[-2][:_COUNTY_DIGITS]}-{county[:_COUNTY_DIGITS]}"


def bring_counties(actor: Actor) -> list[Unit]:
    """Enters the bureaus of the counties that were begun in this installation and have no unit in the own level yet; gives the new ones.

    Whoever maintains the units of a prefecture's own level; not found for anybody else. Of a county no more is read than what it is called.
    """
    demand(actor, MAINTAIN_UNITS)
    if not is_own_level(change_scope(actor)):
        raise Http404(_("没有找到，或不在您的岗位可见范围内。"))
    with action(actor, "unit.counties") as record:
        made = enter_counties(record, county_of(actor.county_path))
        record.noted(None, new=len(made))
    return made


def enter_counties(record: Recorder, own: Area) -> list[Unit]:
    """The units of the counties beside the own level that it has not yet, by the name of their bureau."""
    beside = Area.objects.filter(parent=own.parent, level=Area.Level.COUNTY).exclude(pk=own.pk).order_by("path")
    by_code = {_code(own.path, county.code): county for county in beside}
    taken = set(Unit.objects.filter(code__in=by_code).values_list("code", flat=True))
    bureaus = dict(Unit.objects.filter(area__in=by_code.values(), kind=Unit.Kind.BUREAU, closed=None).values_list("area", "name"))
    made = []
    for code, county in by_code.items():
        if code not in taken:
            name = bureaus.get(county.pk, f"{county.name}教育局")
            unit = Unit.objects.create(code=code, name=name, short_name=county.name[:40], kind=Unit.Kind.COUNTY_BUREAU, area=own)
            unit.path = f"{unit.pk}/"
            unit.save(update_fields=["path"])
            record.made(unit)
            made.append(unit)
    index_units(made)
    return made
