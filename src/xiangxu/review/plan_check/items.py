"""A plan as the checks look at it: its tasks and actions, each with its name, its text and its promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xiangxu.cards.kinds import PlanCheck
from xiangxu.importer.link.parts import Parts, action_name, row_name, where_name
from xiangxu.importer.passage import Passage
from xiangxu.model.place import Place
from xiangxu.model.plan import BodyAction, Op, PlanReading, Promise, Task, UnitMention
from xiangxu.review.plan_check.remark import Spot

_BREAK = re.compile(r"[，,。；;！!？?：:∶\n]")
_LONGEST_QUOTE = 40


@dataclass(frozen=True)
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
        """What stands between its punctuation marks."""
        return tuple(part for part in self.text.split(_BREAK) if part)


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
            self._item(action, action_name(action), in_actions.get(index, []), False)
            for index, action in enumerate(reading.body_actions)
        ]
        rows = {i: self._item(task, row_name(task), in_rows.get(i, []), True) for i, task in self._parts.rows.items()}
        self.rows = list(rows.values())
        self.tasks = [rows[i] if i in rows else self.actions[self._parts.same[i]] for i in range(len(reading.tasks))]
        self._around = {id(item): self._linked(item) for item in self.tasks}

    def _item(self, told: Task | BodyAction, name: str, promises: list[Promise], is_row: bool) -> Item:
        text = Passage.of(self.reading.text[told.place.start : told.place.end], told.place.start).squeezed()
        return Item(told, name, text, tuple(promises), is_row)

    def _linked(self, item: Item) -> Item | None:
        index = item.told.linked_action if isinstance(item.told, Task) else None
        return self.actions[index] if index is not None else None

    def told_also(self, item: Item) -> Item | None:
        """The action of the body that tells at length what a row sums up."""
        return self._around.get(id(item)) if item.is_row else None

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
        if level == "county":
            return "县级市" if region.endswith("市") else "区" if region.endswith("区") else "县"
        return {"city": "市", "province": "省"}.get(level or "", "")

    def part(self, item: Item, passage: Passage, note: str = "") -> Spot:
        """Some words of an item as a place."""
        place = self._parts.place(passage.start, passage.end, item.place)
        return Spot(place, item.name, shortly(passage.text), note)

    def promised(self, promise: Promise, note: str = "") -> Spot:
        """A promise as a place."""
        return Spot(promise.place, where_name(promise), shortly(promise.quote), note)

    def once(self) -> Iterator[Promise]:
        """Every promise once: of several tellings the first that states a date, else the first."""
        tellings: dict[str, list[Promise]] = {}
        for promise in self.reading.promises:
            tellings.setdefault(promise.same_as or promise.id, []).append(promise)
        for told in tellings.values():
            yield next((promise for promise in told if promise.due), told[0])

    def checkable(self, promise: Promise) -> bool:
        """Whether somebody can look whether it holds: a figure, a range (every, none) or a thing that exists or does not."""
        if promise.value is not None or promise.op in (Op.ALL, Op.ZERO):
            return True
        if promise.op in (Op.INCREASE, Op.DECREASE):
            return False
        return not any(word in promise.quote for word in self.words.vague)


def shortly(text: str) -> str:
    """A quotation short enough for one line.

    >>> shortly("甲" * 50) == "甲" * 39 + "…"
    True
    """
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
