"""Who answers: nobody, several side by side, somebody unknown, or somebody whom this document cannot oblige."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangxu.importer.departments.wording import Sort, plain, read_wording
from xiangxu.model.plan import UnitMention
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter
from xiangxu.review.plan_check.remark import Spot

# Groups carry out what one unit leads: 县教体局、各乡镇 is no doubt about the lead.
_GROUP = re.compile(r"各|全|所有|有关|相关")
# How high the areas stand that a name's prefix means, and the level of a document.
_HEIGHT = {"国家": 0, "省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "地区": 2, "自治州": 2, "县": 3, "区": 3, "旗": 3}
_LEVEL = {"country": 0, "province": 1, "city": 2, "county": 3}
# A superior's branch in the place obeys the place in its daily work and may be named.
_BRANCH = "分局"


def unowned(matter: Matter) -> Iterator[Finding]:
    """Tasks that name nobody; and, where most actions of the body name somebody, those that do not."""
    tasks = [item for item in matter.tasks if not item.owned]
    elsewhere = [item for item in tasks if (action := matter.told_also(item)) and action.owned]
    message = f"{_all_or_some(tasks, matter.tasks)}没有责任单位"
    if elsewhere:
        message += f"；其中 {len(elsewhere)} 项在正文对应的措施里写了责任单位"
    yield Finding("no-owner", [item.spot(note=_told_elsewhere(matter, item)) for item in tasks], message)
    own = [item for item in matter.actions if item not in matter.tasks]
    without = [item for item in own if not item.owned]
    if own and len(without) < len(own) * (1 - matter.limits.owned_elsewhere_share):
        message = f"正文 {len(own)} 项措施中其他各项都写了，这 {len(without)} 项没有"
        yield Finding("action-without-owner", [item.spot() for item in without], message)


def _told_elsewhere(matter: Matter, item: Item) -> str:
    action = matter.told_also(item)
    return f"{action.name.partition('“')[0]}写有{action.told.lead[0]}" if action and action.told.lead else ""


def _all_or_some(some: list[Item], every: list[Item]) -> str:
    return f"{len(every)} 项任务全部" if len(some) == len(every) else f"{len(every)} 项任务中 {len(some)} 项"


def undivided(matter: Matter) -> Iterator[Finding]:
    """Several units side by side in a list that tells no leading from joining ones. 牵头单位：甲、乙 is a decision, no oversight."""
    for items, called in ((matter.rows, "清单"), (matter.actions, "正文")):
        if any(item.told.participants for item in items):
            continue
        several = [item for item in items if sum(not _GROUP.match(unit.printed) for unit in item.leading) > 1]
        spots = [item.spot("、".join(unit.printed for unit in item.leading)) for item in several]
        yield Finding("undivided-owners", spots, f"{called} {len(items)} 项中 {len(several)} 项")


def unknown_units(matter: Matter) -> Iterator[Finding]:
    """Names that lead to no unit, each with the first place where it stands."""
    named = {unit.printed: (item, unit) for item in reversed(_items(matter)) for unit in item.units if unit.unit is None}
    spots = [_unit_spot(item, unit) for item, unit in reversed(named.values())]
    yield Finding("unknown-unit", spots, f"{len(spots)} 个名称")


def foreign_units(matter: Matter) -> Iterator[Finding]:
    """Units of a higher level or of another place. 市局 is the own bureau in a city's plan and the superior in a district's."""
    region, height = plain(matter.reading.doc.region or ""), _LEVEL.get(matter.reading.doc.region_level or "")
    if not height or not region:
        return  # an unknown level; above the nation there is nobody
    named = {u.printed: (item, u) for item in reversed(_items(matter)) for u in item.units if _foreign(u, region, height)}
    spots = [_unit_spot(item, unit) for item, unit in reversed(named.values())]
    yield Finding("foreign-unit", spots, f"{len(spots)} 个单位")


def _items(matter: Matter) -> list[Item]:
    return [*matter.actions, *matter.rows]


def _unit_spot(item: Item, unit: UnitMention) -> Spot:
    return Spot(unit.place or item.place, item.name, unit.printed)


def _foreign(unit: UnitMention, region: str, height: int) -> bool:
    wording = read_wording(unit.printed, region)
    if wording is None or wording.sort is not Sort.BODY or _BRANCH in unit.printed:
        return False
    area = wording.area
    if not area or area == region or region[:-1] in unit.printed or area == region[-1]:
        return False
    other = next((_HEIGHT[word] for word in sorted(_HEIGHT, key=len, reverse=True) if area.endswith(word)), None)
    # A city may name a county of its own; a county names no other county, and nobody names what is above.
    return other is not None and (other < height or (other == height and len(area) > 1))
