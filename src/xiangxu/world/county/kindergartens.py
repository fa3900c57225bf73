"""The kindergartens: 79 today, 44 of them public; in April 2025, as the plan says, 76 rural ones and 41 public ones in the county.

Collective ones count as public. Since then seven private ones in villages closed for want of children, three public ones opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from xiangxu.model.unit import Runner
from xiangxu.world.county.schools import Y2025, Y2026

# Rural towns with the number of kindergartens they have today beside their central one, and of those that closed.
_RURAL = {
    "眉纹镇": (7, 1),
    "鱼脑镇": (7, 1),
    "冰纹镇": (7, 1),
    "蕉白镇": (6, 1),
    "石眼镇": (6, 1),
    "银线镇": (6, 1),
    "毫尖镇": (6, 0),
    "焙坞镇": (6, 1),
    "雀舌乡": (5, 0),
    "旗枪乡": (5, 0),
}
# Who runs the 61 rural ones that are not a town's central one.
_RUNNERS = (
    *(Runner.PUBLIC,) * 16,
    *(Runner.COLLECTIVE,) * 14,
    *(Runner.PRIVATE_INCLUSIVE,) * 21,
    *(Runner.PRIVATE,) * 10,
)
# How many of the public village ones opened since April 2025.
_NEW = 2


@dataclass(frozen=True, slots=True)
class Garden:
    """A kindergarten before it has a code and a place. `name` holds `{village}` or `{brand}`; `direct`: under the bureau itself."""

    town: str
    name: str
    runner: Runner
    opened: date | None = None
    closed: date | None = None
    direct: bool = False


_URBAN = (
    Garden("罗纹街道", "实验幼儿园", Runner.PUBLIC, direct=True),
    Garden("罗纹街道", "{brand}幼儿园", Runner.PRIVATE_INCLUSIVE),
    Garden("罗纹街道", "{brand}幼儿园", Runner.PRIVATE),
    Garden("金晕街道", "机关幼儿园", Runner.PUBLIC, direct=True),
    Garden("金晕街道", "{brand}幼儿园", Runner.PRIVATE_INCLUSIVE),
    Garden("金晕街道", "{brand}幼儿园", Runner.PRIVATE),
    Garden("澄泥街道", "澄泥街道中心幼儿园", Runner.PUBLIC),
    Garden("澄泥街道", "玉蟾幼儿园", Runner.PUBLIC, opened=Y2026),
)
OTHER_GARDENS = (
    Garden("飞白街道", "飞白街道中心幼儿园", Runner.PUBLIC),
    Garden("飞白街道", "{brand}幼儿园", Runner.PRIVATE_INCLUSIVE),
    Garden("洗笔镇", "洗笔镇中心幼儿园", Runner.PUBLIC),
    Garden("洗笔镇", "{village}幼儿园", Runner.COLLECTIVE),
    Garden("临帖镇", "临帖镇中心幼儿园", Runner.PUBLIC),
    Garden("临帖镇", "{brand}幼儿园", Runner.PRIVATE),
)


def gardens(rng: Random) -> Iterator[Garden]:
    """All kindergartens of 砚溪县; the seed decides which village has which kind."""
    yield from _URBAN
    runners = list(_RUNNERS)
    rng.shuffle(runners)
    left, new = iter(runners), _NEW
    for order, (town, (villages, closed)) in enumerate(_RURAL.items()):
        yield Garden(town, f"{town}中心幼儿园", Runner.PUBLIC)
        for runner in (next(left) for _ in range(villages)):
            public = runner in (Runner.PUBLIC, Runner.COLLECTIVE)
            opened = Y2025 if runner is Runner.PUBLIC and new else None
            new -= opened is not None
            yield Garden(town, "{village}幼儿园" if public else "{brand}幼儿园", runner, opened)
        for _ in range(closed):
            runner = (Runner.PRIVATE, Runner.PRIVATE_INCLUSIVE)[order % 2]
            yield Garden(town, "{brand}幼儿园", runner, closed=Y2025 if order % 3 else Y2026)
