"""How much: aims that name a degree instead of a quantity, and numbers that were left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xiangxu.importer.link.parts import squeezed
from xiangxu.importer.passage import Passage
from xiangxu.model.plan import Op, Promise, Task
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.finding import Finding
from xiangxu.review.plan_check.items import Item, Matter, shares_run
from xiangxu.review.plan_check.remark import Spot

# What has a figure somewhere, so that a degree alone will not do even among general aims.
_QUANTITY = re.compile(r"满意度|比例|占比|(?<![效])率(?![先])|数量|人数|规模|学位|名额|班额|差距")
# Of these even an aim that is general besides must give the figure: they are asked or reckoned every year.
_RATIO = re.compile(r"满意度|比例|占比|(?<![效])率(?![先])")
# What an action is good for in the end is no aim of its own: 逐步缩小差距, 促进水平提升 behind what is done for it.
_PURPOSE = re.compile("差距|^(?:促进|推动|带动|助力)")
# A figure here is not the plan's to set: how many pupils go on to which schools may not be made a target, and who wins is
# decided above.
_NOT_OURS = re.compile(r"升学|输送|录取|上线率|(?:高考|中考).*(?:成绩|率)|获奖|奖项")
# A chapter of aims with so many figures may be general besides.
_FIGURES_BESIDE = 2
# A clause that measures: a figure that is no year, or a bound; it measures another one if both share so many characters in a row.
_YEAR, _FIGURE, _SAME_THING = re.compile(r"20\d\d年?"), re.compile(r"\d"), 3
_EACH_YEAR = re.compile("逐年")
# What is only encouraged is no figure to be reached.
_ENCOURAGED = re.compile("鼓励")
# What the law itself puts in these words is measured by last year's accounts.
_BY_LAW = re.compile("只增不减|只降不升")
# Who is put forward for an honour of the level above: how many may be, that level says.
_QUOTA = re.compile(r"(?:推荐|推介|推选|选派|选送).*?(?:参与|参加|参评|入选|纳入|评选)")
# A figure counts what was left open where both name it by one word.
_SAME_WORD = 2
# How many results and lessons there will be nobody can say beforehand.
_RESULTS = re.compile(r"(?:取得|总结|涌现|探索)出?一批|一批.*(?:成果|经验)$")
# Of a body of people one says what it should be like; how many they are the schools' number tells.
_BODY_OF_PEOPLE = re.compile(r"一批.*队伍$")
# A quality in quotation marks and what it is said of is a saying, which no number suits.
_SAYING = re.compile("[”』」]的")


def without_quantity(matter: Matter) -> Iterator[Finding]:
    """Promises that something rises or falls, and clauses of a row's goal that only praise; by how much neither says.

    Of one sentence the clause is told that has a quantity in it, else the first. Praise beside a figure of the same row is its
    tail and not told; nor is what another clause of the sentence measures, what no plan may fix (升学), or, where figures stand
    beside them in the chapter or in the list, the general aims at the beginning.
    """
    found: dict[tuple[int, int], Spot] = {}
    for promise in matter.once():
        changes = promise.op in (Op.INCREASE, Op.DECREASE) and promise.value is None and not _NOT_OURS.search(promise.quote)
        if changes and not matter.year_by_year(promise) and not _general(matter, promise):
            found[promise.place.start, promise.place.end] = matter.promised(promise)
    for item in matter.rows:
        for spot in _praising(matter, item):
            if not any(start < spot.place.end and spot.place.start < end for start, end in found):
                found[spot.place.start, spot.place.end] = spot
    spots = [spot for _, spot in sorted(found.items()) if not _measured(matter, spot)]
    told = _one_a_sentence(matter, spots)
    yield Finding("no-quantity", told, Reason(_("%(n)s 处"), n=len(told)))


def _general(matter: Matter, promise: Promise) -> bool:
    """Whether a promise belongs to what every plan says: general aims beside figures, headings, the good end of a measure."""
    item = matter.holding(promise)
    if item:
        praise = item.is_row and not _QUANTITY.search(promise.quote)
        return bool(_PURPOSE.search(promise.quote)) or (praise and _figures_in(item))
    if _heads_paragraph(matter, promise):
        return True
    if _RATIO.search(promise.quote):
        return False
    return any(_figures_in(row) for row in matter.rows) or matter.figures_in_chapter(promise.place) >= _FIGURES_BESIDE


def _figures_in(item: Item) -> bool:
    return any(promise.value is not None and not _ENCOURAGED.search(promise.quote) for promise in item.promises)


def _heads_paragraph(matter: Matter, promise: Promise) -> bool:
    """Whether it stands alone before the first full stop of a paragraph that goes on behind it."""
    text = matter.reading.text
    before = text[text.rfind("\n", 0, promise.place.start) + 1 : promise.place.start]
    behind = text[promise.place.end : promise.place.end + 2]
    return not before.strip(" \t　—-") and behind.startswith("。") and not behind.endswith("\n")


def _measured(matter: Matter, spot: Spot) -> bool:
    beside = matter.beside(spot.place)
    row = next((row for row in matter.rows if row.place.start <= spot.place.start < row.place.end), None)
    goal = row.told.goal if row and isinstance(row.told, Task) else None
    if row and goal and not _has_figure(squeezed(goal)):
        beside += [clause.text for clause in row.clauses]
    bounds = matter.words.bounds
    said = squeezed(matter.reading.text[spot.place.start : spot.place.end])
    return any(
        (_has_figure(text) or any(bound in text for bound in bounds)) and shares_run(text, said, _SAME_THING)
        for text in beside
        if text != said
    )


def _has_figure(text: str) -> bool:
    return bool(_FIGURE.search(_YEAR.sub("", text)))


def _one_a_sentence(matter: Matter, spots: Sequence[Spot]) -> list[Spot]:
    sentences: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        sentences.setdefault(matter.sentence(spot.place), []).append(spot)
    return [next((spot for spot in told if _QUANTITY.search(spot.quote)), told[0]) for told in sentences.values()]


def _praising(matter: Matter, item: Item) -> Iterator[Spot]:
    goal = item.told.goal if isinstance(item.told, Task) and not _figures_in(item) else None
    taken = [(promise.place.start, promise.place.end) for promise in item.promises if matter.checkable(promise)]
    for clause in item.clauses if goal else ():
        text = clause.text
        if (
            text not in squeezed(goal or "")
            or any(c.isdigit() for c in text)
            or any(w in text for w in matter.words.year_by_year)
        ):
            continue
        if not any(word in text for word in matter.words.vague):
            continue
        if not any(start < clause.end and clause.start < end for start, end in taken):
            yield matter.part(item, clause)


def without_baseline(matter: Matter) -> Iterator[Finding]:
    """Promises that a quantity rises or falls from year to year, where neither says from what to what."""
    spots = [
        spot
        for promise in matter.once()
        if promise.op in (Op.INCREASE, Op.DECREASE) and promise.value is None and promise.baseline is None
        if _EACH_YEAR.search(promise.quote) and _QUANTITY.search(promise.quote) and not _BY_LAW.search(promise.quote)
        if not _measured(matter, spot := matter.promised(promise))
    ]
    yield Finding("no-baseline", spots, Reason(_("%(n)s 处"), n=len(spots)))


def open_numbers(matter: Matter) -> Iterator[Finding]:
    """一批, 若干 where a number belongs; a clause that body and list share is told once, at the list.

    Not told: how many schools are to be closed, which is better not fixed beforehand; what a figure of the same sentence, or of
    the same row, counts; whom the level above counts; sayings; and what a row's measures repeat of its goal.
    """
    found: dict[str, Spot] = {}
    for item in [*matter.rows, *matter.actions]:
        for clause in _open_clauses(matter, item):
            spot = matter.part(item, clause)
            if clause.text not in found and not _left_open_rightly(matter, item, spot, clause.text):
                found[clause.text] = spot
    spots = sorted(found.values(), key=lambda spot: spot.place.start)
    yield Finding("open-number", spots, Reason(_("%(n)s 处"), n=len(spots)))


def _open_clauses(matter: Matter, item: Item) -> list[Passage]:
    """The clauses with an open number; of a row those of the first cell that has any, its goal before its measures."""
    clauses = [clause for clause in item.clauses if any(word in clause.text for word in matter.words.open_number)]
    if not item.is_row or not isinstance(item.told, Task):
        return clauses
    cells = [squeezed(cell or "") for cell in (item.told.goal, item.told.measure, item.told.action, item.told.project)]
    return next((told for cell in cells if (told := [clause for clause in clauses if clause.text in cell])), [])


def _left_open_rightly(matter: Matter, item: Item, spot: Spot, text: str) -> bool:
    if any(word in text for word in matter.words.better_left_open) or any(
        kind.search(text) for kind in (_QUOTA, _RESULTS, _SAYING, _BODY_OF_PEOPLE)
    ):
        return True
    start, end = (item.place.start, item.place.end) if item.is_row else matter.sentence(spot.place)
    counted = min((text.partition(word)[2] for word in matter.words.open_number if word in text), key=len)
    figures = [promise for promise in item.promises if promise.value is not None and start <= promise.place.start < end]
    return any(shares_run(counted, promise.quote, _SAME_WORD) for promise in figures)
