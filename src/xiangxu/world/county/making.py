"""Puts the invented world together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from xiangxu.model.unit import UnitKind
from xiangxu.world.county.areas import YANXI, areas
from xiangxu.world.county.cast import LANZHOU_CAST, MOCHI_CAST, YANXI_CAST, cast
from xiangxu.world.county.clusters import cluster_units, members
from xiangxu.world.county.history import changes
from xiangxu.world.county.kindergartens import OTHER_GARDENS, gardens
from xiangxu.world.county.names import brands, other_brands
from xiangxu.world.county.offices import PREFECTURE_BUREAU, SEATS, code, offices
from xiangxu.world.county.people import lanzhou, mochi, yanxi
from xiangxu.world.county.places import phones, places
from xiangxu.world.county.placing import Placing
from xiangxu.world.county.schools import OTHER, drafts
from xiangxu.world.county.world import World

# The demo's day: late 2026, when many dates of the plans have passed.
TODAY = date(2026, 11, 20)
SEED = 2026


def county(seed: int = SEED) -> World:
    """The invented world of a seed: 砚溪县 with its neighbour 墨池县 and what stands above them.

    The same seed gives the same world on every machine. Another seed gives other villages, names, places and runners, but the same
    towns, numbers of schools, codes of units, history and cast.
    """
    rng = Random(seed)
    tree = areas(rng)
    where = places(tree, rng)
    no_schools = tuple(offices())
    first, second = (Placing(seat, tree, where, phone, rng) for seat, phone in zip(SEATS, (100001, 200001), strict=True))
    prefecture = tuple(replace(u, phone=next(phones(600001))) for u in no_schools if u.code == PREFECTURE_BUREAU)
    schools, other_schools = first.schools(drafts()), second.schools(OTHER)
    kindergartens = first.gardens(gardens(rng), brands(rng))
    other_kindergartens = second.gardens(OTHER_GARDENS, other_brands(rng))
    departments = tuple(u.code for u in no_schools if u.kind is UnitKind.DEPARTMENT)
    named = {code(YANXI, place) if code(YANXI, place) in departments else place: name for place, name in YANXI_CAST.items()}
    registers = (
        yanxi(schools, kindergartens, departments, named, rng),
        mochi(other_schools, other_kindergartens, MOCHI_CAST, rng),
        lanzhou(LANZHOU_CAST, rng),
    )
    people = tuple(person for register in registers for person in register.people)
    posts = tuple(post for register in registers for post in register.posts)
    return World(
        seed=seed,
        today=TODAY,
        areas=tree,
        units=(
            *prefecture,
            *first.offices(no_schools),
            *cluster_units(schools),
            *schools.values(),
            *kindergartens,
            *second.offices(no_schools),
            *other_schools.values(),
            *other_kindergartens,
        ),
        people=people,
        posts=posts,
        changes=changes(schools, kindergartens),
        clusters=members(schools),
        places=where,
        cast=cast(people, posts, schools, other_schools),
    )
