"""What the command says of the world, in lines for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xiangxu.cli.columns import table
from xiangxu.model.area import AreaLevel
from xiangxu.world.adopting import AdoptedPlan
from xiangxu.world.county import World
from xiangxu.world.county.areas import MOCHI, YANXI
from xiangxu.world.sheets import ROLES, RUNNERS, TYPES


def county_lines(world: World) -> Iterator[str]:
    """Counts by county, the types of schools and kindergartens, what happened to them, and the cast."""
    yield f"虚构的县（种子 {world.seed}，演示日 {world.today}）：名称、代码、电话、坐标都是编的。"
    yield ""
    yield table(
        ["县", "镇街", "村居", "学校和教学点", "幼儿园", "其他单位", "人员", "岗位"],
        [_counts(world, area) for area in (YANXI, MOCHI)],
    )
    yield ""
    types = Counter(TYPES[unit.school_type] for unit in world.schools(YANXI) if unit.school_type)
    runners = Counter(RUNNERS[unit.runner] for unit in world.kindergartens(YANXI) if unit.runner)
    yield f"砚溪县的学校：{_listed(types)}；幼儿园：{_listed(runners)}"
    yield f"2021 年以来的学校变动：{_listed(Counter(_CHANGES[change.kind] for change in world.changes))}"
    yield ""
    yield table(["称呼", "角色", "登录名", "姓名", "单位", "职务"], [_member(world, word) for word in world.cast])


def plan_lines(adopted: AdoptedPlan) -> Iterator[str]:
    """What was adopted, who leads, and which units of the plan had no counterpart."""
    world = adopted.world
    leads = Counter(world.unit(task.answerable).short_name for task in adopted.tasks)
    yield ""
    yield f"采用{adopted.document.region}《{adopted.document.title.zh}》：任务 {len(adopted.tasks)} 项，目标 {len(adopted.targets)} 条"
    yield f"  负责：{_listed(leads)}"
    if adopted.added:
        yield f"  砚溪县原来没有、为此增设的部门：{'、'.join(unit.name for unit in adopted.added)}"
    for name, town in adopted.stand_ins.items():
        yield f"  {name}由{world.unit(town).short_name}代替"


_CHANGES = {
    "opened": "新设",
    "closed": "撤销",
    "merged": "合并",
    "split": "分设",
    "renamed": "更名",
    "type-changed": "改变类型",
}


def _counts(world: World, county: str) -> list[str]:
    units = world.units_in(county)
    areas = [area for area in world.areas if county in {above.code for above in world.line(area.code)}]
    codes = {unit.code for unit in units}
    posts = [post for post in world.posts if post.unit in codes]
    others = [unit for unit in units if unit.school_type is None]
    figures = (
        sum(area.level is AreaLevel.TOWN for area in areas),
        sum(area.level is AreaLevel.VILLAGE for area in areas),
        len(world.schools(county)),
        len(world.kindergartens(county)),
        len(others),
        len({post.person for post in posts}),
        len(posts),
    )
    return [world.area(county).name, *map(str, figures)]


def _member(world: World, word: str) -> list[str]:
    login, post = world.cast[word]
    return [word, ROLES[post.role], login, world.person(login).name, world.unit(post.unit).name, post.title]


def _listed(counts: Counter[str]) -> str:
    return "，".join(f"{name} {count}" for name, count in counts.most_common())
