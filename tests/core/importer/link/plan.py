"""A small plan of an invented county as a reading: built from its words, so that every place is where the words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xiangxu.importer.departments import UnitDirectory
from xiangxu.model.place import Place
from xiangxu.model.plan import BodyAction, DocumentFacts, Op, PlanReading, Promise, Task, UnitMention

REGION = "云溪县"


@dataclass
class Draft:
    """Collects actions, rows and promises in the order of the text."""

    text: str = ""
    actions: list[BodyAction] = field(default_factory=list)
    rows: list[Task] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    def _write(self, words: str) -> Place:
        start = len(self.text)
        self.text += words + "\n"
        return Place(start, start + len(words), self.text.count("\n", 0, start) + 1)

    def action(self, no: str, title: str, text: str, lead: Sequence[str] = (), joining: Sequence[str] = ()) -> Draft:
        owners = f"（{'、'.join(lead)}牵头，{'、'.join(joining)}配合）" if lead else ""
        place = self._write(f"{no}.{title}。{text}{owners}")
        self.actions.append(BodyAction(no, title, tuple(lead), tuple(joining), place, f"body {no}"))
        return self

    def row(self, no: str, title: str, text: str, lead: Sequence[str] = (), joining: Sequence[str] = (), table: int = 0) -> Draft:
        place = self._write("\t".join((no, title, text, "、".join(lead), "、".join(joining))))
        self.rows.append(
            Task(no, title, None, None, text, None, tuple(lead), tuple(joining), place, table=table, row=len(self.rows))
        )
        return self

    def promise(
        self,
        quote: str,
        metric: str,
        op: Op,
        value: float | None = None,
        uom: str | None = None,
        due: str | None = None,
        where: str = "",
    ) -> Draft:
        """A promise in what was written last."""
        last = max((*self.actions, *self.rows), key=lambda part: part.place.start)
        start = self.text.index(quote, last.place.start)
        place = Place(start, start + len(quote), last.place.line)
        named = where or (last.where if isinstance(last, BodyAction) else f"list {last.no}")
        self.promises.append(Promise(quote, named, metric, None, op, place, value, None, uom, None, due))
        return self

    def directory(self) -> UnitDirectory:
        names = [name for part in (*self.actions, *self.rows) for name in (*part.lead, *part.participants)]
        return UnitDirectory.of_document(self.text, REGION, "county", names)

    def reading(self) -> PlanReading:
        directory = self.directory()

        def units(part: Task | BodyAction) -> tuple[UnitMention, ...]:
            return tuple(UnitMention(name, directory.resolve(name)) for name in (*part.lead, *part.participants))

        return PlanReading(
            DocumentFacts("draft", "云溪县乡村教育提升方案", region=REGION, region_level="county"),
            self.text,
            tasks=tuple(Task(**{**_fields(row), "units": units(row)}) for row in self.rows),
            body_actions=tuple(BodyAction(**{**_fields(action), "units": units(action)}) for action in self.actions),
            promises=tuple(self.promises),
        )


def _fields(part: Task | BodyAction) -> dict[str, object]:
    return {name: getattr(part, name) for name in part.__slots__}
