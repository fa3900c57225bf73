"""How the tests read a sentence: as one clause of the body, in a document issued on a fixed day."""

from __future__ import annotations

from datetime import date

from xiangxu.importer.clause import Clause, Context
from xiangxu.importer.passage import Passage
from xiangxu.importer.promises import find_promises
from xiangxu.model.plan import Promise

CONTEXT = Context(issued_on=date(2025, 4, 18), plan_end=2028)


def read(
    text: str, *, where: str = "body 1", due: str | None = None, subject: str = "", context: Context = CONTEXT
) -> list[Promise]:
    """The promises of one clause."""
    return find_promises([Clause(Passage.of(text), where, due, subject)], context)


def figures(text: str) -> list[tuple[str, float | None, float | None, str | None]]:
    """Operator, values and unit of the promises that carry a figure."""
    return [(p.op.value, p.value, p.value2, p.uom) for p in read(text) if p.value is not None and p.op.value != "zero"]


def ops(text: str) -> list[str]:
    """The operators of all promises."""
    return [p.op.value for p in read(text)]
