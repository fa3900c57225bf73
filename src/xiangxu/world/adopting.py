"""The invented county adopts a real plan: its tasks and targets as they are, its owners among the county's own units.

So a demo shows every promise of a real plan with owners and figures, and no real place's office stands beside an invented figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from xiangxu.cards import Packs
from xiangxu.cards.kinds.plan_pack import PlanCard, TargetEntry, TaskEntry, UnitEntry
from xiangxu.cards.layers import shipped
from xiangxu.model.unit import Person, Post, Role, Unit, UnitKind
from xiangxu.review.matching import PlanPack, plan_pack
from xiangxu.world.county.areas import SEAT, YANXI
from xiangxu.world.county.names import YANXI_NAMES, persons
from xiangxu.world.county.offices import code, department
from xiangxu.world.county.places import phones
from xiangxu.world.county.world import World

# What stands before a department's own name: 县、市、区 and the party committee of one, 团 in 团县委.
_LEVEL = re.compile(r"^[省市县区]|(?<=^团)[市县区]")
# The bureau of a prefecture's plan is played by the county's, and so are the bureaus of all its counties.
_BUREAU = re.compile(r"教育局|教体局|教育和体育局")
# Other words for 科 that a prefecture's bureau uses for its sections.
_SECTION = re.compile(r"[处股]$")
_ZONE = "开发区"
_COUNTY = "砚溪县"


@dataclass(frozen=True, slots=True)
class AdoptedTask:
    """A task of the plan, with the codes of the invented units that have its parts. Towns as a whole are all towns."""

    entry: TaskEntry
    answerable: str
    co_leads: tuple[str, ...]
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptedPlan:
    """A real plan in the invented county.

    `world`: the county with the departments that it lacked, `added`, and a person in each. `units`: the pack's unit → codes.
    `stand_ins`: names of single towns of the real place, each played by a town of the county (its code).
    """

    place: str
    document: PlanCard
    tasks: tuple[AdoptedTask, ...]
    targets: tuple[TargetEntry, ...]
    units: Mapping[str, tuple[str, ...]]
    added: tuple[Unit, ...]
    stand_ins: Mapping[str, str]
    world: World


def adopt(world: World, plan: str | Path, packs: Packs | None = None) -> AdoptedPlan:
    """The plan of a place, in the county of `world`. `plan`: the name, title or code of a place among the packs, or a plan's own folder.

    Refused, with LookupError, where there is no such plan. Every department of the plan has a counterpart afterwards: the county's
    own of the same name, else one that is added.
    """
    pack = _pack(plan, packs)
    mapping = _Mapping(world, pack)
    units = {entry.id: mapping.codes(entry) for entry in pack.units}
    bureau = code(YANXI, "edu-bureau")
    return AdoptedPlan(
        place=pack.place,
        document=pack.document,
        tasks=tuple(_task(entry, units, bureau) for entry in pack.tasks),
        targets=pack.targets,
        units=units,
        added=tuple(mapping.added),
        stand_ins=mapping.stand_ins,
        world=_with(world, mapping.added),
    )


def _pack(plan: str | Path, packs: Packs | None) -> PlanPack:
    folder = Path(plan)
    if not folder.is_dir():
        return plan_pack(str(plan), packs or Packs.load())
    known = packs or Packs.load()
    own = next((layer.name for layer in known.layers if layer.folder.resolve() == folder.resolve()), None)
    return plan_pack(own, known) if own else plan_pack(folder.resolve().name, Packs.load((shipped(), folder)))


class _Mapping:
    """Finds for each unit of a plan who plays it."""

    def __init__(self, world: World, pack: PlanPack) -> None:
        self._pack = pack
        self._own = [unit for unit in world.units_in(YANXI) if unit.kind in _BODIES]
        self._by_words = {words: unit.code for unit in self._own for words in _plain((unit.name, *unit.aliases), _COUNTY)}
        self._towns = [unit for unit in world.units_in(YANXI) if unit.kind is UnitKind.TOWN]
        self._rural = [unit for unit in self._towns if not world.in_street(unit)]
        self._world = world
        self.added: list[Unit] = []
        self.stand_ins: dict[str, str] = {}
        self._kinds: dict[str, Callable[[UnitEntry], tuple[str, ...]]] = {
            "towns": lambda entry: tuple(unit.code for unit in self._towns),
            "town": self._town,
            "schools": self._schools,
        }

    def codes(self, entry: UnitEntry) -> tuple[str, ...]:
        """The codes of those who play a unit."""
        return self._kinds.get(entry.kind, self._body)(entry)

    def _town(self, entry: UnitEntry) -> tuple[str, ...]:
        """A zone is the county's zone; a town of the real place is played by the next town of the county."""
        if _ZONE in entry.name:
            return (code(YANXI, "development-zone"),)
        town = self._rural[len(self.stand_ins) % len(self._rural)].code
        self.stand_ins[entry.name] = town
        return (town,)

    def _schools(self, entry: UnitEntry) -> tuple[str, ...]:
        """Rural schools; only those at the seats of towns, and with kindergartens, where the name says so (驻地, 幼儿园)."""
        schools = self._world.rural_schools(YANXI)
        if "幼儿园" in entry.name:
            schools += self._world.rural_kindergartens(YANXI)
        return tuple(unit.code for unit in schools if "驻地" not in entry.name or unit.area.endswith(SEAT))

    def _body(self, entry: UnitEntry) -> tuple[str, ...]:
        """A department, by its words, else by the pack's id, which the county's codes share; else it is added."""
        for words in _plain((entry.name, *entry.aliases), self._pack.document.region):
            if words in self._by_words:
                return (self._by_words[words],)
        if entry.kind == "section":
            return (self._section(entry),)
        if entry.kind == "department" and _BUREAU.search(entry.name):
            return (code(YANXI, "edu-bureau"),)
        by_id = code(YANXI, entry.id)
        if by_id not in (unit.code for unit in (*self._own, *self.added)):
            name = entry.name.replace(self._pack.document.region, _COUNTY)
            self.added.append(department(entry.id, name, tuple(_LEVEL.sub("县", words) for words in entry.aliases)))
        return (by_id,)

    def _section(self, entry: UnitEntry) -> str:
        """A section whose words hold a 科室's, letter by letter (基础教育处 holds 基教), else the bureau itself."""
        short = _SECTION.sub("科", entry.name)
        for unit in self._own:
            if unit.kind is UnitKind.OFFICE and unit.short_name.endswith("科") and _holds(short, unit.short_name):
                return unit.code
        return code(YANXI, "edu-bureau")


_BODIES = frozenset({UnitKind.GOVERNMENT, UnitKind.BUREAU, UnitKind.DEPARTMENT, UnitKind.OFFICE})


def _holds(long: str, short: str) -> bool:
    """Whether the short form's characters stand in the long one in their order, behind the bureau's name."""
    left = iter(long.rpartition("局")[2])
    return all(character in left for character in short)


def _plain(names: Iterable[str], region: str) -> Iterator[str]:
    """Names without the place and its level: 泉岭市财政局, 市财政局 and 财政局 are all 财政局.

    >>> list(_plain(["泉岭市委宣传部", "团市委"], "泉岭市"))
    ['委宣传部', '团委']
    """
    for name in names:
        yield _LEVEL.sub("", name.replace(region, region[-1]))


def _task(entry: TaskEntry, units: Mapping[str, tuple[str, ...]], bureau: str) -> AdoptedTask:
    """Whoever has one part of the task has no other: counterparts may coincide. Of several answerable units the bureau is asked."""
    asked = units[entry.answerable]
    answerable = asked[0] if len(asked) == 1 else bureau
    co_leads = tuple(c for c in _codes(entry.co_leads, units) if c != answerable)
    participants = tuple(c for c in _codes(entry.participants, units) if c != answerable and c not in co_leads)
    return AdoptedTask(entry, answerable, co_leads, participants)


def _codes(ids: Iterable[str], units: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for id in ids for found in units[id]))


def _with(world: World, added: Iterable[Unit]) -> World:
    """The world with further departments, and one person in each."""
    taken = frozenset(person.name for person in world.people if person.name[0] in YANXI_NAMES.surnames)
    names, numbers = persons(Random(world.seed), YANXI_NAMES, taken), phones(700001)
    units = tuple(replace(unit, phone=next(numbers)) for unit in added)
    people = tuple(Person(YANXI_NAMES.login(name), name, next(numbers)) for _, name in zip(units, names, strict=False))
    posts = tuple(
        Post(person.login, unit.code, Role.LEAD_DEPARTMENT, "联络员") for unit, person in zip(units, people, strict=True)
    )
    return replace(world, units=world.units + units, people=world.people + people, posts=world.posts + posts)
