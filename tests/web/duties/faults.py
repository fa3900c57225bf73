"""Cells in which the site still departs from the duties. Each is a fault of the site: strict, so that mending it is noticed here."""

from __future__ import annotations

import pytest

from tests.web.duties.table import Line

# Line of the table, roles, what happens instead.
_OWN = "the walk's report was handed in by this very clerk, and nobody accepts their own: the walk wants a second clerk's report"
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("POST /reports/<int:key>/decide/ own", "CK OC", _OWN),
    ("POST /reports/<int:key>/decide/ beside", "CK OC", _OWN),
)
# Role → what it gets to read.
LEAKS: dict[str, str] = {}


def marked(line: Line, letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known fault."""
    reasons = [reason for where, who, reason in FAULTS if where == str(line) and letters in who.split()]
    return [pytest.mark.xfail(strict=True, reason=reason) for reason in reasons]


def leak_marks(letters: str) -> list[pytest.MarkDecorator]:
    """The mark of a known leak."""
    return [pytest.mark.xfail(strict=True, reason=LEAKS[letters])] if letters in LEAKS else []
