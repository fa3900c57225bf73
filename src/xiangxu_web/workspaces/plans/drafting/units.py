"""Which unit of the place a printed name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xiangxu.importer.departments import UnitDirectory

_ALL_TOWNS = re.compile(r"各(?:乡|镇|街|涉农)")
# All counties of a prefecture: 各区县、各县（市、区）、各区县教体局; not 各县直部门, not 各县域.
_ALL_COUNTIES = re.compile(r"各(?:(?:县|区|旗)(?![直级域])|市[、，]?(?:县|区))")


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the place with all the words that mean it."""

    key: int
    name: str
    words: tuple[str, ...]


def match_units(printed: Iterable[str], known: Iterable[KnownUnit], region: str, place: str) -> dict[str, int | None]:
    """For each printed name the key of the unit that is meant; None where none is, or where two are.

    First the unit's own words (name, short name, aliases), then the name without the area in front of it: 青州市教育和体育局 in a
    document of another county is that county's 教育和体育局. ``region`` is the document's area, ``place`` the county's name here.
    """
    units = list(known)
    by_words: dict[str, set[int]] = {}
    for unit in units:
        for words in (unit.name, *unit.words):
            by_words.setdefault(words, set()).add(unit.key)
    names = list(printed)
    there = UnitDirectory.of_document("", region or place, None, names)
    here = UnitDirectory.of_document("", place, None, [unit.name for unit in units])
    by_core: dict[str, set[int]] = {}
    for unit in units:
        by_core.setdefault(_core(here, unit.name, place), set()).add(unit.key)
    return {name: _one(by_words.get(name)) or _one(by_core.get(_core(there, name, region))) for name in names}


def names_in(words: str, known: Iterable[str]) -> list[str]:
    """The names in a text in which they stand separated by 、; a known name that has the mark in it stays whole.

    >>> names_in("人社局、各镇、街、区，发改局", ["各镇、街、区"])
    ['人社局', '各镇、街、区', '发改局']
    """
    whole = sorted((name for name in known if "、" in name), key=len, reverse=True)
    words = words.replace("，", "、").replace(",", "、")
    for n, name in enumerate(whole):
        words = words.replace(name, f"\0{n}\0")
    parts = (part.strip() for part in words.split("、"))
    return list(
        dict.fromkeys(
            whole[int(part[1:-1])] if re.fullmatch(r"\0\d+\0", part) else part.replace("\0", "") for part in parts if part
        )
    )


def group(printed: str, *, of_counties: bool = False) -> str:
    """The group of units that a printed name means: "towns" for all units of the level below, else nothing. These are a county's towns
    (各镇、街道), and with ``of_counties`` a prefecture's counties (各区县); in a county's plan 各区县 are not its own.

    >>> [group(name) for name in ("各镇街区", "各乡镇人民政府", "各镇、街、区", "各学校", "镇政府", "各区县教体局")]
    ['towns', 'towns', 'towns', '', '', '']
    >>> [group(name, of_counties=True) for name in ("各区县教体局", "各县（市、区）", "各市、县", "各县直部门", "各镇街")]
    ['towns', 'towns', 'towns', '', '']
    """
    return "towns" if (_ALL_COUNTIES if of_counties else _ALL_TOWNS).match(printed) else ""


def _core(directory: UnitDirectory, name: str, place: str) -> str:
    """The unit's full name without the place in front."""
    return (directory.resolve(name) or name).removeprefix(place)


def _one(keys: set[int] | None) -> int | None:
    return next(iter(keys)) if keys and len(keys) == 1 else None


def unmatched(units: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The printed names that a person has not placed and the match has not found."""
    return [name for name, at in units.items() if at["unit"] is None and not at["how"]]
