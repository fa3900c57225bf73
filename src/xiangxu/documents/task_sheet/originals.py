"""The hidden sheet: what went out, exactly, by key. Its text is pure ASCII, which every program saves unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from pydantic import TypeAdapter, ValidationError

from xiangxu.documents.paper import PlanPaper, TaskLine
from xiangxu.model.reason import gettext_noop as _

SHEET = _("键值（勿改）")
# In the first cell: what the sheet is, and in which form.
MARK = "xiangxu-tasks-1"
# A value that is longer goes on in the next cell of its row.
_CHUNK = 32_000
_LINE = TypeAdapter(TaskLine)
_FIELDS = tuple(field.name for field in fields(TaskLine))


@dataclass(frozen=True, slots=True)
class Originals:
    """What went out: key and title of the plan, and its lines. `spoiled`: rows of the hidden sheet that somebody changed."""

    plan: str = ""
    title: str = ""
    lines: tuple[TaskLine, ...] = ()
    spoiled: tuple[int, ...] = ()


def rows_of(paper: PlanPaper) -> Iterator[list[str]]:
    """The rows of the hidden sheet."""
    yield [MARK, *_chunks(json.dumps({"plan": paper.key, "title": paper.title}))]
    for line in paper.tasks:
        yield ["", *_chunks(json.dumps({name: getattr(line, name) for name in _FIELDS}))]


def _chunks(text: str) -> list[str]:
    # An underscore may begin what the format takes for an escaped character.
    safe = text.replace("_", "\\u005f")
    return [safe[i : i + _CHUNK] for i in range(0, len(safe), _CHUNK)]


def originals_of(rows: Iterable[Sequence[str]]) -> Originals:
    """What the hidden sheet says; rows that cannot be read any more are named, not guessed."""
    plan = title = ""
    lines: list[TaskLine] = []
    spoiled: list[int] = []
    for number, row in enumerate(rows, 1):
        if not any(row):
            continue
        try:
            value = json.loads("".join(row[1:]))
            if number == 1:
                plan, title = str(value["plan"]), str(value["title"])
            else:
                lines.append(_LINE.validate_python(value))
        except (ValueError, KeyError, TypeError, ValidationError):
            spoiled.append(number)
    return Originals(plan, title, tuple(lines), tuple(spoiled))
