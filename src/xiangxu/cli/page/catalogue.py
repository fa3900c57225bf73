"""The objects of a reading under the names by which document and lists point at each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from xiangxu.cli.page.markup import Words
from xiangxu.model.place import Doubt, Place
from xiangxu.model.plan import BodyAction, PlanReading, Promise, Section, Task

_SEVERAL = 3


class Kind(Enum):
    """A kind of object: the letter in its address, its name, and the name of its list."""

    SECTION = ("s", Words("标题", "Heading"), Words("提纲", "Outline"))
    TASK = ("t", Words("任务", "Task"), Words("任务清单", "Task list"))
    ACTION = ("a", Words("行动", "Action"), Words("正文行动", "Body actions"))
    PROMISE = ("p", Words("目标", "Target"), Words("目标", "Targets"))
    CONTRADICTION = ("c", Words("矛盾", "Contradiction"), Words("存疑与矛盾", "Doubts and contradictions"))
    REMARK = ("m", Words("提示", "Note"), Words("存疑与矛盾", "Doubts and contradictions"))
    DOUBTFUL = ("d", Words("存疑", "Doubtful"), Words("存疑与矛盾", "Doubts and contradictions"))

    @property
    def letter(self) -> str:
        return self.value[0]

    @property
    def word(self) -> Words:
        return self.value[1]

    @property
    def list_name(self) -> Words:
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Entry:
    """One object under its address: `number` counts within its kind, `no` is as printed, `label` names it in a line of its own."""

    id: str
    kind: Kind
    number: int
    no: str
    label: str
    places: tuple[Place, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """A reading with the addresses of its objects; `key` is the reading's own, unique on the page.

    A doubt that every object of a kind has is a doubt of the list: it stands once in `shared`, with how many it concerns, and no
    longer at each entry, where it would hide the doubts that tell one entry from another.
    """

    reading: PlanReading
    key: str
    sections: tuple[tuple[Entry, Section], ...]
    tasks: tuple[tuple[Entry, Task], ...]
    actions: tuple[tuple[Entry, BodyAction], ...]
    promises: tuple[tuple[Entry, Promise], ...]
    shared: tuple[tuple[Kind, int, tuple[Doubt, ...]], ...] = ()

    @staticmethod
    def of(reading: PlanReading, key: str) -> Catalogue:
        """Addresses for everything in a reading, in the order in which it was read."""
        kinds: tuple[tuple[Kind, Sequence[Section | Task | BodyAction | Promise]], ...] = (
            (Kind.SECTION, reading.sections),
            (Kind.TASK, reading.tasks),
            (Kind.ACTION, reading.body_actions),
            (Kind.PROMISE, reading.promises),
        )
        everywhere = {kind: _had_by_all(found) for kind, found in kinds}

        def entry(kind: Kind, index: int, label: str, found: Section | Task | BodyAction | Promise) -> Entry:
            no = "" if isinstance(found, Promise) else found.no
            own = tuple(doubt for doubt in found.doubts if doubt not in everywhere[kind])
            return Entry(f"{key}{kind.letter}{index}", kind, index + 1, no or str(index + 1), label, (found.place,), own)

        return Catalogue(
            reading,
            key,
            tuple((entry(Kind.SECTION, i, f"{s.no} {s.title}".strip(), s), s) for i, s in enumerate(reading.sections)),
            tuple((entry(Kind.TASK, i, _task_label(t), t), t) for i, t in enumerate(reading.tasks)),
            tuple((entry(Kind.ACTION, i, f"{a.no} {a.title}".strip(), a), a) for i, a in enumerate(reading.body_actions)),
            tuple((entry(Kind.PROMISE, i, p.quote, p), p) for i, p in enumerate(reading.promises)),
            tuple((kind, len(found), everywhere[kind]) for kind, found in kinds if everywhere[kind]),
        )

    @property
    def title(self) -> str:
        """The plan's title; its key where none was found."""
        return self.reading.doc.title or self.reading.doc.key

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Headings, tasks, actions and promises."""
        groups: tuple[Sequence[tuple[Entry, object]], ...] = (self.sections, self.tasks, self.actions, self.promises)
        return tuple(entry for group in groups for entry, _ in group)

    @cached_property
    def contradictions(self) -> tuple[Entry, ...]:
        """Each with both of its places."""
        return tuple(
            Entry(f"{self.key}c{i}", Kind.CONTRADICTION, i + 1, str(i + 1), c.message, (c.first, c.second))
            for i, c in enumerate(self.reading.contradictions)
        )

    @cached_property
    def remarks(self) -> tuple[Entry, ...]:
        """Those about the document's head and foot first: they have no remark of their own in a reading."""
        of_document = [(doubt.reason, None, doubt) for doubt in self.reading.doc.doubts]
        written = [*of_document, *((r.message, r.place, r.doubt) for r in self.reading.remarks)]
        return tuple(
            Entry(f"{self.key}m{i}", Kind.REMARK, i + 1, str(i + 1), message, (place,) if place else (), (doubt,))
            for i, (message, place, doubt) in enumerate(written)
        )

    @cached_property
    def doubtful(self) -> tuple[Entry, ...]:
        """The headings, tasks, actions and promises that a person should look at for a doubt of their own."""
        return tuple(entry for entry in self.entries if entry.doubts)

    @cached_property
    def tellings(self) -> dict[str, tuple[int, list[Entry]]]:
        """For each promise told more than once, by its entry's id: the number of its group, and the other tellings.

        A group's name may be the id of its first telling, which then need not repeat it.
        """
        named = {p.same_as for p in self.reading.promises if p.same_as}
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry, promise in self.promises:
            name = promise.same_as or (promise.id if promise.id in named else None)
            if name:
                groups[name].append(entry)
        told = [group for group in groups.values() if len(group) > 1]
        return {
            entry.id: (number, [other for other in group if other is not entry])
            for number, group in enumerate(told, start=1)
            for entry in group
        }


def _had_by_all(found: Sequence[Section | Task | BodyAction | Promise]) -> tuple[Doubt, ...]:
    """The doubts that all of several objects have; of one or two it would say nothing."""
    if len(found) < _SEVERAL:
        return ()
    return tuple(doubt for doubt in Doubt if all(doubt in one.doubts for one in found))


def _task_label(task: Task) -> str:
    return " ".join(part for part in (task.no, task.action or task.project or task.goal or task.measure) if part)
