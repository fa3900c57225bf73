"""Areas: the tree of administrative divisions, nation → province → prefecture → county → town or street → village.

Codes follow the statistical division codes of twelve digits (统计用区划代码): two digits a level down to the county (six), three for
the town (nine), three for the village (twelve); a higher level is filled up with zeros. The tree is held by ``parent``, never by the
digits: development zones and mergers break the digits' order in real counties.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

NATION_CODE = "0" * 12
_CODE = re.compile(r"\d{12}\Z")

# A city (地级市) has 01–20 or 51–70 as its third and fourth digit. In 直辖市 (11, 12, 31, 50), 自治州, 地区 and 盟 01 is a real place.
_CITY = re.compile(r"(?!11|12|31|50)\d{2}(?:0[1-9]|1\d|20|5[1-9]|6\d|70)00")


def own_level_code(prefecture: str) -> str:
    """The code of a prefecture's own level (市本级), twelve digits, from the prefecture's: that under which the statistics sum up its
    districts (xx01, 市辖区), which no county bears; empty where 01 is a county's (直辖市、自治州、地区、盟; GB/T 2260).

    >>> own_level_code("370100000000"), own_level_code("532300000000"), own_level_code("110100000000")
    ('370101000000', '', '')
    """
    return f"{prefecture[:4]}01".ljust(12, "0") if _CITY.match(prefecture) else ""


class AreaLevel(StrEnum):
    """The levels of the tree, high to low."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


class Settlement(StrEnum):
    """Rural or urban by the statistical classification (城乡分类代码, three digits): 1xx is urban, 2xx is rural."""

    CITY_CORE = "111"
    CITY_FRINGE = "112"
    SPECIAL = "123"
    TOWN_CORE = "121"
    TOWN_FRINGE = "122"
    TOWNSHIP = "210"
    VILLAGE = "220"

    @property
    def rural(self) -> bool:
        """Whether schools here count as rural: townships and villages (2xx).

        >>> Settlement.VILLAGE.rural, Settlement.TOWN_CORE.rural
        (True, False)
        """
        return self.value.startswith("2")


@dataclass(frozen=True, slots=True)
class Area:
    """One division. ``settlement`` is known for villages, seldom above; ``parent`` is the code of the level above (none: the nation)."""

    code: str
    name: str
    level: AreaLevel
    parent: str | None = None
    settlement: Settlement | None = None

    def __post_init__(self) -> None:
        if not _CODE.match(self.code):
            raise ValueError(f"区划代码应为 12 位数字：{self.name} 写作“{self.code}”")
        if (self.parent is None) != (self.level is AreaLevel.NATION):
            raise ValueError(f"除全国外，每个区划都要有上级：{self.name}（{self.code}）")
