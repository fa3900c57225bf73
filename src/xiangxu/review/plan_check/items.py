"""A plan as the checks look at it: its tasks and actions, each with its name, its text and its promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xiangxu.cards.kinds import PlanCheck
from xiangxu.importer.link.parts import Parts, quoted, row_name, squeezed, where_name
from xiangxu.importer.passage import Passage
from xiangxu.model.place import Place
from xiangxu.model.plan import BodyAction, Op, PlanReading, Promise, Task, UnitMention
from xiangxu.review.plan_check.remark import Spot

_BREAK = re.compile(r"[，,。；;！!？?：:∶\n]")
_LONGEST_QUOTE = 40


@dataclass(frozen=True, eq=False)
class Item:
    """A row of a list or an action of the body. `told`: the task or action as read; `text`: its text without white space."""

    told: Task | BodyAction
    name: str
    text: Passage
    promises: tuple[Promise, ...]
    is_row: bool

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
            self._item(action, _action_name(action), in_actions.get(index, []), False)
            for index, action in enumerate(reading.body_actions)
        ]
        rows = {i: self._item(task, row_name(task), in_rows.get(i, []), True) for i, task in self._parts.rows.items()}
        self.rows = list(rows.values())
        self.tasks = [rows[i] if i in rows else self.actions[self._parts.same[i]] for i in range(len(reading.tasks))]
        self._around = {id(item): self._linked(item) for item in self.tasks}
        self._holding = {promise.id: item for item in [*self.actions, *self.rows] for promise in item.promises}

    def _item(self, told: Task | BodyAction, name: str, promises: list[Promise], is_row: bool) -> Item:
        text = Passage.of(self.reading.text[told.place.start : told.place.end], told.place.start).squeezed()
        return Item(told, name, text, tuple(promises), is_row)

    def _linked(self, item: Item) -> Item | None:
        index = item.told.linked_action if isinstance(item.told, Task) else None
        return self.actions[index] if index is not None else None

    def told_also(self, item: Item) -> Item | None:
        """The action of the body that tells at length what a row sums up."""
        return self._around.get(id(item)) if item.is_row else None

    def rows_of(self, action: Item) -> list[Item]:
        """The rows that sum up an action."""
        return [row for row in self.rows if self._around.get(id(row)) is action]

    def holding(self, promise: Promise) -> Item | None:
        """The row or action in which a promise stands; None in chapters of aims and safeguards."""
        return self._holding.get(promise.id)

    @property
    def has_text(self) -> bool:
        """Whether there is a document, and not only a pack."""
        return bool(self.reading.text)

    @cached_property
    def plan_end(self) -> int | None:
        """The last year that the title names, to which every task without a date is bound at the latest."""
        title = self.reading.doc.title or ""
        years = [int(year) for year in re.findall(r"20[2-4]\d", title)]
        years += [2015 + 5 * "二三四五六七".index(n) for n in re.findall("十([二三四五六七])五", title)]
        return max(years, default=None)

    @cached_property
    def own_level(self) -> str:
        """The word by which the card knows the level of the document's area: 区, 县, 县级市, 市, 省; empty where unknown."""
        region, level = self.reading.doc.region or "", self.reading.doc.region_level
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


def _action_name(action: BodyAction) -> str:
    """An action as a clerk calls it; numbers may begin anew in every chapter, so the chapter is named."""
    return f"正文{action.where.removeprefix('body ')}{quoted(action.title)}"


def shortly(text: str) -> str:
    """A quotation short enough for one line.

    >>> shortly("甲" * 50) == "甲" * 39 + "…"
    True
    """
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
