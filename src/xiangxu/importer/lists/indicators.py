"""From the rows of an indicator table to promises.

One row holds one indicator, or several stacked line by line in each of its cells. A row without its category stands under the
one above; 其中：… takes unit and category of the indicator that it divides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xiangxu.importer.layout.column_names import Role, plain_name, uom_in_brackets
from xiangxu.importer.lists.figures import Figure, keeps, read_figure, scaled
from xiangxu.importer.lists.grid import Row
from xiangxu.importer.lists.header import Column
from xiangxu.importer.lists.profile import Profile
from xiangxu.importer.passage import Passage
from xiangxu.importer.source import Covered
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import Op, Promise

Locate = Callable[[Passage], Place]
NOTHING = Passage("", ())
_PART = re.compile(r"(?:其中|#)[:：]?|[(（][0-9一二三四五六][)）](?=其中)")
_NUMBER = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑳])")
# Where the name of an indicator may end in a stack of wrapped lines.
_NAME_END = re.compile(r"(?:[)）]|率|比例?|占比|数|量|规模|年限|人数|学位|时间|水平|指数|面积|程度|度)$")
# Statistics that every stage of schooling has: without the stage they say nothing, so the category goes before them.
_BARE = re.compile(
    r"在校生|在园|毛入|入学率|入园率|净入学率|巩固率|招生|毕业生|学校数|专任教师|生师比|班额|普及率|完成率|升学率|学位"
)
_STAGE = re.compile(r"教育|阶段|幼儿|小学|初中|高中|中职|义务|学前|大学|特教")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAST = re.compile(r"现状|基期|基准|基数|实际|完成|初始|现有|目前|当前")
_PLAN_END = {"十三五": "2020", "十四五": "2025", "十五五": "2030", "十六五": "2035"}


@dataclass(frozen=True, slots=True)
class Values:
    """The columns of an indicator table. `targets` are columns with the date at which each is due."""

    indicator: int
    categories: tuple[int, ...]
    uom: int | None
    kind: int | None
    baseline: int | None
    targets: tuple[tuple[int, str | None], ...]


@dataclass
class Stand:
    """What the rows below inherit."""

    category: str = ""
    uom: str | None = None


def values_of(columns: Sequence[Column], issued_year: int | None, plan_end: int | None) -> Values | None:
    """The columns that hold figures to be reached; None where the table promises nothing.

    A year column is a baseline where its name says so, or where it is the first of several and no later than the issue; a
    table whose last year has passed is a statistic.
    """
    by_role: dict[Role, list[int]] = {role: [] for role in Role}
    for k, column in enumerate(columns):
        by_role[column.role].append(k)
    named = [*by_role[Role.INDICATOR]]
    outer = [k for k in by_role[Role.NAME] if k not in named]
    if not named:
        named, outer = outer[-1:], outer[:-1]
    if not named:
        return None
    years = [(k, int(_YEAR.findall(columns[k].name)[-1]), _PAST.search(columns[k].name) is not None) for k in by_role[Role.YEAR]]
    past = [k for k, year, said in years if said]
    open_years = [(k, year) for k, year, said in years if not said]
    if not past and not by_role[Role.BASELINE] and len(open_years) + len(by_role[Role.TARGET]) > 1 and open_years:
        first, year = min(open_years, key=lambda pair: pair[1])
        if issued_year is None or year <= issued_year:
            past.append(first)
            open_years.remove((first, year))
    targets: list[tuple[int, str | None]] = [(k, str(y)) for k, y in open_years if issued_year is None or y >= issued_year - 1]
    targets += [(k, _due_of(columns[k].name, plan_end)) for k in by_role[Role.TARGET]]
    if not targets or not any(_holds_figures(columns[k].profile) for k, _ in targets):
        return None
    before = past or by_role[Role.BASELINE]
    return Values(
        indicator=named[-1],
        categories=tuple(sorted([*outer, *named[:-1]])),
        uom=by_role[Role.UOM][0] if by_role[Role.UOM] else None,
        kind=by_role[Role.KIND][0] if by_role[Role.KIND] else None,
        baseline=before[-1] if before else None,
        targets=tuple(sorted(targets)),
    )


def _holds_figures(profile: Profile) -> bool:
    return profile.figures >= 0.5 or (
        profile.length > 0 and profile.length <= 12 and not profile.dates > 0.5 and not profile.units > 0.5
    )


def _due_of(name: str, plan_end: int | None) -> str | None:
    plain = plain_name(name)
    if year := _YEAR.search(plain):
        return year.group()
    return next((y for plan, y in _PLAN_END.items() if plan in plain), str(plan_end) if plan_end else None)


def indicators_of(
    rows: Sequence[Row], columns: Sequence[Column], values: Values, where: str, locate: Locate, stand: Stand
) -> Iterator[tuple[Promise, str | None]]:
    """The promises of an indicator table, each with its 属性 as printed; `stand` carries category and unit from row to row."""
    for row in rows:
        if row.is_total or row.is_note:
            continue
        cells = _aligned(row, columns, values)
        if not cells[values.indicator]:
            if title := row.across:
                stand.category = _plain_category(title.squeezed().text)
            continue
        category = "".join(cells[c].squeezed().text for c in values.categories)
        if category:
            stand.category = _plain_category(category)
        elif row.missing or (values.categories and row.covered(values.categories[0]) is Covered.BY_LEFT):
            stand.category = ""
        yield from _row(row, cells, values, where, locate, stand)


def _plain_category(text: str) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?(?=[一-鿿])", "", text)


def _aligned(row: Row, columns: Sequence[Column], values: Values) -> list[Passage]:
    """The row's cells under their columns. A shorter row lacks the cells at its left, which a merged one covers."""
    missing = row.missing
    cells = [NOTHING] * missing + [row.text(c) for c in range(len(columns) - missing)]
    # A merged cell over category and indicator: its text is the indicator.
    if not cells[values.indicator] and any(cells[c] for c in values.categories) and any(cells[c] for c, _ in values.targets):
        c = max(c for c in values.categories if cells[c])
        cells[values.indicator], cells[c] = cells[c], NOTHING
    return cells


def _lines(cell: Passage) -> list[Passage]:
    return [line.squeezed() for line in cell.lines() if line.text.strip()]


def _row(
    row: Row, cells: Sequence[Passage], values: Values, where: str, locate: Locate, stand: Stand
) -> Iterator[tuple[Promise, str | None]]:
    figures = {due: _lines(cells[c]) for c, due in values.targets}
    count = max((len(lines) for lines in figures.values()), default=0)
    names = _stacked(cells[values.indicator], count)
    if not count:
        return
    guessed = len(names) != count
    for k, name in enumerate(names):
        own = _uom(name, _pick(_lines(cells[values.uom]), k, len(names)) if values.uom is not None else None)
        part = _PART.match(_NUMBER.sub("", name.text)) is not None
        uom = own or (stand.uom if part else None)
        stand.uom = uom
        before = _pick(_lines(cells[values.baseline]), k, len(names)) if values.baseline is not None else None
        kinds = _pick(_lines(cells[values.kind]), k, len(names)) if values.kind is not None else None
        for due, lines in figures.items():
            cell = _pick(lines, k, len(names))
            if cell is None or (figure := read_figure(cell.text)) is None:
                continue
            base = read_figure(before.text) if before else None
            doubts = [d for c in row.cells for d in c.doubts]
            if guessed or not figure.sure or (values.baseline is not None and before is None and cells[values.baseline]):
                doubts.append(Doubt.FIGURE_UNSURE)
            if keeps(cell.text) and base:
                figure = Figure(Op.EQ, base.value, None, base.uom)
            doubtful = tuple(dict.fromkeys(doubts))
            promise = _promise(name, cell, figure, base, uom, due, where, locate, stand.category, doubtful)
            yield promise, kinds.text if kinds else None


def _promise(
    name: Passage, cell: Passage, figure: Figure, base: Figure | None, uom: str | None, due: str | None, where: str,
    locate: Locate, category: str, doubts: tuple[Doubt, ...],
) -> Promise:  # fmt: skip
    value, plain = scaled(figure.value, figure.uom or uom)
    value2, _ = scaled(figure.value2, figure.uom or uom)
    baseline, _ = scaled(base.value, base.uom or uom) if base else (None, None)
    op = Op.ALL if plain == "%" and value == 100 and figure.op in (Op.EQ, Op.GE) else figure.op
    return Promise(
        quote=name.text,
        where=where,
        metric=_metric(name.text, category),
        scope=category or None,
        op=op,
        place=locate(name + cell),
        value=value,
        value2=value2,
        uom=None if value is None and op is Op.DONE else plain,
        baseline=baseline,
        due=due,
        doubts=doubts,
    )


def _stacked(cell: Passage, count: int) -> list[Passage]:
    """The names of the indicators in a cell of which `count` figures are given: its lines, wrapped ones joined."""
    lines = _lines(cell)
    if count <= 1 or len(lines) <= count:
        return [Passage.join(lines)] if count <= 1 else lines

    # Break where a line ends like a name or the next begins a part; the likeliest count - 1 breaks win, earlier ones first. A
    # line that is as long as the cell is wide was wrapped, and a bracket never begins a name.
    width = max(len(line) for line in lines)

    def likely(k: int) -> int:
        ends, starts = lines[k].text, lines[k + 1].text
        if starts.startswith(("(", "（")):
            return -3
        if len(ends) >= width - 1 and not ends.endswith((")", "）")):
            return -1
        return 2 * (_PART.match(starts) is not None or ends.endswith((")", "）"))) + (_NAME_END.search(ends) is not None)

    breaks = sorted(sorted(range(len(lines) - 1), key=lambda k: (-likely(k), k))[: count - 1])
    starts = [0, *(k + 1 for k in breaks)]
    return [Passage.join(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _pick(lines: Sequence[Passage], k: int, count: int) -> Passage | None:
    """The line of a cell that belongs to indicator `k`: one line stands for all, fewer lines cannot be told apart."""
    if len(lines) == 1 and count >= 1:
        return lines[0]
    return lines[k] if len(lines) == count else None


def _uom(name: Passage, cell: Passage | None) -> str | None:
    """The unit of an indicator: in its own column, else in brackets after its name."""
    text = cell.text if cell else None
    found = uom_in_brackets(name.text) or (text if text and re.search(r"[一-鿿%％‰]", text) else None)
    return found.replace("％", "%") if found else None


def _metric(name: str, category: str) -> str:
    """What is counted: the name without unit and 其中, under its category where it says nothing without."""
    plain = _PART.sub("", _NUMBER.sub("", name))
    plain = re.sub(r"[（(][^（）()]{1,6}[)）]$", "", plain)
    if category and _BARE.match(plain) and _STAGE.search(category) and category not in plain:
        return f"{category}{plain}"
    return plain
