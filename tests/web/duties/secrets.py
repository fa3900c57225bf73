"""The words that must not reach a role: names, telephones and marker words, by the sets that ``duties.yaml`` names under ``hidden``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import Q, QuerySet

from tests.web.duties.counties import MOCHI, SHUSHI, YANXI, County
from tests.web.duties.papers import TITLES
from tests.web.duties.table import table
from tests.web.duties.things import SCHOOLS, Things
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.models import Draft

# Shorter words stand inside others and prove nothing.
_SHORTEST = 4
# Every name of the other county's units and papers begins with its name; the marker things of the walk do too.
Hidden = Mapping[str, tuple[str, ...]]
# What the clerk reads in and corrects before it is published: its name, its words, its pictures.
_DRAFTS = ("隐号导入稿", "隐号原文", "隐号稿图")
# On what ground the bureau stated a step that nobody verified: for the county's posts that look at others' work, and for the bureau.
_GROUND = "隐号依据"
_FOREIGN = {YANXI: (MOCHI, SHUSHI), MOCHI: (YANXI, SHUSHI)}


def hidden(things: Things, letters: str) -> Hidden:
    """The words that this role must never meet; found once for all that it asks."""
    if letters not in things.known:
        things.known[letters] = {name: tuple(sorted(set(_SETS[name](things, letters)))) for name in table()["hidden"][letters]}
    return things.known[letters]


def leaked(text: str, words: Hidden) -> list[str]:
    """The hidden words that stand in a text. Nearly always there is none, which one search through the text tells for all of them."""
    if not _any_of(tuple(words.values())).search(text):
        return []
    return [f"{name}: {word}" for name, them in words.items() for word in them if word in text]


@cache
def _any_of(sets: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """Finds any of the words. Grouped by how they begin, so that a place in the text is left after a character or two."""
    by_beginning: dict[str, list[str]] = {}
    for word in sorted({word for them in sets for word in them}):
        by_beginning.setdefault(word[:2], []).append(re.escape(word[2:]))
    return re.compile("|".join(f"{re.escape(begins)}(?:{'|'.join(rests)})" for begins, rests in by_beginning.items()) or "(?!)")


def _written(*found: float | None) -> Iterable[str]:
    """A figure in each way that the site writes one: plain, grouped, and as “%g” does. It must not show without its name either."""
    for each in found:
        if each is not None:
            yield from (f"{each:.0f}", f"{each:,.0f}", f"{each:g}")


def _figures(county: County) -> Iterable[str]:
    """All figures of a county: of its target, its parts, and the parts that nobody was told yet."""
    return _written(county.figure, county.held_back, *(task.quantity for task in county.tasks.values()))


def _own(letters: str) -> str:
    return MOCHI if letters in ("OC", "OH") else YANXI


def _other_county(things: Things, letters: str) -> Iterable[str]:
    """All of the other counties. The supervisor's own prefecture is no secret to him; the county of another prefecture is."""
    foreign = (SHUSHI,) if letters == "SV" else _FOREIGN[_own(letters)]
    yield from foreign
    for word in foreign:
        yield from _figures(things.counties[word])
        yield from _people(Q(unit__area__path__startswith=things.counties[word].area.path), Q(pk__in=()))


def _other_schools(things: Things, letters: str) -> Iterable[str]:
    """Names of the county's schools out of the role's sight, with their heads' names and telephones."""
    county = things.county(letters if letters != "NO" else "CK", "own")
    seen = Q(pk__in=()) if letters == "NO" else _sight(things, letters)
    schools = Unit.objects.filter(area__path__startswith=county.area.path, kind__in=SCHOOLS)
    known = "\n".join(f"{u.name} {u.short_name}" for u in Unit.objects.filter(seen | Q(kind__in=table()["public_kinds"])))
    known += _issued(county.area.path)
    for unit in schools.exclude(pk__in=Unit.objects.filter(seen).values("pk")):
        yield from (name for name in (unit.name, unit.short_name, unit.phone) if len(name) >= _SHORTEST and name not in known)
    others = schools.exclude(pk__in=Unit.objects.filter(seen).values("pk"))
    yield from _people(Q(unit__in=others), Q(unit__in=Unit.objects.filter(seen)) | Q(unit__kind__in=table()["public_kinds"]))


def _sight(things: Things, letters: str) -> Q:
    """The units within the role's own sight: its town's, its own and those below."""
    unit = things.posts[letters].unit
    own = Q(path__startswith=unit.path)
    if letters in ("TN", "EO"):
        own |= Q(area__path__startswith=unit.area.path)
    return own


def _people(at: Q, elsewhere: Q) -> Iterable[str]:
    """Names and telephones of who holds a post there and none elsewhere."""
    people: QuerySet[Person] = Person.objects.filter(pk__in=Post.objects.filter(at).values("person"))
    for person in people.exclude(pk__in=Post.objects.filter(elsewhere).values("person")):
        yield from (word for word in (person.name, person.phone) if len(word) >= 3)


def _issued(area_path: str) -> str:
    """The words of the issued documents, which everybody of the county may read."""
    return "\n".join(Draft.objects.filter(area__path=area_path, state=Draft.State.PUBLISHED).values_list("text", flat=True))


def _handed_over(things: Things, letters: str) -> Iterable[str]:
    """What was handed to units that are not the role's: the task, what is reported and stated on it, its pictures; and what nobody was
    told yet."""
    county = things.county(letters, "own")
    mine = things.task(letters, "own") if letters != "IN" else None
    for unit, task in county.tasks.items():
        if (
            task != mine
            and not (letters == "EO" and unit == things.posts["EO"].unit_id)
            and not _in_town(things, letters, task.answerable)
        ):
            yield from (task.title, f"进展分解{unit}", f"{county.word}隐号图分解{unit}")
            yield from _written(task.quantity)
    yield "隐号未下达任务"
    yield from _written(county.held_back)
    own = things.posts[letters].unit_id
    for (unit, _state), paper in county.papers.sub_plans.items():
        asked = own in county.papers.opinions and paper.opinions.filter(unit=own).exists()
        if unit != own and not asked and not _in_town(things, letters, paper.unit):
            yield paper.title
    if letters != "IN":
        marks = county.papers.marks.items()
        yield from (mark.note for unit, mark in marks if unit != own and not _in_town(things, letters, mark.unit))
        yield _GROUND


def _in_town(things: Things, letters: str, unit: Unit | None) -> bool:
    return letters in ("TN", "EO") and unit is not None and unit.area.path.startswith(things.posts[letters].unit.area.path)


def _unapproved(things: Things, letters: str) -> Iterable[str]:
    """Drafts, undecided and returned reports, steps not yet verified, parts not yet sent down."""
    return (
        *_DRAFTS, "隐号待审", "隐号退回", "隐号理由", "隐号未下达任务", "隐号起草分方案", "隐号送审分方案", "隐号覆盖依据", _GROUND,
        *_written(things.county(letters, "own").held_back),
    )  # fmt: skip


def _drafts(things: Things, letters: str) -> Iterable[str]:
    """The clerk's working papers, which nobody else sees before the plan is published."""
    return _DRAFTS


def _unissued(things: Things, letters: str) -> Iterable[str]:
    """A bulletin that the clerk drafts and the leaders have not signed."""
    return ("隐号通报稿",)


def _work(things: Things, letters: str) -> Iterable[str]:
    """Plans, tasks, targets, reports, drafts and their files."""
    plan = things.counties[YANXI].plan
    marks = [f"{YANXI}隐号{word}" for word in ("任务", "分解任务", "目标", "已收", "待审", "退回", "图")]
    marks += [f"{YANXI}隐号{word}" for word in ("覆盖", "通报", *TITLES.values())]
    return (plan.title, *marks, *_DRAFTS, *_figures(things.counties[YANXI]))


def _everybody(things: Things, letters: str) -> Iterable[str]:
    """Names and telephones of the counties' people."""
    counties = Q(unit__area__path__startswith=things.counties[YANXI].area.path) | Q(
        unit__area__path__startswith=things.counties[MOCHI].area.path
    )
    return _people(counties, Q(pk__in=()))


_SETS = {
    "other-county": _other_county,
    "other-schools": _other_schools,
    "handed-over": _handed_over,
    "drafts": _drafts,
    "unapproved": _unapproved,
    "unissued": _unissued,
    "work": _work,
    "people": _everybody,
}
