"""A plan as the checks look at it: its tasks and actions, each with its name, its text and its promises."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xiangxu.cards.kinds import PlanCheck
from xiangxu.importer.link.parts import Parts, named, row_number, squeezed, where_name
from xiangxu.importer.passage import Passage
from xiangxu.model.place import Place
from xiangxu.model.plan import BodyAction, Op, PlanReading, Promise, Task, UnitMention
from xiangxu.model.reason import Reason
from xiangxu.model.reason import gettext_noop as _
from xiangxu.review.plan_check.remark import Spot

_BREAK = re.compile(r"[，,。；;！!？?：:∶\n]")
_BREAK_INSIDE = re.compile(r"[，,：:∶]")
_SENTENCE = re.compile(r"[。；;！!？?\t]")
_LONGEST_QUOTE, _LONGEST_SENTENCE = 40, 600
# How aims name the last year of a plan: 到2027年, 至2027年, 2027年底, “十四五”末. A month behind the year is a date of its own.
_TERM = re.compile(r"(?:[到至—-](20[2-4]\d)年(?!\d)|(20[2-4]\d)年年?[底末]|十([二三四五六七])五[”’」]?(?:[期时]?末|期间|时期))")
# A plan is made for five years, six with the one in which it was drawn up; what lies further ahead is an outlook.
_LONGEST_TERM = 6
# A district or county whose city stands before it in the issuer's name: 某某市某某区人民政府.
_WITHIN_CITY = re.compile(r"[市州盟]([^省市州盟]{1,8}[县区旗])(?:人民政府|教育)")
# A row sums up several actions where it repeats their titles to this share (of pairs of characters), so many of them at least; in
# one chapter, one behind the other.
_REPEATS, _SUMMED_UP = 0.55, 2
# Runs of so many characters that stand in one action alone show, so many of them, that it tells part of a row.
_RUN, _SHARED_RUNS = 6, 8
# What a row's title is about: what stands before what is done with it. An action is about it that names it so often, and so many
# times as often as any other.
_SUBJECT, _OFTEN, _FAR_MORE = re.compile(r".{3,8}?(?=建设|提升|改善|发展|新建|改扩建|保障|工程|行动)"), 5, 3


@dataclass(frozen=True, eq=False)
class Item:
    """A row of a list or an action of the body. `told`: the task or action as read; `text`: its text without white space.

    `number`: as a clerk calls it shortly.
    """

    told: Task | BodyAction
    number: Reason
    text: Passage
    promises: tuple[Promise, ...]
    is_row: bool

    @property
    def name(self) -> Reason:
        """As a clerk calls it: number and title."""
        return named(self.number, self.told_title)

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.told.place

    @property
    def units(self) -> tuple[UnitMention, ...]:
        """Everybody whom it names."""
        return self.told.units

    @property
    def leading(self) -> tuple[UnitMention, ...]:
        """Those who lead."""
        return self.told.units[: len(self.told.lead)]

    @property
    def owned(self) -> bool:
        """Whether it names anybody at all."""
        return bool(self.told.lead or self.told.participants)

    @property
    def due(self) -> str | None:
        """Its deadline; of an action, and of a row that states none, the latest that one of its promises states."""
        own = self.told.due if isinstance(self.told, Task) else None
        return own or max((p.due for p in self.promises if p.due), default=None)

    @property
    def told_title(self) -> str:
        """What an action calls itself; of a row its project."""
        return self.told.title if isinstance(self.told, BodyAction) else self.told.action or self.told.project or ""

    @property
    def chapter(self) -> str:
        """Where an action stands, without its own number."""
        return self.told.where.removesuffix(self.told.no) if isinstance(self.told, BodyAction) else ""

    def spot(self, quote: str = "", note: str = "") -> Spot:
        """The item itself as a place."""
        return Spot(self.place, self.name, shortly(quote), note)

    @cached_property
    def clauses(self) -> tuple[Passage, ...]:
        """What stands between the punctuation marks of what it says: without its number, its dates and its owners' names."""
        if isinstance(self.told, Task) and self.is_row:
            cells = (self.told.project, self.told.action, self.told.goal, self.told.measure)
            parts = [part for cell in cells if cell for part in self._cell(squeezed(cell)).split(_BREAK)]
        else:
            owners = {unit.place.start for unit in self.units if unit.place}
            parts = [part for part in self.text.split(_BREAK) if owners.isdisjoint(part.at)]
        return tuple(part for part in parts if part)

    def _cell(self, text: str) -> Passage:
        """A cell's text where it stands; one that a page break cut apart stands at the row's beginning."""
        at = self.text.text.find(text)
        return self.text[at : at + len(text)] if at >= 0 else Passage.printed(text, self.place.start)


class Matter:
    """What all checks look at. `rows`: of lists; `actions`: of the body; `tasks`: what somebody is asked about.

    In a plan without a list its actions are its tasks. A pack has no text: its items have names, dates, owners and promises.
    """

    def __init__(self, reading: PlanReading, card: PlanCheck) -> None:
        self.reading = reading
        self.card = card
        self.limits, self.words = card.limits, card.words
        self._parts = Parts(reading)
        in_rows: dict[int, list[Promise]] = {}
        in_actions: dict[int, list[Promise]] = {}
        for promise in reading.promises:
            row, action = self._parts.row_at(promise.place.start), self._parts.action_at(promise.place.start)
            if row is not None:
                in_rows.setdefault(row, []).append(promise)
            elif action is not None:
                in_actions.setdefault(action, []).append(promise)
        self.actions = [
            self._item(action, _action_number(action), in_actions.get(index, []), False)
            for index, action in enumerate(reading.body_actions)
        ]
        rows = {i: self._item(task, row_number(task), in_rows.get(i, []), True) for i, task in self._parts.rows.items()}
        self.rows = list(rows.values())
        self.tasks = [rows[i] if i in rows else self.actions[self._parts.same[i]] for i in range(len(reading.tasks))]
        self._around = {id(item): self._linked(item) for item in self.tasks}
        self._holding = {promise.id: item for item in [*self.actions, *self.rows] for promise in item.promises}
        self._chapters = sorted(section.place.start for section in reading.sections)

    def _item(self, told: Task | BodyAction, number: Reason, promises: list[Promise], is_row: bool) -> Item:
        text = Passage.of(self.reading.text[told.place.start : told.place.end], told.place.start).squeezed()
        return Item(told, number, text, tuple(promises), is_row)

    def _linked(self, item: Item) -> Item | None:
        index = item.told.linked_action if isinstance(item.told, Task) else None
        return self.actions[index] if index is not None else None

    def told_also(self, item: Item) -> Item | None:
        """The action of the body that tells at length what a row sums up."""
        return self._around.get(id(item)) if item.is_row else None

    def told_in(self, item: Item) -> list[Item]:
        """The actions that say more of a row: those of one chapter that it sums up, else the one that it is linked to."""
        action = self.told_also(item)
        if not item.is_row:
            return []
        summed = self._summed_up(item)
        return summed if len(summed) >= _SUMMED_UP else [action] if action else []

    def told_of(self, item: Item) -> list[Item]:
        """As `told_in`; first the actions in which much of the row stands by its very words; for want of any, that about its subject."""
        told = self.told_in(item)
        if not item.is_row or len(told) > 1:
            return told
        shared: Counter[int] = Counter()
        for clause in item.clauses:
            for start in range(len(clause.text) - _RUN + 1):
                holders = self._runs.get(clause.text[start : start + _RUN], ())
                if len(holders) == 1:
                    shared.update(holders)
        said = [self.actions[index] for index, runs in shared.most_common() if runs >= _SHARED_RUNS]
        return [*said, *(action for action in told if action not in said)] or self._about(item)

    @cached_property
    def _runs(self) -> dict[str, set[int]]:
        """Of every run of so many characters the actions in which it stands."""
        runs: dict[str, set[int]] = {}
        for index, action in enumerate(self.actions):
            text = action.text.text
            for start in range(len(text) - _RUN + 1):
                runs.setdefault(text[start : start + _RUN], set()).add(index)
        return runs

    def _about(self, row: Item) -> list[Item]:
        """The action that speaks of the subject of a row's title far more often than any other does."""
        subject = _SUBJECT.match(row.told_title)
        if not subject or not self.actions:
            return []
        often = sorted(((action.text.text.count(subject[0]), i) for i, action in enumerate(self.actions)), reverse=True)
        (most, index), next_most = often[0], often[1][0] if len(often) > 1 else 0
        return [self.actions[index]] if most >= _OFTEN and most >= _FAR_MORE * next_most else []

    def _summed_up(self, row: Item) -> list[Item]:
        pairs = _pairs(row.text.text)
        runs: list[list[int]] = [[]]
        for index, action in enumerate(self.actions):
            if _share(_pairs(squeezed(action.told_title)), pairs) < _REPEATS:
                continue
            last = runs[-1][-1] if runs[-1] else index
            if index - last > 1 or action.chapter != self.actions[last].chapter:
                runs.append([])
            runs[-1].append(index)
        return [self.actions[index] for index in max(runs, key=len)]

    def rows_of(self, action: Item) -> list[Item]:
        """The rows that sum up an action."""
        return [row for row in self.rows if self._around.get(id(row)) is action]

    def holding(self, promise: Promise) -> Item | None:
        """The row or action in which a promise stands; None in chapters of aims and safeguards."""
        return self._holding.get(promise.id)

    @cached_property
    def names_owners(self) -> bool:
        """Whether the document names any owner at all."""
        return any(item.owned for item in [*self.actions, *self.rows])

    @property
    def has_text(self) -> bool:
        """Whether there is a document, and not only a pack."""
        return bool(self.reading.text)

    @cached_property
    def term(self) -> int | None:
        """The last year of the plan, by which every task without a date is due at the latest: of its title, else of its aims."""
        title = self.reading.doc.title or ""
        years = [int(year) for year in re.findall(r"20[2-4]\d", title)]
        years += [_five_years(n) for n in re.findall("十([二三四五六七])五", title)]
        return max(years, default=None) or self._term_of_aims

    @property
    def _term_of_aims(self) -> int | None:
        if not self.has_text:
            aims = [promise for promise in self.reading.promises if self.holding(promise) is None and promise.due]
            years = [int(promise.due[:4]) for promise in aims if promise.due and promise.due[:4].isdigit()]
        else:
            first = min((item.place.start for item in [*self.actions, *self.rows]), default=0)
            named = list(_TERM.finditer(squeezed(self.reading.text[:first])))
            # Where years are named, the end of the five-year plan beside them is an outlook.
            years = [int(m[1] or m[2]) for m in named if not m[3]] or [_five_years(m[3]) for m in named]
        issued = self.reading.doc.issued_on
        begin = issued.year if issued else min(years, default=0)
        return max((year for year in years if begin <= year <= begin + _LONGEST_TERM), default=None)

    @cached_property
    def own_level(self) -> str:
        """The word by which the card knows the level of the document's area: 区, 县, 县级市, 市, 省; empty where unknown."""
        within = _WITHIN_CITY.search(self.reading.doc.issuer or "")
        region, level = within[1] if within else self.reading.doc.region or "", self.reading.doc.region_level
        if level == "province":
            return "省"
        if region.endswith("市"):
            return {"county": "县级市", "city": "市"}.get(level or "", "")
        # 县, 自治县 and 旗 are one level; a district is one whoever stands above it.
        return "区" if region.endswith("区") else "县" if level == "county" else ""

    def part(self, item: Item, passage: Passage, note: str = "") -> Spot:
        """Some words of an item as a place."""
        place = self._parts.place(passage.start, passage.end, item.place)
        return Spot(place, item.name, shortly(passage.text), note)

    def promised(self, promise: Promise, note: str = "") -> Spot:
        """A promise as a place."""
        item = self.holding(promise)
        return Spot(promise.place, item.name if item else where_name(promise), shortly(promise.quote), note)

    def sentence(self, place: Place) -> tuple[int, int]:
        """Where the sentence around a place begins and ends; a cell of a table is one for itself."""
        text, low = self.reading.text, max(0, place.start - _LONGEST_SENTENCE)
        before = [match.end() for match in _SENTENCE.finditer(text, low, place.start)]
        behind = _SENTENCE.search(text, place.end, min(len(text), place.end + _LONGEST_SENTENCE))
        return before[-1] if before else low, behind.start() if behind else min(len(text), place.end + _LONGEST_SENTENCE)

    def beside(self, place: Place) -> list[str]:
        """The other clauses of the sentence in which a place stands, without white space."""
        start, end = self.sentence(place)
        text = self.reading.text
        parts = [*_BREAK_INSIDE.split(squeezed(text[start : place.start])), *_BREAK_INSIDE.split(squeezed(text[place.end : end]))]
        return [part for part in parts if part]

    def figures_in_chapter(self, place: Place) -> int:
        """How many figures are promised between the heading before a place and the next heading."""
        nth = bisect_right(self._chapters, place.start)
        low = self._chapters[nth - 1] if nth else 0
        high = self._chapters[nth] if nth < len(self._chapters) else len(self.reading.text)
        return sum(1 for p in self.reading.promises if p.value is not None and low <= p.place.start < high)

    def once(self) -> Iterator[Promise]:
        """Every promise once: of several tellings the first that states a date, else the first."""
        tellings: dict[str, list[Promise]] = {}
        for promise in self.reading.promises:
            tellings.setdefault(promise.same_as or promise.id, []).append(promise)
        for told in tellings.values():
            yield next((promise for promise in told if promise.due), told[0])

    def year_by_year(self, promise: Promise) -> bool:
        """Whether each year can be held against the year before (逐年提升), so that no figure is needed."""
        return promise.per is not None or any(word in promise.quote for word in self.words.year_by_year)

    def checkable(self, promise: Promise) -> bool:
        """Whether somebody can look whether it holds: a figure, a range (every, none) or a thing that exists or does not."""
        if promise.value is not None or promise.op in (Op.ALL, Op.ZERO):
            return True
        if self.year_by_year(promise):
            return True
        if promise.op in (Op.INCREASE, Op.DECREASE):
            return False
        return not any(word in promise.quote for word in self.words.vague)


def _action_number(action: BodyAction) -> Reason:
    """An action by its number; numbers may begin anew in every chapter, so the chapter is named."""
    return Reason(_("正文%(no)s"), no=action.where.removeprefix("body "))


def _five_years(nth: str) -> int:
    """The last year of a five-year plan."""
    return 2015 + 5 * "二三四五六七".index(nth)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _share(some: set[str], every: set[str]) -> float:
    return len(some & every) / len(some) if some else 0.0


def shares_run(one: str, other: str, length: int) -> bool:
    """Whether two texts have so many characters in a row in common.

    >>> shares_run("实施智慧校园工程", "完成智慧校园创建", 4), shares_run("提高质量", "质量很高", 3)
    (True, False)
    """
    runs = {one[i : i + length] for i in range(len(one) - length + 1)}
    return any(other[i : i + length] in runs for i in range(len(other) - length + 1))


def shortly(text: str) -> str:
    """A quotation short enough for one line.

    >>> shortly("甲" * 50) == "甲" * 39 + "…"
    True
    """
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
