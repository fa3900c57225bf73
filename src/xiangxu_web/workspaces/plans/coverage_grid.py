"""The matrix promise × unit as it is shown: which rows and columns, the cells as they are written, shares at both edges.

Cells are put together here and not by the template, which would take ten times as long for sixty schools by forty promises.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.figures import Share
from xiangxu_web.kernel.permission import rows
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.coverage_meaning import Meaning, meaning_of
from xiangxu_web.workspaces.plans.covered import (
    STATES,
    WAITING,
    Cell,
    Cells,
    Choice,
    Member,
    cells,
    choice_of,
    glyph,
    marks_of,
    members,
    plan_promises,
)
from xiangxu_web.workspaces.plans.models import Plan, Target
from xiangxu_web.workspaces.plans.papers import wanted

# The rows of one matrix are of one level: a promise for towns has nothing to say about schools.
LEVELS: Mapping[str, tuple[str | LazyText, tuple[str, ...]]] = {
    "school": (gettext_lazy("中小学"), (Unit.Kind.SCHOOL, Unit.Kind.TEACHING_POINT)),
    "kindergarten": (gettext_lazy("幼儿园"), (Unit.Kind.KINDERGARTEN,)),
    "town": (gettext_lazy("镇街"), (Unit.Kind.TOWN,)),
    "county": (gettext_lazy("区县"), (Unit.Kind.COUNTY_BUREAU,)),
    "office": (gettext_lazy("教管办和学区"), (Unit.Kind.EDUCATION_OFFICE, Unit.Kind.CLUSTER)),
    "bureau": (gettext_lazy("教育局和部门"), (Unit.Kind.BUREAU, Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT)),
}
_LEVEL_OF = {kind: level for level, (_words, kinds) in LEVELS.items() for kind in kinds}


def by_level(kinds: Iterable[str]) -> list[tuple[str, str | LazyText, int]]:
    """How many of these units stand in the matrix of which level (its key, its words), in their order: one matrix shows one level, so a
    number over several is told level by level where it leads there."""
    counts = Counter(_LEVEL_OF[kind] for kind in kinds if kind in _LEVEL_OF)
    return [(level, words, counts[level]) for level, (words, _kinds) in LEVELS.items() if counts[level]]


# What a row must have to be shown, as the address asks for it: its word, and the letters of such cells.
MISSING = frozenset("wnr")
_ONLY: Mapping[str, tuple[str | LazyText, frozenset[str]]] = {
    "missing": (gettext_lazy("只看缺的"), MISSING),
    "waiting": (gettext_lazy("只看待核验的"), frozenset("sp")),
    **{code: (words, frozenset(code)) for code, words in STATES.items()},
}
ONLY = tuple((key, words) for key, (words, _codes) in _ONLY.items())
# Of what a unit lacks so many promises are named.
_TOLD = 3


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Words that mean nothing here are passed over."""

    level: str = ""
    town: str = ""
    type: str = ""
    promise: str = ""
    only: str = ""


@dataclass(frozen=True)
class Column:
    """One promise at the head of the matrix."""

    target: Target
    choice: Choice

    @property
    def number(self) -> int:
        """How its head, the key below and the workbook call it: its place in the document, under any filter the same."""
        return self.target.order

    @property
    def wanted(self) -> str:
        """What it asks for."""
        return wanted(self.target)

    @property
    def meaning(self) -> Meaning | None:
        """What a unit says with √."""
        return meaning_of(self.target)

    @property
    def url(self) -> str:
        """The page of the promise: who is missing, its units, its text for the chat group."""
        return reverse("coverage-promise", args=[self.target.plan_id, self.target.pk])


@dataclass(frozen=True)
class Gap:
    """A unit that lacks something, and what."""

    member: Member
    missing: Sequence[Column]

    @property
    def words(self) -> str:
        """How much it lacks, and the first of it by name."""
        count = len(self.missing)
        names = "、".join(column.target.metric for column in self.missing[:_TOLD])
        return (_("缺 %(n)s 条：%(names)s等") if count > _TOLD else _("缺 %(n)s 条：%(names)s")) % {"n": count, "names": names}


class Edge(NamedTuple):
    """What stands at the end of a row or column: the verified share, and how many statements wait for a second person."""

    share: Share
    waiting: int


@dataclass
class Grid:
    """One matrix. ``lines`` are the rows as written; ``levels`` are the levels that have a promise at all."""

    columns: Sequence[Column]
    rows: Sequence[Member]
    cells: Cells
    level: str
    levels: Sequence[tuple[str, str | LazyText]]
    towns: Sequence[tuple[str, str]] = ()
    types: Sequence[tuple[str, str]] = ()
    promises: Sequence[tuple[str, str]] = ()
    # Promises that are asked of nobody yet, since nobody has said which units they mean.
    unchosen: Sequence[Target] = ()
    asked: Asked = field(default_factory=Asked)
    # The matrix's own address; cells and units lie below it.
    address: str = ""

    def code(self, column: Column, member: Member) -> str:
        """How a cell is shown: one letter, empty out of scope."""
        if not column.choice.has(member):
            return ""
        cell = self.cells.get((column.target.pk, member.key))
        return WAITING if cell is None else cell.code

    @cached_property
    def codes(self) -> list[list[str]]:
        """All cells, row by row."""
        return [[self.code(column, member) for column in self.columns] for member in self.rows]

    @cached_property
    def lines(self) -> list[tuple[Member, SafeString, Edge]]:
        """Row by row: the unit, its cells as written, its share."""
        written = {code: f'<td class="c-{code}"><a href="{self.address}cells/' for code in "vsnopr" + WAITING}
        ends = {
            (code, entered): f'">{glyph(code)}{entered_mark(entered)}</a></td>' for code in written for entered in (False, True)
        }
        lines = []
        for member, codes in zip(self.rows, self.codes, strict=True):
            parts = []
            for column, code in zip(self.columns, codes, strict=True):
                if not code:
                    parts.append('<td class="c-x"></td>')
                    continue
                cell = self.cells.get((column.target.pk, member.key))
                seen = f'" data-m="{cell.key}' if cell is not None else ""
                end = ends[code, cell is not None and cell.entered]
                parts.append(f"{written[code]}{column.target.pk}/{member.key}/{seen}{end}")
            lines.append((member, mark_safe("".join(parts)), edge(codes)))
        return lines

    @cached_property
    def feet(self) -> list[Edge]:
        """The share of each promise over the rows that are shown."""
        return [edge([codes[n] for codes in self.codes]) for n in range(len(self.columns))]

    @cached_property
    def whole(self) -> Edge:
        """The share of all cells that are shown."""
        return edge([code for codes in self.codes for code in codes])

    @cached_property
    def gaps(self) -> list[Gap]:
        """The units that lack something, who lacks most first: for a telephone, on which the matrix is seen through a keyhole."""
        lines = zip(self.rows, self.codes, strict=True)
        gaps = [Gap(member, [c for c, code in zip(self.columns, its, strict=True) if code in MISSING]) for member, its in lines]
        return sorted((gap for gap in gaps if gap.missing), key=lambda gap: -len(gap.missing))

    @cached_property
    def counted(self) -> dict[str, int]:
        """How many cells are verified, stated, refused, no, silent."""
        counts = dict.fromkeys(("v", "s", "p", "o", "n", "r", WAITING), 0)
        for codes in self.codes:
            for code in codes:
                if code:
                    counts[code] += 1
        return counts


def edge(codes: Sequence[str]) -> Edge:
    """As the promise's own page reckons it (``Tally.verified_share``): verified √ among the cells of which no second person has said that
    they do not apply; what waits for one does not count yet and is told beside it. No share where nobody has said anything."""
    liable = [code for code in codes if code and code != "o"]
    silent = all(code in ("", WAITING) for code in codes)
    return Edge(Share(None if silent else liable.count("v"), len(liable)), sum(code in "sp" for code in liable))


@dataclass(frozen=True)
class Link:
    """The cells of one state in the matrix of one level."""

    level: str | LazyText
    count: int
    url: str


@dataclass(frozen=True)
class Counted:
    """How many units of a promise's scope are in one state, and where they stand."""

    words: str | LazyText
    count: int
    links: Sequence[Link]


def by_state(target: Target, asked: Iterable[Member], found: Cells, *, linked: bool) -> list[Counted]:
    """These units, all of whom the promise is asked of, by what stands in their cells: each in one state, the sum is the scope. ``linked``:
    where the reader has a matrix with such a column."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for member in asked:
        cell = found.get((target.pk, member.key))
        kinds[WAITING if cell is None else cell.code].append(member.unit.kind)
    address = f"{reverse('coverage', args=[target.plan_id])}?promise={target.pk}"
    return [
        Counted(
            words,
            len(kinds[code]),
            [Link(its, n, f"{address}&level={level}&only={code}") for level, its, n in by_level(kinds[code])] if linked else (),
        )
        for code, words in STATES.items()
    ]


def entered_mark(entered: bool) -> SafeString:
    """The mark of what was entered for the unit by another, beside what the cell says."""
    return format_html("<sup>{}</sup>", pgettext("mark in a cell", "代")) if entered else SafeString("")


def cell_html(target: Target, unit: int, cell: Cell | None, *, said: str = "") -> SafeString:
    """One cell alone, for the answer to a change; ``said`` is what the page tells whoever typed."""
    code = WAITING if cell is None else cell.code
    return format_html(
        '<td class="c-{}"{}><a href="{}cells/{}/{}/" data-m="{}" tabindex="-1">{}{}</a></td>',
        code,
        format_html(' data-said="{}"', said) if said else "",
        reverse("coverage", args=[target.plan_id]),
        target.pk,
        unit,
        cell.key if cell is not None else 0,
        glyph(code),
        entered_mark(cell is not None and cell.entered),
    )


def grid_of(actor: Actor, plan: Plan, asked: Asked) -> Grid:
    """The matrix that the actor sees: in four queries for any number of promises and units."""
    here = rows("coverage.see", actor).filter(area__path__startswith=plan.area.path)
    everyone = members(here, clock.today())
    all_columns = [Column(target, choice_of(target)) for target in plan_promises(actor, plan)]
    found = cells(marks_of(actor, plan))
    levels = {key: [m for m in everyone if m.unit.kind in kinds] for key, (_words, kinds) in LEVELS.items()}
    columns = {key: [c for c in all_columns if any(c.choice.has(m) for m in its)] for key, its in levels.items() if its}
    offered = [(key, LEVELS[key][0]) for key in LEVELS if columns.get(key)]
    level = asked.level if asked.level in dict(offered) else (offered[0][0] if offered else "")
    its, heads = levels.get(level, []), columns.get(level, [])
    choices = [(str(c.target.pk), c.target.metric) for c in heads]
    towns = list(dict.fromkeys((m.town, m.town) for m in its if m.town))
    types = list(dict.fromkeys((m.unit.school_type, m.unit.get_school_type_display()) for m in its if m.unit.school_type))
    if asked.promise in dict(choices):
        heads = [c for c in heads if str(c.target.pk) == asked.promise]
    if asked.town in dict(towns):
        its = [m for m in its if m.town == asked.town]
    if asked.type in dict(types):
        its = [m for m in its if m.unit.school_type == asked.type]
    asked_of = {m.key: sum(c.choice.has(m) for c in heads) for m in its}
    # Who is asked at least half of it stands first, as ever town by town: a plan for villages asks little of those in the county's seat.
    its = sorted((m for m in its if asked_of[m.key]), key=lambda m: 2 * asked_of[m.key] < len(heads))
    unchosen = [c.target for c in all_columns if not c.choice]
    grid = Grid(heads, its, found, level, offered, towns, types, choices, unchosen, asked, reverse("coverage", args=[plan.pk]))
    if asked.only in _ONLY:
        _words, wanted = _ONLY[asked.only]
        kept = [m for m, codes in zip(grid.rows, grid.codes, strict=True) if wanted.intersection(codes)]
        grid = replace(grid, rows=kept)
    return grid
