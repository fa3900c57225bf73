"""Invented names: villages, kindergartens' brands, persons. Each is made of two lists so that no name lies within another.

A name of a person looks invented: surnames are things of the writing desk, given names are plants and words of poems. The two
counties draw from lists that share nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

# Villages of 砚溪县: what grows there, and how the land lies. Every stem has two characters, so none lies within another.
_GROWS = "苇荻蓼柘槿桐榧藜芡蕨苎葛"
_LIES = "湾坪坞畈墩洼渡堰埠冲塘峪"
_OTHER_GROWS = "菖蒿莎苕"
_OTHER_LIES = "汀屿矶浦"

# Private kindergartens have brands instead of villages.
_BRAND_FIRST = "萤蝉鹿雀蜓鹊蜗"
_BRAND_SECOND = "铃谣窗舟灯笛桥"
_OTHER_BRAND_FIRST = "帆"
_OTHER_BRAND_SECOND = "语影"


def _pinyin(text: str) -> dict[str, str]:
    """Characters with their reading, from `字 zi 字 zi`."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class PersonNames:
    """The lists from which one county's persons are named: character → reading."""

    surnames: dict[str, str]
    first: dict[str, str]
    second: dict[str, str]

    def login(self, name: str) -> str:
        """The login name of a person of three characters.

        >>> YANXI_NAMES.login("墨听荷")
        'mo.tinghe'
        """
        return f"{self.surnames[name[0]]}.{self.first[name[1]]}{self.second[name[2]]}"


YANXI_NAMES = PersonNames(
    _pinyin("墨 mo 砚 yan 笺 jian 毫 hao 帛 bo 篆 zhuan 籀 zhou 牍 du 楮 chu 绢 juan 素 su 翰 han"),
    _pinyin(
        "青 qing 疏 shu 晚 wan 听 ting 望 wang 映 ying 含 han 半 ban 秋 qiu 春 chun 雨 yu 云 yun 星 xing 晓 xiao 枕 zhen 临 lin"
    ),
    _pinyin("荷 he 蓼 liao 苇 wei 荻 di 葵 kui 桐 tong 榆 yu 槿 jin 蒲 pu 菱 ling 萍 ping 棠 tang 枫 feng 竹 zhu 藻 zao 葛 ge"),
)
MOCHI_NAMES = PersonNames(
    _pinyin("册 ce 缃 xiang 椠 qian 帙 zhi"),
    _pinyin("闲 xian 野 ye 沙 sha 远 yuan 石 shi"),
    _pinyin("鸥 ou 鹭 lu 雁 yan 鸢 yuan 鹂 li"),
)
LANZHOU_NAMES = PersonNames(_pinyin("卷 juan 函 han"), _pinyin("长 chang 松 song"), _pinyin("庚 geng 魁 kui"))


def village_stems(rng: Random) -> list[str]:
    """Two characters for each village of 砚溪县, in an order that the seed decides."""
    return _mixed(rng, _GROWS, _LIES)


def other_village_stems(rng: Random) -> list[str]:
    """The same for 墨池县, from other characters."""
    return _mixed(rng, _OTHER_GROWS, _OTHER_LIES)


def brands(rng: Random) -> list[str]:
    """Names for private kindergartens of 砚溪县."""
    return _mixed(rng, _BRAND_FIRST, _BRAND_SECOND)


def other_brands(rng: Random) -> list[str]:
    """The same for 墨池县."""
    return _mixed(rng, _OTHER_BRAND_FIRST, _OTHER_BRAND_SECOND)


def persons(rng: Random, lists: PersonNames, taken: frozenset[str] = frozenset()) -> Iterator[str]:
    """Names of persons without end of the lists' combinations, none twice, none whose login is taken."""
    logins = {lists.login(name) for name in taken}
    every = ["".join(parts) for parts in product(lists.surnames, lists.first, lists.second)]
    rng.shuffle(every)
    for name in every:
        if lists.login(name) not in logins:
            logins.add(lists.login(name))
            yield name


def _mixed(rng: Random, first: str, second: str) -> list[str]:
    every = ["".join(parts) for parts in product(first, second)]
    rng.shuffle(every)
    return every
