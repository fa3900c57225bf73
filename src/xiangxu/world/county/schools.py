"""The schools of both counties, open and closed: how many of which type in which town, and what became of them.

The county's plan counts, in April 2025, 58 rural schools, 13 teaching points, 46 rural primary schools. The county has 60 schools in
all, so that the points are counted among the 46 and the 58 here, and rural means towns and townships, not the three streets. The plan
closes schools until 2027 (46 become 35, 13 points become 7): on the day of the demo 37 and 9 are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiangxu.model.unit import SchoolType

# The first days of school years on which schools changed.
Y2021, Y2022, Y2023, Y2025, Y2026 = (date(year, 9, 1) for year in (2021, 2022, 2023, 2025, 2026))

# The category at the head of a ten-digit identity code; teaching points share the primary schools'.
CATEGORY = {
    SchoolType.KINDERGARTEN: "11",
    SchoolType.PRIMARY: "21",
    SchoolType.TEACHING_POINT: "21",
    SchoolType.JUNIOR: "31",
    SchoolType.NINE_YEAR: "31",
    SchoolType.SENIOR: "34",
    SchoolType.VOCATIONAL: "36",
    SchoolType.SPECIAL: "51",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A school before it has a code and a place. `key` names it within its county, for changes and clusters.

    `name` holds `{}` where the stem of a village of its own stands; without, the school stands at the seat of its town. `under`:
    the key of the school that answers for it (teaching points), "bureau", or nothing (the town's education office). `at`: the key of
    the school in whose buildings it began.
    """

    key: str
    town: str
    type: SchoolType
    name: str
    short: str = ""
    under: str = ""
    opened: date | None = None
    closed: date | None = None
    campus: str = ""
    at: str = ""

    @property
    def own_village(self) -> bool:
        """Whether the school is named after a village outside the seat."""
        return "{}" in self.name


# Schools of the streets. Nine of them lead the clusters of town and country (教育共同体).
_URBAN = (
    Draft("experimental-old", "罗纹街道", SchoolType.NINE_YEAR, "实验学校", under="bureau", closed=Y2023),
    Draft(
        "experimental",
        "罗纹街道",
        SchoolType.PRIMARY,
        "实验小学",
        under="bureau",
        opened=Y2023,
        campus="东校区",
        at="experimental-old",
    ),
    Draft("experimental-junior", "罗纹街道", SchoolType.JUNIOR, "实验初级中学", "县实验初中", "bureau", opened=Y2023),
    Draft("wenxin", "罗纹街道", SchoolType.PRIMARY, "文心小学"),
    Draft("first-senior", "罗纹街道", SchoolType.SENIOR, "第一中学", "县一中", "bureau"),
    Draft("chengxin", "金晕街道", SchoolType.PRIMARY, "澄心小学"),
    Draft("fengwei", "金晕街道", SchoolType.JUNIOR, "凤味初级中学", "凤味初中", "bureau"),
    Draft("longwei", "金晕街道", SchoolType.NINE_YEAR, "龙尾学校", under="bureau", campus="北校区"),
    Draft("vocational", "金晕街道", SchoolType.VOCATIONAL, "职业中等专业学校", "县职专", "bureau"),
    Draft("duanshi", "澄泥街道", SchoolType.PRIMARY, "端石小学"),
    Draft("zishi", "澄泥街道", SchoolType.NINE_YEAR, "紫石学校", under="bureau"),
    Draft("special", "澄泥街道", SchoolType.SPECIAL, "特殊教育学校", "县特教学校", "bureau"),
)
# The leading schools, and the names of their clusters: virtues of a good inkstone.
LEADERS = {
    "experimental": "温润",
    "experimental-junior": "发墨",
    "wenxin": "细腻",
    "first-senior": "呵气",
    "chengxin": "坚密",
    "fengwei": "凝脂",
    "longwei": "含津",
    "duanshi": "蕴玉",
    "zishi": "叩声",
}


@dataclass(frozen=True, slots=True)
class _Town:
    """A rural town's schools today beside its central primary school: in villages, points, with or without a junior or nine-year one."""

    name: str
    villages: int = 2
    points: int = 1
    junior: bool = True
    nine_year: bool = False


_TOWNS = (
    _Town("眉纹镇"),
    _Town("鱼脑镇", villages=1),
    _Town("冰纹镇", nine_year=True),
    _Town("蕉白镇"),
    _Town("石眼镇", junior=False),
    _Town("银线镇", points=0),
    _Town("毫尖镇", junior=False, nine_year=True),
    _Town("焙坞镇"),
    _Town("雀舌乡", villages=1, junior=False, nine_year=True),
    _Town("旗枪乡", villages=1, points=0, junior=False, nine_year=True),
)
_PRIMARY, _POINT = "{}小学", "{}教学点"
# What was, what came newly, and the second senior school, which stands in the largest town.
_CHANGED = (
    Draft("second-senior", "眉纹镇", SchoolType.SENIOR, "第二中学", "县二中", "bureau"),
    Draft("merged-2021", "冰纹镇", SchoolType.PRIMARY, _PRIMARY, closed=Y2021),
    Draft("point-2022", "毫尖镇", SchoolType.TEACHING_POINT, _POINT, under="毫尖镇-centre", closed=Y2022),
    Draft("absorbed", "眉纹镇", SchoolType.PRIMARY, _PRIMARY, closed=Y2025),
    Draft("shiyan-junior", "石眼镇", SchoolType.JUNIOR, "石眼镇初级中学", "石眼镇初中", closed=Y2025),
    Draft("shiyan-primary", "石眼镇", SchoolType.PRIMARY, _PRIMARY, closed=Y2025),
    Draft(
        "shiyan-nine",
        "石眼镇",
        SchoolType.NINE_YEAR,
        "石眼镇九年一贯制学校",
        "石眼镇九年制学校",
        opened=Y2025,
        at="shiyan-junior",
    ),
    Draft("shrunk-before", "旗枪乡", SchoolType.PRIMARY, _PRIMARY, closed=Y2025),
    Draft(
        "shrunk-after", "旗枪乡", SchoolType.TEACHING_POINT, _POINT, under="旗枪乡-village-1", opened=Y2025, at="shrunk-before"
    ),
    Draft("joined-one", "鱼脑镇", SchoolType.PRIMARY, _PRIMARY, closed=Y2026),
    Draft("joined-two", "鱼脑镇", SchoolType.PRIMARY, _PRIMARY, closed=Y2026),
    Draft("joined", "鱼脑镇", SchoolType.PRIMARY, "鱼脑镇第二小学", opened=Y2026),
    Draft("closed-2026", "蕉白镇", SchoolType.PRIMARY, _PRIMARY, closed=Y2026),
    Draft("point-2025-1", "银线镇", SchoolType.TEACHING_POINT, _POINT, under="银线镇-centre", closed=Y2025),
    Draft("point-2025-2", "眉纹镇", SchoolType.TEACHING_POINT, _POINT, under="眉纹镇-centre", closed=Y2025),
    Draft("point-2026-1", "冰纹镇", SchoolType.TEACHING_POINT, _POINT, under="冰纹镇-centre", closed=Y2026),
    Draft("point-2026-2", "毫尖镇", SchoolType.TEACHING_POINT, _POINT, under="毫尖镇-centre", closed=Y2026),
    Draft("point-2026-3", "焙坞镇", SchoolType.TEACHING_POINT, _POINT, under="焙坞镇-centre", closed=Y2026),
)
# 墨池县, the small one.
OTHER = (
    Draft("feibai-centre", "飞白街道", SchoolType.PRIMARY, "飞白街道中心小学"),
    Draft("feibai-senior", "飞白街道", SchoolType.SENIOR, "高级中学", "墨池高中", "bureau"),
    Draft("xibi-centre", "洗笔镇", SchoolType.PRIMARY, "洗笔镇中心小学"),
    Draft("xibi-junior", "洗笔镇", SchoolType.JUNIOR, "洗笔镇初级中学", "洗笔镇初中"),
    Draft("xibi-village", "洗笔镇", SchoolType.PRIMARY, _PRIMARY),
    Draft("xibi-point", "洗笔镇", SchoolType.TEACHING_POINT, _POINT, under="xibi-village"),
    Draft("lintie-centre", "临帖镇", SchoolType.PRIMARY, "临帖镇中心小学"),
    Draft("lintie-nine", "临帖镇", SchoolType.NINE_YEAR, "临帖镇九年一贯制学校", "临帖镇九年制学校"),
)


def drafts() -> Iterator[Draft]:
    """All schools of 砚溪县: those of the streets, then town by town, then those that changed."""
    yield from _URBAN
    for town in _TOWNS:
        centre = f"{town.name}-centre"
        yield Draft(
            centre,
            town.name,
            SchoolType.PRIMARY,
            f"{town.name}中心小学",
            campus="南校区" if town.name == "眉纹镇" else "",
        )
        if town.junior:
            yield Draft(f"{town.name}-junior", town.name, SchoolType.JUNIOR, f"{town.name}初级中学", f"{town.name}初中")
        if town.nine_year:
            yield Draft(
                f"{town.name}-nine",
                town.name,
                SchoolType.NINE_YEAR,
                f"{town.name}九年一贯制学校",
                f"{town.name}九年制学校",
            )
        for number in range(1, town.villages + 1):
            yield Draft(f"{town.name}-village-{number}", town.name, SchoolType.PRIMARY, _PRIMARY)
        # In a township the points belong to the village school, whose head leads them too; elsewhere to the central school.
        above = f"{town.name}-village-1" if town.name.endswith("乡") else centre
        for number in range(1, town.points + 1):
            yield Draft(f"{town.name}-point-{number}", town.name, SchoolType.TEACHING_POINT, _POINT, under=above)
    yield from _CHANGED
